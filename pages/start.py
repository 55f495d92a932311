"""What this is, and the way to an area's outcomes."""

import streamlit as st

from sendgap.ui import begin, cached, shell, show, state
from sendgap.ui.selection import area_of

shell.enter()
release = cached.release()
chosen, said = state.read(release)
state.write(chosen, "area")

show.notices(said)
if chosen.area:
    st.title(f"Outcomes for children with SEN in {area_of(chosen, release).name}", anchor=False)
else:
    st.title("How do children with special educational needs fare in your area?", anchor=False)
st.markdown(
    "sendgap shows how children with special educational needs do in each English local "
    "authority, beside other children and beside other areas. Every figure is a published one, "
    "and every page names its source."
)
if not chosen.area:
    st.markdown("Choose a local authority to begin.")
begin.area_chooser(release, chosen, begin.START)
if chosen.area:
    begin.outcomes(release, chosen)
else:
    begin.what_there_is(release)
