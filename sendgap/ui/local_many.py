"""A school, cluster or DSPL area on the pages of many outcomes: the grid, the stages, plans, its
siblings and the framework. Each is one view of shown cells, drawn as the page draws its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from sendgap.charts import drawn
from sendgap.charts.spark import spark
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.ui import begin, cached, framework, local, local_drawn, plans, show, sidebar, tables
from sendgap.ui.selection import (
    CHANGE,
    HEAT,
    NEEDS,
    PLANS_VIEWS,
    SPARKLINES,
    Selection,
    to_query,
    with_view_of,
)
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.grid_model import Grid, Sparks
from sendgap.views.journey_words import NOTE
from sendgap.views.local_areas import GROUPS, outcomes
from sendgap.views.local_change import local_change
from sendgap.views.local_framework import local_framework
from sendgap.views.local_grid import group_table, local_grid
from sendgap.views.local_journey import local_journey
from sendgap.views.local_model import LOCAL_KINDS, LocalAreas
from sendgap.views.local_plans import local_plans
from sendgap.views.local_siblings import around, local_siblings
from sendgap.views.local_unit import OfUnit
from sendgap.views.local_units import kind_of
from sendgap.views.model import NoAnswer

Said = tuple[str, ...]
#: The two views of the grid; small lines stand in the second.
GRID_VIEWS = {HEAT: "Heat map", CHANGE: "Baseline to latest"}
KEYS = ("area", "grp")
GRID_KEYS = (*KEYS, "view")
PLANS_KEYS = (*KEYS, "view")
COMPARE_KEYS = (*KEYS, "ind", "within", "order")
FRAMEWORK_KEYS = (*KEYS, "fw")
EVERYWHERE = "The whole authority"


# All outcomes grid -------------------------------------------------------------------


def with_grid_view(
    release: Release, held: LocalRelease, chosen: Selection, said: Said
) -> tuple[Selection, Said]:
    """The selection with a view that a unit's grid has."""
    view = CHANGE if chosen.view == SPARKLINES else chosen.view
    return replace(chosen, view=view if view in GRID_VIEWS else HEAT), said


def grid(release: Release, held: LocalRelease, chosen: Selection) -> None:
    """Outcomes by groups, or one group's outcomes over the years."""
    view: OfUnit[Grid | Sparks | NoAnswer]
    if chosen.view == CHANGE:
        group = SenGroup(chosen.grp)
        view = cached.local_view(local_change, release, held, chosen.unit, group)
    else:
        view = cached.local_view(local_grid, release, held, chosen.unit)
    controls = partial(_one_of, "View", "view", GRID_VIEWS, chosen.view)
    if isinstance(view.shown, NoAnswer):
        _nothing(view.shown, begin.GRID, chosen, controls)
        return
    show.heading(view.shown.words)
    controls()
    if isinstance(view.shown, Grid):
        _heat(release, view.shown, chosen, "of_grid")
    else:
        _sparks(view.shown, chosen)
    _foot(view)


def grid_controls(release: Release, held: LocalRelease, chosen: Selection) -> None:
    """The group of pupils, where the view is about one."""
    if chosen.view == CHANGE:
        sidebar.local_group(chosen)


def _heat(release: Release, view: Grid, chosen: Selection, key: str) -> None:
    """The grid; on phones one group's figures as a list instead."""
    with st.container(key="wide-grid"):
        show.charts(drawn.figures(view))
    with st.container(key="narrow-outcome"):
        labels = {str(group): GROUP_LABELS[group] for group in GROUPS}
        _one_of("Pupils", "grp", labels, str(chosen.grp))
        table, ids = group_table(view, SenGroup(chosen.grp))
        tables.linked(table, [begin.outcome_address(chosen, each) for each in ids], key=key)
    show.description(view.chart.description)
    show.in_words(view.words.sentences)
    st.header("The figures", anchor=False)
    named = {i.phrases.short: i.id for i in release.catalogue.indicators.values()}
    hrefs = [begin.outcome_address(chosen, named[row[0]]) for row in view.chart.table.rows]
    tables.linked(view.chart.table, hrefs, key=f"{key}_all")
    show.files(view.chart, view.words, view.definition, drawn.figures(view))


def _sparks(view: Sparks, chosen: Selection) -> None:
    """A row for each outcome with its small line."""
    show.in_words(view.words.sentences)
    st.header("The figures", anchor=False)
    hrefs = [begin.outcome_address(chosen, row.indicator_id) for row in view.rows]
    pictures = [spark(row.points, SenGroup(chosen.grp)) for row in view.rows]
    tables.linked(view.chart.table, hrefs, key="sparks", pictures=pictures)
    show.files(view.chart, view.words, view.definition)


# Early years to 19 -------------------------------------------------------------------


def journey(release: Release, held: LocalRelease, chosen: Selection) -> None:
    """The stages that local returns count, every group's level at each."""
    view = cached.local_view(local_journey, release, held, chosen.unit)
    if isinstance(view.shown, NoAnswer):
        _nothing(view.shown, begin.JOURNEY, chosen)
        return
    show.heading(view.shown.words)
    st.markdown(f"**{show.plain(NOTE)}**")
    _heat(release, view.shown, chosen, "of_stages")
    _foot(view)


# Plans and placements ----------------------------------------------------------------


