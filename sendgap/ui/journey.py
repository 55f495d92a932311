"""Early years to 19: the place among authorities at each stage."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from sendgap.charts.drawn import figures
from sendgap.charts.ribbon import ribbon_tall
from sendgap.store import Release
from sendgap.ui import begin, cached, pinned, show, tables
from sendgap.ui.selection import Selection, area_of, area_request, to_query
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.journey import GROUPS
from sendgap.views.journey import journey as _journey
from sendgap.views.journey_model import Journey
from sendgap.views.journey_words import NOTE
from sendgap.views.model import NoAnswer

#: The keys of a link to this page.
KEYS = ("area", "set", "grp", "snv")


def groups() -> dict[str, str]:
    """The groups that have a line."""
    return {str(group): GROUP_LABELS[group] for group in GROUPS}


def page(release: Release, chosen: Selection, said: tuple[str, ...]) -> None:
    """The main part of the page."""
    begin.back(release, chosen, begin.JOURNEY)
    show.notices(said)
    answer = cached.view(_journey, release, area_request(chosen, release), date.today())
    if isinstance(answer, NoAnswer):
        show.nothing(answer, lambda label, keys: _offer(chosen, label, keys))
    else:
        _answer(answer, chosen)
    begin.outcomes(release, chosen)
    begin.next_pages(chosen, area_of(chosen, release), begin.JOURNEY)


def _offer(chosen: Selection, label: str, keys: dict[str, str]) -> None:
    st.page_link(begin.JOURNEY, label=label, query_params=to_query(chosen, **keys))


def _answer(view: Journey, chosen: Selection) -> None:
    show.heading(view.words)
    st.markdown(f"**{show.plain(NOTE)}**")
    with st.container(key="wide-ribbon"):
        show.charts(figures(view))
    with st.container(key="narrow-ribbon"):
        show.chart(ribbon_tall(view), alt=view.chart.alt, key="ribbon-tall")
    show.description(view.chart.description)
    show.in_words(view.words.sentences)
    st.header("The figures", anchor=False)
    hrefs = [
        begin.outcome_address(chosen, stage.indicator_id)
        for stage in view.stages
        for _ in stage.marks
    ]
    tables.linked(view.chart.table, hrefs, key="stages")
    pin = partial(pinned.button, chosen, view="journey")
    show.files(view.chart, view.words, view.definition, figures(view), pin)
    show.sources(view.words)
    show.read_more(view.definition)
