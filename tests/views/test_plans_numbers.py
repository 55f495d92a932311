"""Every number of plans and placements is the one the release gives for the same question.

Printed cells are parsed back and compared with the four tables of the release; each area is
met by one view in turn, and by all of them in the long run.
"""

from __future__ import annotations

import pandas as pd
import pytest

from sendgap import Release
from sendgap.catalogue.areas import Area
from sendgap.terms import SenGroup
from sendgap.views.model import NoAnswer, Table
from sendgap.views.plans import VIEWS, plans
from sendgap.views.plans_model import Bars, Panel, Plans
from sendgap.views.request import ENGLAND, Request

HALF = 0.05 + 1e-9


def view(release: Release, area: str, name: str, *asked: str) -> Plans | NoAnswer:
    code = release.areas.find(area).area_code
    return plans(release, Request(code, "", SenGroup.EHC_PLAN), name, *asked)


def number(cell: str) -> float | None:
    """The number a cell begins with; none for a word or a symbol."""
    text = cell.split(" ")[0].replace(",", "").replace("\N{MINUS SIGN}", "-").rstrip("%")
    try:
        return float(text)
    except ValueError:
        return None


class Truth:
    """The release's own tables, asked as from the command line, each once."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._held: dict[tuple[str, ...], pd.DataFrame] = {}

    def values(self, indicator: str, breakdown: str = "total") -> pd.DataFrame:
        key = ("values", indicator, breakdown)
        if key not in self._held:
            found = self.release.values(indicator, breakdown=breakdown)
            self._held[key] = found.set_index(["area_code", "time_period"]).sort_index()
        return self._held[key]

    def benchmark(self, indicator: str, breakdown: str = "total") -> pd.DataFrame:
        key = ("benchmark", indicator, breakdown)
        if key not in self._held:
            found = self.release.benchmark(indicator, breakdown=breakdown)
            self._held[key] = found.set_index(["area_code", "time_period"]).sort_index()
        return self._held[key]

    def at(self, indicator: str, breakdown: str, area: str, period: str, column: str) -> float:
        table = self.values(indicator, breakdown)
        return float(table[column].get((area, period), float("nan")))


@pytest.fixture(scope="module")
def truth(release: Release) -> Truth:
    return Truth(release)


def agrees(cell: str, expected: float, within: float = HALF) -> int:
    """A cell prints the expected figure, or a word where there is none; how many were compared."""
    found = number(cell)
    if expected != expected:
        assert found is None, cell
        return 0
    assert found is not None, (cell, expected)
    assert found == pytest.approx(expected, abs=within), (cell, expected)
    return 1


def panel(found: Plans, key: str) -> Panel | None:
    return next((p for p in found.panels if p.key == key), None)


def columns(table: Table) -> dict[str, int]:
    return {name: place for place, name in enumerate(table.columns)}


def check_cells(
    truth: Truth, area: Area, cells: tuple[str, ...], heads: dict[str, int], indicator: str,
    breakdown: str, period: str, within: float = HALF,
) -> int:  # fmt: skip
    """The area's, the region's, England's and the neighbours' cell of one row."""
    region = truth.release.areas.region_of(area)
    codes = {area.short_name: area.area_code, "England": ENGLAND}
    codes |= {region.name: region.area_code} if region else {}
    checked = 0
    for name, code in codes.items():
        expected = truth.at(indicator, breakdown, code, period, "value")
        checked += agrees(cells[heads[name]], expected, within)
    table = truth.benchmark(indicator, breakdown)
    if (area.area_code, period) in table.index:
        mean = float(table.loc[(area.area_code, period), "neighbour_mean"])
        checked += agrees(cells[heads["Neighbours' average"]], mean, within)
    return checked


def check_how_many(truth: Truth, area: Area, found: Plans) -> int:
    page = truth.release.catalogue.plans
    assert page is not None
    checked = 0
    for key, indicator in zip(("share-0", "share-1"), page.how_many.shares, strict=True):
        checked += check_lines(truth, area, panel(found, key), indicator)
    checked += check_lines(truth, area, panel(found, "number"), page.how_many.number, HALF)
    phases = panel(found, "phases")
    if phases and phases.table:
        pairs = [(i, cut) for i in page.how_many.shares for cut in page.how_many.phases]
        for (indicator, cut), cells in zip(pairs, phases.table.rows, strict=True):
            checked += check_cells(truth, area, cells, columns(phases.table), indicator, cut,
                                   "202425")  # fmt: skip
    ages = panel(found, "ages")
    if ages and ages.table:
        whole = truth.at(page.how_many.number, "total", area.area_code, "202425", "value")
        for (_, cuts), cells in zip(page.how_many.ages, ages.table.rows, strict=True):
            counts = [truth.at(page.how_many.number, cut, area.area_code, "202425", "value")
                      for cut in cuts]  # fmt: skip
            total = pd.Series(counts).sum()
            if (printed := number(cells[2])) is not None:
                assert printed == total
                checked += agrees(cells[1], 100 * total / whole)
    return checked


def check_lines(
    truth: Truth, area: Area, part: Panel | None, indicator: str, within: float = HALF
) -> int:
    """A chart over the years: the area's cell of every period."""
    assert part is not None
    own = truth.values(indicator)
    if area.area_code not in own.index.get_level_values(0):
        return 0
    expected = own.loc[area.area_code]["value"]
    if part.table is None:
        assert expected.notna().sum() == 0
        return 0
    rows = part.table.rows
    assert len(rows) == len(expected)
    return sum(
        agrees(cells[1], value, within)
        for cells, value in zip(reversed(rows), expected, strict=True)
    )


