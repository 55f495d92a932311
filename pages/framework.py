"""Outcomes framework: what a strategy's list says this year, item by item, rated."""

from sendgap.ui import begin, cached, framework, local_pages, shell, sidebar, state
from sendgap.ui.selection import headline_groups

shell.enter()
release = cached.release()
chosen, said = state.read(release, groups=headline_groups(release))
local_pages.instead(release, chosen, said, begin.FRAMEWORK)
begin.need_area(release, chosen, said, begin.FRAMEWORK)
sidebar.framework(release, chosen)
state.write(chosen, *framework.KEYS)
framework.page(release, chosen, said)
