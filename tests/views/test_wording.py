"""Generated text stays inside its evidence, in every outcome, group and state."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sendgap import Release
from sendgap.terms import SEN_GROUPS, SenGroup
from sendgap.views import numbers
from sendgap.views.choices import choices
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.model import GapOverTime, NoAnswer, SideBySide, Words
from sendgap.views.request import Request
from sendgap.views.side_by_side import side_by_side
from sendgap.views.wording import rounding_floor

NEVER = (
    "because of", "due to", "significant", "underperform", "failing", "normal pupils",
    "suffers from", "sen kids", "best in england", "worst in england", "% gap", "nan", "none%",
    "will ", "predict", "caused", "poor ", " -",
)  # fmt: skip
#: Phrases of the publisher's own causes, which are not about children's results.
ALLOWED = ("because of covid-19", "because too few pupils")


def _texts(view: GapOverTime | SideBySide | NoAnswer) -> Iterator[str]:
    yield from (view.words.context, view.words.finding, *view.words.badges)
    yield from (*view.words.sentences, *view.words.caveats)
    if not isinstance(view, NoAnswer):
        yield view.chart.alt
        yield view.chart.table.caption


def _check_text(view: GapOverTime | SideBySide | NoAnswer) -> None:
    for text in _texts(view):
        lowered = text.lower()
        for allowed in ALLOWED:
            lowered = lowered.replace(allowed, "")
        found = [word for word in NEVER if word in lowered]
        assert not found, f"{found} in {text!r}"
        assert "  " not in text and "{" not in text, text
        assert not re.search(r"\bE\d{8}\b", text), text
    for sentence in view.words.sentences:
        assert sentence.endswith("."), sentence
        assert len(sentence.split()) <= 42, sentence
    # The article of a name is the one word more.
    assert len(view.words.finding.split()) <= 39, view.words.finding
    assert len(view.words.badges) <= 4
    if not isinstance(view, NoAnswer):
        assert 0 < len(view.chart.alt) <= 150
        width = len(view.chart.table.columns)
        assert all(len(row) == width for row in view.chart.table.rows)
        assert all(cell for row in view.chart.table.rows for cell in row), "a blank cell"
        assert view.words.sources, "figures without a source"


def _views(release: Release, areas: list[str]) -> Iterator[GapOverTime | SideBySide | NoAnswer]:
    for turn, indicator in enumerate(release.catalogue.indicators.values()):
        for group in [g for g in SEN_GROUPS if g in indicator.groups()]:
            for area in areas[turn % 2 :: 2]:
                request = Request(area, indicator.id, group, breakdown=indicator.default_breakdown)
                yield gap_over_time(release, request)
                yield side_by_side(release, request)


def check_words(words: Words) -> None:
    """What holds for the text of any page."""
    for text in (words.finding, *words.sentences, *words.caveats):
        lowered = text.lower()
        for allowed in ALLOWED:
            lowered = lowered.replace(allowed, "")
        found = [word for word in NEVER if word in lowered]
        assert not found, f"{found} in {text!r}"
        assert "  " not in text and "{" not in text, text
    assert len(words.badges) <= 4
    assert words.sources, "figures without a source"


def test_text_of_every_outcome_keeps_the_rules_for_a_spread_of_areas(release: Release) -> None:
    names = ("919", "882", "201", "420", "942", "839", "909", "E12000007", "E92000001")
    seen = 0
    for view in _views(release, [release.areas.find(n).area_code for n in names]):
        _check_text(view)
        seen += 1
    assert seen > 400


@pytest.mark.long
def test_text_of_every_area_keeps_the_rules_for_outcomes_in_turn(release: Release) -> None:
    codes = [area.area_code for area in release.areas]
    for turn, indicator in enumerate(release.catalogue.indicators.values()):
        for group in [g for g in SEN_GROUPS if g in indicator.groups()]:
            for area in codes[turn % 4 :: 4]:
                request = Request(area, indicator.id, group, breakdown=indicator.default_breakdown)
                _check_text(gap_over_time(release, request))
                _check_text(side_by_side(release, request))


def _over_time(release: Release, area: str, indicator: str, group: str) -> GapOverTime:
    view = gap_over_time(
        release, Request(release.areas.find(area).area_code, indicator, SenGroup(group))
    )
    assert isinstance(view, GapOverTime)
    return view


def test_ten_years_of_hertfordshire_at_key_stage_2(release: Release) -> None:
    view = _over_time(release, "Hertfordshire", "ks2_rwm_expected", "ehc_plan")
    assert len(view.levels[0].points) == 10
    assert "10% with an EHC plan, 75% for those without SEN" in view.words.finding
    assert "a gap of 65 percentage points" in view.words.finding
    said = " ".join(view.words.sentences)
    assert "about the same as the average of 10 statistical neighbours (65.1 pp)" in said
    assert "=48th of 151 (16 areas)" in said and "=60th of 151 (14 areas)" in said
    assert "8% to 10%, those without SEN 76% to 75%" in said
    assert {line.role for line in view.gaps} == {"area", "neighbours", "region", "england"}


def test_a_gap_the_other_way_round_is_said_so(release: Release) -> None:
    view = _over_time(release, "Southend-on-Sea", "neet_or_not_known", "ehc_plan")
    assert "Those with an EHC plan do better, by 0.7 percentage points" in view.words.finding
    assert view.gaps[0].last is not None and view.gaps[0].last.printed == "−0.7 pp"


def test_a_true_zero_is_a_number(release: Release) -> None:
    view = _over_time(release, "Southend-on-Sea", "eyfs_gld", "ehc_plan")
    zeros = [p for p in view.levels[0].points if p.value == 0]
    assert {p.period_label for p in zeros} >= {"2021/22", "2022/23"}
    assert all(p.printed == "0.0%" and p.symbol is None for p in zeros)


def test_years_without_assessments_keep_their_place_and_reason(release: Release) -> None:
    view = _over_time(release, "Kent", "ks2_rwm_expected", "sen_support")
    covid = [p for p in view.levels[0].points if p.symbol == "covid"]
    assert [p.period_label for p in covid] == ["2019/20", "2020/21"]
    assert view.bands[0].label == "No figures (COVID-19)"
    assert any("COVID-19" in row[1] for row in view.chart.table.rows)


def test_lines_do_not_join_across_a_break_or_an_odd_year(release: Release) -> None:
    view = _over_time(release, "Kent", "ks4_attainment8", "ehc_plan")
    segment = {p.time_period: p.segment for p in view.levels[0].points}
    assert segment["201617"] == segment["201819"] and segment["202223"] == segment["202425"]
    odd = [segment[p] for p in ("201516", "201819", "201920", "202021", "202122", "202223")]
    assert len(set(odd)) == 6
    assert any("2016/17" in b.label for b in view.breaks)


def test_no_change_is_told_across_a_break(release: Release) -> None:
    view = _over_time(release, "Hertfordshire", "level2_by_19", "ehc_plan")
    trend = [s for s in view.words.sentences if s.startswith("Since")]
    assert trend and trend[0].startswith("Since 2023")


def test_where_england_is_not_published_the_median_says_so(release: Release) -> None:
    view = _over_time(release, "Hertfordshire", "overall_absence", "ehc_plan")
    said = " ".join(view.words.sentences)
    assert "median of 153 authorities (no England figure is published)" in said
    assert not any(line.role == "england" for line in view.gaps)
    assert any("No published England figure" in c for c in view.words.caveats)


def test_a_new_authority_starts_when_it_starts(release: Release) -> None:
    view = _over_time(release, "Cumberland", "overall_absence", "ehc_plan")
    filled = [p.period_label for p in view.levels[0].points if p.value is not None]
    assert filled[0] == "2023/24"
    assert any("2023" in c and "Cumbria" in c for c in view.words.caveats)


def test_an_older_year_never_stands_in_for_the_newest(release: Release) -> None:
    view = _over_time(release, "City of London", "ks2_rwm_expected", "ehc_plan")
    assert (
        "no figure for the City of London in 2024/25 (the publisher gives none)"
        in view.words.finding
    )
    assert not view.words.sentences


def test_provisional_figures_are_marked(release: Release) -> None:
    view = _over_time(release, "Kent", "phonics_year1", "ehc_plan")
    assert view.levels[0].points[-1].provisional
    assert "Provisional" in view.words.badges
    assert view.chart.table.rows[0][1].endswith(" p")


def test_stale_figures_say_their_year(release: Release) -> None:
    view = _over_time(release, "Kent", "neet_or_not_known", "ehc_plan")
    assert "Newest published: 2023" in view.words.badges


def test_nothing_published_offers_what_is(release: Release) -> None:
    code = release.areas.find("Hertfordshire").area_code
    view = gap_over_time(release, Request(code, "overall_absence", SenGroup.ANY_SEN))
    assert isinstance(view, NoAnswer)
    assert "not published for All SEN in Hertfordshire" in view.message
    assert ("See EHC plan", {"grp": "ehc_plan"}) in view.offers


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (65.0, 0, "65"),
        (-0.7, 1, "−0.7"),
        (1234.5, 1, "1,234.5"),
        (-0.0001, 1, "0.0"),
        (0, 2, "0.00"),
    ],
)
def test_numbers_print_at_published_precision(value: float, decimals: int, printed: str) -> None:
    assert numbers.number(value, decimals) == printed


@pytest.mark.parametrize(
    ("rank", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (21, "21st"), (112, "112th")],
)
def test_ordinals(rank: int, text: str) -> None:
    assert numbers.ordinal(rank) == text


def test_two_points_is_the_rounding_floor_of_whole_numbers() -> None:
    assert rounding_floor(0) == 2.0
    assert 0.2 < rounding_floor(1) < 0.21


def test_a_count_is_told_as_a_number_of_things(release: Release) -> None:
    view = _over_time(release, "Hertfordshire", "assessment_requests", "ehc_plan")
    said = "In 2024 there were 3,343 requests for an assessment in Hertfordshire."
    assert view.words.sentences[0] == said
    assert view.level_axis.title == "requests for an assessment"


def test_three_groups_without_figures_read_as_a_list(release: Release) -> None:
    line = choices(release, "special_school_absence").missing_groups_line
    assert line == "EHC plan, SEN support and All SEN are not published for this outcome."
