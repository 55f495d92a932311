"""Intervals that a release holds: of levels, of gaps and of places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sendgap.terms import SenGroup
from sendgap.views import numbers
from sendgap.views.frame import Frame

Limits = tuple[float, float]
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Intervals:
    """Limits at 95% by what, area, group and period; figures without an interval have none."""

    frame: Frame
    held: dict[Key, Limits] = field(default_factory=dict)

    @property
    def _group(self) -> str:
        return self.frame.group.value

    def level(self, area: str, period: str, group: SenGroup | None = None) -> Limits | None:
        """The interval of a level."""
        return self.held.get(("value", area, (group or self.frame.group).value, period))

    def gap(self, area: str, period: str) -> Limits | None:
        """The interval of a gap."""
        return self.held.get(("gap", area, self._group, period))

    def place(self, measure: str, area: str, period: str) -> str:
        """Between which places an area could stand, "38th to 97th"; empty where not known."""
        found = self.held.get((f"rank of {measure}", area, self._group, period))
        if found is None:
            return ""
        first, last = (numbers.ordinal(round(limit)) for limit in found)
        return first if first == last else f"{first} to {last}"

    def has(self, what: str) -> bool:
        """Whether any figure of the kind has an interval."""
        return any(key[0] == what for key in self.held)


def intervals(
    frame: Frame, areas: Iterable[str] | None = None, period: str | None = None
) -> Intervals:
    """The intervals of the frame's group and its reference, in some areas and periods or all."""
    groups = [frame.group, *([frame.reference.group] if frame.reference else [])]
    rows = frame.release.rows(
        "intervals",
        indicator=frame.indicator.id,
        breakdown=frame.request.breakdown,
        time_identifier=frame.identifier.value,
        groups=[group.value for group in groups],
        reference=frame.reference.value if frame.reference else "none",
        areas=None if areas is None else list(areas),
        period=period,
    )
    return Intervals(frame, {(r[0], r[1], r[2], r[3]): (float(r[4]), float(r[5])) for r in rows})


def printed(limits: Limits | None, unit: str, decimals: int, *, is_gap: bool = False) -> str:
    """An interval as a cell: "8.1% to 12.4%", one decimal more than whole numbers have."""
    if limits is None:
        return "not given"
    printer = numbers.gap if is_gap else numbers.level
    places = numbers.mean_decimals(decimals)
    return " to ".join(printer(limit, unit, places) for limit in limits)
