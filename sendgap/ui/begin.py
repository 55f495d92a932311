"""Ways in and on: choosing an area, every outcome of it, back, and what comes next."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from sendgap.catalogue.areas import Area
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
HELP = "Data and help: what we hold, sources and definitions"
EXAMPLES = ("Hertfordshire", "Kent", "Southend-on-Sea")


def welcome(release: Release, chosen: Selection) -> None:
    """What this is, and the choice of an area."""
    show.title("How do children with special educational needs fare in your area?")
    intro = (
        "sendgap shows how children with special educational needs do in each English local "
        "authority, beside other children and beside other areas. Every figure is a published "
        "one, and every page names its source."
    )
    st.markdown(plain(words.note(intro)))
    st.markdown(show.plain("Choose a local authority to begin."))
    area_chooser(release, chosen, START)
    words.keep_place()
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


def outcome_address(chosen: Selection, indicator_id: str) -> str:
    """The link of a table's row to an outcome's page."""
    return tables.address(tables.OUTCOME, outcome_query(chosen, indicator_id))


def offer(page: str, chosen: Selection, label: str, keys: dict[str, str]) -> None:
    """A link to what there is instead: another state of the page, or the page of an outcome."""
    query = to_query(chosen, **keys)
    if "ind" in keys:
        page, query = OUTCOME, outcome_query(chosen, keys["ind"])
    st.page_link(page, label=label, query_params=query)


def what_there_is(release: Release) -> None:
    """What a visitor will find, before an area is chosen: the headline, and the rest folded."""
    st.header("What you will find", anchor=False)
    held = release.catalogue.indicators
    first = [held[i].phrases.short for i in release.catalogue.headline if i in held]
    st.markdown("\n".join(f"- {plain(name)}" for name in first))
    st.header(f"All {len(held)} outcomes by theme", anchor=False)
    for theme, found in groupby(held.values(), key=lambda i: i.theme):
        members = list(found)
        name = plain(release.catalogue.themes[theme])
        # What nobody publishes has no series.
        needs = "" if any(i.series for i in members) else ": need a local file"
        with st.expander(f"{name} ({len(members)}){needs}"):
            st.markdown("\n".join(f"- {plain(i.phrases.short)}" for i in members))
    st.page_link(DATA, label=HELP)


def back(release: Release, chosen: Selection, page: str) -> None:
    """The way back to the area that a link led away from."""
    if code := state.left():
        name = release.areas.find(code).in_text
        st.page_link(page, label=f"Back to {name}", query_params=to_query(chosen, area=code))


def next_pages(chosen: Selection, area: Area, *but: str) -> None:
    """Where to go on, by the names of the menu, without the page that is open."""
    name, within = area.short_name, area.in_text
    with st.container(key="next"):
        st.header("Next", anchor=False)
        query = to_query(chosen, view="", since="")
        for page, label in (
            (START, f"Our area: {name} on all headline outcomes"),
            (OUTCOME, f"One outcome: {name} over the years"),
            (COMPARE, f"Compare areas: {name} beside the others"),
            (GRID, f"All outcomes grid: {name} and its neighbours"),
            (JOURNEY, f"Early years to 19: {name} at each stage"),
            (REPORTS, f"Reports: a visit note or another document for {within}"),
            (FRAMEWORK, f"Outcomes framework: {name} rated item by item"),
            (PLANS, f"Plans and placements: how many, where and how fast in {within}"),
            (LOCAL, "Schools and DSPL areas: where a local file is loaded"),
        ):
            if page not in but:
                st.page_link(page, label=label, query_params=query)
        st.page_link(DATA, label=HELP)
