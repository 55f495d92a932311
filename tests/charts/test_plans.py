"""The charts of plans and placements: every figure in its place, every state drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sendgap.charts import paper, theme
from sendgap.charts.dots import dots
from sendgap.charts.plans import figure
from sendgap.charts.stacked import HUES, PALE, stacked
from sendgap.charts.steps import steps
from sendgap.terms import SenGroup
from sendgap.views.model import Axis
from sendgap.views.plans_model import Bar, Bars, DotRow, Dots, Mark, Rule, Segment, Step, Steps
from tests.charts import views
from tests.charts.test_theme import luminance

CLASSES = tuple(f"Class {n}" for n in range(6)) + ("Not known",)
SHARES = (30.2, 5.2, 31.1, 8.6, 14.3, 9.1, 1.5)


def segment(share: float) -> Segment:
    return Segment(share, f"{share}%", share * 10, f"{share * 10:,.0f}")


def bar(label: str, position: float, shares: tuple[float, ...] = SHARES, reason: str = "") -> Bar:
    parts = tuple(segment(s) for s in shares)
    return Bar(label, "area", position, "1,000", parts, reason)


def years(*, by_count: bool = False) -> Bars:
    """Three years: the middle one without figures, nothing unknown in the last."""
    return Bars(
        views.CHART,
        CLASSES,
        (
            bar("Jan 2023", 2023.0),
            bar("Jan 2024", 2024.0, (), "x"),
            bar("Jan 2025", 2025.0, (31.7, 5.2, 31.1, 8.6, 14.3, 9.1, 0.0)),
        ),
        by_count,
        is_upright=True,
        axis_title="% of plans",
        rules=(Rule(2023.5, "a"),),
    )


def areas() -> Bars:
    mean = replace(bar("Neighbours' average (9/10)", 1.0), role="neighbours", total_printed="")
    gone = Bar("England", "england", 2.0, "", (), "not shown (6/10)")
    return replace(years(), bars=(bar("Kent", 0.0), mean, gone), is_upright=False, rules=())


def needs() -> Dots:
    """A row above England, one equal to it, one hidden, one apart."""

    def row(label: str, own: float | None, england: float | None, **more: Any) -> DotRow:
        marks = [Mark("area", "Kent", own, f"{own}%" if own is not None else "withheld")]
        marks.append(Mark("neighbours", "Neighbours", 5.5, "5.5% (9/10)"))
        marks += [Mark("england", "England", england, f"{england}%")] if england else []
        return DotRow(label, tuple(marks), **more)

    return Dots(
        views.CHART,
        (
            row("Autistic spectrum disorder", 46.2, 31.5),
            row("Physical disability", 3.9, 3.9),
            row("Severe learning difficulty", None, 4.0),
            row("Need not recorded", 0.0, None, is_apart=True),
        ),
        Axis("% of plans", 1, "%", 0.0, 46.2),
    )


def way() -> Steps:
    return Steps(
        views.CHART,
        (
            Step("Requests received", 4001, "4,001", "", start=True),
            Step("Decided either way", None, "x", ""),
            Step("Declined", 2200, "2,200", "55.0% of requests received"),
            Step("Assessments", 3197, "3,197", "", start=True),
            Step("Plan issued", 0, "0", "0.0% of assessments"),
        ),
    )


def traces(drawn: Any, meta: str) -> list[dict[str, Any]]:
    return [t for t in drawn.to_plotly_json()["data"] if t["meta"] == meta]


def notes(drawn: Any, name: str) -> list[dict[str, Any]]:
    return [a for a in drawn.to_plotly_json()["layout"]["annotations"] if a.get("name") == name]


# Stacked bars --------------------------------------------------------------------------


def test_classes_are_stacked_in_their_order_and_the_unknown_always() -> None:
    drawn = stacked(years())
    bars = traces(drawn, "class")
    assert [t["name"] for t in bars] == list(CLASSES)
    assert drawn.layout.barmode == "stack"
    assert list(bars[0]["x"]) == [2023.0, 2025.0]
    assert list(bars[-1]["y"]) == [1.5, 0.0]
    assert bars[-1]["marker"]["color"] == PALE[0] and bars[-1]["marker"]["line"]["width"] >= 1


def test_numbers_take_the_place_of_shares() -> None:
    drawn = stacked(years(by_count=True))
    assert list(traces(drawn, "class")[0]["y"]) == [302.0, 317.0]
    assert "302" in [a["text"] for a in notes(drawn, "figure")]


def test_a_total_stands_above_every_bar_and_inside_the_axis() -> None:
    """A label beyond the range of its axis is not drawn at all."""
    for view in (years(), years(by_count=True)):
        drawn = stacked(view)
        totals = notes(drawn, "total")
        assert [a["text"] for a in totals] == ["1,000"] * 3
        low, high = drawn.layout.yaxis.range
        assert all(low <= a["y"] <= high for a in totals)
        assert all(a["yshift"] != b["yshift"] for a, b in zip(totals, totals[1:], strict=False))


def test_a_year_without_figures_has_its_letter_at_the_foot() -> None:
    hidden = traces(stacked(years()), "hidden")[0]
    assert list(hidden["x"]) == [2024.0] and list(hidden["text"]) == ["x"]
    assert hidden["marker"]["symbol"] == "square-open"


def test_figures_stand_in_segments_of_six_in_hundred_and_more() -> None:
    words = [a["text"] for a in notes(stacked(years()), "figure")]
    assert "8.6" in words and "5.2" not in words and "1.5" not in words


def test_class_names_stand_beside_the_last_bar_apart() -> None:
    drawn = stacked(years())
    named = notes(drawn, "class")
    assert len(named) == len(CLASSES)
    pixels = drawn.layout.height - drawn.layout.margin.t - drawn.layout.margin.b
    heights = sorted(a["y"] * pixels for a in named)
    assert all(b - a >= 28 for a, b in zip(heights, heights[1:], strict=False))
    assert "<b>31.7%</b>" in named[0]["text"]


def test_an_older_last_bar_says_its_year() -> None:
    view = replace(years(), bars=(*years().bars[:1], bar("Jan 2024", 2024.0, (), "x")))
    assert all("(Jan 2023)" in a["text"] for a in notes(stacked(view), "class"))


def test_rules_stand_between_bars_with_their_letter() -> None:
    drawn = stacked(years())
    assert [s["x0"] for s in drawn.to_plotly_json()["layout"]["shapes"]] == [2023.5]
    assert [a["text"] for a in notes(drawn, "rule")] == ["a"]


def test_touching_classes_keep_three_to_one_and_their_text_four_and_a_half() -> None:
    def ratio(one: str, other: str) -> float:
        bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
        return (bright + 0.05) / (dark + 0.05)

    fills = [fill for fill, _ in HUES]
    assert all(ratio(a, b) >= 3 for a, b in zip(fills, fills[1:], strict=False))
    assert all(ratio(fill, text) >= 4.5 for fill, text in (*HUES, PALE))


def test_areas_lie_beside_each_other_in_the_views_order() -> None:
    drawn = stacked(areas())
    assert list(drawn.layout.yaxis.ticktext)[0] == "<b>Kent</b>"
    assert drawn.layout.yaxis.range[0] > drawn.layout.yaxis.range[1]
    assert [t["orientation"] for t in traces(drawn, "class")] == ["h"] * len(CLASSES)
    hidden = traces(drawn, "hidden")[0]
    assert list(hidden["text"]) == ["not shown (6/10)"] and list(hidden["y"]) == [2.0]
    assert len(notes(drawn, "class")) == len(CLASSES)


# Marks in rows -------------------------------------------------------------------------


def test_each_role_has_a_mark_of_its_own() -> None:
    drawn = dots(needs())
    looks = {role: traces(drawn, role)[0]["marker"] for role in ("area", "neighbours", "england")}
    assert len({look["symbol"][0] for look in looks.values()}) == 3
    assert looks["england"]["line"]["width"] >= 2
    assert [t["meta"] for t in drawn.to_plotly_json()["data"]][-2] == "area"


def test_a_line_runs_to_england_where_both_are_known() -> None:
    line = traces(dots(needs()), "difference")[0]
    assert list(line["x"]) == [46.2, 31.5, None, 3.9, 3.9, None]


def test_a_hidden_figure_keeps_its_row_and_word() -> None:
    drawn = dots(needs())
    hidden = traces(drawn, "hidden")[0]
    assert list(hidden["y"]) == [2] and hidden["marker"]["symbol"] == "square-open"
    assert [a["text"] for a in notes(drawn, "figure")] == [
        "<b>46.2%</b>", "<b>3.9%</b>", "withheld", "<b>0.0%</b>",
    ]  # fmt: skip
    assert list(traces(drawn, "area")[0]["x"]) == [46.2, 3.9, 0.0]


def test_the_row_apart_stands_under_a_rule() -> None:
    assert [s["y0"] for s in dots(needs()).to_plotly_json()["layout"]["shapes"]] == [2.5]


def test_groups_have_their_own_hue() -> None:
    rows = tuple(
        replace(row, group=group)
        for row, group in zip(needs().rows, (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT) * 2,
                              strict=True)
    )  # fmt: skip
    own = traces(dots(replace(needs(), rows=rows)), "area")[0]["marker"]
    assert own["color"][0] == theme.GROUPS[SenGroup.EHC_PLAN].colour
    assert own["color"][1] == theme.GROUPS[SenGroup.SEN_SUPPORT].colour
    assert own["symbol"][0] != own["symbol"][1]


# Steps ---------------------------------------------------------------------------------


def test_steps_carry_number_and_share_of_what() -> None:
    drawn = steps(way())
    assert [a["text"] for a in notes(drawn, "figure")] == [
        "<b>4,001</b>", "<b>x</b>", "<b>2,200</b> · 55.0% of requests received", "<b>3,197</b>",
        "<b>0</b> · 0.0% of assessments",
    ]  # fmt: skip
    assert list(traces(drawn, "steps")[0]["x"]) == [4001, 0.0, 2200, 3197, 0]


def test_a_step_without_a_number_is_hollow_and_a_zero_is_not() -> None:
    assert list(traces(steps(way()), "hidden")[0]["y"]) == [1.2]


def test_counts_of_their_own_are_parted_by_a_rule_and_hue() -> None:
    drawn = steps(way())
    assert [s["y0"] for s in drawn.to_plotly_json()["layout"]["shapes"]] == [2.5]
    hues = list(traces(drawn, "steps")[0]["marker"]["color"])
    assert len(set(hues[:3])) == 1 and hues[3] == hues[4] != hues[0]


# All of them ---------------------------------------------------------------------------


@pytest.mark.parametrize("view", [years(), years(by_count=True), areas(), needs(), way(),
                                  views.without_gap()])  # fmt: skip
def test_each_is_drawn_on_paper_too(view: Any) -> None:
    drawn = figure(view)
    assert drawn.layout.showlegend is False and drawn.layout.paper_bgcolor == "#FFFFFF"
    assert paper.svg(drawn, title="Title", alt="alt").startswith(b"<?xml")
