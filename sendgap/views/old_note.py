"""The older documents' tables, drawn again from their figures with everything derived.

They are history: nothing here is ranked or set beside a figure of today.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sendgap.catalogue.historic import Historic, HistoricMeasure, HistoricTable, read_historic
from sendgap.config import Paths, paths
from sendgap.ingest.historic import Fact, read
from sendgap.store import Release
from sendgap.views import numbers
from sendgap.views.model import SourceNote, Table, Words
from sendgap.views.numbers import symbol_word
from sendgap.views.old_note_derived import Figures, worked_out
from sendgap.views.old_note_model import OldDocument, OldNote, OldTable, WorkedOut
from sendgap.views.periods import period_label
from sendgap.views.request import ENGLAND

_LICENCE = "Figures quoted from the document"
#: Columns of England's range after the years.
_RANGE = ("England lowest", "England highest")


def old_note(release: Release, where: Paths | None = None) -> OldNote:
    """Every kept table of every document.

    Raises ``CatalogueError`` and ``RefusedError`` where the kept figures cannot be used.
    """
    place = where or paths()
    historic = read_historic(place.catalogue, list(release.catalogue.indicators))
    facts = _kept(place.published)
    documents = tuple(
        OldDocument(
            d.id, d.title, d.publisher, d.dated, d.area,
            tuple(_table(release, historic, t, facts) for t in historic.tables.values()
                  if t.document_id == d.id),
        )
        for d in historic.documents.values()
    )  # fmt: skip
    return OldNote(_words(historic, documents), documents)


def _kept(published: Path) -> Figures:
    return Figures(read(published))


def _table(release: Release, historic: Historic, table: HistoricTable, facts: Figures) -> OldTable:
    found = tuple(
        w for d in table.derived for w in worked_out(release.areas, historic, table, d, facts)
    )
    held = release.catalogue.indicators
    return OldTable(
        id=table.id,
        document_id=table.document_id,
        place=table.place,
        title=table.title,
        figures=_figures(release, table, facts),
        derived=_derived(table, found),
        worked_out=found,
        notes=table.notes,
        today=tuple(held[i].label for i in table.today if i in held),
        today_ids=table.today,
        no_source=table.no_source,
    )


def _figures(release: Release, table: HistoricTable, facts: Figures) -> Table:
    """The table as the document has it: measures and areas down, years across."""
    own = [f for f in facts.all if f.table_id == table.id]
    periods = sorted({f.time_period for f in own})
    has_range = any(f.breakdown != "total" for f in own)
    heads = ("Figure", "Area", *(_label(table, p) for p in periods),
             *(_RANGE if has_range else ()))  # fmt: skip
    rows = []
    for measure in table.measures:
        codes = dict.fromkeys(f.area_code for f in own if f.measure_id == measure.id)
        for code in sorted(codes, key=lambda c: c != ENGLAND):
            cells = [printed(measure, facts.at(measure.id, code, p)) for p in periods]
            ends = [printed(measure, facts.end(measure.id, e)) if code == ENGLAND else "none"
                    for e in ("range:lowest", "range:highest")] if has_range else []  # fmt: skip
            rows.append((measure.label, release.areas.by_code(code).short_name, *cells, *ends))
    return Table(f"{table.place} {table.title}", heads, tuple(rows),
                 key_columns=(0, 1, len(periods) + 1))  # fmt: skip


def _label(table: HistoricTable, period: str) -> str:
    kind = table.time_identifier
    style = "financial_year" if kind.startswith("Financial") else "academic_year"
    return period_label(period, style, kind)


def printed(measure: HistoricMeasure, fact: Fact | None) -> str:
    """A figure as the document prints it, with our minus sign; or why there is none."""
    if fact is None:
        return "none"
    if fact.value is None:
        return "n/a" if fact.symbol_published == "n/a" else symbol_word(fact.symbol)
    mark = " p" if fact.status == "provisional" else ""
    return numbers.level(fact.value, measure.unit, fact.decimals) + mark


def _derived(table: HistoricTable, found: Sequence[WorkedOut]) -> Table | None:
    if not found:
        return None
    said = {True: "agrees", False: "differs", None: "not printed"}
    rows = tuple((w.label, w.printed, w.document or "not printed", said[w.agrees]) for w in found)
    heads = ("Worked out", "Figure", "In the document", "Check")
    return Table(f"{table.place} {table.title}: worked out", heads, rows)


def _words(historic: Historic, documents: Sequence[OldDocument]) -> Words:
    tables = [table for document in documents for table in document.tables]
    made = [w for table in tables for w in table.worked_out]
    checked = [w for w in made if w.agrees is not None]
    differs = [w for w in checked if not w.agrees]
    without = [table for table in tables if table.no_source]
    return Words(
        context="Older documents · figures as printed · not compared with today's",
        finding=(
            f"{len(tables)} tables of {len(documents)} older documents, drawn again from their "
            f"figures; {len(made)} figures worked out."
        ),
        badges=(
            f"{len(checked)} checked against the document",
            f"{len(differs)} differ",
            f"{len(without)} tables without a current source",
        ),
        sentences=tuple(
            f"{w.label}: worked out {w.printed}, the document prints {w.document}." for w in differs
        ),
        caveats=(
            "These figures are history. They were measured in other ways and are never ranked or "
            "set beside today's.",
            *(f"{table.place} {table.title}: {table.no_source}" for table in without),
        ),
        sources=tuple(
            SourceNote(d.title, d.publisher, d.dated, d.dated, "none", _LICENCE, "")
            for d in historic.documents.values()
        ),
    )
