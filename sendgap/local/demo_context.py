"""What would be published of the invented authority's schools: who their pupils are.

Drawn apart from the pupils, from a seed of its own, so that it is no count of them: as in
life, a census of January is near what a year's rows say and not the same. Deprivation,
language and setting go with the place; need goes with deprivation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

#: Numbers of pupils below this are published as "c".
_HIDDEN_BELOW = 3


def add_context(plan: Mapping[str, Any], schools: pd.DataFrame) -> pd.DataFrame:
    """The list of schools with the columns of ``context.yaml``, as a return writes them."""
    given, random = plan["context"], np.random.default_rng(plan["context"]["seed"])
    count = len(schools)
    town, poor = _places(given, schools, random)
    found = schools[["urn", "name", "phase", "type"]].copy()
    for place, name in enumerate(("youngest", "oldest")):
        found[name] = [given["ages"].get(phase, ["", ""])[place] for phase in found["phase"]]
    found["context_year"] = given["year"]
    roll = np.maximum(8, np.rint(schools["size"] * random.normal(1.0, 0.015, count))).astype(
        np.int64
    )
    found["pupils"] = roll
    for name, shape in given["shares"].items():
        drawn = shape["poor"] * poor + shape["town"] * town + random.normal(0, shape["own"], count)
        share = _share(shape["middle"], drawn)
        found[name] = np.round(share, 3) if name == "idaci" else _percent(share)
    rural = random.normal(0, 0.5, count) + town < np.quantile(town, given["rural"])
    found["rural"] = np.where(rural, "Rural town and fringe", "Urban city and town")
    support, plans = _sen(plan, schools, roll, random)
    found["sen_support"], found["ehc_plan"] = _percent(support / roll), _percent(plans / roll)
    for name in given["needs"]:
        found[name] = _need(plan, name, support, plans, random)
    found["sen_places"] = _units(given, schools, random)
    return found


def _places(
    plan: Mapping[str, Any], schools: pd.DataFrame, random: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """How urban and how deprived a school's place is; most of it is its cluster's."""
    cluster = schools["cluster"].to_numpy()
    town, area = random.normal(0, 1, (2, cluster.max() + 1))
    need = _standard(np.log(schools["need"].to_numpy()))
    effect = _standard(schools["effect"].to_numpy())
    parts, own = plan["deprivation"], random.normal(0, 1, len(schools))
    poor = parts["place"] * area[cluster] + parts["need"] * need
    poor = poor - parts["effect"] * effect + parts["own"] * own
    return town[cluster] + random.normal(0, 0.5, len(schools)), _standard(poor)


def _standard(values: ArrayLike) -> Numbers:
    found = np.asarray(values, dtype=float)
    return np.asarray((found - found.mean()) / found.std())


def _share(middle: float, moved: Numbers) -> Numbers:
    """A share moved from its middle by log odds."""
    return np.asarray(1 / (1 + np.exp(-(np.log(middle / (1 - middle)) + moved))))


def _percent(share: ArrayLike) -> Numbers:
    return np.asarray(np.round(100 * np.asarray(share, dtype=float), 1))


def _sen(
    plan: Mapping[str, Any], schools: pd.DataFrame, roll: Counts, random: np.random.Generator
) -> tuple[Counts, Counts]:
    """Numbers on SEN support and with a plan, by the same chances as the pupils' rows."""
    special = (schools["phase"] == "special").to_numpy()
    need = schools["need"].to_numpy()
    plans = np.where(special, 0.985, plan["share"]["ehc_plan"] * 0.55 * need)
    support = np.where(special, 0.01, plan["share"]["sen_support"] * need)
    with_plan = random.binomial(roll, plans)
    return random.binomial(roll - with_plan, support / (1 - plans)), with_plan


def _need(
    plan: Mapping[str, Any], name: str, support: Counts, plans: Counts,
    random: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """Pupils with a primary need, more in some schools than in others; few are "c"."""
    number = np.zeros(len(support), dtype=np.int64)
    for group, pupils in (("sen_support", support), ("ehc_plan", plans)):
        shares = plan["needs"][group]
        part = shares[name] / sum(shares.values())
        number += random.binomial(pupils, random.beta(12 * part, 12 * (1 - part), len(pupils)))
    few = (number > 0) & (number < _HIDDEN_BELOW)
    return np.where(few, "c", number.astype(str))


def _units(
    plan: Mapping[str, Any], schools: pd.DataFrame, random: np.random.Generator
) -> np.ndarray:
    """Places in a SEN unit or resourced provision, which few mainstream schools have."""
    has = random.random(len(schools)) < plan["with_unit"]
    has &= (schools["phase"].isin(["primary", "secondary"])).to_numpy()
    return np.where(has, random.integers(8, 31, len(schools)), 0)
