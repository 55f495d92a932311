"""An invented authority to try things out on: schools, groups and three years of pupils.

Everything comes from a fixed seed and ``data/catalogue/demonstration.yaml``: sizes, gaps,
needs and tiny groups are like a large English county's, and no school or child exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sendgap.catalogue.schema import read_yaml
from sendgap.errors import CatalogueError, Problem
from sendgap.local.demo_context import add_context

_GROUPS = ("no_sen", "sen_support", "ehc_plan")
_CODES = np.array(["N", "K", "E"])
_YEAR_GROUPS = {
    "nursery": ("N1", "N2"),
    "primary": ("R", "1", "2", "3", "4", "5", "6"),
    "secondary": ("7", "8", "9", "10", "11"),
    "special": ("R", *map(str, range(1, 12))),
}
#: Half-day sessions of a school year.
_SESSIONS = 380


@dataclass(frozen=True, slots=True, eq=False)
class Demonstration:
    """The invented authority: its name, and tables as the returns hold them."""

    name: str
    schools: pd.DataFrame
    groups: pd.DataFrame
    pupils: pd.DataFrame


def demonstration(folder: Path, *, whole: bool = False) -> Demonstration:
    """The authority that ``demonstration.yaml`` of a catalogue folder describes.

    ``whole`` is one of the size of a large county, which takes minutes to protect; else it is
    a fifth of it. Raises :class:`CatalogueError` where the file cannot be used.
    """
    problems: list[Problem] = []
    plan = read_yaml(folder / "demonstration.yaml", problems)
    if problems:
        raise CatalogueError(problems)
    if whole:
        plan = {**plan, **plan["whole"]}
    random = np.random.default_rng(plan["seed"])
    schools = _schools(plan, random)
    years = [_pupils(plan, schools, year, random) for year in plan["years"]]
    return Demonstration(
        plan["name"], add_context(plan, schools), _groups(plan, schools), pd.concat(years)
    )


def _schools(plan: Mapping[str, Any], random: np.random.Generator) -> pd.DataFrame:
    """Schools with a size, an area, a cluster and how well their pupils do."""
    rows = []
    for phase, count in plan["schools"].items():
        sizes = np.maximum(12, random.gamma(3.0, plan["pupils"][phase] / 3.0, count)).astype(int)
        for place, size in enumerate(sizes):
            word = "" if phase == "nursery" else " School"
            rows.append((f"Practice {phase.title()}{word} {place + 1}", phase, int(size)))
    table = pd.DataFrame(rows, columns=["name", "phase", "size"])
    table["urn"] = [str(900001 + place) for place in range(len(table))]
    table["type"] = "Invented school"
    table["cluster"] = random.integers(0, plan["clusters"], len(table))
    table["dspl"] = table["cluster"] % plan["dspl_areas"]
    table["effect"] = random.normal(0.0, 1.0, len(table))
    table["need"] = random.gamma(9.0, 1 / 9.0, len(table))
    return table


def _groups(plan: Mapping[str, Any], schools: pd.DataFrame) -> pd.DataFrame:
    """Every school in one DSPL area, and all but special schools in a cluster."""
    areas = pd.DataFrame(
        {
            "group_kind": "dspl",
            "group_id": "D" + (schools["dspl"] + 1).astype(str),
            "group_name": "Practice DSPL area " + (schools["dspl"] + 1).astype(str),
            "urn": schools["urn"],
        }
    )
    near = schools[schools["phase"] != "special"]
    number = (near["cluster"] + 1).astype(str).str.zfill(2)
    clusters = pd.DataFrame(
        {
            "group_kind": "cluster",
            "group_id": "C" + number,
            "group_name": "Practice cluster " + number,
            "urn": near["urn"],
        }
    )
    return pd.concat([areas, clusters], ignore_index=True).assign(**{"from": "", "to": ""})


def _pupils(
    plan: Mapping[str, Any], schools: pd.DataFrame, year: str, random: np.random.Generator
) -> pd.DataFrame:
    """One school year's pupils, each school at about its size."""
    sizes = np.maximum(8, random.poisson(schools["size"].to_numpy()))
    at = np.repeat(np.arange(len(schools)), sizes)
    school = schools.iloc[at].reset_index(drop=True)
    table = pd.DataFrame({"urn": school["urn"], "time_period": year})
    table.insert(0, "pupil", [f"{year}-{place}" for place in range(len(table))])
    table["year_group"] = _year_groups(school["phase"], random)
    group = _sen(plan, school, random)
    table["sen"] = _CODES[group]
    table["primary_need"] = _needs(plan, group, random)
    table["home_dspl"] = _homes(plan, school, group, random)
    _add_attendance(plan, table, group, random)
    for name, outcome in plan["outcomes"].items():
        table[name] = _outcome(outcome, table["year_group"], school["effect"], group, random)
    return table


