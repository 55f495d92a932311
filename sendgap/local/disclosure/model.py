"""What leaves disclosure control: cells to show, and the record of how they were passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from sendgap.errors import Problem, ProblemsError
from sendgap.local.places import Places

#: What a cell is about. ``time_period`` is its last school year and ``years`` how many it
#: holds (1, or 3 where they are pooled).
CELL_KEYS = ("unit_kind", "unit_id", "indicator_id", "breakdown", "sen_group",
             "time_period", "years")  # fmt: skip

#: What it shows. ``pupils`` is how many are in the measure and ``schools`` how many schools
#: the unit has. ``numerator``, ``value`` (0 to 100, per 100 or in points, rounded as shown)
#: and its limits ``lower`` and ``upper`` are there together or not at all; sessions have no
#: numerator, prevalence has no limits. ``symbol`` is empty, ``u`` beside a figure of 6 to 10
#: pupils, or the reason in the place of the figure: ``c`` hidden, ``z`` nobody to count,
#: ``x`` not shown at this level. ``rule`` is the rule that hid it, never whether it was small
#: itself or hidden for another's sake; ``run_id`` the run that decided.
CELL_FIGURES = ("pupils", "schools", "numerator", "value", "lower", "upper",
                "symbol", "rule", "run_id")  # fmt: skip


class Rule(StrEnum):
    """Why a cell shows no figure, as it may be told.

    ``HIDDEN`` stands for R2, R3, R5 and R9's repetition together: which of them it was
    would tell that a number lies between 1 and 5.
    """

    HIDDEN = "R2-R5"
    FEW_SCHOOLS = "R4"
    OTHER_YEARS = "R9"
    LEVEL = "level"
    NOBODY = "zero"


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that is out already, from whoever: exact numbers, or a rounded percentage.

    ``part`` is ``denominator`` or ``numerator``; ``low`` and ``high`` are equal where the
    number is exact.
    """

    unit_kind: str
    unit_id: str
    indicator_id: str
    breakdown: str
    sen_group: str
    time_period: str
    years: int
    part: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Audit:
    """The attack on one release before it is let out.

    Cells ``shown`` and ``hidden``; ``attacked`` numbers were found safe in ``seconds``. How
    many were attacked is told to who loaded them and never stored: who tries out what a
    hidden number could be would know by it when he is right.
    """

    run_id: str
    shown: int
    hidden: int
    attacked: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """Cells that may be stored, drawn and exported: columns ``CELL_KEYS``, ``CELL_FIGURES``.

    One row per cell of the grid, in the order of kind, id, indicator and group: never in an
    order that a hidden number decides. The true value of a hidden cell is nowhere in it.
    ``places`` are the units it was published for, where a later release needs to know them.
    """

    cells: pd.DataFrame
    audit: Audit
    source: str = ""
    places: Places | None = None


class NotSafeError(ProblemsError):
    """A release that the audit did not pass: nothing of it is published.

    Its problems name the kind of unit, outcome and period, never a number or a unit that
    would give one away. ``outcomes`` are those that stand in the way, by id and school year.
    """

    heading = "the figures could give a child away, and nothing was published"

    def __init__(
        self, problems: Iterable[Problem], outcomes: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.outcomes = frozenset(outcomes)
        super().__init__(problems)
