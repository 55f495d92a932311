"""Intervals: one figure, or a difference of figures, with what chance allows."""

from __future__ import annotations

from math import inf, nan

from sendgap.statistics import means, mover, proportions, rates, ratios
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

GARWOOD = "Pearson ES, Hartley HO, Biometrika Tables for Statisticians I (1966), Table 40"

POISSON = Method(
    "The exact interval of a number of events",
    "So many events happened. Which expected numbers would make that unsurprising?",
    rates.poisson_exact,
    r"L = \tfrac12\chi^2_{\alpha/2,\,2x},\quad U = \tfrac12\chi^2_{1-\alpha/2,\,2x+2}",
    ("Garwood F (1936), Fiducial limits for the Poisson distribution, Biometrika 28:437-442",),
    tuple(
        Example(f"events: {x}", {"events": x}, {"lower": lower, "upper": upper}, 2, GARWOOD)
        for x, lower, upper in (
            (0, 0.0, 3.69), (1, 0.0253, 5.57), (5, 1.62, 11.67), (10, 4.80, 18.39),
        )
    ),
    (Edge("fewer than none is refused", {"events": [1, -2]}, refuses=NumeratorError, row=(1,)),),
)  # fmt: skip

BYAR = Method(
    "Byar's interval of a number of events",
    "Near the exact interval without its distribution: by how much does it differ?",
    rates.byar,
    r"L = x\left(1 - \tfrac{1}{9x} - \tfrac{z}{3\sqrt x}\right)^3,\quad "
    r"U = (x+1)\left(1 - \tfrac{1}{9(x+1)} + \tfrac{z}{3\sqrt{x+1}}\right)^3",
    ("Breslow NE, Day NE (1987), Statistical methods in cancer research, volume II, IARC",),
    (
        Example("one event", {"events": 1}, {"lower": 0.0131, "upper": 5.5638}, 4, HAND),
        Example("ten events: within 0.2% of the exact 4.795 and 18.390", {"events": 10},
                {"lower": 4.787, "upper": 18.391}, 3, HAND),
    ),
    (
        Edge("none has a lower limit of 0", {"events": 0}, {"lower": 0.0}),
        Edge("a limit below 0 is missing", {"events": [1, 2], "confidence": 0.998},
             {"lower": [nan, 0.0202], "upper": [9.3622, 11.3385]}),
    ),
)  # fmt: skip

RATE = Method(
    "The interval of a rate of events",
    "So many suspensions per 100 pupils: what does chance allow?",
    rates.rate,
    r"x < 10:\ \text{exact};\quad x \ge 10:\ "
    r"L = x\left(1 - \tfrac{1}{9x} - \tfrac{z}{3\sqrt x}\right)^3,\ "
    r"U = (x+1)\left(1 - \tfrac{1}{9(x+1)} + \tfrac{z}{3\sqrt{x+1}}\right)^3;\quad"
    r"\text{half-widths times }\sqrt{\text{dispersion}}",
    ("Breslow NE, Day NE (1987), Statistical methods in cancer research, volume II, IARC (Byar)",
     "PHEindicatormethods, phe_rate: exact below 10 events, Byar from 10",
     "Dobson AJ and others (1991), Confidence intervals for weighted sums of Poisson parameters, "
     "Statistics in Medicine 10:457-462 (the widening)"),
    (
        Example("45 suspensions of 1,200 pupils", {"events": 45, "exposure": 1200},
                {"value": 3.75, "lower": 2.735, "upper": 5.018}, 3, HAND),
        Example("4 suspensions of 150 pupils", {"events": 4, "exposure": 150},
                {"value": 2.667, "lower": 0.727, "upper": 6.828}, 3, HAND),
        Example("1,502 of 49,866,388, per 100,000",
                {"events": 1502, "exposure": 49866388, "per": 100000},
                {"value": 3.0121, "lower": 2.8616, "upper": 3.1683}, 3,
                "Fingertips indicator 41203, England 2024, as in FingertipsNext's tests"),
        Example("935 of 48,440,507, per 100,000",
                {"events": 935, "exposure": 48440507, "per": 100000},
                {"lower": 1.8085, "upper": 2.0580}, 3,
                "Fingertips indicator 41203, England 2021, as in FingertipsNext's tests"),
    ),
    (
        Edge("none starts at exactly 0", {"events": 0, "exposure": 100},
             {"value": 0.0, "lower": 0.0, "upper": 3.6889}),
        Edge("nine events are exact, ten are Byar's", {"events": [9, 10], "exposure": 100},
             {"lower": [4.1154, 4.7874], "upper": [17.0848, 18.3915]}),
        Edge("a rate may exceed 100 per 100", {"events": 250, "exposure": 220},
             {"value": 113.6364, "lower": 99.9849, "upper": 128.6311}),
        Edge("repeats widen both sides, and the lower limit stops at 0",
             {"events": [45, 4], "exposure": [1200, 150], "dispersion": [4.0, 9.0]},
             {"lower": [1.7200, 0.0], "upper": [6.2858, 15.1498]}),
        Edge("a dispersion below 1 is refused",
             {"events": 1, "exposure": 2, "dispersion": 0.5}, refuses=SettingError),
        Edge("an exposure of 0 is refused", {"events": [1], "exposure": [0]},
             refuses=DenominatorError, row=(0,)),
    ),
    ("Without dispersion the interval takes events as independent, which repeat suspensions are "
     "not; the share of pupils suspended once or more is the surer figure.",),
)  # fmt: skip

