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

#: Longest a single exchange is looked for, in seconds by the clock: far beyond what any has
#: taken, so that a busy machine finds the same exchanges as an idle one.
LONGEST = 300.0
#: A little for each pupil (and each of a sum) that an exchange moves, so that of those that
#: lose the same the one that moves least is taken: mostly one of whole pupils by itself.
MOVING, MOVING_AMOUNT = 0.01, 0.0001
#: How near to the best is enough.
NEAR_ENOUGH = 0.3
_OPTIONS = {"time_limit": LONGEST, "mip_rel_gap": NEAR_ENOUGH}


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A neighbourhood: its atoms, and the rows and ties seen from inside it.

    Rows that are alike within it are one pattern. ``lines`` are the patterns, then the ties.
    """

    atoms: NDArray[np.int64]
    rows: NDArray[np.int64]
    pattern_of: NDArray[np.int64]
    lines: sparse.csr_array
    patterns: int
    ties: NDArray[np.int64]


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
    lines = sparse.vstack([inside[first], tie_matrix[ties]], format="csr")
    return Patch(atoms, rows, pattern_of, lines, len(first), ties)


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
    """What atoms rise and fall by, then what shown patterns do, then what targets lack."""
    shown = ~state.hidden[patch.rows] | state.known[patch.rows]
    count = patch.patterns
    cost = np.bincount(patch.pattern_of, state.cost[patch.rows] * shown, count)
    held = np.bincount(patch.pattern_of, state.fixed[patch.rows] & shown, count) > 0
    paid = np.flatnonzero((cost > 0) & ~held)
    atoms, lacking = len(patch.atoms), 0 if dear is None else len(targets)
    aims = np.where(high, state.high[targets], state.low[targets]) - state.at[targets]
    sign = np.where(high, 1.0, -1.0)
    wanted = _signed(state.wanted[targets][:, patch.atoms], sign)
    kept = np.flatnonzero(held)
    lines = patch.lines[np.concatenate([paid, kept, np.arange(count, patch.lines.shape[0])])]
    still = np.zeros(len(paid) + len(kept))
    slack = -(state.ties[patch.ties] @ state.true)
    most = np.where(state.exact[patch.ties], slack, np.inf)
    limits = optimize.LinearConstraint(
        _columns(sparse.vstack([lines, wanted], format="csc"), len(paid), lacking),
        np.concatenate([still, slack, sign * aims]),
        np.concatenate([still, most, np.full(len(targets), np.inf)]),
    )
    whole = state.whole[patch.atoms]
    moving = np.where(whole > 0, MOVING, MOVING_AMOUNT)
    priced = np.concatenate([cost[paid], cost[paid], np.full(lacking, dear or 0.0)])
    found = _cheapest(
        np.concatenate([moving, moving, priced]), limits, -state.floor[patch.atoms], whole,
        state.place[patch.atoms],
    )  # fmt: skip
    if found is None:
        return None
    change = found[:atoms] - found[atoms : 2 * atoms]
    change = np.where(whole > 0, np.round(change), change)
    moved = np.abs(change) > NOTHING
    return World(patch.atoms[moved], change[moved], float(priced @ found[2 * atoms :]))


def _cheapest(costs: Numbers, limits: optimize.LinearConstraint, deepest: Numbers, whole: Numbers,
              places: NDArray[np.int64]) -> Numbers | None:  # fmt: skip
    """The least cost in whole numbers; ``deepest``, ``whole`` and ``places`` are by atom.

    Fractions are sometimes the best there is. Then whole numbers are looked for in the places
    that the fractions move, which is many times quicker, and only after that in all.
    """
    others = np.zeros(len(costs) - 2 * len(whole))
    whole = np.concatenate([whole, whole, others])
    most = np.concatenate([np.full(len(deepest), np.inf), deepest, others + np.inf])
    found = optimize.milp(costs, constraints=limits, bounds=optimize.Bounds(0, most),
                          options=_OPTIONS).x  # fmt: skip
    if found is None or _in_whole_numbers(found, whole):
        return None if found is None else np.asarray(found)
    moved = found[: 2 * len(places)].reshape(2, -1).max(axis=0) > NOTHING
    near = np.isin(places, places[moved])
    nearby = np.where(np.concatenate([near, near, others == 0]), most, 0.0)
    for highest in (nearby, most):
        found = optimize.milp(costs, constraints=limits, bounds=optimize.Bounds(0, highest),
                              integrality=whole, options=_OPTIONS).x  # fmt: skip
        if found is not None:
            return np.asarray(found)
    return None


def _in_whole_numbers(found: Numbers, whole: Numbers) -> bool:
    """Whether every number of pupils is whole, as the linear program often has it."""
    return bool(np.all(np.abs(found - np.round(found))[whole > 0] < NOTHING))


def _signed(rows: sparse.csr_array, sign: Numbers) -> sparse.csr_array:
    """Rows times their signs."""
    sizes = np.diff(rows.indptr)
    return sparse.csr_array((rows.data * np.repeat(sign, sizes), rows.indices, rows.indptr),
                            shape=rows.shape)  # fmt: skip


def _columns(changes: sparse.csc_array, paid: int, lacking: int) -> sparse.csc_array:
    """Columns of what atoms rise by and fall by, of what the first ``paid`` lines fall and
    rise by in turn, and of what the last lines lack: put together by hand, since this is done
    for every exchange that is tried."""
    lines, atoms = changes.shape
    first, last = np.arange(paid), np.arange(lines - lacking, lines)
    data = [changes.data, -changes.data, np.full(paid, -1.0), np.ones(paid + lacking)]
    where = [changes.indices, changes.indices, first, first, last]
    size, singles = changes.nnz, 2 * paid + lacking
    starts = [changes.indptr, changes.indptr[1:] + size, 2 * size + np.arange(1, singles + 1)]
    return sparse.csc_array(
        (np.concatenate(data), np.concatenate(where), np.concatenate(starts)),
        shape=(lines, 2 * atoms + singles),
    )
