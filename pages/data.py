"""Data and help: what is held, how it was checked and comes in, and what it means."""

from sendgap.ui import cached, data_help, shell, sidebar, state
from sendgap.ui.selection import DATA_VIEWS, with_view_of

shell.enter()
release = cached.release()
chosen, said = state.read(release)
chosen = with_view_of(chosen, DATA_VIEWS)
state.change(chosen, said)
sidebar.elsewhere(release, chosen, "Links to outcomes open them for this area.")
state.write(chosen, "area", "view")
data_help.page(release, chosen, said)
