"""Similar schools and areas, by the pupils they serve and never by their results.

Variables are put on one scale by their middle and spread in the whole set (shares by their
log odds first), weighted, and the distance between two units is the root of the weighted
sum of squares over the variables that are known of both. Units near each other by chance of
which variables were taken are not neighbours: each variable is left out in turn and each
weight halved and doubled, and where fewer than three in five of the nearest five stay, no
list is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sendgap.errors import NoAnswerError
from sendgap.local.context import Scale

Numbers = NDArray[np.float64]
Known = NDArray[np.bool_]

#: How many of the nearest the stability is told of, and the least share that must stay.
NEAREST = 5
STEADY = 0.6
#: Fewest units to choose from: with fewer, all others are shown.
FEWEST = 12
#: The weight of what must be known of a unit, of all the variables that are used.
LEAST_KNOWN = 0.75
#: A share of none or all counts as this much within.
EDGE = 0.005
#: Distances and shares that differ by less are the same.
SAME = 1e-9
#: Normal units lie within one of the middle: the median distance times this.
MAD = 1.4826
#: Closeness by the share of all pairs that are nearer; own words, not the DfE's.
CLOSENESS = ((0.05, "very close"), (0.15, "close"), (0.50, "less close"), (1.0, "not close"))


@dataclass(frozen=True, slots=True)
class Variable:
    """What units are compared by: values unit by unit, NaN where hidden or not known.

    A share is from 0 to 1, a size above 0. Weights are relative to each other.
    """

    label: str
    values: tuple[float, ...]
    weight: float = 1.0
    scale: Scale = Scale.SHARE


@dataclass(frozen=True, slots=True)
class Similar:
    """One similar unit; ``position`` 1 is the nearest. Where all others are shown they stand
    in the order given, without a word for how close they are."""

    position: int
    unit_id: str
    closeness: str = ""


@dataclass(frozen=True, slots=True)
class SimilarUnits:
    """The nearest units, and how far the list can be relied on.

    ``stability`` is the share of the nearest five that stay, on average, when a variable is
    left out or its weight changed, whichever keeps fewer; ``leans_on`` the variable without
    which the fewest stay, and ``without`` the share that does. ``withheld`` says why there is
    no list; then it is empty. ``is_everyone``: too few to choose from, so all others.
    """

    units: tuple[Similar, ...] = ()
    stability: float = float("nan")
    leans_on: str = ""
    without: float = float("nan")
    withheld: str = ""
    is_everyone: bool = False


@dataclass(frozen=True, eq=False)
class Comparison:
    """Units on one scale. ``placed`` are those of which enough is known; ``used`` are the
    variables with their weights, which sum to 1; ``known``: how many units have each variable,
    whether it is used or not."""

    unit_ids: tuple[str, ...]
    placed: tuple[str, ...]
    used: Mapping[str, float]
    known: Mapping[str, int]
    scaled: Numbers
    weights: Numbers
    pairs: Numbers

    @classmethod
    def of(cls, unit_ids: list[str], variables: list[Variable]) -> Self:
        """Put units on one scale.

        A variable that most units lack or that never differs is left out, and a unit of which
        too little is known is neither placed nor listed.
        """
        table = _table(variables, len(unit_ids))
        counts = np.isfinite(table).sum(axis=0)
        take = [
            2 * counts[at] > len(unit_ids) and np.ptp(table[np.isfinite(table[:, at]), at]) > 0
            for at in range(len(variables))
        ]
        kept = [variable for variable, taken in zip(variables, take, strict=True) if taken]
        table = table[:, take]
        weights = np.array([variable.weight for variable in kept])
        weights = weights / weights.sum() if kept else weights
        here = np.isfinite(table) @ weights >= LEAST_KNOWN - SAME
        scaled = _scaled(table[here])
        return cls(
            tuple(unit_ids),
            tuple(name for name, known in zip(unit_ids, here, strict=True) if known),
            {variable.label: float(w) for variable, w in zip(kept, weights, strict=True)},
            {variable.label: int(n) for variable, n in zip(variables, counts, strict=True)},
            scaled, weights, _pairs(scaled, weights),
        )  # fmt: skip

    def nearest(self, unit_id: str, most: int = NEAREST) -> SimilarUnits:
        """The units nearest to one.

        Raises :class:`~sendgap.errors.NoAnswerError` where the unit itself cannot be placed.
        """
        if unit_id not in self.unit_ids:
            raise NoAnswerError(f"{unit_id} is not among the units compared.")
        if len(self.unit_ids) < FEWEST:
            others = [other for other in self.unit_ids if other != unit_id]
            return SimilarUnits(_listed(others), is_everyone=True)
        if unit_id not in self.placed:
            raise NoAnswerError("Too little is known, or may be shown, of who the pupils are.")
        if len(self.placed) < FEWEST:
            raise NoAnswerError(
                f"Enough is known of {len(self.placed)} of {len(self.unit_ids)} only."
            )
        return self._nearest(self.placed.index(unit_id), most)

    def _nearest(self, at: int, most: int) -> SimilarUnits:
        """The list, if it is steady enough."""
        own = self._from(at, self.weights[None, :])[0]
        order = _order(own, at)
        near = set(order[:NEAREST])
        left_out, weighed = (self._kept(at, near, f) for f in ((0.0,), (0.5, 2.0)))
        stability = float(min(left_out.mean(), weighed.mean())) if len(left_out) else 0.0
        worst = int(np.argmin(left_out)) if len(left_out) else 0
        found = SimilarUnits(
            stability=stability,
            leans_on=list(self.used)[worst],
            without=float(left_out[worst]) if len(left_out) else 0.0,
        )
        if stability < STEADY - SAME:
            return _withheld(found)
        units = [self.placed[unit] for unit in order[:most]]
        words = [_closeness(own[unit], self.pairs) for unit in order[:most]]
        return SimilarUnits(_listed(units, words), stability, found.leans_on, found.without)

    def _from(self, at: int, weights: Numbers) -> Numbers:
        """The distance from one unit to each, by each row of weights."""
        both = np.isfinite(self.scaled) & np.isfinite(self.scaled[at])
        squares = np.where(both, (self.scaled - self.scaled[at]) ** 2, 0.0)
        shared = weights @ both.T.astype(float)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.sqrt((weights @ squares.T) / shared))

    def _kept(self, at: int, near: set[int], factors: tuple[float, ...]) -> Numbers:
        """The share of the nearest that stay with each variable's weight times each factor.

        A list by one variable alone has nothing to lean on but it: none can be left out.
        """
        changed = [
            np.where(np.arange(len(self.weights)) == variable, self.weights * factor, self.weights)
            for variable in range(len(self.weights))
            for factor in factors
        ]
        rows = [row for row in changed if row.sum() > 0]
        if not rows:
            return np.array([])
        apart = self._from(at, np.array(rows))
        return np.array([len(near & set(_order(own, at)[: len(near)])) / len(near)
                         for own in apart])  # fmt: skip


def _withheld(found: SimilarUnits) -> SimilarUnits:
    why = (
        f"Only {found.stability:.0%} of the nearest {NEAREST} stay when one thing they are "
        f"compared by changes; a list is shown from {STEADY:.0%} on."
    )
    return SimilarUnits((), found.stability, found.leans_on, found.without, why)


def _listed(units: list[str], words: list[str] | None = None) -> tuple[Similar, ...]:
    said = words or [""] * len(units)
    return tuple(
        Similar(place, unit, word)
        for place, (unit, word) in enumerate(zip(units, said, strict=True), start=1)
    )


def _table(variables: list[Variable], count: int) -> Numbers:
    """Units by variables; shares as log odds, sizes as logarithms."""
    table = np.full((count, len(variables)), np.nan)
    for column, variable in enumerate(variables):
        values = np.asarray(variable.values, dtype=float)
        if variable.scale is Scale.SHARE:
            values = np.clip(values, EDGE, 1.0 - EDGE)
            values = np.log(values / (1.0 - values))
        elif variable.scale is Scale.LOG:
            values = np.log(np.where(values > 0, values, np.nan))
        table[:, column] = values
    return table


def _scaled(table: Numbers) -> Numbers:
    """Distance from the middle in robust spreads; a variable that never differs is 0."""
    if not table.size:
        return table
    middle = np.nanmedian(table, axis=0)
    spread = MAD * np.nanmedian(np.abs(table - middle), axis=0)
    usual = np.nanstd(table, axis=0)
    spread = np.where(spread > 0, spread, np.where(usual > 0, usual, 1.0))
    return np.asarray((table - middle) / spread)


def _pairs(scaled: Numbers, weights: Numbers) -> Numbers:
    """The distances of all pairs."""
    return distances(scaled, weights)[np.triu_indices(len(scaled), 1)]


def distances(scaled: ArrayLike, weights: ArrayLike) -> Numbers:
    """The weighted distance between every two units, over what is known of both."""
    placed, each = np.asarray(scaled, dtype=float), np.asarray(weights, dtype=float)
    known = np.isfinite(placed)
    apart = np.where(known[:, None] & known[None], placed[:, None] - placed[None], 0.0)
    shared = (known * each) @ known.T.astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.sqrt((apart**2) @ each / shared))


def _order(own: Numbers, at: int) -> list[int]:
    """The other units, nearest first; those equally near keep their order."""
    return [int(unit) for unit in np.argsort(own, kind="stable") if unit != at]


def _closeness(distance: float, pairs: Numbers) -> str:
    """How near, by the share of all pairs that are nearer."""
    nearer = float((pairs < distance - SAME).mean())
    return next(word for limit, word in CLOSENESS if nearer <= limit)