def check_needs(truth: Truth, area: Area, found: Plans) -> int:
    page = truth.release.catalogue.plans
    assert page is not None
    names = {label: cut for cut, label in truth.release.catalogue.breakdowns.items()
             if cut.startswith("need:")}  # fmt: skip
    table = found.chart.table
    heads, checked = columns(table), 0
    assert len(table.rows) == 13 and table.rows[-1][0] == "Need not recorded"
    for cells in table.rows:
        cut = names[cells[0]]
        checked += check_cells(truth, area, cells, heads, page.needs.all, cut, "202425")
        count = truth.at(page.needs.all, cut, area.area_code, "202425", "numerator")
        checked += agrees(cells[heads["Number"]], count)
        position = truth.benchmark(page.needs.all, cut)["position_england"].get(
            (area.area_code, "202425")
        )
        said = cells[heads["Against England"]]
        assert said in (position, "too few plans", "nothing to compare") or (
            position == "similar" and said == "no clear difference"
        )
    shown = [number(cells[1]) for cells in table.rows[:-1]]
    known = [value for value in shown if value is not None]
    assert known == sorted(known, reverse=True)
    return checked


def check_placement(truth: Truth, area: Area, found: Plans) -> int:
    page = truth.release.catalogue.plans
    assert page is not None
    indicator, code, checked = page.placement.all, area.area_code, 0
    labels = truth.release.catalogue.breakdowns
    years = panel(found, "years")
    assert years is not None and years.table is not None
    groups: list[tuple[str, ...]] = []
    for _, cuts in page.placement.classes:
        groups += [cuts, *([(cut,) for cut in cuts] if len(cuts) > 1 else [])]
    assert len(labels) > 0 and len(groups) + 1 == len(years.table.rows)
    for place, label in enumerate(years.table.columns[1:], start=1):
        year = int(label.removeprefix("January "))
        period = f"{year - 1}{year % 100:02d}"
        classes = []
        for cuts, cells in zip(groups, years.table.rows, strict=False):
            share, count = together(truth, indicator, cuts, code, period)
            checked += agrees(cells[place], share)
            if cells[0] in dict(page.placement.classes):
                classes.append(count)
        total = truth.at(page.how_many.number, "total", code, period, "value")
        checked += agrees(years.table.rows[-1][place], total)
        if classes and all(count == count for count in classes):
            assert sum(classes) == total
    across = panel(found, "areas")
    if across and across.table:
        checked += check_across(truth, area, across.table, groups)
    return checked


def together(
    truth: Truth, indicator: str, cuts: tuple[str, ...], code: str, period: str
) -> tuple[float, float]:
    """Share and number of several cuts, worked out from the counts of those published."""
    up, of = [], float("nan")
    for cut in cuts:
        table = truth.values(indicator, cut)
        if (code, period) in table.index:
            up.append(float(table.loc[(code, period), "numerator"]))
            of = float(table.loc[(code, period), "denominator"])
    count = float(pd.Series(up).sum(skipna=False)) if up else float("nan")
    return 100 * count / of, count


def check_across(truth: Truth, area: Area, table: Table, groups: list[tuple[str, ...]]) -> int:
    page = truth.release.catalogue.plans
    assert page is not None
    indicator, heads, checked = page.placement.all, columns(table), 0
    listed = truth.release.areas.neighbours(area.area_code, "2025-05")
    region = truth.release.areas.region_of(area)
    codes = {"England": ENGLAND, area.short_name: area.area_code}
    codes |= {region.name: region.area_code} if region else {}
    for cuts, cells in zip(groups, table.rows, strict=False):
        for name, code in codes.items():
            checked += agrees(cells[heads[name]], together(truth, indicator, cuts, code,
                                                           "202425")[0])  # fmt: skip
        count = together(truth, indicator, cuts, area.area_code, "202425")[1]
        checked += agrees(cells[heads["Number"]], count)
        shares = [together(truth, indicator, cuts, n.area.area_code, "202425")[0] for n in listed]
        mean = pd.Series(shares).mean()
        checked += agrees(cells[heads["Neighbours' average"]], mean, 0.1 + 1e-9)
        if len(cuts) == 1:
            own = truth.benchmark(indicator, cuts[0])["neighbour_mean"]
            checked += agrees(cells[heads["Neighbours' average"]],
                              own.get((area.area_code, "202425"), float("nan")))  # fmt: skip
    return checked


