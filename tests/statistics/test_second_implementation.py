"""The closed formulas in numpy against the same in SQL, row by row."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sendgap.statistics.estimate import Estimate
from sendgap.statistics.mover import difference
from sendgap.statistics.proportions import difference_of_proportions, gap_of_proportions, wilson
from sendgap.statistics.rates import byar
from sendgap.terms import Polarity
from tests.statistics import second

ROWS = [20_000, pytest.param(1_000_000, marks=pytest.mark.long)]
Counts = dict[str, np.ndarray]


def random_counts(rows: int) -> Counts:
    """Counts of four groups: few and many pupils, none, all, weighted ones and missing ones."""
    draw = np.random.default_rng(20250101)
    made: Counts = {}
    for group in (1, 2, 3, 4):
        whole = np.ceil(10 ** draw.uniform(0, 5, rows))
        part = np.floor(whole * draw.uniform(0, 1, rows))
        part = np.where(draw.random(rows) < 0.1, whole * draw.random(rows), part)
        part = np.select([draw.random(rows) < 0.1, draw.random(rows) < 0.1], [0.0, whole], part)
        part[draw.random(rows) < 0.02] = np.nan
        whole[draw.random(rows) < 0.02] = np.nan
        made |= {f"x{group}": part, f"n{group}": whole}
    return made


def _wilson(of: Counts) -> Estimate:
    return wilson(numerator=of["x1"], denominator=of["n1"])


def _newcombe(of: Counts) -> Estimate:
    return difference_of_proportions(
        first_numerator=of["x1"], first_denominator=of["n1"],
        second_numerator=of["x2"], second_denominator=of["n2"],
    )  # fmt: skip


def _change(of: Counts) -> Estimate:
    now, before = (
        gap_of_proportions(
            sen_numerator=of[f"x{sen}"], sen_denominator=of[f"n{sen}"],
            reference_numerator=of[f"x{other}"], reference_denominator=of[f"n{other}"],
            polarity=Polarity.HIGHER_IS_BETTER,
        )
        for other, sen in ((1, 2), (3, 4))
    )  # fmt: skip
    return difference(now, before)


def _byar(of: Counts) -> Estimate:
    return byar(events=np.minimum(of["x1"], 3000.0))


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize(
    ("query", "function", "columns"),
    [
        pytest.param(second.WILSON, _wilson, ("x1", "n1"), id="Wilson"),
        pytest.param(second.NEWCOMBE, _newcombe, ("x1", "n1", "x2", "n2"), id="Newcombe"),
        pytest.param(second.BYAR, _byar, ("x1",), id="Byar"),
        pytest.param(
            second.CHANGE, _change, tuple(f"{k}{n}" for n in (1, 2, 3, 4) for k in "xn"),
            id="change of a gap",
        ),
    ],
)  # fmt: skip
def test_numpy_equals_sql(
    query: str, function: Callable[[Counts], Estimate], columns: tuple[str, ...], rows: int
) -> None:
    counts = {name: array for name, array in random_counts(rows).items() if name in columns}
    if query == second.BYAR:
        counts["x1"] = np.minimum(counts["x1"], 3000.0)
    here, there = function(counts), second.answers(query, counts)
    for name in ("value", "lower", "upper"):
        one, other = getattr(here, name), there[name]
        assert np.array_equal(np.isnan(one), np.isnan(other)), f"{name}: missing elsewhere"
        apart = np.nanmax(np.abs(one - other) / np.maximum(1.0, np.abs(other)))
        assert apart <= 1e-12, f"{name}: {apart}"