REPEATS = Method(
    "How much repeats widen a rate's interval",
    "Some pupils are suspended again and again. How much less do the counts tell?",
    rates.dispersion_of_repeats,
    r"\frac{\operatorname{Var}(x)}{x} = \frac{\sum_f f^2 n_f}{\sum_f f n_f} "
    r"\ \ge\ \frac{\sum_f f n_f}{\sum_f n_f}",
    ("compound Poisson: Feller W, An Introduction to Probability Theory I, chapter XII",),
    (
        Example("20 pupils once, 5 twice, 3 five times", {"people": [20, 5, 0, 0, 3]},
                {"answer": 115 / 45}, 4, HAND),
    ),
    (Edge("nobody: nothing to widen", {"people": [0, 0]}, {"answer": 1.0}),),
    ("Where only suspensions and pupils suspended are published, their quotient is the least "
     "it can be (`least_dispersion`): said as \"at least\".",),
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

GART_NAM = (
    "Gart JJ, Nam J (1988), Approximate interval estimation of the ratio of binomial parameters, "
    "Biometrics 44:323-338, as in ratesci's tests"
)
FAGERLAND = (
    "Fagerland MW, Newcombe RG (2013), Statistics in Medicine 32:2823-2836, as in ratesci's tests"
)

RATIO = Method(
    "The ratio of two proportions",
    "How many times as likely is one group to reach it as the other?",
    ratios.ratio_of_proportions,
    r"\frac{p_1 - \theta p_2}{\sqrt{k\left(q_1(1-q_1)/n_1 + \theta^2 q_2(1-q_2)/n_2\right)}}"
    r" = \pm z,\quad q_1 = \theta q_2,\quad "
    r"N\theta q_2^2 - (n_1\theta + x_1 + n_2 + x_2\theta)q_2 + x_1 + x_2 = 0,\quad "
    r"k = N/(N-1)\ \text{or}\ 1",
    ("Miettinen OS, Nurminen M (1985), Comparative analysis of two rates, Statistics in Medicine "
     "4:213-226",
     "Koopman PAR (1984), Confidence intervals for the ratio of two binomial proportions, "
     "Biometrics 40:513-517 (k = 1)"),
    (
        Example("36 of 40 against 16 of 80, k = 1", {**counts(36, 40, 16, 80), "corrected": False},
                {"value": 4.5, "lower": 2.94, "upper": 7.15}, 2, "Koopman (1984), the example"),
        Example("8 of 15 against 4 of 15, k = 1", {**counts(8, 15, 4, 15), "corrected": False},
                {"lower": 0.815, "upper": 5.336}, 3, GART_NAM),
        Example("6 of 10 against 6 of 20, k = 1", {**counts(6, 10, 6, 20), "corrected": False},
                {"lower": 0.844, "upper": 4.594}, 3, GART_NAM),
        Example("24 of 73 against 53 of 65", counts(24, 73, 53, 65),
                {"lower": 0.280, "upper": 0.560}, 3, FAGERLAND),
        Example("29 of 55 against all 11", counts(29, 55, 11, 11),
                {"lower": 0.397, "upper": 0.742}, 3, FAGERLAND),
        Example("7 of 18 against 1 of 18", counts(7, 18, 1, 18),
                {"lower": 1.296, "upper": 42.544}, 3, FAGERLAND),
        Example("132 of 600 against 2,380 of 3,400", counts(132, 600, 2380, 3400),
                {"value": 0.3143, "lower": 0.2691, "upper": 0.3647}, 4,
                "statsmodels 0.15.0, confint_proportions_2indep, score"),
    ),
    (
        Edge("none in the first, in the second, in both",
             counts([0, 5, 0], [10, 10, 10], [3, 0, 0], [20, 20, 20]),
             {"value": [0.0, nan, nan], "lower": [0.0, 2.8419, 0.0], "upper": [2.2495, inf, inf]}),
        Edge("all in both", counts(10, 10, 20, 20),
             {"value": 1.0, "lower": 0.7156, "upper": 1.1987}),
    ),
    ("The gap comes first. A ratio turns about between \"reached\" and \"not reached\", and "
     "ratios are never ranked.",),
)  # fmt: skip

PART = Part(
    "Intervals",
    (WILSON, NEWCOMBE, GAP, POISSON, BYAR, RATE, REPEATS, MEAN, MOVER, PUBLISHED, RATIO),
)
