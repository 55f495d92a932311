"""Our area for a school, cluster or DSPL area: tiles, the profile, two lists, every figure."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sendgap.charts.drawn import named
from sendgap.charts.spark import spark
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.ui import area, begin, cached, show, tables
from sendgap.ui.local_drawn import more_shown, wide_and_narrow, withheld
from sendgap.ui.selection import Selection
from sendgap.ui.tables import shown_as
from sendgap.views.local_profile import LocalProfile, LocalTile, local_profile

BETTER, LOOK_INTO = "Doing better than the rest of the authority", "Look into"
RULE = {
    BETTER: "Outcomes with a level better than that of the rest of the authority, by more than "
    "chance would do.",
    LOOK_INTO: "Outcomes with a level worse than that of the rest of the authority, by more than "
    "chance would do.",
}
SCALES = "Each row has a scale of its own; rows are not compared with each other."


def body(release: Release, local: LocalRelease, chosen: Selection) -> None:
    """The page from its heading down."""
    view = cached.local_view(local_profile, release, local, chosen.unit, chosen.grp)
    one = view.one
    show.heading(one.words)
    more_shown(one, chosen, begin.START)
    withheld(one)
    _tiles(view, chosen)
    charts = named(one, "place")
    if charts and view.tiles:
        st.header("Profile: beside the places around it and England", anchor=False)
        wide_and_narrow(charts[0])
        st.caption(SCALES)
        show.description(one.chart.description)
    if view.tiles:
        left, right = st.columns(2)
        with left:
            area.listing(BETTER, RULE[BETTER], view.stronger, _listed, chosen)
        with right:
            area.listing(LOOK_INTO, RULE[LOOK_INTO], view.look_into, _listed, chosen)
    show.in_words(one.words.sentences)
    st.header("The figures", anchor=False)
    hrefs = [begin.outcome_address(chosen, outcome.indicator_id) for outcome in one.outcomes]
    tables.linked(one.table, hrefs, key="place")
    show.files(one.chart, one.words, one.definition, charts)
    show.protected(one.disclosure)
    show.sources(one.words)


def _tiles(view: LocalProfile, chosen: Selection) -> None:
    with st.container(key="tiles"):
        for tile in view.tiles:
            with st.container(border=True, key=f"tile-{tile.indicator_id}"):
                area.link(tile, chosen)
                picture = tables.picture(spark(tile.points, SenGroup(chosen.grp)))
                lines = [tile.against, tile.beside, tile.gap]
                st.html(_drawn(tile, lines, picture, tile.pupils))


def _drawn(tile: LocalTile, lines: Sequence[str], picture: str, last: str) -> str:
    """Level with its year first, then who is beside it, the gap, and the years before."""
    when = f"<span>{shown_as(tile.period_label)}</span>"
    level = f'<p class="level"><b>{shown_as(tile.level)}</b> {when}</p>'
    said = "".join(f"<p>{shown_as(line)}</p>" for line in lines if line)
    return f'<div class="tile">{level}{said}{picture}<p>{shown_as(last)}</p></div>'


def _listed(tile: LocalTile) -> str:
    said = ". ".join(filter(None, (f"{tile.level} in {tile.period_label}", tile.beside, tile.gap)))
    return f'<div class="tile listed"><p>{shown_as(said)}</p></div>'
