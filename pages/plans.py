"""Plans and placements: how many have a plan, for what, where placed, and how fast."""

from sendgap.ui import begin, cached, local_pages, plans, shell, sidebar, state
from sendgap.ui.selection import PLANS_VIEWS, headline_groups, with_view_of

shell.enter()
release = cached.release()
chosen, said = state.read(release, groups=headline_groups(release))
local_pages.instead(release, chosen, said, begin.PLANS)
begin.need_area(release, chosen, said, begin.PLANS)
chosen = with_view_of(chosen, PLANS_VIEWS)
state.change(chosen, said)
sidebar.plans(release, chosen)
state.write(chosen, *plans.KEYS)
plans.page(release, chosen, said)
