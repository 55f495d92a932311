"""Reports: choose a document, say who and when, read it, add one's own words, take it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from sendgap.catalogue.areas import in_text
from sendgap.report import kinds, note_file
from sendgap.report.document import Commentary, Document, Said, Section
from sendgap.report.documents import Wanted, document_of, pinned, view_of
from sendgap.report.html import fragment
from sendgap.report.typed import Typed
from sendgap.store import Release
from sendgap.ui import begin, cached, report_form, show, state
from sendgap.ui.selection import Selection, area_of, to_query
from sendgap.views.note_model import VisitNote

#: The keys of a link to this page.
KEYS = ("area", "set", "grp", "snv", "fw", "doc")
LABELS = {"docx": "Download Word", "html": "Download HTML", "md": "Download Markdown",
          "xlsx": "Download Excel"}  # fmt: skip
#: The preview's tables as the documents set them.
CSS = """
<style>
.report table { border-collapse: collapse; } .report .n { text-align: right; white-space: nowrap; }
.report caption { caption-side: top; text-align: left; font-weight: 700; color: #0B0C0C; }
.report .note, .report .source { font-size: .85rem; color: #505A5F; }
.report .said { border-left: 4px solid #767676; padding-left: .8rem; }
.report .scroll { overflow-x: auto; margin: .4rem 0; }
</style>
"""
#: What each document is for, in a line under its name.
ABOUT = {
    kinds.VISIT_NOTE: "For an adviser's visit: every theme beside England, its range, the region "
    "and statistical neighbours, with room for commentary and agreed actions.",
    kinds.ANNUAL: "For schools and parents: two pages in plain words, then one item a page with "
    "its trend and room for what will be done.",
    kinds.FRAMEWORK: "The outcomes framework, each measure rated with its reason.",
    kinds.NATIONAL: "A year over all authorities: England, the range with names, and how many "
    "authorities stand where.",
    kinds.MEETING_SHEET: "Up to twelve pinned charts, each with its sentence, on two pages.",
    kinds.OLD_NOTE: "The tables of older documents, from the visit note on Kent of 2006 to the "
    "national deck of 2018, drawn again with what they derive: history, never compared with today.",
    kinds.GROUP: "The chosen area and those added in the sidebar: newest figures against the "
    "baseline and England.",
}


def page(release: Release, chosen: Selection, said: tuple[str, ...]) -> None:
    """The main part of the page."""
    begin.back(release, chosen, begin.REPORTS)
    show.notices(said)
    st.html(CSS)
    kept = report_form.kept(chosen)
    head, form = st.container(), st.container()
    if chosen.doc == kinds.MEETING_SHEET and not chosen.pins:
        _nothing_pinned(chosen)
        return
    with form:
        asked = report_form.asked(release, chosen, kept)
    view = cached.view(_view, release, chosen.doc, asked)
    holds_pins = chosen.doc in (kinds.MEETING_SHEET, kinds.VISIT_NOTE)
    with head:
        show.practice(bool(holds_pins and asked.local and asked.local.is_invented))
        show.title(view.finding if isinstance(view, VisitNote) else _finding(release, chosen, view))
        _choice(chosen)
    typed = report_form.typed(release, chosen, view, kept)
    wanted = replace(asked, confirmed=typed.confirmed)
    if wanted != asked:
        view = cached.view(_view, release, chosen.doc, wanted)
    _rest(release, chosen, view, wanted, typed)


def _nothing_pinned(chosen: Selection) -> None:
    show.title("A meeting sheet is made of pinned charts, and none is pinned yet")
    _choice(chosen)
    how = "Open a chart, choose Pin to report under it, and come back: pins travel along."
    st.markdown(show.plain(how))
    query = to_query(chosen, doc="")
    for page_file, name in ((begin.OUTCOME, "One outcome"), (begin.COMPARE, "Compare areas")):
        st.page_link(page_file, label=name, query_params=query)


def _choice(chosen: Selection) -> None:
    """Which document, and what it is for."""
    st.segmented_control(
        "Document", list(kinds.NAMES), format_func=kinds.NAMES.__getitem__, required=True,
        key=state.widget("doc", chosen.doc),
    )  # fmt: skip
    st.markdown(show.plain(ABOUT[chosen.doc]))


def _rest(release: Release, chosen: Selection, view: Any, wanted: Wanted, typed: Typed) -> None:
    """The document to read, the boxes for one's own words, and the files."""
    address = state.link(chosen, release).partition("?")[0].removesuffix("reports")
    also = cached.view(pinned, release, wanted) if chosen.doc == kinds.VISIT_NOTE else ()
    document = document_of(release, view, wanted, typed, address, also)
    before = dict(typed.edited)
    typed = _preview(document, typed, chosen, edits=chosen.doc in report_form.EDITED)
    report_form.keep(chosen, typed)
    if {k: v for k, v in typed.edited.items() if v} != {k: v for k, v in before.items() if v}:
        st.rerun()  # the words stand above their box
    _downloads(
        partial(document_of, release, view, wanted, typed, address, also), document.file_name
    )
    if isinstance(view, VisitNote):
        _note_file(view, typed, document.file_name)
    begin.next_pages(chosen, area_of(chosen, release), begin.REPORTS)


def _view(release: Release, name: str, wanted: Wanted) -> Any:
    return view_of(release, name, wanted)


def _finding(release: Release, chosen: Selection, view: Any) -> str:
    """What the draft is, and how much of it there is."""
    if chosen.doc == kinds.MEETING_SHEET:
        count = len(view.pinned)
        return f"Draft meeting sheet: {count} pinned {'chart' if count == 1 else 'charts'}"
    if chosen.doc == kinds.NATIONAL:
        return f"Draft of the national position for {view.year}"
    if chosen.doc == kinds.GROUP:
        return f"Draft group report for {in_text(view.title)}: {len(view.rows)} outcomes"
    if chosen.doc == kinds.OLD_NOTE:
        tables = sum(len(document.tables) for document in view.documents)
        return f"Draft of {len(view.documents)} older documents: {tables} tables, drawn again"
    name, area = kinds.NAMES[chosen.doc].lower(), area_of(chosen, release).in_text
    if chosen.doc == kinds.ANNUAL:
        return f"Draft {name} for {area}: {len(view.sections)} items over {view.years} years"
    return f"Draft {name} for {area}: {len(view.items)} items"


def _preview(document: Document, typed: Typed, chosen: Selection, *, edits: bool) -> Typed:
    """The document as text, a section at a time, with boxes for one's own words."""
    st.header("Read it and add your words" if edits else "Read it", anchor=False)
    commentary, edited = dict(typed.commentary), dict(typed.edited)
    for place, section in enumerate(document.sections):
        if not section.blocks:
            st.markdown(f"**{show.plain(section.heading)}**")
            continue
        number = section.heading.split(" ")[0]
        boxes = [b for b in section.blocks if isinstance(b, Commentary) and edits]
        with st.expander(show.plain(section.heading) + _mark(section, commentary.get(number, ""))):
            _text(section, edits=bool(boxes))
            if boxes and number[:1].isdigit():
                key = f"{report_form.prefix(chosen)}{place}"
                _words(key, number, boxes[0], section, commentary, edited, chosen)
    return replace(typed, commentary=commentary, edited=edited)


def _mark(section: Section, text: str) -> str:
    """Whether a section waits for words."""
    if not any(isinstance(block, Commentary) for block in section.blocks):
        return ""
    return " · commented" if text.strip() else ""


def _text(section: Section, *, edits: bool) -> None:
    shown = [b for b in section.blocks if not (edits and isinstance(b, Commentary))]
    st.html(f'<div class="linked report">{fragment(shown)}</div>')


def _words(
    key: str,
    number: str,
    box: Commentary,
    section: Section,
    commentary: dict[str, str],
    edited: dict[str, str],
    chosen: Selection,
) -> None:
    """The commentary of a section, and its sentences where somebody wants other words."""
    commentary[number] = st.text_area(
        box.heading, value=commentary.get(number, ""), key=f"{key}text", height=110,
        placeholder=" ".join(box.prompts), max_chars=20_000,
    )  # fmt: skip
    told = next((b for b in section.blocks if isinstance(b, Said)), None)
    if told and chosen.doc == kinds.VISIT_NOTE:
        edited[number] = st.text_area(
            "Your words in place of what the data say (marked as edited by the adviser)",
            value=edited.get(number, ""), key=f"{key}edited", height=80, max_chars=20_000,
        )  # fmt: skip


def _downloads(make: Callable[[], Document], name: str) -> None:
    """The document in every format, made when one is asked for."""
    st.header("Take it away", anchor=False)
    with st.container(horizontal=True, key="take-away"):
        for form, label in LABELS.items():
            st.download_button(
                label, partial(_made, make, form), f"{name}.{form}", kinds.TYPES[form],
                on_click="ignore", key=f"get-{form}",
            )  # fmt: skip


def _made(make: Callable[[], Document], form: str) -> bytes:
    from sendgap.report.write import rendered  # the writers of files take a second to load

    return rendered(make(), form)


def _note_file(view: VisitNote, typed: Typed, name: str) -> None:
    """The note itself, to be opened again next time."""
    st.download_button(
        "Save this note to go on later", partial(note_file.to_bytes, view, typed),
        f"{name}-{date.today().isoformat()}.json", "application/json", on_click="ignore",
        key="save-note",
        help="A small file with your words and the figures printed. Open it here next time: your "
        "words come back, and the new note says what has changed.",
    )  # fmt: skip
