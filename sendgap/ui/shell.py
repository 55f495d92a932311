"""The app's frame round every page: settings, menu, and a plain page for a refusal.

Streamlit takes a folder ``pages`` beside ``app.py`` for its older kind of app until the
first menu has been drawn: a first visitor who follows a link to a page starts that page's
script by itself. Each page therefore enters through :func:`enter`, which puts the frame
round it where ``app.py`` has not.
"""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from sendgap.errors import SendgapError
from sendgap.ui import begin, show, style, words

_INSIDE = "inside_the_frame"
#: The menu in its order: heading, then (script, title, path) of the pages under it. Ten names
#: do not stand side by side, so all but the first few are under a heading that says what
#: they hold.
MENU: dict[str, tuple[tuple[str, str, str], ...]] = {
    "": (
        (begin.START, "Our area", ""),
        (begin.OUTCOME, "One outcome", "gap"),
        (begin.COMPARE, "Compare areas", "compare"),
        (begin.GRID, "All outcomes grid", "grid"),
    ),
    "Ages, plans and schools": (
        (begin.JOURNEY, "Early years to 19", "journey"),
        (begin.PLANS, "Plans and placements", "plans"),
        (begin.LOCAL, "Schools and DSPL areas", "local"),
    ),
    "Reports and help": (
        (begin.FRAMEWORK, "Outcomes framework", "framework"),
        (begin.REPORTS, "Reports", "reports"),
        (begin.DATA, "Data and help", "data"),
    ),
}


def run() -> None:
    """Draw the frame and the page that the address asks for."""
    st.set_page_config(page_title="sendgap", page_icon=":material/bar_chart:", layout="wide")
    style.apply()
    page = st.navigation(menu(), position="top")
    st.session_state[_INSIDE] = True
    try:
        with words.explained():
            page.run()
    except SendgapError as refusal:
        show.refusal(str(refusal))
    finally:
        st.session_state.pop(_INSIDE, None)


def menu() -> dict[str, list[StreamlitPage]]:
    """The pages under their headings; a heading of a single page is left out."""
    found: dict[str, list[StreamlitPage]] = {"": []}
    for heading, pages in MENU.items():
        under = heading if len(pages) > 1 else ""
        for script, title, path in pages:
            page = st.Page(script, title=title, url_path=path or None, default=not path)
            found.setdefault(under, []).append(page)
    return found


def enter() -> None:
    """Called first by every page: go on inside the frame, else draw the frame and stop."""
    if not st.session_state.get(_INSIDE):
        run()
        st.stop()
