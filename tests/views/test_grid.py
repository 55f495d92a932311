"""The grid: every cell is the command line's, and no gap stands without its level."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sendgap.store import Release
from sendgap.terms import VINTAGES, SenGroup
from sendgap.views.grid import grid
from sendgap.views.grid_model import Grid, GridCell, Sparks
from sendgap.views.model import NoAnswer
from sendgap.views.request import Request
from sendgap.views.sparks import sparks
from tests.views.test_wording import check_words

TODAY = date(2026, 11, 22)
GROUPS = (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT)
QUARTERS = {"best quarter": "A", "2nd quarter": "B", "3rd quarter": "C", "worst quarter": "D",
            "narrowest quarter": "A", "2nd narrowest quarter": "B", "2nd widest quarter": "C",
            "widest quarter": "D"}  # fmt: skip
Said = dict[tuple[str, str, str], dict[str, Any]]


def view(release: Release, area: str, group: str = "ehc_plan", by: str = "level",
         mark: str = "quarter", **asked: Any) -> Grid:  # fmt: skip
    request = Request(release.areas.find(area).area_code, "", SenGroup(group))
    found = grid(release, replace(request, **asked), by, mark, TODAY)
    assert isinstance(found, Grid)
    return found


def number(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", "").split(" ")[0].rstrip("%£"))


def told(release: Release, group: SenGroup, vintage: str) -> Said:
    """What the command line says of every authority, by outcome and measure."""
    found: Said = {}
    for indicator in (release.catalogue.indicators[i] for i in release.catalogue.headline):
        for measure in ("value", "gap") if indicator.has_gap else ("value",):
            table = release.benchmark(
                indicator.id, sen_group=group.value, measure=measure, neighbours=vintage
            )
            for row in table.astype(object).where(table.notna(), None).to_dict("records"):
                found[indicator.id, measure, row["area_code"]] = row
    return found


def _check_authority(cell: GridCell, row: dict[str, Any] | None, by: str) -> None:
    if row is None or row["value"] is None:
        assert not cell.has_figure and not cell.step
        return
    if by == "gap":
        gap, level = cell.said.removeprefix("gap ").split(", level ")
        assert number(gap) == pytest.approx(row["value"], abs=1e-9)
        assert number(level) == pytest.approx(row["sen_value"], abs=1e-9)
        assert number(cell.under) == pytest.approx(row["sen_value"], abs=1e-9)
    else:
        assert number(cell.said) == pytest.approx(row["value"], abs=1e-9)
    assert number(cell.short) == pytest.approx(row["value"], abs=1e-9)
    assert cell.short.endswith(" p") == (row["status"] == "provisional")
    if cell.word != "too few pupils":
        assert cell.step == (row["quartile"] or "")
        assert QUARTERS.get(cell.word, "") == cell.step


def _check_beside(cell: GridCell, expected: float | None, by: str) -> None:
    assert cell.step == cell.glyph == ""
    if expected is None:
        assert not cell.has_figure and cell.short == "none"
    else:
        said = cell.said.removeprefix("gap ") if by == "gap" else cell.said
        assert number(said) == pytest.approx(expected, abs=0.0500001)


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("by", ["level", "gap"])
def test_every_cell_is_the_command_lines_for_areas_in_turn(
    release: Release, group: SenGroup, vintage: str, by: str
) -> None:
    said = told(release, group, vintage)
    measure = "gap" if by == "gap" else "value"
    seen = 0
    turn = VINTAGES.index(vintage) * 2 + GROUPS.index(group)
    for area in release.areas.local_authorities()[turn::8]:
        found = view(release, area.area_code, group.value, by, vintage=vintage)
        for row in found.rows:
            for column, cell in zip(found.columns, row.cells, strict=True):
                own = said[column.indicator_id, measure, area.area_code]
                assert column.period_label.replace("/", "")[-2:] == own["time_period"][-2:]
                if row.la_code:
                    code = release.areas.find(row.la_code).area_code
                    _check_authority(cell, said.get((column.indicator_id, measure, code)), by)
                else:
                    names = {"neighbours": "neighbour_mean", "region": "region_value"}
                    _check_beside(cell, own[names.get(row.role, "england")], by)
                seen += 1
        assert len(found.chart.alt) <= 150
        assert all(cell for row in found.chart.table.rows for cell in row), area.name
        assert len(found.words.finding.split()) <= 35, found.words.finding
        check_words(found.words)
    assert seen > 2000


@pytest.mark.parametrize("group", GROUPS)
def test_tested_cells_say_englands_position(release: Release, group: SenGroup) -> None:
    said = told(release, group, VINTAGES[0])
    words: Counter[str] = Counter()
    for area in release.areas.local_authorities()[::14]:
        found = view(release, area.area_code, group.value, mark="tested")
        for column, cell in zip(found.columns, found.rows[0].cells, strict=True):
            row = said[column.indicator_id, "value", area.area_code]
            words[cell.step] += 1
            if cell.step:
                assert row["position_england"] == cell.step
                assert row["england"] is not None
            elif cell.has_figure and cell.word != "too few pupils":
                assert row["england"] is None or row["position_england"] == "not tested"
    assert words["better"] and words["worse"] and words["similar"]


def test_rows_are_the_area_its_average_neighbours_by_closeness_region_and_england(
    release: Release,
) -> None:
    found = view(release, "Hertfordshire", chosen=(release.areas.find("Kent").area_code,))
    near = release.areas.neighbours(release.areas.find("919").area_code, VINTAGES[0])
    assert [row.name for row in found.rows] == [
        "Hertfordshire", "Neighbours' average", *(n.area.short_name for n in near), "Kent",
        "East of England", "England",
    ]  # fmt: skip


def test_a_neighbour_that_is_also_chosen_has_one_row(release: Release) -> None:
    chosen = (release.areas.find("Oxfordshire").area_code, release.areas.find("919").area_code)
    names = [row.name for row in view(release, "919", chosen=chosen).rows]
    assert len(names) == len(set(names))


def test_the_finding_counts_the_quarters_of_the_level(release: Release) -> None:
    for by in ("level", "gap"):
        found = view(release, "919", by=by)
        steps = Counter(c.step for c in view(release, "919").rows[0].cells)
        if by == "level":
            total = sum(steps.values())
            assert f"on {steps['A']} of {total} outcomes" in found.words.finding
            assert f"worst quarter on {steps['D']}." in found.words.finding
        assert "by level" in found.words.finding


def test_columns_are_the_headline_in_order_without_the_stale(release: Release) -> None:
    found = view(release, "919")
    ids = [c.indicator_id for c in found.columns]
    assert ids == [i for i in release.catalogue.headline if i in ids]
    assert "neet_or_not_known" not in ids
    assert any("NEET or not known: the newest figures are of 2023" in x for x in found.left_out)
    assert set(found.left_out) <= set(found.words.caveats)


def test_so_few_pupils_have_no_quarter_and_no_position(release: Release) -> None:
    for area in ("City of London", "Isles of Scilly"):
        for mark in ("quarter", "tested"):
            own = view(release, area, mark=mark).rows[0]
            assert not any(cell.step for cell in own.cells)
    neighbour = next(r for r in view(release, "Camden", chosen=("E09000001",)).rows
                     if r.name == "City of London")  # fmt: skip
    assert not any(cell.step for cell in neighbour.cells)


def test_england_is_never_made_up(release: Release) -> None:
    found = view(release, "919")
    place = [c.indicator_id for c in found.columns].index("overall_absence")
    assert found.rows[-1].cells[place].said == "none published"
    assert any("Overall absence (median of authorities 12.39%)" in c for c in found.words.caveats)


def test_no_headline_figure_of_england_is_pooled(release: Release) -> None:
    """A pooled figure would need its own name in England's row."""
    for indicator_id in release.catalogue.headline:
        kind = release.catalogue.indicators[indicator_id].time_identifier.value
        for group in GROUPS:
            assert not release.rows(
                "england_pooled", indicator=indicator_id, group=group.value, breakdown="total",
                time_identifier=kind,
            )  # fmt: skip


