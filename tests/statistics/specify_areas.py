"""Many areas at once: funnels, spread, many tests, ranks and smoothing."""

from __future__ import annotations

from math import log, nan

import numpy as np

from sendgap.statistics import funnels, multiple, ranks, smoothing
from sendgap.statistics.errors import ComparatorError, NoDirectionError, StandardErrorError
from sendgap.terms import Polarity
from tests.statistics.specification import Edge, Example, Method, Part

HIGH, LOW = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER
HAND = "worked by hand"
PHE_PROPORTION = "PHEindicatormethods, testdata_funnel_prop_outputs.csv"
PHE_RATIO = "PHEindicatormethods, testdata_funnel_ratio_outputs.csv"

#: Tuberculosis with and without vaccination, thirteen trials: cases and others in each arm.
BCG = np.array(
    [
        [4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619],
        [33, 5036, 47, 5761], [180, 1361, 372, 1079], [8, 2537, 10, 619],
        [505, 87886, 499, 87892], [29, 7470, 45, 7232], [17, 1699, 65, 1600],
        [186, 50448, 141, 27197], [5, 2493, 3, 2338], [27, 16886, 29, 17825],
    ],
    dtype=float,
)  # fmt: skip
BCG_SOURCE = (
    "Berkey CS and others (1995), Statistics in Medicine 14:395-411, as worked in metafor's "
    "manual (DerSimonian-Laird)"
)
EIGHT_SCHOOLS = {
    "values": [28, 8, -3, 7, -1, 1, 18, 12],
    "standard_errors": [15, 10, 16, 11, 9, 11, 10, 18],
}


def bcg() -> dict[str, np.ndarray]:
    """Log risk ratios of the trials with their standard errors."""
    a, b, c, d = BCG.T
    error = np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    return {"values": np.log(a / (a + b) / (c / (c + d))), "standard_errors": error}


def bcg_mean() -> float:
    """The trials' weighted mean without variance between them."""
    given = bcg()
    return float(np.average(given["values"], weights=given["standard_errors"] ** -2))


FUNNEL = Method(
    "Funnel limits of a proportion",
    "Small areas scatter. How far from England's figure would chance alone put one this size?",
    funnels.proportion_limits,
    r"p \pm z\sqrt{p(1 - p)/n + \tau^2},\ \text{kept within 0 and 1}",
    ("Spiegelhalter DJ (2005), Funnel plots for comparing institutional performance, Statistics "
     "in Medicine 24:1185-1202",
     "PHEindicatormethods, phe_funnels: its long formula reduces to this"),
    (
        Example("80.642448% over 1, 10, 102 and 1,008 people",
                {"target": 80.642448, "denominator": [1, 10, 102, 1008], "per": 100},
                {"lower": [3.204264, 56.154344, 72.974925, 78.203374],
                 "upper": [100.0, 100.0, 88.309971, 83.081521]}, 5, PHE_PROPORTION),
        Example("over 3, 10, 102 and 1,008, outer limits",
                {"target": 80.642448, "denominator": [3, 10, 102, 1008], "per": 100,
                 "confidence": 0.998},
                {"lower": [10.150815, 42.032590, 68.553233, 76.796814],
                 "upper": [100.0, 100.0, 92.731663, 84.488082]}, 5, PHE_PROPORTION),
    ),
    (
        Edge("a target of none has no chance about it", {"target": 0, "denominator": 10},
             {"lower": 0.0, "upper": 0.0}),
        Edge("tau widens", {"target": 0.5, "denominator": 100, "tau": 0.05},
             {"lower": 0.3614, "upper": 0.6386}),
        Edge("a percentage for a share is refused", {"target": [25], "denominator": [10]},
             refuses=ComparatorError, row=(0,)),
        Edge("a tau below 0 is refused", {"target": 0.5, "denominator": [9], "tau": [-1]},
             refuses=StandardErrorError, row=(0,)),
    ),
    ("An area lies outside exactly where its Wilson interval excludes the target.",),
)  # fmt: skip

