"""What is held, from where, and what the words mean."""

from __future__ import annotations

import streamlit as st

from sendgap.export import METHOD
from sendgap.store import Release
from sendgap.ui import cached, show
from sendgap.ui.show import plain

VIEWS = {"held": "What we hold", "words": "Words and method"}
OGL = (
    "Contains public sector information licensed under the "
    "[Open Government Licence v3.0]"
    "(https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/)."
)


def held(release: Release) -> None:
    """Outcomes, publications and what is withheld."""
    view = cached.what_is_held(release)
    st.title(plain(view.finding), anchor=False)
    st.header("Outcomes", anchor=False)
    show.table(view.matrix, key="matrix")
    st.header("Sources and licences", anchor=False)
    st.markdown(OGL)
    show.table(view.sources, key="sources")
    if view.withheld.rows:
        st.header("Withheld", anchor=False)
        show.table(view.withheld, key="withheld")
    st.caption(f"Release {view.release_id}")


def words(release: Release) -> None:
    """Method, symbols and the definition of every outcome."""
    view = cached.what_is_held(release)
    st.title("What the words, symbols and figures mean", anchor=False)
    st.header("How figures are computed", anchor=False)
    for head, text in METHOD:
        if head not in ("Symbols", "Licence"):
            st.markdown(f"**{plain(head)}**  \n{plain(text)}")
    st.header("Symbols", anchor=False)
    st.markdown("\n".join(f"- {plain(line)}" for line in view.symbols))
    st.header("Outcomes", anchor=False)
    for _, definition in view.definitions:
        with st.expander(definition.label):
            show.defined(definition)
    st.header("Licence", anchor=False)
    st.markdown(OGL)
