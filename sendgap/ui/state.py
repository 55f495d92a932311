"""The selection between runs and pages, and the URL that says it.

The URL leads where it says something new: a first visit, a followed link, the browser's
back and forward. Otherwise the widgets lead and the URL follows. The menu drops the
keys, so the selection is kept in the session and written again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui import door
from sendgap.ui.areas_asked import not_held
from sendgap.ui.selection import (
    KEYS,
    Groups,
    Selection,
    fitted,
    from_query,
    release_key,
    to_query,
    with_place,
)
from sendgap.views.local_units import Units, is_held
from sendgap.views.pins import Pin
from sendgap.views.request import COMPARATORS

#: Widget keys start with this; the rest is the field of the selection.
WIDGET = "pick_"
_KEPT, _NOTICES = "selection", "selection_notices"
#: The URL last written or followed, and the selection it stands for.
_URL, _READ = "selection_url", "selection_read"
#: The area that a link led away from, and whether this run follows a link inside the app.
_LEFT, _FOLLOWED = "selection_left", "selection_followed"
#: The key of a link for that area.
ORIGIN = "from"
#: Pages whose address without keys is the menu's, not a visitor's who has chosen nothing.
_BY_MENU = "selection_by_menu"
#: Pins that a button has just set.
_PINS = "selection_pins"


def read(release: Release, *, groups: Groups = None) -> tuple[Selection, tuple[str, ...]]:
    """The selection of this run and the lines about values that were not known."""
    query, units = _query(), door.units()
    kept: Selection | None = st.session_state.get(_KEPT)
    _came_by_menu(query, kept)
    picked = None if kept is None else _picked(kept, release, groups, units)
    notices: tuple[str, ...] = st.session_state.get(_NOTICES, ())
    if kept is None or picked is None or _url_leads(query, moved=picked != kept):
        picked, notices = from_query(_filled(query, kept), release, groups=groups, units=units)
        st.session_state[_URL], st.session_state[_READ] = query, picked
        st.session_state[_FOLLOWED] = kept is not None and not _goes_through_history()
        _leave(kept, picked, _origin(query, release))
    elif picked != kept:
        notices = ()
        if picked.place != kept.place:
            st.session_state.pop(_LEFT, None)
    if picked.unit and not units.holds("", picked.unit):
        # Other local figures are in force than when it was chosen.
        notices = (not_held(picked.unit, units),)
        picked = with_place(picked, picked.area, units)
    picked = replace(picked, pins=tuple(pin for pin in picked.pins if is_held(pin.area, units)))
    _keep(picked, notices)
    return picked, notices


def left() -> str:
    """The code of the area that a followed link led away from; empty where none did."""
    return str(st.session_state.get(_LEFT, ""))


def to_area(chosen: Selection, code: str) -> dict[str, str]:
    """The keys that open the page for another area and say which one they led away from: a
    link inside a table starts the app anew, and what the session remembers is gone."""
    origin = left() or chosen.area
    return to_query(chosen, **{"area": code, ORIGIN: "" if code == origin else origin})


def _origin(query: dict[str, str], release: Release) -> str:
    """The area a link says it led away from; empty where it is none."""
    known = {area.la_code for area in release.areas.local_authorities()}
    asked = query.get(ORIGIN, "")
    return asked if asked in known else ""


def _leave(kept: Selection | None, now: Selection, origin: str) -> None:
    """Remember the area a link was followed from, until it is the area again."""
    if origin and now.area and origin != now.area:
        st.session_state[_LEFT] = origin
    elif now.area == left() or _goes_through_history():
        st.session_state.pop(_LEFT, None)
    elif kept is not None and kept.area and now.area != kept.area:
        st.session_state[_LEFT] = left() or kept.area


def write(chosen: Selection, *only: str) -> None:
    """Let the URL say the selection: all its keys, or ``only`` some.

    A link that was just followed stays as it was written. The browser is told all the same:
    a link to the page that is open does not change its address by itself.
    """
    query = _query()
    if st.session_state.pop(_FOLLOWED, False) and query:
        st.query_params.from_dict(query)
    kept = (*only, "pin") if only else KEYS
    wanted = {k: v for k, v in to_query(chosen).items() if k in kept}
    if ORIGIN in query and left() not in ("", chosen.area):
        wanted[ORIGIN] = left()
    says_so = st.session_state.get(_URL), st.session_state.get(_READ)
    is_step_back = not query and _goes_through_history()
    is_said = bool(query) and says_so == (query, chosen)
    if not (chosen.place or only) or is_step_back or query == wanted or is_said:
        return
    st.query_params.from_dict(wanted)
    st.session_state[_URL], st.session_state[_READ] = wanted, chosen


def change(chosen: Selection, notices: tuple[str, ...] = ()) -> None:
    """Keep a selection that the page had to amend."""
    _keep(chosen, notices)


def pin(pins: tuple[Pin, ...]) -> None:
    """Let the next run start with these pins; for a button's callback."""
    st.session_state[_PINS] = pins


