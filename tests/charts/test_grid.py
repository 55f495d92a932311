"""Heat map and slopes: shades never alone, figures as printed, nothing drawn across a gap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sendgap.charts.drawn import figures, svg
from sendgap.charts.heat import heat
from sendgap.charts.slope import slope
from sendgap.charts.theme import INK
from sendgap.charts.verdict import SHADES
from sendgap.terms import SenGroup
from sendgap.views.grid_model import QUARTERS, TESTED, Grid, GridCell, GridColumn, GridRow
from sendgap.views.model import Axis
from sendgap.views.slope_model import BaselineToLatest, Slope
from tests.charts.test_theme import luminance
from tests.charts.views import CHART, DEFINITION, PERCENT, WORDS


def cell(short: str, step: str = "", under: str = "") -> GridCell:
    glyph, word = {**QUARTERS, **TESTED}.get(step, ("", ""))
    return GridCell(short, under, step, glyph, word, short, short not in ("c", "none"))


def grid(by: str = "level") -> Grid:
    under = "10%" if by == "gap" else ""
    return Grid(
        WORDS, DEFINITION, CHART,
        (GridColumn("a", "Attainment at eleven", "2024/25", ""),
         GridColumn("b", "Exclusions", "2023/24", "per 100")),
        (
            GridRow("area", "Here", "919", (cell("65%", "A", under), cell("0.26 p", "D", under))),
            GridRow("neighbours", "Neighbours' average", "", (cell("66.0%"), cell("0.30"))),
            GridRow("neighbour", "There", "886", (cell("c"), cell("0.10", "B", under))),
            GridRow("england", "England", "", (cell("64%"), cell("none"))),
        ),
        by, "quarter", tuple((s, *QUARTERS[s]) for s in ("A", "B", "D")), (),
    )  # fmt: skip


def texts(figure: Any) -> dict[tuple[float, float], tuple[str, str]]:
    """Text and ink by (column, row)."""
    return {
        (x, y): (words, trace.textfont.color)
        for trace in figure.data
        if trace.type == "scatter"
        for x, y, words in zip(trace.x, trace.y, trace.text, strict=True)
    }


def test_every_cell_has_its_figure_over_its_shape() -> None:
    said = texts(heat(grid()))
    assert len(said) == 8
    assert said[0, 0] == ("65%<br>▲▲", "#FFFFFF")
    assert said[1, 0] == ("0.26 p<br>▼▼", INK)
    assert said[0, 2] == ("c", INK) and said[1, 3] == ("none", INK)


def test_a_gap_stands_over_its_level() -> None:
    assert texts(heat(grid("gap")))[0, 0][0] == "65%<br>(10%)<br>▲▲"
    assert heat(grid("gap")).layout.annotations[0].text.startswith("gap (level)")


def test_the_shades_are_the_steps() -> None:
    (cells,) = [t for t in heat(grid()).data if t.type == "heatmap"]
    scale = {round(place, 6): shade for place, shade in cells.colorscale}
    for row, shown in zip(cells.z, grid().rows, strict=True):
        for z, each in zip(row, shown.cells, strict=True):
            assert scale[round(z / cells.zmax, 6)] == SHADES[each.step].fill
    assert cells.hovertext[0][1] == "Here<br>Exclusions, 2023/24: 0.26 p<br>▼▼ worst quarter"


@pytest.mark.parametrize("step", SHADES)
def test_ink_reads_on_every_shade(step: str) -> None:
    fill, ink = (luminance(c) for c in (SHADES[step].fill, SHADES[step].ink))
    assert (max(fill, ink) + 0.05) / (min(fill, ink) + 0.05) >= 4.5


def test_every_shade_but_white_has_a_shape_of_its_own() -> None:
    for steps in (QUARTERS, TESTED):
        shapes = [glyph for glyph, _ in steps.values()]
        assert len(set(shapes)) == len(shapes)


def test_the_own_row_is_framed_and_blocks_are_parted() -> None:
    shapes = heat(grid()).layout.shapes
    assert [s.type for s in shapes].count("rect") == 1
    assert [s.y0 for s in shapes if s.type == "line"] == [0.5, 2.5]


def test_heads_carry_year_and_unit_and_the_key_the_words() -> None:
    figure = heat(grid())
    assert figure.layout.xaxis.ticktext[1] == "Exclusions<br><b>2023/24</b><br>per 100"
    key = figure.layout.annotations[0].text
    assert "▲▲ best quarter" in key and "p provisional" in key


def line(role: str, before: float | None, now: float | None, **more: Any) -> Slope:
    said = [f"{v:g}%" if v is not None else "c" for v in (before, now)]
    return Slope(role, role.title(), "", before, said[0], now, said[1], "rose 2 pp", **more)


def slopes(*extra: Slope, by: str = "level") -> BaselineToLatest:
    made = (
        line("area", 8, 10, provisional=True), line("neighbours", 9, 9.9),
        line("neighbour", 3, 11), line("neighbour", None, 12), line("region", 9, 9),
        line("england", 9, 9), *extra,
    )  # fmt: skip
    return BaselineToLatest(
        WORDS, DEFINITION, CHART, made, "2018/19", "2024/25", PERCENT, SenGroup.EHC_PLAN, by
    )


def test_only_lines_with_both_years_are_drawn_and_the_own_one_last() -> None:
    drawn = slope(slopes()).data
    assert [t.meta for t in drawn] == ["neighbour", "region", "england", "neighbours", "area"]
    assert list(drawn[-1].y) == [8, 10]
    assert list(drawn[-1].marker.symbol) == ["square", "square-open"]


def test_any_two_roles_differ_in_more_than_colour() -> None:
    drawn = [t for t in slope(slopes(line("chosen", 7, 8))).data]
    looks = {(t.line.dash, t.marker.symbol[0], t.line.width) for t in drawn}
    assert len(looks) == len(drawn)


def test_both_ends_carry_the_printed_figures() -> None:
    words = [str(n.text) for n in slope(slopes()).layout.annotations if n.name == "end label"]
    assert sum("<b>8%</b>" in w for w in words) == 1
    assert sum("<b>Area</b>" in w and "<b>10%</b>" in w for w in words) == 1
    assert not any("Neighbour<" in w for w in words)
    gap = slopes(by="gap")
    gap = replace(gap, slopes=tuple(replace(s, levels=("3%", "4%")) for s in gap.slopes),
                  axis=Axis("Gap, percentage points", 0, "", 0, 12))  # fmt: skip
    words = [str(n.text) for n in slope(gap).layout.annotations if n.name == "end label"]
    assert all("level 3%" in w or "level 4%" in w for w in words)


def test_many_chosen_areas_go_without_names() -> None:
    many = [line("chosen", n, n + 1) for n in range(6)]
    words = " ".join(str(n.text) for n in slope(slopes(*many)).layout.annotations)
    assert "Chosen" not in words
    assert "Chosen" in " ".join(str(n.text) for n in slope(slopes(many[0])).layout.annotations)


@pytest.mark.parametrize("view", [grid(), grid("gap"), slopes()])
def test_paper_draws_what_the_page_shows(view: Grid | BaselineToLatest) -> None:
    (drawn,) = figures(view)
    said = svg([drawn], WORDS, "2026").decode()
    assert "65%" in said or "Thin lines" in said
