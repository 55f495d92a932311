"""Similar schools and areas, by the pupils they serve and never by their results.

Variables are put on one scale by their middle and spread in the whole set (shares by their
log odds first), weighted, and the distance between two units is the root of the weighted
sum of squares. Units near each other by chance of which variables were taken are not
neighbours: each variable is left out in turn and each weight halved and doubled, and where
fewer than three in five of the nearest five stay, no list is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sendgap.errors import NoAnswerError

Numbers = NDArray[np.float64]

#: How many of the nearest the stability is told of, and the least share that must stay.
NEAREST = 5
STEADY = 0.6
#: Fewest units to choose from: with fewer, all others are shown.
FEWEST = 12
#: A share of none or all counts as this much within.
EDGE = 0.005
#: Normal units lie within one of the middle: the median distance times this.
MAD = 1.4826
#: Closeness by the share of all pairs that are nearer; own words, not the DfE's.
CLOSENESS = ((0.05, "very close"), (0.15, "close"), (0.50, "less close"), (1.0, "not close"))


@dataclass(frozen=True, slots=True)
class Variable:
    """What units are compared by: values unit by unit, NaN where hidden or not known.

    A ``share`` is from 0 to 1. Weights are relative to each other.
    """

    label: str
    values: tuple[float, ...]
    weight: float = 1.0
    share: bool = True


@dataclass(frozen=True, slots=True)
class Similar:
    """One similar unit; ``position`` 1 is the nearest."""

    position: int
    unit_id: str
    distance: float
    closeness: str


@dataclass(frozen=True, slots=True)
class SimilarUnits:
    """The nearest units, and how far the list can be relied on.

    ``stability`` is the share of the nearest five that stay, on average, when a variable is
    left out or its weight changed, whichever keeps fewer.
    ``withheld`` says why there is no list; then it is empty.
    ``used`` are the variables with their weights, which sum to 1.
    """

    units: tuple[Similar, ...]
    stability: float
    withheld: str
    used: Mapping[str, float]


def similar_units(
    unit_id: str, unit_ids: list[str], variables: list[Variable], *, most: int = 10
) -> SimilarUnits:
    """The units nearest to one, among all that have every variable.

    A variable that most units lack is left out; so is a unit that lacks one of the others.
    Raises :class:`~sendgap.errors.NoAnswerError` where the unit itself cannot be placed.
    """
    if unit_id not in unit_ids:
        raise NoAnswerError(f"{unit_id} is not among the units compared.")
    table = _table(variables, len(unit_ids))
    common = np.isfinite(table).mean(axis=0) > 0.5
    kept = [variable for variable, take in zip(variables, common, strict=True) if take]
    table = table[:, common]
    here = np.asarray(np.isfinite(table).sum(axis=1) == max(len(kept), 1))
    if not here[unit_ids.index(unit_id)]:
        raise NoAnswerError("Too little is known, or may be shown, of who the pupils are.")
    names = [name for name, known in zip(unit_ids, here, strict=True) if known]
    weights = np.array([variable.weight for variable in kept])
    weights = weights / weights.sum()
    used = {variable.label: float(w) for variable, w in zip(kept, weights, strict=True)}
    if len(names) < FEWEST:
        why = f"Only {len(names)} units can be compared; set it beside all of them."
        return SimilarUnits((), float("nan"), why, used)
    return _nearest(names, names.index(unit_id), _scaled(table[here]), weights, used, most)


def _nearest(names: list[str], at: int, scaled: Numbers, weights: Numbers,
             used: Mapping[str, float], most: int) -> SimilarUnits:  # fmt: skip
    """The list, if it is steady enough."""
    own = distances(scaled, weights)[at]
    order = _order(own, at)
    stability = _stability(scaled, weights, at, order[:NEAREST])
    if stability < STEADY:
        why = (f"Only {stability:.0%} of the nearest {NEAREST} stay when one variable changes, "
               "so no list is shown.")  # fmt: skip
        return SimilarUnits((), stability, why, used)
    pairs = distances(scaled, weights)[np.triu_indices(len(names), 1)]
    found = tuple(
        Similar(place, names[unit], float(own[unit]), _closeness(own[unit], pairs))
        for place, unit in enumerate(order[:most], start=1)
    )
    return SimilarUnits(found, stability, "", used)


def _table(variables: list[Variable], count: int) -> Numbers:
    """Units by variables; shares as log odds."""
    table = np.full((count, len(variables)), np.nan)
    for column, variable in enumerate(variables):
        values = np.asarray(variable.values, dtype=float)
        if variable.share:
            values = np.clip(values, EDGE, 1.0 - EDGE)
            values = np.log(values / (1.0 - values))
        table[:, column] = values
    return table


def _scaled(table: Numbers) -> Numbers:
    """Distance from the middle in robust spreads; a variable that never differs is 0."""
    middle = np.median(table, axis=0)
    spread = MAD * np.median(np.abs(table - middle), axis=0)
    usual = table.std(axis=0)
    spread = np.where(spread > 0, spread, np.where(usual > 0, usual, 1.0))
    return np.asarray((table - middle) / spread)


def distances(scaled: ArrayLike, weights: ArrayLike) -> Numbers:
    """The weighted distance between every two units."""
    placed = np.asarray(scaled, dtype=float) * np.sqrt(np.asarray(weights, dtype=float))
    apart = placed[:, None, :] - placed[None, :, :]
    return np.asarray(np.sqrt((apart**2).sum(axis=2)))


def _order(own: Numbers, at: int) -> list[int]:
    """The other units, nearest first; those equally near keep their order."""
    return [int(unit) for unit in np.argsort(own, kind="stable") if unit != at]


def _stability(scaled: Numbers, weights: Numbers, at: int, nearest: list[int]) -> float:
    """The share of the nearest that stay: leaving each variable out, or changing its weight.

    The lower of the two averages. A list by one variable alone has nothing to lean on but it.
    """
    left_out = [_kept(scaled, w, at, nearest) for w in _changed(weights, (0.0,))]
    weighed = [_kept(scaled, w, at, nearest) for w in _changed(weights, (0.5, 2.0))]
    return float(min(np.mean(found) if found else 0.0 for found in (left_out, weighed)))


def _kept(scaled: Numbers, weights: Numbers, at: int, nearest: list[int]) -> float:
    own = np.sqrt((weights * (scaled - scaled[at]) ** 2).sum(axis=1))
    return len(set(nearest) & set(_order(own, at)[: len(nearest)])) / len(nearest)


def _changed(weights: Numbers, factors: tuple[float, ...]) -> Iterator[Numbers]:
    for variable in range(len(weights)):
        for factor in factors:
            changed = weights.copy()
            changed[variable] *= factor
            if changed.sum() > 0:
                yield changed / changed.sum()


def _closeness(distance: float, pairs: Numbers) -> str:
    """How near, by the share of all pairs that are nearer."""
    nearer = float((pairs < distance).mean())
    return next(word for limit, word in CLOSENESS if nearer <= limit)
