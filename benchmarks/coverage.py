"""How often intervals hold the truth: ``python -m benchmarks.coverage``.

Draws cohorts from known truths and prints a table in Markdown: the share of draws in which a
95% interval holds the truth, and half its mean width. Fixed seed. Prints, never judges.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np

from sendgap.statistics.estimate import Estimate
from sendgap.statistics.mover import difference
from sendgap.statistics.proportions import gap_of_proportions, wilson
from sendgap.statistics.rates import dispersion_of_repeats, rate
from sendgap.statistics.ratios import ratio_of_proportions
from sendgap.statistics.smoothing import smoothed_proportions
from sendgap.statistics.trends import trend
from sendgap.terms import Polarity

DRAWS = 40_000
SEN, OTHER = 0.22, 0.70
Z = 1.959963984540054
Row = tuple[str, float, float]
Draw = np.random.Generator


def held(made: Estimate, truth: object) -> tuple[float, float]:
    """The share of intervals that hold the truth, in percent, and half their mean width."""
    inside = (made.lower <= truth) & (truth <= made.upper)
    finite = np.isfinite(made.upper)
    return 100 * float(inside.mean()), float((made.upper - made.lower)[finite].mean()) / 2


def gaps(draw: Draw) -> Iterator[Row]:
    """A gap and its change, by Newcombe and MOVER, beside plain standard errors."""
    for n_sen, n_other in ((8, 60), (20, 100), (60, 400), (600, 3400)):
        made, errors = [], []
        for _ in range(2):
            x_sen, x_other = draw.binomial(n_sen, SEN, DRAWS), draw.binomial(n_other, OTHER, DRAWS)
            made.append(
                gap_of_proportions(
                    sen_numerator=x_sen, sen_denominator=float(n_sen),
                    reference_numerator=x_other, reference_denominator=float(n_other),
                    polarity=Polarity.HIGHER_IS_BETTER, per=100,
                )
            )  # fmt: skip
            p, q = x_sen / n_sen, x_other / n_other
            errors.append(p * (1 - p) / n_sen + q * (1 - q) / n_other)
        who = f"{n_sen} with SEN, {n_other:,} without"
        yield f"gap, {who}", *held(made[0], 100 * (OTHER - SEN))
        change = difference(made[1], made[0])
        yield f"change of the gap, {who}", *held(change, 0.0)
        reach = 100 * Z * np.sqrt(errors[0] + errors[1])
        plain = Estimate(change.value, change.value - reach, change.value + reach)
        yield f"the same by plain standard errors, {who}", *held(plain, 0.0)


def levels(draw: Draw) -> Iterator[Row]:
    """Proportions, rates and ratios."""
    for pupils in (10, 30, 300):
        made = wilson(numerator=draw.binomial(pupils, SEN, DRAWS), denominator=pupils, per=100)
        yield f"level, {pupils} pupils", *held(made, 100 * SEN)
    for expected in (2, 8, 12, 60):
        made = rate(events=draw.poisson(expected, DRAWS), exposure=1000.0)
        yield f"rate, {expected} events expected of 1,000", *held(made, expected / 10)
    made = ratio_of_proportions(
        first_numerator=draw.binomial(60, SEN, DRAWS), first_denominator=60,
        second_numerator=draw.binomial(400, OTHER, DRAWS), second_denominator=400,
    )  # fmt: skip
    yield "ratio, 60 with SEN, 400 without", *held(made, SEN / OTHER)


def repeats(draw: Draw) -> Iterator[Row]:
    """A rate of suspensions where pupils are suspended more than once."""
    times, shares = np.arange(1, 7), np.array([0.5, 0.2, 0.12, 0.08, 0.06, 0.04])
    people = draw.poisson(30 * shares, (DRAWS, 6))
    events, truth = people @ times, 100 * 30 * (shares @ times) / 1000
    plain = rate(events=events, exposure=1000.0)
    yield "suspensions, taken as independent", *held(plain, truth)
    wide = rate(events=events, exposure=1000.0, dispersion=dispersion_of_repeats(people=people))
    yield "suspensions, widened for repeats", *held(wide, truth)


def smoothing(draw: Draw) -> Iterator[Row]:
    """Smoothed proportions of small groups."""
    for groups, low, high in ((8, 3, 25), (40, 3, 25), (150, 30, 200)):
        truth = draw.beta(20, 30, (DRAWS // groups, groups))
        pupils = draw.integers(low, high, truth.shape)
        made = smoothed_proportions(numerator=draw.binomial(pupils, truth), denominator=pupils)
        half = held(made.estimate, truth)
        yield f"smoothed, {groups} groups of {low} to {high - 1}", half[0], 100 * half[1]


def alarms(draw: Draw) -> float:
    """Percent of flat lines called rising or falling."""
    made = trend(years=range(5), values=draw.normal(0, 1, (DRAWS, 5)), standard_errors=1.0)
    return 100 * float((made.direction != "no_clear_trend").mean())


def main() -> int:
    """Print the table."""
    draw = np.random.default_rng(20250901)
    print("| interval at 95% | holds the truth, % | half-width |\n|---|---:|---:|")
    for part in (gaps, levels, repeats, smoothing):
        for name, percent, half in part(draw):
            print(f"| {name} | {percent:.1f} | {half:.2f} |")
    print(f"\nFlat lines of five years called rising or falling: {alarms(draw):.2f}%")
    return 0


if __name__ == "__main__":
    sys.exit(main())