def widget(field: str, value: object) -> str:
    """The key of a field's widget, set to show ``value``."""
    key = WIDGET + field
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def link(chosen: Selection, release: Release) -> str:
    """The whole address that reopens the selection, to be copied. It says which release it
    was made with, so that a later one can tell that figures have moved."""
    here = urlsplit(st.context.url or "")
    query = urlencode(to_query(chosen, rel=release_key(release)), safe=",:~")
    return urlunsplit((here.scheme, here.netloc, here.path, query, ""))


def _query() -> dict[str, str]:
    return {key: value for key, value in st.query_params.to_dict().items() if key in KEYS}


def _came_by_menu(query: dict[str, str], kept: Selection | None) -> None:
    """Remember pages that the menu opened: it leaves an address without keys behind."""
    if kept and kept.place and not query and not _goes_through_history():
        st.session_state.setdefault(_BY_MENU, set()).add(_page())


def _filled(query: dict[str, str], kept: Selection | None) -> dict[str, str]:
    """An address of the browser's history with what it does not say: a step from one page to
    another may leave the keys of the one under the name of the other."""
    if kept is None or not query or not _goes_through_history():
        return query
    said = to_query(kept)
    return {key: said[key] for key in ("area", "cmp", "grp", "ind") if key in said} | query


def _keep(chosen: Selection, notices: tuple[str, ...]) -> None:
    st.session_state[_KEPT] = chosen
    st.session_state[_NOTICES] = notices


def _url_leads(query: dict[str, str], *, moved: bool) -> bool:
    """Whether the URL says something that no widget and no earlier run has said."""
    if _goes_through_history():
        is_blank = not query and _page() in st.session_state.get(_BY_MENU, ())
        return query != st.session_state.get(_URL) and not is_blank
    return bool(query) and query != st.session_state.get(_URL) and not moved


def _page() -> str:
    return str(getattr(get_script_run_ctx(), "page_script_hash", ""))


def _goes_through_history() -> bool:
    """Whether the browser's back or forward asked for this run."""
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))


def _picked(kept: Selection, release: Release, groups: Groups, units: Units) -> Selection:
    """The kept selection with what its widgets say now."""
    said = {
        key.removeprefix(WIDGET): value
        for key, value in st.session_state.items()
        if isinstance(key, str) and key.startswith(WIDGET)
    }
    chosen = _placed(kept, said, units)
    fields = ("ind", "yr", "snv", "view", "among", "by", "mark", "plans", "shown",
              "doc", "loc", "order")  # fmt: skip
    for field in fields:
        if said.get(field):
            chosen = replace(chosen, **{field: said[field]})
    if chosen.unit and "loc" in said and chosen.unit == kept.unit and chosen.loc != kept.loc:
        chosen = replace(chosen, unit="")
    chosen = _emptied(chosen, said)
    if "cmp" in said:
        chosen = replace(chosen, cmp=tuple(c for c in COMPARATORS if c in said["cmp"]))
    if _PINS in st.session_state:
        chosen = replace(chosen, pins=st.session_state.pop(_PINS))
    if "beside" in said:
        chosen = replace(chosen, beside=tuple(said["beside"]))
    wanted = {key: str(said.get(key) or getattr(kept, key)) for key in ("grp", "bd", "term")}
    if chosen.unit and not kept.unit and chosen.unit == said.get("area"):
        wanted["grp"] = str(SenGroup.SEN_SUPPORT)
    return fitted(chosen, wanted, release, groups=groups)[0]


def _placed(kept: Selection, said: dict[str, Any], units: Units) -> Selection:
    """The selection with the authority or local unit that a chooser stands on now."""
    if (code := str(said.get("area") or "")) and code != kept.place:
        return with_place(kept, code, units)
    if "unit" in said and (unit := str(said["unit"] or "")) != kept.unit:
        return with_place(kept, unit or kept.area, units)
    return kept


def _emptied(chosen: Selection, said: dict[str, Any]) -> Selection:
    """The fields whose widgets may stand on nothing, where they are drawn."""
    fields = ("fw", "since", "within")
    told: dict[str, Any] = {name: str(said[name] or "") for name in fields if name in said}
    return replace(chosen, **told)
