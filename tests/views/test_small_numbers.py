"""The funnel: its limits, its counts of flags, and the sentence where there is none."""

from __future__ import annotations

import math

import pytest

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views.funnel_model import FAR, WITHIN, SmallNumbers
from sendgap.views.model import NoAnswer
from sendgap.views.request import Request
from sendgap.views.small_numbers import small_numbers
from tests.views.test_wording import check_words

KS2, PLANS = "ks2_rwm_expected", "ehcp_20_weeks"
Z = {"95%": 1.959963984540054, "99.8%": 3.090232306167813}


def ask(release: Release, area: str, indicator: str, group: str, **more: str) -> Request:
    return Request(release.areas.find(area).area_code, indicator, SenGroup(group), **more)


def view(release: Release, area: str, indicator: str, group: str = "ehc_plan", *,
         by: str = "level", **more: str) -> SmallNumbers:  # fmt: skip
    found = small_numbers(release, ask(release, area, indicator, group, **more), by=by)
    assert isinstance(found, SmallNumbers), found
    return found


def test_southends_plans_are_below_the_limit_round_englands(release: Release) -> None:
    found = view(release, "Southend-on-Sea", PLANS)
    assert found.words.finding == (
        "EHC plans within 20 weeks in Southend-on-Sea, 2024: 16.1% of 299 new EHC plans, outside "
        "the range expected by chance (England 46.4%)."
    )
    said = "With the differences between areas allowed for, it is inside the range expected by "
    assert said + "chance." in found.words.sentences
    own = next(area for area in found.areas if area.role == "area")
    assert own.plain == FAR and own.wide != FAR
    assert (
        "between 37.5% and 55.3% (99.8% limits) round England's 46.4%; Southend-on-Sea has 16.1%."
        in " ".join(found.words.sentences)
    )


def test_headings_stay_short_for_the_longest_name(release: Release) -> None:
    area = release.areas.find("839").area_code
    seen = 0
    for indicator in release.catalogue.indicators.values():
        group = next(iter(indicator.groups()), None)
        if group is None:
            continue
        request = Request(area, indicator.id, group, breakdown=indicator.default_breakdown)
        for by in ("level", "gap"):
            found = small_numbers(release, request, by=by)
            if isinstance(found, SmallNumbers):
                assert len(found.words.finding.split()) <= 30, found.words.finding
                seen += 1
    assert seen > 20


@pytest.mark.parametrize(("indicator", "group", "period"), [
    (PLANS, "ehc_plan", "latest"), (KS2, "sen_support", "202223"),
    ("phonics_year1", "ehc_plan", "202122"), ("persistent_absence", "any_sen", "latest"),
])  # fmt: skip
def test_every_area_stands_where_its_own_limits_put_it(
    release: Release, indicator: str, group: str, period: str
) -> None:
    found = view(release, "Kent", indicator, group, period=period)
    table = release.values(indicator, sen_group=group,
                           period=release.benchmark(indicator, sen_group=group, period=period)
                           ["time_period"].iloc[0]).set_index("la_code")  # fmt: skip
    p = found.target
    for row in found.areas:
        n = table.loc[row.la_code, "denominator"]
        value = 100 * table.loc[row.la_code, "numerator"] / n
        assert row.size == n and row.value == pytest.approx(value)
        error = math.sqrt(p * (100 - p) / n)
        far = abs(value - p) > Z["99.8%"] * error + 1e-6
        assert (row.plain == FAR) == far
        near = abs(value - p) > Z["95%"] * error + 1e-6
        assert (row.plain == WITHIN) == (not near)
    said = " ".join(found.words.sentences)
    count = len(found.areas)
    assert f"Of {count} authorities chance alone would put about {count * 0.05:.1f} " in said
    assert f"and {count * 0.002:.1f} outside the 99.8% limits" in said
    outside = [sum(row.plain != WITHIN for row in found.areas),
               sum(row.plain == FAR for row in found.areas)]  # fmt: skip
    assert f"; {outside[0]} and {outside[1]} are there." in said
    check_words(found.words)


