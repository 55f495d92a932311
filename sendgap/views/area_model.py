"""What *Our area* draws: one record per headline outcome, and the lists made of them."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.views import standing
from sendgap.views.model import Chart, Definition, Point, Words
from sendgap.views.standing import Standing

#: What a mark says of a level beside England's figure.
WORDS = {
    "better": "better than England",
    "worse": "worse than England",
    "similar": "no clear difference",
}
#: What a mark says of a level that is not set against England's figure.
NOT_TESTED = "not tested"


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
    #: The gap in a table; where the group does better that is said, never a minus.
    gap_cell: str = ""


@dataclass(frozen=True, slots=True)
class SpineRow:
    """One outcome: its figures as printed, and where they stand between worst and best.

    ``word`` is the side of England's figure; ``middle`` what stands at 0, England's published
    figure or the median. ``low`` and ``high`` print the left and the right end.
    """

    outcome: Headline
    stage: str
    children: str
    word: str
    own: float | None
    neighbours: float | None
    middle: str
    is_england: bool
    half: tuple[float, float] | None
    low: str
    high: str
    is_directed: bool

    @property
    def has_range(self) -> bool:
        """Whether there is a range to draw."""
        return bool(self.low)

    @property
    def said(self) -> str:
        """The side of England's figure, after its shape."""
        mark = standing.MARKS[self.word]
        if not self.is_england:
            return f"{mark} no England figure to set it against"
        return f"{mark} {WORDS.get(self.word, self.word)}"


@dataclass(frozen=True, slots=True)
class Spine:
    """The rows with the chart's name and its words."""

    rows: tuple[SpineRow, ...]
    area: str
    alt: str
    description: str


@dataclass(frozen=True, slots=True)
class OurArea:
    """Where one area stands on the headline outcomes, for one group of pupils.

    The lists are about statistical neighbours. ``left_out`` says which outcomes are not here,
    and why. ``spine`` is the profile. ``too_few`` is an area with so few pupils that nothing
    is called better or worse.
    """

    words: Words
    definition: Definition
    chart: Chart
    outcomes: tuple[Headline, ...]
    stronger: tuple[Headline, ...]
    look_into: tuple[Headline, ...]
    left_out: tuple[str, ...]
    spine: Spine
    too_few: bool = False
