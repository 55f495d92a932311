"""An attacker who has the served cells and nothing else; written apart from the program.

He knows which schools are in which unit, how SEN groups add up, that numbers are whole and
parts not more than their wholes, that a percentage out of so many gives its numerator within
rounding, and every figure served. He asks for the least and the most that a number can be,
by integer programming over pupils of each school and SEN group.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from sendgap.local.places import Places, Unit

ADDED = {
    "no_sen": ("no_sen",), "sen_support": ("sen_support",), "ehc_plan": ("ehc_plan",),
    "any_sen": ("sen_support", "ehc_plan"),
    "all_pupils": ("no_sen", "sen_support", "ehc_plan"),
}  # fmt: skip

#: What he takes two outcomes of the same pupils to be: the first are some of the second.
WITHIN = {"severe_absence": "persistent_absence", "pupils_suspended": "suspension_rate"}
#: Outcomes counted of everyone on roll.
OF_ROLL = ("pupils_suspended", "suspension_rate", "persistent_absence", "severe_absence")
PREVALENCE = {"sen_support_prevalence": "sen_support", "ehcp_prevalence": "ehc_plan"}

#: With its presolve HiGHS has called 7 the least of a number that can be 0 (scipy 1.17.1).
PLAIN = {"presolve": False}

Key = tuple[str, str, str, str]


@dataclass
class Attacker:
    """Equations over numbers of (what, school, school year, group)."""

    places: Places
    periods: list[str]
    column: dict[Key, int] = field(default_factory=dict)
    rows: list[dict[int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def number(self, what: str, urn: str, period: str, group: str) -> int:
        """The column of one unknown; a new one is tied to what it is a part of."""
        key = (what, urn, period, group)
        if key in self.column:
            return self.column[key]
        self.column[key] = len(self.column)
        own = self.column[key]
        if what == "pupils of roll":
            return own
        if what.startswith("pupils of "):
            self.say({self.number("pupils of roll", urn, period, group): 1.0, own: -1.0}, 0, np.inf)
        elif what == "suspension_rate":
            persons = self.number("pupils_suspended", urn, period, group)
            self.say({persons: 380.0, own: -1.0}, 0, np.inf)
        else:
            whole = self.number(self.pupils(what), urn, period, group)
            self.say({whole: 1.0, own: -1.0}, 0, np.inf)
        if what in WITHIN:
            larger = self.number(WITHIN[what], urn, period, group)
            self.say({larger: 1.0, own: -1.0}, 0, np.inf)
        return own

    @staticmethod
    def pupils(indicator: str) -> str:
        """The pupils that an outcome is counted of."""
        roll = indicator in OF_ROLL or indicator in PREVALENCE
        return "pupils of roll" if roll else f"pupils of {indicator}"

    def say(self, terms: dict[int, float], low: float, high: float) -> None:
        """One equation or inequality."""
        self.rows.append(terms)
        self.low.append(low)
        self.high.append(high)

    def total(self, what: str, urns: Iterable[str], periods: Iterable[str],
              group: str) -> dict[int, float]:  # fmt: skip
        """A sum over schools, school years and groups."""
        urns = sorted(urns)
        return {self.number(what, urn, period, leaf): 1.0
                for urn in urns for period in periods for leaf in ADDED[group]}  # fmt: skip

    def schools(self, unit: Unit, period: str, breakdown: str) -> set[str]:
        """The schools of a unit, of one phase where a breakdown says so."""
        found = self.places.schools_of(unit, period)
        phase = breakdown.partition(":")[2]
        return {urn for urn in found if not phase or self.places.by_urn[urn].phase == phase}

    def learn(self, cells: pd.DataFrame) -> None:
        """Every served figure."""
        units = {(str(u.kind), u.unit_id): u for u in self.places.units()}
        for cell in cells.itertuples(index=False):
            unit = units[cell.unit_kind, cell.unit_id]
            at = self.periods.index(cell.time_period)
            periods = self.periods[at - cell.years + 1 : at + 1]
            urns = self.schools(unit, cell.time_period, cell.breakdown)
            self.learn_cell(cell, urns, periods)

    def learn_cell(self, cell: object, urns: set[str], periods: list[str]) -> None:
        """One served cell: its pupils, and who reached it by its percentage (T3)."""
        indicator, group = cell.indicator_id, cell.sen_group  # type: ignore[attr-defined]
        pupils, value = cell.pupils, cell.value  # type: ignore[attr-defined]
        everyone = "all_pupils" if indicator in PREVALENCE else group
        if not np.isnan(pupils):
            whole = self.total(self.pupils(indicator), urns, periods, everyone)
            self.say(whole, pupils, pupils)
        if np.isnan(value):
            return
        exact = cell.numerator  # type: ignore[attr-defined]
        half = 0.5 if pupils < 100 else 0.05
        near = (np.ceil((value - half) / 100 * pupils - 1e-6),
                np.floor((value + half) / 100 * pupils + 1e-6))  # fmt: skip
        low, high = near if np.isnan(exact) else (exact, exact)
        if indicator in PREVALENCE:
            self.say(self.total("pupils of roll", urns, periods, group), low, high)
        else:
            self.say(self.total(indicator, urns, periods, group), low, high)

    def bounds(self, asked: dict[int, float]) -> tuple[float, float]:
        """The least and the most that a sum can be."""
        count = len(self.column)
        matrix = np.zeros((len(self.rows), count))
        for number, terms in enumerate(self.rows):
            for column, factor in terms.items():
                matrix[number, column] += factor
        goal = np.zeros(count)
        for column, factor in asked.items():
            goal[column] += factor
        found = []
        for sign in (1.0, -1.0):
            answer = milp(
                sign * goal, constraints=LinearConstraint(matrix, self.low, self.high),
                bounds=Bounds(0, 1e5), integrality=np.ones(count), options=PLAIN,
            )  # fmt: skip
            assert answer.status in (0, 1, 3), answer.message
            found.append(float("inf") if answer.x is None else sign * answer.fun)
        return found[0], found[1]
