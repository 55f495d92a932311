"""Counting pupil rows, checked by counting them again another way."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sendgap.errors import RefusedError
from sendgap.local.aggregate import count_pupils
from sendgap.local.counts import ROLL, Counts
from sendgap.local.places import Member, Places, School, Unit, UnitKind
from tests.local.tables import MEASURES, RESULT

SCORE = "ks4_attainment8"
CODES = {"N": "no_sen", "K": "sen_support", "E": "ehc_plan", "S": "ehc_plan",
         "A": "sen_support", "P": "sen_support"}  # fmt: skip


@pytest.fixture(scope="module")
def places() -> Places:
    schools = tuple(School(str(n), f"School {n}", "primary") for n in range(6))
    members = (
        *(Member(UnitKind.DSPL, "D1", str(n)) for n in range(3)),
        *(Member(UnitKind.DSPL, "D2", str(n)) for n in range(4, 6)),
        Member(UnitKind.DSPL, "D1", "3", last="202324"),
        Member(UnitKind.DSPL, "D2", "3", first="202425"),
    )
    return Places(Unit(UnitKind.AUTHORITY, "999", "Authority"), schools, members)


@pytest.fixture(scope="module")
def pupils() -> pd.DataFrame:
    draw = np.random.default_rng(4)
    count = 3000
    possible = draw.integers(0, 390, count)
    return pd.DataFrame({
        "urn": draw.integers(0, 6, count).astype(str),
        "time_period": draw.choice(["202324", "202425"], count),
        "sen": draw.choice(list(CODES), count),
        "primary_need": draw.choice(["asd", "semh", None], count),
        "home_dspl": draw.choice(["D1", "D2", "elsewhere", None], count),
        "possible_sessions": possible,
        "missed_sessions": (possible * draw.choice([0.05, 0.1, 0.3, 0.5, 0.7], count)).astype(int),
        "suspensions": draw.poisson(0.2, count),
        "permanently_excluded": draw.choice([0, 1], count, p=[0.98, 0.02]),
        RESULT: draw.choice([0.0, 1.0, np.nan], count),
        SCORE: draw.choice([12.5, 40.0, np.nan], count),
    })  # fmt: skip


@pytest.fixture(scope="module")
def counts(pupils: pd.DataFrame, places: Places) -> Counts:
    return count_pupils(pupils, MEASURES, places)


def again(pupils: pd.DataFrame, numerator: pd.Series, whole: pd.Series) -> pd.DataFrame:
    """Sums by school, year and group, by pandas."""
    frame = pd.DataFrame({
        "place": pupils["urn"], "time_period": pupils["time_period"],
        "sen_group": pupils["sen"].map(CODES), "numerator": numerator, "pupils": whole,
    })[whole.astype(bool)]  # fmt: skip
    keys = ["place", "time_period", "sen_group"]
    return frame.groupby(keys)[["pupils", "numerator"]].sum().astype(float)


def held(counts: Counts, indicator: str) -> pd.DataFrame:
    rows = counts.rows[counts.rows["indicator_id"] == indicator]
    return rows.set_index(["place", "time_period", "sen_group"])[["pupils", "numerator"]]


def test_each_measure_is_what_pandas_counts(pupils: pd.DataFrame, counts: Counts) -> None:
    missed, possible = pupils["missed_sessions"], pupils["possible_sessions"]
    everyone = pd.Series(1, index=pupils.index)
    sessions = (possible > 0).astype(int)
    expected = {
        ROLL: (everyone, everyone),
        "overall_absence": (missed, sessions),
        "persistent_absence": ((missed * 10 >= possible).astype(int), sessions),
        "severe_absence": ((missed * 2 >= possible).astype(int), sessions),
        "pupils_suspended": ((pupils["suspensions"] > 0).astype(int), everyone),
        "suspension_rate": (pupils["suspensions"], everyone),
        "permanent_exclusion_rate": (pupils["permanently_excluded"], everyone),
        RESULT: (pupils[RESULT].fillna(0), pupils[RESULT].notna().astype(int)),
        SCORE: (pupils[SCORE].fillna(0), pupils[SCORE].notna().astype(int)),
    }
    for name, (numerator, whole) in expected.items():
        pd.testing.assert_frame_equal(
            held(counts, name).sort_index(), again(pupils, numerator, whole).sort_index(),
            check_names=False, obj=name,
        )  # fmt: skip


def test_a_tenth_of_sessions_is_persistent_to_the_session(places: Places) -> None:
    rows = pd.DataFrame({
        "urn": "0", "time_period": "202425", "sen": "N",
        "possible_sessions": [30, 30, 70, 380], "missed_sessions": [3, 2, 7, 37],
    })  # fmt: skip
    found = held(count_pupils(rows, MEASURES, places), "persistent_absence")
    assert found["numerator"].tolist() == [2] and found["pupils"].tolist() == [4]


def test_squares_and_products_are_those_of_pupils(pupils: pd.DataFrame, counts: Counts) -> None:
    rows = counts.rows[counts.rows["indicator_id"] == "overall_absence"]
    taken = pupils[pupils["possible_sessions"] > 0]
    missed, possible = taken["missed_sessions"], taken["possible_sessions"]
    assert rows["numerator_squares"].sum() == (missed**2).sum()
    assert rows["products"].sum() == (missed * possible).sum()
    assert rows["denominator_squares"].sum() == (possible**2).sum()
    assert rows["denominator"].sum() == possible.sum()
    assert rows["largest"].max() == missed.max()


def test_home_area_follows_the_dated_membership(
    pupils: pd.DataFrame, counts: Counts, places: Places
) -> None:
    """School 3 moves from D1 to D2 with the second year."""
    area = {"0": "D1", "1": "D1", "2": "D1", "4": "D2", "5": "D2"}
    at = [area.get(urn, "D1" if period == "202324" else "D2")
          for urn, period in zip(pupils["urn"], pupils["time_period"], strict=True)]  # fmt: skip
    here = pupils.assign(at=at)
    here = here[here["home_dspl"].isin(["D1", "D2"])]
    expected = here.assign(same=here["at"] == here["home_dspl"]).groupby(
        ["home_dspl", "time_period"]
    )["same"].agg(["size", "sum"])  # fmt: skip
    rows = counts.rows[counts.rows["place_kind"] == "home"]
    found = rows.groupby(["place", "time_period"])[["pupils", "numerator"]].sum()
    assert found.to_numpy().tolist() == expected.to_numpy().tolist()


def test_needs_add_up_to_pupils_with_sen(counts: Counts, pupils: pd.DataFrame) -> None:
    rows = counts.rows[counts.rows["breakdown"].str.startswith("need:")]
    assert set(rows["sen_group"]) == {"sen_support", "ehc_plan"}
    assert rows["numerator"].sum() == (pupils["sen"] != "N").sum()
    assert "need:unknown" in set(rows["breakdown"])


@pytest.mark.parametrize("form", ["arrow", "relation"])
def test_every_form_of_rows_is_counted_alike(
    form: str, pupils: pd.DataFrame, counts: Counts, places: Places
) -> None:
    given = pa.Table.from_pandas(pupils) if form == "arrow" else duckdb.from_df(pupils)
    pd.testing.assert_frame_equal(count_pupils(given, MEASURES, places).rows, counts.rows)


def test_columns_that_are_not_returned_are_not_counted(
    pupils: pd.DataFrame, places: Places
) -> None:
    few = count_pupils(pupils[["urn", "time_period", "sen"]], MEASURES, places)
    assert set(few.rows["indicator_id"]) == {ROLL}


def test_an_unknown_code_and_a_missing_column_are_refused(
    pupils: pd.DataFrame, places: Places
) -> None:
    with pytest.raises(RefusedError, match="codes X"):
        count_pupils(pupils.assign(sen="X"), MEASURES, places)
    with pytest.raises(RefusedError, match="no column sen"):
        count_pupils(pupils.drop(columns="sen"), MEASURES, places)


def test_pupils_that_do_not_fit_in_memory_are_never_put_on_disk(
    pupils: pd.DataFrame, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB puts what does not fit into a folder here, unless it is told that there is none."""
    connect, ask = duckdb.connect, "select current_setting('temp_directory')"
    assert connect(":memory:").execute(ask).fetchall() == [(".tmp",)]
    opened = []

    def watched(*given: object, **more: object) -> duckdb.DuckDBPyConnection:
        opened.append(connect(*given, **more))  # type: ignore[arg-type]
        folders.extend(opened[-1].execute(ask).fetchall())
        return opened[-1]

    folders: list[object] = []
    monkeypatch.setattr(duckdb, "connect", watched)
    count_pupils(pupils, MEASURES, places)
    assert folders == [("",)]
