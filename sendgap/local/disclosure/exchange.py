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

from sendgap.local.disclosure.rules import Flags, Numbers
from sendgap.local.disclosure.state import NOTHING, State, World

#: Longest a single exchange is looked for, in seconds, and how near to the best is enough.
LONGEST = 2.0
NEAR_ENOUGH = 0.3
_OPTIONS = {"time_limit": LONGEST, "mip_rel_gap": NEAR_ENOUGH}


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
    return _solve(state, patch, np.array([target]), np.array([high]), None)


def exchange_many(
    state: State, patch: Patch, targets: NDArray[np.int64], high: Flags, dear: float
) -> World | None:
    """One world that brings many targets high or low, as far as each is worth its cost.

    ``dear`` is what each pupil by which a target falls short is worth.
    """
    return _solve(state, patch, targets, high, dear)


def _solve(state: State, patch: Patch, targets: NDArray[np.int64], high: Flags,
           dear: float | None) -> World | None:  # fmt: skip
    """Changes of atoms, then what shown patterns rise and fall by, then what targets lack."""
    shown = ~state.hidden[patch.rows] | state.known[patch.rows]
    count = patch.patterns.shape[0]
    cost = np.bincount(patch.pattern_of, state.cost[patch.rows] * shown, count)
    held = np.bincount(patch.pattern_of, state.fixed[patch.rows] & shown, count) > 0
    paid = np.flatnonzero((cost > 0) & ~held)
    atoms, lacking = len(patch.atoms), 0 if dear is None else len(targets)
    aims = np.where(high, state.high[targets], state.low[targets]) - state.at[targets]
    sign = np.where(high, 1.0, -1.0)
    wanted = sparse.csr_array(state.wanted[targets][:, patch.atoms])
    wanted = sparse.csr_array(sparse.diags_array(sign) @ wanted)
    eye, kept = sparse.eye_array(len(paid)), patch.patterns[np.flatnonzero(held)]
    width = 2 * len(paid) + lacking
    matrix = sparse.vstack([
        sparse.hstack([patch.patterns[paid], -eye, eye, _nothing(len(paid), lacking)]),
        sparse.hstack([kept, _nothing(kept.shape[0], width)]),
        sparse.hstack([patch.tie_matrix, _nothing(len(patch.ties), width)]),
        sparse.hstack([wanted, _nothing(len(targets), 2 * len(paid)),
                       sparse.eye_array(len(targets), lacking)]),
    ], format="csr")  # fmt: skip
    still = np.zeros(len(paid) + int(held.sum()))
    slack = -(state.ties[patch.ties] @ state.true)
    most = np.where(state.exact[patch.ties], slack, np.inf)
    blank = np.zeros(2 * len(paid) + lacking)
    costs = np.concatenate([np.zeros(atoms), cost[paid], cost[paid], np.full(lacking, dear or 0.0)])
    limits = optimize.LinearConstraint(
        matrix,
        np.concatenate([still, slack, sign * aims]),
        np.concatenate([still, most, np.full(len(targets), np.inf)]),
    )
    bounds = optimize.Bounds(
        np.concatenate([state.floor[patch.atoms], blank]), np.full(atoms + len(blank), np.inf)
    )
    whole = np.concatenate([state.whole[patch.atoms], blank])
    found = optimize.milp(costs, constraints=limits, bounds=bounds, options=_OPTIONS)
    if found.x is not None and not _in_whole_numbers(found.x, whole):
        found = optimize.milp(
            costs, constraints=limits, bounds=bounds, integrality=whole, options=_OPTIONS
        )
    if found.x is None:
        return None
    change = found.x[:atoms]
    change = np.where(state.whole[patch.atoms] > 0, np.round(change), change)
    moved = np.abs(change) > NOTHING
    return World(patch.atoms[moved], change[moved], float(found.fun))


def _in_whole_numbers(found: Numbers, whole: Numbers) -> bool:
    """Whether every number of pupils is whole, as the linear program often has it."""
    return bool(np.all(np.abs(found - np.round(found))[whole > 0] < NOTHING))


def _nothing(rows: int, columns: int) -> sparse.csr_array:
    return sparse.csr_array((rows, columns))
