"""What the national position tells of a year: sections of rows, from the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sendgap.errors import Problem

if TYPE_CHECKING:
    from sendgap.catalogue.load import Catalogue


@dataclass(frozen=True, slots=True)
class NationalMeasure:
    """One outcome of all authorities in a year, and what is counted of it.

    ``shows`` is ``level``, ``growth`` (a change in per cent) or ``rest`` (what is left of
    100%). ``census`` figures are of the January after the year. ``counts`` are (side, limit)
    with a side of at, above or below; ``over`` counts falls over so many years, 0 none.
    """

    indicator_id: str
    breakdown: str
    label: str
    shows: str
    census: bool
    last: str
    at_or_below_england: bool
    counts: tuple[tuple[str, float], ...]
    over: int


@dataclass(frozen=True, slots=True)
class NationalPart:
    """A section of the national position: a heading and its rows."""

    id: str
    title: str
    rows: tuple[NationalMeasure, ...]


def part_from(part_id: str, entry: Mapping[str, Any]) -> NationalPart:
    """A section from its entry in ``national.yaml``."""
    return NationalPart(part_id, entry["title"], tuple(_measure(row) for row in entry["rows"]))


def _measure(row: Mapping[str, Any]) -> NationalMeasure:
    return NationalMeasure(
        indicator_id=row["indicator"],
        breakdown=row.get("breakdown", ""),
        label=row.get("label", ""),
        shows=row.get("shows", "level"),
        census=row.get("census", False),
        last=row.get("last", "9999"),
        at_or_below_england="england" in row,
        counts=tuple(
            (side, float(limit)) for count in row.get("counts", ()) for side, limit in count.items()
        ),
        over=row.get("over", 0),
    )


def national_checks(catalogue: Catalogue, entries: Collection[str]) -> Iterator[Problem]:
    """Every indicator and cut that a section names wrongly."""
    for part in catalogue.national.values():
        for row in part.rows:
            where = f"national.yaml: {part.id}"
            if row.indicator_id not in entries:
                found = f"found {row.indicator_id!r}"
                yield Problem(where, found, "write the id of an indicator that has a file")
            indicator = catalogue.indicators.get(row.indicator_id)
            known = indicator.benchmarked if indicator else ()
            if indicator and row.breakdown and row.breakdown not in known:
                instead = f"write one of {', '.join(known)}"
                yield Problem(where, f"found {row.breakdown!r}", instead)
