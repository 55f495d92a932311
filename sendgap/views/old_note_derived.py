"""What an older document derives from its figures, worked out again from them."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.historic import Derived, Historic, HistoricTable
from sendgap.ingest.historic import Fact
from sendgap.views import numbers
from sendgap.views.old_note_model import WorkedOut
from sendgap.views.periods import period_label
from sendgap.views.request import ENGLAND

Filled = tuple[Fact, float]


class Figures:
    """The kept facts, found by measure, area and period."""

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        self.all = facts
        self._totals = {
            (f.measure_id, f.area_code, f.time_period): f for f in facts if f.breakdown == "total"
        }

    def at(self, measure: str, area: str, period: str) -> Fact | None:
        """One area's figure of a period."""
        return self._totals.get((measure, area, period))

    def end(self, measure: str, breakdown: str) -> Fact | None:
        """One end of England's range."""
        return next(
            (f for f in self.all if (f.measure_id, f.breakdown) == (measure, breakdown)), None
        )

    def line(self, measure: str, area: str) -> list[Filled]:
        """An area's figures with a number, oldest first."""
        found = [(f, f.value) for (m, a, _), f in self._totals.items()
                 if (m, a) == (measure, area) and f.value is not None]  # fmt: skip
        return sorted(found, key=lambda pair: pair[0].time_period)

    def areas(self, measure: str) -> list[str]:
        """Codes of the areas with the measure, England last."""
        found = dict.fromkeys(a for m, a, _ in self._totals if m == measure)
        return sorted(found, key=lambda code: code == ENGLAND)


class _Work:
    """One derivation of one table."""

    def __init__(
        self, areas: Areas, historic: Historic, table: HistoricTable, how: Derived, held: Figures
    ) -> None:
        self.places, self.table, self.how, self.held = areas, table, how, held
        self.measure = historic.measure(how.of)

    def name(self, area: str) -> str:
        return self.places.by_code(area).short_name

    def when(self, period: str) -> str:
        kind = self.table.time_identifier
        style = "financial_year" if kind.startswith("Financial") else "academic_year"
        return period_label(period, style, kind)

    def document(self, area: str, period: str) -> Fact | None:
        """The figure that the document prints for the same, if it does."""
        return self.held.at(self.how.printed, area, period) if self.how.printed else None

    def made(
        self, label: str, value: float, unit: str, decimals: int, said: Fact | None = None
    ) -> WorkedOut:
        """A figure at the document's decimals, or one more than its figures have."""
        if said is not None and said.value is not None:
            agrees = round(value, said.decimals) == said.value
            document = _printed(said.value, unit, said.decimals)
            own = said.decimals if unit == "pounds" else max(said.decimals, 1)
            return WorkedOut(label, value, _printed(value, unit, own), document, agrees)
        return WorkedOut(label, value, _printed(value, unit, decimals), "", None)


def _printed(value: float, unit: str, decimals: int) -> str:
    if unit == "points":
        return numbers.gap(value, "percent", decimals)
    if unit == "pounds" and value < 0:
        return numbers.MINUS + numbers.level(-value, unit, decimals)
    return numbers.level(value, unit, decimals)


def worked_out(
    areas: Areas, historic: Historic, table: HistoricTable, how: Derived, held: Figures
) -> Iterator[WorkedOut]:
    """Everything that one derivation of a table gives."""
    work = _Work(areas, historic, table, how, held)
    if how.shows in _OF_ENGLAND:
        yield from _OF_ENGLAND[how.shows](work)
        return
    for area in held.areas(how.of):
        line = held.line(how.of, area)
        if line:
            yield from _OF_LINE[how.shows](work, area, line)


def _growth(before: float, now: float) -> float:
    return 100 * (now - before) / before


def _change(work: _Work, area: str, line: list[Filled]) -> Iterator[WorkedOut]:
    """From the first to the last, in per cent; none from nothing."""
    (first, before), (last, now) = line[0], line[-1]
    if len(line) > 1 and before:
        label = (f"{work.measure.label}, {work.name(area)}: change from "
                 f"{work.when(first.time_period)} to {work.when(last.time_period)}")  # fmt: skip
        said = work.document(area, last.time_period)
        yield work.made(label, _growth(before, now), "percent", 1, said)


def _steps(work: _Work, area: str, line: list[Filled]) -> Iterator[WorkedOut]:
    """From each to the next, in per cent."""
    for (_, before), (fact, now) in zip(line, line[1:], strict=False):
        label = f"{work.measure.label}, {work.name(area)}: change to {work.when(fact.time_period)}"
        said = work.document(area, fact.time_period)
        yield work.made(label, _growth(before, now), "percent", 1, said)


