"""Who moved when a gap changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sendgap.statistics.errors import ComparatorError
from sendgap.statistics.inputs import Flags, Floats, disadvantage, figures, parts_and_wholes, refuse
from sendgap.terms import Polarity

#: Movements smaller than this are what subtraction leaves behind, and count as none.
RESIDUE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A gap's change as the sum of two movements, in the gap's unit; positive widens.

    ``narrowed_because_others_fell`` marks a gap that narrowed only because the reference
    did worse while the SEN group did no better: never a success.
    """

    change: Floats
    sen: Floats
    reference: Floats
    narrowed_because_others_fell: Flags


def split_change(
    *,
    sen_before: ArrayLike,
    sen_now: ArrayLike,
    reference_before: ArrayLike,
    reference_now: ArrayLike,
    polarity: Polarity,
) -> Split:
    """What the SEN group's movement and the reference's each did to the gap.

    Exact: the two add up to the change. The SEN group doing better narrows, the reference
    doing better widens. No direction raises
    :class:`~sendgap.statistics.errors.NoDirectionError`.
    """
    sign = disadvantage(polarity)
    before, now, other_before, other_now = figures(
        sen_before=sen_before,
        sen_now=sen_now,
        reference_before=reference_before,
        reference_now=reference_now,
    )
    sen, other = -sign * (now - before), sign * (other_now - other_before)
    change = sen + other
    fell = (change < -RESIDUE) & (other < -RESIDUE) & (sen > -RESIDUE)
    return Split(np.asarray(change), np.asarray(sen), np.asarray(other), np.asarray(fell))


@dataclass(frozen=True, slots=True, eq=False)
class GapParts:
    """What moved the gap of all pupils with SEN, in the gap's unit; positive widens.

    ``change`` is the sum of the four others: the reference's movement, the two SEN groups'
    own movements, and ``mix``, the changed share of EHC plans among pupils with SEN.
    """

    change: Floats
    reference: Floats
    ehc_plan: Floats
    sen_support: Floats
    mix: Floats


def kitagawa(
    *,
    ehc_before: ArrayLike,
    ehc_now: ArrayLike,
    support_before: ArrayLike,
    support_now: ArrayLike,
    share_before: ArrayLike,
    share_now: ArrayLike,
    reference_before: ArrayLike,
    reference_now: ArrayLike,
    polarity: Polarity,
) -> GapParts:
    """The change of the any-SEN gap as rates and mix, without a rest.

    ``share`` is the share of EHC plans among the pupils with SEN **in the measure** (the
    key stage's cohort, not the school census), from 0 to 1. A group's movement counts at
    the mean of its shares, the mix at the groups' mean difference. With more plans among
    the same pupils a gap can widen though both groups did better.

    A share outside 0 to 1 raises :class:`~sendgap.statistics.errors.ComparatorError`, no
    direction :class:`~sendgap.statistics.errors.NoDirectionError`. Kitagawa EM (1955),
    Journal of the American Statistical Association 50:1168-1194.
    """
    sign = disadvantage(polarity)
    e0, e1, s0, s1, w0, w1, r0, r1 = figures(
        ehc_before=ehc_before, ehc_now=ehc_now,
        support_before=support_before, support_now=support_now,
        share_before=share_before, share_now=share_now,
        reference_before=reference_before, reference_now=reference_now,
    )  # fmt: skip
    for name, share in (("share_before", w0), ("share_now", w1)):
        refuse(
            (share < 0) | (share > 1), ComparatorError, name, "outside 0 to 1",
            "write a share, not a percentage",
        )  # fmt: skip
    share = (w0 + w1) / 2.0
    parts = [
        sign * (r1 - r0),
        -sign * share * (e1 - e0),
        -sign * (1.0 - share) * (s1 - s0),
        -sign * (w1 - w0) * ((e0 + e1) - (s0 + s1)) / 2.0,
    ]
    return GapParts(np.asarray(sum(parts)), *(np.asarray(part) for part in parts))


def share_of_plans(*, ehc_denominator: ArrayLike, support_denominator: ArrayLike) -> Floats:
    """The share of EHC plans among pupils with SEN in the measure, for :func:`kitagawa`."""
    plans, support = figures(
        ehc_denominator=ehc_denominator, support_denominator=support_denominator
    )
    part, whole = parts_and_wholes(numerator=plans, denominator=plans + support)
    return np.asarray(part / whole)
