"""Local figures as *Schools and DSPL areas* draws them: units beside each other, and one alone."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from sendgap.charts.drawn import Drawn, figures
from sendgap.charts.small_multiples import (
    ALL_PANELS,
    FEW_PANELS,
    MOST_PANELS,
    small_multiples,
)
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.ui import begin, cached, show, tables
from sendgap.ui.selection import Selection, to_query
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.local_areas import local_areas
from sendgap.views.local_model import LOCAL_KINDS, LocalAreas, LocalOne, LocalQuestion
from sendgap.views.local_one import local_one

#: Rows of a table before all are asked for.
MANY = 25


def areas(release: Release, local: LocalRelease, chosen: Selection) -> None:
    """The units of a kind beside each other on one outcome."""
    within = chosen.within if chosen.loc != "dspl" else ""
    asked = LocalQuestion(chosen.loc, chosen.ind, SenGroup(chosen.grp), within, chosen.order)
    view = cached.local_view(local_areas, release, local, asked)
    drawn = figures(view)
    show.heading(view.words)
    withheld(view)
    if view.drawn:
        panels(view, drawn[0])
        show.description(view.chart.description)
    show.in_words(view.words.sentences)
    st.header("The figures", anchor=False)
    pages = [to_query(chosen, unit=f"{chosen.loc}:{unit.unit_id}") for unit in view.units]
    hrefs = [tables.address("local", query) for query in pages]
    many = LOCAL_KINDS[chosen.loc][1]
    tables.linked(view.chart.table, hrefs, key="units", most=MANY, many=many)
    show.files(view.chart, view.words, view.definition, drawn)
    show.protected(view.disclosure)
    show.sources(view.words)
    show.read_more(view.definition)


def panels(view: LocalAreas, drawn: Drawn) -> None:
    """The small charts: the first of them, until all are asked for."""
    count = len(view.drawn)
    place = st.container()
    all_of_them = False
    if count > FEW_PANELS:
        with st.container(key="more" if count > MOST_PANELS else "narrow-more"):
            label = f"Show {min(count, ALL_PANELS)} small charts"
            all_of_them = st.toggle(label, key="all-panels")
    with place:
        if not all_of_them:
            wide_and_narrow(drawn)
            return
        wide = drawn.figure
        if count > MOST_PANELS:
            wide = small_multiples(view, most=ALL_PANELS)
        narrow = small_multiples(view, across=1, most=ALL_PANELS)
        wide_and_narrow(replace(drawn, make=lambda: wide, make_narrow=lambda: narrow))


def one(release: Release, local: LocalRelease, chosen: Selection) -> None:
    """One unit on every outcome, beside the units it lies in."""
    view = cached.local_view(local_one, release, local, chosen.unit, SenGroup(chosen.grp))
    query = to_query(chosen, unit="")
    st.page_link(begin.LOCAL, label="Back to comparing them", query_params=query)
    show.heading(view.words)
    more_shown(view, chosen)
    withheld(view)
    drawn = {each.key: each for each in figures(view)}
    if "place" in drawn:
        wide_and_narrow(drawn["place"])
        show.description(view.chart.description)
    show.in_words(view.words.sentences)
    if "years" in drawn:
        st.header("Over time", anchor=False)
        wide_and_narrow(drawn["years"])
    st.header("The figures", anchor=False)
    pages = [begin.outcome_query(chosen, outcome.indicator_id) for outcome in view.outcomes]
    hrefs = [tables.address(tables.OUTCOME, query) for query in pages]
    tables.linked(view.table, hrefs, key="place")
    show.files(view.chart, view.words, view.definition, tuple(drawn.values()))
    st.header(view.similar_heading, anchor=False)
    for unit in view.similar:
        with st.container(horizontal=True):
            st.page_link(begin.LOCAL, label=unit.name, query_params=to_query(chosen, unit=unit.key))
            st.markdown(show.plain(unit.closeness), width="content")
    st.caption(show.plain(view.similar_said))
    if view.similar_pupils:
        show.table(view.similar_pupils, key="similar-pupils")
    if view.similar_by:
        with st.expander("What they are compared by"):
            show.table(view.similar_by, key="similar-by")
    show.protected(view.disclosure)
    show.sources(view.words)


def more_shown(view: LocalOne, chosen: Selection, page: str = begin.LOCAL) -> None:
    """Links to the groups of which more can be shown here."""
    for group, count in view.others:
        st.page_link(
            page,
            label=f"{GROUP_LABELS[group]}: more can be shown here ({count})",
            query_params=to_query(chosen, grp=str(group)),
        )


def wide_and_narrow(drawn: Drawn) -> None:
    """A chart as screens and as phones show it."""
    with st.container(key=f"wide-{drawn.key}"):
        show.chart(drawn.figure, alt=drawn.alt, key=drawn.key)
    with st.container(key=f"narrow-{drawn.key}"):
        show.chart(drawn.narrow, alt=drawn.alt, key=f"{drawn.key}-phone")


def withheld(view: LocalAreas | LocalOne) -> None:
    """What is not shown and why, before anything is drawn."""
    if view.withheld:
        show.box("What is not shown, and why", view.withheld, key="withheld")
    else:
        st.markdown("Nothing is hidden here.")
