"""What *Schools and DSPL areas* draws: units beside each other, and one unit by itself."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import SenGroup
from sendgap.views.model import Axis, Chart, Definition, Line, Point, Table, Words

#: Kinds of unit that a page compares, as links write them, with their names for one and many.
LOCAL_KINDS = {
    "dspl": ("DSPL area", "DSPL areas"),
    "cluster": ("cluster", "clusters"),
    "set": ("group of schools", "groups of schools"),
    "school": ("school", "schools"),
}
#: The groups that local figures are shown for, SEN support first: there are more of them.
LOCAL_GROUPS = (SenGroup.SEN_SUPPORT, SenGroup.ANY_SEN, SenGroup.EHC_PLAN)
#: Up to as many units, those without a figure keep a place in the chart.
FEW_UNITS = 12
#: A to Z first; the other order is by how many pupils of the group there are.
ORDERS = ("name", "size")


@dataclass(frozen=True, slots=True)
class LocalQuestion:
    """Units of a kind, inside another unit where ``within`` names one (``dspl:D1``), schools of
    one ``phase`` where that is given, on one outcome and group."""

    kind: str
    indicator_id: str
    sen_group: SenGroup
    within: str = ""
    order: str = ORDERS[0]
    phase: str = ""


@dataclass(frozen=True, slots=True)
class LocalUnit:
    """One school, cluster or DSPL area: its lines over the years and its newest figures.

    ``hidden`` says why there is no figure, empty where there is one. ``interval`` is the
    level's at 95%. ``against`` is the word beside the rest of the authority: better, worse,
    similar or why it is not tested.
    """

    unit_id: str
    name: str
    lines: tuple[Line, ...]
    pupils: float | None
    level: str
    reference: str
    gap: str
    period_label: str
    against: str
    flag: str
    hidden: str = ""
    interval: str = ""


@dataclass(frozen=True, slots=True)
class LocalAreas:
    """Units of one kind on one outcome; ``authority`` is the line drawn in every panel.

    ``withheld`` says before the chart what is not shown and why, ``disclosure`` the rules.
    """

    words: Words
    definition: Definition
    chart: Chart
    units: tuple[LocalUnit, ...]
    authority: Line | None
    axis: Axis
    ticks: tuple[tuple[float, str], ...]
    sen_group: SenGroup
    is_invented: bool
    disclosure: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    #: The unit that is marked, where one is looked at.
    chosen: str = ""

    @property
    def drawn(self) -> tuple[LocalUnit, ...]:
        """The units with a small chart: all where they are few, else those with a figure."""
        if len(self.units) <= FEW_UNITS:
            return self.units
        return tuple(u for u in self.units if not u.hidden or u.unit_id == self.chosen)


@dataclass(frozen=True, slots=True)
class SimilarUnit:
    """A unit like the one looked at: its key for a link, and how close it is, empty where all
    others are shown."""

    key: str
    name: str
    closeness: str


@dataclass(frozen=True, slots=True)
class LocalSimilar:
    """The units most like one. ``said``: by what, how steadily, or why there are none.
    ``by``: what they are compared by, with weights; ``pupils``: schools' published figures."""

    units: tuple[SimilarUnit, ...]
    said: str
    heading: str = "Similar ones"
    by: Table | None = None
    pupils: Table | None = None


@dataclass(frozen=True, slots=True)
class LocalMark:
    """A figure beside a unit's own: of the ``cluster``, the ``dspl`` area, the ``authority``,
    or ``england``'s newest published one. ``printed`` is its figure or its symbol."""

    role: str
    label: str
    value: float | None
    printed: str
    period_label: str


@dataclass(frozen=True, slots=True)
class SimilarRange:
    """From where to where the shown figures of similar units go: ``shown`` of ``of``."""

    low: float
    high: float
    printed: str
    shown: int
    of: int


@dataclass(frozen=True, slots=True)
class OneOutcome:
    """One outcome of one unit: its figure as ``own``, what stands beside it, and its years.

    ``hidden`` says why there is no figure, empty where there is one. ``similar`` is missing
    where too few of the similar units show a figure; ``similar_printed`` says so.
    """

    indicator_id: str
    name: str
    own: Point
    pupils: str
    interval: str
    reference_label: str
    reference: str
    gap: str
    against: str
    flag: str
    hidden: str
    marks: tuple[LocalMark, ...]
    similar: SimilarRange | None
    similar_printed: str
    lines: tuple[Line, ...]
    axis: Axis

    @property
    def has_years(self) -> bool:
        """Whether the unit itself has a figure to draw over the years."""
        return self.lines[0].last is not None


@dataclass(frozen=True, slots=True)
class LocalOne:
    """One unit on every outcome, beside the units it lies in.

    ``others`` are the other groups with how many outcomes they show; ``withheld`` says
    before the chart what is not shown and why.
    """

    words: Words
    definition: Definition
    chart: Chart
    table: Table
    is_invented: bool
    disclosure: tuple[str, ...] = ()
    similar: tuple[SimilarUnit, ...] = ()
    similar_said: str = ""
    similar_heading: str = "Similar ones"
    similar_by: Table | None = None
    similar_pupils: Table | None = None
    name: str = ""
    sen_group: SenGroup = SenGroup.SEN_SUPPORT
    outcomes: tuple[OneOutcome, ...] = ()
    others: tuple[tuple[SenGroup, int], ...] = ()
    withheld: tuple[str, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    years_alt: str = ""

    @property
    def shown(self) -> tuple[OneOutcome, ...]:
        """The outcomes with a figure."""
        return tuple(outcome for outcome in self.outcomes if not outcome.hidden)
