"""Who is like whom, worked out at each load from what anyone may look up.

A school's context is the published columns of the list of schools; a cluster's or DSPL
area's is that of its schools by their pupils. Where the list has no column, figures that this
release shows may stand in, and a hidden figure never does. The figures of context are not
kept beside what is shown, only who is like whom: a published share of pupils with SEN is
itself a number of pupils that this release may be hiding.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendgap.errors import NoAnswerError
from sendgap.local.context import Context, ContextVariable, Part, Scale
from sendgap.local.places import Places, Unit, UnitKind
from sendgap.local.similar import Comparison, Numbers, SimilarUnits, Variable

#: The part of an area's pupils whose schools must have a figure.
COVERED = 0.8
#: Printed of more than ``MANY`` pupils, and not where fewer than ``FEW`` have it or have not.
MANY, FEW = 10, 6

SIMILAR = ("unit_kind", "unit_id", "position", "similar_id", "closeness")
ABOUT = ("unit_kind", "unit_id", "compared", "units", "stability", "leans_on", "without",
         "withheld", "is_everyone")  # fmt: skip
USED = ("compared", "variable", "label", "weight", "known", "source", "years")
PRINTED = ("unit_id", "variable", "label", "printed")


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Tables that go beside the cells, with the columns named above.

    ``used`` has every variable of each comparison (``school:infant``, ``cluster``, ``dspl``):
    its weight, 0 where it is left out, for how many units it is ``known``, whether from the
    ``list`` of schools or from ``shown`` figures, and the school years of the list's.
    ``printed`` are schools' published figures that may stand on a page.
    """

    similar: pd.DataFrame
    about: pd.DataFrame
    used: pd.DataFrame
    printed: pd.DataFrame


def alike(context: Context, schools: pd.DataFrame, places: Places, cells: pd.DataFrame) -> Alike:
    """Compare schools of a stage, clusters and DSPL areas; ``cells`` are those that are shown."""
    facts = facts_of(context, schools)
    near: list[tuple[object, ...]] = []
    about: list[tuple[object, ...]] = []
    used: list[tuple[object, ...]] = []
    for compared, units in _comparisons(context, schools, places):
        names = [unit.unit_id for unit in units]
        found = _variables(context, facts, places, cells, units)
        comparison = Comparison.of(names, [variable for _, variable in found])
        years = _years(schools, places, units)
        for (source, _), variable in zip(found, context.variables.values(), strict=True):
            used.append(_used(compared, variable, comparison, source, years))
        for unit in units:
            answer = _nearest(comparison, unit.unit_id)
            about.append((unit.kind.value, unit.unit_id, compared, len(units), *_said(answer)))
            near += [
                (unit.kind.value, unit.unit_id, one.position, one.unit_id, one.closeness)
                for one in answer.units
            ]
    return Alike(
        pd.DataFrame(near, columns=list(SIMILAR)), pd.DataFrame(about, columns=list(ABOUT)),
        pd.DataFrame(used, columns=list(USED)), _printed(context, facts),
    )  # fmt: skip


def _comparisons(
    context: Context, schools: pd.DataFrame, places: Places
) -> Iterator[tuple[str, list[Unit]]]:
    """Schools of each phase or stage, clusters, DSPL areas; each A to Z."""
    stages = _stages(context, schools)
    among: dict[str, list[Unit]] = {}
    for unit in places.units([UnitKind.SCHOOL]):
        among.setdefault(stages[unit.unit_id], []).append(unit)
    for stage, units in sorted(among.items()):
        yield f"{UnitKind.SCHOOL}:{stage}", units
    for kind in (UnitKind.CLUSTER, UnitKind.DSPL):
        if units := places.units([kind]):
            yield kind.value, units


def _stages(context: Context, schools: pd.DataFrame) -> dict[str, str]:
    """What each school is compared among."""
    ages = [
        pd.to_numeric(schools[name], errors="coerce")
        if name in schools
        else [math.nan] * len(schools)
        for name in ("youngest", "oldest")
    ]
    rows = zip(schools["urn"].astype(str), schools["phase"], *ages, strict=True)
    return {urn: context.stage(phase, youngest, oldest) for urn, phase, youngest, oldest in rows}


def _nearest(comparison: Comparison, unit_id: str) -> SimilarUnits:
    try:
        return comparison.nearest(unit_id)
    except NoAnswerError as refusal:
        return SimilarUnits(withheld=str(refusal))


def _said(found: SimilarUnits) -> tuple[object, ...]:
    return found.stability, found.leans_on, found.without, found.withheld, found.is_everyone


def _used(
    compared: str, variable: ContextVariable, comparison: Comparison, source: str, years: str
) -> tuple[object, ...]:
    weight = comparison.used.get(variable.name, 0.0)
    known = comparison.known.get(variable.name, 0)
    said = years if source == "list" else ""
    return compared, variable.name, variable.label, weight, known, source, said


def facts_of(context: Context, schools: pd.DataFrame) -> pd.DataFrame:
    """What the list says of each school, by URN: a number for each variable, NaN where it has
    none. Percentages are from 0 to 1, words by their place; ``sen`` is the number of pupils
    with SEN, ``roll`` that of all pupils, ``phase`` as in the list."""
    found = pd.DataFrame({"phase": schools["phase"].to_numpy()}, index=schools["urn"].astype(str))
    for name, variable in context.variables.items():
        given = schools[name] if name in schools else pd.Series(np.nan, index=schools.index)
        found[name] = _numbers(given, variable).to_numpy()
    found["roll"] = found[context.roll]
    found["sen"] = found["roll"] * found[list(context.sen)].sum(axis=1, skipna=False)
    return found


