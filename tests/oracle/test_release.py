"""Every figure of the release, worked out a second time by code that shares nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sendgap.config import paths
from sendgap.store import Release
from tests.oracle import compare
from tests.oracle.recompute import Result

#: Tables of computed figures and the cells there must at least be, lest a table that has
#: come out empty on both sides pass for right.
TABLES = {
    "observation": (compare.observations, 1_000_000),
    "choice": (compare.choices, 1_000),
    "latest": (compare.latest, 100),
    "gap": (compare.gaps, 1_000_000),
    "distribution": (compare.distributions, 10_000),
    "benchmark": (compare.benchmarks, 5_000_000),
}

Step = Callable[[Result, compare.Tables], compare.Comparison]


@pytest.fixture(scope="module")
def result() -> Result:
    place = paths()
    return compare.recomputed(place.catalogue, place.reference, place.published)


@pytest.fixture(scope="module")
def tables(release: Release) -> compare.Tables:
    return compare.Tables(release.path)


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_a_table_is_what_the_rules_make_of_the_published_figures(
    name: str, result: Result, tables: compare.Tables
) -> None:
    step, least = TABLES[name]
    done = step(result, tables)
    assert not done.wrong, f"{len(done.wrong)} of {done.cells}: {done.wrong[:10]}"
    assert done.cells >= least


def test_the_profile_is_the_latest_rows_of_the_benchmark(release: Release) -> None:
    with release._connection.cursor() as cursor:
        different = cursor.execute(
            "select count(*) from ((from profile except all from benchmark where is_latest) "
            "union all (from benchmark where is_latest except all from profile))"
        ).fetchall()
        held = cursor.execute("select count(*) from profile").fetchall()
    assert different == [(0,)]
    assert held[0][0] > 0


def test_no_source_has_figures_of_an_area_and_of_its_successor_in_one_period(
    result: Result,
) -> None:
    """Both may be open in the year of a change; a rank would count the children twice."""
    merged = {
        "E06000028": "E06000058", "E06000029": "E06000058", "E10000009": "E06000059",
        "E10000021": "E06000061", "E10000006": "E06000063",
    }  # fmt: skip
    twice = [
        (key, old)
        for key, table in result.observations.items()
        for old, new in merged.items()
        if old in table and new in table
        and table[old].value is not None and table[new].value is not None
    ]  # fmt: skip
    assert not twice, twice[:5]
