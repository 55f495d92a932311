"""Comparisons: with a comparator, with the year before, and who moved."""

from __future__ import annotations

from math import nan

from sendgap.statistics import comparison, movement, pooling, trends
from sendgap.statistics.errors import (
    ComparatorError,
    NoDirectionError,
    ShapeError,
    StandardErrorError,
    YearOrderError,
)
from sendgap.statistics.estimate import Estimate, standard_error
from sendgap.terms import Polarity
from tests.statistics.specification import Edge, Example, Method, Part

HIGH, LOW, NONE = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER, Polarity.NONE
HAND = "worked by hand"
THREE = Estimate([50.0, 50.0, 50.0], [45.0, 45.0, 45.0], [55.0, 55.0, 55.0])

POSITION = Method(
    "Position against a comparator",
    "Does the area do better or worse than England, or is it near enough to be chance?",
    comparison.position,
    r"L > C:\ \text{higher};\quad U < C:\ \text{lower};\quad\text{otherwise similar}",
    ("Fingertips, comparison by confidence interval overlapping the reference value "
     "(BenchmarkComparisonEngine)",),
    (
        Example("50 (45 to 55) against 40, 48 and 56, higher is better",
                {"estimate": THREE, "comparator": [40, 48, 56], "polarity": HIGH},
                {"answer": ["better", "similar", "worse"]}, 0, HAND),
        Example("the same, lower is better",
                {"estimate": THREE, "comparator": [40, 48, 56], "polarity": LOW},
                {"answer": ["worse", "similar", "better"]}, 0, HAND),
        Example("the same, no direction",
                {"estimate": THREE, "comparator": [40, 48, 56], "polarity": NONE},
                {"answer": ["higher", "similar", "lower"]}, 0, HAND),
    ),
    (
        Edge("touching is similar",
             {"estimate": THREE, "comparator": [45, 55, 50], "polarity": HIGH},
             {"answer": ["similar", "similar", "similar"]}),
        Edge("without a comparator or without either limit: not tested",
             {"estimate": Estimate([50.0] * 3, [45.0, nan, 45.0], [55.0, 55.0, nan]),
              "comparator": [nan, 40, 40], "polarity": HIGH},
             {"answer": ["not_tested", "not_tested", "not_tested"]}),
    ),
    ("The comparator is taken as fixed. Numbers are compared as computed, not as printed.",
     "Of 150 authorities that are all alike, seven or eight fall outside a 95% interval."),
)  # fmt: skip

POSITION_OF_GAP = Method(
    "Position of a gap",
    "Is the gap here narrower or wider than the comparator's?",
    comparison.position_of_gap,
    r"U < C:\ \text{better};\quad L > C:\ \text{worse};\quad\text{otherwise similar}",
    ("as above",),
    (Example("a gap of 50 (45 to 55) against 40, 48 and 56",
             {"estimate": THREE, "comparator": [40, 48, 56]},
             {"answer": ["worse", "similar", "better"]}, 0, HAND),),
)  # fmt: skip

MOVEMENT = Method(
    "Whether a gap narrowed",
    "The gap is smaller than last year. Is it more than chance?",
    comparison.movement,
    r"U < 0:\ \text{narrowed};\quad L > 0:\ \text{widened};\quad\text{otherwise no clear change}",
    ("MOVER, as above",),
    (Example("changes of -6 (-9 to -3), 6 (3 to 9) and 0.2 (-4.9 to 5.4)",
             {"change": Estimate([-6.0, 6.0, 0.2], [-9.0, 3.0, -4.9], [-3.0, 9.0, 5.4])},
             {"answer": ["narrowed", "widened", "no_clear_change"]}, 0, HAND),),
    (
        Edge("a limit at 0 or just beyond leaves no change possible",
             {"change": Estimate([-3.0, 3.0, -3.0], [-6.0, 0.0, -6.0], [0.0, 6.0, 0.5])},
             {"answer": ["no_clear_change"] * 3}),
        Edge("without either limit: not tested",
             {"change": Estimate([-6.0, 6.0], [nan, 3.0], [-3.0, nan])},
             {"answer": ["not_tested", "not_tested"]}),
    ),
    ("With 60 pupils with SEN and 400 without, a change of less than about 16 points in one year "
     "cannot be told from chance.",),
)  # fmt: skip

