"""Which of two publications is used: declared, measured again, and what a release does.

The catalogue declares for each indicator an order of sources, where two of them may be
joined into one line, and how far they agree. ``test_source_agreement`` measures in the
publishers' files what a release does not hold.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pandas as pd
import pytest

from sendgap.store import Release
from tests.support import shared_data
from tests.traps.handling import SEN2, SHIPPED, Handling, Reader, needs

#: Sources of an indicator, the preferred one first.
ORDER = {
    "ks2_rwm_expected": ["lait", "ks2_characteristics"],
    "phonics_year1": ["phonics_characteristics", "lait"],
    "level2_by_19": ["level_2_3_by_19", "lait"],
    "ks4_sustained_destination": ["lait", "ks4_destinations"],
    "ks4_attainment8": ["lait"],
    "ks4_progress8": ["lait", "ks4_any_sen"],
    "eyfs_gld": ["lait", "eyfsp_2022"],
    "ehcp_prevalence": ["lait"],
    "sen_support_prevalence": ["lait"],
    "ehcp_20_weeks": ["sen2", "sen2_earlier"],
    "assessment_requests_refused": ["sen2", "sen2_earlier"],
    "ehcp_caseload": ["sen2", "sen2_placements"],
    "tribunal_appeal_rate": ["tribunal"],
    "overall_absence": ["absence_characteristics", "lait"],
}
SPLICED = {"phonics_year1", "ehcp_20_weeks", "assessment_requests_refused", "ehcp_caseload"}

#: What is used of an indicator and group: sources and the first period of each.
USED = {
    ("ks2_rwm_expected", "ehc_plan"): [("lait", "201516")],
    ("ks2_rwm_expected", "no_sen"): [("lait", "201516")],
    ("ks2_rwm_expected", "any_sen"): [("ks2_characteristics", "201819")],
    ("phonics_year1", "no_sen"): [("phonics_characteristics", "201516"), ("lait", "202223")],
    ("phonics_year1", "ehc_plan"): [("phonics_characteristics", "201516"), ("lait", "202223")],
    ("level2_by_19", "ehc_plan"): [("level_2_3_by_19", "200506"), ("lait", "202223")],
    ("ks4_sustained_destination", "ehc_plan"): [("lait", "201718")],
    ("ks4_attainment8", "ehc_plan"): [("lait", "201516")],
    ("ks4_progress8", "ehc_plan"): [("lait", "201516")],
    ("eyfs_gld", "ehc_plan"): [("lait", "201516")],
    ("eyfs_gld", "no_sen"): [("eyfsp_2022", "202122")],
    ("ehcp_prevalence", "ehc_plan"): [("lait", "201516")],
    ("ehcp_20_weeks", "ehc_plan"): [("sen2_earlier", "2014"), ("sen2", "2019")],
    ("assessment_requests_refused", "ehc_plan"): [("sen2_earlier", "2016"), ("sen2", "2019")],
    ("tribunal_appeal_rate", "ehc_plan"): [("tribunal", "2014")],
    ("overall_absence", "ehc_plan"): [("absence_characteristics", "201819")],
    ("overall_absence", "all_pupils"): [("lait", "201516")],
}


@pytest.mark.parametrize("indicator", ORDER)
def test_sources_are_ranked_and_joined_as_declared(indicator: str) -> None:
    def declared(handling: Handling) -> None:
        entry = handling.catalogue.indicators[indicator]
        ranked = list(dict.fromkeys(one.source_id for one in entry.series))
        assert ranked[: len(ORDER[indicator])] == ORDER[indicator][: len(ranked)]
        joined = {entry.line_of(source) for source in ranked}
        assert (len(joined) < len(ranked)) == (indicator in SPLICED)

    declared(SHIPPED)
    entry = SHIPPED.catalogue.indicators[indicator]
    sources = {one.source_id for one in entry.series}
    if len(sources) > 1:
        turned = SHIPPED.indicator(indicator, series=entry.series[::-1])
        first = entry.series[-1].source_id
        needs(declared, without=turned, fails=f"At index 0 diff: '{first}'")
    if indicator in SPLICED:
        needs(declared, without=SHIPPED.indicator(indicator, splices=()), fails="2 < 2")


@pytest.mark.parametrize(("indicator", "group"), USED)
def test_each_period_comes_from_the_preferred_source(
    release: Release, indicator: str, group: str
) -> None:
    rows = release.values(indicator, sen_group=group)
    rows = rows[rows["value"].notna()]
    found: list[tuple[str, str]] = []
    for period, sources in rows.groupby("time_period").source_id.unique().items():
        (source,) = sources
        if not found or found[-1][0] != source:
            found.append((source, str(period)))
    assert found == USED[indicator, group]


def test_plans_come_from_two_collections(reader: Reader) -> None:
    data = shared_data()
    names = (SEN2, "raw/sen2_2022/sen2_estab_caseload.csv.gz")
    handling = SHIPPED.only("ehcp_caseload").years(2009, 2024)
    held = reader.read(handling, *(data / name for name in names))
    with closing(held.release()) as plans:
        rows = plans.values("ehcp_caseload", area="England", source="all").dropna(subset="value")
        used = plans.values("ehcp_caseload", area="England").set_index("time_period").source_id
    assert set(used[used.index < "201819"]) == {"sen2_placements"}
    assert set(used[used.index >= "201819"]) == {"sen2"}
    assert (len(rows), len(used)) == (20, 16)  # both sources' figures of four years are kept


def test_two_terms_and_the_full_year_are_never_one_outcome() -> None:
    def apart(handling: Handling) -> None:
        sources = {one.source_id for one in handling.catalogue.indicators["overall_absence"].series}
        assert sources == {"absence_characteristics", "lait"}

    two_terms = SHIPPED.series(
        "overall_absence", "lait", lambda one: replace(one, source_id="absence_two_terms")
    )
    needs(apart, without=two_terms, fails="absence_two_terms")


def test_a_line_of_its_own_breaks_and_a_splice_does_not(release: Release) -> None:
    apart = release.gaps("level2_by_19", area="Kent", sen_group="ehc_plan")
    apart = apart.set_index("time_period").loc["202223"]
    assert (apart.change_previous_reason, apart.source_id) == ("break", "lait")
    joined = release.gaps("phonics_year1", area="Kent", sen_group="ehc_plan")
    joined = joined.set_index("time_period").loc["202223"]
    assert joined.change_previous == joined.gap - _gap_before(release)


def _gap_before(release: Release) -> float:
    row = release.gaps("phonics_year1", area="Kent", sen_group="ehc_plan", period="202122")
    assert row.source_id.item() == "phonics_characteristics"
    return float(row.gap.item())


def beside(release: Release, indicator: str, one: str, other: str) -> pd.DataFrame:
    """Both sources' printed figures of authorities, by period and group, where both have one."""
    series = {s.source_id: s for s in SHIPPED.catalogue.indicators[indicator].series}
    rows = release.values(indicator, source="all")
    rows = rows[(rows.geographic_level == "Local authority") & rows["value"].notna()]
    sides = []
    for source in (one, other):
        own = rows[rows.source_id == source].copy()
        own["shown"] = [
            round(value + 1e-9, series[source].decimals_in(period, group))
            for value, period, group in zip(own["value"], own.time_period, own.sen_group,
                                            strict=True)
        ]  # fmt: skip
        sides.append(own.set_index(["time_period", "sen_group", "area_code"]).shown)
    both = pd.concat(sides, axis=1, join="inner", keys=["one", "other"])
    both["apart"] = (both.one - both.other).abs()
    return both


