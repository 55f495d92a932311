"""*Our area* for a school, cluster or DSPL area: its shown outcomes as tiles and two lists."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.text import capital
from sendgap.views import standing
from sendgap.views.local_model import LocalMark, LocalOne, OneOutcome
from sendgap.views.local_one import local_one
from sendgap.views.local_one_words import with_year
from sendgap.views.model import Point

REST = "the rest of the authority"


@dataclass(frozen=True, slots=True)
class LocalTile:
    """One shown outcome: its level with its year, then what stands beside it, in words."""

    indicator_id: str
    name: str
    level: str
    period_label: str
    against: str
    beside: str
    gap: str
    pupils: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class LocalProfile:
    """A unit on every outcome as *Our area* draws it. ``stronger`` and ``look_into`` are the
    tiles with a level better or worse than the rest of the authority's, by more than chance."""

    one: LocalOne
    tiles: tuple[LocalTile, ...]
    stronger: tuple[LocalTile, ...]
    look_into: tuple[LocalTile, ...]


def local_profile(
    release: Release, local: LocalRelease, unit: str, group: SenGroup
) -> LocalProfile:
    """The view of a unit (``dspl:D1``), which must be held. A hidden outcome has no tile: it is
    told of with its reason."""
    one = local_one(release, local, unit, group)
    tiles = {outcome.indicator_id: _tile(outcome) for outcome in one.shown}
    better, worse = (
        tuple(tiles[o.indicator_id] for o in one.shown if o.against == word)
        for word in ("better", "worse")
    )
    return LocalProfile(one, tuple(tiles.values()), better, worse)


def _tile(outcome: OneOutcome) -> LocalTile:
    return LocalTile(
        indicator_id=outcome.indicator_id,
        name=outcome.name,
        level=outcome.own.printed,
        period_label=outcome.own.period_label,
        against=_against(outcome.against),
        beside=" · ".join(filter(None, map(_beside, outcome.marks))),
        gap=_gap(outcome),
        pupils=" · ".join(filter(None, (f"Pupils: {outcome.pupils}", capital(outcome.flag)))),
        points=outcome.lines[0].points,
    )


def _against(word: str) -> str:
    """The side of the rest of the authority, after its shape."""
    if word.startswith(standing.NOT_TESTED):
        return f"{standing.MARKS[standing.NOT_TESTED]} {word}"
    if word == "similar":
        return f"{standing.MARKS[word]} about the same as {REST}"
    return f"{standing.MARKS[word]} {word} than {REST}"


def _beside(mark: LocalMark) -> str:
    """A place the unit lies in, or England with its year; nothing where it shows no figure."""
    if mark.value is None:
        return ""
    printed = with_year(mark) if mark.role == "england" else mark.printed
    return f"{mark.label} {printed.removeprefix('median ')}"


def _gap(outcome: OneOutcome) -> str:
    """The gap with the level it is a gap to; nothing where it is not shown."""
    if outcome.gap == "–":
        return ""
    return f"Gap to {outcome.reference_label} ({outcome.reference}): {outcome.gap}"
