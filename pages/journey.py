"""Early years to 19: where an area stands among authorities at each stage of childhood."""

from sendgap.ui import begin, cached, journey, local_pages, shell, sidebar, state

shell.enter()
release = cached.release()
groups = journey.groups()
chosen, said = state.read(release, groups=groups)
local_pages.instead(release, chosen, said, begin.JOURNEY)
begin.need_area(release, chosen, said, begin.JOURNEY)
sidebar.area(release, chosen, groups)
state.write(chosen, *journey.KEYS)
journey.page(release, chosen, said)
