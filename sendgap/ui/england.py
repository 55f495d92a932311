"""Compare areas over all of England: where each quarter lies, and how far figures spread."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from sendgap.charts import drawn
from sendgap.charts.hexagon_map import OUTLINES, hexagon_map
from sendgap.charts.verdict import CLASSES
from sendgap.store import Release
from sendgap.ui import begin, cached, pinned, show, state, tables
from sendgap.ui.selection import MAP, Selection, to_query
from sendgap.views.area_map import APPROXIMATE, AreaMap, area_map
from sendgap.views.compare_model import RankedArea
from sendgap.views.model import NoAnswer, Table
from sendgap.views.request import Request
from sendgap.views.spread import Spread, spread

#: Rows of the table before all are asked for.
FEW = 25
ONLY_LEVEL = "This outcome has a level and no gap, so levels are shown."


def asked(release: Release, request: Request, view: str, by: str) -> AreaMap | Spread | NoAnswer:
    """The view that the page asks for."""
    if view == MAP:
        return cached.large_view(_map, release, request, by)
    return cached.large_view(_spread, release, request, by)


def _map(release: Release, request: Request, by: str) -> AreaMap | NoAnswer:
    return area_map(release, request, by=by)


def _spread(release: Release, request: Request, by: str) -> Spread | NoAnswer:
    return spread(release, request, by=by)


def draw(view: AreaMap | Spread, chosen: Selection) -> None:
    """Everything under the controls."""
    if chosen.by == "gap" and view.by != "gap":
        st.markdown(show.plain(ONLY_LEVEL))
    charts = drawn.figures(view)
    if isinstance(view, AreaMap):
        _drawn_map(view, chosen)
    else:
        show.charts(charts)
        show.description(view.chart.description)
        show.in_words(view.words.sentences)
        st.header("The spread", anchor=False)
        show.table(view.limits, key="limits")
    st.header("Beside comparators", anchor=False)
    show.table(view.own, key="own")
    st.header("Every area", anchor=False)
    _areas(view.chart.table, view.rows, chosen)
    show.files(view.chart, view.words, view.definition, charts, partial(pinned.button, chosen))
    show.sources(view.words)
    show.read_more(view.definition)


def _drawn_map(view: AreaMap, chosen: Selection) -> None:
    if view.why_none:
        st.markdown(show.plain(view.why_none))
    with st.container(key="map"):
        _key(view)
        event = st.plotly_chart(
            hexagon_map(view, has_key=False),
            theme=None,
            config=show.CHART_SETTINGS,
            alt=view.chart.alt,
            key="hexagons",
            width="stretch",
            on_select="rerun",
            selection_mode="points",
        )
    st.caption(show.plain(APPROXIMATE))
    _open(view, _picked(event), chosen)
    show.description(view.chart.description)
    show.in_words(view.words.sentences)


def _key(view: AreaMap) -> None:
    """The key as a list: patch, symbol, word, from where to where, how many."""
    patches = "".join(
        f'<li><span class="patch" style="background:{CLASSES[line.step.key].fill}"></span> '
        f"{escape(line.said)}</li>"
        for line in view.key
    )
    roles = {cell.row.role for cell in view.cells}
    outlines = "".join(
        f"<li>{escape(words)}</li>" for role, words in OUTLINES.items() if role in roles
    )
    st.html(f'<ul class="key" aria-label="Key of the map">{patches}{outlines}</ul>')


def _picked(event: object) -> str:
    """The three-digit code of the hexagon that was chosen; empty where none is."""
    points = getattr(getattr(event, "selection", None), "points", None) or ()
    found = points[0].get("customdata") if points else None
    return str(found[0] if isinstance(found, (list, tuple)) else found or "")


def _open(view: AreaMap, code: str, chosen: Selection) -> None:
    """What a chosen hexagon offers; the list of areas in the controls does the same."""
    row = next((cell.row for cell in view.cells if cell.row.la_code == code), None)
    if row is not None and row.role != "area":
        query = to_query(chosen, area=row.la_code)
        st.page_link(begin.COMPARE, label=f"Open {row.name}", query_params=query)


def _areas(table: Table, rows: tuple[RankedArea, ...], chosen: Selection) -> None:
    """The area itself first, then the rest in the table's order, each a link."""
    pairs = sorted(zip(rows, table.rows, strict=True), key=lambda pair: pair[0].role != "area")
    hrefs = [tables.address(tables.COMPARE, state.to_area(chosen, row.la_code)) for row, _ in pairs]
    own = next((row.name for row in rows if row.role == "area"), "")
    shown = Table(
        table.caption, table.columns, tuple(cells for _, cells in pairs), table.key_columns
    )
    tables.linked(shown, hrefs, key="areas", own=own, most=FEW)
