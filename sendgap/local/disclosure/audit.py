"""The gate (R6): every number to protect must have its two worlds, checked by adding up.

The audit starts from the cells as they would be served and trusts nothing of the search
that made them. For each number it wants a world in which it is none and one in which it is
six or more (or far enough off, for sums), in which pupils are whole numbers, no part is
more than its whole, and every served figure is exactly as served. An attacker who knows the
served figures, the structure and the authority's own numbers cannot tell such a world from
the true one, whatever method he uses.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse

from sendgap.errors import Problem
from sendgap.local.disclosure.grid import Cell, System
from sendgap.local.disclosure.model import CELL_KEYS, Audit, NotSafeError
from sendgap.local.disclosure.rules import Flags, Numbers, Targets
from sendgap.local.disclosure.state import NOTHING, World, ties_of


def key_of(cell: Cell) -> tuple[object, ...]:
    """What a cell is about, as its served row says it."""
    return (str(cell.unit.kind), cell.unit.unit_id, cell.measure.indicator_id, cell.breakdown,
            str(cell.group), cell.time_period, cell.years)  # fmt: skip


def audit(system: System, cells: pd.DataFrame, targets: Targets, worlds: Iterable[World],
          known: Flags, run_id: str) -> Audit:  # fmt: skip
    """Attack what would be served; raises :class:`NotSafeError` if one number is not safe.

    ``known`` are rows that are out already from elsewhere.
    """
    start = time.monotonic()
    given = served_rows(system, cells) | known
    safe_low, safe_high = _reached(system, given, targets, worlds)
    unsafe = np.flatnonzero(~(safe_low & safe_high))
    if len(unsafe):
        outcomes = _outcomes(system, targets, unsafe.tolist())
        raise NotSafeError(_problems(outcomes), outcomes)
    hidden = int((cells["symbol"] == "c").sum())
    return Audit(run_id, len(cells) - hidden, hidden, len(safe_low), time.monotonic() - start)


def served_rows(system: System, cells: pd.DataFrame) -> Flags:
    """The rows whose numbers the served cells tell."""
    told = dict(zip(
        cells[list(CELL_KEYS)].itertuples(index=False, name=None),
        zip(cells["pupils"].notna(), cells["value"].notna(), strict=True),
        strict=True,
    ))  # fmt: skip
    given = np.zeros(len(system.rows), dtype=bool)
    for cell in system.cells:
        whole, part = told.get(key_of(cell), (False, False))
        given[cell.whole] |= whole
        given[cell.part] |= part
    return given


def _reached(system: System, given: Flags, targets: Targets,
             worlds: Iterable[World]) -> tuple[Flags, Flags]:  # fmt: skip
    """Which targets a sound world brings low, and which high."""
    wanted = targets.matrix(system)
    true = np.array(system.atoms.true)
    at = wanted @ true
    low, high = np.array(targets.low), np.array(targets.high)
    shown = sparse.csc_array(system.matrix[np.flatnonzero(given)])
    ties, exact = ties_of(system.atoms)
    by_atom = sparse.csc_array(wanted)
    amount = np.array([atom.amount for atom in system.atoms.atoms], dtype=bool)
    is_low, is_high = at <= low + NOTHING, at >= high - NOTHING
    for world in worlds:
        if _is_sound(world, true, amount, shown, ties, exact):
            there = at + by_atom[:, world.atoms] @ world.change
            is_low |= there <= low + NOTHING
            is_high |= there >= high - NOTHING
    return is_low, is_high


def _is_sound(world: World, true: Numbers, amount: Flags, shown: sparse.csc_array,
              ties: sparse.csr_array, exact: Flags) -> bool:  # fmt: skip
    """Whether a world could be the true one for all that is told and known."""
    there = true.copy()
    there[world.atoms] += world.change
    pupils = world.change[~amount[world.atoms]]
    if np.any(pupils != np.round(pupils)) or np.any((there < -NOTHING) & (true >= 0)):
        return False
    told = shown[:, world.atoms] @ world.change
    sums = ties @ there
    broken = np.where(exact, np.abs(sums) > NOTHING, sums < -NOTHING)
    return bool(np.all(np.abs(told) <= NOTHING) and not broken.any())


def _outcomes(system: System, targets: Targets, unsafe: Iterable[int]) -> set[tuple[str, str]]:
    """Outcomes and school years that cannot be made safe; all that share the pupils of one."""
    of_row: dict[int, set[str]] = {}
    for cell in system.cells:
        for row in (cell.whole, cell.part):
            of_row.setdefault(row, set()).add(cell.measure.indicator_id)
    found = set()
    for target in unsafe:
        row = targets.minus[target] if targets.minus[target] >= 0 else targets.plus[target]
        periods = {system.atoms.atoms[atom].period for atom in system.rows[row].atoms}
        found |= {(name, period) for name in of_row[row] for period in periods}
    return found


def _problems(outcomes: Iterable[tuple[str, str]]) -> list[Problem]:
    """What cannot be made safe, by outcome and school year; no unit and no number."""
    write = "leave the outcome or the year out, or group the schools in larger units"
    return [Problem(f"{name}, {period}", "a number of fewer than six could be worked out", write)
            for name, period in sorted(outcomes)]  # fmt: skip
