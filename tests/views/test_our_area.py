"""Every number and word of *Our area* is the command line's, for every authority."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sendgap.store import Release
from sendgap.terms import VINTAGES, SenGroup
from sendgap.views import numbers
from sendgap.views.area_model import Headline, OurArea
from sendgap.views.model import NoAnswer
from sendgap.views.our_area import our_area
from sendgap.views.periods import period_label
from sendgap.views.request import Request
from tests.views.test_wording import check_words

GROUPS = (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT)
#: indicator, measure, area
Answers = dict[tuple[str, str, str], dict[str, Any]]


def view(release: Release, area: str, group: str = "ehc_plan", **asked: Any) -> OurArea:
    found = answer(release, area, group, **asked)
    assert isinstance(found, OurArea)
    return found


def answer(release: Release, area: str, group: str, **asked: Any) -> OurArea | NoAnswer:
    request = Request(release.areas.find(area).area_code, "", SenGroup(group))
    today = asked.pop("today", date(2026, 11, 22))
    return our_area(release, replace(request, **asked), today)


def outcome(found: OurArea, indicator_id: str) -> Headline:
    return next(o for o in found.outcomes if o.indicator_id == indicator_id)


def _answers(release: Release, group: SenGroup, vintage: str) -> Answers:
    """What the command line says of every authority, by outcome and measure."""
    found: Answers = {}
    for indicator in (release.catalogue.indicators[i] for i in release.catalogue.headline):
        for measure in ("value", "gap") if indicator.has_gap else ("value",):
            table = release.benchmark(
                indicator.id, sen_group=group.value, measure=measure, neighbours=vintage
            )
            for row in table.astype(object).where(table.notna(), None).to_dict("records"):
                found[indicator.id, measure, row["area_code"]] = row
    return found


def _check(release: Release, shown: Headline, code: str, said: Answers) -> None:
    row = said[shown.indicator_id, "value", code]
    indicator = release.catalogue.indicators[shown.indicator_id]
    if row["value"] is None:
        assert shown.level == numbers.symbol_word(row["symbol"])
        assert shown.reason
        return
    assert shown.period_label.replace("/", "")[-2:] == row["time_period"][-2:]
    assert number(shown.level) == pytest.approx(row["value"], abs=1e-9)
    assert shown.provisional == (row["status"] == "provisional")
    mean = row["neighbour_mean"]
    if mean is None:
        assert shown.neighbours.printed.startswith("not shown")
    else:
        assert number(shown.neighbours.printed) == pytest.approx(mean, abs=0.0500001)
        tail = "" if row["neighbour_count"] == 10 else f"({row['neighbour_count']} of 10)"
        assert shown.neighbours.printed.endswith(tail)
    if row["england"] is None:
        assert shown.england.printed.startswith("No published England figure")
        assert shown.england.word == ""
    else:
        assert number(shown.england.printed) == pytest.approx(row["england"], abs=1e-9)
    _check_place(shown, row)
    if shown.neighbours.word != "too few pupils":
        assert shown.neighbours.word == (row["position_neighbours"] or "")
        assert shown.england.word in ("", row["position_england"])
        assert shown.neighbours.basis == row["position_basis"]
    if row["change_baseline"] is not None:
        before, now = shown.since.split(" in ")[0], shown.since.split(", ")[1]
        assert number(now) - number(before) == pytest.approx(row["change_baseline"], abs=1e-6)
    if indicator.has_gap and shown.gap_name:
        gap = said[shown.indicator_id, "gap", code]["value"]
        assert number(shown.gap) == pytest.approx(gap, abs=1e-9)


def _check_place(shown: Headline, row: dict[str, Any]) -> None:
    if row["rank"] is None:
        assert shown.place == "not ranked"
    elif shown.place != "too few pupils":
        assert shown.place == numbers.place(row["rank"], row["rank_of"], row["tied"])


def number(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", "").split(" ")[0].rstrip("%"))


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("group", GROUPS)
def test_every_number_is_the_command_lines_for_every_authority(
    release: Release, group: SenGroup, vintage: str
) -> None:
    said = _answers(release, group, vintage)
    seen = 0
    for area in release.areas.local_authorities():
        found = answer(release, area.area_code, group.value, vintage=vintage)
        assert isinstance(found, OurArea), area.name
        for shown in found.outcomes:
            _check(release, shown, area.area_code, said)
            seen += 1
        assert len(found.words.finding.split()) <= 35, found.words.finding
        assert all(cell for row in found.chart.table.rows for cell in row), area.name
        check_words(found.words)
    assert seen > 1500


def test_tiles_keep_the_order_of_the_headline(release: Release) -> None:
    shown = [o.indicator_id for o in view(release, "919").outcomes]
    assert shown == [i for i in release.catalogue.headline if i in shown]
    assert len(shown) == 11


def test_look_into_has_worse_outcomes_with_those_not_improving_first(release: Release) -> None:
    for area in release.areas.local_authorities():
        found = view(release, area.area_code, "sen_support")
        for listed, word in ((found.stronger, "better"), (found.look_into, "worse")):
            assert all(o.neighbours.word == word for o in listed)
            assert len(listed) <= 5
        improving = [o.improving for o in found.look_into]
        assert improving == sorted(improving)
        assert not any(o.trend == "" and o.improving for o in found.outcomes)


def test_the_finding_counts_what_is_shown(release: Release) -> None:
    found = view(release, "Southend-on-Sea", "sen_support")
    words = [o.neighbours.word for o in found.outcomes]
    tested = [w for w in words if w in ("better", "similar", "worse")]
    assert (
        f"better than in statistical neighbours on {words.count('better')} of {len(tested)} "
        f"outcomes, worse on {words.count('worse')}"
    ) in found.words.finding


def test_a_stale_figure_is_left_out_and_said(release: Release) -> None:
    found = view(release, "919")
    assert "neet_or_not_known" not in [o.indicator_id for o in found.outcomes]
    assert any(
        line.startswith("NEET or not known: the newest figures are of 2023") for line in
        found.left_out
    )  # fmt: skip
    assert set(found.left_out) <= set(found.words.caveats)
    earlier = view(release, "919", today=date(2025, 6, 1))
    assert "neet_or_not_known" in [o.indicator_id for o in earlier.outcomes]


def test_england_is_never_made_up(release: Release) -> None:
    shown = outcome(view(release, "919"), "overall_absence")
    assert shown.england.printed == "No published England figure; median 12.39%"


def test_a_partly_missing_average_says_of_how_many_and_who_is_missing(release: Release) -> None:
    found = view(release, "Cumberland", "sen_support")
    assert outcome(found, "level2_by_19").neighbours.printed == "62.4% (9 of 10)"
    assert any(c.startswith("Westmorland and Furness has no figure") for c in found.words.caveats)


def test_a_new_authority_is_told_from_its_own_first_year(release: Release) -> None:
    found = view(release, "Cumberland")
    assert "1 April 2023" in " ".join(found.words.caveats)
    shown = outcome(found, "overall_absence")
    assert shown.neighbours.word == "not tested"
    assert "in 2023/24" in shown.since


def test_so_few_pupils_are_never_called_better_or_worse(release: Release) -> None:
    for area in ("City of London", "Isles of Scilly"):
        for group in ("ehc_plan", "sen_support"):
            found = view(release, area, group)
            assert found.too_few
            assert not found.stronger and not found.look_into
            words = {o.neighbours.word for o in found.outcomes} | {
                o.england.word for o in found.outcomes
            }
            assert words <= {"", "too few pupils"}
            assert {o.place for o in found.outcomes} <= {"not ranked", "too few pupils"}


def test_a_reversed_gap_says_who_does_better(release: Release) -> None:
    shown = outcome(view(release, "Hartlepool"), "ks4_sustained_destination")
    assert shown.gap_said == "Better than young people without SEN by 5.0 pp"
    assert shown.gap_cell == shown.gap_said


def test_no_gap_in_the_table_has_a_minus(release: Release) -> None:
    found = view(release, "Cumberland")
    at = found.chart.table.columns.index("Gap")
    cells = {row[0]: row[at] for row in found.chart.table.rows}
    assert cells["Permanent exclusions"] == "Better than pupils without SEN by 0.07 per 100"
    assert cells["Attainment 8"].endswith("points to pupils without SEN")
    assert not any("−" in cell for cell in cells.values())


def test_an_outcome_the_group_lacks_is_named(release: Release) -> None:
    found = view(release, "Kent", "sen_support")
    assert "Not published for SEN support: EHC plans within 20 weeks." in found.left_out


def test_a_group_without_current_figures_offers_the_others(release: Release) -> None:
    found = answer(release, "Kent", "any_sen")
    assert isinstance(found, NoAnswer)
    assert "No headline outcome has a current figure for All SEN in Kent" in found.message
    assert ("See EHC plan", {"grp": "ehc_plan"}) in found.offers


def test_a_group_without_current_figures_says_which_are_too_old_and_leads_to_them(
    release: Release,
) -> None:
    found = answer(release, "Kent", "any_sen")
    assert isinstance(found, NoAnswer)
    too_old, never = found.words.sentences
    assert never not in found.words.caveats, "said twice"
    offered = {keys["ind"]: label for label, keys in found.offers if "ind" in keys}
    for indicator_id, label in offered.items():
        indicator = release.catalogue.indicators[indicator_id]
        held = release.values(indicator_id, area="Kent", sen_group="any_sen").dropna(subset="value")
        held = held[(held.breakdown == "total")
                    & (held.time_identifier == indicator.time_identifier)]  # fmt: skip
        newest = period_label(
            held.time_period.max(), indicator.period_style, indicator.time_identifier
        )
        assert label == f"{indicator.phrases.short}: figures of {newest}"
        assert f"{indicator.phrases.short} ({newest})" in too_old
    headline = {i: release.catalogue.indicators[i] for i in release.catalogue.headline}
    for indicator_id, indicator in headline.items():
        if "any_sen" not in indicator.groups():
            assert indicator_id not in offered and indicator.phrases.short in never
    assert "ks2_rwm_expected" in offered
