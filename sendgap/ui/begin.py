"""Before an outcome is open: choosing an area, then an outcome."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from sendgap.store import Release
from sendgap.ui import sidebar
from sendgap.ui.selection import Selection, to_query
from sendgap.ui.show import plain

#: The pages' scripts, as seen from ``app.py``.
START, OUTCOME, DATA = (f"pages/{name}.py" for name in ("start", "gap", "data"))
EXAMPLES = ("Hertfordshire", "Kent", "Southend-on-Sea")


def area_chooser(release: Release, chosen: Selection, page: str) -> None:
    """The area search and three examples that open ``page``."""
    with st.container(width=420):
        sidebar.area_picker(release, chosen, "Local authority")
    if chosen.area:
        return
    with st.container(horizontal=True, key="examples"):
        st.markdown("For example:", width="content")
        for name in EXAMPLES:
            code = release.areas.find(name).la_code or ""
            st.page_link(page, label=name, query_params={"area": code})


def outcomes(release: Release, chosen: Selection) -> None:
    """Every outcome under its theme, as a link to it for the chosen area."""
    held = release.catalogue.indicators.values()
    for theme, members in groupby(held, key=lambda i: i.theme):
        st.header(release.catalogue.themes[theme], anchor=False)
        for indicator in members:
            st.page_link(
                OUTCOME,
                label=indicator.label,
                query_params=to_query(chosen, ind=indicator.id, yr="", term="", bd=""),
            )


def what_there_is(release: Release) -> None:
    """What a visitor will find, before an area is chosen."""
    st.header("What you will find", anchor=False)
    held = release.catalogue.indicators.values()
    for theme, members in groupby(held, key=lambda i: i.theme):
        names = ", ".join(i.phrases.short for i in members)
        st.markdown(f"**{plain(release.catalogue.themes[theme])}**: {plain(names)}")
    st.page_link(DATA, label="What we hold, sources and definitions")


def next_pages(chosen: Selection, area_name: str) -> None:
    """Where to go from an outcome."""
    st.header("Next", anchor=False)
    st.page_link(START, label=f"All outcomes for {area_name}", query_params={"area": chosen.area})
    st.page_link(DATA, label="What we hold, sources and definitions")
