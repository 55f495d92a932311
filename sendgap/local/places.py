"""Schools, and the clusters and DSPL areas they belong to, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class UnitKind(StrEnum):
    """The kind of local unit that figures are given for; a set is a group of schools that a
    person chose."""

    SCHOOL = "school"
    CLUSTER = "cluster"
    SET = "set"
    DSPL = "dspl"
    AUTHORITY = "authority"


#: From the smallest to the largest.
KINDS = tuple(UnitKind)


@dataclass(frozen=True, slots=True)
class School:
    """A school; ``phase`` is the value of a ``phase:`` breakdown, as ``primary``."""

    urn: str
    name: str
    phase: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A school's place in a cluster or DSPL area, from ``first`` to ``last`` period.

    Periods are school years as ``202425``; empty means without a beginning or an end. A
    school may be in several clusters, in no cluster, and in one DSPL area at a time.
    """

    kind: UnitKind
    unit_id: str
    urn: str
    first: str = ""
    last: str = ""

    def in_period(self, time_period: str) -> bool:
        """Whether the school belongs to the unit in the school year."""
        return self.first <= time_period and (not self.last or time_period <= self.last)


@dataclass(frozen=True, slots=True)
class Unit:
    """A school, cluster, DSPL area or the authority."""

    kind: UnitKind
    unit_id: str
    name: str


@dataclass(frozen=True)
class Places:
    """The authority's schools and how they are grouped.

    ``names`` are those of clusters and DSPL areas, by (kind, id); a unit without one is
    called by its id.
    """

    authority: Unit
    schools: tuple[School, ...]
    members: tuple[Member, ...]
    names: tuple[tuple[UnitKind, str, str], ...] = ()

    @cached_property
    def by_urn(self) -> dict[str, School]:
        """Each school by its number."""
        return {school.urn: school for school in self.schools}

    @cached_property
    def _called(self) -> dict[tuple[UnitKind, str], str]:
        return {(kind, unit_id): name for kind, unit_id, name in self.names}

    def units(self, kinds: Iterable[UnitKind] = KINDS) -> list[Unit]:
        """Every unit of these kinds, A to Z within a kind, smallest kind first."""
        wanted = set(kinds)
        found = [Unit(UnitKind.SCHOOL, school.urn, school.name) for school in self.schools]
        groups = sorted({(member.kind, member.unit_id) for member in self.members})
        found += [Unit(kind, key, self._called.get((kind, key), key)) for kind, key in groups]
        found.append(self.authority)
        order = {kind: place for place, kind in enumerate(KINDS)}
        return sorted(
            (unit for unit in found if unit.kind in wanted),
            key=lambda unit: (order[unit.kind], unit.name, unit.unit_id),
        )

    def schools_of(self, unit: Unit, time_period: str) -> frozenset[str]:
        """The numbers of the schools in a unit in a school year."""
        if unit.kind is UnitKind.SCHOOL:
            return frozenset({unit.unit_id})
        if unit.kind is UnitKind.AUTHORITY:
            return frozenset(self.by_urn)
        return frozenset(
            member.urn
            for member in self._members.get((unit.kind, unit.unit_id), ())
            if member.in_period(time_period)
        )

    @cached_property
    def _members(self) -> dict[tuple[UnitKind, str], list[Member]]:
        found: dict[tuple[UnitKind, str], list[Member]] = {}
        for member in self.members:
            found.setdefault((member.kind, member.unit_id), []).append(member)
        return found
