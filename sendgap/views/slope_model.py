"""What *Baseline to latest* draws: one outcome in two years, for an area and those beside it."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import SenGroup
from sendgap.views.model import Axis, Chart, Definition, Words


@dataclass(frozen=True, slots=True)
class Slope:
    """One area's figure in both years, or the letter or word for why there is none.

    ``role`` is ``area``, ``neighbours``, ``neighbour``, ``chosen``, ``region`` or ``england``.
    ``moved`` says what the figure did, or why the two are not set against each other;
    ``levels`` are the levels that belong to gaps. ``la_code`` is empty for those that are no
    authority.
    """

    role: str
    label: str
    la_code: str
    before: float | None
    before_printed: str
    now: float | None
    now_printed: str
    moved: str
    levels: tuple[str, str] = ("", "")
    provisional: bool = False

    @property
    def is_joined(self) -> bool:
        """Whether both figures stand and may be set against each other."""
        return self.before is not None and self.now is not None


@dataclass(frozen=True, slots=True)
class BaselineToLatest:
    """The slopes, the area's own first; ``by`` is level or gap."""

    words: Words
    definition: Definition
    chart: Chart
    slopes: tuple[Slope, ...]
    since_label: str
    until_label: str
    axis: Axis
    sen_group: SenGroup
    by: str
