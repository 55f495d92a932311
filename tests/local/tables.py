"""Random small authorities for the attacks: schools, clusters that may overlap, tiny groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendgap.catalogue.load import Catalogue
from sendgap.config import paths
from sendgap.local.counts import FIGURES, KEYS, ROLL, Counts
from sendgap.local.measures import LocalMeasures
from sendgap.local.places import Member, Places, School, Unit, UnitKind

GROUPS = ("no_sen", "sen_support", "ehc_plan")
CATALOGUE = Catalogue.load(paths().catalogue)
MEASURES = LocalMeasures.load(paths().catalogue)

#: Outcomes of the tables: a cohort's result, and what happens to pupils on roll.
RESULT, SUSPENDED, EVENTS = "ks2_rwm_expected", "pupils_suspended", "suspension_rate"
PERSISTENT, SEVERE = "persistent_absence", "severe_absence"


@dataclass(frozen=True)
class Table:
    """A random authority and what was counted in it."""

    counts: Counts
    places: Places


def table(seed: int) -> Table:
    """One random authority; the same seed gives the same."""
    draw = np.random.default_rng(seed)
    places = _places(draw)
    periods = ["202223", "202324", "202425"][: int(draw.choice([1, 1, 1, 1, 3]))]
    left_out = set(draw.choice([RESULT, EVENTS, PERSISTENT, SEVERE], 2, replace=False))
    rows = [row for period in periods for school in places.schools
            for row in _school(draw, school.urn, period) if row[4] not in left_out]  # fmt: skip
    return Table(Counts(pd.DataFrame(rows, columns=[*KEYS, *FIGURES])), places)


def _places(draw: np.random.Generator) -> Places:
    count = int(draw.integers(3, 9))
    phases = draw.choice(["primary", "secondary"], count, p=[0.7, 0.3])
    schools = tuple(School(str(100 + n), f"School {n}", str(phases[n])) for n in range(count))
    clusters, areas = int(draw.integers(1, 4)), int(draw.integers(1, 3))
    members = [
        Member(UnitKind.CLUSTER, f"C{n * clusters // count}", school.urn)
        for n, school in enumerate(schools)
    ]
    members += [
        Member(UnitKind.DSPL, f"D{n * areas // count}", school.urn)
        for n, school in enumerate(schools)
    ]
    if draw.random() < 0.4:  # a cluster that cuts across the others
        picked = draw.choice(count, int(draw.integers(2, count + 1)), replace=False)
        members += [Member(UnitKind.CLUSTER, "across", schools[n].urn) for n in picked]
    return Places(Unit(UnitKind.AUTHORITY, "999", "Authority"), schools, tuple(members))


def _school(draw: np.random.Generator, urn: str, period: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for group, mean in zip(
        GROUPS, draw.choice([(60, 12, 4), (25, 6, 2), (150, 30, 8)]), strict=True
    ):
        pupils = int(draw.poisson(mean))
        suspended = int(draw.binomial(pupils, draw.choice([0.02, 0.1, 0.3])))
        events = suspended + (int(draw.poisson(suspended * 0.6)) if suspended else 0)
        persistent = int(draw.binomial(pupils, draw.uniform(0.05, 0.5)))
        severe = int(draw.binomial(persistent, 0.2))
        cohort = int(draw.binomial(pupils, 0.4))
        reached = int(draw.binomial(cohort, draw.uniform(0.1, 0.9)))
        for name, whole, part in (
            (ROLL, pupils, pupils), (SUSPENDED, pupils, suspended), (EVENTS, pupils, events),
            (PERSISTENT, pupils, persistent), (SEVERE, pupils, severe),
            (RESULT, cohort, reached),
        ):  # fmt: skip
            if whole:
                rows.append(("school", urn, period, group, name, "total", whole, part, whole,
                             min(part, 1), part, part, whole))  # fmt: skip
    return rows
