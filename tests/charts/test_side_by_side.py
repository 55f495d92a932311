"""The dumbbell draws every area in order, hidden ones by name, and a reversed gap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sendgap.charts.side_by_side import side_by_side
from tests.charts import views


def drawn() -> dict[str, Any]:
    made: dict[str, Any] = side_by_side(views.side_by_side()).to_plotly_json()
    return made


def trace(role: str) -> dict[str, Any]:
    (found,) = [t for t in drawn()["data"] if t["meta"] == role]
    return dict(found)


def words() -> list[str]:
    return [note["text"] for note in drawn()["layout"]["annotations"]]


def test_rows_keep_the_views_order_with_the_area_in_bold() -> None:
    axis = drawn()["layout"]["yaxis"]
    assert axis["ticktext"][0] == "<b>Hertfordshire</b>"
    assert axis["ticktext"][1].replace("<br>", " ") == "Neighbours' average"
    assert axis["range"][0] > axis["range"][1], "the first row stands on top"


def test_groups_differ_in_shape_and_colour_and_are_named_above() -> None:
    sen, reference = trace("sen"), trace("reference")
    assert sen["marker"]["symbol"][0] != reference["marker"]["symbol"][0]
    assert sen["marker"]["color"] != reference["marker"]["color"]
    assert any("EHC plan" in text and "No SEN" in text for text in words())


def test_gaps_are_written_on_their_lines() -> None:
    assert {"<b>65 pp</b>", "83 pp", "−5 pp"} <= set(words())


def test_zero_is_a_mark_and_a_reversed_gap_has_its_marks_turned_round() -> None:
    sen, reference = trace("sen"), trace("reference")
    at = dict(zip(sen["y"], sen["x"], strict=True))
    other = dict(zip(reference["y"], reference["x"], strict=True))
    assert at[2] == 0
    assert at[4] == 80 > other[4] == 75


def test_a_hidden_figure_keeps_its_row_and_letter_without_a_line() -> None:
    assert list(trace("hidden")["y"]) == [3]
    assert 3 not in list(trace("sen")["y"])
    assert 3 not in list(trace("gap")["y"])
    assert any(text.endswith("c") for text in words())


def test_an_area_without_a_published_figure_says_so() -> None:
    assert "none" in words()


def test_an_outcome_without_a_reference_writes_the_level_beside_its_mark() -> None:
    view = views.side_by_side()
    alone = tuple(replace(r, reference=None, gap=None, gap_printed="") for r in view.rows[:2])
    made = side_by_side(replace(view, rows=alone, reference_group=None, reference_label=""))
    said = [note["text"] for note in made.to_plotly_json()["layout"]["annotations"]]
    assert "10%" in said and "9.9%" in said


def test_blocks_are_parted_by_rules() -> None:
    rules = [s["y0"] for s in drawn()["layout"]["shapes"]]
    assert rules == [0.5, 4.5]


def test_the_percentage_axis_starts_at_zero() -> None:
    assert 0 in drawn()["layout"]["xaxis"]["tickvals"]
