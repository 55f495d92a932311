"""The change of a gap: its steps, its interval, its refusals, and the guard beside it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sendgap.catalogue.model import Indicator
from sendgap.statistics.comparison import Movement
from sendgap.store import Release
from sendgap.terms import SEN_GROUPS, SenGroup
from sendgap.views.change import change
from sendgap.views.frame import Frame
from sendgap.views.model import NoAnswer
from sendgap.views.moved_model import WhatMoved
from sendgap.views.request import Request
from sendgap.views.what_moved import spans, what_moved
from sendgap.views.wording import rounding_floor

KS2 = "ks2_rwm_expected"
SPREAD = ("919", "886", "882", "201", "942", "839", "330")


def ask(release: Release, area: str, indicator: str, group: str, **more: str) -> Request:
    return Request(release.areas.find(area).area_code, indicator, SenGroup(group), **more)


def view(release: Release, area: str, indicator: str, group: str, **more: str) -> WhatMoved:
    found = what_moved(release, ask(release, area, indicator, group, **more))
    assert isinstance(found, WhatMoved), found
    return found


def refusal(release: Release, area: str, indicator: str, group: str, **more: str) -> NoAnswer:
    found = what_moved(release, ask(release, area, indicator, group, **more))
    assert isinstance(found, NoAnswer)
    return found


def _with_gap(release: Release) -> list[tuple[Indicator, SenGroup]]:
    return [
        (indicator, group)
        for indicator in release.catalogue.indicators.values()
        for group in SEN_GROUPS
        if indicator.has_gap and group in indicator.groups()
    ]


def _agrees(release: Release, found: WhatMoved, request: Request) -> None:
    """Both years, both sides and the change are the command line's."""
    table = release.gaps(
        request.indicator_id, area=request.area_code, sen_group=request.sen_group.value,
        breakdown=request.breakdown,
    ).set_index("time_period")  # fmt: skip
    then, now = table.loc[found.since], table.loc[found.until]
    assert then["basis"] == now["basis"] or then["basis"] != then["basis"]
    higher = release.catalogue.indicator(request.indicator_id).polarity.value == "higher_is_better"
    sign = 1 if higher else -1
    if not found.steps:
        return
    parts = {step.role: step for step in found.steps}
    if len(found.steps) == 3:
        assert parts["sen"].value == pytest.approx(-sign * (now.sen_value - then.sen_value))
        other = now.reference_value - then.reference_value
        assert parts["reference"].value == pytest.approx(sign * other)
        assert parts["total"].value == pytest.approx(now.gap - then.gap)
    total = sum(step.value for step in found.steps[:-1])
    assert found.steps[-1].value == pytest.approx(total)
    # Whole-number sources round each side: parts from pupils stay within it.
    assert found.steps[-1].value == pytest.approx(now.gap - then.gap, abs=2.0)


def test_steps_are_the_command_lines_for_a_spread_of_areas(release: Release) -> None:
    drawn = 0
    for indicator, group in _with_gap(release):
        for area in SPREAD:
            request = ask(release, area, indicator.id, group.value,
                          breakdown=indicator.default_breakdown)  # fmt: skip
            found = what_moved(release, request)
            if isinstance(found, WhatMoved):
                _agrees(release, found, request)
                drawn += bool(found.steps)
    assert drawn > 100


def test_hertfordshires_gap_at_key_stage_2(release: Release) -> None:
    found = view(release, "Hertfordshire", KS2, "ehc_plan")
    assert [(s.role, s.printed, s.word) for s in found.steps] == [
        ("sen", "−2 pp", "narrows"), ("reference", "−1 pp", "narrows"),
        ("total", "−3 pp", "narrower"),
    ]  # fmt: skip
    assert "since 2018/19 the gap has narrowed by 3 percentage points" in found.words.finding
    assert "8% to 10%, those without SEN 76% to 75%" in found.words.finding
    said = " ".join(found.words.sentences)
    assert "It narrowed because the figure with an EHC plan rose 2 pp and that for those" in said
    assert "The source gives no pupil numbers, so chance cannot be judged." in said


