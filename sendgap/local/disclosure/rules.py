"""What must not be shown by itself (R2, R3), and what must not be worked out.

A :class:`Targets` entry is a number that an attacker must not place: the sum of one row, or
one row less another. Hidden, it has to look as if it could be ``low`` and could be ``high``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sendgap.local.disclosure.grid import Cell, System
from sendgap.local.measures import Counting
from sendgap.local.places import UnitKind
from sendgap.terms import Polarity

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Numbers of pupils from 1 to this are hidden, and must look as if they could be one more.
THRESHOLD = 5
#: Nobody or everybody of so few pupils tells what each of them did.
CLASS_SIZE = 10
#: A sum of amounts is shown from this many pupils on, if no pupil adds half of it.
FEWEST_IN_A_SUM = 11
LARGEST_SHARE = 0.5
#: A hidden sum must look as if it could be this share of itself smaller or larger.
SUM_MARGIN = 0.2


@dataclass(slots=True)
class Targets:
    """Numbers to protect; ``minus`` is -1 where the number is one row's own."""

    plus: list[int] = field(default_factory=list)
    minus: list[int] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    _held: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, plus: int, minus: int = -1, low: float = 0.0,
            high: float = THRESHOLD + 1.0) -> None:  # fmt: skip
        """Protect a row, or a row less another; asked again, as far as either asks."""
        if (plus, minus) in self._held:
            at = self._held[plus, minus]
            self.low[at], self.high[at] = min(self.low[at], low), max(self.high[at], high)
            return
        self._held[plus, minus] = len(self.plus)
        self.plus.append(plus)
        self.minus.append(minus)
        self.low.append(low)
        self.high.append(high)

    def drop(self, known: Flags) -> None:
        """Leave out what everyone knows already."""
        kept = [
            place
            for place, (plus, minus) in enumerate(zip(self.plus, self.minus, strict=True))
            if not (known[plus] and (minus < 0 or known[minus]))
        ]
        for held in (self.plus, self.minus):
            held[:] = [held[place] for place in kept]
        for limits in (self.low, self.high):
            limits[:] = [limits[place] for place in kept]
        pairs = zip(self.plus, self.minus, strict=True)
        self._held = {pair: place for place, pair in enumerate(pairs)}

    def matrix(self, system: System) -> sparse.csr_array:
        """The targets as sums of atoms."""
        count = len(self.plus)
        less = [(place, row) for place, row in enumerate(self.minus) if row >= 0]
        rows = [*range(count), *(place for place, _ in less)]
        columns = [*self.plus, *(row for _, row in less)]
        signs = [1.0] * count + [-1.0] * len(less)
        picked = sparse.csr_array((signs, (rows, columns)), shape=(count, len(system.rows)))
        return sparse.csr_array(picked @ system.matrix)


def is_small(number: float) -> bool:
    """Whether a number of pupils may not be told."""
    return 1 <= number <= THRESHOLD


