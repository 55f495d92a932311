"""Everything that is served, thing by thing, searched for what disclosure control hid.

True counts are moved away once the release is made, so whatever is served afterwards is made
of the served database alone; the database is searched by itself, to its last page. Every
search is shown to find what it looks for where a view is given hidden figures.
"""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from collections.abc import Iterator

import pytest

from sendgap.charts import drawn
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.ui import downloads
from sendgap.views.local_areas import GROUPS, local_areas, outcomes
from sendgap.views.local_model import LOCAL_KINDS, LocalQuestion
from sendgap.views.local_one import local_one
from tests.local.searching import told


def unzipped(content: bytes) -> str:
    """All that a workbook holds: sheets seen and hidden, names, properties."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def things(release: Release, local: LocalRelease, every: int = 1) -> Iterator[tuple[str, str]]:
    """Every view with its charts' JSON and its files; places by themselves in the same way."""
    asked = itertools.product(LOCAL_KINDS, outcomes(release, local), GROUPS)
    views = [(repr(one), local_areas(release, local, LocalQuestion(*one)))
             for one in itertools.islice(asked, 0, None, every)]  # fmt: skip
    ones = [f"{kind}:{next(iter(local.names(kind)))}" for kind in LOCAL_KINDS if local.names(kind)]
    for view in (*views, *((one, local_one(release, local, one, GROUPS[0])) for one in ones)):
        name, made = view
        yield f"model of {name}", repr(made)
        for chart in drawn.figures(made):
            yield f"chart of {name}", json.dumps(chart.figure.to_plotly_json(), default=list)
        yield f"CSV of {name}", downloads.csv(made.chart.table).decode("utf-8-sig")
        book = downloads.excel(made.chart.table, made.words, made.definition)
        yield f"Excel of {name}", unzipped(book)


def test_t12_no_view_chart_or_file_holds_a_hidden_figure(
    release: Release, local: LocalRelease, secrets: set[str]
) -> None:
    found = {name: told(text, secrets) for name, text in things(release, local)}
    assert len(found) > 200 and not any(found.values())


def test_t12_counterpart_a_careless_view_would_be_found_out(
    release: Release, local: LocalRelease, secrets: set[str], careless: None
) -> None:
    found = {name: told(text, secrets) for name, text in things(release, local, every=9)}
    for thing in ("model", "chart"):
        assert any(hits for name, hits in found.items() if name.startswith(thing))


def test_t12_an_axis_ends_where_the_shown_figures_end(
    release: Release, local: LocalRelease
) -> None:
    checked = 0
    for kind, indicator in itertools.product(("school", "cluster"), outcomes(release, local)):
        view = local_areas(release, local, LocalQuestion(kind, indicator, GROUPS[0]))
        cells = local.cells(indicator, kinds=[kind, "authority"])
        shown = cells.loc[cells["value"].notna(), ["value", "lower", "upper"]].to_numpy()
        lines = [line for unit in view.units for line in unit.lines]
        lines += [view.authority] if view.authority else []
        points = [point for line in lines for point in line.points if point.value is not None]
        ends = {v for p in points for v in (p.value, p.lower, p.upper) if v is not None}
        assert ends <= set(shown.ravel()) and view.axis.highest == max(ends, default=1.0)
        checked += (cells["symbol"] == "c").any()
    assert checked > 5


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_t12_a_picture_holds_its_chart_and_no_more(
    release: Release, local: LocalRelease, secrets: set[str], kind: str
) -> None:
    view = local_areas(release, local, LocalQuestion("cluster", "persistent_absence", GROUPS[0]))
    make = drawn.png if kind == "PNG" else drawn.svg
    content = make(drawn.figures(view), view.words, release.release_id)
    hidden = [unit.name for unit in view.units if unit.hidden]
    text = content.decode("latin-1")
    assert not told(text, secrets)
    if kind == "SVG":
        assert all(name in text for name in hidden)
    else:
        assert view.words.finding.encode() in content, "the words beside the picture are found"
