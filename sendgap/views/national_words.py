"""The text and the tables of the national position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sendgap.catalogue.areas import in_text
from sendgap.store import Release
from sendgap.views.model import Definition, Table, Words
from sendgap.views.national_model import NationalCount, NationalRow, NationalSection
from sendgap.views.notes import by_publication

#: Names that a sentence lists.
MOST_NAMES = 12
COLUMNS = (
    "Outcome", "Year", "England", "Year before", "Change", "Number", "Number the year before",
    "Lowest", "Highest", "Authorities", "Counts",
)  # fmt: skip
DEFINITION = Definition(
    "National position",
    "England's published figures of a year beside those of every authority: the range with names, "
    "and how many authorities stand where.",
    "It shows how widely authorities differ, and whose practice may be worth asking about.",
    "Counts are of the authorities open in that year with a published figure, on the figures as "
    "printed. A census in January stands with the year that has just ended. For numbers of "
    "plans and requests, lowest and highest are changes since the year before.",
    "It does not say why authorities differ. A place at either end may rest on few plans.",
    "",
)


def sentences(rows: Sequence[NationalRow]) -> Iterable[str]:
    """England first, then the range, then who stands where."""
    for row in rows:
        if row.now is None:
            continue
        change = f", {row.england_before} in {row.before_label}" if row.change is not None else ""
        growth = f", a change of {row.change_printed}" if row.shows == "growth" and change else ""
        yield f"{row.name}, {row.period_label}: England {row.england}{change}{growth}."
        for count in row.counts:
            yield _counted(row, count)


def _counted(row: NationalRow, count: NationalCount) -> str:
    names = ""
    if 0 < len(count.names) <= MOST_NAMES:
        names = f": {in_text(*count.names)}"
    again = f" Also the year before: {in_text(*count.again)}." if count.again and names else ""
    verb = "authority is" if count.number == 1 else "authorities are"
    return f"{row.name}: {count.number} of {count.of} {verb} {count.label}{names}.{again}"


def table(title: str, rows: Sequence[NationalRow]) -> Table:
    """A section as a table."""
    return Table(title, COLUMNS, tuple(_cells(row) for row in rows), key_columns=(0, 2))


def whole_table(year: str, sections: Sequence[NationalSection]) -> Table:
    """All sections in one table, for the files."""
    rows = tuple(_cells(row) for section in sections for row in section.rows)
    return Table(f"National position, {year}", COLUMNS, rows, key_columns=(0, 2))


def _cells(row: NationalRow) -> tuple[str, ...]:
    return (
        row.name,
        row.period_label,
        row.england,
        row.england_before,
        row.change_printed,
        row.number,
        row.number_before,
        row.lowest,
        row.highest,
        f"{row.areas}",
        "; ".join(count.said for count in row.counts) or "none counted",
    )


def words(
    release: Release,
    year: str,
    made: Sequence[NationalSection],
    asked: Sequence[NationalSection],
) -> Words:
    """Everything in words."""
    rows = [row for section in made for row in section.rows]
    used: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        used[row.source_id].append(f"{row.name} {row.period_label}")
    missing = [line for section in asked for line in section.missing]
    return Words(
        context=f"England · all local authorities · {year}",
        finding=_finding(year, rows),
        badges=(f"{max((row.areas for row in rows), default=0)} authorities",),
        sentences=tuple(line for section in made for line in section.sentences),
        caveats=(
            *missing,
            "Counts are of authorities open in the year with a published figure. Those that have "
            "closed since are named as they were.",
            "Figures are of the editions held, which may have been revised since a document of the "
            "time was written.",
        ),
        sources=tuple(by_publication(release, used)),
    )


def _finding(year: str, rows: Sequence[NationalRow]) -> str:
    """The first outcome that authorities are counted on, England beside its range."""
    row = next((r for r in rows if r.counts and r.shows == "level" and r.now is not None), None)
    if row is None:
        return f"The national position in {year}."
    counted = "; ".join(f"{c.number} authorities {c.label}" for c in row.counts)
    return f"{row.name} in {row.period_label}: England {row.england}; {counted}, of {row.areas}."
