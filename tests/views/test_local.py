"""What the page on local figures is given: shown cells as printed, hidden ones as letters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest

from sendgap.charts.drawn import figures
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.ui import downloads
from sendgap.views.local_areas import GROUPS, local_areas, outcomes
from sendgap.views.local_model import LOCAL_KINDS, LocalAreas, LocalQuestion
from sendgap.views.local_one import local_one
from tests.local.small import opened, part

COLUMNS = ["possible_sessions", "missed_sessions", "suspensions", "ks2_rwm_expected"]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRelease]:
    with opened(
        tmp_path_factory.mktemp("data"), part(["C01", "C02", "C10", "C11"], ["202425"], COLUMNS)
    ) as held:
        yield held


def views(release: Release, local: LocalRelease) -> Iterator[tuple[LocalQuestion, LocalAreas]]:
    for kind, indicator, group in itertools.product(LOCAL_KINDS, outcomes(release, local), GROUPS):
        asked = LocalQuestion(kind, indicator, group)
        yield asked, local_areas(release, local, asked)


def number(printed: str) -> float:
    return float(re.sub(r"[^0-9.\N{MINUS SIGN}]", "", printed.split(" ")[0]).replace("−", "-"))


def test_every_printed_figure_is_a_shown_cell_and_every_hidden_one_a_letter(
    release: Release, local: LocalRelease
) -> None:
    seen = {"shown": 0, "hidden": 0}
    for asked, view in views(release, local):
        cells = local.cells(asked.indicator_id, kinds=[asked.kind])
        mine = cells[cells["sen_group"] == asked.sen_group].set_index("unit_id")
        for unit in view.units:
            found = mine.loc[[unit.unit_id]] if unit.unit_id in mine.index else None
            if found is None:
                continue
            values = found["value"].dropna().tolist()
            if unit.hidden:
                assert not re.search(r"\d", unit.level) and unit.gap == "–", unit
                assert unit.flag == "" and unit.against == "–"
                seen["hidden"] += 1
            else:
                assert any(number(unit.level) == pytest.approx(v, abs=0.051) for v in values)
                seen["shown"] += 1
    assert min(seen.values()) > 50, seen


def test_a_gap_is_the_difference_of_the_two_printed_figures(
    release: Release, local: LocalRelease
) -> None:
    told = 0
    for _, view in views(release, local):
        better_high = view.definition.direction.startswith("Higher is better")
        for unit in view.units:
            if unit.gap != "–":
                difference = number(unit.reference) - number(unit.level)
                wide = difference if better_high else -difference
                assert number(unit.gap) == pytest.approx(wide, abs=1e-6), unit
                told += 1
    assert told > 50


def test_no_file_of_a_view_holds_more_than_its_table(release: Release, local: LocalRelease) -> None:
    for asked, view in itertools.islice(views(release, local), 0, None, 7):
        text = downloads.csv(view.chart.table).decode("utf-8-sig")
        assert len(text.splitlines()) == len(view.chart.table.rows) + 1
        cells = local.cells(asked.indicator_id, kinds=[asked.kind, "authority"])
        told = cells.loc[cells["value"].notna(), ["value", "lower", "upper"]]
        known = {round(float(v), 6) for v in told.stack().dropna()}
        for drawn in figures(view):
            for trace in drawn.figure.to_plotly_json()["data"]:
                assert {round(float(v), 6) for v in trace["y"] if v is not None} <= known
        assert "practice" in view.chart.file_name and "practice data" in view.chart.table.caption
        assert len(view.chart.alt) <= 150


def test_one_unit_prints_what_the_comparison_prints(release: Release, local: LocalRelease) -> None:
    compared = {
        (asked.indicator_id, unit.unit_id): unit
        for asked, view in views(release, local)
        if asked.kind == "cluster" and asked.sen_group == GROUPS[0]
        for unit in view.units
    }
    view = local_one(release, local, "cluster:C01", GROUPS[0])
    by_name = {release.catalogue.indicators[i].phrases.short: i for i, _ in compared}
    checked = 0
    for row in view.table.rows:
        unit = compared.get((by_name[row[0]], "C01"))
        if unit is not None:
            assert row[1] == unit.level and row[6] == unit.gap, row
            assert row[2] == unit.interval, row
            checked += 1
    assert checked >= 5


def test_a_heading_counts_what_is_shown_and_names_what_is_not(
    release: Release, local: LocalRelease
) -> None:
    told = 0
    for asked, view in views(release, local):
        hidden = [unit for unit in view.units if unit.hidden]
        if hidden and len(hidden) < len(view.units):
            shown = len(view.units) - len(hidden)
            assert view.words.finding.startswith(f"{shown} of {len(view.units)} ")
            told += 1
        lines = " ".join(view.withheld)
        for unit in hidden[:3]:
            assert unit.name in lines or " more." in lines, (asked, unit)
        assert "fewer than" not in lines and "small" not in lines + view.words.finding
    assert told > 10


def test_an_interval_is_the_served_one_and_holds_its_level(
    release: Release, local: LocalRelease
) -> None:
    seen = 0
    for asked, view in views(release, local):
        cells = local.cells(asked.indicator_id, kinds=[asked.kind])
        mine = cells[(cells["sen_group"] == asked.sen_group) & cells["lower"].notna()]
        limits = {
            (row.unit_id, round(row.lower, 2), round(row.upper, 2)) for row in mine.itertuples()
        }
        for unit in view.units:
            if unit.hidden:
                assert unit.interval == "–"
            if unit.interval != "–":
                low, high = (number(part) for part in unit.interval.split(" to "))
                assert (unit.unit_id, low, high) in limits
                assert low <= number(unit.level) <= high
                seen += 1
    assert seen > 50


def test_absence_is_tested_by_its_own_interval_against_the_authority(
    release: Release, local: LocalRelease
) -> None:
    said: set[str] = set()
    for kind, group in itertools.product(LOCAL_KINDS, (*GROUPS, SenGroup.ALL_PUPILS)):
        cells = local.cells("overall_absence", kinds=[kind, "authority"])
        mine = cells[cells["sen_group"] == group]
        whole = mine.loc[mine["unit_kind"] == "authority", "value"].item()
        rows = mine.set_index("unit_id")
        view = local_areas(release, local, LocalQuestion(kind, "overall_absence", group))
        for unit in (u for u in view.units if not u.hidden):
            row = rows.loc[unit.unit_id]
            expected = (
                "not tested: fewer than 30 pupils" if row.pupils < 30
                else "better" if row.upper < whole
                else "worse" if row.lower > whole
                else "similar"
            )  # fmt: skip
            assert unit.against == expected
            said.add(expected)
    assert said >= {"similar", "not tested: fewer than 30 pupils"}, said