RATE_FUNNEL = Method(
    "Funnel limits of a rate",
    "How many suspensions would chance alone allow an area of this size?",
    funnels.rate_limits,
    r"E = \text{target}\times\text{exposure};\quad "
    r"\tfrac12\chi^2_{1-\alpha/2,\,2O_L+2} = E,\quad \tfrac12\chi^2_{\alpha/2,\,2O_U} = E",
    ("PHEindicatormethods, phe_funnels for ratios: the number of events whose exact interval "
     "touches what is expected",),
    (
        Example("where 5 and 24 events are the lower limit",
                {"target": 1, "exposure": [11.6683331, 35.71010623], "per": 1},
                {"lower": [5 / 11.6683331, 24 / 35.71010623]}, 6, PHE_RATIO),
        Example("where 5 and 24 events are the upper limit, outer limits",
                {"target": 1, "exposure": [0.739371928, 11.64743122], "per": 1,
                 "confidence": 0.998},
                {"upper": [5 / 0.739371928, 24 / 11.64743122]}, 5, PHE_RATIO),
    ),
    (
        Edge("few expected: the lower limit is 0", {"target": 2, "exposure": 100},
             {"lower": 0.0, "upper": 5.6583}),
        Edge("just enough expected that none at all is too few",
             {"target": -log(0.025), "exposure": 1, "per": 1}, {"lower": 0.0}),
        Edge("a target of 0 is refused", {"target": [0], "exposure": [10]},
             refuses=ComparatorError, row=(0,)),
    ),
)  # fmt: skip

SPREAD = Method(
    "Overdispersion",
    "Do areas differ by more than chance, and by how much?",
    funnels.overdispersion,
    r"z_i = (y_i - \theta)/s_i,\ \text{the outer tenths moved in};\quad "
    r"\phi = \tfrac1I\textstyle\sum z_i^2;\quad "
    r"\tau^2 = \max\left(0, \frac{I\phi - (I - 1)}{\sum w - \sum w^2/\sum w}\right),\ w = 1/s^2",
    ("Spiegelhalter DJ (2005), Handling over-dispersion of performance indicators, Quality and "
     "Safety in Health Care 14:347-351",),
    (
        Example("thirteen trials, nothing moved in",
                {**bcg(), "target": bcg_mean(), "winsorised": 0.0},
                {"phi": 152.2330 / 13, "tau": 0.3088**0.5}, 4, BCG_SOURCE),
        Example("eleven areas at -5 to 5, standard error 1; the outer ones moved in to 4",
                {"values": range(-5, 6), "standard_errors": 1.0, "target": 0.0},
                {"phi": 92 / 11, "tau": 8.2**0.5}, 6, HAND),
    ),
    (
        Edge("areas closer than chance: no tau",
             {"values": [1.0, 1.1, 0.9], "standard_errors": 1.0, "target": 1.0},
             {"tau": 0.0}),
        Edge("an area without a value is left out",
             {"values": [-3.0, nan, 3.0], "standard_errors": 1.0, "target": 0.0,
              "winsorised": 0.0}, {"phi": 9.0, "tau": 17**0.5, "z": [-3.0, nan, 3.0]}),
        Edge("one area tells nothing of spread",
             {"values": [5.0, nan], "standard_errors": 1.0, "target": 0.0}, {"tau": 0.0}),
        Edge("a standard error of 0 is refused",
             {"values": [1, 2], "standard_errors": [1, 0], "target": 0},
             refuses=StandardErrorError, row=(1,)),
    ),
    ("Moving the outer tenths in keeps a few far areas from hiding themselves; it makes tau "
     "somewhat small.",),
)  # fmt: skip

GAP_FUNNEL = Method(
    "The funnel of a gap",
    "Which areas' gaps differ from all pupils' gap by more than chance?",
    funnels.gap_funnel,
    r"\theta = P_N - P_S\ \text{pooled},\quad "
    r"s_i = \sqrt{P_S(1 - P_S)/n_{Si} + P_N(1 - P_N)/n_{Ni}},\quad "
    r"\text{effective size } 1/(1/n_S + 1/n_N)",
    ("Spiegelhalter (2005), as above, for the difference of two proportions",),
    (Example("two areas, 20 and 40 of 100 with SEN, 140 and 160 of 200 without",
             {"sen_numerator": [20, 40], "sen_denominator": [100, 100],
              "reference_numerator": [140, 160], "reference_denominator": [200, 200],
              "polarity": HIGH, "per": 100},
             {"gap": [50.0, 40.0], "target": 45.0,
              "standard_error": [100 * (0.21 / 100 + 0.1875 / 200) ** 0.5] * 2,
              "effective_size": [200 / 3, 200 / 3]}, 6, HAND),),
    (
        Edge("an area without a count is left out of the pooled gap too",
             {"sen_numerator": [20, nan], "sen_denominator": [100, 100],
              "reference_numerator": [140, 200], "reference_denominator": [200, 200],
              "polarity": HIGH},
             {"gap": [0.5, nan], "target": 0.5, "effective_size": [66.6667, nan],
              "spread.z": [0.0, nan]}),
        Edge("nothing to measure chance by",
             {"sen_numerator": [0, 0], "sen_denominator": [9, 9],
              "reference_numerator": [9, 9], "reference_denominator": [9, 9],
              "polarity": HIGH}, {"target": 1.0, "spread.z": [nan, nan], "spread.tau": 0.0}),
    ),
)  # fmt: skip