def counted(both: pd.DataFrame, over: float) -> dict[tuple[str, str], tuple[int, int]]:
    """How many of how many authorities lie further apart, by group and period."""
    return {
        (group, period): (int((part.apart > over + 1e-9).sum()), len(part))
        for (period, group), part in both.groupby(level=[0, 1])
    }


def test_key_stage_2_differs_in_ten_figures_all_provisional(release: Release) -> None:
    both = beside(release, "ks2_rwm_expected", "lait", "ks2_characteristics")
    differing = both[both.apart > 0.5]
    assert (len(differing), len(both)) == (10, 1350)
    assert set(differing.index.get_level_values("time_period")) == {"202223"}


def test_key_stage_2_counts_are_lent_where_they_recompute(release: Release) -> None:
    rows = release.values("ks2_rwm_expected", sen_group="no_sen", source="lait")
    rows = rows[(rows.geographic_level == "Local authority") & rows["value"].notna()]
    lent = rows[rows.counts_source_id == "ks2_characteristics"]
    counts = lent.groupby("time_period").size().to_dict()
    assert counts == {"201819": 149, "202122": 150, "202223": 146}
    assert "Redcar and Cleveland" not in set(lent[lent.time_period == "202223"].area_name)


def test_good_level_of_development_agrees_and_its_counts_are_lent(release: Release) -> None:
    both = beside(release, "eyfs_gld", "lait", "eyfsp_2022")
    assert (both.apart.max(), len(both)) == (0, 454)
    rows = release.values("eyfs_gld", sen_group="ehc_plan", period="202122")
    printed = rows[(rows.geographic_level == "Local authority") & rows["value"].notna()]
    assert set(printed.counts_source_id) == {"eyfsp_2022"}


def test_phonics_text_states_what_is_measured(release: Release) -> None:
    both = beside(release, "phonics_year1", "phonics_characteristics", "lait")
    (splice,) = SHIPPED.catalogue.indicators["phonics_year1"].splices
    far, any_at_all = counted(both, 1), counted(both, 0)
    groups = ("no_sen", "sen_support")
    assert not [key for key, (n, _) in any_at_all.items() if key[0] in groups and n]
    assert [any_at_all["ehc_plan", period][0] for period in ("201819", "202122")] == [0, 0]
    alike = sum(of for (group, _), (_, of) in any_at_all.items() if group in groups)
    alike += sum(any_at_all["ehc_plan", period][1] for period in ("201819", "202122"))
    assert f"all {alike:,} figures" in splice.agreement
    for period, year in (("201516", "2015/16"), ("201617", "2016/17"), ("201718", "2017/18")):
        number, of = far["ehc_plan", period]
        assert f"{number} of {of} authorities in {year}" in splice.agreement


def test_level_2_is_kept_apart_for_what_is_measured(release: Release) -> None:
    both = beside(release, "level2_by_19", "level_2_3_by_19", "lait")
    far = {key: found for key, found in counted(both, 1).items() if key[0] == "ehc_plan"}
    assert sorted(number for number, _ in far.values()) == [14, 16, 18, 19, 19, 22, 29]
    assert {of for _, of in far.values()} <= {147, 148, 150}
    plans = both.xs("ehc_plan", level="sen_group")
    assert plans.apart.max() == pytest.approx(37.3, abs=0.05)
    support = both.xs("sen_support", level="sen_group")
    assert support.apart.max() < 6  # the tool's placeholders, up to 66 away, are no figures
