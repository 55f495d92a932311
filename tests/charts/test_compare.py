"""Rankings and level against gap: who is drawn how, and no gap without its level."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sendgap.charts import theme
from sendgap.charts.level_and_gap import level_and_gap
from sendgap.charts.ranking import hover, ranking
from sendgap.charts.spark import spark
from sendgap.terms import Polarity, SenGroup
from sendgap.views.compare_model import Beside, CompareAreas, RankedArea
from sendgap.views.model import Axis, Table
from tests.charts.views import CHART, DEFINITION, PERCENT, WORDS, point


def area(number: int, role: str, level: float | None, reference: float = 80.0) -> RankedArea:
    gap = None if level is None else reference - level
    shown = "x" if level is None else f"{level:g}%"
    return RankedArea(
        role, f"{number}", f"Area {number}", "North", level, shown, f"{number}th of 9", reference,
        f"{reference:g}%", gap, "x" if gap is None else f"{gap:g} pp", f"{number}th of 9",
        "similar", "not given", "Close", provisional=False,
    )  # fmt: skip


def view(count: int = 40, *, by: str = "level") -> CompareAreas:
    roles = {3: "area", 5: "neighbour", 8: "neighbour", 9: "chosen"}
    rows = [area(n, roles.get(n, "other"), 60.0 - n) for n in range(1, count)]
    rows.append(area(99, "other", None))
    return CompareAreas(
        WORDS, DEFINITION, CHART, Table("caption", ("Area",), ()), tuple(rows),
        (
            Beside("neighbours", "Neighbours' average (10 of 10)", 40.0, "40.0%", 40.0, "40.0 pp"),
            Beside("chosen", "Chosen areas (plain mean of 2 of 2)", 41, "41.0%", 39.0, "39.0 pp"),
            Beside("region", "North", 42.0, "42%", 38.0, "38 pp"),
            Beside("england", "England", None, "none", None, "none"),
        ),
        (), "", PERCENT, Axis("Gap, percentage points", 0, "", 0, 60), Polarity.HIGHER_IS_BETTER,
        SenGroup.EHC_PLAN, "EHC plan", "No SEN", by, "england", "alt", ("highest (1st)", "lowest"),
    )  # fmt: skip


def traces(figure: Any) -> dict[str, Any]:
    return {trace.meta: trace for trace in figure.data}


def words(figure: Any) -> str:
    return " ".join(str(note.text) for note in figure.layout.annotations)


def test_all_of_england_is_thin_bars_from_zero_without_names() -> None:
    figure = ranking(view())
    bars = traces(figure)["areas"]
    assert len(bars.y) == 39
    assert set(bars.base) == {0.0}
    assert list(bars.y) == sorted(bars.y, reverse=True)
    assert "Area 7" not in words(figure)
    assert "Area 3 57%" in words(figure)
    assert not figure.layout.showlegend


def test_roles_differ_in_more_than_colour() -> None:
    drawn = traces(ranking(view()))
    shapes = [drawn[role].marker.symbol for role in ("area", "neighbour", "chosen")]
    assert len(set(shapes)) == 3
    dashes = [drawn[role].line.dash for role in ("neighbours", "region")]
    assert len(set(dashes)) == 2


def test_a_comparator_without_a_figure_is_not_drawn() -> None:
    assert "england" not in traces(ranking(view()))
    assert "England" not in words(ranking(view()))


@pytest.mark.parametrize("count", [12, 40])
def test_a_bar_in_order_of_gap_runs_from_the_level_to_the_reference(count: int) -> None:
    figure = ranking(view(count, by="gap"))
    bars = traces(figure)["areas"]
    lengths = bars.x if bars.orientation == "h" else bars.y
    assert bars.base[0] == 59.0 and lengths[0] == 21.0
    assert "from EHC plan to No SEN" in words(figure)


def test_a_few_areas_have_names_figures_and_places() -> None:
    figure = ranking(view(12))
    names = figure.layout.yaxis.ticktext
    assert len(names) == 11 + 3
    assert names[2] == "<b>Area 3</b>"
    assert "57% · 3th" in words(figure)
    assert figure.layout.shapes


def test_the_hover_says_level_place_and_gap() -> None:
    said = traces(ranking(view()))["areas"].hovertext[2]
    assert said == "Area 3<br>57% · 3th of 9<br>gap 23 pp · 3th of 9"


def test_the_hover_says_how_far_a_place_could_be_off_where_it_is_known() -> None:
    known = replace(area(3, "area", 57.0), place_range="2nd to 9th", gap_place_range="not given")
    assert (
        hover(known, has_gap=True)
        == "Area 3<br>57% · 3th of 9, could be 2nd to 9th<br>gap 23 pp · 3th of 9"
    )
    assert "could be" not in hover(area(3, "area", 57.0), has_gap=True)


def test_narrower_gaps_are_at_the_top_and_better_levels_at_the_right() -> None:
    figure = level_and_gap(view())
    low, high = figure.layout.yaxis.range
    assert low > high
    assert figure.layout.xaxis.range[0] < figure.layout.xaxis.range[1]
    turned = level_and_gap(replace(view(), polarity=Polarity.LOWER_IS_BETTER))
    assert turned.layout.xaxis.range[0] > turned.layout.xaxis.range[1]
    for corner in ("higher level,<br>narrower gap", "lower level,<br>wider gap"):
        assert corner in words(figure)


def test_no_point_lies_under_the_words_of_a_corner() -> None:
    layout = (figure := level_and_gap(view())).layout
    low, high = sorted(layout.yaxis.range)
    plot = layout.height - layout.margin.t - layout.margin.b
    gaps = [gap for t in figure.data if t.mode == "markers" for gap in t.y]
    free = min(min(gaps) - low, high - max(gaps)) / (high - low) * plot
    corner = next(a for a in layout.annotations if a.text == "lower level,<br>wider gap")
    assert free >= 2 * 1.3 * corner.font.size


def test_every_area_with_both_figures_is_a_point() -> None:
    drawn = [t for t in level_and_gap(view()).data if t.mode == "markers"]
    assert sum(len(t.x) for t in drawn) == 39
    assert drawn[-1].meta == "area"


def test_a_line_of_one_reference_level_trades_level_for_gap() -> None:
    line = next(t for t in level_and_gap(view()).data if t.meta == "diagonal")
    assert line.x[0] + line.y[0] == pytest.approx(line.x[1] + line.y[1])


def test_englands_lines_stand_only_where_it_has_both() -> None:
    assert not level_and_gap(view()).layout.shapes
    england = Beside("england", "England", 40.0, "40%", 40.0, "40 pp")
    figure = level_and_gap(replace(view(), beside=(england,)))
    assert len(figure.layout.shapes) == 2


def test_a_small_line_joins_only_what_may_be_compared() -> None:
    points = [point(2016, 3), point(2017, 5), point(2018, 9, segment=1), point(2019, 8, segment=1)]
    drawn = spark(points, SenGroup.EHC_PLAN)
    assert drawn.count("<polyline") == 2
    assert theme.GROUPS[SenGroup.EHC_PLAN].colour in drawn


def test_a_small_line_needs_two_figures_and_opens_a_provisional_one() -> None:
    assert spark([point(2016, 3), point(2017, None, symbol="c")], SenGroup.EHC_PLAN) == ""
    drawn = spark([point(2016, 3), point(2017, 3, provisional=True)], SenGroup.EHC_PLAN)
    assert 'fill="#FFFFFF"' in drawn
