"""Schools and DSPL areas: small charts, the table, and what was hidden and why."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from sendgap.errors import LocalError
from sendgap.store import Release
from sendgap.store.local import LocalRelease, Person, open_local
from sendgap.ui import begin, door, local_drawn, show, sidebar, state, words
from sendgap.ui.selection import Selection, area_of, default_indicator
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.local_areas import GROUPS, outcomes
from sendgap.views.local_model import LOCAL_KINDS

#: The keys of a link to this page.
KEYS = ("area", "grp", "ind", "loc", "within", "order")
SORTS = {"name": "A to Z", "size": "Largest group first"}
LOADED_BY = (
    "Your authority's data manager can load this. Nobody publishes figures of schools, clusters "
    "or DSPL areas: an authority counts them from its own returns. Until then the published "
    "figures of the whole authority stand on the other pages."
)
HOW_TO_LOAD = (
    "The first three commands write empty returns to fill in; the last makes an invented "
    "authority to practise on. Pupils' rows are counted and never kept, and what is shown has "
    "passed a test that no child can be told from it."
)
COMMANDS = "\n".join(
    f"python -m sendgap local {what}"
    for what in ("template schools", "template groups", "template pupils", "demo")
)
ALL, NO_ONE = "The whole authority", "None: compare them"


def groups() -> dict[str, str]:
    """The groups that local figures are shown for, SEN support first."""
    return {str(group): GROUP_LABELS[group] for group in GROUPS}


def page(release: Release, chosen: Selection, said: tuple[str, ...]) -> None:
    """The whole page; without a local database, what it would need."""
    who = door.person()
    local = door.opened(who)
    if local is None:
        _nothing(release, chosen, said, who)
        return
    chosen = chosen if chosen.grp in GROUPS else replace(chosen, grp=GROUPS[0])
    held = outcomes(release, local, chosen.loc, str(chosen.grp))
    chosen, said = _known(release, local, chosen, said, held)
    state.change(chosen, said)
    _sidebar(release, local, chosen, held)
    state.write(chosen, *KEYS)
    show.notices(said)
    show.practice(local.is_invented)
    if chosen.unit:
        local_drawn.one(release, local, chosen)
    else:
        local_drawn.areas(release, local, chosen)
    _next(release, chosen)


def _nothing(release: Release, chosen: Selection, said: tuple[str, ...], who: Person) -> None:
    """Nothing is loaded, or this person may not see it: who can do something about it."""
    sidebar.elsewhere(release, chosen, "Links open the published figures of this area.")
    state.write(chosen, *KEYS)
    show.notices(said)
    show.title("This needs a local file.")
    words.keep_place()
    st.markdown(LOADED_BY)
    with st.expander("For the data manager"):
        try:
            open_local(who)
        except LocalError as refusal:
            st.markdown(show.plain(str(refusal)))
        st.markdown(HOW_TO_LOAD)
        st.code(COMMANDS, language=None, wrap_lines=True)
        st.page_link(begin.DATA, label="How figures come in", query_params={"view": "load"})
    _next(release, chosen)


def _next(release: Release, chosen: Selection) -> None:
    """Where to go on: the published figures of the area, where one is chosen."""
    if chosen.area:
        begin.next_pages(chosen, area_of(chosen, release), begin.LOCAL)
    else:
        st.page_link(begin.START, label="Our area: choose a local authority")
        st.page_link(begin.DATA, label=begin.HELP)


def _known(
    release: Release, local: LocalRelease, chosen: Selection, said: tuple[str, ...],
    held: tuple[str, ...],
) -> tuple[Selection, tuple[str, ...]]:  # fmt: skip
    """The selection with units, an outcome and a group that are held here."""
    chosen, said = with_counted_outcome(release, local, chosen, said, held)
    lines = list(said)
    for asked in filter(None, (chosen.within, chosen.unit)):
        if not _name(local, asked):
            lines.append(f"“{asked}” is no place of the local returns: all are shown.")
    within = chosen.within if _name(local, chosen.within) else ""
    unit = chosen.unit if _name(local, chosen.unit) else ""
    return replace(chosen, within=within, unit=unit), tuple(lines)


def with_counted_outcome(
    release: Release, local: LocalRelease, chosen: Selection, said: tuple[str, ...],
    held: tuple[str, ...],
) -> tuple[Selection, tuple[str, ...]]:  # fmt: skip
    """The selection with an outcome of those that are held for the kind and group."""
    lines = list(said)
    asked_for = "ind" in st.query_params
    if chosen.ind not in held or (not asked_for and chosen.ind == default_indicator(release)):
        if asked_for:
            short = release.catalogue.indicators[chosen.ind].phrases.short
            where = f"{LOCAL_KINDS[chosen.loc][1]} and {GROUP_LABELS[chosen.grp]}"
            lines.append(f"{short} is not counted here for {where}: another outcome is shown.")
        chosen = replace(chosen, ind=_most_shown(release, local, chosen, held))
    return chosen, tuple(lines)


def _most_shown(
    release: Release, local: LocalRelease, chosen: Selection, held: tuple[str, ...]
) -> str:
    """The first headline outcome of which units of the kind show more than they hide, for
    the group looked at; where there is none, the one that hides the least."""
    counted = local.held()
    mine = counted[(counted["unit_kind"] == chosen.loc) & (counted["sen_group"] == chosen.grp)]
    sums = mine.groupby("indicator_id")[["shown", "hidden"]].sum()
    part = (sums["shown"] / (sums["shown"] + sums["hidden"])).to_dict()
    in_order = [i for i in (*release.catalogue.headline, *held) if i in held]
    found = next((i for i in in_order if part[i] > 0.5), None)
    return found or max(in_order, key=part.__getitem__, default=chosen.ind)


def _name(local: LocalRelease, asked: str) -> str:
    """The name of a unit written ``dspl:D1``; empty where it is not held."""
    kind, _, unit_id = asked.partition(":")
    return _names(local, kind).get(asked, "") if kind in LOCAL_KINDS and unit_id else ""


def _names(local: LocalRelease, kind: str) -> dict[str, str]:
    return {f"{kind}:{key}": name for key, name in local.names(kind).items()}


def _sidebar(
    release: Release, local: LocalRelease, chosen: Selection, held: tuple[str, ...]
) -> None:
    kinds = {
        kind: many[0].upper() + many[1:]
        for kind, (_, many) in LOCAL_KINDS.items()
        if kind == chosen.loc or len(local.units(kind))
    }
    larger = [k for k in LOCAL_KINDS if k != "school" and k != chosen.loc]
    inside = {"": ALL}
    for kind in larger:
        inside |= _names(local, kind)
    one = {"": NO_ONE} | _names(local, chosen.loc)
    with st.sidebar:
        one_of("Show", "loc", kinds, chosen.loc)
        if chosen.loc != "dspl":
            one_of("Inside", "within", inside, chosen.within)
        one_of("One of them", "unit", one, chosen.unit if chosen.unit in one else "")
        one_of("Pupils", "grp", groups(), str(chosen.grp))
        if not chosen.unit:
            labels = {i: release.catalogue.indicators[i].phrases.short for i in held}
            one_of("Outcome", "ind", labels, chosen.ind)
            one_of("Sort", "order", SORTS, chosen.order)
        sidebar.foot(release, chosen)


def one_of(label: str, field: str, labels: dict[str, str], value: str) -> None:
    """A choice from a list, in the sidebar."""
    st.selectbox(
        label,
        list(labels),
        index=list(labels).index(value) if value in labels else 0,
        format_func=labels.__getitem__,
        key=state.widget(field, value),
    )
