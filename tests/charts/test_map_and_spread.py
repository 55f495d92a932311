"""Hexagons and dots: who is drawn how, and what stands for a figure that is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sendgap.charts import paper
from sendgap.charts.beeswarm import beeswarm, swarm
from sendgap.charts.hexagon_map import hexagon_map
from sendgap.charts.verdict import CLASSES
from sendgap.terms import Polarity, SenGroup
from sendgap.views.area_map import AreaMap, MapCell
from sendgap.views.compare_model import RankedArea
from sendgap.views.model import Axis, Table
from sendgap.views.quarters import LOW, NO_FIGURE, NO_QUARTER, VERDICTS, KeyLine, Step
from sendgap.views.spread import Dot, Mark, Spread
from tests.charts.test_compare import area, traces, words
from tests.charts.views import CHART, DEFINITION, WORDS

TABLE = Table("caption", ("Area",), ())


def cell(number: int, role: str, step: Step, printed: str = "10%") -> MapCell:
    return MapCell(area(number, role, 10.0), f"A{number:02}", number * 1.0, 0.0, step, printed)


def the_map(*cells: MapCell, verdict: bool = True) -> AreaMap:
    steps = dict.fromkeys(c.step for c in cells)
    key = tuple(KeyLine(s, sum(c.step == s for c in cells), "5% to 9%") for s in steps)
    rows = tuple(c.row for c in cells)
    return AreaMap(WORDS, DEFINITION, CHART, TABLE, rows, cells, key, "", SenGroup.EHC_PLAN,
                   "level", verdict)  # fmt: skip


FOUR = (
    cell(1, "area", VERDICTS[0]), cell(2, "neighbour", VERDICTS[1]), cell(3, "other", VERDICTS[2]),
    cell(4, "chosen", VERDICTS[3]), cell(5, "other", NO_FIGURE, "c"),
    cell(6, "other", NO_FIGURE, "no common source"), cell(7, "other", NO_QUARTER),
)  # fmt: skip


def test_each_class_is_one_trace_with_its_fill() -> None:
    drawn = traces(hexagon_map(the_map(*FOUR)))
    for step in (*VERDICTS, NO_FIGURE, NO_QUARTER):
        assert drawn[step.key].fillcolor == CLASSES[step.key].fill
        assert drawn[step.key].line.color == "#767676"
    assert drawn["hidden"].x.count(None) == 1


def test_a_hidden_figure_is_white_dotted_and_lettered() -> None:
    figure = hexagon_map(the_map(*FOUR))
    drawn = traces(figure)
    assert drawn["hidden"].fillcolor == "#FFFFFF"
    assert drawn["hidden"].line.dash == "dot"
    letters = drawn["letters"].text
    assert letters[4] == "c"
    assert letters[5] == "A06"
    assert "no common source" in drawn["letters"].hovertext[5]


def test_outlines_differ_in_dash_and_width_and_stand_on_white() -> None:
    drawn = traces(hexagon_map(the_map(*FOUR)))
    looks = {(drawn[r].line.dash, drawn[r].line.width) for r in ("area", "neighbour", "chosen")}
    assert len(looks) == 3
    for role in ("area", "neighbour", "chosen"):
        assert drawn[role].line.color == "#0B0C0C"
        assert drawn[f"under {role}"].line.color == "#FFFFFF"
        assert drawn[f"under {role}"].line.width > drawn[role].line.width


def test_a_hexagon_has_six_equal_sides_and_touches_the_next() -> None:
    trace = traces(hexagon_map(the_map(cell(1, "other", VERDICTS[0]))))["A"]
    spots = list(zip(trace.x, trace.y, strict=True))
    assert spots[0] == spots[6]
    sides = [((a - c) ** 2 + (b - d) ** 2) ** 0.5 for (a, b), (c, d) in zip(spots, spots[1:], strict=False)]  # fmt: skip  # noqa: E501
    assert sides == pytest.approx([sides[0]] * 6, abs=1e-3)
    assert max(trace.x) - min(trace.x) == pytest.approx(0.97, abs=1e-3)


def test_the_code_of_what_is_pointed_at_is_carried() -> None:
    assert list(traces(hexagon_map(the_map(*FOUR)))["letters"].customdata)[:2] == ["1", "2"]


def test_the_key_has_symbols_words_ranges_and_counts() -> None:
    said = words(hexagon_map(the_map(*FOUR)))
    assert "▲▲ best quarter, 5% to 9% (1)" in said
    assert "no figure: the letter or word says why" in said
    assert "its statistical neighbours" in said
    assert not words(hexagon_map(the_map(*FOUR), has_key=False))


def test_letters_on_dark_fills_are_white() -> None:
    figure = hexagon_map(the_map(cell(1, "area", LOW[3]), cell(2, "other", LOW[0]), verdict=False))
    assert list(traces(figure)["letters"].textfont.color) == ["#FFFFFF", "#0B0C0C"]


def test_a_map_of_nobody_is_an_empty_frame() -> None:
    figure = hexagon_map(the_map())
    assert traces(figure)["letters"].x == ()


def test_the_map_is_drawn_on_paper_with_its_key() -> None:
    drawn = paper.svg(hexagon_map(the_map(*FOUR)), alt="alt").decode()
    assert "best quarter" in drawn and "A03" in drawn


# Dots --------------------------------------------------------------------------------


def dot(number: int, role: str, value: float) -> Dot:
    row: RankedArea = replace(area(number, role, value), name=f"Area {number}")
    return Dot(row, value, f"{value:g}%", f"{number}th of 9")


def the_spread(*dots: Dot, whole: bool = True, quarters: bool = True) -> Spread:
    values = [d.value for d in dots]
    low, high = min(values, default=0.0), max(values, default=1.0)
    marks = (
        Mark("q25", "a quarter below", 11, "11%"), Mark("median", "middle", 12, "12%"),
        Mark("q75", "a quarter above", 13, "13%"),
    )  # fmt: skip
    ends = (
        Mark("lowest", "Area 1", low, f"{low:g}%"),
        Mark("highest", "Area 9", high, f"{high:g}%"),
    )
    return Spread(
        WORDS, DEFINITION, CHART, TABLE, TABLE, tuple(d.row for d in dots), dots,
        marks if quarters else (), (Mark("england", "England", 12.0, "12%"),), ends if dots else (),
        Axis("% of pupils", 0, "%", low, high), whole, Polarity.HIGHER_IS_BETTER,
        SenGroup.EHC_PLAN, "level",
    )  # fmt: skip


DOTS = (
    dot(1, "other", 10), dot(2, "other", 12), dot(3, "area", 12), dot(4, "neighbour", 12),
    dot(5, "other", 12), dot(6, "other", 20),
)  # fmt: skip


def test_whole_numbers_stand_in_columns_from_the_foot_the_area_first() -> None:
    places = {d.row.la_code: up for d, up in swarm(DOTS, is_whole=True)}
    assert places == {"1": 0, "3": 0, "4": 1, "2": 2, "5": 3, "6": 0}


def test_other_figures_spread_outward_from_the_middle() -> None:
    places = {d.row.la_code: up for d, up in swarm(DOTS, is_whole=False)}
    assert sorted(places[c] for c in "2345") == [-1, 0, 1, 2]
    assert places["3"] == 0


def test_the_same_figures_give_the_same_picture_in_any_order() -> None:
    once = {d.row.la_code: up for d, up in swarm(DOTS, is_whole=False)}
    again = {d.row.la_code: up for d, up in swarm(DOTS[::-1], is_whole=False)}
    assert once == again


def test_no_dot_is_left_out_or_moved_sideways() -> None:
    drawn = traces(beeswarm(the_spread(*DOTS)))
    shown = [x for role in ("area", "neighbour", "chosen", "other") for x in drawn[role].x]
    assert sorted(shown) == sorted(d.value for d in DOTS)


def test_roles_differ_in_shape_and_size() -> None:
    drawn = traces(beeswarm(the_spread(*DOTS)))
    looks = {(drawn[r].marker.symbol, drawn[r].marker.size) for r in ("area", "neighbour", "other")}
    assert len(looks) == 3
    assert drawn["area"].marker.size == 14


def test_quarters_and_england_are_lines_that_differ() -> None:
    figure = beeswarm(the_spread(*DOTS))
    drawn = traces(figure)
    assert {drawn[r].x[0] for r in ("q25", "median", "q75")} == {11, 12, 13}
    assert drawn["england"].line.dash != drawn["median"].line.dash
    assert "Quarters of authorities end at 11%, 12% and 13%" in words(figure)
    assert "England 12%" in words(figure)


def test_few_areas_have_no_quarter_lines() -> None:
    figure = beeswarm(the_spread(*DOTS, quarters=False))
    assert "q25" not in traces(figure)
    assert "Quarters" not in words(figure)


def test_the_area_and_both_ends_are_named() -> None:
    said = words(beeswarm(the_spread(*DOTS)))
    assert "<b>Area 3</b>" in said
    assert "Area 9<br>20%" in said
    assert "Area 3 12%</b>, 3th of 9" in said


def test_an_area_without_a_figure_and_nobody_at_all_are_drawn() -> None:
    assert "<b>" not in words(beeswarm(the_spread(DOTS[0], DOTS[-1])))
    assert traces(beeswarm(the_spread()))["other"].x == ()


def test_equal_figures_are_one_column() -> None:
    figure = beeswarm(the_spread(*(dot(n, "other", 5.0) for n in range(30)), whole=False))
    assert len(set(traces(figure)["other"].y)) == 30
    low, high = figure.layout.xaxis.range
    assert low < 5 < high


def test_the_spread_is_drawn_on_paper() -> None:
    drawn = paper.svg(beeswarm(the_spread(*DOTS)), alt="alt").decode()
    assert "Area 3" in drawn and "England 12%" in drawn


def test_the_tallest_column_fits() -> None:
    many = tuple(dot(n, "other", 7.0) for n in range(140))
    assert beeswarm(the_spread(*many)).layout.height < 520