def test_the_guard_prints_its_basis_and_its_periods(release: Release) -> None:
    found = view(release, "Hertfordshire", KS2, "ehc_plan")
    (guard,) = found.guard
    assert "EHC plans rose from 2.2% to 4.3% of pupils" in guard
    assert "all pupils in the January census, January 2019 and January 2025" in guard
    held = release.values(
        release.catalogue.identification["ehc_plan"], area="Hertfordshire", sen_group="ehc_plan"
    ).set_index("time_period")["value"]
    assert f"{held['201819']:.1f}%" == "2.2%" and f"{held['202425']:.1f}%" == "4.3%"
    both = view(release, "Kent", KS2, "any_sen")
    assert [line.split()[0] for line in both.guard] == ["EHC", "SEN"]


def test_a_share_that_hardly_moved_is_said_to_be_about_the_same(release: Release) -> None:
    (guard,) = view(release, "Kent", "level2_by_19", "ehc_plan").guard
    assert guard.startswith("EHC plans were about the same share of pupils: 5.2%, then 5.4%")


def test_all_sen_is_split_into_both_groups_and_their_mix(release: Release) -> None:
    """Recomputed from the command line's counts, without the program's statistics."""
    found = view(release, "Kent", KS2, "any_sen")
    assert [s.role for s in found.steps] == ["sen", "sen", "mix", "reference", "total"]
    table = release.values(KS2, area="Kent").set_index(["sen_group", "time_period"])

    def rate(group: str, period: str) -> tuple[float, float]:
        row = table.loc[(group, period)]
        return 100 * row["numerator"] / row["denominator"], row["denominator"]

    parts = {}
    (e0, ne0), (e1, ne1) = (rate("ehc_plan", p) for p in ("201819", "202223"))
    (s0, ns0), (s1, ns1) = (rate("sen_support", p) for p in ("201819", "202223"))
    (r0, _), (r1, _) = (rate("no_sen", p) for p in ("201819", "202223"))
    w0, w1 = ne0 / (ne0 + ns0), ne1 / (ne1 + ns1)
    mean = (w0 + w1) / 2
    parts = [
        -mean * (e1 - e0),
        -(1 - mean) * (s1 - s0),
        -(w1 - w0) * ((e0 + e1) / 2 - (s0 + s1) / 2),
        r1 - r0,
    ]
    assert [s.value for s in found.steps[:4]] == pytest.approx(parts)
    any_sen = [rate("any_sen", p)[0] for p in ("201819", "202223")]
    assert found.steps[4].value == pytest.approx((r1 - any_sen[1]) - (r0 - any_sen[0]))
    assert "the mix of EHC plan and SEN support +1.2 pp" in " ".join(found.words.sentences)


def test_a_gap_that_narrowed_because_others_fell_carries_the_flag(release: Release) -> None:
    found = view(release, "Hertfordshire", KS2, "sen_support", period="202223")
    said = " ".join(found.words.sentences)
    assert "It narrowed only because those without SEN did worse" in said
    assert "Narrowed: the others fell" in found.words.badges


def test_the_interval_of_a_change_is_newcombes_from_four_counts(release: Release) -> None:
    """Worked again here from the counts, term by term."""
    found = view(release, "Hertfordshire", KS2, "sen_support", period="202223")
    table = release.values(KS2, area="Hertfordshire").set_index(["sen_group", "time_period"])
    z, reach = 1.959963984540054, [0.0, 0.0]
    terms = {("no_sen", "202223"): 1, ("sen_support", "202223"): -1,
             ("no_sen", "201819"): -1, ("sen_support", "201819"): 1}  # fmt: skip
    total = 0.0
    for key, sign in terms.items():
        x, n = table.loc[key, "numerator"], table.loc[key, "denominator"]
        root = z * (z * z + 4 * x * (1 - x / n)) ** 0.5
        low, high = ((2 * x + z * z + way * root) / (2 * (n + z * z)) for way in (-1, 1))
        near, far = (low, high) if sign > 0 else (high, low)
        total += sign * x / n
        reach[0] += (x / n - near) ** 2
        reach[1] += (far - x / n) ** 2
    low, high = 100 * (total - reach[0] ** 0.5), 100 * (total + reach[1] ** 0.5)
    expected = f"{low:.1f} pp and {high:.1f} pp".replace("-", "−")
    assert f"By the numbers of pupils the change lies between {expected}." in found.words.sentences
    assert "larger than chance alone would usually produce" in " ".join(found.words.sentences)


