"""One school, cluster or DSPL area on every outcome: each figure against the cells themselves."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pandas as pd
import pytest

from sendgap.charts.drawn import figures, svg
from sendgap.charts.one_place import one_place
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.ui import downloads
from sendgap.views import local_one as views
from sendgap.views.frame import Frame
from sendgap.views.local_model import LOCAL_GROUPS, LOCAL_KINDS, LocalOne, LocalSimilar, SimilarUnit
from sendgap.views.local_one import FEWEST_SIMILAR, local_one
from sendgap.views.request import ENGLAND, Request
from tests.local.small import opened, part

COLUMNS = ["possible_sessions", "missed_sessions", "ks2_rwm_expected"]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRelease]:
    demo = part(["C01", "C02", "C10", "C11"], ["202324", "202425"], COLUMNS)
    with opened(tmp_path_factory.mktemp("data"), demo) as held:
        yield held


@pytest.fixture(scope="module")
def places(release: Release, local: LocalRelease) -> list[tuple[str, SenGroup, LocalOne]]:
    units = [(kind, key) for kind in LOCAL_KINDS for key in list(local.names(kind))[:8]]
    return [
        (f"{kind}:{key}", group, local_one(release, local, f"{kind}:{key}", group))
        for (kind, key), group in itertools.product(units, LOCAL_GROUPS)
    ]


def newest(local: LocalRelease, unit: str, indicator: str, group: SenGroup) -> pd.Series:
    """The unit's newest cell that is not ruled out for its size, a single year before others."""
    kind, _, key = unit.partition(":")
    rows = local.cells(indicator, kinds=[kind], units=[key])
    rows = rows[rows["sen_group"] == group]
    rows = rows[rows["symbol"] != "x"] if (rows["symbol"] != "x").any() else rows
    return rows.sort_values(["time_period", "years"], ascending=[True, False]).iloc[-1]


def test_each_own_figure_and_mark_is_the_cell_of_the_same_years(
    local: LocalRelease, places: list[tuple[str, SenGroup, LocalOne]]
) -> None:
    seen = {"shown": 0, "hidden": 0, "marks": 0}
    for unit, group, view in places:
        for outcome in view.outcomes:
            cell = newest(local, unit, outcome.indicator_id, group)
            if pd.isna(cell.value):
                assert outcome.hidden and outcome.own.value is None and outcome.interval == "–"
                assert outcome.own.lower is None and outcome.gap == "–" and outcome.against == "–"
                seen["hidden"] += 1
            else:
                assert not outcome.hidden and outcome.own.value == cell.value
                seen["shown"] += 1
            for mark in (m for m in outcome.marks if m.role != "england"):
                rows = local.cells(outcome.indicator_id, kinds=[mark.role])
                rows = rows[
                    (rows["name"] == mark.label) & (rows["sen_group"] == group)
                    & (rows["time_period"] == cell.time_period) & (rows["years"] == cell.years)
                ]  # fmt: skip
                values = rows["value"].dropna().tolist()
                assert ([] if mark.value is None else [mark.value]) == values
                seen["marks"] += bool(values)
    assert min(seen.values()) > 30, seen


def test_a_school_stands_beside_its_cluster_its_dspl_area_and_its_authority(
    local: LocalRelease, places: list[tuple[str, SenGroup, LocalOne]]
) -> None:
    members = local.members()
    for unit, _, view in places:
        kind, _, key = unit.partition(":")
        if kind == "school":
            mine = members[members["urn"] == key]
            names = [
                local.names(outer)[inner]
                for outer, inner in mine[["unit_kind", "unit_id"]].sort_values("unit_kind").values
            ]
            for outcome in view.outcomes:
                assert [m.label for m in outcome.marks[: len(names)]] == names
                assert [m.role for m in outcome.marks][-2:] == ["authority", "england"]