BH = Method(
    "Many tests at once",
    "Of 150 areas some look unusual by chance alone. Which flags hold?",
    multiple.benjamini_hochberg,
    r"\tilde p_{(i)} = \min_{j \ge i} \min(1, m\,p_{(j)}/j)",
    ("Benjamini Y, Hochberg Y (1995), Controlling the false discovery rate, Journal of the Royal "
     "Statistical Society B 57:289-300",),
    (Example("the paper's fifteen: four hold at 0.05",
             {"p_values": [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                           0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]},
             {"answer": [0.0015, 0.0030, 0.0095, 0.0356, 0.0603, 0.0639, 0.0639, 0.0645, 0.0765,
                         0.4860, 0.5812, 0.7149, 0.7532, 0.8132, 1.0]}, 4,
             "Benjamini and Hochberg (1995), section 3.2; adjusted by hand"),),
    (
        Edge("what is missing is no test", {"p_values": [[0.01, nan, 0.04], [nan, nan, nan]]},
             {"answer": [[0.02, nan, 0.04], [nan, nan, nan]]}),
        Edge("a percentage is refused", {"p_values": [5.0]}, refuses=ComparatorError, row=(0,)),
    ),
    ("Within one outcome, year and group. Not for one area chosen beforehand.",),
)  # fmt: skip

RANK = Method(
    "Rank",
    "Which place among the areas?",
    ranks.rank,
    r"1 + \text{number of strictly better areas}",
    (),
    (Example("75, 65, 65 and 40, higher is better",
             {"values": [75, 65, 65, 40], "polarity": HIGH}, {"answer": [1, 2, 2, 4]}, 0, HAND),),
    (
        Edge("lower is better, one missing", {"values": [3.0, nan, 1.0], "polarity": LOW},
             {"answer": [2, nan, 1]}),
        Edge("no direction, no rank", {"values": [1.0], "polarity": Polarity.NONE},
             refuses=NoDirectionError),
    ),
    ("Every authority with a published figure is ranked and counted, those with few pupils too: so "
     "`benchmark` prints it. The pages give a place and a word to none whose headline figures are "
     "hidden by a quarter or more; the places of the others are the same.",),
)  # fmt: skip

RANK_INTERVAL = Method(
    "Rank interval",
    "How sure is a place? Which places could chance have given it?",
    ranks.rank_interval,
    r"y_i^{(d)} = y_i + s_i\varepsilon_i^{(d)},\ \text{ranked in each of 1,000 draws};\quad "
    r"\text{2.5th and 97.5th percentiles}",
    ("Goldstein H, Spiegelhalter DJ (1996), League tables and their limitations, Journal of the "
     "Royal Statistical Society A 159:385-443",),
    (
        Example("values far apart keep their places",
                {"values": [90, 50, 10], "standard_errors": 1.0, "polarity": HIGH},
                {"rank": [1, 2, 3], "lower": [1, 2, 3], "upper": [1, 2, 3]}, 0, HAND),
        Example("two values within their noise take either place",
                {"values": [50.0, 50.1], "standard_errors": 10.0, "polarity": HIGH},
                {"rank": [2, 1], "lower": [1, 1], "upper": [2, 2]}, 0, HAND),
    ),
    (
        Edge("known for sure and equal: one shared place",
             {"values": [50, 50, 60], "standard_errors": 0.0, "polarity": HIGH},
             {"rank": [2, 2, 1], "lower": [2, 2, 1], "upper": [2, 2, 1]}),
        Edge("no value: no place. No standard error: a place without limits",
             {"values": [90, nan, 10], "standard_errors": [1.0, 1.0, nan], "polarity": HIGH},
             {"rank": [1, nan, 2], "lower": [1, nan, nan], "upper": [1, nan, nan]}),
        Edge("a standard error below 0 is refused",
             {"values": [1, 2], "standard_errors": [1, -1], "polarity": HIGH},
             refuses=StandardErrorError, row=(1,)),
    ),
    ("Noise is added to figures that have noise already, so extreme places come out less sure "
     "than they are; the limits are widened to hold the place as printed.",),
)  # fmt: skip

