"""Reports: a document to take away, with one's own words in it."""

from sendgap.ui import begin, cached, local_pages, reports, shell, sidebar, state
from sendgap.ui.selection import headline_groups

shell.enter()
release = cached.release()
groups = headline_groups(release)
chosen, said = state.read(release, groups=groups)
local_pages.instead(release, chosen, said, begin.REPORTS)
begin.need_area(release, chosen, said, begin.REPORTS)
sidebar.reports(release, chosen, groups)
state.write(chosen, *reports.KEYS)
reports.page(release, chosen, said)
