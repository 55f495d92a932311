"""Successive releases give nothing away together (R9)."""

from __future__ import annotations

import math

import numpy as np

from sendgap.local.disclosure.audit import key_of
from sendgap.local.disclosure.grid import Cell, System
from sendgap.local.disclosure.model import CELL_KEYS, Published
from sendgap.local.disclosure.rules import THRESHOLD, Flags, Primary, is_small
from sendgap.local.places import UnitKind

_Told = tuple[float, float, str]


def hold_to(system: System, primary: Primary, earlier: Published) -> Flags:
    """Hide what was hidden before, and what moved by a few; the rows that are out as they were.

    A cell once hidden stays hidden. A cell of a school, cluster or DSPL area that changed by
    one to five pupils would tell about those few, so its new figure is hidden, and must look
    as if it could be the old one, or six away from it. An unchanged figure is out and cannot
    be taken back.
    """
    told = _told(earlier)
    out = np.zeros(len(system.rows), dtype=bool)
    for cell in system.cells:
        if key_of(cell) in told:
            pupils, numerator, symbol = told[key_of(cell)]
            if symbol == "c":
                primary.hidden[cell.part] = True
                primary.hidden[cell.whole] |= math.isnan(pupils)
            _compare(system, primary, cell, cell.whole, pupils, out)
            _compare(system, primary, cell, cell.part, numerator, out)
    return np.asarray(out & ~primary.hidden)


def _told(earlier: Published) -> dict[tuple[object, ...], _Told]:
    cells = earlier.cells
    keys = cells[list(CELL_KEYS)].itertuples(index=False, name=None)
    return dict(zip(keys, zip(cells["pupils"], cells["numerator"], cells["symbol"], strict=True),
                    strict=True))  # fmt: skip


def _compare(system: System, primary: Primary, cell: Cell, row: int, before: float,
             out: Flags) -> None:  # fmt: skip
    """Hold one row to what was told of it."""
    now = float(system.values[row])
    if math.isnan(before):
        return
    if now == before:
        out[row] = True
    elif cell.unit.kind is not UnitKind.AUTHORITY and is_small(abs(now - before)):
        primary.hidden[row] = True
        far = THRESHOLD + 1.0
        low = before if now > before else max(before - far, 0.0)
        high = before + far if now > before else before
        primary.targets.add(row, low=low, high=high)
