"""What a file of each kind holds: ``data/catalogue/returns.yaml`` read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sendgap.catalogue.schema import read_yaml
from sendgap.errors import CatalogueError, Problem, UnknownNameError
from sendgap.local.context import Context
from sendgap.local.measures import Counting, LocalMeasures


class ColumnKind(StrEnum):
    """What may stand in a column; explained in ``returns.yaml``."""

    CODE = "code"
    NAME = "name"
    SCHOOL = "school"
    PERIOD = "period"
    DAY = "day"
    WHOLE = "whole"
    NUMBER = "number"
    PERCENT = "percent"
    WORD = "word"
    FLAG = "flag"
    CHOICE = "choice"
    DSPL = "dspl"
    SEN = "sen"
    NEED = "need"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, whether every row needs it, and an example.

    ``marks`` may stand in the place of a published figure that is not given, and ``found``
    says where it is published.
    """

    name: str
    kind: ColumnKind
    needed: bool = False
    values: tuple[str, ...] = ()
    least: float = 0.0
    most: float = 0.0
    example: str = ""
    marks: tuple[str, ...] = ()
    found: str = ""

    @property
    def says(self) -> str:
        """What to write in it, as advice in a problem."""
        said = {
            ColumnKind.CODE: "any text of at most 40 characters",
            ColumnKind.NAME: "any text of at most 120 characters",
            ColumnKind.SCHOOL: "the URN of a school of the school list",
            ColumnKind.PERIOD: "a school year, as 2024/25 or 202425",
            ColumnKind.DAY: "a date, as 2025-01-16 or 16/01/2025",
            ColumnKind.WHOLE: f"a whole number from {self.least:.0f} to {self.most:.0f}",
            ColumnKind.NUMBER: f"a number from {self.least:g} to {self.most:g}",
            ColumnKind.PERCENT: "a percentage from 0 to 100",
            ColumnKind.WORD: f"a text with {' or '.join(self.values)} in it",
            ColumnKind.FLAG: "1 for yes, 0 for no",
            ColumnKind.CHOICE: f"one of {', '.join(self.values)}",
            ColumnKind.DSPL: "the id or name of a DSPL area of the groups list",
            ColumnKind.SEN: f"one of {', '.join(self.values)}",
            ColumnKind.NEED: f"one of {', '.join(self.values)}",
            ColumnKind.INDICATOR: f"one of {', '.join(self.values)}",
        }[self.kind]
        marks = ", ".join(self.marks[:3])
        return f"{said}, or the mark it is published with ({marks})" if marks else said


@dataclass(frozen=True, slots=True)
class ReturnKind:
    """One kind of file.

    ``unique`` columns together tell rows apart; ``no_more_than`` are pairs of which the
    first may not be above the second; ``together`` are given both or not at all;
    ``within_year`` are dates inside the row's school year, ``by_year_end`` such as are not
    after it. ``measure`` is the outcome that a
    survey or register answers: ``reached`` names the column and values that count for it,
    ``counted`` the columns that hold the two numbers.
    """

    kind: str
    label: str
    says: str
    columns: Mapping[str, Column]
    unique: tuple[str, ...]
    no_more_than: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    within_year: tuple[str, ...] = ()
    by_year_end: tuple[str, ...] = ()
    measure: str = ""
    reached: tuple[str, tuple[str, ...]] = ("", ())
    counted: tuple[str, str] = ("", "")

    @property
    def names_places(self) -> bool:
        """Whether every row names a school or area that must be listed first."""
        places = (ColumnKind.SCHOOL, ColumnKind.DSPL)
        return any(c.needed and c.kind in places for c in self.columns.values())


