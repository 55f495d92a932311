"""Rates of events, and ratios of proportions."""

from __future__ import annotations

from math import inf, nan

from sendgap.statistics import clustered, rates, ratios
from sendgap.statistics.errors import DenominatorError, NumeratorError, SettingError
from tests.statistics.specification import Edge, Example, Method, Part
from tests.statistics.specify_intervals import HAND, counts

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

#: Four pupils who missed 5 of 100, 30 of 200, none of 50 and 15 of 150 sessions.
FOUR = {"units": 4, "numerator": 50, "denominator": 500, "numerator_squares": 1150,
        "products": 8750, "denominator_squares": 75000}  # fmt: skip

CLUSTERED = Method(
    "A ratio of sums over pupils, or over schools",
    "So many sessions were missed of so many; pupils miss them in runs. How far could chance "
    "among pupils move the rate?",
    clustered.clustered_ratio,
    r"r = \frac{\sum a_i}{\sum m_i},\quad "
    r"se = \frac{\sqrt{\tfrac{n}{n-1}\sum (a_i - r m_i)^2}}{\sum m_i},\quad r \pm z\,se",
    ("Cochran WG (1977), Sampling techniques, 3rd edition, section 6.3, without the correction "
     "for a finite population",),
    (
        Example("four pupils: 5 of 100, 30 of 200, 0 of 50, 15 of 150", FOUR,
                {"value": 10.0, "lower": 4.456, "upper": 15.544}, 3, HAND),
        Example("three pupils: 10, 0 and 20 of 100 each",
                {"units": 3, "numerator": 30, "denominator": 300, "numerator_squares": 500,
                 "products": 3000, "denominator_squares": 30000},
                {"value": 10.0, "lower": 0.0, "upper": 21.316}, 3, HAND),
    ),
    (
        Edge("one pupil has a rate and no interval", {**FOUR, "units": 1},
             {"value": 10.0, "lower": nan, "upper": nan}),
        Edge("no possible sessions are refused", {**FOUR, "denominator": 0},
             refuses=DenominatorError, row=()),
    ),
    ("Sessions are never taken as independent: an interval of a proportion would be several "
     "times too narrow.",),
)  # fmt: skip

PART = Part("Rates and ratios", (POISSON, BYAR, RATE, REPEATS, RATIO, CLUSTERED))
