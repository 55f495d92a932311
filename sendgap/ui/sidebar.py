"""The controls of a page about one area, in the order of its context line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from sendgap.catalogue.areas import Area
from sendgap.report.kinds import FRAMEWORK, GROUP
from sendgap.store import Release
from sendgap.terms import VINTAGES
from sendgap.ui import choosers, door, pinned, state
from sendgap.ui.areas_asked import MOST_CHOSEN
from sendgap.ui.selection import (
    LATEST,
    SIDE_BY_SIDE,
    WHAT_MOVED,
    Selection,
    area_of,
)
from sendgap.views.asked import slug
from sendgap.views.choices import GROUP_LABELS, Choices, choices
from sendgap.views.local_areas import GROUPS as LOCAL_GROUPS
from sendgap.views.moved_model import Spans
from sendgap.views.periods import month

COMPARED = {"neighbours": "Neighbours", "region": "Region", "england": "England"}
Pairs = Sequence[tuple[str, str]]


def areas(release: Release, chosen: Selection) -> dict[str, Area]:
    """Local authorities by three-digit code, A to Z, with the chosen one if it has closed."""
    found = list(release.areas.local_authorities())
    if chosen.area and area_of(chosen, release) not in found:
        found.append(area_of(chosen, release))
    return {area.la_code or "": area for area in sorted(found, key=lambda a: a.name)}


# Every control is given what is chosen as its default too. Streamlit tells the browser a value
# that the program has set once only; a reader who clicks before that run has been drawn would
# send the control's default in its place, which was the first area of the list.


def area_picker(release: Release, chosen: Selection, label: str = "Area") -> None:
    """The authority, found by typing its name or its three-digit number; under it its schools,
    clusters and DSPL areas, where the person looking may see local figures."""
    known = choosers.places(release, areas(release, chosen), door.units())
    st.selectbox(
        label,
        list(known),
        index=list(known).index(chosen.place) if chosen.place else None,
        format_func=known.__getitem__,
        filter_mode=choosers.EXACT,
        key=state.widget("area", chosen.place or None),
        placeholder="Type a name or number",
    )


def area(release: Release, chosen: Selection, groups: Mapping[str, str]) -> None:
    """The controls of *Our area*; ``groups`` are those of the headline outcomes."""
    with st.sidebar:
        area_picker(release, chosen)
        _group(groups, chosen)
        _neighbours(release, chosen)
        foot(release, chosen)


def compare(release: Release, chosen: Selection, years: Pairs) -> None:
    """The controls of *Compare areas*."""
    held = choices(release, chosen.ind)
    with st.sidebar:
        area_picker(release, chosen)
        _add_areas(release, chosen)
        _pupils(held, chosen)
        _outcome(release, chosen)
        _rare(held, chosen, years)
        _neighbours(release, chosen)
        foot(release, chosen)


def framework(release: Release, chosen: Selection) -> None:
    """The controls of *Outcomes framework*; SEN groups are rated apart, so none is chosen."""
    with st.sidebar:
        area_picker(release, chosen)
        which_framework(release, chosen)
        _neighbours(release, chosen)
        foot(release, chosen)


def elsewhere(release: Release, chosen: Selection, said: str) -> None:
    """The area that links of a page without figures of one lead to."""
    with st.sidebar:
        area_picker(release, chosen)
        st.caption(said)
        foot(release, chosen)


def reports(release: Release, chosen: Selection, groups: Mapping[str, str]) -> None:
    """The controls of *Reports*: for whom the document is."""
    with st.sidebar:
        area_picker(release, chosen)
        if chosen.doc == GROUP:
            _add_areas(release, chosen)
            _group(groups, chosen)
        if chosen.doc == FRAMEWORK:
            which_framework(release, chosen)
        _neighbours(release, chosen)
        foot(release, chosen)


def grid(
    release: Release, chosen: Selection, groups: Mapping[str, str], starts: Pairs | None = None
) -> None:
    """The controls of *All outcomes grid*; with ``starts`` (even none) those of the view about
    one outcome in two years."""
    with st.sidebar:
        area_picker(release, chosen)
        _add_areas(release, chosen)
        _group(groups, chosen)
        if starts is not None:
            held = choices(release, chosen.ind)
            _outcome(release, chosen)
            _rare(held, chosen, ())
            since = [("", "Usual start"), *starts]
            since += [(chosen.since, chosen.since)] if chosen.since not in dict(since) else []
            _one_of("From", "since", since, chosen.since)
        _neighbours(release, chosen)
        foot(release, chosen)


def plans(release: Release, chosen: Selection) -> None:
    """The controls of *Plans and placements*."""
    with st.sidebar:
        area_picker(release, chosen)
        _compared(chosen)
        _neighbours(release, chosen)
        foot(release, chosen)


def _compared(chosen: Selection) -> None:
    st.pills(
        "Compare with",
        list(COMPARED),
        default=list(chosen.cmp),
        selection_mode="multi",
        format_func=COMPARED.__getitem__,
        key=state.widget("cmp", list(chosen.cmp)),
    )


def show(release: Release, chosen: Selection, years: Pairs, spans: Spans | None = None) -> None:
    """All controls of *One outcome*; ``years`` are the periods with figures, ``spans`` those
    that a change can be told between."""
    held = choices(release, chosen.ind)
    with st.sidebar:
        area_picker(release, chosen)
        _compared(chosen)
        if chosen.view == SIDE_BY_SIDE:
            _add_areas(release, chosen)
        _pupils(held, chosen)
        _outcome(release, chosen)
        _rare(held, chosen, years if chosen.view == SIDE_BY_SIDE else ())
        if chosen.view == WHAT_MOVED and spans:
            _from_and_to(chosen, years, spans)
        _neighbours(release, chosen)
        foot(release, chosen)


def local_group(chosen: Selection) -> None:
    """The groups that local figures are shown for."""
    _group({str(group): GROUP_LABELS[group] for group in LOCAL_GROUPS}, chosen)


def local_outcome(release: Release, held: Sequence[str], chosen: Selection) -> None:
    """The outcomes that are counted locally."""
    names = choosers.outcomes(release)
    _one_of("Outcome", "ind", [(each, names[each]) for each in held], chosen.ind)


def foot(release: Release, chosen: Selection) -> None:
    """The link to copy, and what is pinned."""
    with st.popover("Copy link", width="stretch"):
        st.markdown("This address opens the page just as it is now.")
        st.code(state.link(chosen, release), language=None, wrap_lines=True)
    pinned.panel(release, chosen)


def _add_areas(release: Release, chosen: Selection) -> None:
    """Areas put together by a person, found by name or three-digit code."""
    known = areas(release, chosen)
    known |= {code: release.areas.find(code) for code in chosen.beside if code not in known}
    count = f" ({len(chosen.beside)})" if chosen.beside else ""
    with st.popover(f"Add areas{count}", width="stretch"):
        st.multiselect(
            "Your own set of areas",
            list(known),
            default=list(chosen.beside),
            format_func=choosers.areas(release, known).__getitem__,
            filter_mode=choosers.EXACT,
            key=state.widget("beside", list(chosen.beside)),
            max_selections=MOST_CHOSEN,
            placeholder="Type a name or number",
        )
        st.caption(f"Up to {MOST_CHOSEN}; the link carries them.")


def _pupils(held: Choices, chosen: Selection) -> None:
    labels = {str(group): label for group, label in held.groups}
    _group(labels, chosen)
    if held.missing_groups_line and len(labels) > 1:
        st.caption(held.missing_groups_line)


def _group(labels: Mapping[str, str], chosen: Selection) -> None:
    if len(labels) > 1:
        st.segmented_control(
            "Pupils",
            list(labels),
            default=str(chosen.grp),
            format_func=labels.__getitem__,
            key=state.widget("grp", str(chosen.grp)),
            required=True,
        )


def _outcome(release: Release, chosen: Selection) -> None:
    st.selectbox(
        "Outcome",
        list(release.catalogue.indicators),
        index=list(release.catalogue.indicators).index(chosen.ind),
        format_func=choosers.outcomes(release).__getitem__,
        key=state.widget("ind", chosen.ind),
    )


def which_framework(release: Release, chosen: Selection) -> None:
    """Which framework or list, by its short name; the first is not written in a link."""
    held = release.catalogue.frameworks.items()
    names = [("" if place == 0 else key, f.short) for place, (key, f) in enumerate(held)]
    _one_of("Framework or list", "fw", names, chosen.fw)


def _rare(held: Choices, chosen: Selection, years: Pairs) -> None:
    """Controls that only some outcomes or views have."""
    _one_of("Breakdown", "bd", held.breakdowns, chosen.bd)
    terms = [(slug(name), label) for name, label in held.time_identifiers]
    _one_of("Term", "term", terms, chosen.term or terms[0][0])
    if years:
        _one_of("Year", "yr", [(LATEST, "Newest year"), *years], chosen.yr)


def _from_and_to(chosen: Selection, years: Pairs, spans: Spans) -> None:
    """The two years of a change: only those on one basis, and what a link has asked for."""
    if not spans.until:
        return
    names = {**dict(years), **dict(spans.until), **dict(spans.since)}
    usual = f"Usual start ({names[spans.usual]})" if spans.usual else "Usual start"
    since = {"": usual, **dict(spans.since)}
    until = {LATEST: "Newest year", **dict(spans.until)}
    since.setdefault(chosen.since, names.get(chosen.since, chosen.since))
    until.setdefault(chosen.yr, names.get(chosen.yr, chosen.yr))
    for label, field, pairs in (("From", "since", since), ("To", "yr", until)):
        value = str(getattr(chosen, field))
        st.selectbox(
            label,
            list(pairs),
            index=list(pairs).index(value),
            format_func=pairs.__getitem__,
            key=state.widget(field, value),
        )


def _one_of(label: str, field: str, pairs: Pairs, value: str) -> None:
    labels = dict(pairs)
    if len(labels) > 1:
        st.selectbox(
            label,
            list(labels),
            index=list(labels).index(value) if value in labels else 0,
            format_func=labels.__getitem__,
            key=state.widget(field, value),
        )


def _neighbours(release: Release, chosen: Selection) -> None:
    """Who the statistical neighbours are, and which list is used."""
    found = release.areas.neighbours(area_of(chosen, release).area_code, chosen.snv)
    with st.popover("Neighbour list", width="stretch"):
        st.radio(
            "Statistical neighbours as published in",
            VINTAGES,
            index=VINTAGES.index(chosen.snv),
            format_func=month,
            key=state.widget("snv", chosen.snv),
        )
        if found:
            st.markdown(
                "\n".join(
                    f"{n.position}. {n.area.short_name}: {n.closeness.lower()}" for n in found
                )
            )
        else:
            st.markdown("The neighbour model names none for this area.")
