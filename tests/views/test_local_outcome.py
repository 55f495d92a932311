"""One outcome of a local unit: each figure against the served cells, nothing of hidden ones."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

import pandas as pd
import pytest

from sendgap.charts.drawn import figures, svg
from sendgap.errors import UnknownNameError
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.views.local_beside import local_beside
from sendgap.views.local_model import LOCAL_GROUPS
from sendgap.views.local_not_split import local_not_split
from sendgap.views.local_outcome import LocalOutcome, counted
from sendgap.views.local_over_time import local_over_time
from sendgap.views.local_units import around, kind_of
from sendgap.views.model import GapOverTime, NoAnswer, SideBySide
from sendgap.views.request import ENGLAND
from tests.local.small import opened, part

COLUMNS = ["possible_sessions", "missed_sessions", "ks2_rwm_expected"]
SUPPORT = SenGroup.SEN_SUPPORT


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRelease]:
    with opened(
        tmp_path_factory.mktemp("data"),
        part(["C01", "C02", "C10", "C11"], ["202324", "202425"], COLUMNS),
    ) as held:
        yield held


def _units(local: LocalRelease) -> list[str]:
    return [f"{k}:{u}" for k in ("dspl", "cluster", "school") for u in list(local.names(k))[:3]]


@pytest.fixture(scope="module")
def views(release: Release, local: LocalRelease) -> list[tuple[str, str, SenGroup, LocalOutcome]]:
    asked = itertools.product(_units(local), LOCAL_GROUPS, (local_over_time, local_beside))
    return [
        (unit, indicator, group, way(release, local, unit, indicator, group))
        for unit, group, way in asked
        for indicator in counted(release, local, kind_of(unit), group)
    ]


def _cells(local: LocalRelease, unit: str, indicator: str, group: str) -> pd.DataFrame:
    kind, _, key = unit.partition(":")
    rows = local.cells(indicator, kinds=[kind], units=[key])
    return rows[rows["sen_group"] == group].set_index("time_period")


def test_every_drawn_number_is_a_served_cell_or_its_gap(
    release: Release, local: LocalRelease,
    views: list[tuple[str, str, SenGroup, LocalOutcome]],
) -> None:  # fmt: skip
    """Of all that a chart of screen or paper holds."""
    seen = 0
    for unit, indicator, _, found in views:
        if isinstance(found.view, NoAnswer):
            continue
        names = [unit, *around(local, unit)]
        rows = [local.cells(indicator, kinds=[k], units=[u])
                for k, _, u in (each.partition(":") for each in names)]  # fmt: skip
        levels = set(pd.concat(rows)["value"].dropna())
        published = set(release.values(indicator, area=ENGLAND)["value"].dropna())
        numbers = levels | published
        gaps = {round(abs(a - b), 2) for a in numbers for b in numbers}
        for drawn in figures(found.view):
            is_gap = drawn.key == "gaps"
            for trace in json.loads(drawn.figure.to_json())["data"]:
                values = trace["x"] if drawn.key == "beside" else trace["y"]
                if trace.get("meta") == "hidden":
                    continue
                for value in (v for v in values if v is not None):
                    seen += 1
                    near = [n for n in numbers if abs(n - value) < 1e-6]
                    assert near or (is_gap and round(abs(value), 2) in gaps), (unit, indicator)
    assert seen > 200


def test_a_hidden_figure_has_no_value_and_no_text(
    local: LocalRelease, views: list[tuple[str, str, SenGroup, LocalOutcome]]
) -> None:
    seen = 0
    for unit, indicator, group, found in views:
        if not isinstance(found.view, GapOverTime):
            continue
        cells = _cells(local, unit, indicator, group)
        for point in found.view.levels[0].points:
            cell = cells[cells["years"] == (1 if "to" not in point.period_label else 3)]
            value = cell.loc[point.time_period, "value"]
            if pd.isna(value):
                seen += 1
                assert point.value is None and point.lower is None and point.printed in "cxz"
                (row,) = [r for r in found.view.chart.table.rows if r[0] == point.period_label]
                assert row[1] in ("c", "z") and row[2] == "–"
                assert row[-1] in ("hidden to protect children", "nobody to count")
                drawn = [g for g in found.view.gaps[:1] for g in g.points]
                assert all(g.value is None for g in drawn if g.time_period == point.time_period)
            else:
                assert point.value == value
    assert seen > 10


def test_places_side_by_side_are_those_it_lies_in(release: Release, local: LocalRelease) -> None:
    members = local.members()
    for unit in _units(local):
        view = local_beside(release, local, unit, "overall_absence", SUPPORT).view
        if not isinstance(view, SideBySide):
            continue
        kind, _, key = unit.partition(":")
        urns = (
            {key}
            if kind == "school"
            else set(members[(members["unit_kind"] == kind) & (members["unit_id"] == key)]["urn"])
        )
        larger = {"school": ["cluster", "dspl"], "cluster": ["dspl"], "dspl": []}[kind]
        wanted = {
            local.names(k)[u]
            for k, u, urn in members[["unit_kind", "unit_id", "urn"]].itertuples(index=False)
            if k in larger and urn in urns
        }  # fmt: skip
        rows = {row.label for row in view.rows if row.role in ("cluster", "dspl")}
        assert rows == wanted
        assert [r.role for r in view.rows][0] == "area"


def test_a_gap_is_the_reference_less_the_group(release: Release, local: LocalRelease) -> None:
    """Positive is disadvantage: more absence than pupils without SEN, fewer at the standard."""
    seen = 0
    for indicator, sign in (("overall_absence", 1), ("ks2_rwm_expected", -1)):
        for unit in _units(local):
            view = local_over_time(release, local, unit, indicator, SUPPORT).view
            if not isinstance(view, GapOverTime) or not view.gaps:
                continue
            own = _cells(local, unit, indicator, SUPPORT)
            others = _cells(local, unit, indicator, "no_sen")
            for point in view.gaps[0].points:
                if point.value is not None:
                    sides = (own[own["years"] == 1]["value"], others[others["years"] == 1]["value"])
                    wide = sign * (sides[0][point.time_period] - sides[1][point.time_period])
                    assert point.value == pytest.approx(wide, abs=0.006)
                    seen += 1
    assert seen > 5


def test_england_is_the_published_figure_of_the_year(release: Release, local: LocalRelease) -> None:
    unit = f"dspl:{next(iter(local.names('dspl')))}"
    view = local_over_time(release, local, unit, "sen_support_prevalence", SUPPORT).view
    assert isinstance(view, GapOverTime)
    (line,) = [each for each in view.levels if each.role == "england"]
    published = release.values("sen_support_prevalence", area=ENGLAND, period="202425")
    (value,) = published[published["sen_group"] == "sen_support"]["value"]
    assert line.last is not None and line.last.value == value
    assert any("Department for Education" in s.publisher for s in view.words.sources)


def test_invented_figures_say_so_in_words_tables_files_and_charts(
    views: list[tuple[str, str, SenGroup, LocalOutcome]],
) -> None:
    for _, _, _, found in views:
        assert "Made-up data for practice. Not real schools." in found.view.words.caveats
        if isinstance(found.view, NoAnswer):
            continue
        assert found.view.chart.table.caption.endswith("practice data")
        assert found.view.chart.file_name.startswith("sendgap-practice-")
        assert "Practice data" in found.view.words.badges
        assert len(found.view.chart.alt) <= 150
    drawn = next(f.view for _, _, _, f in views if not isinstance(f.view, NoAnswer))
    assert b"Made-up data for practice" in svg(figures(drawn), drawn.words, "x")


def test_no_word_says_that_a_hidden_number_is_small(
    views: list[tuple[str, str, SenGroup, LocalOutcome]],
) -> None:
    for _, _, _, found in views:
        said = [found.view.words.finding, *found.view.words.sentences]
        said += [found.view.message] if isinstance(found.view, NoAnswer) else []
        for line in said:
            if "no figure" in line:
                assert "hidden to protect children" in line or "size" in line or "nobody" in line
                assert "few" not in line and "small" not in line


def test_what_moved_is_not_told_and_says_why(release: Release, local: LocalRelease) -> None:
    found = local_not_split(release, local, "dspl:D1", "ks2_rwm_expected", SUPPORT).view
    assert isinstance(found, NoAnswer)
    assert found.message == "What moved the gap is not told for a DSPL area."
    assert "could give away what is hidden" in found.words.sentences[0]


def test_an_unknown_unit_is_refused(release: Release, local: LocalRelease) -> None:
    for unit in ("dspl:D77", "authority:practice", "x"):
        with pytest.raises(UnknownNameError):
            local_over_time(release, local, unit, "overall_absence", SUPPORT)
