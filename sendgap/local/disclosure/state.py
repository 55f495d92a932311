"""What is shown at a moment, and the worlds that an attacker cannot tell from the true one.

A *world* is another set of numbers of pupils that gives every shown figure as it is. Each
number to protect needs one world in which it is none, and one in which it is six or more.
Hiding more never spoils a world, so worlds found early serve all that come later, and the
audit checks them by adding up alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sendgap.local.disclosure.atoms import Atoms
from sendgap.local.disclosure.grid import System
from sendgap.local.disclosure.rules import Flags, Numbers, Targets
from sendgap.local.measures import PARTS
from sendgap.local.places import UnitKind
from sendgap.terms import SenGroup

#: What it costs to hide a row, by the kind of unit, and of one phase of it.
_WEIGHT = {UnitKind.SCHOOL: 1.0, UnitKind.CLUSTER: 4.0, UnitKind.SET: 4.0, UnitKind.DSPL: 25.0,
           UnitKind.AUTHORITY: 100.0}  # fmt: skip
_PHASE = 0.1
#: And by the groups it adds up: what is asked for first below the authority, and what it is
#: set beside, go last; what others add up to, first.
_GROUPS = {PARTS[SenGroup.SEN_SUPPORT]: 3.0, PARTS[SenGroup.NO_SEN]: 2.0,
           PARTS[SenGroup.EHC_PLAN]: 1.5, PARTS[SenGroup.ANY_SEN]: 0.5}  # fmt: skip
_ZERO = 8.0
#: Differences below this are the solver's, not a number's.
NOTHING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Atoms that differ from the true ones, and by how much; ``cost`` is what hiding loses."""

    atoms: NDArray[np.int64]
    change: Numbers
    cost: float = 0.0


class State:
    """Rows shown and hidden, targets met, and the worlds that meet them."""

    def __init__(self, system: System, hidden: Flags, targets: Targets, fixed: Flags,
                 known: Flags | None = None) -> None:  # fmt: skip
        self.system, self.targets, self.fixed = system, targets, fixed
        #: Rows that everyone knows, hidden here or not.
        self.known = np.zeros(len(system.rows), dtype=bool) if known is None else known
        self.hidden = hidden.copy()
        self.by_atom = sparse.csc_array(system.matrix)
        self.wanted = targets.matrix(system)
        self._wanted_by_atom = sparse.csc_array(self.wanted)
        self.true = np.array(system.atoms.true)
        self.whole = np.array([not atom.amount for atom in system.atoms.atoms], dtype=float)
        self.places, self.place = np.unique(
            [atom.place for atom in system.atoms.atoms], return_inverse=True
        )
        #: How far each atom can fall: numbers are not below 0, unless scores are.
        self.floor = np.where(self.true < 0, -np.inf, -self.true)
        self.at = self.wanted @ self.true
        self.low, self.high = np.array(targets.low), np.array(targets.high)
        self.low_met = np.full(len(self.at), -1)
        self.high_met = np.full(len(self.at), -1)
        self.worlds: list[World] = [World(np.zeros(0, dtype=np.int64), np.zeros(0))]
        #: Targets that nothing can protect.
        self.hopeless: set[int] = set()
        self.cost = _costs(system)
        self.ties, self.exact = ties_of(system.atoms)
        self._over = _parts_over(system)
        self.close()
        self._meet(0, self.at)

    def close(self) -> None:
        """A number that reached it goes where its number of pupils goes."""
        self.hidden |= self._over @ self.hidden.astype(float) > 0

    def accept(self, world: World) -> None:
        """Hide what a world would change, and note which targets it meets."""
        moved = np.abs(self.by_atom[:, world.atoms] @ world.change) > NOTHING
        self.hidden |= moved
        self.close()
        self.worlds.append(world)
        change = self._wanted_by_atom[:, world.atoms] @ world.change
        self._meet(len(self.worlds) - 1, self.at + change)

    def _meet(self, number: int, values: Numbers) -> None:
        low = (self.low_met < 0) & (values <= self.low + NOTHING)
        high = (self.high_met < 0) & (values >= self.high - NOTHING)
        self.low_met[low], self.high_met[high] = number, number

    def unmet(self) -> NDArray[np.int64]:
        """Targets that lack a world, in order."""
        return np.flatnonzero((self.low_met < 0) | (self.high_met < 0))


def _costs(system: System) -> Numbers:
    """How much is lost with each row: more for many pupils and larger units; zeros are dear."""
    values = np.abs(system.values)
    size = np.where(values == 0, _ZERO, 1.0 + np.log1p(values))
    weight = np.array(
        [_WEIGHT[row.kind] * (1.0 if row.whole_unit else _PHASE) for row in system.rows]
    )
    pupils = np.array([2.0 if row.what == "pupils" else 1.0 for row in system.rows])
    return np.asarray(size * weight * pupils * _of_groups(system))


def _of_groups(system: System) -> Numbers:
    """How much the groups of each row weigh."""
    atoms = system.atoms.atoms
    found = [{atoms[atom].group for atom in row.atoms} for row in system.rows]
    weights = {frozenset(groups): weight for groups, weight in _GROUPS.items()}
    return np.array([weights.get(frozenset(groups), 1.0) for groups in found])


def _parts_over(system: System) -> sparse.csr_array:
    """Which rows are shown over which rows of pupils."""
    pairs = [(n, whole) for n, row in enumerate(system.rows) for whole in sorted(row.wholes)]
    shape = (len(system.rows), len(system.rows))
    if not pairs:
        return sparse.csr_array(shape)
    rows, columns = zip(*pairs, strict=True)
    return sparse.csr_array((np.ones(len(pairs)), (rows, columns)), shape=shape)


def ties_of(atoms: Atoms) -> tuple[sparse.csr_array, Flags]:
    """The ties as a matrix, each sum 0 or more, and which of them are exactly 0."""
    lengths = [len(tie.atoms) for tie in atoms.ties]
    columns = np.fromiter((a for tie in atoms.ties for a in tie.atoms), np.int64, sum(lengths))
    factors = np.fromiter((f for tie in atoms.ties for f in tie.factors), float, sum(lengths))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    shape = (len(lengths), len(atoms.atoms))
    exact = np.array([tie.exact for tie in atoms.ties], dtype=bool)
    return sparse.csr_array((factors, columns, starts), shape=shape), exact
