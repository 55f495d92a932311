"""How long intervals, tests and ranks take: ``python -m benchmarks.statistics``.

Random counts, the best of some runs, in milliseconds. Prints, never judges.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from sendgap.statistics.comparison import position
from sendgap.statistics.funnels import gap_funnel
from sendgap.statistics.mover import difference
from sendgap.statistics.proportions import difference_of_proportions, gap_of_proportions, wilson
from sendgap.statistics.ranks import rank, rank_interval
from sendgap.statistics.rates import rate
from sendgap.statistics.ratios import ratio_of_proportions
from sendgap.statistics.smoothing import smoothed_proportions
from sendgap.statistics.trends import trend
from sendgap.terms import Polarity

ROWS = 100_000
TABLES, AREAS = 100, 153
RUNS = 7
HIGH = Polarity.HIGHER_IS_BETTER


def works() -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    draw = np.random.default_rng(1)
    n1, n2 = draw.integers(1, 1000, ROWS), draw.integers(1, 20_000, ROWS)
    x1, x2 = draw.integers(0, n1 + 1), draw.integers(0, n2 + 1)
    four = dict(
        first_numerator=x1, first_denominator=n1, second_numerator=x2, second_denominator=n2
    )
    sides = dict(sen_numerator=x1, sen_denominator=n1, reference_numerator=x2,
                 reference_denominator=n2, polarity=HIGH)  # fmt: skip
    gaps = gap_of_proportions(**sides)  # type: ignore[arg-type]
    value, error = draw.normal(50, 5, (TABLES, AREAS)), draw.uniform(1, 4, (TABLES, AREAS))
    lines = draw.normal(50, 5, (ROWS, 8))
    table = {name: array[: TABLES * AREAS].reshape(TABLES, AREAS) if name != "polarity" else array
             for name, array in sides.items()}  # fmt: skip
    return {
        f"Wilson, {ROWS:,} rows": lambda: wilson(numerator=x1, denominator=n1),
        f"Newcombe, {ROWS:,} rows": lambda: difference_of_proportions(**four),
        f"change of a gap from intervals held, {ROWS:,} rows": lambda: difference(gaps, gaps),
        f"position, {ROWS:,} rows": lambda: position(gaps, comparator=0.4, polarity=HIGH),
        f"rate, {ROWS:,} rows": lambda: rate(events=x1, exposure=n1),
        f"ratio by score, {ROWS:,} rows": lambda: ratio_of_proportions(**four),
        f"trend of 8 years, {ROWS:,} lines": lambda: trend(
            years=range(8), values=lines, standard_errors=1.0
        ),
        f"rank, {TABLES} tables of {AREAS}": lambda: rank(values=value, polarity=HIGH),
        f"rank interval, {TABLES} tables of {AREAS}": lambda: rank_interval(
            values=value, standard_errors=error, polarity=HIGH
        ),
        f"gap funnel, {TABLES} tables of {AREAS}": lambda: gap_funnel(**table),  # type: ignore[arg-type]
        f"smoothed proportions, {TABLES} tables of {AREAS}": lambda: smoothed_proportions(
            numerator=table["sen_numerator"], denominator=table["sen_denominator"]
        ),
    }


def main() -> int:
    """Print the best time of each."""
    for name, work in works().items():
        best = np.inf
        for _ in range(RUNS):
            begun = time.perf_counter()
            work()
            best = min(best, time.perf_counter() - begun)
        print(f"{1000 * best:9.1f} ms  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
