"""One outcome for one area: the view a selection asks for, drawn whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from sendgap.charts import drawn
from sendgap.store import Release
from sendgap.ui import begin, cached, pinned, show
from sendgap.ui.selection import (
    LATEST,
    OUTCOME_VIEWS,
    SIDE_BY_SIDE,
    WHAT_MOVED,
    Selection,
    area_of,
    request,
    to_query,
)
from sendgap.views.model import GapOverTime, NoAnswer, SideBySide
from sendgap.views.moved_model import Spans, WhatMoved
from sendgap.views.request import Request

Years = tuple[tuple[str, str], ...]
View = GapOverTime | SideBySide | WhatMoved
ASKED: dict[str, Callable[[Release, Request], View | NoAnswer]] = {
    SIDE_BY_SIDE: cached.side_by_side,
    WHAT_MOVED: cached.what_moved,
}


def years(release: Release, chosen: Selection) -> Years:
    """The periods with a figure for the chosen area and group, newest first."""
    view = cached.gap_over_time(release, request(replace(chosen, yr=LATEST), release))
    if isinstance(view, NoAnswer):
        return ()
    filled = [p for p in view.levels[0].points if p.value is not None]
    return tuple((p.time_period, p.period_label) for p in reversed(filled))


def with_known_year(
    chosen: Selection, said: tuple[str, ...], held: Years
) -> tuple[Selection, tuple[str, ...]]:
    """The selection with a year that is held, and a line where the asked one is not."""
    if chosen.yr == LATEST or chosen.yr in dict(held):
        return chosen, said
    notice = f"Year “{chosen.yr}” has no figure here: the newest year is shown."
    return replace(chosen, yr=LATEST), (*said, notice)


def spans(release: Release, chosen: Selection) -> Spans | None:
    """The years a change can be told between, in the view that tells it."""
    if chosen.view != WHAT_MOVED:
        return None
    return cached.spans(release, request(replace(chosen, since=""), release))


def with_known_start(
    chosen: Selection, said: tuple[str, ...], release: Release
) -> tuple[Selection, tuple[str, ...]]:
    """The selection without a start that is no period, and a line that says so."""
    view = cached.gap_over_time(release, request(replace(chosen, yr=LATEST, since=""), release))
    known = () if isinstance(view, NoAnswer) else view.levels[0].points
    if not chosen.since or any(p.time_period == chosen.since for p in known):
        return chosen, said
    notice = f"Start “{chosen.since}” is not known here: the usual one is taken."
    return replace(chosen, since=""), (*said, notice)


def page(release: Release, chosen: Selection, said: tuple[str, ...]) -> None:
    """The main part of the page."""
    begin.back(release, chosen, begin.OUTCOME)
    _, faults = cached.targets(release)
    show.notices((*said, *faults.splitlines()))
    asked = request(chosen, release)
    answer = ASKED.get(chosen.view, cached.gap_over_time)(release, asked)
    body(answer, chosen)
    begin.next_pages(chosen, area_of(chosen, release), begin.OUTCOME)


def body(answer: View | NoAnswer, chosen: Selection) -> None:
    """A view of an outcome from its heading down, or what there is instead."""
    if isinstance(answer, NoAnswer):
        show.nothing(
            answer, lambda label, keys: _offer(chosen, label, keys), partial(_controls, chosen)
        )
    else:
        _answer(answer, chosen)


def _controls(chosen: Selection) -> None:
    with st.container(horizontal=True, key="controls"):
        show.one_of("View", "view", OUTCOME_VIEWS, chosen.view)


def _offer(chosen: Selection, label: str, keys: dict[str, str]) -> None:
    st.page_link(begin.OUTCOME, label=label, query_params=to_query(chosen, **keys))


def _answer(view: View, chosen: Selection) -> None:
    show.heading(view.words)
    _controls(chosen)
    charts = drawn.figures(view)
    show.charts(charts)
    if isinstance(view, WhatMoved):
        _moved(view)
    show.description(view.chart.description)
    show.in_words(view.words.sentences)
    st.header("The figures", anchor=False)
    show.table(view.chart.table)
    show.files(view.chart, view.words, view.definition, charts, partial(pinned.button, chosen))
    show.sources(view.words)
    show.read_more(view.definition)


def _moved(view: WhatMoved) -> None:
    """Why no steps are drawn, where none are, and whether the group itself has changed."""
    if not view.steps:
        st.markdown(show.plain(view.not_drawn))
    if view.guard:
        st.header("Did the group itself change?", anchor=False)
        for line in view.guard:
            st.markdown(show.plain(line))
