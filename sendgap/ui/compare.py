"""Compare areas: who stands where, who is like us and better, and every figure to search."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

import streamlit as st

from sendgap.charts import drawn
from sendgap.charts.drawn import Drawn
from sendgap.store import Release
from sendgap.ui import begin, cached, england, pinned, show, state, tables
from sendgap.ui.selection import (
    COMPARE_VIEWS,
    LEVEL_AND_GAP,
    MAP,
    RANKING,
    SMALL_NUMBERS,
    SPREAD,
    Selection,
    area_of,
    request,
    to_query,
)
from sendgap.views.area_map import AreaMap
from sendgap.views.compare_model import AMONG, BY, CompareAreas, RankedArea
from sendgap.views.funnel_model import SmallNumbers
from sendgap.views.funnel_words import ordered_codes
from sendgap.views.model import NoAnswer, Table
from sendgap.views.spread import Spread

AREAS = {"england": "England", "region": "Region", "neighbours": "Neighbours", "set": "Chosen"}
ORDERS = {"level": "SEN level", "gap": "Gap"}
#: Views that are always of all authorities.
OF_ENGLAND = (MAP, SPREAD)
#: Rows of the table before all are asked for.
FEW = 25


def with_known_scope(chosen: Selection) -> Selection:
    """The selection without a list of chosen areas where none is chosen."""
    empty = chosen.among == "set" and not chosen.beside
    return replace(chosen, among=AMONG[0]) if empty else chosen


def page(release: Release, chosen: Selection, said: tuple[str, ...]) -> None:
    """The main part of the page."""
    begin.back(release, chosen, begin.COMPARE)
    show.notices(said)
    asked = request(chosen, release)
    has_gap = release.catalogue.indicators[chosen.ind].has_gap
    answer: CompareAreas | SmallNumbers | AreaMap | Spread | NoAnswer
    if chosen.view in OF_ENGLAND:
        answer = england.asked(release, asked, chosen.view, chosen.by)
    elif chosen.view == SMALL_NUMBERS:
        answer = cached.small_numbers(release, asked, chosen.by)
    else:
        answer = cached.compare_areas(release, asked, chosen.among, chosen.by)
    if isinstance(answer, NoAnswer):
        show.nothing(
            answer,
            lambda label, keys: _offer(chosen, label, keys),
            partial(_controls, chosen, has_gap=has_gap),
        )
    elif isinstance(answer, SmallNumbers):
        _small(answer, chosen, has_gap=has_gap)
    elif isinstance(answer, CompareAreas):
        _answer(answer, chosen, has_gap=has_gap)
    else:
        show.heading(answer.words)
        _controls(chosen, has_gap=has_gap)
        england.draw(answer, chosen)
    begin.next_pages(chosen, area_of(chosen, release), begin.COMPARE)


def _offer(chosen: Selection, label: str, keys: dict[str, str]) -> None:
    st.page_link(begin.COMPARE, label=label, query_params=to_query(chosen, **keys))


def _controls(chosen: Selection, *, has_gap: bool) -> None:
    """What the page can be asked; level or gap only of an outcome that has both."""
    areas = {key: name for key, name in AREAS.items() if key != "set" or chosen.beside}
    with st.container(horizontal=True, key="controls"):
        show.one_of("View", "view", COMPARE_VIEWS, chosen.view)
        if chosen.view not in (SMALL_NUMBERS, *OF_ENGLAND):
            show.one_of("Areas", "among", areas, chosen.among)
        if not has_gap:
            return
        if chosen.view in (SMALL_NUMBERS, *OF_ENGLAND):
            show.one_of("Figures", "by", {key: ORDERS[key] for key in BY}, chosen.by)
        elif chosen.view != LEVEL_AND_GAP:
            show.one_of("In order of", "by", {key: ORDERS[key] for key in BY}, chosen.by)


def _answer(view: CompareAreas, chosen: Selection, *, has_gap: bool) -> None:
    show.heading(view.words)
    _controls(chosen, has_gap=has_gap)
    charts = _charts(view, chosen)
    show.description(view.chart.description)
    _alike(view, chosen)
    show.in_words(view.words.sentences)
    st.header("Beside comparators", anchor=False)
    show.table(view.own, key="own")
    st.header("Every area", anchor=False)
    _areas(view, chosen)
    show.files(view.chart, view.words, view.definition, charts, partial(pinned.button, chosen))
    show.sources(view.words)
    show.read_more(view.definition)


def _small(view: SmallNumbers, chosen: Selection, *, has_gap: bool) -> None:
    """The funnel, what it says, and every authority with its limits."""
    show.heading(view.words)
    _controls(chosen, has_gap=has_gap)
    if chosen.by == "gap" and view.by != "gap":
        st.markdown(
            "No one source gives the numbers of two groups of different pupils, so the levels are "
            "shown and not the gaps."
        )
    charts = drawn.figures(view)
    show.charts(charts)
    show.description(view.chart.description)
    show.in_words(view.words.sentences)
    st.header("Beside the middle", anchor=False)
    show.table(view.own, key="own")
    st.header("Every area with numbers", anchor=False)
    codes = ordered_codes(view.areas)
    hrefs = [tables.address(tables.COMPARE, state.to_area(chosen, code)) for code in codes]
    own = next((row.name for row in view.areas if row.role == "area"), "")
    tables.linked(view.chart.table, hrefs, key="areas", own=own, most=FEW)
    show.files(view.chart, view.words, view.definition, charts, partial(pinned.button, chosen))
    show.sources(view.words)
    show.read_more(view.definition)


def _charts(view: CompareAreas, chosen: Selection) -> tuple[Drawn, ...]:
    """Draw the chart of the page's view, or say why there is none."""
    if chosen.view != LEVEL_AND_GAP and chosen.by == "gap" and view.gap_axis is None:
        st.markdown("This outcome has a level and no gap, so areas stand in order of level.")
    charts = drawn.named(view, LEVEL_AND_GAP if chosen.view == LEVEL_AND_GAP else RANKING)
    show.charts(charts)
    if chosen.view == LEVEL_AND_GAP and charts:
        st.caption(
            "A wide gap and a high level can both be true. Along each dotted line the level of "
            f"{view.reference_label} is the same."
        )
    elif chosen.view == LEVEL_AND_GAP:
        st.markdown("This outcome has a level and no gap: the ranking shows it.")
    return charts


