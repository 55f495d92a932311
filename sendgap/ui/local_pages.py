"""The pages where a school, cluster or DSPL area is chosen instead of an authority.

A page that has a view of local figures takes one line in :data:`PAGES`; the others say that
they are about authorities, and where to go on. Whatever is drawn is made of the local release
alone, which holds only what has passed disclosure control.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.ui import begin, door, local_area, local_outcome, shell, show, sidebar, state, words
from sendgap.ui import local_many as many
from sendgap.ui.selection import Selection, to_query
from sendgap.views.local_model import LOCAL_KINDS
from sendgap.views.local_units import kind_of

Said = tuple[str, ...]
ABOUT_AUTHORITIES = (
    "What this page shows is published for authorities, or made for them alone. Choose an "
    "authority in the list of areas, or go on with {name} on another page."
)


def _as_asked(
    release: Release, local: LocalRelease, chosen: Selection, said: Said
) -> tuple[Selection, Said]:
    return chosen, said


def _group(release: Release, local: LocalRelease, chosen: Selection) -> None:
    sidebar.local_group(chosen)


def _nothing_more(release: Release, local: LocalRelease, chosen: Selection) -> None:
    """No control but the area."""


@dataclass(frozen=True, slots=True)
class LocalPage:
    """A page for one local unit (``chosen.unit``, which is held).

    ``body`` draws all from the heading down; ``controls`` the sidebar between the area and the
    link to copy; ``fitted`` gives the selection with an outcome, view and the like that the unit
    has, and lines about what could not be had; ``keys`` are those of a link.
    """

    body: Callable[[Release, LocalRelease, Selection], None]
    controls: Callable[[Release, LocalRelease, Selection], None] = _group
    fitted: Callable[[Release, LocalRelease, Selection, Said], tuple[Selection, Said]] = _as_asked
    keys: tuple[str, ...] = ("area", "grp")


def instead(release: Release, chosen: Selection, said: Said, page: str) -> None:
    """Draw ``page`` for the local unit that is chosen and end there; nothing without one."""
    local = door.local()
    if not chosen.unit or local is None:
        return
    way = PAGES.get(page)
    if way:
        chosen, said = way.fitted(release, local, chosen, said)
        state.change(chosen, said)
    with st.sidebar:
        sidebar.area_picker(release, chosen)
        if way:
            way.controls(release, local, chosen)
        sidebar.foot(release, chosen)
    state.write(chosen, *(way.keys if way else ("area", "grp")))
    show.notices(said)
    show.practice(local.is_invented)
    if way:
        way.body(release, local, chosen)
    else:
        _about_authorities(release, chosen, page)
    _next(chosen, page)
    words.stop()


def _about_authorities(release: Release, chosen: Selection, page: str) -> None:
    """The state of a page that has no view of local figures, with the ways on."""
    what, name = LOCAL_KINDS[kind_of(chosen.unit)][0], door.units().names[chosen.unit]
    with st.container(key="context"):
        st.markdown(show.plain(f"{name} · {what}"))
    show.title(f"{_title(page)}: for whole authorities only")
    words.keep_place()
    st.markdown(show.plain(ABOUT_AUTHORITIES.format(name=name)))
    if chosen.area:
        area = release.areas.find(chosen.area).short_name
        st.page_link(page, label=f"{_title(page)}: {area}", query_params=to_query(chosen, unit=""))


def _title(page: str) -> str:
    """The page's name in the menu."""
    return next(t for pages in shell.MENU.values() for script, t, _ in pages if script == page)


def _next(chosen: Selection, but: str) -> None:
    """Where to go on with the unit: the pages that have a view of it."""
    name = door.units().names[chosen.unit]
    query = to_query(chosen, view="", since="")
    with st.container(key="next"):
        st.header("Next", anchor=False)
        for page in (*PAGES, begin.LOCAL):
            if page != but:
                st.page_link(page, label=f"{_title(page)}: {name}", query_params=query)
        st.page_link(begin.DATA, label=begin.HELP)


#: Each page that has a view of a local unit.
PAGES: dict[str, LocalPage] = {
    begin.START: LocalPage(local_area.body),
    begin.OUTCOME: LocalPage(
        local_outcome.body, local_outcome.controls, local_outcome.fitted, local_outcome.KEYS
    ),
    begin.COMPARE: LocalPage(
        many.siblings, many.siblings_controls, many.with_siblings, many.COMPARE_KEYS
    ),
    begin.GRID: LocalPage(many.grid, many.grid_controls, many.with_grid_view, many.GRID_KEYS),
    begin.JOURNEY: LocalPage(many.journey, _nothing_more),
    begin.PLANS: LocalPage(
        many.plans_page, many.plans_controls, many.with_plans_view, many.PLANS_KEYS
    ),
    begin.FRAMEWORK: LocalPage(
        many.framework_page, many.framework_controls, keys=many.FRAMEWORK_KEYS
    ),
}