def check_requests(truth: Truth, area: Area, found: Plans) -> int:
    page = truth.release.catalogue.plans
    assert page is not None
    asked, code, checked = page.requests, area.area_code, 0
    steps = panel(found, "steps")
    assert steps is not None and steps.table is not None
    rows = {cells[0]: cells for cells in steps.table.rows}
    heads = columns(steps.table)

    def at(indicator: str, column: str, of: str = code) -> float:
        return truth.at(indicator, "total", of, "2024", column)

    received = at(asked.received, "value")
    decided, refused = at(asked.decided, "denominator"), at(asked.declined, "numerator")
    ended, issued = at(asked.assessed, "denominator"), at(asked.assessed, "numerator")
    for label, count, of in (
        ("Requests received", received, None),
        ("Decided either way", decided, received),
        ("Agreed to assess", decided - refused, decided),
        ("Declined", refused, decided),
        ("Declined, of all received", refused, received),
        ("Assessments ended", ended, None),
        ("Plan issued", issued, ended),
        ("Ended without a plan", ended - issued, ended),
    ):
        checked += agrees(rows[label][1], count)
        if of:
            checked += agrees(rows[label][2], 100 * count / of)
    for label, indicator in (
        ("Declined", asked.decided), ("Declined, of all received", asked.declined),
        ("Plan issued", asked.assessed),
    ):  # fmt: skip
        checked += agrees(rows[label][heads["England"]], at(indicator, "value", ENGLAND))
        mean = truth.benchmark(indicator)["neighbour_mean"].get((code, "2024"), float("nan"))
        checked += agrees(rows[label][heads["Neighbours' average"]], mean)
    for key, indicator in (("received", asked.received), ("declined", asked.declined),
                           ("assessed", asked.assessed)):  # fmt: skip
        checked += check_lines(truth, area, panel(found, key), indicator)
    return checked


def check_timeliness(truth: Truth, area: Area, found: Plans) -> int:
    page = truth.release.catalogue.plans
    assert page is not None
    checked = 0
    for key, (_, indicator) in zip(("limit-0", "limit-1"), page.timeliness.limits, strict=True):
        checked += check_lines(truth, area, panel(found, key), indicator)
    checked += check_lines(truth, area, panel(found, "appeals"), page.timeliness.appeals)
    others = panel(found, "others")
    assert others is not None and others.table is not None
    heads = columns(others.table)
    for indicator, cells in zip(page.timeliness.others, others.table.rows, strict=True):
        checked += check_cells(truth, area, cells, heads, indicator, "total", "2024")
        spread = truth.release.distribution(indicator, period="2024").iloc[0]
        low, high = cells[heads["All authorities"]].split(" to ")
        checked += agrees(low, spread["minimum"]) + agrees(high, spread["maximum"])
    return checked


CHECKS = dict(
    zip(VIEWS, (check_how_many, check_needs, check_placement, check_requests, check_timeliness),
        strict=True)
)  # fmt: skip


def check(truth: Truth, area: Area, name: str) -> int:
    found = view(truth.release, area.area_code, name)
    if isinstance(found, NoAnswer):
        assert found.message
        return 0
    return CHECKS[name](truth, area, found)


def test_every_fourth_authority_is_met_by_one_view_in_turn(release: Release, truth: Truth) -> None:
    checked = dict.fromkeys(VIEWS, 0)
    for turn, area in enumerate(release.areas.local_authorities()[::4]):
        name = VIEWS[turn % len(VIEWS)]
        checked[name] += check(truth, area, name)
    assert all(count > 200 for count in checked.values()), checked


@pytest.mark.long
@pytest.mark.parametrize("name", VIEWS)
def test_each_view_of_every_authority(release: Release, truth: Truth, name: str) -> None:
    assert sum(check(truth, area, name) for area in release.areas.local_authorities()) > 4000


def check_sums(release: Release, truth: Truth, areas: list[Area]) -> int:
    """From the drawn bars: numbers of the classes against the number of plans."""
    page = release.catalogue.plans
    assert page is not None
    met = 0
    for area in areas:
        found = view(release, area.area_code, "placement", "all", "count")
        if isinstance(found, NoAnswer):
            continue
        figure = found.panels[0].figure
        assert isinstance(figure, Bars)
        for bar in figure.bars:
            year = int(bar.position)
            total = truth.at(page.how_many.number, "total", area.area_code,
                             f"{year - 1}{year % 100:02d}", "value")  # fmt: skip
            assert number(bar.total_printed) == total
            if bar.segments:
                assert sum(s.count or 0.0 for s in bar.segments) == total
                assert sum(s.share for s in bar.segments) == pytest.approx(100, abs=0.35)
                met += 1
    return met


def test_classes_add_up_to_all_plans(release: Release, truth: Truth) -> None:
    areas = [*release.areas.local_authorities()[::5], release.areas.by_code(ENGLAND)]
    assert check_sums(release, truth, areas) > 200


@pytest.mark.long
def test_classes_add_up_to_all_plans_everywhere(release: Release, truth: Truth) -> None:
    assert check_sums(release, truth, list(release.areas.local_authorities())) > 1000
