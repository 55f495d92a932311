"""The app's frame round every page: settings, menu, and a plain page for a refusal.

Streamlit takes a folder ``pages`` beside ``app.py`` for its older kind of app until the
first menu has been drawn: a first visitor who follows a link to a page starts that page's
script by itself. Each page therefore enters through :func:`enter`, which puts the frame
round it where ``app.py`` has not.
"""

from __future__ import annotations

import streamlit as st

from sendgap.errors import SendgapError
from sendgap.ui import begin, show, style

_INSIDE = "inside_the_frame"


def run() -> None:
    """Draw the frame and the page that the address asks for."""
    st.set_page_config(page_title="sendgap", page_icon=":material/bar_chart:", layout="wide")
    style.apply()
    page = st.navigation(
        [
            st.Page(begin.START, title="Our area", default=True),
            st.Page(begin.OUTCOME, title="One outcome", url_path="gap"),
            st.Page(begin.COMPARE, title="Compare areas", url_path="compare"),
            st.Page(begin.DATA, title="Data and help", url_path="data"),
        ],
        position="top",
    )
    st.session_state[_INSIDE] = True
    try:
        page.run()
    except SendgapError as refusal:
        show.refusal(str(refusal))
    finally:
        st.session_state.pop(_INSIDE, None)


def enter() -> None:
    """Called first by every page: go on inside the frame, else draw the frame and stop."""
    if not st.session_state.get(_INSIDE):
        run()
        st.stop()
