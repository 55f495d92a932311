"""Intervals: one figure, or a difference of figures, with what chance allows."""

from __future__ import annotations

from math import nan

from sendgap.statistics import means, mover, proportions
from sendgap.statistics.errors import (
    DenominatorError,
    IntervalError,
    NoDirectionError,
    NumeratorError,
    SettingError,
    ShapeError,
)
from sendgap.statistics.estimate import Estimate
from sendgap.terms import Polarity
from tests.statistics.specification import Edge, Example, Method, Part

HIGH, LOW = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER
NEWCOMBE_ONE = "Newcombe RG (1998), Statistics in Medicine 17:857-872, Table I"
NEWCOMBE_TWO = "Table II, method 10"
HAND = "worked by hand"


def counts(x1: object, n1: object, x2: object, n2: object) -> dict[str, object]:
    """The four counts of two proportions."""
    return {
        "first_numerator": x1, "first_denominator": n1,
        "second_numerator": x2, "second_denominator": n2,
    }  # fmt: skip


WILSON = Method(
    "Wilson's interval of a proportion",
    "A share of pupils was counted. Which true shares would make that count unsurprising?",
    proportions.wilson,
    r"L, U = \frac{2x + z^2 \mp z\sqrt{z^2 + 4x(1 - x/n)}}{2(n + z^2)}",
    ("Wilson EB (1927), Probable inference, the law of succession, and statistical inference, "
     "Journal of the American Statistical Association 22:209-212",
     "Newcombe RG, Altman DG, in: Altman DG and others, Statistics with Confidence, 2nd edition, "
     "BMJ Books 2000, pages 46-48"),
    (
        Example("81 of 263", {"numerator": 81, "denominator": 263},
                {"lower": 0.2553, "upper": 0.3662}, 4, NEWCOMBE_ONE),
        Example("15 of 148", {"numerator": 15, "denominator": 148},
                {"lower": 0.0624, "upper": 0.1605}, 4, NEWCOMBE_ONE),
        Example("0 of 20", {"numerator": 0, "denominator": 20},
                {"lower": 0.0, "upper": 0.1611}, 4, NEWCOMBE_ONE),
        Example("1 of 29", {"numerator": 1, "denominator": 29},
                {"lower": 0.0061, "upper": 0.1718}, 4, NEWCOMBE_ONE),
    ),
    (
        Edge("none starts at exactly 0, all ends at exactly 100",
             {"numerator": [0, 7], "denominator": [7, 7], "per": 100},
             {"value": [0.0, 100.0], "lower": [0.0, 64.5670], "upper": [35.4330, 100.0]}),
        Edge("a missing count makes its own row missing and no other",
             {"numerator": [nan, 5, 5], "denominator": [10, nan, 10]},
             {"value": [nan, nan, 0.5], "lower": [nan, nan, 0.2366],
              "upper": [nan, nan, 0.7634]}),
        Edge("a weighted count need not be whole", {"numerator": 0.445, "denominator": 1},
             {"lower": 0.0438, "upper": 0.9335}),
        Edge("more than all is refused", {"numerator": [5, 11], "denominator": [10, 10]},
             refuses=NumeratorError, row=(1,)),
        Edge("below none is refused", {"numerator": [-1], "denominator": [10]},
             refuses=NumeratorError, row=(0,)),
        Edge("a whole of nobody is refused", {"numerator": [0], "denominator": [0]},
             refuses=DenominatorError, row=(0,)),
        Edge("95 for 0.95 is refused",
             {"numerator": 1, "denominator": 2, "confidence": 95}, refuses=SettingError),
        Edge("arrays of unequal length are refused",
             {"numerator": [1, 2], "denominator": [3, 4, 5]}, refuses=ShapeError),
    ),
    ("Published figures count everyone; the interval speaks of the chance in which pupils these "
     "were, as if drawn from all who could have been here. There is no finite population "
     "correction.",
     "Never for sessions of absence: they cluster in pupils and such an interval is several "
     "times too narrow.",
     "Pupils share teachers, so every interval of a school or cluster is somewhat too narrow."),
)  # fmt: skip

