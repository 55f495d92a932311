"""What everyone knows without being told counts as known to the attacker too.

Each test hands the attacker one more piece of such knowledge and what is served, and has a
counterpart in which the program is made to forget it: then he succeeds, or the figures that
would have told him are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sendgap.local.counts import FIGURES, KEYS, ROLL, Counts
from sendgap.local.disclosure import atoms
from sendgap.local.disclosure.audit import audit
from sendgap.local.disclosure.figures import served as cells_of
from sendgap.local.disclosure.grid import lay_out
from sendgap.local.disclosure.model import NotSafeError, Published
from sendgap.local.disclosure.rules import Primary
from sendgap.local.disclosure.state import World
from sendgap.local.measures import LocalMeasures
from sendgap.local.places import Member, Places, School, Unit, UnitKind
from sendgap.terms import SenGroup
from tests.local.tables import CATALOGUE, MEASURES, PERSISTENT, Table
from tests.local.test_attacks import informed, publish

YEAR = "202425"
RECEPTION, PHONICS = "eyfs_gld", "phonics_year1"
STANDARD, STRONG = "ks4_english_maths_94", "ks4_english_maths_95"
ABSENCE, HOME = "overall_absence", "dspl_same_area"
PLAN = "ehc_plan"

#: Pupils and what they add up to, school by school, for each outcome and group.
Numbers = Mapping[str, Mapping[str, Sequence[tuple[float, float]]]]


def counted(numbers: Numbers, areas: Sequence[str], phase: str = "primary") -> Table:
    """A year of schools, each in one DSPL area that is a cluster too."""
    schools = tuple(School(str(100 + n), f"School {n}", phase) for n in range(len(areas)))
    members = tuple(Member(kind, f"{kind}{area}", school.urn)
                    for area, school in zip(areas, schools, strict=True)
                    for kind in (UnitKind.CLUSTER, UnitKind.DSPL))  # fmt: skip
    places = Places(Unit(UnitKind.AUTHORITY, "999", "Authority"), schools, members)
    rows = []
    for name, groups in numbers.items():
        for group, held in groups.items():
            homes = [f"dspl{area}" for area in dict.fromkeys(areas)]
            where = homes if name == HOME else [school.urn for school in schools]
            kind = "home" if name == HOME else "school"
            for place, (whole, part) in zip(where, held, strict=True):
                if whole:
                    rows.append((kind, place, YEAR, group, name, "total", whole, part, whole,
                                 part / whole, part, part, whole))  # fmt: skip
    return Table(Counts(pd.DataFrame(rows, columns=[*KEYS, *FIGURES])), places)


def served(given: Table, measures: LocalMeasures = MEASURES) -> Published:
    return publish(given.counts, given.places, measures, CATALOGUE.indicators, run_id="run")


def without(**changed: object) -> LocalMeasures:
    """The measures, one piece of knowledge taken from all of them."""
    kept = {name: replace(measure, **changed) for name, measure in MEASURES.measures.items()}  # type: ignore[arg-type]
    return replace(MEASURES, measures=kept)


def everyone(numbers: Sequence[float]) -> list[tuple[float, float]]:
    return [(n, n) for n in numbers]


# Pupils of different year groups are not the same pupils ---------------------------------


def infant_schools() -> Table:
    """Four pupils of eight and four: in the first school no one is in another year group."""
    return counted(
        {
            ROLL: {"sen_support": everyone([12, 60, 70, 80]), "no_sen": everyone([90] * 4)},
            RECEPTION: {"sen_support": [(8, 4), (20, 8), (22, 9), (25, 11)],
                        "no_sen": [(30, 15)] * 4},
            PHONICS: {"sen_support": [(4, 2), (20, 8), (22, 9), (25, 11)],
                      "no_sen": [(30, 15)] * 4},
        },
        "AAAA",
    )  # fmt: skip


def most_in_phonics(out: Published, given: Table) -> float:
    attacker = informed(given, out)
    parts = [attacker.number(attacker.pupils(name), "100", YEAR, "sen_support")
             for name in (RECEPTION, PHONICS)]  # fmt: skip
    roll = attacker.number("pupils of roll", "100", YEAR, "sen_support")
    attacker.say({roll: 1.0, parts[0]: -1.0, parts[1]: -1.0}, 0, np.inf)
    return attacker.bounds({parts[1]: 1.0})[1]


def test_year_groups_together_are_no_more_than_the_roll() -> None:
    given = infant_schools()
    assert most_in_phonics(served(given), given) >= 6
    assert most_in_phonics(served(given, without(year_group="")), given) < 6


# Who reached the higher grade reached the lower one --------------------------------------


def grades() -> Table:
    """Two pupils of the first school reached grade 4 and not grade 5."""
    return counted(
        {
            ROLL: {"sen_support": everyone([100] * 4), "no_sen": everyone([300] * 4)},
            STANDARD: {"sen_support": [(30, 12), (30, 20), (30, 19), (30, 18)],
                       "no_sen": [(90, 60)] * 4},
            STRONG: {"sen_support": [(30, 10), (30, 9), (30, 8), (30, 7)],
                     "no_sen": [(90, 40)] * 4},
        },
        "AAAA",
        "secondary",
    )  # fmt: skip


def between_the_grades(out: Published, given: Table) -> tuple[float, float]:
    attacker = informed(given, out)
    four, five = (attacker.number(name, "100", YEAR, "sen_support") for name in (STANDARD, STRONG))
    attacker.say({four: 1.0, five: -1.0}, 0, np.inf)
    return attacker.bounds({four: 1.0, five: -1.0})


def test_pupils_between_two_grades_are_protected() -> None:
    given = grades()
    low, high = between_the_grades(served(given), given)
    assert low == 0 and high >= 6
    assert between_the_grades(served(given, without(part_of="")), given) == (2, 2)


# Who lives and learns in an area is at one of its schools --------------------------------


def areas_of_homes() -> Table:
    """Three of the first area's twenty go to school elsewhere; its schools have seventeen."""
    return counted(
        {
            ROLL: {"ehc_plan": everyone([6, 11, 0, 30, 40, 20]), "no_sen": everyone([90] * 6)},
            HOME: {"ehc_plan": [(20, 17), (87, 80)], "no_sen": [(270, 200), (270, 200)]},
        },
        "AAABBB",
    )


