"""A local area on the pages of many outcomes: every figure a shown cell, every hidden one a
letter, and nothing made of what is hidden."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sendgap.charts.drawn import figures
from sendgap.errors import UnknownNameError
from sendgap.statistics.proportions import difference_of_proportions
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import Polarity, SenGroup
from sendgap.ui import downloads
from sendgap.views import local_framework
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.framework_model import FrameworkView
from sendgap.views.grid_model import Grid
from sendgap.views.local_areas import GROUPS
from sendgap.views.local_change import change_limits, local_change, told_of
from sendgap.views.local_figures import Cell
from sendgap.views.local_grid import local_grid
from sendgap.views.local_journey import local_journey
from sendgap.views.local_model import LOCAL_KINDS
from sendgap.views.local_plans import local_plans
from sendgap.views.local_siblings import around, local_siblings
from sendgap.views.local_unit import Figure, OfUnit, one_unit
from sendgap.views.model import NoAnswer
from sendgap.views.plans import VIEWS
from sendgap.views.plans_model import Plans
from tests.local.small import opened, part
from tests.views.test_wording import check_words

COLUMNS = ["possible_sessions", "missed_sessions", "primary_need", "home_dspl", "ks2_rwm_expected"]
CLUSTERS = ["C01", "C02", "C03", "C04", "C10", "C11", "C12", "C13"]
LETTERS = ("c", "x", "z")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRelease]:
    with opened(
        tmp_path_factory.mktemp("data"), part(CLUSTERS, ["202324", "202425"], COLUMNS)
    ) as held:
        yield held


def units(local: LocalRelease, *kinds: str) -> list[str]:
    return [f"{kind}:{key}" for kind in kinds or LOCAL_KINDS for key in local.names(kind)]


def some(local: LocalRelease) -> list[str]:
    """Units of each kind, for what every view of each is made for."""
    return [*units(local, "dspl")[:2], *units(local, "cluster")[:2], *units(local, "school")[::12]]


def views(release: Release, local: LocalRelease, unit: str) -> Iterator[OfUnit[Any]]:
    """Every view of a unit that a page shows."""
    yield local_grid(release, local, unit)
    yield local_journey(release, local, unit)
    yield local_framework.local_framework(release, local, unit, "hertfordshire")
    for group in GROUPS:
        yield local_change(release, local, unit, group)
    for view in VIEWS:
        yield local_plans(release, local, unit, view, SenGroup.EHC_PLAN)
    yield local_siblings(release, local, unit, "persistent_absence", SenGroup.SEN_SUPPORT)


@pytest.fixture(scope="module")
def made(release: Release, local: LocalRelease) -> dict[str, list[OfUnit[Any]]]:
    return {unit: list(views(release, local, unit)) for unit in some(local)}


def tables(view: Any) -> list[Any]:
    if isinstance(view, NoAnswer):
        return []
    if isinstance(view, Plans):
        return [panel.table for panel in view.panels if panel.table]
    return [view.chart.table]


def number(printed: str) -> float:
    return float(re.sub(r"[^0-9.\N{MINUS SIGN}]", "", printed.split(" ")[0]).replace("−", "-"))


def rows_of_grid(release: Release, local: LocalRelease, unit: str) -> tuple[tuple[str, ...], ...]:
    view = local_grid(release, local, unit).shown
    return () if isinstance(view, NoAnswer) else view.chart.table.rows


def newest(cells: pd.DataFrame) -> dict[tuple[str, str, str], dict[str, Any]]:
    """The newest cell of each unit, outcome and group, by plain sorting."""
    whole = cells[(cells["breakdown"] == "total") & (cells["symbol"] != "x")]
    rows = whole.sort_values(["time_period", "years"], ascending=[True, False])
    return {
        (f"{r['unit_kind']}:{r['unit_id']}", r["indicator_id"], r["sen_group"]): r
        for r in rows.to_dict("records")
    }


def test_every_level_of_the_grid_is_the_newest_shown_cell_and_every_hidden_one_a_letter(
    release: Release, local: LocalRelease
) -> None:
    cells = newest(local.all_cells())
    ids = {i.phrases.short: i.id for i in release.catalogue.indicators.values()}
    groups = {label: group.value for group, label in GROUP_LABELS.items()}
    seen = {"shown": 0, "hidden": 0}
    for unit in [*units(local, "dspl", "cluster"), *units(local, "school")[::3]]:
        for row in rows_of_grid(release, local, unit):
            cell = cells.get((unit, ids[row[0]], groups[row[1]]))
            if cell is None or np.isnan(cell["value"]):
                assert row[2] in LETTERS, row
                assert row[3] == row[7] == row[9] == "–", row
                seen["hidden"] += 1
            else:
                assert number(row[2]) == pytest.approx(cell["value"], abs=0.5001), row
                assert row[4] == f"{cell['pupils']:,.0f}"
                seen["shown"] += 1
    assert min(seen.values()) > 80, seen


def test_a_gap_in_the_grid_is_the_difference_of_its_two_printed_figures(
    release: Release, local: LocalRelease
) -> None:
    told = 0
    by_name = {i.phrases.short: i for i in release.catalogue.indicators.values()}
    for unit in units(local, "dspl", "cluster"):
        for row in rows_of_grid(release, local, unit):
            if row[7] == "–":
                continue
            difference = number(row[6]) - number(row[2])
            high = by_name[row[0]].polarity is Polarity.HIGHER_IS_BETTER
            assert number(row[7]) == pytest.approx(difference if high else -difference, abs=1e-6)
            told += 1
    assert told > 50


def test_cells_of_the_grid_are_shaded_only_where_a_shown_level_was_tested(
    made: dict[str, list[OfUnit[Any]]],
) -> None:
    shaded = 0
    for view in itertools.chain.from_iterable(made.values()):
        for row in view.shown.rows if isinstance(view.shown, Grid) else ():
            for cell in row.cells:
                if not cell.has_figure:
                    assert not cell.step and not cell.glyph and not re.search(r"\d", cell.short)
                shaded += bool(cell.step)
    assert shaded > 20


def numbers_in(spec: Any) -> Iterator[float]:
    """Every number of the marks of a chart: where they stand and how they are shaded."""
    for trace in spec["data"]:
        if trace.get("meta") == "hidden":
            # A hollow square stands at the foot of every axis alike.
            assert not any(re.search(r"\d%|\d per", said) for said in trace["hovertext"])
            continue
        for axis in ("x", "y"):
            yield from (float(v) for v in trace.get(axis) or () if isinstance(v, int | float))


def test_no_chart_or_file_holds_what_is_hidden(
    local: LocalRelease, made: dict[str, list[OfUnit[Any]]]
) -> None:
    served = local.all_cells()[["value", "lower", "upper"]].to_numpy().ravel()
    known = {round(float(v), 6) for v in served if v == v} | {float(n) for n in range(41)}
    known |= {float(year) for year in range(2020, 2031)}
    drawn = 0
    for unit, view in itertools.chain.from_iterable(
        ((unit, view) for view in found) for unit, found in made.items()
    ):
        if isinstance(view.shown, NoAnswer):
            continue
        for each in figures(view.shown):
            spec = json.loads(each.figure.to_json())
            found = {round(n, 6) for n in numbers_in(spec)}
            assert found <= known | {-0.5, 0.5}, (unit, sorted(found - known)[:5])
            assert len(each.alt) <= 150
            drawn += 1
        for table in tables(view.shown):
            text = downloads.csv(table).decode("utf-8-sig")
            assert len(text.splitlines()) == len(table.rows) + 1
            assert "practice data" in table.caption
    assert drawn > 30


def test_what_is_invented_says_so_on_every_view(made: dict[str, list[OfUnit[Any]]]) -> None:
    for view in itertools.chain.from_iterable(made.values()):
        words = view.shown.words
        assert view.is_invented and "Practice data" in words.badges
        assert words.sources[0].licence == "Invented figures"
        assert "(invented)" in words.context


def test_every_word_of_the_views_is_allowed(made: dict[str, list[OfUnit[Any]]]) -> None:
    for view in itertools.chain.from_iterable(made.values()):
        check_words(view.shown.words)
        for table in tables(view.shown):
            assert all(cell for row in table.rows for cell in row), "a blank cell"


def test_hidden_needs_stand_a_to_z_after_the_shown(release: Release, local: LocalRelease) -> None:
    seen = 0
    for unit, group in itertools.product(units(local, "dspl"), GROUPS):
        view = local_plans(release, local, unit, "needs", group).shown
        assert isinstance(view, Plans)
        (panel,) = view.panels
        assert panel.table is not None
        hidden = [row[0] for row in panel.table.rows if row[1] in LETTERS]
        shown = [number(row[1]) for row in panel.table.rows if row[1] not in LETTERS]
        assert hidden == sorted(hidden) and shown == sorted(shown, reverse=True)
        assert [row[0] for row in panel.table.rows][len(shown) :] == hidden
        seen += len(hidden)
    assert seen > 5


def test_what_no_return_holds_says_so(release: Release, local: LocalRelease) -> None:
    for unit in ("cluster:C01", "dspl:D1"):
        for view in ("requests", "timeliness"):
            answer = local_plans(release, local, unit, view, SenGroup.EHC_PLAN).shown
            assert isinstance(answer, NoAnswer) and "no local return" in answer.words.sentences[0]
    for view in ("needs", "placement"):
        answer = local_plans(release, local, "cluster:C01", view, SenGroup.EHC_PLAN).shown
        assert isinstance(answer, NoAnswer)


def test_shares_of_pupils_are_those_of_the_cells(release: Release, local: LocalRelease) -> None:
    cells = newest(local.all_cells())
    for unit in units(local, "dspl", "cluster"):
        view = local_plans(release, local, unit, "prevalence", SenGroup.EHC_PLAN).shown
        assert isinstance(view, Plans)
        page = release.catalogue.plans
        assert page is not None
        for indicator_id, panel in zip(page.how_many.shares, view.panels, strict=True):
            group = "ehc_plan" if indicator_id.startswith("ehcp") else "sen_support"
            cell = cells[unit, indicator_id, group]
            assert panel.table is not None
            printed = panel.table.rows[-1][1]
            if np.isnan(cell["value"]):
                assert printed in LETTERS
            else:
                share = 100 * cell["numerator"] / cell["pupils"]
                assert number(printed) == pytest.approx(share, abs=0.5001)


def test_the_chosen_unit_stands_first_and_is_framed(release: Release, local: LocalRelease) -> None:
    for unit in units(local, "dspl", "cluster")[-3:]:
        view = local_siblings(release, local, unit, "overall_absence", SenGroup.ANY_SEN).shown
        first, *others = view.units
        assert first.unit_id == unit.partition(":")[2] == view.chosen
        assert [u.name for u in others] == sorted(u.name for u in others)
        assert view.chart.table.rows[0][0] == first.name
        (drawn,) = figures(view)
        frames = [s for s in drawn.figure.layout.shapes if s.line.width == 3]
        assert len(frames) == 1
        assert first.name in view.words.finding


def test_a_school_stands_among_schools_of_its_phase(release: Release, local: LocalRelease) -> None:
    schools = local.units("school").set_index("unit_id")
    for urn in (schools.index[0], schools.index[-1]):
        view = local_siblings(
            release, local, f"school:{urn}", "overall_absence", SenGroup.ANY_SEN
        ).shown
        phases = {schools.loc[unit.unit_id, "phase"] for unit in view.units}
        assert phases == {schools.loc[urn, "phase"]}
        assert f"of its phase ({schools.loc[urn, 'phase']})" in view.words.context


def test_years_together_stand_beside_the_authority_s_same_years(
    release: Release, local: LocalRelease
) -> None:
    found = one_unit(release, local, "dspl:D1")
    indicator = release.catalogue.indicators["ks2_rwm_expected"]
    whole = [c for c in found.whole[indicator.id] if c.sen_group == "no_sen"]
    assert len(whole) == 2 and all(c.value is not None for c in whole)
    pooled = replace(whole[-1], unit_id="D1", years=2, pupils=40.0, numerator=8.0, value=20.0)
    known = {**found.own, indicator.id: [pooled]}
    figure = replace(found, own=known).figure(indicator, SenGroup.NO_SEN)
    assert figure.authority is not None and figure.authority.years == 2
    number, of = (sum(getattr(c, n) or 0 for c in whole) for n in ("numerator", "pupils"))
    assert figure.authority.value == pytest.approx(100 * number / of, abs=0.051)
    longer = {**found.own, indicator.id: [replace(pooled, years=3)]}
    assert replace(found, own=longer).figure(indicator, SenGroup.NO_SEN).authority is None


def test_siblings_can_be_looked_for_in_what_a_unit_lies_in(local: LocalRelease) -> None:
    assert around(local, "dspl:D1") == {}
    members = local.members()
    school = members[members["unit_kind"] == "cluster"].iloc[0]
    found = around(local, f"school:{school['urn']}")
    assert f"cluster:{school['unit_id']}" in found
    mine = members[(members["urn"] == school["urn"]) & (members["unit_kind"] == "dspl")]
    assert {f"dspl:{key}" for key in mine["unit_id"]} <= set(found)


def test_a_change_is_told_by_the_interval_of_the_two_counts(
    release: Release, local: LocalRelease
) -> None:
    indicator = release.catalogue.indicators["persistent_absence"]
    checked = 0
    for unit, group in itertools.product(units(local, "dspl", "cluster"), GROUPS):
        told = told_of(one_unit(release, local, unit), indicator, group)
        if told is None or len(told.filled) < 2:
            continue
        first, last = told.filled[0], told.filled[-1]
        limits = change_limits(indicator, first, last)
        assert limits is not None
        exact = difference_of_proportions(
            first_numerator=last.numerator, first_denominator=last.pupils,
            second_numerator=first.numerator, second_denominator=first.pupils, per=100.0,
        )  # fmt: skip
        # Served figures are rounded: to a whole percentage below a hundred pupils.
        assert limits[0] == pytest.approx(float(exact.lower), abs=1.6)
        assert limits[1] == pytest.approx(float(exact.upper), abs=1.6)
        checked += 1
    assert checked > 5


def test_no_change_is_called_better_or_worse_that_chance_could_make(
    release: Release, local: LocalRelease
) -> None:
    for unit, group in itertools.product(some(local), GROUPS):
        view = local_change(release, local, unit, group).shown
        for row in () if isinstance(view, NoAnswer) else view.rows:
            if row.level in LETTERS:
                assert row.trend == "" and row.first == row.low == row.high == "none"
                assert row.change == "newest year not shown"
            if row.trend in ("better", "worse"):
                assert "may be chance" not in row.change


def test_an_unknown_unit_is_refused_without_naming_others(
    release: Release, local: LocalRelease
) -> None:
    for asked in ("dspl:D99", "school:1", "authority:practice", "D1", ""):
        with pytest.raises(UnknownNameError) as refusal:
            local_grid(release, local, asked)
        assert "Practice" not in str(refusal.value)


# The framework of one unit -----------------------------------------------------------


def cell(pupils: float, value: float | None, position: str, *, years: int = 1) -> Cell:
    symbol = "" if value is not None else "c"
    return Cell("D1", "One", "sen_support", "total", "202425", years, pupils, None, value, None,
                None, symbol, None, position)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "trend", "rated"),
    [
        (cell(30, 20.0, "better"), "little", "Green"),
        (cell(30, 20.0, "similar"), "better", "Green"),
        (cell(30, 20.0, "similar"), "worse", "Amber"),
        (cell(30, 20.0, "better"), "worse", "Amber"),
        (cell(30, 20.0, "worse"), "little", "Red"),
        (cell(30, 20.0, "worse"), "worse", "Red"),
        (cell(30, 20.0, "worse"), "better", "Amber"),
        (cell(29, 20.0, "worse"), "worse", "Not rated"),
        (cell(10, 20.0, "worse", years=3), "worse", "Not rated"),
        (cell(30, None, "not tested"), "little", "Not rated"),
        (cell(30, 20.0, "not tested"), "little", "Not rated"),
        (cell(30, 20.0, "better"), "", "Not rated"),
    ],
)
def test_a_unit_is_rated_by_the_rule(release: Release, given: Cell, trend: str, rated: str) -> None:
    indicator = release.catalogue.indicators["persistent_absence"]
    figure = Figure(indicator, SenGroup.SEN_SUPPORT, given, None, None)
    assert local_framework.rate(figure, trend, "2023/24", is_wanted=True).name == rated
    assert local_framework.rate(figure, trend, "2023/24", is_wanted=False).name == "Not rated"
    assert local_framework.rate(figure, trend, "", is_wanted=True).name == "Not rated"


def test_the_framework_of_a_unit_shows_what_its_returns_count(
    release: Release, local: LocalRelease
) -> None:
    cells = newest(local.all_cells())
    shown = 0
    for unit in [*units(local, "dspl", "cluster"), *units(local, "school")[::4]]:
        view = local_framework.local_framework(release, local, unit, "hertfordshire").shown
        assert isinstance(view, FrameworkView)
        for row in view.rows:
            group = (row.group or SenGroup.ALL_PUPILS).value
            found = cells.get((unit, row.indicator_id, group))
            if found is None or np.isnan(found["value"]):
                assert not row.has_level and row.level in LETTERS
                assert not row.data.is_rated and not row.since and not row.neighbours.word
            else:
                assert number(row.level) == pytest.approx(found["value"], abs=0.5001)
                shown += 1
                if row.data.is_rated:
                    assert found["pupils"] >= 30
        assert not view.counts.get(SenGroup.ALL_PUPILS)
    assert shown > 40


def test_no_framework_is_filled_by_an_invented_authority(
    release: Release, local: LocalRelease, tmp_path: Path
) -> None:
    from sendgap.views.framework_local import is_of

    assert local.is_invented and not is_of(local, str(local.about["authority_id"]))
