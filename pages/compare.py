"""Compare areas: one outcome in every authority, and who does better beside us."""

import streamlit as st

from sendgap.ui import begin, cached, compare, outcome, shell, show, sidebar, state
from sendgap.ui.selection import COMPARE_VIEWS, with_view_of

shell.enter()
release = cached.release()
chosen, said = state.read(release)
if not chosen.area:
    show.notices(said)
    st.title("Choose a local authority to begin.", anchor=False)
    begin.area_chooser(release, chosen, begin.COMPARE)
    st.stop()

chosen = compare.with_known_scope(with_view_of(chosen, COMPARE_VIEWS))
years = outcome.years(release, chosen)
chosen, said = outcome.with_known_year(chosen, said, years)
state.change(chosen, said)
sidebar.compare(release, chosen, years)
state.write(chosen)
compare.page(release, chosen, said)
