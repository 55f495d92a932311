"""The app: settings, the menu, and a plain page where no figures can be opened."""

import streamlit as st

from sendgap.errors import SendgapError
from sendgap.ui import begin, show, style

st.set_page_config(page_title="sendgap", page_icon=":material/bar_chart:", layout="wide")
style.apply()

page = st.navigation(
    [
        st.Page(begin.START, title="Start", default=True),
        st.Page(begin.OUTCOME, title="One outcome", url_path="gap"),
        st.Page(begin.DATA, title="Data and help", url_path="data"),
    ],
    position="top",
)
try:
    page.run()
except SendgapError as refusal:
    show.refusal(str(refusal))
