"""Limits, and positions that rest on them, in a world small enough to work out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendgap.errors import FiguresError
from tests.build import small
from tests.build.small import AUTHORITIES, ENGLAND, FIRST, LAST, PERIODS, Figure, World

OURS, OTHER = AUTHORITIES[:2]
GROUPS = ("ehc_plan", "no_sen")


def _world(figures: dict[small.Place, Figure], **more: object) -> World:
    decimals = int(str(more.pop("decimals", 1)))
    return World(figures, decimals=decimals, extra={"interval": "wilson", **more})


def _counted(
    period: str, ours: tuple[int, int], england: tuple[int, int], others: tuple[int, int]
) -> dict[small.Place, Figure]:
    """Our EHC plan level, England's, and pupils without SEN in both."""
    return {
        ("counted", "ehc_plan", period, OURS): ours,
        ("counted", "ehc_plan", period, ENGLAND): england,
        ("counted", "no_sen", period, OURS): others,
        ("counted", "no_sen", period, ENGLAND): others,
    }


def _placed(path: Path, area: str = OURS, period: str = LAST) -> list[tuple[object, ...]]:
    return small.rows(
        path,
        "select position_england, position_basis from benchmark where vintage = '2025-05' and "
        f"measure = 'value' and sen_group = 'ehc_plan' and area_code = '{area}' and "
        f"time_period = '{period}'",
    )


def test_a_level_has_wilsons_and_a_gap_newcombes_limits(tmp_path: Path) -> None:
    """45 of 60: centre (0.75 + z²/120) / (1 + z²/60) = 0.7350, reach 0.1073."""
    figures = _counted(LAST, (30, 60), (30, 60), (45, 60))
    path = small.build(_world(figures), tmp_path / "w")
    levels = small.rows(
        path,
        f"select sen_group, lower, upper from level where area_code = '{OURS}' "
        f"and time_period = '{LAST}' order by 1",
    )
    assert levels == [
        ("ehc_plan", pytest.approx(37.735, abs=0.001), pytest.approx(62.265, abs=0.001)),
        ("no_sen", pytest.approx(62.768, abs=0.001), pytest.approx(84.224, abs=0.001)),
    ]
    gaps = small.rows(
        path,
        f"select gap, gap_lower, gap_upper from gap where area_code = '{OURS}' and "
        f"reference = 'no_sen' and time_period = '{LAST}'",
    )
    # 25 less the root of 12.232² + 12.265², and 25 more the root of 9.224² + 12.265².
    assert gaps == [(25.0, pytest.approx(7.678, abs=0.002), pytest.approx(40.346, abs=0.002))]


def test_a_change_has_the_limits_of_both_periods(tmp_path: Path) -> None:
    """132 of 600 and 2,380 of 3,400, then 150 of 640 and 2,450 of 3,420."""
    figures = _counted(PERIODS[1], (132, 600), (132, 600), (2380, 3400))
    figures |= _counted(LAST, (150, 640), (150, 640), (2450, 3420))
    path = small.build(_world(figures), tmp_path / "w")
    found = small.rows(
        path,
        "select change_previous, change_previous_lower, change_previous_upper, "
        "change_baseline_lower from gap where reference = 'no_sen' "
        f"and area_code = '{OURS}' and time_period = '{LAST}'",
    )
    low = pytest.approx(-4.92, abs=0.005)
    assert found == [(pytest.approx(0.2), low, pytest.approx(5.35, abs=0.005), low)]


@pytest.mark.parametrize(
    ("ours", "expected"),
    [((45, 60), "better"), ((33, 60), "similar"), ((15, 60), "worse")],
)
def test_a_level_stands_beside_england_by_its_interval(
    tmp_path: Path, ours: tuple[int, int], expected: str
) -> None:
    path = small.build(_world(_counted(LAST, ours, (300, 600), (45, 60))), tmp_path / "w")
    assert _placed(path) == [(expected, "interval")]


def test_an_earlier_number_of_pupils_gives_an_approximate_word(tmp_path: Path) -> None:
    figures = _counted(FIRST, (30, 60), (300, 600), (45, 60))
    for group in GROUPS:
        for area, level in ((OURS, 75.0), (OTHER, 75.0), (ENGLAND, 50.0)):
            figures["printed", group, LAST, area] = level
    path = small.build(_world(figures), tmp_path / "w")
    assert _placed(path) == [("better", "approximate")]
    assert _placed(path, OTHER) == [("not tested", "none")]
    held = f"select lower, upper from level where area_code = '{OURS}' and time_period = '{LAST}'"
    assert set(small.rows(path, held)) == {(None, None)}


