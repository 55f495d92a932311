"""The app in the browser; the only package that imports streamlit."""
