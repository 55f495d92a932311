"""Data and help: what is held, where it is from, and what it means."""

import streamlit as st

from sendgap.ui import cached, data_help, shell

shell.enter()
release = cached.release()
view = st.query_params.get("view", "held")
chosen = st.segmented_control(
    "View",
    list(data_help.VIEWS),
    format_func=data_help.VIEWS.__getitem__,
    default=view if view in data_help.VIEWS else "held",
    label_visibility="collapsed",
    required=True,
)
(data_help.words if chosen == "words" else data_help.held)(release)