def test_an_earlier_cohort_under_thirty_gives_no_word(tmp_path: Path) -> None:
    figures = _counted(FIRST, (3, 29), (300, 600), (45, 60))
    for group in GROUPS:
        for area, level in ((OURS, 99.0), (ENGLAND, 50.0)):
            figures["printed", group, LAST, area] = level
    path = small.build(_world(figures), tmp_path / "w")
    assert _placed(path) == [("not tested", "none")]
    assert _placed(path, period=FIRST) == [("not tested", "none")]


@pytest.mark.parametrize(("ours", "expected"), [(5200, "similar"), (5300, "better")])
def test_two_points_of_whole_percentages_are_rounding_whatever_the_interval_says(
    tmp_path: Path, ours: int, expected: str
) -> None:
    """5,200 of 10,000 has limits of 51.0 to 53.0 and is still 2 points from 50."""
    figures = _counted(LAST, (ours, 10_000), (50_000, 100_000), (8_000, 10_000))
    path = small.build(_world(figures, decimals=0), tmp_path / "w")
    assert _placed(path) == [(expected, "interval")]


def test_england_is_tested_as_counted_and_not_as_printed(tmp_path: Path) -> None:
    """22.5% is printed as 23%; 187 of 720 is printed as 26% and has 22.9 to 29.3."""
    figures = _counted(LAST, (187, 720), (22_500, 100_000), (8_000, 10_000))
    path = small.build(_world(figures, decimals=0), tmp_path / "w")
    assert _placed(path) == [("better", "interval")]


def test_limits_reach_out_to_a_printed_figure_that_rounding_put_beyond_them(
    tmp_path: Path,
) -> None:
    figures = _counted(LAST, (844_000, 10_000_000), (50, 100), (45, 60))
    path = small.build(_world(figures, decimals=0), tmp_path / "w")
    found = small.rows(
        path,
        f"select shown, lower, upper from level where area_code = '{OURS}' "
        f"and sen_group = 'ehc_plan' and time_period = '{LAST}'",
    )
    assert found == [(8.0, 8.0, pytest.approx(8.457, abs=0.001))]


def test_the_newest_ranks_have_a_range(tmp_path: Path) -> None:
    figures: dict[small.Place, Figure] = {}
    for period in PERIODS[1:]:
        for number, code in enumerate(AUTHORITIES):
            for group in GROUPS:
                figures["counted", group, period, code] = (20 + number, 100)
    path = small.build(_world(figures), tmp_path / "w")
    found = small.rows(
        path,
        "select is_latest, count(rank), count(rank_lower), bool_and(rank_lower <= rank and "
        "rank <= rank_upper), min(rank_upper - rank_lower) > 2 from benchmark "
        "where measure = 'value' and vintage = '2025-05' and value is not null "
        "group by all order by 1",
    )
    assert found == [(False, 48, 0, None, None), (True, 48, 48, True, True)]


def test_sessions_have_no_limits_however_many_were_counted(tmp_path: Path) -> None:
    figures = _counted(LAST, (450, 6000), (300, 6000), (450, 6000))
    world = _world(figures, value_type="session_rate", interval="none", polarity="lower_is_better")
    path = small.build(world, tmp_path / "w")
    assert small.rows(path, "select count(lower) + count(upper) from observation") == [(0,)]
    assert small.rows(path, "select count(gap_lower) from gap") == [(0,)]
    assert small.rows(path, "select count(rank_lower) from benchmark") == [(0,)]


@pytest.mark.parametrize(
    ("faulty", "interval", "told"),
    [
        ({"value": 75.0, "numerator": 61.0, "denominator": 60.0}, "wilson",
         "61.0 of 60.0: above its denominator"),
        ({"value": 75.0, "numerator": 0.0, "denominator": 0.0}, "wilson",
         "0.0 of 0.0: 0 or less"),
        ({"value": 75.0, "numerator": 5.0, "denominator": -6.0}, "wilson",
         "5.0 of -6.0: 0 or less"),
        ({"value": 75.0, "lower": 80.0, "upper": 70.0}, "published",
         "limits 80.0 to 70.0: lower limit above upper limit"),
        ({"value": 75.0, "lower": 76.0, "upper": 80.0}, "published",
         "limits 76.0 to 80.0: value outside its limits"),
    ],
)  # fmt: skip
def test_figures_that_cannot_be_true_are_named(
    tmp_path: Path, faulty: dict[str, float], interval: str, told: str
) -> None:
    figures: dict[small.Place, Figure] = {
        ("printed", group, LAST, code): {"value": 50.0}
        for group in GROUPS
        for code in (OURS, OTHER)
    }
    figures["printed", "ehc_plan", LAST, OTHER] = faulty
    with pytest.raises(FiguresError) as refused:
        small.build(_world(figures, interval=interval), tmp_path / "w")
    said = str(refused.value)
    assert f"made_up, ehc_plan, total, {OTHER}, {LAST} (printed): value 75.0" in said
    assert told in said and "(1)" in said
