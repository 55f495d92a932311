"""What the national position says of a year: England, the range, and counts of authorities."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.views.model import Chart, Definition, Table, Words


@dataclass(frozen=True, slots=True)
class NationalCount:
    """How many authorities did something, of how many, and which.

    ``again`` are those that had also done it the year before.
    """

    label: str
    number: int
    of: int
    names: tuple[str, ...]
    again: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """ "8 of 150 at 100% (4 also the year before)"."""
        second = f" ({len(self.again)} also the year before)" if self.again else ""
        return f"{self.number} of {self.of} {self.label}{second}"


@dataclass(frozen=True, slots=True)
class NationalRow:
    """One outcome in a year: England then and now, the range with names, and the counts.

    ``now`` and ``change`` are England's numbers behind the printed ones; ``change_printed``
    is in per cent for a growth, in points for a share. ``lowest`` and ``highest`` carry
    their areas' names. For a growth they are the least and greatest growth.
    """

    indicator_id: str
    breakdown: str
    name: str
    shows: str
    period_label: str
    before_label: str
    now: float | None
    england: str
    england_before: str
    number: str
    number_before: str
    change: float | None
    change_printed: str
    lowest: str
    highest: str
    areas: int
    counts: tuple[NationalCount, ...]
    source_id: str


@dataclass(frozen=True, slots=True)
class NationalSection:
    """A heading with its rows, the same as a table, and what they say."""

    id: str
    title: str
    rows: tuple[NationalRow, ...]
    table: Table
    sentences: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NationalPosition:
    """A year over all authorities; ``years`` are those it can be told for, newest first."""

    words: Words
    definition: Definition
    chart: Chart
    year: str
    years: tuple[str, ...]
    sections: tuple[NationalSection, ...]