def _year_groups(phases: pd.Series, random: np.random.Generator) -> np.ndarray:
    found = np.empty(len(phases), dtype=object)
    for phase, groups in _YEAR_GROUPS.items():
        here = (phases == phase).to_numpy()
        found[here] = random.choice(np.array(groups), here.sum())
    return found


def _sen(plan: Mapping[str, Any], school: pd.DataFrame, random: np.random.Generator) -> np.ndarray:
    """0, 1, 2 for none, SEN support, EHC plan; in special schools nearly all have a plan."""
    special = (school["phase"] == "special").to_numpy()
    need = school["need"].to_numpy()
    plans = np.where(special, 0.985, plan["share"]["ehc_plan"] * 0.55 * need)
    support = np.where(special, 0.01, plan["share"]["sen_support"] * need)
    draw = random.random(len(school))
    return np.where(draw < plans, 2, np.where(draw < plans + support, 1, 0))


def _needs(plan: Mapping[str, Any], group: np.ndarray, random: np.random.Generator) -> np.ndarray:
    found = np.full(len(group), None, dtype=object)
    for place, name in enumerate(_GROUPS[1:], start=1):
        shares = plan["needs"][name]
        chances = np.array(list(shares.values())) / sum(shares.values())
        here = group == place
        found[here] = random.choice(np.array(list(shares)), here.sum(), p=chances)
    return found


def _by_group(plan: Mapping[str, Any], group: np.ndarray) -> np.ndarray:
    return np.asarray(np.array([float(plan[name]) for name in _GROUPS])[group])


def _homes(
    plan: Mapping[str, Any], school: pd.DataFrame, group: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    """Most live in their school's area, the others in another one."""
    own = school["dspl"].to_numpy()
    away = (own + random.integers(1, plan["dspl_areas"], len(own))) % plan["dspl_areas"]
    near = random.random(len(own)) < _by_group(plan["same_area"], group)
    return np.char.add("D", (np.where(near, own, away) + 1).astype(str))


def _add_attendance(
    plan: Mapping[str, Any], table: pd.DataFrame, group: np.ndarray, random: np.random.Generator
) -> None:
    """Absence that clusters in pupils, suspensions that repeat, rare permanent exclusions."""
    count = len(table)
    possible = np.where(random.random(count) < 0.93, _SESSIONS, random.integers(60, 380, count))
    mean = _by_group(plan["absence"], group)
    missed = random.binomial(possible, random.beta(8 * mean, 8 * (1 - mean)))
    table["possible_sessions"], table["missed_sessions"] = possible, missed
    ever = random.random(count) < _by_group(plan["suspended"], group)
    table["suspensions"] = np.where(ever, np.minimum(random.geometric(0.5, count), 30), 0)
    out = random.random(count) < _by_group(plan["permanently_excluded"], group)
    table["permanently_excluded"] = out.astype(int)


def _outcome(
    plan: Mapping[str, Any], year_groups: pd.Series, effect: pd.Series, group: np.ndarray,
    random: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """Yes or no (1 or 0), or a score, for the year group that is counted."""
    level = _by_group(plan, group) + plan["spread"] * effect.to_numpy()
    if "score" in plan:
        found = np.clip(random.normal(level, plan["score"]), 0, 90).round(1)
    else:
        found = (random.random(len(group)) < np.clip(level, 0.01, 0.99)).astype(float)
    return np.where((year_groups == plan["year_group"]).to_numpy(), found, np.nan)