MATCH = Method(
    "Pupils to match",
    "How many more pupils would have reached it, had the area matched the comparator?",
    comparison.pupils_to_match,
    r"k = \max\left(0, \lceil nC - x \rceil\right)\ \text{where higher is better},\quad "
    r"\max\left(0, \lceil x - nC \rceil\right)\ \text{where lower is better}",
    (),
    (
        Example("132 of 600 to reach 25%",
                {"numerator": 132, "denominator": 600, "comparator": 25, "polarity": HIGH,
                 "per": 100}, {"answer": 18.0}, 0, HAND),
        Example("7 of 100 to reach 7%: matched, though 100 times 0.07 comes out a little more",
                {"numerator": 7, "denominator": 100, "comparator": 0.07, "polarity": HIGH},
                {"answer": 0.0}, 0, HAND),
        Example("30 of 200 persistently absent, to come down to 10.2%",
                {"numerator": 30, "denominator": 200, "comparator": 10.2, "polarity": LOW,
                 "per": 100}, {"answer": 10.0}, 0, HAND),
    ),
    (
        Edge("matched already is 0", {"numerator": 50, "denominator": 60, "comparator": 0.5,
                                      "polarity": HIGH}, {"answer": 0.0}),
        Edge("all and none can be matched too",
             {"numerator": [7, 7], "denominator": 9, "comparator": [100, 0], "polarity": HIGH,
              "per": 100}, {"answer": [2.0, 0.0]}),
        Edge("a percentage for a share is refused",
             {"numerator": [5], "denominator": [10], "comparator": [25], "polarity": HIGH},
             refuses=ComparatorError, row=(0,)),
        Edge("without direction there is nothing to match",
             {"numerator": 5, "denominator": 10, "comparator": 0.5, "polarity": NONE},
             refuses=NoDirectionError),
    ),
)  # fmt: skip


def fingertips(
    values: list[float], lower: list[float], upper: list[float], first: int = 2020
) -> dict[str, object]:
    """Five years of a Fingertips indicator, oldest first."""
    published = Estimate(values, lower, upper)
    years = list(range(first, first + 5))
    return {"years": years, "values": values, "standard_errors": standard_error(published)}


TREND = Method(
    "Recent trend",
    "Do the last five comparable points rise or fall by more than chance?",
    trends.trend,
    r"b = \frac{\sum w(t - \bar t)y}{\sum w(t - \bar t)^2},\ w = 1/s^2;\quad "
    r"b^2\textstyle\sum w(t - \bar t)^2 > \chi^2_{1,\,0.998} = 9.5495\ "
    r"\text{and }b\text{ keeps its sign without any one point}",
    ("Fingertips, recent trends (TrendMarkerCalculator), on real years instead of 1 to 5",),
    (
        Example("Sight loss from diabetic eye disease, England 2020 to 2024",
                fingertips([2.935, 1.93028, 2.7567, 2.8701, 3.0121],
                           [2.7841, 1.8085, 2.6113, 2.7225, 2.8616],
                           [3.0919, 2.058, 2.9082, 3.0237, 3.1683]),
                {"direction": "rising"}, 0,
                "Fingertips indicator 41203, as in FingertipsNext's tests"),
        Example("MMR at two, Yorkshire and the Humber 2020 to 2024",
                fingertips([92.6254, 92.3221, 90.8708, 90.017, 90.1013],
                           [92.4168, 92.1072, 90.6358, 89.7694, 89.8578],
                           [92.8288, 92.5315, 91.1004, 90.2594, 90.3396]),
                {"direction": "falling"}, 0,
                "Fingertips indicator 30309, as in FingertipsNext's tests"),
        Example("Under 75 mortality from cancer, England 2019 to 2023",
                fingertips([126.9341, 125.829, 121.5234, 122.3782, 120.7742],
                           [125.9343, 124.8371, 120.5533, 121.4012, 119.8035],
                           [127.94, 126.8268, 122.4993, 123.361, 121.7507], 2019),
                {"direction": "falling"}, 0,
                "Fingertips indicator 40501, as in FingertipsNext's tests"),
        Example("one up a year with two years missing: the slope is 1 a year",
                {"years": [2017, 2018, 2019, 2022, 2023], "values": [40, 41, 42, 45, 46],
                 "standard_errors": 0.5},
                {"direction": "rising", "slope": 1.0, "chi_square": 107.2}, 4, HAND),
    ),
    (
        Edge("one point makes the whole trend: no clear trend",
             {"years": range(5), "values": [0, 0, 0, 0, 10], "standard_errors": 1.0},
             {"direction": "no_clear_trend", "slope": 2.0, "chi_square": 40.0}),
        Edge("fewer than five points: not tested",
             {"years": range(5), "values": [1, 2, nan, 4, 5], "standard_errors": 1.0},
             {"direction": "not_tested", "slope": nan, "first_year": nan}),
        Edge("no line across two bases: the four new points are too few",
             {"years": range(6), "values": [1, 2, 3, 4, 5, 6], "standard_errors": 0.1,
              "basis": ["old", "old", "new", "new", "new", "new"]},
             {"direction": "not_tested"}),
        Edge("a basis interrupted by another is picked up again",
             {"years": range(6), "values": [1, 2, 3, 90, 5, 6], "standard_errors": 0.1,
              "basis": ["a", "a", "a", "b", "a", "a"]},
             {"direction": "rising", "slope": 1.0, "first_year": 0.0}),
        Edge("years that do not rise are refused",
             {"years": [1, 2, 2, 3, 4], "values": range(5), "standard_errors": 1.0},
             refuses=YearOrderError, row=(2,)),
        Edge("a standard error of 0 is refused",
             {"years": range(5), "values": range(5), "standard_errors": [1, 1, 0, 1, 1]},
             refuses=StandardErrorError, row=(2,)),
        Edge("a year for each value",
             {"years": range(4), "values": range(5), "standard_errors": 1.0}, refuses=ShapeError),
    ),
    ("A rising gap is a widening one; whether a rising level is better is the outcome's "
     "direction.",),
)  # fmt: skip