def least_away(out: Published, given: Table) -> float:
    """The least number of the first area's pupils at schools elsewhere."""
    cells = out.cells[(out.cells["unit_id"] == "dsplA") & (out.cells["sen_group"] == "ehc_plan")]
    home = cells[cells["indicator_id"] == HOME].iloc[0]
    attacker = informed(given, Published(out.cells[out.cells["indicator_id"] != HOME], out.audit))
    here = attacker.total("pupils of roll", ["100", "101", "102"], [YEAR], "ehc_plan")
    if np.isnan(home.pupils):
        return 0.0
    most = attacker.bounds(here)[1]
    return max(0.0, home.pupils - most)


def test_who_learns_at_home_is_on_the_roll_of_the_area(monkeypatch: pytest.MonkeyPatch) -> None:
    given = areas_of_homes()
    assert least_away(served(given), given) == 0
    monkeypatch.setattr(atoms, "_tie_homes", lambda *_: None)
    assert least_away(served(given), given) == 3


# Nobody misses nothing ------------------------------------------------------------------


def sessions() -> Table:
    """Eight and no pupils with a plan, and two schools of many."""
    plans = [(8, 400), (0, 0), (200, 10000), (150, 9000)]
    return counted(
        {
            ROLL: {"ehc_plan": everyone([8, 0, 200, 150]), "no_sen": everyone([90] * 4)},
            ABSENCE: {"ehc_plan": plans, "no_sen": [(90, 1500)] * 4},
        },
        "AAAA",
    )


def gate(measures: LocalMeasures) -> None:
    """The first school's sum could be a fifth less if the second's made up for it, and a fifth
    more if the third's did."""
    given = sessions()
    system = lay_out(given.counts, given.places, measures).system()
    primary = Primary(system, {})
    first, second, third = (
        system.atoms.find(f"{ABSENCE}:total", [urn], YEAR, [SenGroup.EHC_PLAN])[0]
        for urn in ("100", "101", "102")
    )
    for number, row in enumerate(system.rows):
        primary.hidden[number] |= 0 < len({first, second, third} & set(row.atoms)) < 3
    cells = cells_of(system, primary.hidden, "run")
    worlds = [World(np.array(pair), np.array([by, -by]))
              for pair, by in (([first, second], -80.0), ([first, third], 80.0))]  # fmt: skip
    audit(system, cells, primary.targets, worlds, np.zeros(len(system.rows), dtype=bool), "run")


def test_a_school_without_pupils_misses_no_sessions() -> None:
    with pytest.raises(NotSafeError):
        gate(MEASURES)
    gate(without(most=0.0))


# A rate above a tenth is somebody's -----------------------------------------------------


def absent() -> Table:
    """Three of twelve missed a tenth or more, and a seventh of all sessions were missed."""
    plans = [(12, 650), (40, 2000), (50, 2400), (60, 3000)]
    given = counted(
        {
            ROLL: {PLAN: everyone([12, 40, 50, 60]), "no_sen": everyone([90] * 4)},
            ABSENCE: {PLAN: plans, "no_sen": [(90, 1500)] * 4},
            PERSISTENT: {PLAN: [(12, 3), (40, 16), (50, 20), (60, 25)], "no_sen": [(90, 15)] * 4},
        },
        "AAAA",
    )
    rows = given.counts.rows
    sessions = rows["indicator_id"] == ABSENCE
    rows.loc[sessions, "denominator"] = rows.loc[sessions, "pupils"] * 380
    rows.loc[sessions, "largest"] = 60
    return given


def surely_somebody(out: Published) -> int:
    """Hidden numbers of pupils absent a tenth or more, beside a rate above a tenth."""
    cells = out.cells[out.cells["unit_kind"] == "school"]
    keys = ["unit_id", "sen_group", "breakdown"]
    rate, number = (cells[cells["indicator_id"] == name] for name in (ABSENCE, PERSISTENT))
    both = number[number["symbol"] == "c"].merge(rate, on=keys, suffixes=("", "_rate"))
    return int((both["value_rate"] > 10).sum())


def test_a_rate_above_a_tenth_does_not_stand_beside_a_few_who_missed_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = absent()
    assert surely_somebody(served(given)) == 0
    monkeypatch.setattr(Primary, "_rate", lambda self, cell: None)
    assert surely_somebody(served(given)) > 0
