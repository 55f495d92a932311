"""Charts over time draw every state, and every line can be told apart and read."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import plotly.graph_objects as go
import pytest

from sendgap.charts import over_time
from sendgap.views.model import GapOverTime, Line
from tests.charts import views

Trace = dict[str, Any]


def drawn(figure: go.Figure | None) -> dict[str, Any]:
    assert figure is not None
    made: dict[str, Any] = figure.to_plotly_json()
    return made


def traces(figure: go.Figure | None, role: str) -> list[Trace]:
    return [trace for trace in drawn(figure)["data"] if trace.get("meta") == role]


def words(figure: go.Figure | None) -> list[str]:
    return [note["text"] for note in drawn(figure)["layout"]["annotations"]]


def values(trace: Trace) -> list[tuple[float | None, float | None]]:
    return list(zip(trace["x"], trace["y"], strict=True))


FIGURES = {
    "levels": lambda: over_time.levels(views.over_time()),
    "gaps": lambda: over_time.gaps(views.over_time()),
    "without a gap": lambda: over_time.levels(views.without_gap()),
}


@pytest.mark.parametrize("name", FIGURES)
def test_any_two_lines_differ_in_dash_symbol_or_width(name: str) -> None:
    lines = [t for t in drawn(FIGURES[name]())["data"] if t["mode"] == "lines+markers"]
    looks = [
        (t["line"]["dash"], t["line"]["width"], t["marker"]["symbol"][0].removesuffix("-open"))
        for t in lines
    ]
    assert len(looks) > 1
    assert all(one != other for one, other in combinations(looks, 2))


@pytest.mark.parametrize("name", FIGURES)
def test_layout_is_explicit_and_labels_stand_beside_lines(name: str) -> None:
    layout = drawn(FIGURES[name]())["layout"]
    assert layout["template"]["layout"] == {"colorway": ["#0B0C0C"]}
    assert layout["showlegend"] is False
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "#FFFFFF"
    assert isinstance(layout["height"], int)
    assert layout["font"]["size"] == 14
    ends = [n for n in layout["annotations"] if n.get("name") == "end label"]
    assert len(ends) > 1
    assert all(note["font"]["color"] == "#0B0C0C" for note in ends)


@pytest.mark.parametrize("name", FIGURES)
def test_end_labels_do_not_touch(name: str) -> None:
    layout = drawn(FIGURES[name]())["layout"]
    plot = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    ends = [n for n in layout["annotations"] if n.get("name") == "end label"]
    spans = sorted(
        (n["y"] * plot - 7.5 * lines, n["y"] * plot + 7.5 * lines)
        for n in ends
        for lines in [n["text"].count("<br>") + 1]
    )
    assert all(low[1] <= high[0] for low, high in zip(spans, spans[1:], strict=False))


def test_end_labels_name_the_line_and_its_newest_figure() -> None:
    said = " ".join(words(over_time.levels(views.over_time())))
    assert "<b>EHC plan</b>" in said and "<b>10%</b>" in said
    assert "No SEN<br>75%" in said and "provisional" in said


def test_a_line_that_ends_early_says_when() -> None:
    view = views.over_time()
    short = replace(view.levels[0], points=view.levels[0].points[:7])
    said = words(over_time.levels(replace(view, levels=(short, view.levels[1]))))
    assert any("(2022)" in text for text in said)


def test_lines_break_at_a_new_basis_and_at_missing_years() -> None:
    (sen,) = traces(over_time.levels(views.over_time()), "sen")
    assert values(sen) == [
        (2016, 3), (2017, 5), (None, None), (2018, 8), (None, None),
        (2022, 0), (2023, 8), (2024, 9), (2025, 10),
    ]  # fmt: skip
    assert sen["connectgaps"] is False


def test_zero_is_drawn_as_zero_and_above_the_axis_foot() -> None:
    figure = drawn(over_time.levels(views.over_time()))
    (sen,) = [t for t in figure["data"] if t.get("meta") == "sen"]
    assert 0 in sen["y"]
    assert figure["layout"]["yaxis"]["range"][0] < 0


def test_a_hidden_figure_is_a_hollow_square_below_zero_with_its_letter() -> None:
    figure = over_time.levels(views.over_time())
    (hidden,) = traces(figure, "hidden")
    assert list(hidden["x"]) == [2019] and list(hidden["text"]) == ["c"]
    assert hidden["marker"]["symbol"] == "square-open"
    assert drawn(figure)["layout"]["yaxis"]["range"][0] < hidden["y"][0] < 0


def test_provisional_figures_are_open_marks() -> None:
    (sen,) = traces(over_time.levels(views.over_time()), "sen")
    assert sen["marker"]["symbol"][-1] == "square-open"
    assert sen["marker"]["symbol"][-2] == "square"


def test_years_that_are_not_compared_are_open_marks() -> None:
    view = views.over_time()
    band = replace(view.bands[0], first=2022.5, last=2023.5, label="Not comparable")
    (sen,) = traces(over_time.levels(replace(view, bands=(band,))), "sen")
    marks = dict(zip(sen["x"], sen["marker"]["symbol"], strict=True))
    assert marks[2023] == "square-open" and marks[2022] == "square"


def test_the_gap_is_shaded_once_for_each_unbroken_run() -> None:
    shades = traces(over_time.levels(views.over_time()), "shade")
    assert [(min(t["x"]), max(t["x"])) for t in shades] == [(2016, 2017), (2022, 2025)]
    assert all(t["fill"] == "toself" for t in shades)


def test_bands_and_breaks_are_labelled() -> None:
    figure = over_time.gaps(views.over_time())
    assert {"No figures (COVID-19)", "new basis 2018"} <= set(words(figure))
    shapes = drawn(figure)["layout"]["shapes"]
    assert any(s["type"] == "rect" and (s["x0"], s["x1"]) == (2019.5, 2021.5) for s in shapes)
    assert any(s["type"] == "line" and s["x0"] == s["x1"] == 2017.5 for s in shapes)


def test_the_newest_gap_is_written_between_the_lines() -> None:
    assert "65 pp" in words(over_time.levels(views.over_time()))


def test_zero_on_the_gap_axis_is_a_rule_that_says_no_gap() -> None:
    layout = drawn(over_time.gaps(views.over_time()))["layout"]
    assert "no gap" in layout["yaxis"]["ticktext"]
    assert any(s["type"] == "line" and s["y0"] == s["y1"] == 0 for s in layout["shapes"])


def test_a_negative_gap_lies_below_the_rule() -> None:
    view = views.over_time()
    assert view.gap_axis is not None
    area = view.gaps[0]
    turned: Line = replace(
        area,
        points=tuple(
            replace(p, value=-5.0, printed="−5 pp") if p.time_period == "2025" else p
            for p in area.points
        ),
    )
    axis = replace(view.gap_axis, lowest=-5)
    figure = over_time.gaps(replace(view, gaps=(turned,), gap_axis=axis))
    (line,) = traces(figure, "area")
    low, high = drawn(figure)["layout"]["yaxis"]["range"]
    assert line["y"][-1] == -5 and low < -5 < 0 < high


def test_an_outcome_without_a_gap_has_no_gap_chart() -> None:
    assert over_time.gaps(views.without_gap()) is None


def test_no_more_year_labels_than_a_phone_has_room_for() -> None:
    axis = drawn(over_time.levels(views.over_time()))["layout"]["xaxis"]
    assert 2 <= len(axis["tickvals"]) <= 5 and 2025 in axis["tickvals"]
    assert len(axis["minor"]["tickvals"]) == 10


@pytest.mark.parametrize("view", [views.over_time(), views.without_gap()], ids=["gap", "no gap"])
def test_units_stand_at_the_top(view: GapOverTime) -> None:
    assert view.level_axis.title in words(over_time.levels(view))


def test_the_axis_begins_with_the_first_figure_that_is_drawn() -> None:
    """Levels of the area start later than England's gap: each chart has its own first year."""
    view = views.over_time()
    points = [p for p in view.levels[0].points if p.value is not None]
    first = points[1].position

    def later(line: Line) -> Line:
        blank = [replace(p, value=None, symbol="none") if p.position < first else p
                 for p in line.points]  # fmt: skip
        return replace(line, points=tuple(blank))

    cut = replace(view, levels=tuple(map(later, view.levels)))
    axis = drawn(over_time.levels(cut))["layout"]["xaxis"]
    assert axis["range"][0] == pytest.approx(first - 0.4)
    assert min(axis["minor"]["tickvals"]) == first
    whole = drawn(over_time.levels(view))["layout"]["xaxis"]
    assert whole["range"][0] < axis["range"][0] and whole["range"][1] == axis["range"][1]
    gaps = drawn(over_time.gaps(cut))["layout"]["xaxis"]
    assert gaps["range"] == drawn(over_time.gaps(view))["layout"]["xaxis"]["range"]
    edges = {shape["x0"] for shape in drawn(over_time.levels(cut))["layout"]["shapes"]}
    assert all(edge == 0 or edge >= first - 0.4 for edge in edges)
