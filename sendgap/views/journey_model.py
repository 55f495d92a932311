"""What *Early years to 19* draws: an area's place among authorities at each stage."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import SenGroup
from sendgap.views.model import Chart, Definition, Words


@dataclass(frozen=True, slots=True)
class StageMark:
    """One group at one stage. ``position`` runs from 0 to 100, 100 being the best level of all
    authorities, and is empty where there is no place; ``reason`` then says why.

    ``band`` is the middle half of the neighbours' positions, where at least seven have one.
    """

    group: SenGroup
    level: str
    gap: str
    place: str
    gap_place: str
    position: float | None
    reason: str
    provisional: bool
    band: tuple[float, float] | None
    neighbours: int


@dataclass(frozen=True, slots=True)
class JourneyStage:
    """One outcome of one age and year. ``reference`` is whom its gaps are to; ``reason`` says
    why the whole stage is empty."""

    indicator_id: str
    name: str
    age: int
    period_label: str
    reference: str
    reason: str
    marks: tuple[StageMark, ...]

    @property
    def title(self) -> str:
        """The name with its age, where the name does not say it."""
        says = self.name.endswith((f"at {self.age}", f"by {self.age}"))
        return self.name if says else f"{self.name}, age {self.age}"

    def mark(self, group: SenGroup) -> StageMark | None:
        """The mark of a group."""
        return next((m for m in self.marks if m.group is group), None)


@dataclass(frozen=True, slots=True)
class Journey:
    """The stages by age, for the group looked at and the other; never one group of children."""

    words: Words
    definition: Definition
    chart: Chart
    stages: tuple[JourneyStage, ...]
    area_name: str
    sen_group: SenGroup