def test_wider_limits_allow_for_areas_that_differ(release: Release) -> None:
    """Spiegelhalter's tau, worked again here, puts the same areas outside."""
    found = view(release, "Kent", KS2, period="202223")
    p = found.target
    errors = [math.sqrt(p * (100 - p) / row.size) for row in found.areas]
    z = sorted((row.value - p) / e for row, e in zip(found.areas, errors, strict=True))

    def quantile(share: float) -> float:
        place = share * (len(z) - 1)
        low = math.floor(place)
        return z[low] + (place - low) * (z[min(low + 1, len(z) - 1)] - z[low])

    held = [min(max(each, quantile(0.1)), quantile(0.9)) for each in z]
    weights = [1 / e**2 for e in errors]
    room = sum(weights) - sum(w * w for w in weights) / sum(weights)
    tau = math.sqrt(max(sum(h * h for h in held) - (len(z) - 1), 0) / room)
    assert tau > 0 and any(limits.is_wide for limits in found.limits)
    for row, error in zip(found.areas, errors, strict=True):
        edge = Z["99.8%"] * math.hypot(error, tau)
        clipped = row.value < max(p - edge, 0) - 1e-6 or row.value > p + edge + 1e-6
        assert (row.wide == FAR) == clipped
    far = sorted(row.name for row in found.areas if row.plain == FAR)
    assert f"Outside the range expected by chance: {', '.join(far)}." in found.words.sentences


def test_gaps_stand_by_their_effective_size(release: Release) -> None:
    found = view(release, "Kent", KS2, "sen_support", by="gap", period="202223")
    table = release.values(KS2, period="202223").set_index(["la_code", "sen_group"])
    for row in found.areas:
        n, m = (table.loc[(row.la_code, g), "denominator"] for g in ("sen_support", "no_sen"))
        assert row.size == pytest.approx(1 / (1 / n + 1 / m))
        x, y = (table.loc[(row.la_code, g), "numerator"] for g in ("sen_support", "no_sen"))
        assert row.value == pytest.approx(100 * (y / m - x / n))
    assert found.by == "gap"


@pytest.mark.parametrize(("indicator", "group", "said"), [
    (KS2, "ehc_plan", "This source gives no pupil numbers, so chance cannot be judged here."),
    ("suspension_rate", "ehc_plan",
     "This source gives no pupil numbers, so chance cannot be judged here."),
    ("absence_this_year", "ehc_plan", "count sessions, which cluster in pupils"),
])  # fmt: skip
def test_without_numbers_the_sentence_says_so(
    release: Release, indicator: str, group: str, said: str
) -> None:
    found = small_numbers(release, ask(release, "Kent", indicator, group), by="level")
    assert isinstance(found, NoAnswer)
    assert said in found.message
    if indicator == KS2:
        assert ("See 2022/23, which has pupil numbers", {"yr": "202223"}) in found.offers


def test_groups_that_share_pupils_have_levels_only(release: Release) -> None:
    found = view(release, "Kent", "eyfs_gld", "sen_support", by="gap", period="202122")
    assert found.by == "level"


def test_an_area_without_numbers_says_so_and_keeps_the_chart(release: Release) -> None:
    found = view(release, "City of London", PLANS)
    assert "no figure with pupil numbers" in found.words.finding
    assert found.own.rows[0][1] == "no numbers"
    assert len(found.areas) > 140


def test_nobody_is_called_an_outlier_or_failing(release: Release) -> None:
    for indicator in release.catalogue.indicators.values():
        for group in indicator.groups():
            request = Request(release.areas.find("882").area_code, indicator.id, group,
                              breakdown=indicator.default_breakdown)  # fmt: skip
            found = small_numbers(release, request, by="gap")
            texts = [found.words.finding, *found.words.sentences, *found.words.caveats]
            lowered = " ".join(texts).lower()
            assert "outlier" not in lowered and "failing" not in lowered
