"""The profile: rows by life stage, each on a scale of its own, every verdict a shape."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sendgap.charts import paper
from sendgap.charts.spine import spine
from sendgap.views.area_model import NOT_TESTED, Headline, Spine, SpineRow
from sendgap.views.standing import Standing
from tests.charts.test_compare import traces, words


def outcome(name: str, level: str = "20%", *, has_level: bool = True, **more: bool) -> Headline:
    nobody = Standing("statistical neighbours", "26.7%", "similar", "persistent")
    reason = "" if has_level else "No figure: hidden by the publisher to protect children."
    return Headline(
        name, name, "2024/25", level, has_level, reason, more.get("provisional", False), nobody,
        Standing("England", "29%", "worse", "interval"), "9th of 9", "53 pp", "no SEN", "", "", "",
        False, (),
    )  # fmt: skip


def row(name: str, word: str, stage: str = "Key stage 2", **changed: object) -> SpineRow:
    made = SpineRow(
        outcome(name), stage, "500 pupils", word, -0.6, -0.1, "29%", True, (-0.3, 0.2), "16%",
        "56%", True,
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


ROWS = (
    row("Good level", "better", "Early years", own=0.5),
    row("Phonics", "similar", "Key stage 1", own=0.0),
    row("Reading", "worse"),
    row("Absence", NOT_TESTED, "Attendance", is_england=False, middle="median 9%"),
    row("Few areas", NOT_TESTED, "Attendance", half=None),
    row(
        "Hidden", NOT_TESTED, "16 to 19", own=None, outcome=outcome("Hidden", "c", has_level=False)
    ),
    row("One figure", NOT_TESTED, "16 to 19", low="", high="", half=None),
)
VIEW = Spine(ROWS, "Southend-on-Sea", "alt", "description")


def test_each_verdict_has_its_shape_and_stands_where_the_row_says() -> None:
    drawn = traces(spine(VIEW))
    shapes = {
        word: drawn[word].marker.symbol for word in ("better", "similar", "worse", NOT_TESTED)
    }
    assert shapes["better"] == "triangle-up" and shapes["worse"] == "triangle-down"
    fills = {word: drawn[word].marker.color for word in shapes}
    assert len(set(fills.values())) == 4
    assert list(drawn["better"].x) == [0.5]
    assert list(drawn["worse"].x) == [-0.6]


def test_every_row_with_a_range_has_the_whole_range_and_the_middle_half() -> None:
    drawn = traces(spine(VIEW))
    assert len(drawn["range"].y) == len(ROWS) - 1
    assert set(drawn["range"].base) == {-1.0} and set(drawn["range"].x) == {2.0}
    assert len(drawn["half"].y) == len(ROWS) - 2
    assert drawn["half"].base[0] == -0.3 and drawn["half"].x[0] == pytest.approx(0.5)


def test_englands_stroke_is_solid_and_a_median_dotted() -> None:
    drawn = traces(spine(VIEW))
    assert drawn["england"].line.dash == "solid" and drawn["median"].line.dash == "dot"
    assert len(drawn["median"].x) == 3
    assert "median<br>9%" in words(spine(VIEW))


def test_text_columns_say_name_year_pupils_figures_and_ends() -> None:
    said = words(spine(VIEW))
    for text in ("Reading", "2024/25 · 500 pupils", "<b>20%</b>", "26.7%", "29%", "16%", "56%",
                 "Worst", "Best", "Southend-on-<br>Sea", "<b>Key stage 2</b>"):  # fmt: skip
        assert text in said, text
    assert "Worst or" not in said


def test_stages_stand_once_in_their_order() -> None:
    heads = [n.text for n in spine(VIEW).layout.annotations
             if str(n.text).startswith("<b>") and "%" not in str(n.text)]  # fmt: skip
    stages = ("Early years", "Key stage 1", "Key stage 2", "Attendance", "16 to 19")
    assert heads[:5] == [f"<b>{stage}</b>" for stage in stages]


def test_a_row_without_a_figure_keeps_its_place_its_letter_and_its_reason() -> None:
    figure = spine(VIEW)
    said = words(figure)
    assert "2024/25 · No figure: hidden by the publisher to protect children." in said
    assert "<b>c</b>" in said
    assert sum(len(traces(figure)[w].x) for w in ("better", "similar", "worse", NOT_TESTED)) == (
        len(ROWS) - 2
    )


def test_a_provisional_figure_says_so() -> None:
    early = row("Reading", "worse", outcome=outcome("Reading", provisional=True))
    assert "2024/25 · provisional" in words(spine(replace(VIEW, rows=(early,))))


def test_without_a_direction_the_ends_are_lowest_and_highest() -> None:
    context = row("Share", NOT_TESTED, is_directed=False)
    assert "Worst or<br>lowest" in words(spine(replace(VIEW, rows=(context,))))


def test_rates_take_two_lines_in_their_column() -> None:
    rate = row("Suspensions", "worse", low="80.33 per 100")
    assert "80.33<br>per 100" in words(spine(replace(VIEW, rows=(rate,))))


def test_rows_do_not_touch_and_fill_the_height() -> None:
    figure = spine(VIEW)
    places = sorted(y for y in traces(figure)["range"].y)
    assert min(b - a for a, b in zip(places, places[1:], strict=False)) >= 40
    low, high = figure.layout.yaxis.range
    assert (low, high) == (figure.layout.height - 94, 0)


def test_the_key_names_every_shape() -> None:
    said = words(spine(VIEW))
    for text in ("better than England", "worse than England", "no clear difference", "not tested",
                 "statistical neighbours", "middle half of authorities"):  # fmt: skip
        assert text in said


def test_the_profile_is_drawn_on_paper() -> None:
    drawn = paper.svg(spine(VIEW), width=1000, alt="alt").decode()
    assert "Reading" in drawn and "Key stage 1" in drawn


def test_a_profile_of_nothing_is_an_empty_frame() -> None:
    assert traces(spine(replace(VIEW, rows=())))["range"].y == ()
