"""*Our area* of a local unit: every tile and list entry against the served cells."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.views.local_model import LOCAL_GROUPS
from sendgap.views.local_profile import LocalProfile, local_profile
from tests.local.small import opened, part

COLUMNS = ["possible_sessions", "missed_sessions", "ks2_rwm_expected"]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRelease]:
    with opened(
        tmp_path_factory.mktemp("data"),
        part(["C01", "C02", "C10", "C11"], ["202324", "202425"], COLUMNS),
    ) as held:
        yield held


@pytest.fixture(scope="module")
def profiles(release: Release, local: LocalRelease) -> list[tuple[str, LocalProfile]]:
    units = [f"{k}:{u}" for k in ("dspl", "cluster", "school") for u in list(local.names(k))[:3]]
    return [
        (unit, local_profile(release, local, unit, group))
        for unit, group in itertools.product(units, LOCAL_GROUPS)
    ]


def test_only_shown_outcomes_have_a_tile(
    local: LocalRelease, profiles: list[tuple[str, LocalProfile]]
) -> None:
    tiles = 0
    for unit, view in profiles:
        kind, _, key = unit.partition(":")
        for tile in view.tiles:
            cells = local.cells(tile.indicator_id, kinds=[kind], units=[key])
            mine = cells[cells["sen_group"] == view.one.sen_group]["value"].dropna()
            digits = float(tile.level.split("%")[0].split(" ")[0])
            assert any(abs(value - digits) <= 0.5 for value in mine), (unit, tile)
            assert tile.period_label and tile.pupils.startswith("Pupils: ")
            assert all(p.value is None or p.value in set(mine) for p in tile.points)
            tiles += 1
    assert tiles > 20


def test_the_lists_hold_what_is_tested_and_nothing_else(
    profiles: list[tuple[str, LocalProfile]],
) -> None:
    for _, view in profiles:
        words = {o.indicator_id: o.against for o in view.one.outcomes}
        assert {t.indicator_id for t in view.stronger} == {i for i in words if words[i] == "better"}
        assert {t.indicator_id for t in view.look_into} == {i for i in words if words[i] == "worse"}
        assert all(t.against[0] in "▲●▼○–" for t in view.tiles)


def test_a_hidden_place_around_is_left_out_of_a_tile(
    profiles: list[tuple[str, LocalProfile]],
) -> None:
    seen = 0
    for _, view in profiles:
        by_id = {t.indicator_id: t for t in view.tiles}
        for outcome in view.one.shown:
            for mark in outcome.marks:
                if mark.value is None:
                    seen += 1
                    assert mark.label not in by_id[outcome.indicator_id].beside
    assert seen > 0