SMOOTH_PROPORTIONS = Method(
    "Smoothed proportions",
    "Tiny groups jump about. What is the best guess at each group's true share?",
    smoothing.smoothed_proportions,
    r"\frac{x_i + M\mu}{n_i + M},\quad \mu = \frac{\sum x}{\sum n},\quad M = \frac1\rho - 1,\quad "
    r"\rho = \frac{\sum n(p - \mu)^2 / (\mu(1 - \mu)) - (k - 1)}"
    r"{N - \sum n^2/N - (k - 1)},\quad 1 \le M \le N",
    ("Kleinman JC (1973), Proportions with extraneous variance: single and independent samples, "
     "Journal of the American Statistical Association 68:46-54",),
    (
        Example("4, 8 and 9 of 20 each: the centre weighs 240/7 pupils",
                {"numerator": [4, 8, 9], "denominator": [20, 20, 20]},
                {"estimate.value": [16 * 7 / 380, 20 * 7 / 380, 21 * 7 / 380], "centre": 0.35,
                 "strength": 240 / 7}, 9, HAND),
        Example("the interval of the first, with its likeness of 3.0769/38 instead of 1.0769/38",
                {"numerator": [4, 8, 9], "denominator": [20, 20, 20]},
                {"estimate.lower": [0.12062814, 0.22291986, 0.25056337],
                 "estimate.upper": [0.41760764, 0.55515397, 0.58745306]}, 8,
                "scipy.stats.beta.ppf"),
        Example("2 and 8 of 10: too unlike to draw together, so one pupil's weight",
                {"numerator": [2, 8], "denominator": [10, 10]},
                {"estimate.value": [2.5 / 11, 8.5 / 11], "strength": 1.0}, 9, HAND),
    ),
    (
        Edge("groups alike: the centre weighs all pupils",
             {"numerator": [5, 5], "denominator": [10, 10], "per": 100},
             {"estimate.value": [50.0, 50.0], "strength": 20.0}),
        Edge("none anywhere", {"numerator": [0, 0], "denominator": [4, 5]},
             {"estimate.value": [0.0346, 0.0321], "centre": 0.05, "strength": 9.0}),
        Edge("a missing group stays missing", {"numerator": [4, nan], "denominator": [20, 20]},
             {"estimate.value": [0.2, nan], "centre": 0.2}),
        Edge("no group at all", {"numerator": [nan], "denominator": [5]},
             {"estimate.value": [nan], "centre": nan, "strength": nan}),
    ),
    ("The interval is the beta posterior's with the likeness taken one standard error larger "
     "than found: with the likeness as found it held the truth in only 79% to 95% of simulated "
     "groups, instead of 95%.",
     "Never in place of the reported figure, never for a target, never for a suppressed one: a "
     "smoothed value gives the count away.",),
)  # fmt: skip

SMOOTH_VALUES = Method(
    "Smoothed values",
    "The same for gaps and means, which have standard errors.",
    smoothing.smoothed_values,
    r"\hat\theta_i = y_i + \frac{s_i^2}{s_i^2 + \tau^2}(\mu - y_i),\quad "
    r"\tau^2\text{ as for overdispersion, about the weighted mean}",
    ("DerSimonian R, Laird N (1986), Meta-analysis in clinical trials, Controlled Clinical Trials "
     "7:177-188",),
    (
        Example("thirteen trials", bcg(), {"centre": -0.7141, "strength": 0.3088**0.5}, 4,
                BCG_SOURCE),
        Example("eight schools: nothing between them, all drawn to 7.7", EIGHT_SCHOOLS,
                {"centre": 7.7, "strength": 0.0, "estimate.value": [7.7] * 8}, 1,
                "Rubin DB (1981); Gelman A and others, Bayesian Data Analysis, 3rd edition, 5.5"),
    ),
    (
        Edge("two groups ten standard errors apart",
             {"values": [0.0, 10.0], "standard_errors": 1.0},
             {"estimate.value": [0.1, 9.9], "estimate.lower": [-1.8532, 7.9523],
              "estimate.upper": [2.0477, 11.8532], "centre": 5.0, "strength": 7.0}),
        Edge("one group has nothing to lean on", {"values": [5.0, nan], "standard_errors": 1.0},
             {"estimate.value": [5.0, nan], "estimate.lower": [3.0400, nan], "centre": 5.0,
              "strength": 0.0}),
        Edge("no group at all", {"values": [nan], "standard_errors": [nan]},
             {"estimate.value": [nan], "centre": nan, "strength": nan}),
    ),
)  # fmt: skip

PART = Part(
    "Many areas",
    (FUNNEL, RATE_FUNNEL, SPREAD, GAP_FUNNEL, BH, RANK, RANK_INTERVAL, SMOOTH_PROPORTIONS,
     SMOOTH_VALUES),
)  # fmt: skip