SPLIT = Method(
    "Who moved",
    "Did the gap change because pupils with SEN did better, or because the others did worse?",
    movement.split_change,
    r"\Delta\text{gap} = (N_1 - N_0) - (S_1 - S_0)",
    (),
    (
        Example("SEN 22.00 to 23.44, others 70.00 to 71.64",
                {"sen_before": 22.00, "sen_now": 23.44, "reference_before": 70.00,
                 "reference_now": 71.64, "polarity": HIGH},
                {"change": 0.20, "sen": -1.44, "reference": 1.64,
                 "narrowed_because_others_fell": False}, 2, HAND),
        Example("SEN 22 to 21, others 70 to 67: narrower, and no success",
                {"sen_before": 22, "sen_now": 21, "reference_before": 70, "reference_now": 67,
                 "polarity": HIGH},
                {"change": -2.0, "sen": 1.0, "reference": -3.0,
                 "narrowed_because_others_fell": True}, 2, HAND),
    ),
    (
        Edge("SEN better too: not because others fell",
             {"sen_before": 22, "sen_now": 23, "reference_before": 70, "reference_now": 69,
              "polarity": HIGH}, {"narrowed_because_others_fell": False}),
        Edge("no change, no narrowing",
             {"sen_before": 22, "sen_now": 21, "reference_before": 70, "reference_now": 69,
              "polarity": HIGH}, {"change": 0.0, "narrowed_because_others_fell": False}),
        Edge("where lower is better, others fall by rising",
             {"sen_before": 10.0, "sen_now": 10.0, "reference_before": 5.0,
              "reference_now": 6.0, "polarity": LOW},
             {"change": -1.0, "narrowed_because_others_fell": True}),
        Edge("what subtraction leaves behind is no movement",
             {"sen_before": 0.1, "sen_now": 0.1, "reference_before": 0.3,
              "reference_now": 0.1 + 0.2 - 1e-16, "polarity": HIGH},
             {"narrowed_because_others_fell": False}),
    ),
)  # fmt: skip

KITAGAWA_GIVEN = {
    "ehc_before": 8, "ehc_now": 9, "support_before": 24, "support_now": 26,
    "share_before": 0.20, "share_now": 0.28, "reference_before": 70, "reference_now": 71,
}  # fmt: skip

KITAGAWA = Method(
    "What moved the gap of all pupils with SEN",
    "Both SEN groups did better and the gap still widened. Why?",
    movement.kitagawa,
    r"\Delta A = \Delta w(\bar E - \bar S) + \bar w\,\Delta E + (1 - \bar w)\,\Delta S,\quad "
    r"\Delta\text{gap} = \Delta N - \Delta A",
    ("Kitagawa EM (1955), Components of a difference between two rates, Journal of the American "
     "Statistical Association 50:1168-1194",),
    (
        Example("plans from 20% to 28% of SEN; plans 8 to 9, support 24 to 26, others 70 to 71",
                {**KITAGAWA_GIVEN, "polarity": HIGH},
                {"change": 0.56, "reference": 1.00, "ehc_plan": -0.24, "sen_support": -1.52,
                 "mix": 1.32}, 4, HAND),
    ),
    (
        Edge("a hidden figure leaves its own effect missing, and the sum",
             {**KITAGAWA_GIVEN, "ehc_now": nan, "polarity": HIGH},
             {"change": nan, "reference": 1.0, "ehc_plan": nan, "sen_support": -1.52,
              "mix": nan}),
        Edge("a percentage for a share is refused",
             {**KITAGAWA_GIVEN, "share_now": [28], "polarity": HIGH},
             refuses=ComparatorError, row=(0,)),
    ),
    ("The share is of pupils in the measure (the key stage's cohort), not of the school census.",),
)  # fmt: skip

POOL = Method(
    "Pooling over years",
    "One year has too few pupils. What do three together say?",
    pooling.pool,
    r"\sum x \big/ \sum n,\ \text{never the mean of percentages}",
    (),
    (Example("3 of 10, 5 of 20 and 12 of 30",
             {"numerator": [3, 5, 12], "denominator": [10, 20, 30]},
             {"numerator": 20.0, "denominator": 60.0, "coverage": 1.0}, 4, HAND),),
    (
        Edge("one part hidden: nothing", {"numerator": [3, nan], "denominator": [10, 20]},
             {"numerator": nan, "denominator": nan, "coverage": 0.3333}),
        Edge("one part hidden, nine in ten asked for and had",
             {"numerator": [3, nan], "denominator": [95, 5], "least_coverage": 0.9},
             {"numerator": 3.0, "denominator": 95.0, "coverage": 0.95}),
        Edge("nobody at all: missing", {"numerator": [0, 0], "denominator": [0, 0]},
             {"numerator": nan, "denominator": nan, "coverage": nan}),
    ),
)  # fmt: skip

PART = Part(
    "Comparisons and change",
    (POSITION, POSITION_OF_GAP, MOVEMENT, MATCH, TREND, SPLIT, KITAGAWA, POOL),
)
