"""The catalogue's types: what an indicator, a series and a source are.

All are frozen and validated before they are made, so the rest of the program never
meets a half-filled entry. An indicator is data: no Python names one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sendgap.terms import (
    GeographicLevel,
    IntervalType,
    Polarity,
    Reference,
    SenGroup,
    Symbol,
    TimeIdentifier,
    ValueType,
)


@dataclass(frozen=True, slots=True)
class AreaColumn:
    """A column that says which area a row is about: a ``la_code``, ``gss`` or ``name``."""

    kind: str
    column: str


@dataclass(frozen=True, slots=True)
class Table:
    """One file family of a source, recognised by its columns.

    ``england`` is a (column, value) that marks England's row where no area column is
    filled; ``drop`` lists (column, values) of rows that are no areas of ours. ``as_at``
    is the period of a file that names none. ``levels`` are those whose rows the file
    holds: a publication may print England in a file of its own. A ``headerless`` file
    starts with its first row, and ``columns`` are the names of all its cells in order.
    ``mislabelled`` maps a printed "label kind" of period to the period it stands for.
    ``other_labels`` names what a file is that has the columns and none of the rows.
    ``edition`` is the date of a file that was published apart from the source's others.
    """

    id: str
    source_id: str
    columns: tuple[str, ...]
    area: tuple[AreaColumn, ...]
    blank_area: tuple[str, ...]
    england: tuple[str, str] | None
    period: str | None
    as_at: str | None
    time_identifier: str | None
    drop: tuple[tuple[str, tuple[str, ...]], ...]
    levels: tuple[GeographicLevel, ...]
    headerless: bool
    mislabelled: dict[str, str]
    other_labels: str
    edition: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A publication, how its files are read and how its symbols are understood.

    ``edition`` is the publication date of the state that the catalogue was written
    for; ``latest_period`` the newest period in it. A file that reaches beyond must
    say its own edition. ``symbols`` maps what is printed; ``"0"`` stands for zero.
    """

    id: str
    publication: str
    publisher: str
    licence: str
    url: str
    edition: str
    latest_period: str
    next_update: str
    stale_after: date
    symbols: dict[str, str]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file family that is known and holds nothing the catalogue uses."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """A run of periods measured in the same way; periods compare only inside one."""

    id: str
    first: str
    last: str
    reason: str


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know about periods that may still be compared."""

    first: str
    last: str
    text: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Published figures known to be wrong, with the reason they are not shown."""

    area_code: str
    time_period: str
    groups: tuple[SenGroup, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns whose figures are added up: (sign, column) with a sign of 1 or -1."""

    parts: tuple[tuple[int, str], ...]

    def __str__(self) -> str:
        first, *others = [(" - " if sign < 0 else " + ", name) for sign, name in self.parts]
        return first[0].strip(" +") + first[1] + "".join(sign + name for sign, name in others)


