"""The app: run with ``python run.py``, or ``streamlit run app.py``."""

from sendgap.ui import shell

shell.run()
