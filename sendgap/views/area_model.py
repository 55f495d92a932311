"""What *Our area* draws: one record per headline outcome, and the lists made of them."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.views.model import Chart, Definition, Point, Words
from sendgap.views.standing import Standing


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline outcome of an area: its newest level, and what stands beside it.

    ``reason`` says why there is no level. ``since`` sets the level beside its baseline's;
    ``trend`` says which way it moved and ``improving`` whether that was for the better,
    beyond rounding.
    """

    indicator_id: str
    name: str
    period_label: str
    level: str
    has_level: bool
    reason: str
    provisional: bool
    neighbours: Standing
    england: Standing
    place: str
    gap: str
    gap_name: str
    gap_said: str
    trend: str
    since: str
    improving: bool
    points: tuple[Point, ...]
    rank_share: float | None = None


@dataclass(frozen=True, slots=True)
class OurArea:
    """Where one area stands on the headline outcomes, for one group of pupils.

    The lists are about similar authorities, the statistical neighbours. ``left_out`` says
    which outcomes are not here, and why. ``too_few`` is an area with so few pupils that
    nothing is called better or worse.
    """

    words: Words
    definition: Definition
    chart: Chart
    outcomes: tuple[Headline, ...]
    stronger: tuple[Headline, ...]
    look_into: tuple[Headline, ...]
    left_out: tuple[str, ...]
    too_few: bool = False
