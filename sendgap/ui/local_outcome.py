"""One outcome of a school, cluster or DSPL area: the view a selection asks for, drawn whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.ui import cached, outcome, show, sidebar
from sendgap.ui.selection import (
    OUTCOME_VIEWS,
    OVER_TIME,
    SIDE_BY_SIDE,
    WHAT_MOVED,
    Selection,
    default_indicator,
    with_view_of,
)
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.local_beside import local_beside
from sendgap.views.local_model import LOCAL_KINDS
from sendgap.views.local_not_split import local_not_split
from sendgap.views.local_outcome import LocalOutcome, counted, first_shown
from sendgap.views.local_over_time import local_over_time
from sendgap.views.local_units import kind_of

#: The keys of a link to this page.
KEYS = ("area", "grp", "ind", "view")
Said = tuple[str, ...]
ASKED: dict[str, Callable[[Release, LocalRelease, str, str, SenGroup], LocalOutcome]] = {
    OVER_TIME: local_over_time,
    SIDE_BY_SIDE: local_beside,
    WHAT_MOVED: local_not_split,
}


def fitted(
    release: Release, local: LocalRelease, chosen: Selection, said: Said
) -> tuple[Selection, Said]:
    """The selection with a view of the page and an outcome that is counted for units of the
    kind; who has asked for none gets one that the unit shows."""
    chosen = with_view_of(chosen, OUTCOME_VIEWS)
    held = cached.local_view(counted, release, local, kind_of(chosen.unit), chosen.grp)
    is_asked = "ind" in st.query_params
    if not held or (chosen.ind in held and (is_asked or chosen.ind != default_indicator(release))):
        return chosen, said
    if is_asked:
        short = release.catalogue.indicators[chosen.ind].phrases.short
        where = f"{LOCAL_KINDS[kind_of(chosen.unit)][1]} and {GROUP_LABELS[chosen.grp]}"
        said = (*said, f"{short} is not counted here for {where}: another outcome is shown.")
    first = cached.local_view(first_shown, release, local, chosen.unit, chosen.grp)
    return replace(chosen, ind=first or held[0]), said


def controls(release: Release, local: LocalRelease, chosen: Selection) -> None:
    """The group, and the outcomes that are counted for units of the kind."""
    sidebar.local_group(chosen)
    held = cached.local_view(counted, release, local, kind_of(chosen.unit), chosen.grp)
    sidebar.local_outcome(release, held, chosen)


def body(release: Release, local: LocalRelease, chosen: Selection) -> None:
    """The page from its heading down."""
    found = cached.local_view(
        ASKED[chosen.view], release, local, chosen.unit, chosen.ind, chosen.grp
    )
    outcome.body(found.view, chosen)
    show.protected(found.disclosure)
