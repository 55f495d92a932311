"""What the report of a group of authorities says, outcome by outcome."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import SenGroup
from sendgap.views.model import Chart, Definition, Table, Words


@dataclass(frozen=True, slots=True)
class GroupArea:
    """One authority of the group on one outcome: then, now, and beside whom it stands.

    ``trend`` is better, worse, little or empty; ``beside`` is its position against its own
    statistical neighbours; ``target`` says how its target stands, empty without one.
    """

    area_code: str
    name: str
    before: str
    now: str
    change: float | None
    trend: str
    gap: str
    gap_change: str
    gap_trend: str
    beside: str
    target: str

    @property
    def said(self) -> str:
        """ "Kent: 8% to 12%, gap 61 pp (3 pp narrower)"."""
        gap = f", gap {self.gap} ({self.gap_change})" if self.gap_change else ""
        return f"{self.name}: {self.before} to {self.now}{gap}"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One outcome in the group: its own figure and England's at the baseline and now, how
    many authorities moved which way, who moved most and whom to learn from.

    ``made`` says how the group's figure was made and from how many.
    """

    indicator_id: str
    name: str
    period_label: str
    baseline_label: str
    made: str
    before: str
    now: str
    england_before: str
    england: str
    gap_before: str
    gap_now: str
    better: int
    worse: int
    of: int
    narrowed: int
    narrowed_with_gain: int
    gaps_of: int
    moved_most: tuple[GroupArea, ...]
    learn_from: tuple[GroupArea, ...]
    areas: tuple[GroupArea, ...]
    targets_met: int
    targets: int
    source_id: str


@dataclass(frozen=True, slots=True)
class GroupReport:
    """A group of authorities on the headline outcomes, for one SEN group.

    ``chart.table`` has a row for each outcome; ``tables`` one for each with every authority.
    """

    words: Words
    definition: Definition
    chart: Chart
    title: str
    sen_group: SenGroup
    rows: tuple[GroupRow, ...]
    tables: tuple[Table, ...]
    left_out: tuple[str, ...]
