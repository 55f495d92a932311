"""On which side of England a level stands, in a world small enough to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import small
from tests.build.small import AUTHORITIES, ENGLAND, PERIODS, Figure, World

#: England's level in every period.
AT = 50.0
#: Three years of one authority's level, and the word and basis of the newest.
CASES: list[tuple[str, tuple[Figure | None, ...], tuple[str | None, str | None]]] = [
    ("above in all three", (50.2, 60.0, 51.0), ("better", "persistent")),
    ("below in all three", (49.8, 40.0, 49.0), ("worse", "persistent")),
    ("one unit is rounding", (51.0, 50.1, 51.0), ("similar", "persistent")),
    ("now above, once below", (49.0, 51.0, 51.0), ("similar", "persistent")),
    ("hidden in between", (51.0, "c", 51.0), ("not tested", "none")),
    ("never published in between", (51.0, None, 51.0), ("not tested", "none")),
    ("hidden now", (51.0, 51.0, "c"), (None, None)),
]


def _world(**extra: object) -> World:
    figures: dict[small.Place, Figure] = {}
    for period in PERIODS:
        figures["printed", "ehc_plan", period, ENGLAND] = AT
        figures["printed", "no_sen", period, ENGLAND] = AT
    for code, (_, levels, _) in zip(AUTHORITIES, CASES, strict=False):
        for period, level in zip(PERIODS, levels, strict=True):
            if level is not None:
                figures["printed", "ehc_plan", period, code] = level
                figures["printed", "no_sen", period, code] = AT
    return World(figures, extra=dict(extra))


def _newest(path: Path) -> dict[str, tuple[str | None, str | None]]:
    found = small.rows(
        path,
        "select area_code, position_england, position_basis from benchmark where vintage = "
        f"'2025-05' and measure = 'value' and sen_group = 'ehc_plan' and "
        f"time_period = '{small.LAST}'",
    )
    return {code: (word, basis) for code, word, basis in found}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("positions")


@pytest.fixture(scope="module")
def newest(folder: Path) -> dict[str, tuple[str | None, str | None]]:
    return _newest(small.build(_world(), folder / "three"))


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case[0] for case in CASES])
def test_the_side_of_three_years(
    newest: dict[str, tuple[str | None, str | None]], number: int
) -> None:
    assert newest[AUTHORITIES[number]] == CASES[number][2]


def test_without_a_direction_it_is_higher_or_lower(folder: Path) -> None:
    world = World(_world().figures, polarity="none", extra={"references": []})
    found = _newest(small.build(world, folder / "plain"))
    assert [found[code][0] for code in AUTHORITIES[:2]] == ["higher", "lower"]


def test_two_points_of_whole_percentages_are_rounding(folder: Path) -> None:
    figures: dict[small.Place, Figure] = {}
    for period in PERIODS:
        for code, level in ((ENGLAND, 50.0), (AUTHORITIES[0], 52.0), (AUTHORITIES[1], 53.0)):
            for group in ("ehc_plan", "no_sen"):
                figures["printed", group, period, code] = level
    found = _newest(small.build(World(figures, decimals=0), folder / "whole"))
    assert [found[code][0] for code in AUTHORITIES[:2]] == ["similar", "better"]


def test_a_tiny_cohort_gets_no_word(folder: Path) -> None:
    figures: dict[small.Place, Figure] = {
        ("counted", group, period, code): (20, 29) if code == AUTHORITIES[0] else (30, 60)
        for group in ("ehc_plan", "no_sen")
        for period in PERIODS
        for code in (ENGLAND, AUTHORITIES[0])
    }
    found = _newest(small.build(World(figures), folder / "tiny"))
    assert found[AUTHORITIES[0]] == ("not tested", "none")


def test_a_gap_has_no_position(folder: Path) -> None:
    path = small.build(_world(), folder / "gaps")
    found = small.rows(path, "select count(position_england) from benchmark where measure = 'gap'")
    assert found == [(0,)]
