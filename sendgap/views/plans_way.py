"""The numbers from a request to a plan, and shares of one step in another."""

from __future__ import annotations

from dataclasses import dataclass, field

from sendgap.catalogue.plans import Requests
from sendgap.store import Release
from sendgap.views import numbers
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.plans_cuts import FEWEST_NEIGHBOURS, frame_of, mean_printed
from sendgap.views.request import Request

RECEIVED, DECIDED = "of requests received", "of requests decided"
ASSESSED = "of assessments ended"


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of one step by (area, period), or the symbol why there is none."""

    held: dict[tuple[str, str], float] = field(default_factory=dict)
    symbols: dict[tuple[str, str], str] = field(default_factory=dict)

    def at(self, area: str, period: str) -> float | None:
        return self.held.get((area, period))

    def printed(self, area: str, period: str) -> str:
        found = self.at(area, period)
        if found is not None:
            return numbers.number(found, 0)
        return numbers.symbol_word(self.symbols.get((area, period)))

    def less(self, other: Counts) -> Counts:
        """What is left of these without the others, where both are known."""
        both = self.held.keys() & other.held.keys()
        left = {key: self.held[key] - other.held[key] for key in both}
        return Counts(left, {**self.symbols, **other.symbols})


@dataclass(frozen=True, slots=True)
class Way:
    """The numbers of every step, for the area, its neighbours and comparators."""

    frame: Frame
    neighbours: tuple[str, ...]
    received: Counts
    decided: Counts
    declined: Counts
    assessed: Counts
    issued: Counts

    def steps(self) -> list[tuple[str, Counts, Counts | None, str, bool]]:
        """Label, numbers, what they are a share of, and whether a new count begins."""
        agreed = self.decided.less(self.declined)
        return [
            ("Requests received", self.received, None, "", True),
            ("Decided either way", self.decided, self.received, RECEIVED, False),
            ("Agreed to assess", agreed, self.decided, DECIDED, False),
            ("Declined", self.declined, self.decided, DECIDED, False),
            ("Declined, of all received", self.declined, self.received, RECEIVED, False),
            ("Assessments ended", self.assessed, None, "", True),
            ("Plan issued", self.issued, self.assessed, ASSESSED, False),
            ("Ended without a plan", self.assessed.less(self.issued), self.assessed, ASSESSED,
             False),
        ]  # fmt: skip


def way_of(release: Release, request: Request, page: Requests) -> Way:
    """Every step's numbers, from the outcomes' figures and the counts behind them."""
    frame = frame_of(release, request, page.received)
    listed = release.areas.neighbours(frame.area.area_code, request.vintage)
    neighbours = tuple(n.area.area_code for n in listed if "neighbours" in request.compare)
    codes = [frame.area.area_code, *neighbours, *frame.comparator_codes().values()]

    def rows(indicator_id: str) -> list[LevelRow]:
        one = frame_of(release, request, indicator_id)
        return one.levels(codes, [one.group])

    received = _counts(rows(page.received), "value")
    declined = rows(page.declined)
    decided, assessed = rows(page.decided), rows(page.assessed)
    return Way(
        frame, neighbours, received, _counts(decided, "denominator"),
        _counts(declined, "numerator"), _counts(assessed, "denominator"),
        _counts(assessed, "numerator"),
    )  # fmt: skip


def _counts(rows: list[LevelRow], side: str) -> Counts:
    held, missing = {}, {}
    for row in rows:
        key = (row.area_code, row.time_period)
        value = getattr(row, side)
        if value is None:
            missing[key] = row.symbol or "none"
        else:
            held[key] = float(value)
    return Counts(held, missing)


def share(part: Counts, whole: Counts, area: str, period: str) -> float | None:
    """A part in hundred of a whole, at one decimal as the publication prints."""
    up, of = part.at(area, period), whole.at(area, period)
    return round(100 * up / of, 1) if up is not None and of else None


def share_printed(part: Counts, whole: Counts, area: str, period: str) -> str:
    found = share(part, whole, area, period)
    if found is not None:
        return numbers.level(found, "percent", 1)
    if whole.at(area, period) == 0:
        return "z"
    return part.printed(area, period) if part.at(area, period) is None else "none"


def mean_share(way: Way, part: Counts, whole: Counts, period: str) -> str:
    found = [s for c in way.neighbours if (s := share(part, whole, c, period)) is not None]
    mean = sum(found) / len(found) if len(found) >= FEWEST_NEIGHBOURS else None
    return mean_printed(mean, len(found), 1)