def test_a_group_without_current_figures_offers_the_others(release: Release) -> None:
    request = Request(release.areas.find("919").area_code, "", SenGroup.ANY_SEN)
    found = grid(release, request, "level", "quarter", TODAY)
    assert isinstance(found, NoAnswer)
    assert ("See EHC plan", {"grp": "ehc_plan"}) in found.offers


def _lines(release: Release, area: str, group: SenGroup) -> Sparks:
    request = Request(release.areas.find(area).area_code, "", group)
    found = sparks(release, request, TODAY)
    assert isinstance(found, Sparks)
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_first_lowest_and_highest_are_those_of_the_comparable_years(
    release: Release, group: SenGroup
) -> None:
    seen = 0
    for area in release.areas.local_authorities()[GROUPS.index(group) :: 8]:
        found = _lines(release, area.area_code, group)
        for row in found.rows:
            if row.first == "none":
                continue
            table = release.values(row.indicator_id, area=area.area_code, sen_group=group.value)
            table = table[table["value"].notna()]
            newest = table[table["time_period"].str[-2:] == row.period_label[-2:]].iloc[-1]
            kept = table[
                (table["basis"] == newest["basis"])
                & (table["time_period"] <= newest["time_period"])
            ]
            baseline = release.catalogue.indicators[row.indicator_id].baseline
            if baseline in set(kept["time_period"]):
                kept = kept[kept["time_period"] >= baseline]
            if kept["source_id"].nunique() > 1:
                continue  # sources joined or parted by the catalogue: the view's own test
            decimals = len(row.level.split(" ")[0].rstrip("%").partition(".")[2])
            half, values = 0.51 * 10**-decimals, list(kept["value"])
            assert number(row.first) == pytest.approx(values[0], abs=half)
            assert number(row.low) == pytest.approx(min(values), abs=half)
            assert number(row.high) == pytest.approx(max(values), abs=half)
            seen += 1
        check_words(found.words)
    assert seen > 120


def test_a_change_inside_rounding_is_called_little(release: Release) -> None:
    rows = {r.indicator_id: r for r in _lines(release, "919", SenGroup.EHC_PLAN).rows}
    assert rows["ks2_rwm_expected"].change == "changed little (rose 2 pp)"
    assert rows["overall_absence"].change.endswith("the worse way")


def test_a_new_authority_has_no_year_before_it_began(release: Release) -> None:
    rows = {r.indicator_id: r for r in _lines(release, "Cumberland", SenGroup.EHC_PLAN).rows}
    assert rows["suspension_rate"].change == "no earlier comparable year"
    assert rows["eyfs_gld"].first.endswith("2022/23")


def test_so_few_pupils_have_no_change(release: Release) -> None:
    found = _lines(release, "Isles of Scilly", SenGroup.SEN_SUPPORT)
    assert {row.change for row in found.rows} == {"too few pupils"}