def with_plans_view(
    release: Release, held: LocalRelease, chosen: Selection, said: Said
) -> tuple[Selection, Said]:
    """The selection with a view of the page."""
    return with_view_of(chosen, PLANS_VIEWS), said


def plans_page(release: Release, held: LocalRelease, chosen: Selection) -> None:
    """How many, for what, how near home; the rest says that it is known for authorities."""
    group = SenGroup(chosen.grp)
    view = cached.local_view(local_plans, release, held, chosen.unit, chosen.view, group)
    controls = partial(_one_of, "View", "view", PLANS_VIEWS, chosen.view)
    if isinstance(view.shown, NoAnswer):
        _nothing(view.shown, begin.PLANS, chosen, controls)
        return
    show.heading(view.shown.words)
    controls()
    plans.parts(view.shown)
    _box(view)
    show.sources(view.shown.words)
    show.read_more(*view.shown.definitions)


def plans_controls(release: Release, held: LocalRelease, chosen: Selection) -> None:
    """Whose needs are shown."""
    if chosen.view == NEEDS:
        sidebar.local_group(chosen)


# Compare areas -----------------------------------------------------------------------


def with_siblings(
    release: Release, held: LocalRelease, chosen: Selection, said: Said
) -> tuple[Selection, Said]:
    """The selection with an outcome that units of the kind have, looked for in a larger unit
    that this one lies in, or everywhere."""
    kind = kind_of(chosen.unit)
    chosen = replace(chosen, loc=kind)
    counted = outcomes(release, held, kind, str(chosen.grp))
    chosen, said = local.with_counted_outcome(release, held, chosen, said, counted)
    inside = around(held, chosen.unit)
    return replace(chosen, within=chosen.within if chosen.within in inside else ""), said


def siblings_controls(release: Release, held: LocalRelease, chosen: Selection) -> None:
    """The group, the outcome, and among whom."""
    sidebar.local_group(chosen)
    counted = outcomes(release, held, kind_of(chosen.unit), str(chosen.grp))
    labels = {i: release.catalogue.indicators[i].phrases.short for i in counted}
    local.one_of("Outcome", "ind", labels, chosen.ind)
    inside = {"": EVERYWHERE} | around(held, chosen.unit)
    if len(inside) > 1:
        local.one_of("Inside", "within", inside, chosen.within)
    local.one_of("Sort", "order", local.SORTS, chosen.order)


def siblings(release: Release, held: LocalRelease, chosen: Selection) -> None:
    """The units of one kind on one outcome, this one first and framed."""
    view = cached.local_view(
        local_siblings, release, held, chosen.unit, chosen.ind, SenGroup(chosen.grp),
        chosen.within, chosen.order,
    )  # fmt: skip
    areas: LocalAreas = view.shown
    show.heading(areas.words)
    local_drawn.withheld(areas)
    local_drawn.panels(areas, drawn.figures(areas)[0])
    show.description(areas.chart.description)
    show.in_words(areas.words.sentences)
    st.header("The figures", anchor=False)
    keys = [f"{kind_of(chosen.unit)}:{unit.unit_id}" for unit in areas.units]
    hrefs = [tables.address(tables.COMPARE, to_query(chosen, unit=key)) for key in keys]
    tables.linked(areas.chart.table, hrefs, key="siblings", own=view.name,
                  most=local_drawn.MANY, many=LOCAL_KINDS[kind_of(chosen.unit)][1])  # fmt: skip
    show.files(areas.chart, areas.words, areas.definition, drawn.figures(areas))
    _box(view)
    show.sources(areas.words)
    show.read_more(areas.definition)


# Outcomes framework ------------------------------------------------------------------


def framework_page(release: Release, held: LocalRelease, chosen: Selection) -> None:
    """The framework's items that are counted here, rated beside the rest of the authority."""
    framework_id = chosen.fw or next(iter(release.catalogue.frameworks))
    view = cached.local_view(local_framework, release, held, chosen.unit, framework_id)
    show.heading(view.shown.words)
    framework.draw(view.shown, chosen)
    _box(view)
    show.sources(view.shown.words)


def framework_controls(release: Release, held: LocalRelease, chosen: Selection) -> None:
    """Which framework."""
    sidebar.which_framework(release, chosen)


# What all of them draw ---------------------------------------------------------------


def _one_of(label: str, field: str, labels: Mapping[str, str], value: str) -> None:
    with st.container(horizontal=True, key=f"controls-{field}"):
        show.one_of(label, field, labels, value)


def _nothing(
    answer: NoAnswer, page: str, chosen: Selection, controls: partial[None] | None = None
) -> None:
    """No local figures of this: why, and the authority's published ones where there are any."""
    show.nothing(answer, _no_link, controls)
    if chosen.area:
        query = to_query(chosen, unit="")
        st.page_link(page, label="The whole authority's published figures", query_params=query)


def _no_link(label: str, keys: dict[str, str]) -> None:
    """Views of a unit offer no links of their own."""


def _foot(view: OfUnit[Grid | Sparks | NoAnswer]) -> None:
    _box(view)
    show.sources(view.shown.words)
    if not isinstance(view.shown, NoAnswer):
        show.read_more(view.shown.definition)


def _box(view: OfUnit[object]) -> None:
    """How children are protected, and how many figures of this page are hidden."""
    show.box("How children are protected here", view.disclosure, key="disclosure")
