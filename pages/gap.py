"""One outcome: how big the gap is here, whether it closes, and who else is like us."""

import streamlit as st

from sendgap.ui import begin, cached, outcome, shell, show, sidebar, state
from sendgap.ui.selection import OUTCOME_VIEWS, with_view_of

shell.enter()
release = cached.release()
chosen, said = state.read(release)
if not chosen.area:
    show.notices(said)
    st.title("Choose a local authority to begin.", anchor=False)
    begin.area_chooser(release, chosen, begin.OUTCOME)
    st.stop()

chosen = with_view_of(chosen, OUTCOME_VIEWS)
years = outcome.years(release, chosen)
chosen, said = outcome.with_known_year(chosen, said, years)
chosen, said = outcome.with_known_start(chosen, said, release)
state.change(chosen, said)
sidebar.show(release, chosen, years, outcome.spans(release, chosen))
state.write(chosen)
outcome.page(release, chosen, said)
