"""Units as they were when something was told of them: groups that changed, sets taken away.

What was told of a group holds for the schools it had then. Where a list now says otherwise,
the former group stays in the system beside the present one: never shown, but known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sendgap.local.places import KINDS, Places, Unit, UnitKind

#: A kind, a unit's id and a breakdown: ``total``, or one phase of the unit.
_Part = tuple[str, str, str]
_Schools = tuple[frozenset[str], ...]


@dataclass(slots=True)
class Former:
    """Former units with their schools by school year.

    ``of`` names for each earlier release, by its place in the order given, the former unit
    that its figures of a part are about; a part that is as it was is not in it.
    """

    schools: dict[Unit, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    of: list[dict[_Part, str]] = field(default_factory=list)


def former(earlier: Sequence[Places | None], now: Places, periods: Sequence[str]) -> Former:
    """The units of earlier releases that are not as they were."""
    found = Former()
    held: dict[tuple[UnitKind, _Schools], Unit] = {}
    present = _parts(now, periods)
    for places in earlier:
        differ: dict[_Part, str] = {}
        for part, (kind, schools) in _parts(places, periods).items() if places else ():
            if part in present and present[part][1] == schools:
                continue
            unit = held.setdefault((kind, schools), Unit(kind, f"former {len(held)}", ""))
            found.schools[unit] = dict(zip(periods, schools, strict=True))
            differ[part] = unit.unit_id
        found.of.append(differ)
    return found


def _parts(places: Places, periods: Sequence[str]) -> dict[_Part, tuple[UnitKind, _Schools]]:
    """The schools of each unit and of each of its phases, by school year."""
    phases = sorted({school.phase for school in places.schools})
    found = {}
    for unit in places.units(KINDS):
        own = [places.schools_of(unit, period) for period in periods]
        found[str(unit.kind), unit.unit_id, "total"] = (unit.kind, tuple(own))
        if unit.kind is UnitKind.SCHOOL:
            continue
        for phase in phases:
            of_phase = tuple(_of_phase(places, schools, phase) for schools in own)
            found[str(unit.kind), unit.unit_id, f"phase:{phase}"] = (unit.kind, of_phase)
    return found


def _of_phase(places: Places, schools: Iterable[str], phase: str) -> frozenset[str]:
    known = places.by_urn
    return frozenset(urn for urn in schools if urn in known and known[urn].phase == phase)
