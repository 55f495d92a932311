"""All outcomes grid: the heat map, one outcome in two years, and a line for each outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from sendgap.charts.drawn import figures
from sendgap.charts.spark import spark
from sendgap.store import Release
from sendgap.ui import begin, cached, outcome, pinned, show, state, tables
from sendgap.ui.selection import (
    CHANGE,
    GRID_VIEWS,
    HEAT,
    SPARKLINES,
    Selection,
    area_of,
    request,
    to_query,
)
from sendgap.views.compare_model import BY
from sendgap.views.grid import grid as _grid
from sendgap.views.grid_model import MARKS, Grid, Sparks
from sendgap.views.model import NoAnswer
from sendgap.views.pins import pin_of
from sendgap.views.request import Request
from sendgap.views.slope_model import BaselineToLatest
from sendgap.views.slope_years import starts as _starts
from sendgap.views.slopes import baseline_to_latest
from sendgap.views.sparks import sparks

#: The keys of a link to each view.
_SHARED = ("area", "set", "grp", "snv", "view")
KEYS = {
    HEAT: (*_SHARED, "ind", "by", "mark"),
    CHANGE: (*_SHARED, "ind", "by", "yr", "since", "term", "bd"),
    SPARKLINES: _SHARED,
}
FIGURES = {"level": "Level", "gap": "Gap and level"}
SHAPES = {"quarter": "Quarter of England", "tested": "Tested against England"}
_OUTCOME = "outcome_of_grid"

View = Grid | BaselineToLatest | Sparks


def with_known_years(
    release: Release, chosen: Selection, said: tuple[str, ...]
) -> tuple[Selection, tuple[str, ...]]:
    """The selection with years that are held, where the view is about two of them."""
    if chosen.view != CHANGE:
        st.session_state.pop(f"{state.WIDGET}ind", None)
        return chosen, said
    chosen, said = outcome.with_known_year(chosen, said, outcome.years(release, chosen))
    return outcome.with_known_start(chosen, said, release)


def starts(release: Release, chosen: Selection) -> tuple[tuple[str, str], ...] | None:
    """The years that the newest can be set against; nothing in the other views."""
    if chosen.view != CHANGE:
        return None
    asked = request(replace(chosen, since=""), release)
    return cached.view(_starts, release, asked, chosen.by)


def page(release: Release, chosen: Selection, said: tuple[str, ...]) -> None:
    """The main part of the page."""
    begin.back(release, chosen, begin.GRID)
    show.notices(said)
    answer = _asked(release, chosen)
    if isinstance(answer, NoAnswer):
        show.nothing(
            answer, lambda label, keys: _offer(chosen, label, keys), partial(_view, chosen)
        )
    else:
        show.heading(answer.words)
        _successors(release, chosen)
        _controls(chosen)
        _DRAWN[type(answer)](answer, chosen)
        pin = partial(pinned.button, chosen)
        show.files(
            answer.chart, answer.words, answer.definition, figures(answer),
            pin if pin_of(chosen.view, chosen) else None,
        )  # fmt: skip
        show.sources(answer.words)
        show.read_more(answer.definition)
    begin.outcomes(release, chosen)
    begin.next_pages(chosen, area_of(chosen, release), begin.GRID)


def _asked(release: Release, chosen: Selection) -> View | NoAnswer:
    asked = request(chosen, release)
    if chosen.view == CHANGE:
        return cached.view(baseline_to_latest, release, asked, chosen.by)
    area = Request(asked.area_code, "", chosen.grp, vintage=chosen.snv, chosen=asked.chosen)
    if chosen.view == SPARKLINES:
        return cached.view(sparks, release, area, date.today())
    return cached.large_view(_grid, release, area, chosen.by, chosen.mark, date.today())


def _offer(chosen: Selection, label: str, keys: dict[str, str]) -> None:
    begin.offer(begin.GRID, chosen, label, keys)


def _successors(release: Release, chosen: Selection) -> None:
    """Where the figures of an authority that has closed go on."""
    for code in area_of(chosen, release).successors:
        area = release.areas.by_code(code)
        _offer(chosen, f"See {area.short_name}", {"area": area.la_code or code})


def _view(chosen: Selection) -> None:
    with st.container(horizontal=True, key="controls"):
        show.one_of("View", "view", GRID_VIEWS, chosen.view)


def _controls(chosen: Selection) -> None:
    with st.container(horizontal=True, key="controls"):
        show.one_of("View", "view", GRID_VIEWS, chosen.view)
        if chosen.view != SPARKLINES:
            show.one_of("Figures", "by", {key: FIGURES[key] for key in BY}, chosen.by)
        if chosen.view == HEAT and chosen.by != "gap":
            show.one_of("Shapes", "mark", {key: SHAPES[key] for key in MARKS}, chosen.mark)


def _heat(view: Grid, chosen: Selection) -> None:
    """The grid; on phones one outcome in every area instead."""
    with st.container(key="wide-grid"):
        show.charts(figures(view))
    with st.container(key="narrow-outcome"):
        _one_outcome(view, chosen)
    show.description(view.chart.description)
    show.in_words(view.words.sentences)
    st.header("The figures", anchor=False)
    own = view.rows[0].name
    places = [n for n, c in enumerate(view.columns, start=1) if c.indicator_id == chosen.ind]
    table = replace(view.chart.table, key_columns=(0, *(places or [1])))
    tables.linked(table, _hrefs(view, chosen), key="grid", own=own)
    st.header("Each outcome on its own page", anchor=False)
    tables.links([(c.name, begin.outcome_query(chosen, c.indicator_id)) for c in view.columns])


def _hrefs(view: Grid, chosen: Selection) -> list[str]:
    """This page for each authority; averages, regions and England have none."""
    return [
        tables.address(tables.GRID, state.to_area(chosen, row.la_code)) if row.la_code else ""
        for row in view.rows
    ]


def _one_outcome(view: Grid, chosen: Selection) -> None:
    """One outcome in every area as a list, chosen by its name."""
    names = {column.indicator_id: column.name for column in view.columns}
    shown = chosen.ind if chosen.ind in names else next(iter(names))
    st.session_state[_OUTCOME] = shown
    st.pills(
        "Outcome", list(names), format_func=names.__getitem__, key=_OUTCOME, on_change=_pick,
        required=True,
    )  # fmt: skip
    table = view.of_outcome(shown)
    tables.linked(table, _hrefs(view, chosen), key="one", own=view.rows[0].name)


def _pick() -> None:
    """The outcome that was tapped becomes the chosen one."""
    st.session_state[f"{state.WIDGET}ind"] = st.session_state[_OUTCOME]


def _change(view: BaselineToLatest, chosen: Selection) -> None:
    """The slopes of one outcome, and every area's two figures."""
    if chosen.by == "gap" and view.by != "gap":
        st.markdown("This outcome has a level and no gap, so the levels are shown.")
    show.charts(figures(view))
    show.description(view.chart.description)
    show.in_words(view.words.sentences)
    st.header("The figures", anchor=False)
    hrefs = [
        tables.address(tables.GRID, state.to_area(chosen, s.la_code)) if s.la_code else ""
        for s in view.slopes
    ]
    tables.linked(view.chart.table, hrefs, key="change", own=view.slopes[0].label)
    query = to_query(chosen, view="", since="", by="", mark="")
    st.page_link(begin.OUTCOME, label="Every year of this outcome", query_params=query)


def _sparks(view: Sparks, chosen: Selection) -> None:
    """A row for each outcome with its small line."""
    show.in_words(view.words.sentences)
    st.header("The figures", anchor=False)
    hrefs = [begin.outcome_address(chosen, row.indicator_id) for row in view.rows]
    pictures = [spark(row.points, chosen.grp) for row in view.rows]
    tables.linked(view.chart.table, hrefs, key="sparks", pictures=pictures)


_DRAWN: dict[type, Callable[..., None]] = {
    Grid: _heat, BaselineToLatest: _change, Sparks: _sparks,
}  # fmt: skip
