"""The theme keeps contrast, and figures are the same wherever they are built."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sendgap.charts import theme
from sendgap.charts.scale import scale, spread, step, tick_text, year_ticks
from sendgap.terms import SenGroup
from sendgap.views.model import Axis

PROJECT = Path(__file__).resolve().parents[2]
BUILT = """
from sendgap.charts import over_time, side_by_side
from tests.charts import views
print(over_time.levels(views.over_time()).to_json())
print(over_time.gaps(views.over_time()).to_json())
print(side_by_side.side_by_side(views.side_by_side()).to_json())
"""


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_on_white(colour: str) -> float:
    return 1.05 / (luminance(colour) + 0.05)


@pytest.mark.parametrize("group", SenGroup)
def test_marks_stand_out_on_white(group: SenGroup) -> None:
    assert contrast_on_white(theme.GROUPS[group].colour) >= 3


@pytest.mark.parametrize("role", ["neighbours", "region", "england"])
def test_comparators_stand_out_on_white(role: str) -> None:
    assert contrast_on_white(theme.PLACES[role].colour) >= 3


@pytest.mark.parametrize("ink", [theme.INK, theme.SECONDARY])
def test_text_reads_on_white(ink: str) -> None:
    assert contrast_on_white(ink) >= 4.5


def test_text_is_never_in_a_light_hue() -> None:
    light = {g.colour for g in theme.GROUPS.values() if contrast_on_white(g.colour) < 4.5}
    assert light and not light & {theme.INK, theme.SECONDARY}


def test_figures_are_the_same_with_streamlit_imported() -> None:
    def build(before: str) -> str:
        code = before + BUILT
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert build("") == build("import streamlit\n")


def test_labels_are_moved_apart_and_kept_in_order() -> None:
    placed = spread([50, 52, 90], [20, 20, 20], low=0, high=100)
    assert placed[1] - placed[0] >= 20
    assert placed[2] == 90


def test_labels_stay_inside_their_bounds() -> None:
    placed = spread([99, 99], [20, 20], low=0, high=100)
    assert max(placed) <= 90 and min(placed) == max(placed) - 20


@pytest.mark.parametrize(("span", "each"), [(76, 20), (100, 20), (0.5, 0.1), (12, 2.5)])
def test_steps_are_round(span: float, each: float) -> None:
    assert step(span) == pytest.approx(each)


def test_an_axis_of_one_value_is_still_an_axis() -> None:
    made = scale(Axis("%", 0, "%", 0, 0), 300)
    assert made.high > made.low


def test_ticks_carry_the_percent_sign_and_no_more_decimals_than_needed() -> None:
    assert tick_text(Axis("", 2, "%", 0, 1), [0, 0.5]) == ["0.0%", "0.5%"]
    assert tick_text(Axis("", 0, "", -20, 20), [-20, 0]) == ["−20", "0"]


def test_year_labels_count_back_from_the_newest() -> None:
    years = [(float(y), str(y)) for y in range(2006, 2025)]
    assert list(year_ticks(years).values()) == ["2009", "2014", "2019", "2024"]