def test_nothing_hidden_is_in_a_chart_or_a_file(
    release: Release, local: LocalRelease, places: list[tuple[str, SenGroup, LocalOne]]
) -> None:
    for unit, _, view in places:
        hidden = [outcome for outcome in view.outcomes if outcome.hidden]
        for drawn in (*figures(view), None):
            figure = one_place(view, narrow=True) if drawn is None else drawn.figure
            traces = {t["meta"]: t for t in figure.to_plotly_json()["data"]}
            if "own" not in traces:
                continue
            assert len(traces["own"]["x"]) == len(view.shown)
            told = sum(outcome.interval != "–" for outcome in view.shown)
            assert len(traces["interval"]["x"]) == 3 * told
            said = " ".join(traces["own"]["hovertext"])
            assert not any(f"{o.name}<br>" in said for o in hidden)
        served = local.unit_cells([unit])[["value", "lower", "upper"]].stack().dropna()
        known = {round(float(v), 6) for v in served}
        for outcome in view.outcomes:
            points = [p for line in outcome.lines[:-1] for p in line.points]
            for value in (v for p in points for v in (p.value, p.lower, p.upper)):
                assert value is None or round(value, 6) in known
        text = downloads.csv(view.chart.table).decode("utf-8-sig")
        assert len(text.splitlines()) == len(view.outcomes) + 1
        assert "practice" in view.chart.file_name and "practice data" in view.table.caption
        assert len(view.chart.alt) <= 150 and len(view.years_alt) <= 150
    shown = next(view for _, _, view in places if len(view.ticks) > 1 and view.shown)
    drawing = svg(figures(shown), shown.words, release.release_id).decode()
    assert "Made-up data for practice" in drawing


def test_the_headline_outcomes_stand_first(
    release: Release, places: list[tuple[str, SenGroup, LocalOne]]
) -> None:
    order = [*release.catalogue.headline, *release.catalogue.indicators]
    for _, _, view in places:
        ids = [outcome.indicator_id for outcome in view.outcomes]
        assert ids == sorted(ids, key=order.index)


def test_what_is_not_shown_is_named_with_a_reason(
    places: list[tuple[str, SenGroup, LocalOne]],
) -> None:
    for _, _, view in places:
        said = " ".join(view.withheld).casefold()
        for outcome in view.outcomes:
            assert (outcome.name.casefold() in said) or not outcome.hidden
        assert "fewer than" not in said and "small" not in said


def test_groups_of_which_more_is_shown_are_offered(
    places: list[tuple[str, SenGroup, LocalOne]],
) -> None:
    shown = {(unit, group): len(view.shown) for unit, group, view in places}
    offered = 0
    for unit, group, view in places:
        mine = shown[unit, group]
        best = {g: shown[unit, g] for g in LOCAL_GROUPS if shown[unit, g] > mine}
        assert set(best) <= {g for g, _ in view.others}
        offered += len(view.others)
    assert offered > 3


def test_similar_ones_give_a_range_of_shown_figures_or_none(
    release: Release, local: LocalRelease, monkeypatch: pytest.MonkeyPatch
) -> None:
    schools = list(local.names("school"))
    own, others = schools[0], schools[1:]
    alike = LocalSimilar(tuple(SimilarUnit(f"school:{urn}", urn, "close") for urn in others), "")
    monkeypatch.setattr(views, "similar_to", lambda *_: alike)
    ranges = 0
    for group in LOCAL_GROUPS:
        view = local_one(release, local, f"school:{own}", group)
        for outcome in view.outcomes:
            cell = newest(local, f"school:{own}", outcome.indicator_id, group)
            rows = local.cells(outcome.indicator_id, kinds=["school"], units=others)
            rows = rows[
                (rows["sen_group"] == group) & (rows["time_period"] == cell.time_period)
                & (rows["years"] == cell.years)
            ]  # fmt: skip
            values = rows["value"].dropna()
            if len(values) < FEWEST_SIMILAR:
                assert outcome.similar is None
                assert outcome.similar_printed.startswith(f"{len(values)} of {len(others)} ")
                continue
            assert outcome.similar is not None
            assert (outcome.similar.low, outcome.similar.high) == (values.min(), values.max())
            assert outcome.similar_printed.endswith(f"({len(values)} of {len(others)} shown)")
            ranges += 1
    assert ranges >= 3


def test_england_is_the_published_figure_where_there_is_one(
    release: Release, places: list[tuple[str, SenGroup, LocalOne]]
) -> None:
    published = 0
    for _, group, view in places[:9]:
        for outcome in view.outcomes:
            (mark,) = [m for m in outcome.marks if m.role == "england"]
            indicator = release.catalogue.indicators[outcome.indicator_id]
            frame = Frame.of(release, Request(ENGLAND, indicator.id, group))
            rows = [r for r in frame.levels([ENGLAND], [group]) if r.value is not None]
            if mark.label == "England" and mark.value is not None:
                assert mark.value == rows[-1].value
                published += 1
            elif mark.value is not None:
                assert mark.printed.startswith("median ")
    assert published > 3
