"""Ways in and on: choosing an area, every outcome of it, back, and what comes next."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from sendgap.store import Release
from sendgap.ui import show, sidebar, state, tables, words
from sendgap.ui.selection import Selection, to_query
from sendgap.ui.show import plain

#: The pages' scripts, as seen from ``app.py``.
START, OUTCOME, COMPARE, DATA = (f"pages/{n}.py" for n in ("area", "gap", "compare", "data"))
GRID, JOURNEY, FRAMEWORK = (f"pages/{n}.py" for n in ("grid", "journey", "framework"))
PLANS = "pages/plans.py"
REPORTS = "pages/reports.py"
LOCAL = "pages/local.py"
EXAMPLES = ("Hertfordshire", "Kent", "Southend-on-Sea")


def welcome(release: Release, chosen: Selection) -> None:
    """What this is, and the choice of an area."""
    show.title("How do children with special educational needs fare in your area?")
    intro = (
        "sendgap shows how children with special educational needs do in each English local "
        "authority, beside other children and beside other areas. Every figure is a published "
        "one, and every page names its source."
    )
    st.markdown(plain(intro))
    words.keep_place()
    st.markdown(show.plain("Choose a local authority to begin."))
    area_chooser(release, chosen, START)
    what_there_is(release)


def need_area(release: Release, chosen: Selection, said: tuple[str, ...], page: str) -> None:
    """Ask for an area, and go no further, where none is chosen."""
    if chosen.area:
        return
    show.notices(said)
    show.title("Choose a local authority to begin.")
    area_chooser(release, chosen, page)
    words.stop()


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
    with st.expander(f"All {len(held)} outcomes"):
        for theme, members in groupby(held, key=lambda i: i.theme):
            st.markdown(f"**{plain(release.catalogue.themes[theme])}**")
            tables.links([(i.label, outcome_query(chosen, i.id)) for i in members])


def outcome_query(chosen: Selection, indicator_id: str) -> dict[str, str]:
    """The keys that open an outcome as things stand; what only another had is left out."""
    return to_query(
        chosen, ind=indicator_id, yr="", since="", term="", bd="", view="", among="", by="", mark=""
    )


def what_there_is(release: Release) -> None:
    """What a visitor will find, before an area is chosen."""
    st.header("What you will find", anchor=False)
    held = release.catalogue.indicators.values()
    for theme, members in groupby(held, key=lambda i: i.theme):
        # Semicolons: names have commas of their own.
        names = "; ".join(i.phrases.short for i in members)
        st.markdown(f"**{plain(release.catalogue.themes[theme])}**: {plain(names)}")
    st.page_link(DATA, label="What we hold, sources and definitions")


def back(release: Release, chosen: Selection, page: str) -> None:
    """The way back to the area that a link led away from."""
    if code := state.left():
        name = release.areas.find(code).short_name
        st.page_link(page, label=f"Back to {name}", query_params=to_query(chosen, area=code))


def next_pages(chosen: Selection, area_name: str, *but: str) -> None:
    """Where to go on, without the page that is open."""
    with st.container(key="next"):
        st.header("Next", anchor=False)
        query = to_query(chosen, view="", since="")
        for page, label in (
            (START, f"All headline outcomes for {area_name}"),
            (OUTCOME, f"One outcome over the years for {area_name}"),
            (COMPARE, f"{area_name} beside other areas"),
            (GRID, f"{area_name} and its neighbours on all headline outcomes"),
            (JOURNEY, f"{area_name} from the early years to 19"),
            (REPORTS, f"A visit note or another document for {area_name}"),
            (FRAMEWORK, f"An outcomes framework for {area_name}, rated"),
            (PLANS, f"Plans and placements in {area_name}"),
            (LOCAL, "Schools, clusters and DSPL areas, where a local return is loaded"),
        ):
            if page not in but:
                st.page_link(page, label=label, query_params=query)
        st.page_link(DATA, label="What we hold, sources and definitions")
