"""Reads the catalogue: YAML entries to frozen types, all problems reported at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sendgap.catalogue.checks import cross_checks
from sendgap.catalogue.framework import Framework
from sendgap.catalogue.glossary import Term, stands_once, term_from
from sendgap.catalogue.make import (
    framework_from,
    indicator_from,
    recognised_from,
    source_from,
)
from sendgap.catalogue.model import Indicator, Recognised, Source, Table
from sendgap.catalogue.national import NationalPart, part_from
from sendgap.catalogue.plans import PlansPage, plans_checks, read_plans
from sendgap.catalogue.reports import Report, report_checks, report_from
from sendgap.catalogue.schema import Schema, read_yaml
from sendgap.catalogue.stages import Stage, stages_from
from sendgap.errors import CatalogueError, Problem, UnknownNameError
from sendgap.text import nearest

Entry = TypeVar("Entry")

#: Ids are file names on every system.
_ID = re.compile(r"[a-z][a-z0-9_]*")

#: Stages of a child's life in order; within a theme indicators follow them.
_STAGES = ("early_years", "ks1", "ks2", "ks4", "post_16", "all_ages")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every indicator, source, theme and breakdown, validated together."""

    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    recognised: tuple[Recognised, ...]
    themes: Mapping[str, str]
    breakdowns: Mapping[str, str]
    frameworks: Mapping[str, Framework]
    headline: tuple[str, ...]
    #: The outcome that says how many pupils are in a SEN group.
    identification: Mapping[str, str] = field(default_factory=dict)
    #: The words that pages explain, by id.
    glossary: Mapping[str, Term] = field(default_factory=dict)
    #: What the national position tells of a year, by section.
    national: Mapping[str, NationalPart] = field(default_factory=dict)
    #: What goes into the documents.
    reports: Mapping[str, Report] = field(default_factory=dict)
    #: What the page about plans and placements shows; a catalogue may have none.
    plans: PlansPage | None = None
    #: The outcomes that stand for the stages of childhood, youngest first.
    stages: tuple[Stage, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> Catalogue:
        """Read ``folder``; raises :class:`CatalogueError` naming every problem."""
        problems: list[Problem] = []
        themes = _mapping(folder / "themes.yaml", problems)
        breakdowns = _mapping(folder / "breakdowns.yaml", problems)
        headline = _headline(folder / "headline.yaml", problems)
        sources = _entries(folder, "sources", source_from, problems)
        frameworks = _entries(folder, "frameworks", framework_from, problems)
        recognised = _recognised(folder / "recognised.yaml", problems)
        indicators = dict(_indicators(folder, themes, problems))
        identification = _identification(folder / "identification.yaml", problems)
        glossary = _glossary(folder, problems)
        national = _national(folder, problems)
        reports = _reports(folder, problems)
        plans = read_plans(folder, problems)
        catalogue = cls(
            indicators, sources, recognised, themes, breakdowns, frameworks, headline,
            identification, glossary, national, reports, plans,
            stages_from(folder / "stages.yaml", problems),
        )  # fmt: skip
        entries = {path.stem for path in (folder / "indicators").glob("*.yaml")}
        problems.extend(cross_checks(catalogue, entries))
        problems.extend(report_checks(catalogue, entries))
        problems.extend(plans_checks(plans, indicators, entries))
        if problems:
            raise CatalogueError(problems)
        return catalogue

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id; raises :class:`UnknownNameError` with the nearest."""
        if indicator_id in self.indicators:
            return self.indicators[indicator_id]
        raise UnknownNameError("indicator", indicator_id, nearest(indicator_id, self.indicators))

    def framework(self, framework_id: str) -> Framework:
        """The framework with this id; raises :class:`UnknownNameError` with the nearest."""
        if framework_id in self.frameworks:
            return self.frameworks[framework_id]
        known = nearest(framework_id, self.frameworks) or tuple(self.frameworks)
        raise UnknownNameError("framework", framework_id, known)

    def tables(self) -> Iterator[Table]:
        """Every table of every source."""
        for source in self.sources.values():
            yield from source.tables


def _mapping(path: Path, problems: list[Problem]) -> dict[str, str]:
    content = read_yaml(path, problems)
    if isinstance(content, dict) and content and _all_text(content.values()):
        return {str(key): value for key, value in content.items()}
    if content is not None:
        problems.append(Problem(path.name, "not a list of id: label", "write one id: label a line"))
    return {}


def _identification(path: Path, problems: list[Problem]) -> dict[str, str]:
    """The outcomes that say how many pupils are identified; a catalogue may have none."""
    return _mapping(path, problems) if path.exists() else {}


def _glossary(folder: Path, problems: list[Problem]) -> dict[str, Term]:
    """The words explained; a catalogue may have none."""
    if not (folder / "glossary.yaml").exists():
        return {}
    terms = _entries(folder, "glossary", term_from, problems)
    problems.extend(stands_once(terms.values()))
    return terms


def _national(folder: Path, problems: list[Problem]) -> dict[str, NationalPart]:
    """The sections of the national position; a catalogue may have none."""
    if not (folder / "national.yaml").exists():
        return {}
    return _entries(folder, "national", part_from, problems)


def _reports(folder: Path, problems: list[Problem]) -> dict[str, Report]:
    """What goes into the documents; a catalogue may have none."""
    held = (folder / "reports.yaml").exists()
    return _entries(folder, "reports", report_from, problems) if held else {}


def _all_text(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _headline(path: Path, problems: list[Problem]) -> tuple[str, ...]:
    content = read_yaml(path, problems)
    if isinstance(content, list) and _all_text(content):
        return tuple(content)
    if content is not None:
        problems.append(Problem(path.name, "not a list of ids", "write one '- id' a line"))
    return ()


def _recognised(path: Path, problems: list[Problem]) -> tuple[Recognised, ...]:
    content = read_yaml(path, problems)
    if content is None:
        return ()
    if isinstance(content, dict) and all(
        isinstance(columns, list) and columns and _all_text(columns) for columns in content.values()
    ):
        return recognised_from(content)
    problems.append(
        Problem(path.name, "not lists of columns", "write 'name: [column, column]' a line")
    )
    return ()


def _schema(path: Path, problems: list[Problem]) -> Schema | None:
    try:
        return Schema(path)
    except (OSError, ValueError):
        found = "the schema is missing or not JSON"
        problems.append(Problem(path.name, found, "restore it from the project"))
        return None


def _entries(
    folder: Path, name: str, make: Callable[[str, Any], Entry], problems: list[Problem]
) -> dict[str, Entry]:
    """The entries of a file that is keyed by id and has a schema of its own."""
    content = read_yaml(folder / f"{name}.yaml", problems)
    schema = _schema(folder / f"{name}.schema.json", problems)
    if content is None or schema is None or not schema.check(content, f"{name}.yaml", problems):
        return {}
    return {key: make(key, entry) for key, entry in content.items()}


def _indicators(
    folder: Path, themes: Mapping[str, str], problems: list[Problem]
) -> Iterator[tuple[str, Indicator]]:
    schema = _schema(folder / "indicator.schema.json", problems)
    order = {theme: place for place, theme in enumerate(themes)}
    made: list[Indicator] = []
    for path in sorted((folder / "indicators").glob("*.yaml")):
        if not _ID.fullmatch(path.stem):
            problems.append(
                Problem(
                    path.name, "the file's name is no id",
                    "name it with small letters, digits and underscores",
                )
            )  # fmt: skip
        content: Any = read_yaml(path, problems)
        if content is not None and schema and schema.check(content, path.name, problems):
            made.append(indicator_from(path.stem, content))
    for indicator in sorted(
        made, key=lambda i: (order.get(i.theme, len(order)), _STAGES.index(i.stage), i.id)
    ):
        yield indicator.id, indicator