@dataclass(frozen=True, slots=True)
class Selector:
    """Which rows and columns of a table hold one SEN group's figures.

    A row is taken where each column of ``where`` holds one of its values; of the rows that
    are added up, ``numerator_where`` picks those that the numerator counts. ``text`` is
    the column of a category; it stands in the place of ``value``.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...]
    numerator_where: tuple[tuple[str, tuple[str, ...]], ...]
    value: Columns | None
    numerator: Columns | None
    denominator: Columns | None
    lower: Columns | None
    upper: Columns | None
    text: str | None
    decimals: int | None

    def figures(self) -> tuple[Columns | None, ...]:
        """Value, numerator, denominator and limits, in this order."""
        return (self.value, self.numerator, self.denominator, self.lower, self.upper)

    def columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        names = [name for figure in self.figures() if figure for _, name in figure.parts]
        picked = [column for column, _ in (*self.where, *self.numerator_where)]
        return tuple([*picked, *names, *filter(None, [self.text])])


@dataclass(frozen=True, slots=True)
class DenominatorOf:
    """The figure of the same source that a count is set over: caseload for a share of it."""

    indicator_id: str
    breakdown: str


@dataclass(frozen=True, slots=True)
class Series:
    """One source's figures for an indicator and breakdown, in a rank order.

    ``decimals`` are those the publisher prints, as (first period, decimals) steps:
    they belong to a source and a period, not to the indicator. A ``derived`` series
    has no table: it is computed from the source's other series when a release is built.
    ``add_rows`` are the columns over whose values rows are added up. A count whose
    denominator stands in another file has ``denominator_of``.
    """

    rank: int
    source_id: str
    table_ids: tuple[str, ...]
    breakdown: str
    time_identifiers: tuple[TimeIdentifier, ...]
    groups: dict[SenGroup, Selector]
    period_rule: str
    first: str
    last: str
    levels: tuple[GeographicLevel, ...]
    decimals: tuple[tuple[str, int], ...]
    missing: dict[str, Symbol]
    provisional: tuple[str, ...]
    revised: tuple[str, ...]
    basis: tuple[Basis, ...]
    cautions: tuple[Caution, ...]
    withheld: tuple[Withheld, ...]
    value_from_counts: bool
    numerator_from_value: bool
    add_rows: tuple[str, ...]
    denominator_of: DenominatorOf | None
    placeholder_zeros: bool
    derived: str | None
    ranked: bool

    def decimals_in(self, time_period: str, group: SenGroup) -> int:
        """Decimals printed for a group in a period."""
        own = self.groups[group].decimals
        if own is not None:
            return own
        return max(step for step in self.decimals if step[0] <= time_period)[1]

    def basis_in(self, time_period: str) -> Basis | None:
        """The basis on which a period's figures were measured; ``None`` outside all."""
        return next((b for b in self.basis if b.first <= time_period <= b.last), None)


@dataclass(frozen=True, slots=True)
class Splice:
    """Sources joined into one line, with the measured agreement that allows it."""

    sources: tuple[str, ...]
    agreement: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words an indicator lends to generated sentences.

    ``people`` is who is counted; ``did`` what they did (proportions), what they missed
    or scored (sessions, scores) or the events (rates); ``at`` places it in a child's
    life; ``short`` is the name in tiles and lists.
    """

    people: str
    did: str
    at: str
    short: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A defined statistic: what it is, how to read it and where its figures come from.

    An indicator that nobody publishes has no series; ``return_needed`` says what a local
    return of it must hold.
    """

    id: str
    label: str
    theme: str
    stage: str
    unit: str
    polarity: Polarity
    value_type: ValueType
    interval: IntervalType
    phrases: Phrases
    definition: str
    why_it_matters: str
    how_to_read: str
    cannot_say: str
    references: tuple[Reference, ...]
    time_identifier: TimeIdentifier
    period_style: str
    baseline: str | None
    benchmarked: tuple[str, ...]
    series: tuple[Series, ...]
    return_needed: str
    splices: tuple[Splice, ...]
    lend_counts: tuple[tuple[str, str], ...]
    frameworks: tuple[str, ...]
    synonyms: tuple[str, ...]
    reviewed: date
    next_review: date

    @property
    def has_gap(self) -> bool:
        """Whether a gap is defined: there is a reference and a better direction."""
        return bool(self.references) and self.polarity is not Polarity.NONE

    @property
    def default_reference(self) -> Reference | None:
        """What SEN groups are set against unless something else is asked for."""
        return self.references[0] if self.references else None

    @property
    def default_breakdown(self) -> str:
        """The whole, or the first cut of an indicator that has no whole."""
        cuts = [series.breakdown for series in self.series]
        return "total" if "total" in cuts or not cuts else cuts[0]

    def groups(self) -> tuple[SenGroup, ...]:
        """SEN groups with figures in any series, in the order of the terms."""
        held = {group for series in self.series for group in series.groups}
        return tuple(group for group in SenGroup if group in held)

    def line_of(self, source_id: str) -> str:
        """The line a source's figures belong to: a splice, or the source alone."""
        for number, splice in enumerate(self.splices, start=1):
            if source_id in splice.sources:
                return f"splice {number}"
        return source_id