NEWCOMBE = Method(
    "Newcombe's interval of a difference of two proportions",
    "Two different groups of pupils have a gap between them. How far could chance have moved it?",
    proportions.difference_of_proportions,
    r"d = p_1 - p_2,\quad L = d - \sqrt{(p_1 - l_1)^2 + (u_2 - p_2)^2},\quad "
    r"U = d + \sqrt{(u_1 - p_1)^2 + (p_2 - l_2)^2}\quad\text{with }l, u\text{ Wilson's}",
    ("Newcombe RG (1998), Interval estimation for the difference between independent "
     "proportions: comparison of eleven methods, Statistics in Medicine 17:873-890, method 10",),
    tuple(
        Example(f"({letter}) {x1} of {n1} against {x2} of {n2}", counts(x1, n1, x2, n2),
                {"lower": lower, "upper": upper}, 4, NEWCOMBE_TWO)
        for letter, (x1, n1, x2, n2), lower, upper in (
            ("a", (56, 70, 48, 80), 0.0524, 0.3339),
            ("b", (9, 10, 3, 10), 0.1705, 0.8090),
            ("c", (6, 7, 2, 7), 0.0582, 0.8062),
            ("d", (5, 56, 0, 29), -0.0381, 0.1926),
            ("e", (0, 10, 0, 20), -0.1611, 0.2775),
            ("f", (0, 10, 0, 10), -0.2775, 0.2775),
            ("g", (10, 10, 0, 20), 0.6791, 1.0),
            ("h", (10, 10, 0, 10), 0.6075, 1.0),
        )
    ),
    (
        Edge("limits never leave -100 to 100", {**counts(10, 10, 0, 10), "per": 100},
             {"lower": 60.7509, "upper": 100.0}),
        Edge("the fault is named by its side", counts([1, 1], [2, 2], [1, 3], [2, 2]),
             refuses=NumeratorError, row=(1,)),
    ),
    ("The groups must be different pupils. The same pupils measured twice (reading against "
     "mathematics) need the paired method and the joint table.",
     "A cluster is compared with the rest of its authority, not with the whole of it."),
)  # fmt: skip

GAP = Method(
    "The gap of two groups",
    "How far does the SEN group do worse than the reference? Positive is always disadvantage.",
    proportions.gap_of_proportions,
    r"\text{gap} = p_{ref} - p_{SEN}\ \text{where higher is better},\quad "
    r"p_{SEN} - p_{ref}\ \text{where lower is better; limits by Newcombe's method 10}",
    ("as above",),
    (
        Example("132 of 600 with SEN and 2,380 of 3,400 without, in points",
                {"sen_numerator": 132, "sen_denominator": 600, "reference_numerator": 2380,
                 "reference_denominator": 3400, "polarity": HIGH, "per": 100},
                {"value": 48.00, "lower": 44.18, "upper": 51.48}, 2, HAND),
        Example("150 of 640 and 2,450 of 3,420 a year later",
                {"sen_numerator": 150, "sen_denominator": 640, "reference_numerator": 2450,
                 "reference_denominator": 3420, "polarity": HIGH, "per": 100},
                {"value": 48.20, "lower": 44.44, "upper": 51.65}, 2, HAND),
    ),
    (
        Edge("where lower is better the gap turns about",
             {"sen_numerator": 5, "sen_denominator": 56, "reference_numerator": 0,
              "reference_denominator": 29, "polarity": LOW},
             {"value": 0.0893, "lower": -0.0381, "upper": 0.1926}),
        Edge("figures without direction have no gap",
             {"sen_numerator": 5, "sen_denominator": 56, "reference_numerator": 0,
              "reference_denominator": 29, "polarity": Polarity.NONE}, refuses=NoDirectionError),
    ),
)  # fmt: skip