@dataclass(frozen=True, slots=True)
class ReturnKinds:
    """Every kind of file that is taken."""

    kinds: Mapping[str, ReturnKind]

    def kind(self, name: str) -> ReturnKind:
        """The kind of this name; raises :class:`UnknownNameError` with those there are."""
        if name not in self.kinds:
            raise UnknownNameError("kind of return", name, tuple(self.kinds))
        return self.kinds[name]

    def of_columns(self, heads: tuple[str, ...]) -> ReturnKind | None:
        """The kind whose needed columns are all there; of several, the one that needs most."""
        fitting = [kind for kind in self.kinds.values() if self.fits(kind, heads)]
        return max(
            fitting, key=lambda kind: sum(c.needed for c in kind.columns.values()), default=None
        )

    @staticmethod
    def fits(kind: ReturnKind, heads: tuple[str, ...]) -> bool:
        """Whether the needed columns of a kind are all there."""
        return {c.name for c in kind.columns.values() if c.needed} <= set(heads)

    def nearest(self, heads: tuple[str, ...]) -> ReturnKind | None:
        """The kind whose needed columns are nearly all there: most of them, and at least three."""

        def lacking(kind: ReturnKind) -> tuple[int, int]:
            needed = {c.name for c in kind.columns.values() if c.needed}
            return len(needed - set(heads)), -len(needed)

        best = min(self.kinds.values(), key=lacking)
        missing, needed = lacking(best)
        return best if -needed - missing >= max(3, 2 * missing) else None

    @classmethod
    def load(
        cls, folder: Path, measures: LocalMeasures, needs: Mapping[str, str], is_score: set[str]
    ) -> ReturnKinds:
        """Read ``returns.yaml`` of a catalogue folder; :class:`CatalogueError` names faults.

        ``needs`` are the accepted spellings of a primary need; ``is_score`` the outcomes
        whose column holds a number and not yes or no.
        """
        problems: list[Problem] = []
        content = read_yaml(folder / "returns.yaml", problems) or {}
        context = _context(Context.load(folder))
        kinds: dict[str, ReturnKind] = {}
        for name, entry in content.items():
            try:
                kinds[name] = _kind(name, dict(entry), measures, needs, is_score, context)
            except (KeyError, TypeError, ValueError, AttributeError) as fault:
                problems.append(
                    Problem(f"returns.yaml: {name}", f"{fault}", "write it as the others are")
                )
        if problems:
            raise CatalogueError(problems)
        return cls(kinds)


def _kind(
    name: str, entry: dict[str, Any], measures: LocalMeasures, needs: Mapping[str, str],
    is_score: set[str], context: Mapping[str, Column],
) -> ReturnKind:  # fmt: skip
    columns = {
        column: _column(column, dict(given), measures, needs)
        for column, given in entry.pop("columns").items()
    }
    if entry.pop("outcomes", False):
        columns |= _outcomes(measures, is_score)
    if entry.pop("context", False):
        columns |= context
    reached = entry.pop("reached", {"column": "", "values": ()})
    counted = entry.pop("counted", {"numerator": "", "denominator": ""})
    return ReturnKind(
        kind=name,
        label=entry.pop("label"),
        says=" ".join(entry.pop("says").split()),
        columns=columns,
        unique=tuple(entry.pop("unique")),
        no_more_than=tuple((a, b) for a, b in entry.pop("no_more_than", ())),
        together=tuple((a, b) for a, b in entry.pop("together", ())),
        within_year=tuple(entry.pop("within_year", ())),
        by_year_end=tuple(entry.pop("by_year_end", ())),
        reached=(reached["column"], tuple(map(str, reached["values"]))),
        counted=(counted["numerator"], counted["denominator"]),
        **entry,
    )


def _column(
    name: str, given: dict[str, Any], measures: LocalMeasures, needs: Mapping[str, str]
) -> Column:
    kind = ColumnKind(given.pop("kind"))
    values = tuple(map(str, given.pop("values", ())))
    if kind is ColumnKind.SEN:
        values = tuple(measures.sen_codes)
    if kind is ColumnKind.NEED:
        values = tuple(code.upper() for code in dict.fromkeys(needs.values()))
    if kind is ColumnKind.INDICATOR:
        values = tuple(countable(measures))
    return Column(name, kind, values=values, **given)


def _context(context: Context) -> dict[str, Column]:
    """The columns of a school list that say who its pupils are."""
    found = {}
    for variable in context.variables.values():
        given = dict(variable.column)
        values = tuple(map(str, given.pop("values", ())))
        kind = ColumnKind(given.pop("kind"))
        found[variable.name] = Column(
            variable.name, kind, values=values, marks=context.marks, found=variable.found, **given
        )
    return found


def countable(measures: LocalMeasures) -> list[str]:
    """Outcomes that two numbers by school are enough for: pupils who reached it, and all."""
    return [m.indicator_id for m in measures.measures.values() if m.count is Counting.OUTCOME]


def _outcomes(measures: LocalMeasures, is_score: set[str]) -> dict[str, Column]:
    """A column for each outcome that pupils' rows may carry, named by its id."""
    found = {}
    for measure in measures.measures.values():
        if measure.count not in (Counting.OUTCOME, Counting.MEAN):
            continue
        name = measure.indicator_id
        if name in is_score:
            found[name] = Column(name, ColumnKind.NUMBER, least=0, most=90, example="41.5")
        else:
            found[name] = Column(name, ColumnKind.FLAG, example="1")
    return found
