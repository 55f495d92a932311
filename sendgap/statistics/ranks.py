"""Ranks of areas, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sendgap.statistics.errors import StandardErrorError
from sendgap.statistics.estimate import USUAL, tail
from sendgap.statistics.inputs import Floats, disadvantage, refuse, rows_of, setting
from sendgap.terms import Polarity

#: The same draws every time, so that the same figures always give the same ranks.
SEED = 20140901
DRAWS = 1000


@dataclass(frozen=True, slots=True, eq=False)
class RankInterval:
    """Ranks with their limits, missing where an area has none; 1 is best."""

    rank: Floats
    lower: Floats
    upper: Floats


def rank(*, values: ArrayLike, polarity: Polarity) -> Floats:
    """1 + the number of strictly better areas; the last axis runs over areas.

    Equal values share a rank, so round to the decimals printed before. Areas without a
    value have none and do not count. No direction raises
    :class:`~sendgap.statistics.errors.NoDirectionError`.
    """
    from scipy import stats  # takes longer to load than a page to show

    (value,) = rows_of(values=values)
    worse = -disadvantage(polarity) * value
    known = ~np.isnan(worse)
    filled = np.where(known, worse, np.inf)
    return np.where(known, stats.rankdata(filled, method="min", axis=-1), np.nan)


def rank_interval(
    *,
    values: ArrayLike,
    standard_errors: ArrayLike,
    polarity: Polarity,
    confidence: float = USUAL,
    draws: int = DRAWS,
    seed: int = SEED,
) -> RankInterval:
    """Ranks with the range they take when every value is drawn again round itself.

    Each draw adds normal noise of the area's standard error to its value and ranks anew; the
    limits are percentiles of an area's ranks, widened where need be to hold its rank as
    printed. Draws go by place in order of value, so the order of areas given changes
    nothing, nor do the other tables. A standard error of 0 is a value known for sure; an
    area without one keeps its value in every draw and has no limits. Goldstein H,
    Spiegelhalter DJ (1996), Journal of the Royal Statistical Society A 159:385-443.

    A standard error below 0 raises
    :class:`~sendgap.statistics.errors.StandardErrorError`.
    """
    value, error = rows_of(values=values, standard_errors=standard_errors)
    refuse(error < 0, StandardErrorError, "standard_errors", "below 0", "write 0 or more")
    setting("draws", draws, above=0, below=1e6)
    printed = rank(values=value, polarity=polarity)
    outside = int(np.floor(round(draws * tail(confidence), 9)))
    noise = np.random.default_rng(seed).standard_normal((draws, value.shape[-1]), dtype=np.float32)
    lower, upper = np.full(value.shape, np.nan), np.full(value.shape, np.nan)
    sign = -disadvantage(polarity)
    for table in np.ndindex(value.shape[:-1]):
        places = np.lexsort((error[table], sign * value[table]))
        places = places[: np.count_nonzero(~np.isnan(value[table]))]
        ranks = _drawn_ranks(sign * value[table][places], error[table][places], noise)
        lower[table][places] = ranks[outside]
        upper[table][places] = ranks[draws - 1 - outside]
    sure = np.where(np.isnan(error), np.nan, printed)
    return RankInterval(
        printed,
        np.where(np.isnan(sure), np.nan, np.minimum(lower, sure)),
        np.where(np.isnan(sure), np.nan, np.maximum(upper, sure)),
    )


def _drawn_ranks(value: Floats, error: Floats, noise: NDArray[np.float32]) -> NDArray[np.int32]:
    """Ranks (small is first) of each draw, sorted over draws: an array [draw, area].

    ``value`` rises, so values known for sure and equal lie beside each other and share the
    best of their ranks.
    """
    steps = np.nan_to_num(error).astype(np.float32)
    drawn = value.astype(np.float32) + steps * noise[:, : value.size]
    ranks = np.empty(drawn.shape, dtype=np.int32)
    order = np.argsort(drawn, axis=1, kind="stable")
    np.put_along_axis(ranks, order, np.arange(1, value.size + 1, dtype=np.int32)[None], axis=1)
    for sure in np.unique(value[steps == 0]):
        same = (value == sure) & (steps == 0)
        ranks[:, same] = ranks[:, same].min(axis=1, keepdims=True)
    ranks.sort(axis=0)
    return ranks
