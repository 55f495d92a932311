"""Hides what would give a hidden number away (R5), losing as little as it can.

Each number to protect needs two worlds. A world is looked for close by first: in the
schools of the same cluster and the same outcome, then with the outcomes of the same pupils,
then in the DSPL area, then in the whole authority.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sendgap.local.disclosure.exchange import Patch, exchange, exchange_many, patch_of
from sendgap.local.disclosure.grid import System
from sendgap.local.disclosure.state import State, World
from sendgap.local.places import Places, UnitKind

#: Neighbourhoods and outcomes in the order in which they are tried.
_LADDER = (
    ("cluster", "outcome"), ("cluster", "pupils"), ("cluster", "all"),
    ("phase", "outcome"), ("phase", "all"),
    ("dspl", "outcome"), ("dspl", "pupils"), ("dspl", "all"),
    ("authority", "outcome"), ("authority", "pupils"), ("authority", "all"),
)  # fmt: skip
#: A world that loses no more than this is taken; one that loses more than the second, only
#: where the whole authority has none that loses less.
CHEAP = 60.0
DEAR = 10_000.0
#: How many schools of a school's phase are looked at beyond its cluster.
_OTHERS = 3

#: What a pupil by which a target falls short is worth when many are served at once.
WORTH = (("cluster", 5.0), ("cluster", 20.0))
#: In neighbourhoods of more atoms than this each target is served by itself.
MANY = 600

#: After so many numbers the log says how many are done.
SAY_AFTER = 2000

Index = NDArray[np.int64]
_log = logging.getLogger(__name__)


class Neighbourhoods:
    """The atoms round a target, in growing circles."""

    def __init__(self, state: State, places: Places) -> None:
        self.state, atoms = state, state.system.atoms
        self._ties_by_atom = sparse.csc_array(state.ties)
        self.place, self._places = state.place, [str(place) for place in state.places]
        self.subject, self._subjects = _coded([atom.subject for atom in atoms.atoms])
        self.period, self._periods = _coded([atom.period for atom in atoms.atoms])
        self._near = {
            "cluster": self._together(places, UnitKind.CLUSTER),
            "dspl": self._together(places, UnitKind.DSPL),
        }
        self._near["phase"] = self._of_phase(places)
        self._beside = self._subjects_beside(state.system)
        self._patches: dict[tuple[bytes, bytes, bytes], Patch] = {}

    def patch(self, target: int, where: str, what: str) -> Patch:
        """The neighbourhood of a target."""
        wanted = self.state.wanted
        own = wanted.indices[wanted.indptr[target] : wanted.indptr[target + 1]]
        places = np.unique(self.place[own])
        if where == "authority":
            places = np.arange(len(self._places))
        else:
            places = np.unique(np.concatenate([self._near[where][place] for place in places]))
        subjects = np.unique(self.subject[own])
        periods = np.unique(self.period[own])
        if what != "all":
            found = [self._beside[what][subject] for subject in subjects]
            subjects = np.unique(np.concatenate(found))
        else:
            subjects = np.arange(len(self._subjects))
        if any(self._subjects[s] in self._pooled for s in subjects) and what != "all":
            periods = np.arange(len(self._periods))
        key = (places.tobytes(), subjects.tobytes(), periods.tobytes())
        if key not in self._patches:
            inside = (
                np.isin(self.place, places)
                & np.isin(self.subject, subjects)
                & np.isin(self.period, periods)
            )
            self._patches[key] = patch_of(self.state, self._ties_by_atom, np.flatnonzero(inside))
        return self._patches[key]

    def _together(self, places: Places, kind: UnitKind) -> list[Index]:
        """For each place those that share a unit of a kind with it in any school year."""
        code = {place: number for number, place in enumerate(self._places)}
        near: list[set[int]] = [{number} for number in range(len(code))]
        homes = {u.unit_id for u in places.units([UnitKind.DSPL])}
        for unit in places.units([kind]):
            for period in self._periods:
                found = {code[urn] for urn in places.schools_of(unit, period) if urn in code}
                if kind is UnitKind.DSPL and f"block:{unit.unit_id}" in code:
                    found.add(code[f"block:{unit.unit_id}"])
                for place in found:
                    near[place] |= found
        home_codes = {code[home] for home in homes if home in code}
        for home in home_codes:
            near[home] |= home_codes
        return [np.array(sorted(found), dtype=np.int64) for found in near]

    def _of_phase(self, places: Places) -> list[Index]:
        """For each school the clusters of it and of the next few schools of its phase."""
        code = {place: number for number, place in enumerate(self._places)}
        near = list(self._near["cluster"])
        for phase in sorted({school.phase for school in places.schools}):
            same = [code[s.urn] for s in places.schools if s.phase == phase and s.urn in code]
            for at, place in enumerate(same):
                found = {same[(at + step) % len(same)] for step in range(1, _OTHERS + 1)}
                clusters = [self._near["cluster"][other] for other in sorted(found | {place})]
                near[place] = np.unique(np.concatenate(clusters))
        return near

    def _subjects_beside(self, system: System) -> dict[str, list[Index]]:
        """For each subject those of the same outcome, and those of the same pupils."""
        code = {subject: number for number, subject in enumerate(self._subjects)}
        outcome: list[set[int]] = [{number} for number in range(len(code))]
        pupils: list[set[int]] = [{number} for number in range(len(code))]
        self._pooled: set[str] = set()
        atoms = system.atoms
        for measure in atoms.measures:
            parts = {s for s in code if s.startswith(f"{measure.indicator_id}:")}
            other = {s for s in code for beside in (measure.people, measure.part_of)
                     if beside and s.startswith(f"{beside}:")}  # fmt: skip
            if measure.pooled:
                self._pooled |= parts | {atoms.pupils_of(measure)}
            family = {code[s] for s in parts | other}
            everyone = family | {code[atoms.pupils_of(measure)]}
            for number in family:
                outcome[number] |= family
            for number in everyone:
                pupils[number] |= everyone
        for found in pupils:
            for number in list(found):
                if self._subjects[number].startswith("pupils:"):
                    found |= pupils[number]
        return {
            "outcome": [np.array(sorted(found), dtype=np.int64) for found in outcome],
            "pupils": [np.array(sorted(found), dtype=np.int64) for found in pupils],
        }


def _coded(names: list[str]) -> tuple[Index, list[str]]:
    """Numbers for names, and the names in order."""
    found = sorted(set(names))
    code = {name: number for number, name in enumerate(found)}
    return np.array([code[name] for name in names], dtype=np.int64), found


def protect(state: State, places: Places) -> int | None:
    """Hide until every target has its two worlds, but the hopeless; the first that cannot be
    given them."""
    near = Neighbourhoods(state, places)
    if not state.hopeless:
        _protect_together(state, near)
    count = len(state.at)
    for done, target in enumerate(_in_order(state)):
        if done and done % SAY_AFTER == 0:
            _log.info("%s of %s numbers are protected", f"{done:,}", f"{count:,}")
        if target not in state.hopeless and not _protected(state, near, target):
            return target
    return None


def _protect_together(state: State, near: Neighbourhoods) -> None:
    """Worlds that serve many targets at once: each is high in one of them, low in another."""
    draw = np.random.default_rng(0)
    for where, worth in WORTH:
        patches: dict[int, tuple[Patch, list[int]]] = {}
        for target in state.unmet():
            patch = near.patch(int(target), where, "all")
            patches.setdefault(id(patch), (patch, []))[1].append(int(target))
        for patch, found in patches.values():
            if len(patch.atoms) > MANY:
                continue
            targets = np.array(found)
            up = draw.random(len(targets)) < 0.5
            for high in (up, ~up):
                met = np.where(high, state.high_met[targets], state.low_met[targets]) >= 0
                if met.all():
                    continue
                world = exchange_many(state, patch, targets[~met], high[~met], worth)
                if world is not None:
                    state.accept(world)


def _in_order(state: State) -> Iterator[int]:
    """Numbers of pupils first, then the rest, the fewest atoms first."""
    size = np.diff(state.wanted.indptr)
    rows = state.system.rows
    pupils = np.array([rows[plus].what == "pupils" for plus in state.targets.plus], dtype=bool)
    yield from (int(t) for t in np.lexsort((size, ~pupils)))


def _protected(state: State, near: Neighbourhoods, target: int) -> bool:
    """Whether a target has, or can be given, both its worlds."""
    for high, met in ((True, state.high_met), (False, state.low_met)):
        if met[target] < 0:
            world = _cheapest(state, near, target, high)
            if world is None:
                return False
            state.accept(world)
    return True


def _cheapest(state: State, near: Neighbourhoods, target: int, high: bool) -> World | None:
    """The first world that loses little, else the one that loses least of those near by."""
    best: World | None = None
    seen: set[int] = set()
    for where, what in _LADDER:
        if best and where == "authority" and best.cost <= DEAR:
            break
        patch = near.patch(target, where, what)
        if id(patch) in seen:
            continue
        seen.add(id(patch))
        world = exchange(state, patch, target, high=high)
        if world and (best is None or world.cost < best.cost):
            best = world
        if best and best.cost <= CHEAP:
            break
    return best
