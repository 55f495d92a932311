"""A set of schools chosen by a person, beside everything that is out already (R8)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from sendgap.catalogue.model import Indicator
from sendgap.errors import Problem
from sendgap.local.counts import Counts
from sendgap.local.disclosure.audit import audit, served_rows
from sendgap.local.disclosure.figures import served
from sendgap.local.disclosure.grid import FEWEST_SCHOOLS, System, lay_out
from sendgap.local.disclosure.model import NotSafeError, Published
from sendgap.local.disclosure.protect import protect
from sendgap.local.disclosure.rules import Flags, Primary
from sendgap.local.disclosure.state import State
from sendgap.local.measures import LocalMeasures
from sendgap.local.places import KINDS, Member, Places, Unit, UnitKind

#: Fewest schools by which a set differs from any other, on either side.
FEWEST_APART = 2


def with_set(places: Places, set_id: str, name: str, urns: frozenset[str]) -> Places:
    """The places with one more cluster."""
    members = tuple(Member(UnitKind.CLUSTER, set_id, urn) for urn in sorted(urns))
    return dataclasses.replace(
        places,
        members=places.members + members,
        names=(*places.names, (UnitKind.CLUSTER, set_id, name)),
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
    _check_apart(places, counts.periods, urns)
    wider = with_set(places, set_id, set_id, urns)
    system = lay_out(counts, wider, measures).system()
    primary = Primary(system, {name: entry.polarity for name, entry in indicators.items()})
    told = served_rows(system, out.cells)
    primary.hidden = (primary.hidden | ~_of_set(system, set_id)) & ~told
    primary.targets.drop(told)
    state = State(system, primary.hidden, primary.targets, told)
    protect(state, wider)
    cells = served(system, state.hidden, run_id)
    own = (cells["unit_kind"] == UnitKind.CLUSTER) & (cells["unit_id"] == set_id)
    cells = cells[own].reset_index(drop=True)
    passed = audit(system, cells, primary.targets, state.worlds, told, run_id)
    return Published(cells, passed, counts.source)


def _of_set(system: System, set_id: str) -> Flags:
    """The rows that the new set's cells show."""
    rows = np.zeros(len(system.rows), dtype=bool)
    for cell in system.cells:
        if cell.unit.unit_id == set_id and cell.unit.kind is UnitKind.CLUSTER:
            rows[[cell.whole, cell.part]] = True
    return rows


def _check_apart(places: Places, periods: list[str], urns: frozenset[str]) -> None:
    """Refuse a set of few schools, or one a school away from a unit that is out."""
    unknown = urns - places.by_urn.keys()
    if unknown:
        raise NotSafeError(
            Problem("set", f"school {urn} is not in the list", "choose schools of the list")
            for urn in sorted(unknown)
        )
    if len(urns) < FEWEST_SCHOOLS:
        raise NotSafeError(
            [Problem("set", f"{len(urns)} schools", f"choose {FEWEST_SCHOOLS} or more")]
        )
    others = [unit for unit in places.units(KINDS) if unit.kind is not UnitKind.SCHOOL]
    near = sorted({unit.name for unit in others if _too_near(unit, places, periods, urns)})
    if near:
        raise NotSafeError(
            Problem("set", f"one school more or less than {name}",
                    f"let it differ by {FEWEST_APART} schools or none")
            for name in near
        )  # fmt: skip


def _too_near(unit: Unit, places: Places, periods: list[str], urns: frozenset[str]) -> bool:
    """Whether taking one from the other leaves a single school in some year."""
    for period in periods:
        theirs = places.schools_of(unit, period)
        if any(0 < len(rest) < FEWEST_APART for rest in (urns - theirs, theirs - urns)):
            return True
    return False
