"""One script per page, run by ``app.py``: read the state, ask a view, draw.

Not in a folder ``pages`` beside ``app.py``: Streamlit would run its scripts by
themselves, without settings or menu, until a first visitor has opened ``/``.
"""
