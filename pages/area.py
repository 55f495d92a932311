"""Our area: where it stands on the headline outcomes. Without an area, the way to one."""

from sendgap.ui import area, begin, cached, local_pages, shell, show, sidebar, state, words
from sendgap.ui.selection import headline_groups

shell.enter()
release = cached.release()
groups = headline_groups(release)
chosen, said = state.read(release, groups=groups)
local_pages.instead(release, chosen, said, begin.START)
if not chosen.area:
    show.notices(said)
    begin.welcome(release, chosen)
    words.stop()

sidebar.area(release, chosen, groups)
state.write(chosen, *area.KEYS)
area.page(release, chosen, said)
