"""What *Small numbers* draws: areas against the limits within which chance would keep them."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import Polarity, SenGroup
from sendgap.views.model import Axis, Chart, Definition, Table, Words

#: Where a point stands: within both limits, or beyond the 95% or the 99.8% ones.
WITHIN, BEYOND, FAR = "within", "beyond 95%", "beyond 99.8%"


@dataclass(frozen=True, slots=True)
class FunnelArea:
    """One authority: how many it rests on, its figure, and where that stands.

    ``plain`` and ``wide`` are one of :data:`WITHIN`, :data:`BEYOND` and :data:`FAR`, against
    the limits of chance alone and against those that allow for how much areas differ.
    """

    role: str
    la_code: str
    name: str
    size: float
    size_printed: str
    value: float
    printed: str
    plain: str
    wide: str


@dataclass(frozen=True, slots=True)
class Limits:
    """One line of the funnel: (size, value) points on each side of the target."""

    label: str
    is_wide: bool
    lower: tuple[tuple[float, float], ...]
    upper: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class SmallNumbers:
    """One outcome and period: authorities, the target and the limits round it."""

    words: Words
    definition: Definition
    chart: Chart
    own: Table
    areas: tuple[FunnelArea, ...]
    target: float
    target_label: str
    limits: tuple[Limits, ...]
    named: tuple[str, ...]
    size_title: str
    axis: Axis
    sen_group: SenGroup
    polarity: Polarity
    by: str
