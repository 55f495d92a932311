"""Paper draws what the screen's figure says, where it says so, and refuses what it cannot."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import plotly.graph_objects as go
import pytest
from PIL import Image

from sendgap.charts import over_time, paper, side_by_side, theme
from sendgap.charts.funnel import funnel
from sendgap.charts.level_and_gap import level_and_gap
from sendgap.charts.paper import canvas as sheet
from sendgap.charts.ranking import ranking
from sendgap.charts.waterfall import waterfall
from tests.charts import views
from tests.charts.drawings import SVG, places, root, shapes, words
from tests.charts.test_change_and_chance import THREE, small
from tests.charts.test_compare import view as compared

MARGIN = {"l": 50, "r": 50, "t": 20, "b": 30}
#: The plot of :func:`drawn`: 200 pixels wide, 100 high, its foot 120 pixels down.
LEFT, FOOT, WIDE, HIGH = 50, 120, 200, 100


def figure(*traces: dict[str, Any], **layout: Any) -> go.Figure:
    base = {
        "height": 150,
        "margin": MARGIN,
        "xaxis": {"range": [0, 10], "showticklabels": False, "showgrid": False, "zeroline": False},
        "yaxis": {"range": [0, 50], "showticklabels": False, "showgrid": False, "zeroline": False},
    }
    return theme.figure(list(traces), **(base | layout))


def drawn(*traces: dict[str, Any], **layout: Any) -> bytes:
    return paper.svg(figure(*traces, **layout), width=300)


def points(x: list[Any], y: list[Any], **more: Any) -> dict[str, Any]:
    marker = {"symbol": "square", "size": 10, "color": "#123456", "line": {"width": 0}}
    return {"type": "scatter", "mode": "markers", "x": x, "y": y, "marker": marker} | more


# Nothing is lost ---------------------------------------------------------------------

FIGURES = {
    "levels": lambda: over_time.levels(views.over_time()),
    "gaps": lambda: over_time.gaps(views.over_time()),
    "beside": lambda: side_by_side.side_by_side(views.side_by_side()),
    "all of England": lambda: ranking(compared()),
    "a few": lambda: ranking(compared(9, by="gap")),
    "level and gap": lambda: level_and_gap(compared()),
    "steps": lambda: waterfall(THREE),
    "funnel": lambda: funnel(small()),
}


def plain(text: str) -> str:
    for tag in ("<b>", "</b>", "</span>"):
        text = text.replace(tag, "")
    while "<span" in text:
        start = text.index("<span")
        text = text[:start] + text[text.index(">", start) + 1 :]
    return text.replace("<br>", " ")


@pytest.mark.parametrize("name", FIGURES)
def test_every_word_of_the_figure_is_on_paper(name: str) -> None:
    fig = FIGURES[name]()
    said = "".join(words(paper.svg(fig))).replace(" ", "")
    asked = [str(note.text) for note in fig.layout.annotations]
    for axis in (fig.layout.xaxis, fig.layout.yaxis):
        if axis.showticklabels is not False:
            asked += list(axis.ticktext or ())
    assert asked
    for text in asked:
        assert plain(text).replace(" ", "") in said, text


@pytest.mark.parametrize("name", FIGURES)
def test_every_mark_of_the_figure_is_on_paper_in_its_colour(name: str) -> None:
    fig = FIGURES[name]()
    all_shapes = shapes(paper.svg(fig))
    for trace in fig.data:
        if trace.type == "bar":
            colours = trace.marker.color
            for colour in set(colours):
                found = [s for s in all_shapes if s.fill == colour.lower() and len(s.spots) >= 4]
                assert len(found) >= list(colours).count(colour)
        elif "markers" in (getattr(trace, "mode", None) or ""):
            filled = sum(a is not None and b is not None for a, b in zip(trace.x, trace.y,
                                                                         strict=True))  # fmt: skip
            ink = trace.marker.color.lower()
            found = [s for s in all_shapes if ink in (s.fill, s.stroke) and _is_mark(s)]
            assert len(found) >= filled


def _is_mark(shape: Any) -> bool:
    left, top, right, bottom = shape.box
    return 2 < right - left < 20 and 2 < bottom - top < 20


def test_equal_figures_give_equal_bytes() -> None:
    once, again = (FIGURES["levels"]() for _ in range(2))
    assert paper.svg(once, alt="a") == paper.svg(again, alt="a")
    assert paper.png(once, alt="a") == paper.png(again, alt="a")


def test_threads_do_not_meet() -> None:
    alone = {name: paper.png(make()) for name, make in FIGURES.items()}
    names = [*FIGURES] * 4
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda name: paper.png(FIGURES[name]()), names))
    assert all(alone[name] == found for name, found in zip(names, together, strict=True))


# Where things stand ------------------------------------------------------------------


def test_a_point_stands_where_its_axes_say() -> None:
    (mark,) = [s for s in shapes(drawn(points([5], [10]))) if s.fill == "#123456"]
    assert mark.middle == pytest.approx((LEFT + WIDE * 0.5, FOOT - HIGH * 0.2))
    assert mark.box[2] - mark.box[0] == pytest.approx(10)


def test_a_reversed_and_a_log_axis() -> None:
    layout = {
        "xaxis": {"type": "log", "range": [0, 2], "showticklabels": False, "showgrid": False},
        "yaxis": {"range": [50, 0], "showticklabels": False, "showgrid": False},
    }
    note = theme.text("ten", x=1, y=10, xanchor="left", align="left")
    found = drawn(points([10], [10]), **layout, annotations=[note])
    (mark,) = [s for s in shapes(found) if s.fill == "#123456"]
    assert mark.middle == pytest.approx((LEFT + WIDE * 0.5, 20 + HIGH * 0.2))
    assert places(found)["ten"][0] == pytest.approx(LEFT + WIDE * 0.5 + 2)


def test_bars_stand_on_their_base_and_stack() -> None:
    bar = {"type": "bar", "x": [2, 4], "y": [10, 20], "base": [5, 10], "textposition": "none",
           "marker": {"color": ["#111111", "#222222"]}}  # fmt: skip
    found = {s.fill: s.box for s in shapes(drawn(bar, bargap=0.5))}
    assert found["#111111"] == pytest.approx((50 + 30, FOOT - 30, 50 + 50, FOOT - 10))
    assert found["#222222"] == pytest.approx((50 + 70, FOOT - 60, 50 + 90, FOOT - 20))
    lower = {"type": "bar", "orientation": "h", "y": [25], "x": [4], "width": 10,
             "textposition": "none", "marker": {"color": "#333333"}}  # fmt: skip
    upper = lower | {"x": [3], "marker": {"color": "#444444"}}
    found = {s.fill: s.box for s in shapes(drawn(lower, upper, barmode="stack"))}
    assert found["#333333"] == pytest.approx((50, 60, 130, 80))
    assert found["#444444"] == pytest.approx((130, 60, 190, 80))


def test_steps_start_where_the_one_before_ends() -> None:
    trace = {
        "type": "waterfall", "x": [2, 5, 8], "y": [30, -10, 0],
        "measure": ["relative", "relative", "total"],
        "increasing": {"marker": {"color": "#111111"}},
        "decreasing": {"marker": {"color": "#222222"}},
        "totals": {"marker": {"color": "#333333"}},
        "connector": {"line": {"color": "#999999", "width": 1}},
    }  # fmt: skip
    found = {s.fill: s.box for s in shapes(drawn(trace))}
    assert found["#111111"][1::2] == pytest.approx((60, 120))
    assert found["#222222"][1::2] == pytest.approx((60, 80))
    assert found["#333333"][1::2] == pytest.approx((80, 120))


def test_cells_have_their_step_of_colour_and_their_words() -> None:
    cells = {
        "type": "heatmap", "x": ["A", "B"], "y": ["one"], "z": [[0, None]], "zmin": 0, "zmax": 4,
        "colorscale": [[0, "#AA0000"], [0.5, "#AA0000"], [0.5, "#0000AA"], [1, "#0000AA"]],
        "text": [["12%", "c"]], "texttemplate": "%{text}", "showscale": False, "xgap": 2,
    }  # fmt: skip
    layout = {"xaxis": {"tickfont": {"size": 12}}, "yaxis": {"autorange": "reversed"}}
    found = drawn(cells, **layout)
    (cell,) = [s for s in shapes(found) if s.fill == "#aa0000"]
    assert cell.box == pytest.approx((LEFT + 1, 20, LEFT + 99, 120))
    assert {"12%", "c", "A", "B", "one"} <= set(words(found))
    assert places(found)["c"][0] == pytest.approx(LEFT + 150)


def test_an_interval_reaches_both_ends() -> None:
    bars = {"type": "data", "array": [10], "arrayminus": [5], "color": "#010203", "thickness": 1}
    found = shapes(drawn(points([5], [20], error_y=bars)))
    ends = [s.box for s in found if s.stroke == "#010203"]
    assert min(box[1] for box in ends) == pytest.approx(FOOT - 60)
    assert max(box[3] for box in ends) == pytest.approx(FOOT - 30)


def test_shapes_stand_on_the_plot_on_a_domain_and_on_values() -> None:
    line = {"color": "#010203", "width": 1}
    shape_specs = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 25, "y1": 25, "line": line},
        {"type": "rect", "yref": "y domain", "x0": 1, "x1": 2, "y0": 0, "y1": 0.5,
         "fillcolor": "#040506", "line": {"width": 0}},
        {"type": "path", "path": "M 1 0 L 2 0 L 2,50 Z", "fillcolor": "#070809"},
    ]  # fmt: skip
    found = shapes(drawn(points([1], [1]), shapes=shape_specs))
    assert [s.box for s in found if s.stroke == "#010203"] == [(50, 70, 250, 70)]
    assert [s.box for s in found if s.fill == "#040506"] == [(70, 70, 90, 120)]
    assert [s.box for s in found if s.fill == "#070809"] == [(70, 20, 90, 120)]


def test_panels_have_their_own_domain() -> None:
    layout = {
        "xaxis": {"range": [0, 10], "domain": [0, 0.4], "showticklabels": False},
        "xaxis2": {"range": [0, 10], "domain": [0.6, 1], "showticklabels": False},
    }
    blank = {"showgrid": False, "zeroline": False}
    layout = {key: axis | blank for key, axis in layout.items()}
    (mark,) = [
        s for s in shapes(drawn(points([5], [25], xaxis="x2"), **layout)) if s.fill == "#123456"
    ]
    assert mark.middle == pytest.approx((LEFT + WIDE * 0.8, FOOT - 50))


def test_tied_axes_keep_a_square_square() -> None:
    bare = {"showticklabels": False, "showgrid": False, "zeroline": False}
    axes = {"xaxis": {"range": [0, 10], **bare},
            "yaxis": {"range": [0, 10], "scaleanchor": "x", **bare}}  # fmt: skip
    square = {"type": "scatter", "mode": "lines", "x": [2, 4, 4, 2, 2], "y": [2, 2, 4, 4, 2],
              "fill": "toself", "fillcolor": "#123456", "line": {"width": 0}}  # fmt: skip
    (shape,) = [s for s in shapes(drawn(square, **axes)) if s.fill == "#123456"]
    left, top, right, bottom = shape.box
    assert right - left == pytest.approx(bottom - top) == pytest.approx(20)


def test_a_line_breaks_where_a_figure_is_missing() -> None:
    trace = points([1, 2, 3, 4, 5], [10, 10, None, 20, 20], mode="lines",
                   line={"color": "#010203", "width": 2, "dash": "dash"})  # fmt: skip
    found = [s for s in shapes(drawn(trace)) if s.stroke == "#010203"]
    assert [s.box for s in found] == [(70, 100, 90, 100), (130, 80, 150, 80)]
    assert all("stroke-dasharray: 9,9" in s.style for s in found)


def test_open_marks_are_hollow() -> None:
    marker = {"symbol": "square-open", "size": 10, "color": "#123456", "line": {"width": 2}}
    (mark,) = [s for s in shapes(drawn(points([5], [10], marker=marker))) if _is_mark(s)]
    assert (mark.fill, mark.stroke) == ("none", "#123456")


def test_a_pattern_is_drawn() -> None:
    plain_bar = {"type": "bar", "x": [5], "y": [30], "marker": {"color": "#123456"},
                 "textposition": "none"}  # fmt: skip
    hatched = plain_bar | {"marker": {"color": "#123456", "pattern": {"shape": "/"}}}
    assert paper.png(figure(plain_bar), width=300) != paper.png(figure(hatched), width=300)
    assert b"<pattern" in drawn(hatched)


# Words -------------------------------------------------------------------------------


def test_names_come_out_letter_by_letter() -> None:
    name = "R & D <i>n</i> $x$ A<B £5 <script>"
    note = theme.text(name.replace("<i>n</i>", "n"), x=5, y=10)
    assert "R & D n $x$ A<B £5 <script>" in words(drawn(points([1], [1]), annotations=[note]))


def test_colours_and_weights_inside_a_label() -> None:
    note = theme.text('<span style="color:#A285D1">◆</span> <b>Kent</b>', x=0, y=10, xanchor="left")
    found = drawn(points([1], [1]), annotations=[note])
    texts = {"".join(t.itertext()): t.attrib["style"] for t in root(found).iter(f"{SVG}text")}
    assert "fill: #a285d1" in texts["◆"]
    assert "font-weight: 700" in texts["Kent"]
    assert places(found)["Kent"][0] > places(found)["◆"][0] + 8


def test_the_svg_has_its_name_and_its_description_and_the_png_both() -> None:
    fig = FIGURES["levels"]()
    top = root(paper.svg(fig, title="A & B", alt="Two lines", foot=["Source: S"]))
    assert top.attrib["role"] == "img"
    assert [top.findtext(f"{SVG}{tag}") for tag in ("title", "desc")] == ["A & B", "Two lines"]
    picture = Image.open(io.BytesIO(paper.png(fig, title="A & B", alt="Two lines")))
    assert picture.info["Title"] == "A & B"
    assert picture.info["Description"] == "Two lines"
    assert "Software" not in picture.info


def test_title_and_foot_stand_round_the_chart_whole() -> None:
    fig = FIGURES["levels"]()
    title = "A finding of many words that no sheet of this width can hold in a single line " * 2
    foot = ("Source: a publication. Release r1.",)
    found = paper.svg(fig, title=title, alt="a", foot=foot)
    said = " ".join(words(found))
    assert title.strip() in said
    assert foot[0] in said
    height = float(root(found).attrib["height"])
    assert height > fig.layout.height + 40
    assert 0 < min(y for _, y in places(found).values())
    assert max(y for _, y in places(found).values()) < height


def test_scale_gives_dots_to_a_pixel() -> None:
    fig = figure(points([1], [1]))
    sizes = [Image.open(io.BytesIO(paper.png(fig, width=300, scale=s))).size for s in (1, 2)]
    assert sizes == [(300, 150), (600, 300)]


def test_without_the_screens_letters_words_take_about_its_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words_ = "Neighbours' average (10 of 10)"
    sheet.measure.cache_clear()
    sheet._letter.cache_clear()
    monkeypatch.setattr(sheet, "letters", lambda: ("DejaVu Sans",))
    try:
        assert sheet.measure(sheet.Run(words_), 12) == pytest.approx(164, rel=0.06)
    finally:
        sheet.measure.cache_clear()
        sheet._letter.cache_clear()


# What paper refuses ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("traces", "layout"),
    [
        ([{"type": "pie", "values": [1]}], {}),
        ([points([1], [1], fill="tonexty")], {}),
        ([points([1], [1], marker={"symbol": "hourglass"})], {}),
        ([points([1], [1], stackgroup="one")], {}),
        ([points([1], [1])], {"xaxis": {"range": [0, 1], "tickformat": ".1f"}}),
        ([points([1], [1])], {"xaxis": {"showgrid": False, "showticklabels": False}}),
        ([points([1], [1])], {"xaxis": {"range": [0, 1]}}),
        ([points([1], [1])], {"showlegend": True}),
        ([points([1], [1])], {"images": [{"source": "x"}]}),
        ([points([1], [1])], {"annotations": [{"text": "a", "x": 0, "y": 0, "showarrow": True}]}),
        ([{"type": "bar", "x": [1], "y": [1], "text": ["1"], "textposition": "auto"}], {}),
    ],
)  # fmt: skip
def test_what_paper_cannot_draw_it_refuses(traces: list[Any], layout: dict[str, Any]) -> None:
    with pytest.raises(paper.PaperError):
        drawn(*traces, **layout)
