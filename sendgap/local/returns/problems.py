"""What is wrong with a return, row by row, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sendgap.errors import Problem, ProblemsError

#: Rows named in a line before the rest are counted.
FEW = 5


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One fault of one row: ``row`` as a person counts in the file, the header being 1."""

    row: int
    column: str
    found: str
    write: str


class ReturnError(ProblemsError):
    """A return that was checked and not loaded; ``rows`` are the faults one by one."""

    heading = "the file was not loaded; problems"

    def __init__(self, name: str, rows: Sequence[RowProblem]) -> None:
        self.rows = tuple(rows)
        super().__init__(grouped(name, rows))


def grouped(name: str, rows: Iterable[RowProblem]) -> list[Problem]:
    """Faults of the same column, finding and advice as one problem that names its rows."""

    def key(fault: RowProblem) -> tuple[str, str, str]:
        return fault.column, fault.found, fault.write

    together = []
    for (column, found, write), members in groupby(sorted(rows, key=key), key=key):
        numbers = sorted({member.row for member in members})
        together.append((numbers, Problem(_where(name, column, numbers), found, write)))
    return [problem for _, problem in sorted(together, key=lambda pair: pair[0])]


def _where(name: str, column: str, numbers: list[int]) -> str:
    if numbers == [0]:  # not about a row
        return f"{name}, {column}"
    said = ", ".join(str(number) for number in numbers[:FEW])
    more = f" and {len(numbers) - FEW} more" if len(numbers) > FEW else ""
    rows = "row" if len(numbers) == 1 else "rows"
    return f"{name}, {rows} {said}{more}" + (f", {column}" if column else "")