def _numbers(given: pd.Series, variable: ContextVariable) -> pd.Series:
    found = pd.Series(np.nan, index=given.index)
    for place, word in enumerate(variable.column.get("values", ())):
        found[given.astype(str).str.lower().str.contains(str(word), regex=False)] = float(place)
    if "values" in variable.column:
        return found
    numbers = pd.to_numeric(given, errors="coerce").astype(float)
    return numbers / 100 if variable.is_percent else numbers


def _variables(
    context: Context, facts: pd.DataFrame, places: Places, cells: pd.DataFrame, units: list[Unit]
) -> list[tuple[str, Variable]]:
    """Each variable of these units, from the list or else from what is shown."""
    period = str(cells["time_period"].max()) if len(cells) else ""
    at = {urn: place for place, urn in enumerate(facts.index)}
    inside = [
        [at[urn] for urn in sorted(places.schools_of(unit, period)) if urn in at] for unit in units
    ]
    found = []
    for name, variable in context.variables.items():
        listed = _listed(facts, variable, inside)
        shown = _shown(variable, cells, units)
        enough = 2 * np.isfinite(listed).sum() > len(units)
        source = "list" if enough or not np.isfinite(shown).any() else "shown"
        values = tuple(listed if source == "list" else shown)
        found.append((source, Variable(name, values, variable.weight, variable.scale)))
    return found


def _listed(facts: pd.DataFrame, variable: ContextVariable, inside: list[list[int]]) -> list[float]:
    """The published figure of each unit, a school or the schools of an area together."""
    own = facts[variable.name].to_numpy()
    roll = facts["roll"].to_numpy()
    if variable.scale is Scale.LOG:
        return [float(own[schools].sum()) if schools else math.nan for schools in inside]
    if variable.of is None:
        number, out_of = own * roll, roll
    else:
        out_of = roll if variable.of is Part.PUPILS else facts["sen"].to_numpy()
        is_whole = (facts["phase"] == variable.whole_in).to_numpy()
        number = np.minimum(np.where(is_whole, roll, own), out_of)
    return [
        float(own[schools[0]])
        if len(schools) == 1 and variable.of is None
        else _together(number[schools], out_of[schools], roll[schools])
        for schools in inside
    ]


def _together(number: Numbers, out_of: Numbers, roll: Numbers) -> float:
    """The sum of numbers over the sum of what they are out of, where enough pupils are in
    schools that have both. A school without a known number of pupils counts as a usual one."""
    known = np.isfinite(number) & np.isfinite(out_of)
    if not known.any() or not out_of[known].sum():
        return math.nan
    pupils = np.where(np.isfinite(roll), roll, np.nanmean(roll))
    if pupils[known].sum() < COVERED * pupils.sum():
        return math.nan
    return float(number[known].sum() / out_of[known].sum())


def _shown(variable: ContextVariable, cells: pd.DataFrame, units: list[Unit]) -> list[float]:
    """The newest figures that this release shows of it; a hidden one is not known."""
    values: Mapping[str, float] = {}
    asked = variable.served
    if asked is not None and len(cells):
        rows = cells[
            (cells["indicator_id"] == asked.outcome) & (cells["breakdown"] == asked.breakdown)
            & (cells["sen_group"] == asked.group) & (cells["years"] == 1)
            & (cells["unit_kind"] == units[0].kind.value)
        ]  # fmt: skip
        rows = rows[rows["time_period"] == rows["time_period"].max()]
        if asked.figure == "value":
            rows = rows[rows["symbol"].isin(["", "u"])]
        per = 1.0 if asked.figure == "pupils" else 100.0
        values = dict(zip(rows["unit_id"].astype(str), rows[asked.figure] / per, strict=True))
    return [float(values.get(unit.unit_id, math.nan)) for unit in units]


def _years(schools: pd.DataFrame, places: Places, units: list[Unit]) -> str:
    """The school years that the list's figures are of: "2023/24 and 2024/25"."""
    if "context_year" not in schools:
        return ""
    mine = schools
    if units[0].kind is UnitKind.SCHOOL:
        mine = schools[schools["urn"].isin([unit.unit_id for unit in units])]
    years: Iterable[object] = mine["context_year"].dropna()
    found = sorted({str(each) for each in years if each})
    return " and ".join(f"{period[:4]}/{period[4:]}" for period in found)


def _printed(context: Context, facts: pd.DataFrame) -> pd.DataFrame:
    """Schools' published figures in words; ``x`` where there is none or it is of few pupils."""
    rows = []
    for name, variable in context.variables.items():
        if variable.is_printed and facts[name].notna().any():
            for urn, value, roll in zip(facts.index, facts[name], facts["roll"], strict=True):
                rows.append((urn, name, variable.label, _in_words(variable, value, roll)))
    return pd.DataFrame(rows, columns=list(PRINTED))


def _in_words(variable: ContextVariable, value: float, roll: float) -> str:
    if not math.isfinite(value):
        return "x"
    if words := variable.column.get("values"):
        return str(words[int(value)])
    if not variable.is_percent:  # of a neighbourhood, not of the school's pupils
        return f"{100 * value:.0f}%"
    if not math.isfinite(roll) or roll <= MANY:
        return "x"
    part = round(value * roll)
    if 0 < min(part, roll - part) < FEW:
        return "x"
    return f"{100 * value:.0f}%"
