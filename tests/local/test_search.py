"""How worlds are looked for: in whole pupils, the same each time, and what goes first."""

from __future__ import annotations

import logging
import os

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, sparse

from sendgap.cli_tell import only_our_words
from sendgap.local.counts import FIGURES, KEYS, Counts
from sendgap.local.disclosure import protect
from sendgap.local.disclosure.exchange import _cheapest
from sendgap.local.disclosure.publish import publish
from sendgap.local.places import Member, Places, School, Unit, UnitKind
from tests.local.tables import CATALOGUE, MEASURES, PERSISTENT, table


def least(lines: list[list[float]], at_least: list[float], costs: list[float]) -> np.ndarray | None:
    """The cheapest whole numbers of atoms, each in a place of its own."""
    atoms = len(costs)
    rising = np.array(lines)
    found = _cheapest(
        np.array([*costs, *costs]),
        optimize.LinearConstraint(
            sparse.csc_array(np.hstack([rising, -rising])), at_least, at_least
        ),
        np.zeros(atoms), np.ones(atoms), np.arange(atoms),
    )  # fmt: skip
    return None if found is None else found[:atoms] - found[atoms:]


def test_a_half_pupil_is_never_moved() -> None:
    # Half of each would do at a cost of 1.5; the slack of each line is its own column.
    pairs = [[1, 1, 0, -1, 0, 0], [0, 1, 1, 0, -1, 0], [1, 0, 1, 0, 0, -1]]
    found = least(pairs, [1, 1, 1], [1, 1, 1, 0, 0, 0])
    assert found is not None
    assert np.array_equal(found, np.round(found))
    assert found[:3].sum() == 2


def test_whole_numbers_are_looked_for_elsewhere_where_the_nearest_place_has_none() -> None:
    # One and a half of the first is the cheapest; in whole numbers it takes one of the second.
    assert least([[2, 3]], [3], [1, 10]) is not None
    assert np.array_equal(least([[2, 3]], [3], [1, 10]), [0, 1])
    assert least([[2, 4]], [3], [1, 10]) is None


def test_the_same_counts_are_hidden_the_same_each_time() -> None:
    given = table(3)
    first, second = (
        publish(given.counts, given.places, MEASURES, CATALOGUE.indicators, run_id="once").cells
        for _ in range(2)
    )
    assert (first["symbol"] == "c").any()
    pd.testing.assert_frame_equal(first, second)


def test_sen_support_and_no_sen_outlast_what_they_add_up_to() -> None:
    schools = tuple(School(str(100 + n), f"School {n}", "primary") for n in range(4))
    members = tuple(Member(kind, "one", s.urn) for s in schools
                    for kind in (UnitKind.CLUSTER, UnitKind.DSPL))  # fmt: skip
    places = Places(Unit(UnitKind.AUTHORITY, "999", "Authority"), schools, members)
    groups = (("no_sen", 120, 30), ("sen_support", 30, 12), ("ehc_plan", 8, 3))
    rows = [("school", s.urn, "202425", group, PERSISTENT, "total", n, x, n, 1, x, x, n)
            for s in schools for group, n, x in groups]  # fmt: skip
    counts = Counts(pd.DataFrame(rows, columns=[*KEYS, *FIGURES]))
    cells = publish(counts, places, MEASURES, CATALOGUE.indicators, run_id="x").cells
    mine = cells[(cells["unit_kind"] == "school") & (cells["breakdown"] == "total")]
    hidden = mine.assign(hidden=mine["symbol"] == "c").groupby("sen_group")["hidden"].mean()
    assert hidden["ehc_plan"] == hidden["any_sen"] == 1.0
    assert hidden["sen_support"] == hidden["no_sen"] == 0.0


def test_what_a_library_prints_is_no_answer_of_a_command(capfd: pytest.CaptureFixture[str]) -> None:
    with only_our_words():
        os.write(1, b"a solver's own words\n")
    os.write(1, b"ours\n")
    assert capfd.readouterr().out == "ours\n"


def test_a_load_says_how_far_it_has_come(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(protect, "SAY_AFTER", 10)
    given = table(3)
    with caplog.at_level(logging.INFO, "sendgap.local"):
        publish(given.counts, given.places, MEASURES, CATALOGUE.indicators, run_id="x")
    said = [record.getMessage() for record in caplog.records]
    assert said[0].startswith("10 of ") and said[0].endswith(" numbers are protected")
