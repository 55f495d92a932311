"""Successive releases give nothing away together (R9).

A later release is held to every one that was ever shown, those undone among them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sendgap.local.disclosure.audit import key_of
from sendgap.local.disclosure.figures import absence
from sendgap.local.disclosure.former import Former
from sendgap.local.disclosure.grid import Cell, System
from sendgap.local.disclosure.model import CELL_KEYS, Published
from sendgap.local.disclosure.rules import THRESHOLD, Flags, Primary, is_small
from sendgap.local.measures import Counting
from sendgap.local.places import UnitKind

#: A number six off, so that one to five pupils are not the only explanation.
FAR = THRESHOLD + 1.0

_Key = tuple[object, ...]
#: Pupils, numerator, value and symbol as they were shown.
_Told = tuple[float, float, float, str]


def hold_to(
    system: System, primary: Primary, earlier: Sequence[Published], former: Former
) -> Flags:
    """Hide what was hidden before, and what moved by a few; the rows that are out as they were.

    A cell once hidden stays hidden. A number of a school, cluster or DSPL area that moved by
    one to five pupils would tell about those few, so its new figure is hidden, and must look
    as if it could be the old one, or six away from it. An unchanged figure is out and cannot
    be taken back.
    """
    by_key = {key_of(cell): cell for cell in system.cells}
    out = np.zeros(len(system.rows), dtype=bool)
    for release, renamed in zip(earlier, former.of, strict=True):
        figures = list(_told(release, renamed, by_key))
        shown = np.zeros(len(system.rows), dtype=bool)
        for cell, (pupils, _, value, _) in figures:
            shown[cell.whole] |= not math.isnan(pupils)
            shown[cell.part] |= not math.isnan(value)
        for cell, told in figures:
            if told[-1] == "c":  # a number that another cell told was not what was hidden
                primary.hidden[cell.part] |= not shown[cell.part]
                primary.hidden[cell.whole] |= not shown[cell.whole]
            _hold(system, primary, cell, told, out)
    return out


def _told(
    release: Published, renamed: Mapping[tuple[str, str, str], str], by_key: Mapping[_Key, Cell]
) -> Iterator[tuple[Cell, _Told]]:
    """The cells of now, or of a former unit, that an earlier release told or hid.

    Needs of an area whose schools are other ones cannot be set beside those of now: they
    count as hidden.
    """
    cells = release.cells
    keys = cells[list(CELL_KEYS)].itertuples(index=False, name=None)
    figures = zip(
        *(cells[name] for name in ("pupils", "numerator", "value", "symbol")), strict=True
    )
    for key, told in zip(keys, figures, strict=True):
        kind, unit_id, indicator, breakdown, *rest = key
        by_need = breakdown.startswith("need:")
        once = renamed.get((kind, unit_id, "total" if by_need else breakdown))
        now = by_key.get(key)
        if once is None or (now and now.measure.count is Counting.HOME):
            if now is not None:
                yield now, told
        elif by_need and now is not None:
            yield now, (math.nan, math.nan, math.nan, "c")
        elif (then := by_key.get((kind, once, indicator, "total", *rest))) is not None:
            yield then, told


def _hold(system: System, primary: Primary, cell: Cell, told: _Told, out: Flags) -> None:
    """Hold one cell to what was told of it."""
    pupils, numerator, value, _ = told
    _compare(system, primary, cell, cell.whole, pupils, out)
    _compare(system, primary, cell, cell.part, numerator, out)
    if cell.measure.count is Counting.SESSIONS and system.values[cell.whole] > 0:
        out[cell.part] |= value == absence(system, cell)[0]
    if not cell.measure.is_sum and cell.unit.kind is not UnitKind.AUTHORITY:
        now = float(system.values[cell.whole] - system.values[cell.part])
        if is_small(abs(now - (pupils - numerator))):
            if cell.measure.count is not Counting.GROUP:
                primary.hidden[cell.part] = True
            _aim(primary, cell.whole, cell.part, now, pupils - numerator)


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
        _aim(primary, row, -1, now, before)


def _aim(primary: Primary, plus: int, minus: int, now: float, before: float) -> None:
    """A number must look as if it could be as before, and as if it had moved by six."""
    low = before if now > before else max(before - FAR, 0.0)
    high = before + FAR if now > before else before
    primary.targets.add(plus, minus, low=low, high=high)
