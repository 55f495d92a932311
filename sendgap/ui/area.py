"""Our area: tiles, the profile, what goes better, what to look into, and every figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Protocol, TypeVar

import streamlit as st

from sendgap.charts import drawn
from sendgap.charts.drawn import Drawn
from sendgap.charts.spark import spark
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.text import capital
from sendgap.ui import begin, cached, show, tables, words
from sendgap.ui.selection import Selection, area_of, area_request
from sendgap.ui.tables import shown_as
from sendgap.views.area_model import Headline, OurArea, SpineRow
from sendgap.views.model import NoAnswer

#: The keys of a link to this page.
KEYS = ("area", "set", "grp", "snv")
BETTER, LOOK_INTO = "Doing better than statistical neighbours", "Look into"
RULER = (
    "In each row England's figure stands in the middle, the worst authority at the left and the "
    "best at the right. Rows have different units and are not compared with each other."
)
RULE = {
    BETTER: "Outcomes with a level better than statistical neighbours'. The label under each says "
    "how that was tested.",
    LOOK_INTO: "Outcomes with a level worse than statistical neighbours', first those that have "
    "not improved since. The label under each says how that was tested.",
}


class Named(Protocol):
    """An outcome of an area, whichever figures it has."""

    @property
    def name(self) -> str: ...
    @property
    def indicator_id(self) -> str: ...


Linked = TypeVar("Linked", bound=Named)


def page(release: Release, chosen: Selection, said: tuple[str, ...]) -> None:
    """The main part of the page."""
    begin.back(release, chosen, begin.START)
    show.notices(said)
    answer = cached.our_area(release, area_request(chosen, release))
    if isinstance(answer, NoAnswer):
        show.nothing(answer, lambda label, keys: _offer(chosen, label, keys))
    else:
        _successors(release, chosen)
        _answer(answer, chosen)
    begin.outcomes(release, chosen)
    begin.next_pages(chosen, area_of(chosen, release), begin.START)


def _successors(release: Release, chosen: Selection) -> None:
    """Where the figures of an authority that has closed go on."""
    for code in area_of(chosen, release).successors:
        area = release.areas.by_code(code)
        _offer(chosen, f"See {area.short_name}", {"area": area.la_code or code})


def _offer(chosen: Selection, label: str, keys: dict[str, str]) -> None:
    begin.offer(begin.START, chosen, label, keys)


def _answer(view: OurArea, chosen: Selection) -> None:
    show.heading(view.words)
    _tiles(view, chosen)
    charts = _profile(view, chosen)
    if not view.too_few:
        left, right = st.columns(2)
        with left:
            listing(BETTER, RULE[BETTER], view.stronger, _listed, chosen)
        with right:
            listing(LOOK_INTO, RULE[LOOK_INTO], view.look_into, _listed, chosen)
    show.in_words(view.words.sentences)
    st.header("The figures", anchor=False)
    hrefs = [begin.outcome_address(chosen, o.indicator_id) for o in view.outcomes]
    tables.linked(view.chart.table, hrefs, key="profile")
    show.files(view.chart, view.words, view.definition, charts)
    show.sources(view.words)


def _profile(view: OurArea, chosen: Selection) -> tuple[Drawn, ...]:
    """Every outcome against England's range; narrow windows read the same as a list."""
    charts = drawn.figures(view)
    st.header("Profile: against England's range", anchor=False)
    with st.container(key="spine-wide"):
        show.charts(charts)
    with st.container(key="spine-list"):
        rows = "".join(_profile_line(row, chosen) for row in view.spine.rows)
        st.html(f'<ul class="spine" aria-label="{escape(view.spine.alt)}">{rows}</ul>')
    st.caption(show.plain(RULER))
    show.description(view.chart.description)
    return charts


def _profile_line(row: SpineRow, chosen: Selection) -> str:
    """An outcome as a line: its name, its level with England's, and the word."""
    outcome = row.outcome
    href = begin.outcome_address(chosen, outcome.indicator_id)
    name = f'<a href="{escape(href)}">{shown_as(outcome.name)}</a>'
    if not outcome.has_level:
        return f"<li>{name}<br>{shown_as(outcome.reason)}</li>"
    england = f"England {row.middle}" if row.is_england else f"authorities' {row.middle}"
    said = f"{outcome.level} in {outcome.period_label} · {england} · {row.said}"
    return f"<li>{name}<br>{shown_as(said)}</li>"


def _tiles(view: OurArea, chosen: Selection) -> None:
    with st.container(key="tiles"):
        for outcome in view.outcomes:
            with st.container(border=True, key=f"tile-{outcome.indicator_id}"):
                link(outcome, chosen)
                st.html(_tile(outcome, chosen.grp))


def link(outcome: Named, chosen: Selection) -> None:
    """An outcome's name, which leads to its own page."""
    query = begin.outcome_query(chosen, outcome.indicator_id)
    st.page_link(begin.OUTCOME, label=words.note(outcome.name), query_params=query)


def _tile(outcome: Headline, group: SenGroup) -> str:
    """Level with its year first, then who is beside it, the gap, and the years before."""
    if not outcome.has_level:
        return _lines([_level(outcome), _small(outcome.reason)])
    beside = f"{outcome.neighbours.said or 'Statistical neighbours'}: {outcome.neighbours.printed}"
    picture = tables.picture(spark(outcome.points, group))
    return _lines(
        [
            _level(outcome),
            _small(capital(beside)),
            _small(outcome.gap_said),
            picture + _small(outcome.since or "No earlier comparable year"),
        ]
    )


def _level(outcome: Headline) -> str:
    early = " · provisional" if outcome.provisional else ""
    when = f"{outcome.period_label}{early}"
    return f'<p class="level"><b>{shown_as(outcome.level)}</b> <span>{shown_as(when)}</span></p>'


def _small(text: str) -> str:
    return f"<p>{shown_as(text)}</p>" if text else ""


def _lines(parts: Sequence[str]) -> str:
    return f'<div class="tile">{"".join(parts)}</div>'


def listing(
    head: str, rule: str, outcomes: Sequence[Linked], listed: Callable[[Linked], str],
    chosen: Selection,
) -> None:  # fmt: skip
    """A list of outcomes that meet a rule, each with its link and ``listed`` as HTML."""
    st.header(head, anchor=False)
    if not outcomes:
        st.markdown("No outcome meets the rule.")
    for outcome in outcomes:
        with st.container(gap="xxsmall"):
            link(outcome, chosen)
            st.html(listed(outcome))
    st.caption(show.plain(rule))


def _listed(outcome: Headline) -> str:
    """An entry of a list: level with its year, whom it is beside, gap, and what it rests on."""
    parts = [
        f"{outcome.level} in {outcome.period_label}; statistical neighbours "
        f"{outcome.neighbours.printed}.",
        f"{outcome.gap_said}." if outcome.gap_said else "",
        f"{outcome.since}." if outcome.since else "",
    ]
    badges = [outcome.neighbours.badge, "Provisional" if outcome.provisional else ""]
    marks = "".join(f'<span class="badge">{shown_as(b)}</span> ' for b in badges if b)
    said = shown_as(" ".join(p for p in parts if p))
    return f'<div class="tile listed"><p>{said}</p><p>{marks}</p></div>'
