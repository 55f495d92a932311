"""A chart on paper is the chart on the screen: the same picture, but for its letters' edges."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly
import pytest
from PIL import Image

from sendgap.charts import paper
from tests.charts.test_paper import FIGURES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTH = 760
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
DRAW = """async ([said, width]) => {
  const figure = JSON.parse(said); figure.layout.width = width;
  document.body.innerHTML = '<div id="chart"></div>';
  await Plotly.newPlot('chart', figure.data, figure.layout, {displayModeBar: false});
}"""
#: Shares of 255 by which blurred pictures may differ: on the whole, and in any one place.
LIKE, ANYWHERE = 0.006, 0.22


@pytest.fixture(scope="module")
def screen(chromium: Browser) -> Any:
    context = chromium.new_context(viewport={"width": WIDTH, "height": 1000})
    tab = context.new_page()
    tab.set_content("<body style='margin:0'></body>")
    tab.add_script_tag(path=str(PLOTLY))
    yield tab
    context.close()


def on_screen(tab: Page, figure: Any) -> Image.Image:
    tab.evaluate(DRAW, [figure.to_json(), WIDTH])
    height = int(figure.layout.height)
    shot = tab.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
    return Image.open(io.BytesIO(shot))


def on_paper(figure: Any) -> Image.Image:
    return Image.open(io.BytesIO(paper.png(figure, width=WIDTH, scale=1)))


def apart(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """How far two pictures differ on the whole and where they differ most, once blurred."""
    assert one.size == other.size
    small = (one.width // 12, one.height // 12)
    a, b = (
        np.asarray(p.convert("RGB").resize(small, Image.Resampling.BOX), float)
        for p in (one, other)
    )
    off = np.abs(a - b).mean(axis=2) / 255
    return float(off.mean()), float(off.max())


@pytest.mark.parametrize("name", FIGURES)
def test_paper_is_like_the_screen(screen: Page, name: str) -> None:
    figure = FIGURES[name]()
    whole, most = apart(on_screen(screen, figure), on_paper(figure))
    assert whole < LIKE, (whole, most)
    assert most < ANYWHERE, (whole, most)


def test_a_mark_that_is_missing_would_be_seen(screen: Page) -> None:
    figure = FIGURES["beside"]()
    seen = on_screen(screen, figure)
    figure.data = figure.data[:-2]
    _, most = apart(seen, on_paper(figure))
    assert most > ANYWHERE
