"""One outcome: how big the gap is here, whether it closes, and who else is like us."""

from sendgap.ui import begin, cached, local_pages, outcome, shell, sidebar, state
from sendgap.ui.selection import OUTCOME_VIEWS, with_view_of

shell.enter()
release = cached.release()
chosen, said = state.read(release)
local_pages.instead(release, chosen, said, begin.OUTCOME)
begin.need_area(release, chosen, said, begin.OUTCOME)
chosen = with_view_of(chosen, OUTCOME_VIEWS)
years = outcome.years(release, chosen)
chosen, said = outcome.with_known_year(chosen, said, years)
chosen, said = outcome.with_known_start(chosen, said, release)
state.change(chosen, said)
sidebar.show(release, chosen, years, outcome.spans(release, chosen))
state.write(chosen)
outcome.page(release, chosen, said)