MEAN = Method(
    "The interval of a mean",
    "Pupils' scores have a mean. What does chance in the pupils allow?",
    means.mean_of_pupils,
    r"m \pm t_{n-1}\, s/\sqrt n",
    ("Student (1908), The probable error of a mean, Biometrika 6:1-25",),
    (
        Example("mean 50, deviation 10, 25 pupils", {"mean": 50, "deviation": 10, "pupils": 25},
                {"lower": 45.872, "upper": 54.128}, 3, "t table: 2.0639 with 24 degrees"),
    ),
    (
        Edge("one pupil has a value and no limits", {"mean": 50, "deviation": 0, "pupils": 1},
             {"value": 50.0, "lower": nan, "upper": nan}),
        Edge("two pupils have limits, wide ones", {"mean": 50, "deviation": 10, "pupils": 2},
             {"lower": -39.8464, "upper": 139.8464}),
        Edge("nobody is refused", {"mean": [1], "deviation": [1], "pupils": [0]},
             refuses=DenominatorError, row=(0,)),
    ),
    ("Attainment 8 by SEN and area is published without a deviation: no interval is made.",),
)  # fmt: skip

MOVER = Method(
    "MOVER: a gap of means, a gap's change, two areas' gaps",
    "Figures with intervals are added or subtracted. What is the interval of the result?",
    mover.difference,
    r"T = \sum s_i\theta_i,\quad L = T - \sqrt{\textstyle\sum a_i^2},\quad "
    r"U = T + \sqrt{\textstyle\sum b_i^2};\quad "
    r"s_i = 1: a = \theta - l,\ b = u - \theta;\quad s_i = -1: a = u - \theta,\ b = \theta - l",
    ("Zou GY, Donner A (2008), Construction of confidence limits about effect measures: a "
     "general approach, Statistics in Medicine 27:1693-1702",),
    (
        Example("Progress 8: 0.10 (0.07 to 0.13) without SEN, -0.62 (-0.70 to -0.54) with",
                {"first": Estimate(0.10, 0.07, 0.13), "second": Estimate(-0.62, -0.70, -0.54)},
                {"value": 0.72, "lower": 0.635, "upper": 0.805}, 3, HAND),
        Example("the change between the two gaps above",
                {"first": proportions.gap_of_proportions(
                    sen_numerator=150, sen_denominator=640, reference_numerator=2450,
                    reference_denominator=3420, polarity=HIGH, per=100),
                 "second": proportions.gap_of_proportions(
                    sen_numerator=132, sen_denominator=600, reference_numerator=2380,
                    reference_denominator=3400, polarity=HIGH, per=100)},
                {"value": 0.20, "lower": -4.92, "upper": 5.35}, 2, HAND),
    ),
    (
        Edge("a figure without limits gives a difference without limits",
             {"first": Estimate(60.0, nan, nan), "second": Estimate(20.0, 15.0, 25.0)},
             {"value": 40.0, "lower": nan, "upper": nan}),
    ),
    ("`mover.gap` takes its sign from the outcome's direction, `mover.mover` any weighted sum.",
     "Successive cohorts of a key stage are different pupils. Absence, suspensions and plans "
     "follow the same pupils into the next year: the interval of their change is too wide.",
     "That two intervals overlap does not mean that there is no difference (Schenker N, "
     "Gentleman JF (2001), The American Statistician 55:182-186)."),
)  # fmt: skip

PUBLISHED = Method(
    "Published intervals",
    "A publisher printed an interval. Can it be one?",
    Estimate,
    r"L \le \hat\theta \le U",
    (),
    (Example("14.8 (14.8 to 14.8)", {"value": 14.8, "lower": 14.8, "upper": 14.8},
             {"value": 14.8}, 1, "Fingertips indicator 41101, England 2024"),),
    (
        Edge("limits the wrong way round are refused",
             {"value": [1.0, 2.0], "lower": [0.5, 2.5], "upper": [1.5, 1.5]},
             refuses=IntervalError, row=(1,)),
        Edge("a value outside its own limits is refused",
             {"value": [3.0], "lower": [0.5], "upper": [1.5]}, refuses=IntervalError, row=(0,)),
    ),
)  # fmt: skip

PART = Part("Intervals", (WILSON, NEWCOMBE, GAP, MEAN, MOVER, PUBLISHED))
