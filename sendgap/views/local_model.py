"""What *Schools and DSPL areas* draws: units beside each other, and one unit by itself."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import SenGroup
from sendgap.views.model import Axis, Chart, Definition, Line, Table, Words

#: Kinds of unit that a page compares, as links write them, with their names for one and many.
LOCAL_KINDS = {
    "dspl": ("DSPL area", "DSPL areas"),
    "cluster": ("cluster", "clusters"),
    "school": ("school", "schools"),
}
#: A to Z first; the other order is by how many pupils of the group there are.
ORDERS = ("name", "size")


@dataclass(frozen=True, slots=True)
class LocalQuestion:
    """Units of a kind, inside another unit where ``within`` names one (``dspl:D1``), on one
    outcome and group."""

    kind: str
    indicator_id: str
    sen_group: SenGroup
    within: str = ""
    order: str = ORDERS[0]


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
    by: Table | None = None
    pupils: Table | None = None


@dataclass(frozen=True, slots=True)
class LocalOne:
    """One unit on every outcome, beside the units it lies in."""

    words: Words
    definition: Definition
    chart: Chart
    table: Table
    is_invented: bool
    disclosure: tuple[str, ...] = ()
    similar: tuple[SimilarUnit, ...] = ()
    similar_said: str = ""
    similar_by: Table | None = None
    similar_pupils: Table | None = None
