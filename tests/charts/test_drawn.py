"""One list of a view's charts: pages, downloads and documents draw the same."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from sendgap.charts import drawn, over_time
from sendgap.views.model import SourceNote
from tests.charts import views
from tests.charts.drawings import SVG, root, words
from tests.charts.test_change_and_chance import THREE, moved, small
from tests.charts.test_compare import view as compared

SOURCE = SourceNote("Key stage 2 <attainment>", "DfE", "9 June 2026", "2024/25", "", "OGL", "")
TOLD = replace(views.WORDS, finding="A finding & more", sources=(SOURCE,))
VIEWS: dict[str, tuple[Any, list[str]]] = {
    "over time": (views.over_time(), ["levels", "gaps"]),
    "without a gap": (views.without_gap(), ["levels"]),
    "side by side": (views.side_by_side(), ["beside"]),
    "moved": (THREE, ["moved"]),
    "not split": (moved(), []),
    "compared": (compared(), ["ranking", "level-and-gap"]),
    "compared without a gap": (replace(compared(), gap_axis=None), ["ranking"]),
    "small numbers": (small(), ["funnel"]),
}


@pytest.mark.parametrize(("view", "keys"), VIEWS.values(), ids=VIEWS)
def test_each_view_has_its_charts(view: Any, keys: list[str]) -> None:
    found = drawn.figures(view)
    assert [each.key for each in found] == keys
    assert len({each.file_name for each in found}) == len(keys)
    assert all(each.alt and each.figure.data for each in found)


def test_the_charts_are_those_of_the_views_own_builders() -> None:
    view = views.over_time()
    level, gap = drawn.figures(view)
    assert level.figure.to_json() == over_time.levels(view).to_json()
    assert gap.figure.to_json() == over_time.gaps(view).to_json()  # type: ignore[union-attr]
    assert (level.alt, gap.alt) == (view.chart.alt, view.gap_alt)


def test_a_figure_is_made_once() -> None:
    (each,) = drawn.figures(views.side_by_side())
    assert each.figure is each.figure


def test_some_of_a_views_charts_by_their_keys() -> None:
    assert [each.key for each in drawn.named(compared(), "level-and-gap")] == ["level-and-gap"]


def test_what_has_no_charts_has_none() -> None:
    assert drawn.figures("words") == ()


def test_a_picture_never_stands_without_finding_source_year_and_release() -> None:
    said = words(drawn.svg(drawn.figures(views.over_time()), TOLD, "2026-06-29-abc"))
    whole = " ".join(said)
    assert said[:2] == ["A finding & more", "context"]
    assert "Source: Key stage 2 <attainment>, DfE, edition of 9 June 2026" in whole
    assert "figures of 2024/25" in whole
    assert said[-1] == "sendgap, release 2026-06-29-abc."


def test_level_and_gap_leave_in_one_picture_each_under_its_caption() -> None:
    charts = drawn.figures(views.over_time())
    said = words(drawn.svg(charts, TOLD, "r"))
    assert said.index("Level") < said.index("% of pupils") < said.index("Gap")
    alone = drawn.svg(charts[:1], TOLD, "r")
    assert "Level" not in words(alone)
    assert float(root(alone).attrib["height"]) < float(
        root(drawn.svg(charts, TOLD, "r")).attrib["height"]
    )
    assert root(drawn.svg(charts, TOLD, "r")).findtext(f"{SVG}desc") == "alt gap alt"


def test_the_png_is_sharp_and_described() -> None:
    picture = Image.open(io.BytesIO(drawn.png(drawn.figures(THREE), TOLD, "r")))
    assert picture.width == 1520
    assert picture.info["Title"] == "A finding & more"