def _points(work: _Work, area: str, line: list[Filled]) -> Iterator[WorkedOut]:
    """From the first to the last, in percentage points."""
    (first, before), (last, now) = line[0], line[-1]
    if len(line) > 1:
        label = (f"{work.measure.label}, {work.name(area)}: change from "
                 f"{work.when(first.time_period)} to {work.when(last.time_period)}")  # fmt: skip
        decimals = max(first.decimals, last.decimals)
        yield work.made(label, round(now - before, decimals), "points", decimals)


def _compound(work: _Work, area: str, line: list[Filled]) -> Iterator[WorkedOut]:
    """Yearly changes in per cent, one upon another."""
    together = 100 * (prod(1 + value / 100 for _, value in line) - 1)
    label = f"{work.measure.label}, {work.name(area)}: {len(line)} years together"
    yield work.made(label, together, "percent", 1)


def _ratio(work: _Work, area: str, line: list[Filled]) -> Iterator[WorkedOut]:
    """The newest figure over the newest of another measure: a cost of each."""
    over = work.held.line(work.how.over, area)
    if over:
        label = f"{work.measure.label}, {work.name(area)}: for each of {over[-1][1]:,.0f}"
        said = work.document(area, line[-1][0].time_period)
        yield work.made(label, line[-1][1] / over[-1][1], work.measure.unit, 0, said)


def _share(work: _Work, area: str, line: list[Filled]) -> Iterator[WorkedOut]:
    """The newest figure as a share of another of the same period."""
    for fact, value in line[-1:]:
        whole = work.held.at(work.how.over, area, fact.time_period)
        if whole is not None and whole.value:
            label = f"{work.measure.label}, {work.name(area)}: share, {work.when(fact.time_period)}"
            said = work.document(area, fact.time_period)
            yield work.made(label, 100 * value / whole.value, "percent", 1, said)


def _population(work: _Work, area: str, line: list[Filled]) -> Iterator[WorkedOut]:
    """How many pupils a number of appeals and its rate per 10,000 rest on."""
    for fact, value in line:
        rate = work.held.at(work.how.over, area, fact.time_period)
        if rate is not None and rate.value:
            when = work.when(fact.time_period)
            label = f"Pupils that appeals and rate imply, {work.name(area)}, {when}"
            yield work.made(label, 10_000 * value / rate.value, "count", 0)


def _pairs(work: _Work) -> Iterator[tuple[str, Fact, float, float, int]]:
    """Every figure of an area with England's of the same period: area, fact, both, decimals."""
    for area in work.held.areas(work.how.of):
        for fact, value in work.held.line(work.how.of, area):
            england = work.held.at(work.how.of, ENGLAND, fact.time_period)
            if area != ENGLAND and england is not None and england.value is not None:
                yield area, fact, value, england.value, max(fact.decimals, england.decimals)


def _difference(work: _Work) -> Iterator[WorkedOut]:
    """Each figure less England's of the same period."""
    unit = "points" if work.measure.unit == "percent" else work.measure.unit
    for area, fact, value, england, decimals in _pairs(work):
        label = (f"{work.measure.label}, {work.name(area)} less England, "
                 f"{work.when(fact.time_period)}")  # fmt: skip
        yield work.made(label, round(value - england, decimals), unit, decimals)


def _times(work: _Work) -> Iterator[WorkedOut]:
    """Each figure as a multiple of England's."""
    for area, fact, value, england, _ in _pairs(work):
        when = work.when(fact.time_period)
        label = f"{work.measure.label}, {work.name(area)} as times England's, {when}"
        yield work.made(label, value / england, "score", 2)


def _position(work: _Work) -> Iterator[WorkedOut]:
    """How far along England's range each newest figure stands; the documents name nobody."""
    low, high = (work.held.end(work.how.of, f"range:{end}") for end in ("lowest", "highest"))
    if low is None or high is None or low.value is None or high.value is None:
        return
    for area in work.held.areas(work.how.of):
        for _, value in work.held.line(work.how.of, area)[-1:] if area != ENGLAND else []:
            ends = [_printed(e.value or 0.0, work.measure.unit, e.decimals) for e in (low, high)]
            label = (f"{work.measure.label}, {work.name(area)}: share of the way from England's "
                     f"lowest ({ends[0]}) to its highest ({ends[1]}), neither named")  # fmt: skip
            along = 100 * (value - low.value) / (high.value - low.value)
            yield work.made(label, along, "percent", 0)


_OF_LINE = {
    "change": _change, "steps": _steps, "points": _points, "compound": _compound,
    "ratio": _ratio, "share": _share, "population": _population,
}  # fmt: skip
_OF_ENGLAND = {"difference": _difference, "times": _times, "position": _position}
