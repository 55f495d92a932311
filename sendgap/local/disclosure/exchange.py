"""The cheapest exchange of pupils that an attacker could not tell from the truth.

To protect a number, pupils are moved between the atoms of a neighbourhood until the number
is what it must be able to look like, at the least cost of shown figures that would change
by it. Those figures are then hidden; everything else stays as it is. The exchange is found
by integer programming (HiGHS).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from sendgap.local.disclosure.rules import Numbers
from sendgap.local.disclosure.state import NOTHING, State, World

#: Longest a single exchange is looked for, in seconds, and how near to the best is enough.
LONGEST = 20.0
NEAR_ENOUGH = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A neighbourhood: its atoms, and the rows and ties seen from inside it.

    Rows that are alike within it are one pattern.
    """

    atoms: NDArray[np.int64]
    rows: NDArray[np.int64]
    pattern_of: NDArray[np.int64]
    patterns: sparse.csr_array
    ties: NDArray[np.int64]
    tie_matrix: sparse.csr_array


def patch_of(state: State, ties_by_atom: sparse.csc_array, atoms: NDArray[np.int64]) -> Patch:
    """The neighbourhood of these atoms."""
    inside = sparse.csr_array(state.by_atom[:, atoms])
    inside.sort_indices()
    rows = np.flatnonzero(np.diff(inside.indptr))
    seen: dict[bytes, int] = {}
    first: list[int] = []
    pattern_of = np.empty(len(rows), dtype=np.int64)
    for place, row in enumerate(rows):
        key = inside.indices[inside.indptr[row] : inside.indptr[row + 1]].tobytes()
        if key not in seen:
            seen[key] = len(first)
            first.append(int(row))
        pattern_of[place] = seen[key]
    tie_matrix = sparse.csr_array(ties_by_atom[:, atoms])
    ties = np.flatnonzero(np.diff(tie_matrix.indptr))
    return Patch(atoms, rows, pattern_of, inside[first], ties, tie_matrix[ties])


def exchange(state: State, patch: Patch, target: int, *, high: bool) -> World | None:
    """The cheapest world in which the target is high (or low) enough, if there is one."""
    shown = ~state.hidden[patch.rows]
    count = patch.patterns.shape[0]
    cost = np.bincount(patch.pattern_of, state.cost[patch.rows] * shown, count)
    held = np.bincount(patch.pattern_of, state.fixed[patch.rows] & shown, count) > 0
    paid = np.flatnonzero((cost > 0) & ~held)
    return _solve(state, patch, target, high, cost[paid], paid, np.flatnonzero(held))


def _solve(state: State, patch: Patch, target: int, high: bool, cost: Numbers,
           paid: NDArray[np.int64], held: NDArray[np.int64]) -> World | None:  # fmt: skip
    """The exchange: changes of atoms, then what each shown pattern rises and falls by."""
    atoms, free = len(patch.atoms), 2 * len(paid)
    eye = sparse.eye_array(len(paid))
    matrix = sparse.vstack([
        sparse.hstack([patch.patterns[paid], -eye, eye]),
        _widened(patch.patterns[held], free),
        _widened(patch.tie_matrix, free),
        _widened(sparse.csr_array(state.wanted[[target]][:, patch.atoms]), free),
    ], format="csr")  # fmt: skip
    still = np.zeros(len(paid) + len(held))
    slack = -(state.ties[patch.ties] @ state.true)
    most = np.where(state.exact[patch.ties], slack, np.inf)
    aim = (state.high if high else state.low)[target] - state.at[target]
    least = [aim if high else -np.inf]
    found = optimize.milp(
        np.concatenate([np.zeros(atoms), cost, cost]),
        constraints=optimize.LinearConstraint(
            matrix,
            np.concatenate([still, slack, least]),
            np.concatenate([still, most, [np.inf if high else aim]]),
        ),
        bounds=optimize.Bounds(
            np.concatenate([state.floor[patch.atoms], np.zeros(free)]),
            np.full(atoms + free, np.inf),
        ),
        integrality=np.concatenate([state.whole[patch.atoms], np.zeros(free)]),
        options={"time_limit": LONGEST, "mip_rel_gap": NEAR_ENOUGH},
    )
    if found.x is None:
        return None
    change = found.x[:atoms]
    change = np.where(state.whole[patch.atoms] > 0, np.round(change), change)
    moved = np.abs(change) > NOTHING
    return World(patch.atoms[moved], change[moved])


def _widened(matrix: sparse.csr_array, more: int) -> sparse.csr_array:
    """The matrix with empty columns after it."""
    return sparse.csr_array(
        (matrix.data, matrix.indices, matrix.indptr),
        shape=(matrix.shape[0], matrix.shape[1] + more),
    )