class Primary:
    """The rows that R2 and R3 hide, and the targets that follow."""

    def __init__(self, system: System, polarity: Mapping[str, Polarity]) -> None:
        self.system, self.polarity = system, polarity
        self.hidden: Flags = np.array([not row.offered for row in system.rows], dtype=bool)
        self.targets = Targets()
        self._cells = {
            (c.unit, c.measure.indicator_id, c.breakdown, c.group, c.time_period, c.years): c
            for c in system.cells
        }
        for number, row in enumerate(system.rows):
            if row.what == "pupils" and is_small(system.values[number]):
                self._hide(number)
        for cell in system.cells:
            if cell.measure.count is Counting.GROUP:
                self._rest_of_group(cell)
            elif cell.measure.is_sum:
                self._amount(cell)
            else:
                self._reached(cell)
        for cell in system.cells:
            self._beside(cell)
            if cell.measure.count is Counting.SESSIONS:
                self._rate(cell)

    def _hide(self, plus: int, minus: int = -1) -> None:
        """Hide the row that a small number could be read from, and protect the number."""
        self.hidden[minus if minus >= 0 else plus] = True
        self.targets.add(plus, minus)

    def _rest_of_group(self, cell: Cell) -> None:
        """The pupils outside a group are a number as well; which row goes is left to R5."""
        whole, part = self.system.values[[cell.whole, cell.part]]
        if is_small(whole - part):
            self.targets.add(cell.whole, cell.part)

    def _reached(self, cell: Cell) -> None:
        """Few reached it, few did not, or all few did the same (class disclosure).

        That none of a few pupils came to harm is hidden, and may follow from a larger
        unit's zero; that all of them did must not.
        """
        whole, part = self.system.values[[cell.whole, cell.part]]
        few = 0 < whole <= CLASS_SIZE
        if is_small(part):
            self._hide(cell.part)
        if is_small(whole - part):
            self._hide(cell.whole, cell.part)
        if few and part in (0, whole):
            self.hidden[cell.part] = True
            polarity = self.polarity.get(cell.measure.indicator_id, Polarity.NONE)
            if part == 0 and polarity is not Polarity.LOWER_IS_BETTER:
                self.targets.add(cell.part, high=1.0)
            if part == whole and polarity is not Polarity.HIGHER_IS_BETTER:
                self.targets.add(cell.whole, cell.part, high=1.0)

    def _amount(self, cell: Cell) -> None:
        """A sum over few pupils, or one that a single pupil makes half of."""
        whole, part = self.system.values[[cell.whole, cell.part]]
        row = self.system.rows[cell.part]
        largest = max((abs(self.system.atoms.largest[atom]) for atom in row.atoms), default=0.0)
        most = cell.measure.count is not Counting.EVENTS and largest >= LARGEST_SHARE * abs(part)
        if whole > 0 and (whole < FEWEST_IN_A_SUM or (most and part != 0)):
            self._hide_amount(cell)

    def _hide_amount(self, cell: Cell) -> None:
        """Hide a sum, which must look as if it could be a fifth less and more, as far as so
        many pupils can have more at all."""
        whole, part = self.system.values[[cell.whole, cell.part]]
        self.hidden[cell.part] = True
        reach = max(SUM_MARGIN * abs(part), 1.0)
        low = max(part - reach, 0.0) if part >= 0 else part - reach
        most = max(cell.measure.most * whole, part) if cell.measure.most else np.inf
        self.targets.add(cell.part, low=low, high=min(part + reach, most))

    def _rate(self, cell: Cell) -> None:
        """A rate above a tenth tells that somebody missed a tenth or more, one below it that
        not everybody did; where those are few it is hidden with them."""
        row = self.system.rows[cell.part]
        possible = sum(self.system.atoms.moments[atom][0] for atom in row.atoms)
        for share in self.system.atoms.measures:
            key = (cell.unit, share.indicator_id, cell.breakdown, cell.group, cell.time_period,
                   cell.years)  # fmt: skip
            if share.count is not Counting.SESSIONS_SHARE or key not in self._cells or not possible:
                continue
            whole, part = self.system.values[[self._cells[key].whole, self._cells[key].part]]
            over = self.system.values[cell.part] / possible > share.least
            if is_small(part) and over or is_small(whole - part) and not over:
                self._hide_amount(cell)

    def _beside(self, cell: Cell) -> None:
        """Numbers that two outcomes of the same pupils give: repeats, and the rest of a part."""
        other = cell.measure.people or cell.measure.part_of
        key = (cell.unit, other, cell.breakdown, cell.group, cell.time_period, cell.years)
        if not other or key not in self._cells:
            return
        beside = self._cells[key].part
        own, their = self.system.values[[cell.part, beside]]
        if cell.measure.people:
            if is_small(own - their):
                self.hidden[cell.part] = True
                self.targets.add(cell.part, beside)
            if self.hidden[beside] and self.system.rows[beside].offered:
                self._hide_amount(cell)
        elif is_small(their - own):
            self._hide(beside, cell.part)


def already_out(system: System, hidden: Flags) -> Flags:
    """The authority's own figures, which its publications give as well.

    They are held as they are, except a family of which one is small itself: then the others
    of the same pupils and years may have to go with it.
    """
    authority = [
        number
        for number, row in enumerate(system.rows)
        if row.kind is UnitKind.AUTHORITY and row.offered
    ]
    families = {number: _family(system, number) for number in authority}
    small = {families[number] for number in authority if hidden[number]}
    fixed = np.zeros(len(system.rows), dtype=bool)
    fixed[[number for number in authority if families[number] not in small]] = True
    return fixed


def _family(system: System, number: int) -> tuple[bool, frozenset[tuple[str, str]]]:
    row = system.rows[number]
    atoms = (system.atoms.atoms[atom] for atom in row.atoms)
    return row.whole_unit, frozenset((atom.subject, atom.period) for atom in atoms)
