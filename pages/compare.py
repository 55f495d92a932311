"""Compare areas: one outcome in every authority, and who does better beside us."""

from sendgap.ui import begin, cached, compare, local_pages, outcome, shell, sidebar, state
from sendgap.ui.selection import COMPARE_VIEWS, with_view_of

shell.enter()
release = cached.release()
chosen, said = state.read(release)
local_pages.instead(release, chosen, said, begin.COMPARE)
begin.need_area(release, chosen, said, begin.COMPARE)
chosen = compare.with_known_scope(with_view_of(chosen, COMPARE_VIEWS))
years = outcome.years(release, chosen)
chosen, said = outcome.with_known_year(chosen, said, years)
state.change(chosen, said)
sidebar.compare(release, chosen, years)
state.write(chosen)
compare.page(release, chosen, said)
