"""The release and its views, kept for every visitor until another release is current."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from sendgap.config import paths
from sendgap.errors import TargetsError
from sendgap.store import Release, open_release
from sendgap.targets import Target
from sendgap.targets import read as read_targets
from sendgap.views.area_model import OurArea
from sendgap.views.compare_areas import compare_areas as _compare_areas
from sendgap.views.compare_model import CompareAreas
from sendgap.views.funnel_model import SmallNumbers
from sendgap.views.gap_over_time import gap_over_time as _gap_over_time
from sendgap.views.held import HeldView, held_view
from sendgap.views.model import GapOverTime, NoAnswer, SideBySide
from sendgap.views.moved_model import Spans, WhatMoved
from sendgap.views.our_area import our_area as _our_area
from sendgap.views.request import Request
from sendgap.views.side_by_side import side_by_side as _side_by_side
from sendgap.views.small_numbers import small_numbers as _small_numbers
from sendgap.views.what_moved import spans as _spans_of
from sendgap.views.what_moved import what_moved as _what_moved

#: Views kept at once: a few kilobytes each.
MOST = 2000


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


def gap_over_time(held: Release, request: Request) -> GapOverTime | NoAnswer:
    """The view over the years; frozen, so all visitors share one."""
    return _over_time(held.path.name, repr(request), held, request, targets(held)[0])


def targets(held: Release) -> tuple[tuple[Target, ...], str]:
    """The targets of the data folder, read again when the file changes, and what is wrong
    with the file where something is."""
    path = paths().targets
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return (), ""
    return _targets(str(path), changed, held.path.name, held)


def side_by_side(held: Release, request: Request) -> SideBySide | NoAnswer:
    """The view of areas side by side."""
    return _beside(held.path.name, repr(request), held, request)


def what_moved(held: Release, request: Request) -> WhatMoved | NoAnswer:
    """The view of what moved the gap."""
    return _moved(held.path.name, repr(request), held, request)


def spans(held: Release, request: Request) -> Spans:
    """The years between which a gap's change can be told."""
    return _spans(held.path.name, repr(request), held, request)


def our_area(held: Release, request: Request) -> OurArea | NoAnswer:
    """The view of an area's headline outcomes, as of today: figures grow stale."""
    today = date.today()
    return _area(held.path.name, repr(request), today.isoformat(), held, request)


def compare_areas(held: Release, request: Request, among: str, by: str) -> CompareAreas | NoAnswer:
    """The view of one outcome in many areas."""
    return _compared(held.path.name, repr(request), among, by, held, request)


def small_numbers(held: Release, request: Request, by: str) -> SmallNumbers | NoAnswer:
    """The view of areas against limits of chance."""
    return _small(held.path.name, repr(request), by, held, request)


def what_is_held(held: Release) -> HeldView:
    """The view of what is held."""
    return _held(held.path.name, held)


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _over_time(
    name: str, asked: str, _held: Release, _asked: Request, targets: tuple[Target, ...]
) -> GapOverTime | NoAnswer:
    return _gap_over_time(_held, _asked, targets)


@st.cache_resource(max_entries=4, show_spinner=False)
def _targets(path: str, changed: int, name: str, _held: Release) -> tuple[tuple[Target, ...], str]:
    try:
        return read_targets(Path(path), _held.catalogue, _held.areas), ""
    except TargetsError as refusal:
        return (), str(refusal)


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _beside(name: str, asked: str, _held: Release, _asked: Request) -> SideBySide | NoAnswer:
    return _side_by_side(_held, _asked)


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _moved(name: str, asked: str, _held: Release, _asked: Request) -> WhatMoved | NoAnswer:
    return _what_moved(_held, _asked)


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _spans(name: str, asked: str, _held: Release, _asked: Request) -> Spans:
    return _spans_of(_held, _asked)


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _area(name: str, asked: str, today: str, _held: Release, _asked: Request) -> OurArea | NoAnswer:
    return _our_area(_held, _asked, date.fromisoformat(today))


@st.cache_resource(max_entries=MOST // 10, show_spinner=False)
def _compared(
    name: str, asked: str, among: str, by: str, _held: Release, _asked: Request
) -> CompareAreas | NoAnswer:
    return _compare_areas(_held, _asked, among=among, by=by)


@st.cache_resource(max_entries=MOST // 10, show_spinner=False)
def _small(
    name: str, asked: str, by: str, _held: Release, _asked: Request
) -> SmallNumbers | NoAnswer:
    return _small_numbers(_held, _asked, by=by)


@st.cache_resource(max_entries=2, show_spinner=False)
def _held(name: str, _release: Release) -> HeldView:
    return held_view(_release)