def test_a_change_that_could_be_chance_says_so(release: Release) -> None:
    found = view(release, "Kent", "phonics_year1", "any_sen", period="202122")
    assert found.steps == ()
    assert found.not_drawn == "The change is too small to split: rounding alone can make 2 pp."
    assert "With 1,962 pupils, a change of this size could be chance." in found.words.sentences


def test_too_small_a_change_is_never_split(release: Release) -> None:
    seen = 0
    for indicator, group in _with_gap(release):
        for area in SPREAD:
            request = ask(release, area, indicator.id, group.value,
                          breakdown=indicator.default_breakdown)  # fmt: skip
            found = what_moved(release, request)
            if isinstance(found, NoAnswer):
                continue
            row = release.gaps(indicator.id, area=area, sen_group=group.value,
                               breakdown=request.breakdown).set_index("time_period")  # fmt: skip
            moved = abs(row.loc[found.until, "gap"] - row.loc[found.since, "gap"])
            floor = rounding_floor(found.axis.decimals)
            if not found.steps:
                seen += 1
                assert moved <= floor + 1e-9 or "too few" in found.not_drawn
            else:
                assert moved > floor - 1e-9
    assert seen > 5


def test_a_change_across_a_break_is_refused_with_its_reason(release: Release) -> None:
    found = refusal(release, "Kent", "ks4_attainment8", "ehc_plan", since="201516")
    assert "2015/16 and 2024/25 are not compared: " in found.message
    assert found.message.endswith(".")
    label, keys = found.offers[0]
    assert label == "See 2018/19 to 2024/25" and keys["since"] == "201819"


def test_years_that_cannot_be_set_against_each_other_are_refused(release: Release) -> None:
    later = refusal(release, "Kent", KS2, "ehc_plan", period="201819", since="202425")
    assert "choose an earlier year to start from" in later.message
    covid = refusal(release, "Kent", KS2, "ehc_plan", since="201920")
    assert "no gap for 2019/20 (none was published because of COVID-19)" in covid.message
    hidden = refusal(release, "City of London", KS2, "ehc_plan")
    assert "no gap for the City of London in 2024/25 (the publisher gives none)" in hidden.message


def test_an_outcome_without_a_gap_has_none_to_split(release: Release) -> None:
    found = refusal(release, "Kent", "ehcp_20_weeks", "ehc_plan")
    assert "has a level and no gap, so there is none to split" in found.message
    assert spans(release, ask(release, "Kent", "ehcp_20_weeks", "ehc_plan")).until == ()


def test_only_years_on_one_basis_are_offered(release: Release) -> None:
    found = spans(release, ask(release, "Kent", "ks4_attainment8", "ehc_plan"))
    assert found.usual == "201819"
    assert {"201920", "202021", "202122", "201516"}.isdisjoint(dict(found.since))
    frame = Frame.of(release, ask(release, "Kent", "ks4_attainment8", "ehc_plan"))
    rows = {row.time_period: row for row in frame.gaps([frame.area.area_code])}
    assert len({rows[p].basis for p in (*dict(found.since), "202425")}) == 1
    assert all(later > earlier for later, earlier in pairwise(dict(found.since)))


def test_groups_that_share_pupils_have_no_interval(release: Release) -> None:
    request = ask(release, "Kent", "eyfs_gld", "sen_support")
    frame = Frame.of(release, request)
    rows = [row for row in frame.gaps([frame.area.area_code]) if row.gap is not None]
    found = change(frame, rows[0], rows[-1])
    assert found.interval() is None and found.verdict() is Movement.NOT_TESTED
