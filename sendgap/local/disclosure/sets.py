"""A set of schools chosen by a person, beside everything that is out already (R8)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from sendgap.catalogue.model import Indicator
from sendgap.errors import Problem
from sendgap.local.counts import Counts
from sendgap.local.disclosure.grid import FEWEST_SCHOOLS
from sendgap.local.disclosure.model import NotSafeError, Published
from sendgap.local.disclosure.publish import publish
from sendgap.local.measures import LocalMeasures
from sendgap.local.places import KINDS, Member, Places, Unit, UnitKind

#: Fewest schools by which a set differs from any other.
FEWEST_APART = 2


def with_set(places: Places, set_id: str, name: str, urns: Iterable[str]) -> Places:
    """The places with one more set of schools."""
    members = tuple(Member(UnitKind.SET, set_id, urn) for urn in sorted(urns))
    return dataclasses.replace(
        places,
        members=places.members + members,
        names=(*places.names, (UnitKind.SET, set_id, name)),
    )


def publish_set(
    counts: Counts,
    places: Places,
    measures: LocalMeasures,
    indicators: Mapping[str, Indicator],
    out: Published,
    *,
    set_id: str,
    urns: frozenset[str],
    run_id: str,
) -> Published:
    """The cells of one more set of schools, given everything in ``out``.

    ``places`` hold every unit in ``out``, sets let out before among them, and not the new
    one. Cells of the set are hidden as far as needed; raises
    :class:`~sendgap.local.disclosure.model.NotSafeError` where it is too near to a unit that
    is out, or where hiding cannot help.
    """
    check_apart([places], counts.periods, urns)
    wider = with_set(places, set_id, set_id, urns)
    published = publish(counts, wider, measures, indicators, run_id=run_id, earlier=out)
    cells = published.cells
    own = (cells["unit_kind"] == UnitKind.SET) & (cells["unit_id"] == set_id)
    return dataclasses.replace(published, cells=cells[own].reset_index(drop=True))


def check_apart(shown: Iterable[Places], periods: Iterable[str], urns: frozenset[str]) -> None:
    """Refuse a set of few schools, or one a school away from a unit that is or was out.

    ``shown`` are the places of now, first, and of every release before.
    """
    now, *before = shown
    unknown = urns - now.by_urn.keys()
    if unknown:
        raise NotSafeError(
            Problem("set", f"school {urn} is not in the list", "choose schools of the list")
            for urn in sorted(unknown)
        )
    if len(urns) < FEWEST_SCHOOLS:
        raise NotSafeError(
            [Problem("set", f"{len(urns)} schools", f"choose {FEWEST_SCHOOLS} or more")]
        )
    near = {
        unit.name
        for places in (now, *before)
        for unit in places.units(KINDS)
        if unit.kind is not UnitKind.SCHOOL and _too_near(unit, places, periods, urns)
    }
    if near:
        raise NotSafeError(
            Problem("set", f"one school more or less than {name}",
                    f"let it differ by {FEWEST_APART} schools or none")
            for name in sorted(near)
        )  # fmt: skip


def _too_near(unit: Unit, places: Places, periods: Iterable[str], urns: frozenset[str]) -> bool:
    """Whether a single school is in one of them and not in the other in some year."""
    return any(0 < len(urns ^ places.schools_of(unit, p)) < FEWEST_APART for p in periods)