def _alike(view: CompareAreas, chosen: Selection) -> None:
    """Neighbours to talk to."""
    if not view.alike_rule:
        return
    word = "lower" if view.polarity.value == "lower_is_better" else "higher"
    beyond = " and no wider gap" if view.gap_axis is not None else ""
    st.header(f"Statistical neighbours with a {word} level{beyond}", anchor=False)
    st.caption(view.alike_rule)
    for row in view.alike:
        with st.container(horizontal=True, key=f"alike-{row.la_code}"):
            _area_link(row, chosen)
            gap = f", gap {row.gap_printed}" if view.gap_axis is not None else ""
            st.markdown(
                show.plain(f"{row.level_printed}{gap} · {row.closeness.lower()}"), width="content"
            )


def _area_link(row: RankedArea, chosen: Selection) -> None:
    query = to_query(chosen, area=row.la_code)
    st.page_link(begin.COMPARE, label=row.name, query_params=query, width="content")


def _areas(view: CompareAreas, chosen: Selection) -> None:
    """The table, searched and sorted; every name opens this page for that area."""
    table = view.chart.table
    with st.container(horizontal=True, key="table-controls"):
        wanted = st.text_input(
            "Find an area", key="find-area", placeholder="Name, region or number"
        )
        order = st.selectbox("Sort by", list(table.columns), key="sort-by", index=None,
                             placeholder="As in the chart")  # fmt: skip
    rows = _arranged(view, wanted, order)
    if not rows:
        st.markdown(f"No area matches “{show.plain(wanted)}”.")
        return
    codes = {cells: row.la_code for cells, row in zip(table.rows, view.rows, strict=True)}
    hrefs = [tables.address(tables.COMPARE, state.to_area(chosen, codes[cells])) for cells in rows]
    own = next((row.name for row in view.rows if row.role == "area"), "")
    shown = Table(table.caption, table.columns, rows, table.key_columns)
    tables.linked(shown, hrefs, key="areas", own=own, most=FEW)


def _arranged(view: CompareAreas, wanted: str, order: str | None) -> tuple[tuple[str, ...], ...]:
    """The area itself first, then the rows that match, in the order asked for."""
    table, text = view.chart.table, wanted.strip().casefold()
    pairs = [
        (row, cells)
        for row, cells in zip(view.rows, table.rows, strict=True)
        if not text or text in f"{row.name} {row.region} {row.la_code}".casefold()
    ]
    if order is not None:
        pairs.sort(key=lambda pair: _sort_key(view, pair[0], pair[1], order))
    pairs.sort(key=lambda pair: pair[0].role != "area")
    return tuple(cells for _, cells in pairs)


def _sort_key(
    view: CompareAreas, row: RankedArea, cells: tuple[str, ...], order: str
) -> tuple[bool, float, str]:
    """Numbers by size, words by letter; cells without a number at the end."""
    if order == view.sen_label:
        value = row.level
    elif order == "Gap":
        value = row.gap
    elif order == view.reference_label:
        value = row.reference
    else:
        cell = cells[view.chart.table.columns.index(order)]
        found = re.match(r"=?([\d,]+)", cell)
        value = -float(found[1].replace(",", "")) if found else None
        if not any(letter.isdigit() for letter in cell):
            return (cell in LAST, 0.0, cell)
    return (value is None, -(value or 0.0), row.name)


#: Words that stand for nothing, after all others.
LAST = ("not a neighbour", "not ranked", "nothing to compare", "not given")
