"""What *Compare areas* draws: one row per authority, and the lines beside them."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import Polarity, SenGroup
from sendgap.views.model import Axis, Chart, Definition, Table, Words

#: Which areas are listed, and what they are put in order by; the first is the usual one.
AMONG = ("england", "region", "neighbours", "set")
BY = ("level", "gap")


@dataclass(frozen=True, slots=True)
class RankedArea:
    """One authority: its level and gap with their places among all authorities.

    ``role`` is ``area``, ``neighbour``, ``chosen`` (put together by a person) or ``other``.
    ``place`` is a position in words, "not ranked" where there is none.
    """

    role: str
    la_code: str
    name: str
    region: str
    level: float | None
    level_printed: str
    level_place: str
    reference: float | None
    reference_printed: str
    gap: float | None
    gap_printed: str
    gap_place: str
    against_england: str
    children: str
    closeness: str
    provisional: bool
    #: Intervals of the level, the gap and both places; empty where none is known.
    interval: str = ""
    gap_interval: str = ""
    place_range: str = ""
    gap_place_range: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A comparator: England, the region, the neighbours' average or the areas chosen."""

    role: str
    label: str
    level: float | None
    level_printed: str
    gap: float | None
    gap_printed: str


@dataclass(frozen=True, slots=True)
class CompareAreas:
    """One outcome and period in many authorities, in order of level or of gap.

    ``alike`` are statistical neighbours with a better level and no wider gap, and
    ``alike_rule`` says so or why there are none. ``own`` is the area beside its
    comparators as a table; ``chart.table`` has every listed authority.
    """

    words: Words
    definition: Definition
    chart: Chart
    own: Table
    rows: tuple[RankedArea, ...]
    beside: tuple[Beside, ...]
    alike: tuple[RankedArea, ...]
    alike_rule: str
    level_axis: Axis
    gap_axis: Axis | None
    polarity: Polarity
    sen_group: SenGroup
    sen_label: str
    reference_label: str
    by: str
    among: str
    scatter_alt: str = ""
    #: What stands at the left and at the right of the order.
    ends: tuple[str, str] = ("", "")
