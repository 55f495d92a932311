"""What a person types for a document, kept while they look at other pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from sendgap.errors import NoteFileError
from sendgap.report import kinds
from sendgap.report.documents import Wanted
from sendgap.report.note_file import NoteFile, from_bytes
from sendgap.report.typed import Action, Typed
from sendgap.store import Release
from sendgap.ui import cached, door, show
from sendgap.ui.selection import Selection, area_of
from sendgap.views.annual_report import SPANS
from sendgap.views.local_units import parted
from sendgap.views.national import national_position
from sendgap.views.national_model import NationalPosition
from sendgap.views.note_model import VisitNote

#: Documents whose sections take one's own words.
EDITED = (kinds.VISIT_NOTE, kinds.ANNUAL)
_KEPT = "reports_kept"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed for one document and area, the note it goes on from, and how often a
    file was opened: boxes are made anew each time."""

    typed: Typed = Typed()
    before: NoteFile | None = None
    opened: int = 0
    file: str = ""


def _key(chosen: Selection) -> str:
    return f"{chosen.doc}-{chosen.area}"


def kept(chosen: Selection) -> Kept:
    """What has been typed so far."""
    found: Kept = st.session_state.setdefault(_KEPT, {}).get(_key(chosen), Kept())
    return found


def keep(chosen: Selection, typed: Typed) -> None:
    """Keep what is typed for the next run and for the way back to this page."""
    st.session_state[_KEPT][_key(chosen)] = replace(kept(chosen), typed=typed)


def prefix(chosen: Selection) -> str:
    """What the keys of this document's boxes begin with."""
    return f"report-{_key(chosen)}-{kept(chosen).opened}-"


def asked(release: Release, chosen: Selection, held: Kept) -> Wanted:
    """The question behind the document, without what is typed into it."""
    key = prefix(chosen)
    areas = [area_of(chosen, release)]
    if chosen.doc == kinds.GROUP:
        areas += [release.areas.find(code) for code in chosen.beside]
    years, year = SPANS[-1], "latest"
    if chosen.doc == kinds.ANNUAL:
        years = st.segmented_control(
            "Years of each trend", SPANS, default=SPANS[-1], required=True, key=f"{key}years"
        )
    if chosen.doc == kinds.NATIONAL:
        newest = cached.view(national_position, release)
        known = newest.years if isinstance(newest, NationalPosition) else ("latest",)
        year = st.selectbox("Year", known, key=f"{key}year", width=180)
    return Wanted(
        areas=tuple(areas), vintage=chosen.snv, years=years, confirmed=held.typed.confirmed,
        before=held.before, framework=chosen.fw, year=year, group=chosen.grp,
        targets=cached.targets(release)[0], pins=chosen.pins,
        local=door.local() if any(parted(pin.area) for pin in chosen.pins) else None,
    )  # fmt: skip


def typed(release: Release, chosen: Selection, view: Any, held: Kept) -> Typed:
    """The form above the document: who, when, sections, actions and old outcomes."""
    if chosen.doc in (kinds.NATIONAL, kinds.OLD_NOTE):
        return held.typed
    key, now = prefix(chosen), held.typed
    if not isinstance(view, VisitNote):
        author = st.text_input("Author", now.author, key=f"{key}author", max_chars=200)
        return replace(now, author=author)
    _open(release, chosen)
    first, second = st.columns(2)
    said: dict[str, Any] = {}
    for column, field, label in (
        (first, "visit_date", "Date of visit"), (second, "author", "Adviser"),
        (first, "present", "People present"), (second, "next_visit", "Date of next visit"),
    ):  # fmt: skip
        value = str(getattr(now, field))
        said[field] = column.text_input(label, value, key=f"{key}{field}", max_chars=500)
    titles = {s.number: s.title for s in view.sections}
    chosen_sections = st.multiselect(
        "Sections", list(titles), default=[n for n in now.sections if n in titles] or list(titles),
        format_func=titles.__getitem__, key=f"{key}sections",
    )  # fmt: skip
    with st.expander("Agreed actions and priorities for support"):
        actions = _actions(now, key)
        priorities = st.text_area(
            "Priorities for support", now.priorities, key=f"{key}priorities", max_chars=20_000
        )
    return replace(
        now, **said, priorities=priorities, actions=actions,
        sections=() if len(chosen_sections) in (0, len(titles)) else tuple(chosen_sections),
        confirmed=_confirmed(release, now, key),
    )  # fmt: skip


def _confirmed(release: Release, now: Typed, key: str) -> frozenset[str]:
    """Old outcomes go in only when the writer says that they still hold."""
    found = set()
    for _, figure in release.catalogue.reports["visit_note"].figures():
        if figure.confirm and st.checkbox(
            show.plain(f"{figure.confirm}: put it in"),
            value=figure.indicator_id in now.confirmed, key=f"{key}{figure.indicator_id}",
        ):  # fmt: skip
            found.add(figure.indicator_id)
    return frozenset(found)


_HEADS = {"what": "Action", "who": "Who", "by_when": "By when", "known_by": "How we will know"}


def _actions(now: Typed, key: str) -> tuple[Action, ...]:
    """Five rows for actions, or as many as there are."""
    rows = [*now.actions, *([Action()] * max(0, 5 - len(now.actions)))]
    found = []
    for place, action in enumerate(rows):
        columns = st.columns(4)
        said = {
            field: column.text_input(
                f"{head} {place + 1}", getattr(action, field), key=f"{key}{field}{place}",
                max_chars=500,
            )
            for column, (field, head) in zip(columns, _HEADS.items(), strict=True)
        }  # fmt: skip
        found.append(Action(**said))
    return tuple(action for action in found if action != Action())


def _open(release: Release, chosen: Selection) -> None:
    """Open a saved note: its words fill the form, its figures are what changes are told from."""
    with st.expander("Go on from a saved note"):
        file = st.file_uploader(
            "Note file", type="json", key=f"note-file-{_key(chosen)}", max_upload_size=5
        )
    if file is None or file.file_id == kept(chosen).file:
        return
    held = kept(chosen)
    try:
        note = from_bytes(file.getvalue(), file.name, area_of(chosen, release).area_code)
    except NoteFileError as refusal:
        show.notices(str(refusal).splitlines())
        return
    st.session_state[_KEPT][_key(chosen)] = Kept(note.typed, note, held.opened + 1, file.file_id)
    st.rerun()
