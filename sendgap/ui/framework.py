"""Outcomes framework: outcomes with their items, each row rated with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

import streamlit as st

from sendgap.store import Release
from sendgap.ui import begin, cached, door, show, tables
from sendgap.ui.selection import Selection, area_of, area_request, to_query
from sendgap.views import rating
from sendgap.views.framework_model import (
    FrameworkItemView,
    FrameworkOutcome,
    FrameworkRow,
    FrameworkView,
)
from sendgap.views.rating import Rating

#: The keys of a link to this page.
KEYS = ("area", "grp", "snv", "fw")
HEADS = ("Measure used now", "Level", "Beside", "Level since", "Gap and who moved it", "Rating")
NOWHERE: Mapping[str, str] = MappingProxyType({})
DELIVERY = "Delivery, entered by hand"
_KINDS = {rating.GREEN: "green", rating.AMBER: "amber", rating.RED: "red"}
#: Ratings as the palette has them; on phones each row is a card with its heads before the cells.
CSS = """
<style>
.fw { overflow-x: auto; }
.fw table { border-collapse: collapse; width: 100%; font-size: .875rem; }
.fw th, .fw td { padding: .4rem .5rem; text-align: left; vertical-align: top; line-height: 1.35;
  font-weight: 400; border-bottom: 1px solid #E3E3E3; }
.fw thead th { font-weight: 700; border-bottom-color: #767676; vertical-align: bottom; }
.fw .item th { background: #F2F2F2; border-bottom-color: #767676; }
.fw .item b { font-size: 1rem; } .fw .note { color: #505A5F; }
.fw .level { font-size: 1.15rem; font-weight: 700; }
.fw td:nth-child(1) { min-width: 9rem; } .fw td:nth-child(3) { min-width: 9.5rem; }
.fw td:nth-child(5) { min-width: 13rem; } .fw td:nth-child(6) { min-width: 12rem; }
.fw td:nth-child(7) { min-width: 6.5rem; }
.fw a { color: #12436D; text-decoration: underline; }
.rag { display: inline-block; padding: .05rem .5rem; border: 1px solid #0B0C0C; font-weight: 700;
  color: #0B0C0C; background: #FFFFFF; white-space: nowrap; }
.rag.green { background: #28A197; } .rag.amber { background: #F46A25; }
.rag.red { background: #801650; color: #FFFFFF; } .rag.not { border-color: #767676; }
@media (max-width: 640px) {
  .fw, .fw table, .fw tbody, .fw tr, .fw th, .fw td { display: block; width: auto; }
  .fw thead { position: absolute; left: -9999px; }
  .fw tr { border: 1px solid #767676; margin: 0 0 .6rem; }
  .fw tr.item { border: 0; margin: .9rem 0 .4rem; }
  .fw th, .fw td, .fw td:nth-child(n) { border: 0; min-width: 0; padding: .2rem .6rem; }
  .fw td:not(:first-child)::before { content: attr(data-head); display: block; color: #505A5F;
    font-size: .8rem; }
}
</style>
"""


def page(release: Release, chosen: Selection, said: tuple[str, ...]) -> None:
    """The main part of the page."""
    begin.back(release, chosen, begin.FRAMEWORK)
    _, faults = cached.targets(release)
    show.notices((*said, *faults.splitlines()))
    framework_id = chosen.fw or next(iter(release.catalogue.frameworks))
    asked = area_request(chosen, release)
    view = cached.framework(release, asked, framework_id, door.local())
    show.heading(view.words)
    draw(view, chosen)
    show.sources(view.words)
    begin.next_pages(chosen, area_of(chosen, release), begin.FRAMEWORK)


def draw(view: FrameworkView, chosen: Selection) -> None:
    """The outcomes with their items, the words, the rules and the files."""
    st.html(CSS)
    for outcome in view.outcomes:
        _outcome(view, outcome, chosen)
    show.in_words(view.words.sentences)
    st.header("How it is rated", anchor=False)
    st.html(_key())
    st.markdown("\n".join(f"- {show.plain(line)}" for line in view.rules))
    show.files(view.chart, view.words, view.definition)


def _outcome(view: FrameworkView, outcome: FrameworkOutcome, chosen: Selection) -> None:
    """One outcome: its words, its counts, a table of its items and where the others stand."""
    if outcome.id:
        st.header(f"Outcome {outcome.id}", anchor=False)
        st.markdown(show.plain(outcome.title))
    elif outcome.title:
        st.header(show.plain(outcome.title), anchor=False)
    st.markdown(f"**{show.plain(outcome.counts)}**")
    if outcome.items:
        _items(view, outcome, chosen)
    if outcome.elsewhere:
        st.html(_elsewhere(view, outcome.elsewhere))


def _items(view: FrameworkView, outcome: FrameworkOutcome, chosen: Selection) -> None:
    """The items as a table; phones see each with its ratings, and the table when asked for."""
    key = outcome.id or "items"
    with st.container(key=f"narrow-fw-{key}"):
        st.html(_rated(outcome.items))
    with st.container(key=f"show-all-fw-{key}"):
        shows_all = st.toggle("Show the figures and reasons", key=f"figures-{key}")
    with st.container(key=f"fw-{key}"):
        caption = f"Outcome {outcome.id}" if outcome.id else view.title
        st.html(_table(view, caption, outcome.items, chosen))
    if not shows_all:
        hidden = f".st-key-fw-{key} {{ display: none; }}"
        st.html(f"<style>@media (max-width: 640px) {{ {hidden} }}</style>")


def _table(
    view: FrameworkView, caption: str, items: Sequence[FrameworkItemView], chosen: Selection
) -> str:
    heads = (*HEADS, *([DELIVERY] if view.delivery else []))
    cells = "".join(f'<th scope="col" role="columnheader">{escape(h)}</th>' for h in heads)
    bodies = "".join(_item(item, heads, chosen) for item in items)
    return (
        f'<div class="fw"><table role="table" aria-label="{escape(caption)}">'
        f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>{bodies}</table></div>'
    )


def _item(item: FrameworkItemView, heads: Sequence[str], chosen: Selection) -> str:
    note = f'<div class="note">{escape(item.note)}</div>' if item.note else ""
    nothing = "" if item.rows else f'<div class="note">{escape(item.without)}</div>'
    head = (
        f'<tr class="item" role="row"><th scope="rowgroup" role="rowheader" colspan="{len(heads)}">'
        f"<b>{escape(item.id)}</b> {escape(item.wording)}{note}{nothing}</th></tr>"
    )
    rows = "".join(_row(row, heads, chosen) for row in item.rows)
    return f'<tbody role="rowgroup">{head}{rows}</tbody>'


def _row(row: FrameworkRow, heads: Sequence[str], chosen: Selection) -> str:
    early = " (provisional)" if row.provisional else ""
    when = "" if row.use == "local" else f"{row.group_label}, {row.period_label}{early}"
    group = str(row.group) if row.group else ""
    query = to_query(
        chosen, ind=row.indicator_id, grp=group, yr="", since="", term="", view="", fw="",
        bd="" if row.breakdown == "total" else row.breakdown,
    )  # fmt: skip
    link = tables.address(tables.OUTCOME, query)
    first = f'<a href="{escape(link)}">{escape(row.name)}</a>{_line(when)}'
    gap = _line(row.gap) + _line(row.gap_moved)
    cells = [
        first,
        f'<span class="level">{escape(row.level)}</span>{_line(_place(row))}',
        _line(f"{row.beside[:1].upper()}{row.beside[1:]}: {row.neighbours.printed}")
        + _line(f"England: {row.england.printed}"),
        _line(row.since or "No earlier comparable year"),
        gap,
        _rating(row),
    ]
    if row.use == "local":
        cells[1:5] = [_line("No published figure"), _line("–"), _line("–"), _line("–")]
    if len(heads) > len(HEADS):
        cells.append(_line(row.delivery or "None entered"))
    body = "".join(
        f'<td role="cell" data-head="{escape(head)}">{cell}</td>'
        for head, cell in zip(heads, cells, strict=True)
    )
    return f'<tr role="row">{body}</tr>'


def _place(row: FrameworkRow) -> str:
    return "" if row.place == "not ranked" else row.place


def _rating(row: FrameworkRow) -> str:
    """The rating that counts, what the data say where they differ, and why."""
    whose = " (Board)" if row.board else " (target)" if row.target else ""
    lines = "".join(_line(said) for said in row.target_said if said not in row.why)
    return f"{_chip(row.shown)}{escape(whose)}{_line(row.why)}{lines}"


def _chip(shown: Rating) -> str:
    return f'<span class="rag {_KINDS.get(shown.name, "not")}">{escape(shown.marked)}</span>'


def _line(text: str) -> str:
    return f"<div>{escape(text)}</div>" if text else ""


def _elsewhere(view: FrameworkView, items: Sequence[FrameworkItemView]) -> str:
    """Items that stand under an earlier outcome, with their ratings."""
    homes = {item.id: o.id for o in view.outcomes for item in o.items}
    return _rated(items, {i.id: f" (see outcome {escape(homes[i.id])})" for i in items})


def _rated(items: Sequence[FrameworkItemView], where: Mapping[str, str] = NOWHERE) -> str:
    """Items as a list, each with its ratings."""
    lines = []
    for item in items:
        counted = [row for row in item.rows if row.use in ("counted", "local")]
        ratings = " ".join(f"{escape(r.group_label)} {_chip(r.shown)}" for r in counted)
        nothing = f"{item.without[:1].lower()}{item.without[1:].rstrip('.')}"
        said = ratings or ("context, not rated" if item.rows else nothing)
        name = f"<b>{escape(item.id)}</b> {escape(item.wording)}"
        lines.append(f"<li>{name}: {said}{where.get(item.id, '')}</li>")
    return f'<ul class="links">{"".join(lines)}</ul>'


def _key() -> str:
    names = (*rating.RATED, rating.NOT_RATED)
    chips = " ".join(_chip(Rating(name, "")) for name in names)
    return f'<p class="tile">{chips}</p>'
