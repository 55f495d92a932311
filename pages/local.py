"""Schools and DSPL areas: local figures that have passed disclosure control."""

from sendgap.ui import cached, local, shell, state

shell.enter()
release = cached.release()
chosen, said = state.read(release, groups=local.groups())
local.page(release, chosen, said)
