"""Older documents: what they are, which tables they print and what is worked out from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sendgap.catalogue.schema import Schema, read_yaml
from sendgap.errors import CatalogueError, Problem
from sendgap.terms import SenGroup, TimeIdentifier

FILE, SCHEMA = "historic.yaml", "historic.schema.json"


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose printed figures are kept as history."""

    id: str
    title: str
    publisher: str
    dated: str
    area: str


@dataclass(frozen=True, slots=True)
class HistoricMeasure:
    """A figure that a document prints. It is no indicator: nothing compares with it."""

    id: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Derived:
    """Something worked out from printed figures; ``printed`` is the measure of the document
    that says the same, where it does."""

    shows: str
    of: str
    over: str
    printed: str


@dataclass(frozen=True, slots=True)
class HistoricTable:
    """One table of a document. ``today`` are the indicators that have taken its place, and
    ``no_source`` says why there is none."""

    id: str
    document_id: str
    place: str
    title: str
    time_identifier: TimeIdentifier
    sen_group: SenGroup
    measures: tuple[HistoricMeasure, ...]
    derived: tuple[Derived, ...]
    notes: tuple[str, ...]
    today: tuple[str, ...]
    no_source: str


@dataclass(frozen=True, slots=True)
class Historic:
    """The documents and their tables, in the documents' order."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    tables: Mapping[str, HistoricTable] = field(default_factory=dict)

    def measure(self, measure_id: str) -> HistoricMeasure:
        """The measure with this id."""
        found = (m for table in self.tables.values() for m in table.measures)
        return next(m for m in found if m.id == measure_id)


def read_historic(folder: Path, indicators: Collection[str]) -> Historic:
    """The entry of a catalogue folder; empty where it has none.

    Raises :class:`CatalogueError` naming every problem.
    """
    if not (folder / FILE).exists():
        return Historic()
    problems: list[Problem] = []
    content = read_yaml(folder / FILE, problems)
    made = Historic()
    if content is not None and Schema(folder / SCHEMA).check(content, FILE, problems):
        made = _made(content)
        problems.extend(_checks(made, indicators))
    if problems:
        raise CatalogueError(problems)
    return made


def _made(content: Mapping[str, Any]) -> Historic:
    documents = {key: Document(key, **entry) for key, entry in content["documents"].items()}
    return Historic(documents, {key: _table(key, e) for key, e in content["tables"].items()})


def _table(key: str, entry: Mapping[str, Any]) -> HistoricTable:
    return HistoricTable(
        id=key,
        document_id=entry["document"],
        place=entry["place"],
        title=entry["title"],
        time_identifier=TimeIdentifier(entry["time"]),
        sen_group=SenGroup(entry.get("group", "all_pupils")),
        measures=tuple(HistoricMeasure(m, **words) for m, words in entry["measures"].items()),
        derived=tuple(
            Derived(d["shows"], d["of"], d.get("over", ""), d.get("printed", ""))
            for d in entry.get("derived", ())
        ),
        notes=tuple(entry.get("notes", ())),
        today=tuple(entry.get("today", ())),
        no_source=entry.get("no_source", ""),
    )


def _checks(made: Historic, indicators: Collection[str]) -> Iterator[Problem]:
    """Every name that leads nowhere, and every measure that stands twice."""
    measures = [m.id for table in made.tables.values() for m in table.measures]
    for measure in sorted({m for m in measures if measures.count(m) > 1}):
        yield Problem(FILE, f"measure {measure!r} stands twice", "give each a name of its own")
    for table in made.tables.values():
        where = f"{FILE}: {table.id}"
        if table.document_id not in made.documents:
            yield Problem(where, f"found {table.document_id!r}", "write the id of a document")
        unknown = [i for i in table.today if i not in indicators]
        yield from (Problem(where, f"found {i!r}", "write an indicator's id") for i in unknown)
        named = [n for d in table.derived for n in (d.of, d.over, d.printed) if n]
        lost = [n for n in named if n not in measures]
        yield from (Problem(where, f"found {n!r}", "write the id of a measure") for n in lost)
