"""The waterfall and the funnel: steps that add up, limits that differ in more than colour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sendgap.charts import over_time, theme
from sendgap.charts.funnel import funnel
from sendgap.charts.waterfall import NARROWS, TOTAL, WIDENS, waterfall
from sendgap.terms import Polarity, SenGroup
from sendgap.views.funnel_model import BEYOND, FAR, WITHIN, FunnelArea, Limits, SmallNumbers
from sendgap.views.model import Axis, Table
from sendgap.views.moved_model import Step, WhatMoved
from tests.charts import views
from tests.charts.views import CHART, DEFINITION, PERCENT, WORDS

CHANGE = Axis("Change of the gap, percentage points", 0, "", -2.0, 3.0, "up is wider")


def step(role: str, label: str, value: float, word: str) -> Step:
    moved = "" if role in ("mix", "total") else "10% to 12%"
    return Step(role, label, value, f"{value:+g} pp", word, moved)


def moved(*steps: Step) -> WhatMoved:
    return WhatMoved(WORDS, DEFINITION, CHART, steps, "", CHANGE, (), "201819", "202425")


THREE = moved(
    step("sen", "EHC plan", 3.0, "widens"),
    step("reference", "No SEN", -5.0, "narrows"),
    step("total", "Change of the gap", -2.0, "narrower"),
)


def words(figure: Any) -> str:
    return " ".join(str(note.text) for note in figure.layout.annotations)


def test_the_waterfall_starts_at_nothing_and_ends_at_the_change() -> None:
    (trace,) = waterfall(THREE).data
    assert list(trace.measure) == ["relative", "relative", "total"]
    assert sum(trace.y[:-1]) == trace.y[-1] == -2.0
    assert trace.increasing.marker.color == WIDENS
    assert trace.decreasing.marker.color == NARROWS
    assert trace.totals.marker.color == TOTAL


def test_every_bar_has_its_part_and_its_word() -> None:
    said = words(waterfall(THREE))
    for part in ("+3 pp</b><br>widens", "-5 pp</b><br>narrows", "-2 pp</b><br>narrower"):
        assert part in said
    assert "up is<br>wider" in said
    names = waterfall(THREE).layout.xaxis.ticktext
    assert names[0] == "EHC plan<br>10% to 12%"
    assert names[2].startswith("<b>Change of the")


def test_bars_and_their_words_stay_inside_the_plot() -> None:
    for view in (THREE, moved(step("sen", "a", -2.0, "narrows"), step("total", "b", -2.0, "x"))):
        figure = waterfall(view)
        low, high = figure.layout.yaxis.range
        unit = (high - low) / 270
        ends, height = [], 0.0
        for each in view.steps:
            height = each.value if each.role == "total" else height + each.value
            ends.append((height, each.value >= 0))
        assert all(low + 40 * unit <= end or up for end, up in ends)
        assert all(end + 40 * unit <= high or not up for end, up in ends)


def test_five_steps_have_shorter_lines() -> None:
    mix = step("mix", "Mix of EHC plan and SEN support", 1.0, "widens")
    five = replace(THREE, steps=(*THREE.steps[:2], mix, mix, THREE.steps[2]))
    names = waterfall(five).layout.xaxis.ticktext
    assert (
        max(len(line) for name in names for line in name.split("<br>") if "<b>" not in name) <= 10
    )


def area(number: int, role: str, value: float, plain: str = WITHIN) -> FunnelArea:
    size = 10.0 * number**2
    return FunnelArea(role, f"{number}", f"Area {number}", size, f"{size:,.0f}", value,
                      f"{value:g}%", plain, WITHIN)  # fmt: skip


def small(*, wide: bool = True, by: str = "level") -> SmallNumbers:
    roles = {3: "area", 4: "neighbour", 5: "chosen"}
    areas = tuple(
        area(
            n, roles.get(n, "other"), 30.0 + 3 * n, FAR if n == 9 else BEYOND if n == 8 else WITHIN
        )
        for n in range(1, 10)
    )
    line = ((10.0, -5.0), (100.0, 30.0), (810.0, 40.0))
    top = ((10.0, 105.0), (100.0, 60.0), (810.0, 50.0))
    limits = [Limits(name, w, line, top) for w in (False, True) for name in ("95%", "99.8%")]
    return SmallNumbers(
        WORDS, DEFINITION, CHART, Table("caption", ("Area",), ()), areas, 45.0, "England 45%",
        tuple(limits if wide else limits[:2]), ("Area 3", "Area 9"), "Number of pupils", PERCENT,
        SenGroup.EHC_PLAN, Polarity.HIGHER_IS_BETTER, by,
    )  # fmt: skip


def test_every_limit_has_two_sides_and_a_look_of_its_own() -> None:
    lines = [t for t in funnel(small()).data if t.mode == "lines"]
    assert len(lines) == 8
    assert len({(t.line.dash, t.line.width, t.line.color) for t in lines}) == 4
    assert len([t for t in funnel(small(wide=False)).data if t.mode == "lines"]) == 4
    assert "Areas' differences" not in words(funnel(small(wide=False)))


def test_limits_stop_where_a_percentage_does() -> None:
    lines = [t for t in funnel(small()).data if t.mode == "lines"]
    assert all(y is None or 0 < y < 100 for t in lines for y in t.y)


def test_every_area_is_a_point_and_roles_differ_in_shape() -> None:
    points = {t.meta: t for t in funnel(small()).data if t.mode == "markers"}
    assert sum(len(t.x) for t in points.values()) == 9
    shapes = [points[role].marker.symbol for role in ("area", "neighbour", "chosen", "other")]
    assert len(set(shapes)) == 4


def test_sizes_far_apart_stand_on_a_log_axis() -> None:
    figure = funnel(small())
    assert figure.layout.xaxis.type == "log"
    assert "log scale" in figure.layout.xaxis.title.text
    near = replace(small(), areas=tuple(replace(a, size=100.0 + n) for n, a in
                                        enumerate(small().areas)))  # fmt: skip
    assert funnel(near).layout.xaxis.type == "linear"


def test_only_the_named_are_named() -> None:
    said = words(funnel(small()))
    assert "<b>Area 3</b>" in said and "Area 9" in said and "Area 8" not in said
    assert "England 45%" in said


def test_a_point_says_where_it_stands_without_a_verdict() -> None:
    hovers = " ".join(h for t in funnel(small()).data if t.mode == "markers" for h in t.hovertext)
    assert "outside the range expected by chance (99.8%)" in hovers
    assert "outlier" not in hovers


def test_targets_are_a_line_of_their_own() -> None:
    goal = views.line("target", "Target", [views.point(2026, 20)])
    view = replace(views.over_time(), targets=goal)
    drawn = {t.meta: t for t in over_time.levels(view).data}
    assert drawn["target"].line.dash == theme.PLACES["target"].dash == "dot"
    assert list(drawn["target"].y) == [20]
    looks = {(s.dash, s.symbol) for s in theme.PLACES.values()}
    assert len(looks) == len(theme.PLACES)


def test_no_target_no_line() -> None:
    assert "target" not in {t.meta for t in over_time.levels(views.over_time()).data}
