"""Rules that do not depend on a search: levels, schools, rounding, what is out already."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from sendgap.local.compare import Kind, beside_the_rest, gaps
from sendgap.local.counts import FIGURES, KEYS, ROLL, Counts
from sendgap.local.disclosure.model import Known, Published, Rule
from sendgap.local.places import Member, Places, School, Unit, UnitKind
from sendgap.terms import Polarity, SenGroup, ValueType
from tests.local.tables import RESULT, SUSPENDED, Table
from tests.local.test_attacks import served
from tests.local.test_served import school_counts

GLD = "eyfs_gld"
YEARS = ["202223", "202324", "202425"]


def roomy(years: list[str]) -> Table:
    """Eight schools in two clusters and two DSPL areas; a pair, and a phase of one."""
    schools = tuple(
        School(str(100 + n), f"School {n}", "special" if n == 7 else "primary") for n in range(8)
    )
    members = [Member(kind, f"{letter}{n // 4}", school.urn) for n, school in enumerate(schools)
               for kind, letter in ((UnitKind.CLUSTER, "C"), (UnitKind.DSPL, "D"))]  # fmt: skip
    members += [Member(UnitKind.CLUSTER, "pair", school.urn) for school in schools[:2]]
    places = Places(Unit(UnitKind.AUTHORITY, "999", "Authority"), schools, tuple(members))
    rows = []
    for period in years:
        for n, school in enumerate(schools):
            for group, whole in (("no_sen", 200), ("sen_support", 60 + n), ("ehc_plan", 40 + n)):
                for name, pupils, part in (
                    (ROLL, whole, whole), (SUSPENDED, whole, whole // 4),
                    (RESULT, whole // 2, whole // 4), (GLD, whole // 2, whole // 5),
                ):  # fmt: skip
                    rows.append(("school", school.urn, period, group, name, "total", pupils, part,
                                 pupils, 1, part, part, pupils))  # fmt: skip
    return Table(Counts(pd.DataFrame(rows, columns=[*KEYS, *FIGURES])), places)


@pytest.fixture(scope="module")
def given() -> Table:
    return roomy(YEARS)


@pytest.fixture(scope="module")
def published(given: Table) -> Published:
    return served(given)


def pick(published: Published, **asked: object) -> pd.DataFrame:
    cells = published.cells
    return cells[(cells[list(asked)] == pd.Series(asked)).all(axis=1)]


def test_large_numbers_are_shown_by_counts(published: Published) -> None:
    rows = pick(published, unit_id="D0", indicator_id=SUSPENDED, sen_group="sen_support")
    row = rows[(rows["breakdown"] == "total") & (rows["time_period"] == "202425")].iloc[0]
    assert (row.pupils, row.numerator, row.schools) == (246, 60, 4)
    assert row.value == round(100 * 60 / 246, 1)
    assert row.lower < row.value < row.upper and row.symbol == ""


def test_under_a_hundred_pupils_percentages_are_whole(published: Published) -> None:
    cells = published.cells[published.cells["value"].notna() & (published.cells["pupils"] < 100)]
    assert len(cells) and (cells["value"] % 1 == 0).all()


def test_good_level_of_development_with_a_plan_is_the_authoritys_alone(
    published: Published,
) -> None:
    rows = pick(published, indicator_id=GLD, sen_group="ehc_plan")
    below = rows[rows["unit_kind"] != "authority"]
    assert set(below["rule"]) == {str(Rule.LEVEL)} and below["value"].isna().all()
    assert rows.loc[rows["unit_kind"] == "authority", "value"].notna().all()


def test_attainment_with_a_plan_is_three_years_together_below_the_authority(
    published: Published,
) -> None:
    rows = pick(published, indicator_id=RESULT, sen_group="ehc_plan")
    assert set(rows.loc[rows["unit_kind"] == "dspl", "years"]) == {3}
    assert set(rows.loc[rows["unit_kind"] == "authority", "years"]) == {1, 3}
    row = rows[(rows["unit_kind"] == "dspl") & (rows["unit_id"] == "D0")].iloc[0]
    assert row.pupils == 3 * sum((40 + n) // 2 for n in range(4))
    assert row.numerator == 3 * sum((40 + n) // 4 for n in range(4))


def test_a_cluster_of_two_schools_and_a_phase_of_one_are_not_shown(published: Published) -> None:
    pair = pick(published, unit_id="pair")
    assert set(pair["rule"]) == {str(Rule.FEW_SCHOOLS), str(Rule.LEVEL)}
    assert pair["value"].isna().all() and pair["pupils"].isna().all()
    special = pick(published, breakdown="phase:special")
    assert set(special["rule"]) == {str(Rule.FEW_SCHOOLS)} and special["value"].isna().all()


def test_a_gap_is_that_of_the_printed_figures(published: Published) -> None:
    rows = gaps(pick(published, indicator_id=RESULT), Kind(ValueType.PROPORTION,
                                                            Polarity.HIGHER_IS_BETTER))  # fmt: skip
    shown = rows[rows["gap"].notna()]
    assert len(shown) > 5
    assert (shown["gap"] - (shown["reference_value"] - shown["value"])).abs().max() < 0.01
    assert (shown["gap_lower"] <= shown["gap"]).all() and (shown["gap_upper"] >= shown["gap"]).all()
    worse_up = Kind(ValueType.PROPORTION, Polarity.LOWER_IS_BETTER)
    turned = gaps(pick(published, indicator_id=SUSPENDED), worse_up, SenGroup.ALL_PUPILS)
    away = turned["value"] - turned["reference_value"]
    assert away.notna().any() and away.isna().equals(turned["gap"].isna())
    assert (away - turned["gap"]).abs().max() < 0.01


def test_the_rest_is_the_authority_less_the_part(published: Published) -> None:
    kind = Kind(ValueType.PROPORTION, Polarity.LOWER_IS_BETTER)
    rows = beside_the_rest(pick(published, indicator_id=SUSPENDED, breakdown="total"), kind)
    one, other = (
        rows[(rows["unit_id"] == name) & (rows["sen_group"] == "sen_support")
             & (rows["time_period"] == "202425")].iloc[0]
        for name in ("D0", "D1")
    )  # fmt: skip
    assert one.rest_value == other.value and other.rest_value == one.value
    assert one.position == "similar"


@pytest.mark.parametrize(
    ("lower", "upper", "pupils", "word"),
    [
        (8.0, 9.9, 40, "better"),
        (10.1, 12.0, 40, "worse"),
        (8.0, 10.0, 40, "similar"),
        (10.0, 12.0, 40, "similar"),
        (10.1, 12.0, 29, "not tested"),
        (float("nan"), float("nan"), 40, "not tested"),
    ],
)
def test_a_mean_is_better_or_worse_where_its_whole_interval_is(
    lower: float, upper: float, pupils: int, word: str
) -> None:
    keys = {"indicator_id": "absence", "breakdown": "total", "sen_group": "sen_support",
            "time_period": "202425", "years": 1}  # fmt: skip
    cells = pd.DataFrame(
        [
            {**keys, "unit_kind": "school", "pupils": pupils, "value": 11.0, "lower": lower,
             "upper": upper},
            {**keys, "unit_kind": "authority", "pupils": 900, "value": 10.0, "lower": 9.5,
             "upper": 10.5},
        ]
    ).assign(numerator=float("nan"))  # fmt: skip
    absence = Kind(ValueType.SESSION_RATE, Polarity.LOWER_IS_BETTER)
    assert beside_the_rest(cells, absence)["position"].tolist() == [word]
    turned = Kind(ValueType.SCORE, Polarity.HIGHER_IS_BETTER)
    other = {"better": "worse", "worse": "better"}.get(word, word)
    assert beside_the_rest(cells, turned)["position"].tolist() == [other]
    rate = Kind(ValueType.EVENT_RATE, Polarity.LOWER_IS_BETTER)
    assert beside_the_rest(cells, rate)["position"].tolist() == ["not tested"]


@pytest.mark.parametrize(
    ("pupils", "years", "is_tested"),
    [(29, 1, False), (30, 1, True), (10, 3, False), (11, 3, True), (6, 1, False)],
)
def test_few_pupils_are_never_called_better_or_worse(
    pupils: int, years: int, is_tested: bool
) -> None:
    """Thirty in one year, eleven in three together: METHODS 1.15."""
    keys = {"indicator_id": "reached", "breakdown": "total", "sen_group": "sen_support",
            "time_period": "202425", "years": years, "lower": 0.0, "upper": 0.0}  # fmt: skip
    cells = pd.DataFrame(
        [
            {**keys, "unit_kind": "school", "pupils": pupils, "numerator": 0, "value": 0.0},
            {**keys, "unit_kind": "authority", "pupils": 900, "numerator": 600, "value": 66.7},
        ]
    )
    kind = Kind(ValueType.PROPORTION, Polarity.HIGHER_IS_BETTER)
    word = beside_the_rest(cells, kind)["position"].item()
    assert word == ("worse" if is_tested else "not tested")


def _years(authority: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """A part's three years together, and the authority's single years (number, of)."""
    keys = {"indicator_id": "result", "breakdown": "total", "sen_group": "ehc_plan"}
    own = {"unit_kind": "dspl", "unit_id": "D1", "time_period": "202425", "years": 3}
    part = {**keys, **own, "pupils": 20.0, "numerator": 8.0, "value": 40.0, "lower": 20.0}
    whole = [
        {**keys, "unit_kind": "authority", "unit_id": "A", "time_period": period, "years": 1,
         "pupils": of, "numerator": number, "value": 100 * number / of, "lower": 0.0}
        for period, (number, of) in authority.items()
    ]  # fmt: skip
    return pd.DataFrame([part, *whole])


def test_years_together_stand_beside_the_authority_s_same_years_added_up() -> None:
    kind = Kind(ValueType.PROPORTION, Polarity.HIGHER_IS_BETTER)
    years = {"202122": (90.0, 100.0), "202223": (10.0, 100.0), "202324": (10.0, 120.0),
             "202425": (12.0, 100.0)}  # fmt: skip
    (row,) = beside_the_rest(_years(years), kind).itertuples()
    assert (row.authority_pupils, row.authority_numerator) == (320, 32)
    assert row.rest_value == round(100 * 24 / 300, 1) and row.position == "better"
    nobody = {**years, "202324": (float("nan"), 120.0)}
    for missing in (nobody, {p: n for p, n in years.items() if p != "202223"}):
        (row,) = beside_the_rest(_years(missing), kind).itertuples()
        assert pd.isna(row.authority_value) and row.position == "not tested"


def test_what_is_out_already_is_not_protected_and_counts_as_known() -> None:
    """Another publication prints the first school's three: then its neighbour may be told."""
    given = school_counts([3, 0, 14, 9, 21])
    three = Known("school", "100", "ehcp_prevalence", "total", "ehc_plan", "202425", 1,
                  "numerator", 3, 3)  # fmt: skip
    out = served(given, known=[three])
    rows = pick(out, unit_kind="school", indicator_id="ehcp_prevalence")
    assert rows["symbol"].tolist()[1:] == ["", "", "", ""]


def test_a_unit_is_called_by_its_name_or_its_id(given: Table) -> None:
    named = dataclasses.replace(given.places, names=((UnitKind.DSPL, "D0", "North"),))
    assert [u.name for u in named.units([UnitKind.DSPL])] == ["D1", "North"]


def test_membership_follows_the_school_year() -> None:
    member = Member(UnitKind.CLUSTER, "C", "1", first="202324", last="202425")
    assert [member.in_period(year) for year in ("202223", "202324", "202425", "202526")] == [
        False, True, True, False,
    ]  # fmt: skip
