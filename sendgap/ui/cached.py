"""The release and its views, kept for every visitor until another release is current."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from sendgap.config import paths
from sendgap.errors import TargetsError
from sendgap.store import Release, open_release
from sendgap.store.local import LocalRelease
from sendgap.targets import Target
from sendgap.targets import read as read_targets
from sendgap.views.area_model import OurArea
from sendgap.views.compare_areas import compare_areas as _compare_areas
from sendgap.views.compare_model import CompareAreas
from sendgap.views.framework import framework_view as _framework_view
from sendgap.views.framework_local import is_of
from sendgap.views.framework_model import FrameworkView
from sendgap.views.funnel_model import SmallNumbers
from sendgap.views.gap_over_time import gap_over_time as _gap_over_time
from sendgap.views.held import HeldView, held_view
from sendgap.views.model import GapOverTime, NoAnswer, SideBySide
from sendgap.views.moved_model import Spans, WhatMoved
from sendgap.views.our_area import our_area as _our_area
from sendgap.views.request import Request
from sendgap.views.side_by_side import side_by_side as _side_by_side
from sendgap.views.small_numbers import small_numbers as _small_numbers
from sendgap.views.what_moved import spans as _spans
from sendgap.views.what_moved import what_moved as _what_moved

#: Views kept at once: a few kilobytes each about one area, some tens about all areas.
MOST, MOST_LARGE = 2000, 200

Answer = TypeVar("Answer")


def release() -> Release:
    """The current release; raises ``SendgapError`` where there is none to open."""
    folder = paths().releases
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        name = ""
    return _open(str(folder / name))


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(name: str) -> Release:
    return open_release()


def view(builder: Callable[..., Answer], held: Release, *asked: Hashable) -> Answer:
    """What ``builder(held, *asked)`` gives, built once for each release and question.

    Views are frozen, so all visitors share one. What is asked must print all that tells
    one question from another, as frozen records and plain values do.
    """
    found: Answer = _view(_name(builder), held.path.name, repr(asked), builder, held, asked)
    return found


def large_view(builder: Callable[..., Answer], held: Release, *asked: Hashable) -> Answer:
    """As :func:`view`, for answers about every area, of which fewer are kept."""
    found: Answer = _large(_name(builder), held.path.name, repr(asked), builder, held, asked)
    return found


def local_view(
    builder: Callable[..., Answer], held: Release, local: LocalRelease, *asked: Hashable
) -> Answer:
    """As :func:`view`, of the local figures too; another file of either makes another view."""
    of = f"{held.path.name} {local.path.name}"
    found: Answer = _view(_name(builder), of, repr(asked), builder, held, (local, *asked))
    return found


def _name(builder: Callable[..., Any]) -> str:
    return f"{builder.__module__}.{builder.__qualname__}"


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _view(
    name: str, of: str, said: str, _builder: Callable[..., Any], _held: Release, _asked: Any
) -> Any:
    return _builder(_held, *_asked)


@st.cache_resource(max_entries=MOST_LARGE, show_spinner=False)
def _large(
    name: str, of: str, said: str, _builder: Callable[..., Any], _held: Release, _asked: Any
) -> Any:
    return _builder(_held, *_asked)


def gap_over_time(held: Release, request: Request) -> GapOverTime | NoAnswer:
    """The view over the years."""
    return view(_gap_over_time, held, request, targets(held)[0])


def targets(held: Release) -> tuple[tuple[Target, ...], str]:
    """The targets of the data folder, read again when the file changes, and what is wrong
    with the file where something is."""
    path = paths().targets
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return (), ""
    return _targets(str(path), changed, held.path.name, held)


@st.cache_resource(max_entries=4, show_spinner=False)
def _targets(path: str, changed: int, name: str, _held: Release) -> tuple[tuple[Target, ...], str]:
    try:
        return read_targets(Path(path), _held.catalogue, _held.areas), ""
    except TargetsError as refusal:
        return (), str(refusal)


def side_by_side(held: Release, request: Request) -> SideBySide | NoAnswer:
    """The view of areas side by side."""
    return view(_side_by_side, held, request)


def what_moved(held: Release, request: Request) -> WhatMoved | NoAnswer:
    """The view of what moved the gap."""
    return view(_what_moved, held, request)


def spans(held: Release, request: Request) -> Spans:
    """The years between which a gap's change can be told."""
    return view(_spans, held, request)


def our_area(held: Release, request: Request) -> OurArea | NoAnswer:
    """The view of an area's headline outcomes, as of today: figures grow stale."""
    return view(_our_area, held, request, date.today())


def framework(
    held: Release, request: Request, framework_id: str, local: LocalRelease | None = None
) -> FrameworkView:
    """The view of an outcomes framework, as of today, with the targets of the data folder and
    the authority's own local figures, where ``local`` are its."""
    asked = (request, framework_id, targets(held)[0], date.today())
    if local is not None and is_of(local, request.area_code):
        return local_view(_own_framework, held, local, *asked)
    return view(_framework_view, held, *asked)


def _own_framework(
    held: Release, local: LocalRelease, request: Request, framework_id: str,
    set_by_people: tuple[Target, ...], today: date,
) -> FrameworkView:  # fmt: skip
    return _framework_view(held, request, framework_id, set_by_people, today, local)


def compare_areas(held: Release, request: Request, among: str, by: str) -> CompareAreas | NoAnswer:
    """The view of one outcome in many areas."""
    return large_view(_compared, held, request, among, by)


def small_numbers(held: Release, request: Request, by: str) -> SmallNumbers | NoAnswer:
    """The view of areas against limits of chance."""
    return large_view(_small, held, request, by)


def what_is_held(held: Release) -> HeldView:
    """The view of what is held."""
    return view(held_view, held)


def _compared(held: Release, request: Request, among: str, by: str) -> CompareAreas | NoAnswer:
    return _compare_areas(held, request, among=among, by=by)


def _small(held: Release, request: Request, by: str) -> SmallNumbers | NoAnswer:
    return _small_numbers(held, request, by=by)
