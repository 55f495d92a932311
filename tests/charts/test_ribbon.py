"""Places by age: lines and bands stop at empty stages, labels carry level and gap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sendgap.charts.drawn import WIDE, figures, svg
from sendgap.charts.ribbon import ribbon, ribbon_tall
from sendgap.terms import SenGroup
from sendgap.views.journey_model import Journey, JourneyStage, StageMark
from tests.charts.views import CHART, DEFINITION, WORDS

EHC, SUPPORT = SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT


def made(group: SenGroup, place: float | None, **more: Any) -> StageMark:
    band = (30.0, 60.0) if place is not None else None
    return StageMark(
        group, "10%", "65 pp", "=9th of 151", "3rd of 151", place,
        "" if place is not None else "hidden", **{"provisional": False, "band": band,
                                                  "neighbours": 10} | more,
    )  # fmt: skip


def stage(number: int, ehc: float | None, support: float | None) -> JourneyStage:
    reason = "hidden" if ehc is support is None else ""
    marks = (made(EHC, ehc), made(SUPPORT, support))
    return JourneyStage(f"i{number}", f"Stage {number}", number + 5, "2024/25",
                        "pupils without SEN", reason, marks)  # fmt: skip


def view(group: SenGroup = EHC) -> Journey:
    stages = (stage(0, 50, 40), stage(1, 60, 41), stage(2, None, None), stage(3, 100, 99),
              stage(4, 0, None))  # fmt: skip
    return Journey(WORDS, DEFINITION, CHART, stages, "Here", group)


def traces(figure: Any, meta: str) -> list[Any]:
    return [trace for trace in figure.data if trace.meta == meta]


def test_a_line_is_not_joined_across_an_empty_stage() -> None:
    (line,) = traces(ribbon(view()), "ehc_plan")
    assert list(line.x) == [0, 1, None, 3, 4]
    assert list(line.y) == [50, 60, None, 100, 0]
    assert line.connectgaps is False
    (other,) = traces(ribbon(view()), "sen_support")
    assert list(other.x) == [0, 1, None, 3]


def test_a_band_is_one_closed_shape_for_each_unbroken_run() -> None:
    first, second = traces(ribbon(view()), "band")
    assert list(first.x) == [0, 1, 1, 0, 0]
    assert list(first.y) == [60, 60, 30, 30, 60]
    assert min(second.x) == 3 and max(second.x) == 4
    assert first.fill == "toself"


def test_a_band_of_one_stage_is_a_short_bar() -> None:
    alone = replace(view(), stages=view().stages[1:3])
    (band,) = traces(ribbon(alone), "band")
    assert max(band.x) - min(band.x) == pytest.approx(0.16)


def test_the_tall_form_is_the_same_with_its_axes_turned() -> None:
    for meta in ("ehc_plan", "sen_support", "band"):
        for wide, tall in zip(traces(ribbon(view()), meta), traces(ribbon_tall(view()), meta),
                              strict=True):  # fmt: skip
            assert (list(wide.x), list(wide.y)) == (list(tall.y), list(tall.x))
    low, high = ribbon_tall(view()).layout.yaxis.range
    assert low > high


def test_the_group_looked_at_is_on_top_and_lines_differ_in_more_than_colour() -> None:
    for group in (EHC, SUPPORT):
        lines = [t for t in ribbon(view(group)).data if t.meta in ("ehc_plan", "sen_support")]
        assert lines[-1].meta == group.value
        assert lines[0].line.dash != lines[1].line.dash
        assert lines[0].marker.symbol[0] != lines[1].marker.symbol[0]


@pytest.mark.parametrize("draw", [ribbon, ribbon_tall])
def test_labels_carry_the_level_and_the_gap_in_their_own_unit(draw: Any) -> None:
    said = [str(n.text) for n in draw(view()).layout.annotations if n.name == "label"]
    assert sum(text.count("<b>10%</b>") for text in said) == 7
    assert sum(text.count("gap 65 pp") for text in said) == 7


def test_under_each_stage_stand_age_year_and_reference() -> None:
    heads = ribbon(view()).layout.xaxis.ticktext
    assert heads[0].startswith("<b>Stage 0</b><br>age 5<br>2024/25<br>gap to pupils")
    tall = [str(n.text) for n in ribbon_tall(view()).layout.annotations if n.name == "label"]
    assert all("2024/25" in t and "gap to pupils without SEN" in t for t in tall)


def test_an_empty_stage_says_why() -> None:
    figure = ribbon(view())
    (reason,) = [n for n in figure.layout.annotations if n.name == "reason"]
    assert (reason.text, reason.x) == ("hidden", 2)
    (column,) = figure.layout.shapes
    assert (column.x0, column.x1) == (1.7, 2.3)


def test_a_provisional_mark_is_open_and_labels_do_not_touch() -> None:
    near = stage(0, 50, 51)
    near = replace(near, marks=(made(EHC, 50, provisional=True), made(SUPPORT, 51)))
    figure = ribbon(replace(view(), stages=(near, *view().stages[1:])))
    assert traces(figure, "ehc_plan")[0].marker.symbol[0] == "square-open"
    heights = [n.y * 380 for n in figure.layout.annotations if n.name == "label" and n.x == 0]
    assert abs(heights[0] - heights[1]) >= 30


def test_paper_draws_the_wide_form_with_room_for_its_columns() -> None:
    (drawn,) = figures(view())
    assert drawn.width == WIDE
    said = svg([drawn], WORDS, "2026").decode()
    assert 'width="1040' in said and "middle half" in said
