"""Map and spread: the same figures as the command line, quarters by its rule, every state."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from sendgap import Release
from sendgap.catalogue.model import Indicator
from sendgap.terms import Polarity, SenGroup
from sendgap.views.area_map import AreaMap, MapCell, area_map
from sendgap.views.compared import Compared, compared
from sendgap.views.model import NoAnswer
from sendgap.views.quarters import HIDDEN, LEAST, UNCLASSED, why_none
from sendgap.views.request import Request
from sendgap.views.spread import Spread, _quarters, spread
from tests.views.test_compare_areas import FEW
from tests.views.test_views_match_the_command_line import SPREAD, _number, _questions, _request

KS2 = "ks2_rwm_expected"


def the_map(release: Release, area: str, indicator: str = KS2, group: str = "ehc_plan",
            by: str = "level", period: str = "latest") -> AreaMap:  # fmt: skip
    request = Request(release.areas.find(area).area_code, indicator, SenGroup(group), period=period)
    found = area_map(release, request, by=by)
    assert isinstance(found, AreaMap)
    return found


def the_spread(release: Release, area: str, indicator: str = KS2, group: str = "ehc_plan",
               by: str = "level") -> Spread:  # fmt: skip
    request = Request(release.areas.find(area).area_code, indicator, SenGroup(group))
    found = spread(release, request, by=by)
    assert isinstance(found, Spread)
    return found


def benchmark(release: Release, request: Request, by: str) -> pd.DataFrame:
    table = release.benchmark(
        request.indicator_id,
        sen_group=request.sen_group.value,
        measure="gap" if by == "gap" else "value",
        breakdown=request.breakdown,
    )
    return table.set_index("la_code")


def _of(indicator: Indicator, group: SenGroup) -> list[str]:
    return ["level", "gap"] if indicator.has_gap and group is not SenGroup.ALL_PUPILS else ["level"]


def test_every_figure_and_quarter_is_the_command_lines(release: Release) -> None:
    """For every outcome and group, an area in turn: value, printed value and quarter."""
    checked = classed = 0
    for turn, (indicator, group) in enumerate(_questions(release)):
        name = SPREAD[turn % 8]
        request = _request(release.areas.find(name).area_code, indicator, group)
        for by in _of(indicator, group):
            view = area_map(release, request, by=by)
            if isinstance(view, NoAnswer):
                assert isinstance(spread(release, request, by=by), NoAnswer)
                continue
            table = benchmark(release, request, view.by)
            if (turn % 2 == 0) == (by == "level"):
                dots = spread(release, request, by=by)
                assert isinstance(dots, Spread)
                _spread_agrees(dots, table)
            assert {row.la_code for row in view.rows} == set(table.index)
            for cell in view.cells:
                expected = table.loc[cell.row.la_code]
                value = cell.row.gap if view.by == "gap" else cell.row.level
                if pd.isna(expected["value"]):
                    assert value is None and cell.step.key == HIDDEN
                    continue
                assert value == expected["value"]
                assert _number(cell.printed.lstrip("£")) == pytest.approx(value, abs=1e-9)
                checked += 1
                classed += _quarter_agrees(cell, expected["quartile"], view.by)
    assert checked > 10_000 and classed > 5_000


def _quarter_agrees(cell: MapCell, quartile: object, by: str) -> int:
    """Whether the command line has a quarter; those with few pupils stand in none."""
    if cell.row.name in FEW:
        assert cell.step.key == UNCLASSED
        return 0
    if pd.isna(quartile):
        return 0
    assert cell.step.key == ("1234" if by == "gap" else "ABCD")["ABCD".index(str(quartile))]
    return 1


def _spread_agrees(view: Spread, table: pd.DataFrame) -> None:
    held = table["value"].dropna()
    assert {dot.row.la_code: dot.value for dot in view.dots} == held.to_dict()
    marks = {mark.role: mark.value for mark in view.quarters}
    if marks:
        for role in ("q25", "median", "q75"):
            assert marks[role] == table[role].iloc[0]
    ends = {mark.role: mark.value for mark in view.named}
    if ends:
        assert (ends["lowest"], ends["highest"]) == (held.min(), held.max())
    for mark in view.beside:
        column = "england" if mark.role == "england" else "neighbour_mean"
        own = next((r for r in view.rows if r.role == "area"), None)
        row = table.loc[own.la_code] if own else table.iloc[0]
        assert mark.value == pytest.approx(row[column])


def test_quarters_without_a_direction_follow_type_seven_limits(release: Release) -> None:
    """Worked out again by pandas: at or below the first limit is lowest, and so on."""
    seen = 0
    for indicator in release.catalogue.indicators.values():
        if indicator.polarity is not Polarity.NONE or not indicator.series:
            continue
        group = next(iter(indicator.groups()), None)
        request = _request("E10000015", indicator, group) if group else None
        if request is None:
            continue
        view = area_map(release, request, by="level")
        if not isinstance(view, AreaMap) or view.why_none:
            continue
        levels = benchmark(release, request, "level")["value"].dropna()
        limits = [levels.quantile(q) for q in (0.25, 0.5, 0.75)]
        for cell in view.cells:
            if cell.row.level is not None:
                below = sum(cell.row.level > limit + 1e-9 for limit in limits)
                key = UNCLASSED if cell.row.name in FEW else "1234"[below]
                assert cell.step.key == key, (indicator.id, cell.row.name)
                assert not any(w in cell.step.word for w in ("best", "worst", "better", "worse"))
                seen += 1
    assert seen > 300


def test_a_hidden_figure_keeps_its_cell_and_its_letter(release: Release) -> None:
    view = the_map(release, "882")
    city = next(cell for cell in view.cells if cell.row.la_code == "201")
    assert city.step.key == HIDDEN
    assert city.printed in ("c", "x", "z")
    row = next(r for r in view.chart.table.rows if r[0] == "City of London")
    assert row[-1] == f"no figure ({city.printed})"
    assert len(view.cells) == 153


def test_the_key_counts_every_authority_and_says_from_where_to_where(release: Release) -> None:
    view = the_map(release, "882", group="sen_support")
    assert sum(line.count for line in view.key) == len(view.rows) == 153
    counted = Counter(cell.step.key for cell in view.cells)
    for line in view.key:
        assert counted[line.step.key] == line.count
    best = view.key[0]
    levels = [c.row.level for c in view.cells if c.step.key == "A" and c.row.level is not None]
    assert best.span == f"{min(levels):g}% to {max(levels):g}%"


def test_no_gap_stands_without_its_level_in_the_row(release: Release) -> None:
    for view in (the_map(release, "919", by="gap"), the_spread(release, "919", by="gap")):
        heads = view.chart.table.columns
        assert "EHC plan" in heads and "Gap" in heads
        assert heads.index("EHC plan") < heads.index("Gap")
        words = " ".join(view.words.sentences)
        assert "best quarter" not in words and "worst" not in words


def test_an_outcome_without_a_gap_is_shown_by_level(release: Release) -> None:
    view = the_map(release, "919", "ehcp_20_weeks", "ehc_plan", by="gap")
    assert view.by == "level"
    assert "Gap" not in view.chart.table.columns


def test_a_period_before_a_merger_names_who_is_not_on_the_map(release: Release) -> None:
    view = the_map(release, "919", "ks4_attainment8", period="201819")
    said = " ".join(view.words.caveats)
    assert "Not on the map, having closed since:" in said
    assert "Dorset" in said or "Northamptonshire" in said
    assert len(view.cells) < len(view.rows)


def test_the_sentences_count_what_the_map_shows(release: Release) -> None:
    view = the_map(release, "882", group="sen_support")
    assert (
        "Southend-on-Sea is in the worst quarter of authorities by level: 20%."
        in view.words.sentences
    )
    best = [c for c in view.cells if c.step.key == "A"]
    london = sum(c.row.region == "London" for c in best)
    assert any(
        s.startswith(f"Of {len(best)} authorities in the best quarter, {london} are in London")
        for s in view.words.sentences
    )


def test_names_and_descriptions_are_short_and_whole(release: Release) -> None:
    for turn, (indicator, group) in enumerate(_questions(release)):
        request = _request(release.areas.find(SPREAD[turn % 8]).area_code, indicator, group)
        for view in (area_map(release, request, by="level"), spread(release, request, by="level")):
            if not isinstance(view, NoAnswer):
                assert 0 < len(view.chart.alt) <= 150
                assert "The table has every one." in view.chart.description


def test_half_of_the_authorities_lie_where_it_says(release: Release) -> None:
    view = the_spread(release, "882", group="sen_support")
    first = view.words.sentences[0]
    assert first == (
        "Half of the authorities lie between 25% and 34%; Southend-on-Sea (20%) lies below them."
    )
    table = benchmark(
        release, Request("E06000033", KS2, SenGroup.SEN_SUPPORT), "level"
    )["value"].dropna()  # fmt: skip
    assert (table.quantile(0.25), table.quantile(0.75)) == (25, 34)


def test_the_ends_are_named_with_all_who_stand_there(release: Release) -> None:
    view = the_spread(release, "919")
    table = release.distribution(KS2, sen_group="ehc_plan").iloc[0]
    low, high = view.named
    for mark, names in ((low, table["minimum_areas"]), (high, table["maximum_areas"])):
        count = len(names.split("; "))
        if count > 3:
            assert mark.label == f"{count} authorities"
        else:
            assert mark.label.count(",") + mark.label.count(" and ") >= count - 1


def test_few_figures_have_no_quarters_and_say_so(release: Release) -> None:
    request = Request("E10000015", KS2, SenGroup.EHC_PLAN)
    found = compared(release, request)
    assert isinstance(found, Compared)
    few = dict(list(found.levels.items())[: LEAST - 1])
    thin = replace(found, levels=few, gaps={})
    assert why_none(thin, "level").startswith("Only ")
    assert not list(_quarters(thin, "level"))
    assert why_none(found, "level") == ""


def test_without_any_figure_there_is_no_answer(release: Release) -> None:
    request = Request("E10000015", KS2, SenGroup.EHC_PLAN, period="202021")
    for builder in (area_map, spread):
        answer = builder(release, request, by="level")
        assert isinstance(answer, NoAnswer) or not any(r.level for r in answer.rows)
