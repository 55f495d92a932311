"""All outcomes grid: which areas and outcomes stand out, what has changed, which way they go."""

from sendgap.ui import begin, cached, grid, local_pages, shell, sidebar, state
from sendgap.ui.selection import GRID_VIEWS, headline_groups, with_view_of

shell.enter()
release = cached.release()
groups = headline_groups(release)
chosen, said = state.read(release, groups=groups)
local_pages.instead(release, chosen, said, begin.GRID)
begin.need_area(release, chosen, said, begin.GRID)
chosen = with_view_of(chosen, GRID_VIEWS)
chosen, said = grid.with_known_years(release, chosen, said)
state.change(chosen, said)
sidebar.grid(release, chosen, groups, grid.starts(release, chosen))
state.write(chosen, *grid.KEYS[chosen.view])
grid.page(release, chosen, said)
