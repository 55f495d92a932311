"""Every number of *Compare areas* is the command line's, and nothing ranks a gap alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.terms import SEN_GROUPS, VINTAGES, SenGroup, ValueType
from sendgap.views import numbers
from sendgap.views.compare_areas import compare_areas
from sendgap.views.compare_model import Beside, CompareAreas, RankedArea
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.model import NoAnswer
from sendgap.views.request import Request
from sendgap.views.side_by_side import side_by_side
from sendgap.views.standings import few_pupils, standings
from tests.views.test_wording import check_words

KS2, PLANS = "ks2_rwm_expected", "ehcp_20_weeks"
#: Authorities with so few pupils that a quarter of their headline figures are hidden.
FEW = ("City of London", "Isles of Scilly")


def view(
    release: Release, area: str, indicator: str, group: str = "ehc_plan", *, among: str = "england",
    by: str = "level", chosen: tuple[str, ...] = (), **asked: Any,
) -> CompareAreas:  # fmt: skip
    codes = tuple(release.areas.find(name).area_code for name in chosen)
    code = release.areas.find(area).area_code
    request = Request(code, indicator, SenGroup(group), chosen=codes, **asked)
    found = compare_areas(release, request, among=among, by=by)
    assert isinstance(found, CompareAreas)
    return found


def _records(table: Any) -> dict[str, dict[str, Any]]:
    filled = table.astype(object).where(table.notna(), None)
    return {row["la_code"] or row["area_code"]: row for row in filled.to_dict("records")}


def _questions(release: Release) -> list[tuple[Indicator, SenGroup]]:
    return [
        (indicator, group)
        for indicator in release.catalogue.indicators.values()
        for group in (SEN_GROUPS if indicator.has_gap else indicator.groups())
        if group in indicator.groups()
    ]


def number(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", "").split(" ")[0].strip("%£"))


def _check_row(row: RankedArea, level: dict[str, Any], gap: dict[str, Any] | None) -> None:
    assert row.level == level["value"]
    assert (row.level is None) == (row.level_place == "not ranked" and level["value"] is None)
    if level["value"] is not None:
        assert number(row.level_printed) == pytest.approx(level["value"], abs=1e-9)
    else:
        assert row.level_printed == numbers.symbol_word(level["symbol"])
    for place, found in ((row.level_place, level), (row.gap_place, gap)):
        if found is None or found["rank"] is None:
            assert place == "not ranked"
        elif row.name in FEW:
            assert place == "too few pupils"
        else:
            assert place == numbers.place(found["rank"], found["rank_of"], found["tied"])
    if gap is not None and gap["value"] is not None:
        assert row.gap == gap["value"] and row.reference == gap["reference_value"]
        assert number(row.gap_printed) == pytest.approx(gap["value"], abs=1e-9)
    steady = "steady" if level["position_basis"] == "persistent" else "clear"
    words = {None: "nothing to compare", "similar": f"no {steady} difference"}
    word = level["position_england"]
    if row.name in FEW:
        assert row.against_england in ("too few pupils", "nothing to compare")
    else:
        assert row.against_england == words.get(word, word)


def _check_beside(beside: dict[str, Beside], level: dict[str, Any], gap: dict[str, Any]) -> None:
    for role, column in (("england", "england"), ("region", "region_value"),
                         ("neighbours", "neighbour_mean")):  # fmt: skip
        if role in beside:
            assert beside[role].level == level[column]
            assert beside[role].gap == gap.get(column)


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
def test_every_number_is_the_command_lines_for_every_authority(release: Release, step: int) -> None:
    """Each outcome lists all authorities; each authority is asked about in turn."""
    authorities = release.areas.local_authorities()
    questions = _questions(release)
    checked = 0
    for turn in range(0, max(len(authorities), len(questions)), step):
        area = authorities[turn % len(authorities)]
        indicator, group = questions[turn % len(questions)]
        vintage = VINTAGES[turn % 2]
        request = Request(
            area.area_code,
            indicator.id,
            group,
            vintage=vintage,
            breakdown=indicator.default_breakdown,
        )
        found = compare_areas(release, request, among="england", by=("level", "gap")[turn % 2])
        asked: dict[str, Any] = {"sen_group": group.value, "neighbours": vintage}
        if isinstance(found, NoAnswer):
            words = indicator.value_type is ValueType.CATEGORY
            assert words or release.benchmark(indicator.id, **asked).empty
            continue
        levels = _records(release.benchmark(indicator.id, **asked))
        period = next(iter(levels.values()))["time_period"]
        gaps = {}
        if indicator.has_gap:
            gaps = _records(release.benchmark(indicator.id, measure="gap", period=period, **asked))
        assert {row.la_code for row in found.rows} == set(levels)
        for row in found.rows:
            _check_row(row, levels[row.la_code], gaps.get(row.la_code))
            checked += 1
        own = area.la_code or ""
        if own in levels:
            _check_beside({b.role: b for b in found.beside}, levels[own], gaps.get(own, {}))
    assert checked > 20_000 // step


def test_no_gap_stands_without_its_level_in_the_same_row(release: Release) -> None:
    for among in ("england", "region", "neighbours"):
        found = view(release, "882", KS2, "sen_support", among=among, by="gap")
        for table in (found.chart.table, found.own):
            assert "Gap" in table.columns and "SEN support" in table.columns
            keys = {table.columns[place] for place in table.key_columns}
            assert {"SEN support", "Gap"} <= keys
        assert "20% on SEN support" in found.words.finding
        gaps = [row.gap for row in found.rows if row.gap is not None]
        assert gaps == sorted(gaps)


def test_the_region_and_the_neighbours_keep_their_places_in_england(release: Release) -> None:
    everyone = {r.la_code: r for r in view(release, "919", KS2).rows}
    for among, count in (("region", 11), ("neighbours", 11)):
        found = view(release, "919", KS2, among=among)
        assert len(found.rows) == count
        assert all(everyone[row.la_code] == row for row in found.rows)


def test_both_neighbour_lists_can_be_used(release: Release) -> None:
    newer, older = (view(release, "919", KS2, among="neighbours", vintage=v) for v in VINTAGES)
    assert {r.la_code for r in newer.rows} != {r.la_code for r in older.rows}


def test_areas_like_ours_have_a_better_level_and_no_wider_gap(release: Release) -> None:
    seen = 0
    for area in release.areas.local_authorities():
        found = view(release, area.area_code, KS2, "sen_support")
        own = next((r for r in found.rows if r.role == "area"), None)
        for other in found.alike:
            assert own is not None and own.level is not None and own.gap is not None
            assert other.level is not None and other.gap is not None
            assert other.level > own.level + 2 and other.gap <= own.gap
            assert other.closeness != "not a neighbour"
            seen += 1
        assert len(found.alike) <= 5
        assert found.alike_rule
    assert seen > 100


def test_without_a_direction_nothing_is_better_ranked_or_alike(release: Release) -> None:
    found = view(release, "919", "ehcp_prevalence")
    assert found.alike_rule == "" and not found.alike
    assert "Place by level" not in found.chart.table.columns
    words = {row.against_england for row in found.rows}
    assert not words & {"better", "worse"}
    levels = [row.level for row in found.rows if row.level is not None]
    assert levels == sorted(levels, reverse=True)


def test_an_outcome_that_is_not_put_in_order_stands_from_a_to_z(release: Release) -> None:
    found = view(release, "919", "tribunal_appeal_rate_in_development")
    names = [row.name for row in found.rows if row.level is not None]
    assert names == sorted(names)


def test_chosen_areas_are_pooled_from_counts(release: Release) -> None:
    names = ("Kent", "Essex", "Devon")
    found = view(release, "919", PLANS, chosen=names, among="set")
    table = release.values(PLANS, area=names, sen_group="ehc_plan", period="2024")
    pooled = 100 * table["numerator"].sum() / table["denominator"].sum()
    mark = next(b for b in found.beside if b.role == "chosen")
    assert mark.label == "Chosen areas (pooled from 3 of 3)"
    assert mark.level == pytest.approx(pooled)
    assert {r.name for r in found.rows} == {"Hertfordshire", *names}


def test_without_counts_chosen_areas_have_a_plain_mean_that_says_so(release: Release) -> None:
    names = ("Kent", "Essex", "City of London")
    found = view(release, "919", KS2, chosen=names)
    mark = next(b for b in found.beside if b.role == "chosen")
    table = release.gaps(KS2, area=names, sen_group="ehc_plan", period="202425")
    assert mark.label == "Chosen areas (plain mean of 2 of 3)"
    assert mark.level == pytest.approx(table["sen_value"].mean())
    assert mark.gap == pytest.approx(table["gap"].mean())
    assert "Chosen areas without a figure: City of London." in found.words.caveats


def test_a_pooled_gap_is_the_difference_of_pooled_sides(release: Release) -> None:
    names = ("Kent", "Essex")
    found = view(release, "919", KS2, "sen_support", chosen=names, period="202223")
    mark = next(b for b in found.beside if b.role == "chosen")
    asked: dict[str, Any] = {"area": names, "period": "202223"}
    shares = []
    for group in ("no_sen", "sen_support"):
        table = release.values(KS2, sen_group=group, **asked)
        shares.append(100 * table["numerator"].sum() / table["denominator"].sum())
    assert "pooled from 2 of 2" in mark.label
    assert mark.gap == pytest.approx(shares[0] - shares[1])


def test_how_many_neighbours_have_data_and_which_have_not(release: Release) -> None:
    found = view(release, "Barnet", "annual_review_decision_4_weeks")
    said = " ".join(found.words.caveats)
    assert "6 have a figure; not " in said
    mean = next(b for b in found.beside if b.role == "neighbours")
    assert mean.level is None and mean.level_printed == "not shown: fewer than 7"


def test_an_area_without_a_figure_keeps_the_others_in_order(release: Release) -> None:
    found = view(release, "City of London", KS2)
    assert "no figure for the City of London in 2024/25" in found.words.finding
    assert sum(row.level is not None for row in found.rows) == 151


def test_a_count_has_no_average_beside_it(release: Release) -> None:
    assert not view(release, "919", "assessment_requests").beside


@pytest.mark.parametrize("group", [SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT])
def test_few_pupils_are_those_of_the_grid(release: Release, group: SenGroup) -> None:
    codes = [area.area_code for area in release.areas.local_authorities()]
    asked = Request(codes[0], "", group, chosen=tuple(codes))
    headline = [release.catalogue.indicators[i] for i in release.catalogue.headline]
    found = standings(release, asked, headline, [group])
    named = {code for code in codes if found.has_few_pupils(code, group)}
    assert few_pupils(release, group, asked.vintage) & set(codes) == named
    assert {release.areas.by_code(code).short_name for code in named} == set(FEW)


def test_an_area_with_few_pupils_has_a_figure_and_no_place(release: Release) -> None:
    found = view(release, "420", "ks4_attainment8")
    said = " ".join([found.words.finding, *found.words.sentences])
    assert " 1st" not in said and "narrowest" not in said
    assert "Isles of Scilly has so few pupils that many figures are hidden: no place" in said
    assert found.own.rows[0][2] == found.own.rows[0][4] == "too few pupils"
    assert found.own.rows[0][1][0].isdigit()
    other = view(release, "882", "ks4_attainment8")
    row = next(row for row in other.rows if row.la_code == "420")
    assert row.level_place == "too few pupils"
    table = release.benchmark("ks4_attainment8", sen_group="ehc_plan").set_index("la_code")
    assert table["rank"].notna().equals(table["value"].notna()), "the table leaves nobody out"
    for row in other.rows:
        if row.level_place != "too few pupils" and row.level is not None:
            place = int(re.sub(r"\D", "", row.level_place.split(" of ")[0]))
            assert place == table.loc[row.la_code, "rank"], "places are the table's"
    asked = Request(release.areas.find("420").area_code, "ks4_attainment8", SenGroup("ehc_plan"))
    for over in (gap_over_time(release, asked), side_by_side(release, asked)):
        assert not any("1st being" in line or "wider" in line for line in over.words.sentences)


def test_text_keeps_its_length(release: Release) -> None:
    for indicator, group in _questions(release):
        found = compare_areas(
            release,
            Request("E06000033", indicator.id, group, breakdown=indicator.default_breakdown),
            among="england",
            by="level",
        )
        assert len(found.words.finding.split()) <= 40, found.words.finding
        if isinstance(found, CompareAreas):
            check_words(found.words)
            assert 0 < len(found.chart.alt) <= 150 and 0 < len(found.scatter_alt) <= 150
            assert all(cell for row in found.chart.table.rows for cell in row)


def test_a_page_that_says_better_or_worse_does_not_say_that_chance_cannot_be_judged(
    release: Release,
) -> None:
    found = view(release, "Kent", "eyfs_gld")
    caveats = " ".join(found.words.caveats)
    assert any(row.against_england in ("better", "worse") for row in found.rows)
    assert "chance cannot be judged" not in caveats
    assert "no pupil numbers for this year" in caveats
    assert "x: not available" in caveats


def test_phones_see_the_level_before_the_gap(release: Release) -> None:
    request = Request(release.areas.find("Kent").area_code, KS2, SenGroup.EHC_PLAN)
    for found in (gap_over_time(release, request), side_by_side(release, request)):
        assert not isinstance(found, NoAnswer)
        table = found.chart.table
        seen = [table.columns[place] for place in table.key_columns]
        assert seen[1:] == ["EHC plan", "Gap"]
