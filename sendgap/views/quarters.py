"""In which quarter of authorities a figure stands, in words and a symbol.

Levels with a better direction have a best and a worst quarter. Gaps have a narrowest and a
widest, levels without direction a lowest and a highest: none of those is called better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sendgap.terms import Polarity
from sendgap.views.compare_model import RankedArea
from sendgap.views.compared import Compared, CompareRow
from sendgap.views.grid_model import GAP_QUARTERS, QUARTERS

#: Fewer values than this have no quarters (the build's rule).
LEAST = 20
#: Figures this near are the same: limits between two figures are computed.
EXACT = 1e-9
#: A figure without a quarter, and no figure.
UNCLASSED, HIDDEN = "none", "hidden"


@dataclass(frozen=True, slots=True)
class Step:
    """One class of figures: its symbol before its word."""

    key: str
    symbol: str
    word: str

    @property
    def said(self) -> str:
        return f"{self.symbol} {self.word}".strip()


VERDICTS = tuple(Step(key, *QUARTERS[key]) for key in "ABCD")
#: Symbols of what is more, not better.
HEIGHTS = "▁▃▅▇"
NARROW = tuple(
    Step(number, height, GAP_QUARTERS[key][1])
    for number, height, key in zip("1234", HEIGHTS, "ABCD", strict=True)
)
LOW = tuple(
    Step(key, symbol, f"{word} quarter")
    for key, symbol, word in zip(
        "1234", HEIGHTS, ("lowest", "2nd lowest", "2nd highest", "highest"), strict=True
    )
)
NO_QUARTER = Step(UNCLASSED, "○", "a figure, not in a quarter")
NO_FIGURE = Step(HIDDEN, "", "no figure: the letter or word says why")


def steps(found: Compared, by: str) -> tuple[Step, ...]:
    """The four classes of a comparison by level or by gap."""
    if by == "gap":
        return NARROW
    return LOW if found.frame.indicator.polarity is Polarity.NONE else VERDICTS


def why_none(found: Compared, by: str) -> str:
    """Why no figure of the comparison has a quarter; empty where they have."""
    rows = list((found.gaps if by == "gap" else found.levels).values())
    held = [row for row in rows if row.value is not None and row.is_open]
    if not found.may_be_ordered:
        return "Figures of this outcome are not put in order, so there are no quarters."
    if len(held) < LEAST:
        return f"Only {len(held)} authorities have a figure: too few for quarters (20 are needed)."
    if held[0].q25 == held[0].q75:
        return "Half of the authorities have the same figure, so there are no quarters."
    return ""


def step_of(found: Compared, code: str, by: str) -> Step:
    """The class of one authority's level or gap."""
    row = (found.gaps if by == "gap" else found.levels).get(code)
    if row is None or row.value is None:
        return NO_FIGURE
    place = None if code in found.few else _quarter(row, found, by)
    return NO_QUARTER if place is None else steps(found, by)[place]


def _quarter(row: CompareRow, found: Compared, by: str) -> int | None:
    """0 to 3: as built where there is a direction, else by the same limits from below."""
    if by == "gap" or found.frame.indicator.polarity is not Polarity.NONE:
        return "ABCD".index(row.quartile) if row.quartile else None
    limits = (row.q25, row.median, row.q75)
    if not row.is_open or row.value is None or why_none(found, by):
        return None
    return sum(limit is not None and row.value > limit + EXACT for limit in limits)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line of the key: the class, how many authorities are in it, and from where to where."""

    step: Step
    count: int
    span: str

    @property
    def said(self) -> str:
        span = f", {self.span}" if self.span else ""
        return f"{self.step.said}{span} ({self.count})"


def key_lines(
    classes: Sequence[Step], rows: Sequence[tuple[Step, RankedArea]], by: str
) -> tuple[KeyLine, ...]:
    """The classes in order with what is in them; those without figures only where met."""
    lines = []
    for step in (*classes, NO_QUARTER, NO_FIGURE):
        inside = [row for found, row in rows if found == step]
        if not inside and step in (NO_QUARTER, NO_FIGURE):
            continue
        lines.append(KeyLine(step, len(inside), _span(inside, by)))
    return tuple(lines)


def _span(rows: Sequence[RankedArea], by: str) -> str:
    held = [(r.gap, r.gap_printed) if by == "gap" else (r.level, r.level_printed) for r in rows]
    known = sorted((value, text) for value, text in held if value is not None)
    if not known:
        return ""
    low, high = known[0][1], known[-1][1]
    return low if low == high else f"{low} to {high}"
