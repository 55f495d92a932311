"""Cuts are named, categories are words, sessions are no pupils, and a return is asked for."""

from __future__ import annotations

import pytest

from sendgap.store import Release
from sendgap.terms import SenGroup, ValueType
from sendgap.views.compare_areas import compare_areas
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.model import NoAnswer
from sendgap.views.request import Request
from sendgap.views.side_by_side import side_by_side

HERTFORDSHIRE = "E10000015"


def asked(release: Release, indicator_id: str, **more: str) -> Request:
    indicator = release.catalogue.indicators[indicator_id]
    groups = [g for g in indicator.groups() if g in (SenGroup.EHC_PLAN, SenGroup.ANY_SEN)]
    group = [*groups, *indicator.groups(), SenGroup.ALL_PUPILS][0]
    cut = more.pop("breakdown", indicator.default_breakdown)
    return Request(HERTFORDSHIRE, indicator_id, group, breakdown=cut, **more)


def test_every_outcome_without_a_whole_names_its_cut(release: Release) -> None:
    labels = release.catalogue.breakdowns
    checked = 0
    for indicator in release.catalogue.indicators.values():
        cut = indicator.default_breakdown
        if cut == "total" or indicator.value_type is ValueType.CATEGORY:
            continue
        view = gap_over_time(release, asked(release, indicator.id))
        assert not isinstance(view, NoAnswer), indicator.id
        assert f"({labels[cut]})" in view.words.finding
        assert labels[cut] in view.words.sentences[0]
        assert "{" not in view.words.sentences[0]
        checked += 1
    assert checked >= 6


def test_the_first_cut_of_the_catalogue_is_shown_first(release: Release) -> None:
    found = release.values("ehcp_placement", area="Hertfordshire", period="latest")
    assert set(found["breakdown"]) == {"placement:mainstream"}


def test_sessions_are_never_called_pupils(release: Release) -> None:
    view = gap_over_time(release, asked(release, "absence_this_year"))
    assert not isinstance(view, NoAnswer)
    row = release.values(
        "absence_this_year", area="Hertfordshire", sen_group="ehc_plan", period="latest"
    ).iloc[0]
    sessions = f"{row['denominator']:,.0f}"
    assert f"Sessions: {sessions}" in view.words.badges
    assert f"That is {row['numerator']:,.0f} of {sessions} sessions." in view.words.sentences


def test_england_pooled_is_never_called_published(release: Release) -> None:
    view = side_by_side(release, asked(release, "absence_this_year"))
    assert not isinstance(view, NoAnswer)
    (england,) = [row.label for row in view.rows if row.role == "england"]
    held = release.values("absence_this_year", area="England", period="latest")
    assert england == held.iloc[0]["area_name"]
    assert england.startswith("England, pooled from ")
    # The pooled rate is the authorities' sessions missed over their possible sessions.
    every = release.values("absence_this_year", period="latest", sen_group="ehc_plan")
    own = every[(every["geographic_level"] == "Local authority") & every["value"].notna()]
    pooled = 100 * own["numerator"].sum() / own["denominator"].sum()
    assert held.set_index("sen_group").loc["ehc_plan", "value"] == pytest.approx(pooled)
    assert f"pooled from {len(own)} of " in england


def test_a_category_is_told_in_words_and_never_ranked(release: Release) -> None:
    request = asked(release, "area_send_inspection")
    told = gap_over_time(release, request)
    assert isinstance(told, NoAnswer) and told.table
    said = release.values("area_send_inspection", area="Hertfordshire")["value_text"].iloc[0]
    assert said in told.message and "no area is ranked" in told.words.sentences[0]
    everyone = compare_areas(release, request, among="england", by="level")
    assert isinstance(everyone, NoAnswer) and everyone.table
    assert ("Hertfordshire", said) in everyone.table.rows
    assert len(everyone.table.rows) > 150


def test_several_officers_are_told_together(release: Release) -> None:
    told = gap_over_time(release, asked(release, "send_officers"))
    assert isinstance(told, NoAnswer) and told.table
    assert told.table.columns[1:] == (
        "Designated medical officer", "Designated clinical officer",
        "Designated social care officer",
    )  # fmt: skip
    assert told.table.rows[-1][-1] == "not asked for"


@pytest.mark.parametrize(
    "indicator_id",
    ["dspl_same_area", "leadership_good", "stakeholder_confidence", "senco_accredited"],
)
def test_what_nobody_publishes_says_what_return_it_needs(
    release: Release, indicator_id: str
) -> None:
    request = asked(release, indicator_id)
    needed = release.catalogue.indicators[indicator_id].return_needed
    for view in (
        gap_over_time(release, request),
        side_by_side(release, request),
        compare_areas(release, request, among="england", by="level"),
    ):
        assert isinstance(view, NoAnswer)
        assert "needs a local return" in view.message
        assert view.words.sentences == (needed,)


def test_neighbours_without_a_figure_are_named(release: Release) -> None:
    request = asked(release, "ehcp_placement")
    view = gap_over_time(release, request)
    assert not isinstance(view, NoAnswer)
    own = release.benchmark("ehcp_placement", area="Hertfordshire")
    count = int(own["neighbour_count"].iloc[0])
    assert count < 10
    found = [n.area for n in release.areas.neighbours(HERTFORDSHIRE, request.vintage)]
    held = release.values("ehcp_placement", area=[a.area_code for a in found], period="latest")
    without = set(held[held["value"].isna()]["area_name"])
    assert len(without) == 10 - count
    (line,) = [text for text in view.words.caveats if "no figure for January 2025" in text]
    assert all(name in line for name in without)
