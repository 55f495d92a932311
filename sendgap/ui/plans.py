"""Plans and placements: the view a selection asks for, drawn part by part."""

from __future__ import annotations

from functools import partial
from itertools import groupby

import streamlit as st

from sendgap.charts import drawn
from sendgap.store import Release
from sendgap.ui import begin, cached, pinned, show
from sendgap.ui.selection import (
    NEEDS,
    PLACEMENT,
    PLANS_VIEWS,
    Selection,
    area_of,
    plans_request,
    to_query,
)
from sendgap.views.model import Chart, NoAnswer
from sendgap.views.plans import plans
from sendgap.views.plans_model import Onward, Panel, Plans

#: The keys of a link to this page.
KEYS = ("area", "cmp", "set", "snv", "view", "plans", "shown")
WHICH = {"all": "All plans", "new": "New plans"}
SHOWN = {"share": "Share", "count": "Number"}
#: What another page does not take over from this one.
UNSET = dict.fromkeys(("yr", "since", "term", "bd", "plans", "shown"), "")
#: The pages that a view leads on to, by the name it gives them.
PAGES = {"compare": begin.COMPARE, "gap": begin.OUTCOME}


def page(release: Release, chosen: Selection, said: tuple[str, ...]) -> None:
    """The main part of the page."""
    begin.back(release, chosen, begin.PLANS)
    show.notices(said)
    asked = plans_request(chosen, release)
    answer = cached.view(plans, release, asked, chosen.view, chosen.plans, chosen.shown)
    if isinstance(answer, NoAnswer):
        show.nothing(
            answer,
            lambda label, keys: _link(begin.PLANS, chosen, label, keys),
            partial(_controls, chosen),
        )
    else:
        _answer(answer, chosen)
    begin.next_pages(chosen, area_of(chosen, release), begin.PLANS)


def _controls(chosen: Selection) -> None:
    """The view; all or new plans, and shares or numbers, in the views that have both."""
    with st.container(horizontal=True, key="controls"):
        show.one_of("View", "view", PLANS_VIEWS, chosen.view)
        if chosen.view not in (NEEDS, PLACEMENT):
            return
        show.one_of("Plans", "plans", WHICH, chosen.plans)
        if chosen.view == PLACEMENT:
            show.one_of("Figures", "shown", SHOWN, chosen.shown)


def _link(page: str, chosen: Selection, label: str, keys: dict[str, str]) -> None:
    st.page_link(page, label=label, query_params=to_query(chosen, **keys))


def _answer(view: Plans, chosen: Selection) -> None:
    show.heading(view.words)
    _controls(chosen)
    _panels(view)
    _onward(view, chosen)
    pinned.button(chosen, "")
    _after(view)
    show.sources(view.words)
    show.read_more(*view.definitions)


def parts(view: Plans) -> None:
    """The view from its first part to its last table, without what only an authority has."""
    _panels(view)
    _after(view)


def _panels(view: Plans) -> None:
    """The parts in their order, half ones side by side."""
    for is_half, found in groupby(view.panels, key=lambda panel: panel.is_half):
        panels = list(found)
        places = st.columns(len(panels)) if is_half else [st.container() for _ in panels]
        for place, panel in zip(places, panels, strict=True):
            with place:
                _panel(panel, view)


def _after(view: Plans) -> None:
    """What the figures say, and the tables that stand after the words."""
    show.in_words(view.words.sentences)
    if after := [panel for panel in view.panels if not _is_in_place(panel) and panel.table]:
        st.header("The figures", anchor=False)
        for panel in after:
            _table(panel, view)


def _onward(view: Plans, chosen: Selection) -> None:
    """Links to one outcome and to every authority, as things stand here; a link to a certain
    view of another page stands openly."""
    kinds: dict[bool, list[Onward]] = {True: [], False: []}
    for each in view.onward:
        kinds[bool(dict(each.keys).get("view"))].append(each)
    for each in kinds[True]:
        _to(each, chosen)
    if kinds[False]:
        with st.expander("Look closer: one outcome, every authority"):
            for each in kinds[False]:
                _to(each, chosen)


def _to(each: Onward, chosen: Selection) -> None:
    query = to_query(chosen, **(UNSET | dict(each.keys)))
    st.page_link(PAGES[each.page], label=each.label, query_params=query)


def _is_in_place(panel: Panel) -> bool:
    """Whether a table stands under its head and not after the words."""
    return panel.with_figure or panel.figure is None


def _panel(panel: Panel, view: Plans) -> None:
    """A part's head, figure, notes, and its table where that belongs to it."""
    if panel.head:
        st.header(show.plain(panel.head), anchor=False)
    for each in drawn.named(view, panel.key):
        show.chart(each.figure, alt=each.alt, key=each.key)
    if panel.notes:
        st.caption("  \n".join(show.plain(note) for note in panel.notes))
    if panel.figure is not None:
        show.description(panel.figure.chart.description)
    if _is_in_place(panel):
        _table(panel, view)


def _table(panel: Panel, view: Plans) -> None:
    """The figures as a table, with its files."""
    if panel.table is None:
        return
    show.table(panel.table, key=panel.key)
    if view.definitions:
        about = Chart("", "", panel.table, panel.file_name)
        charts = drawn.named(view, panel.key)
        show.files(about, view.words, view.definitions[0], charts, key=f"-{panel.key}")
