"""Gaps, and a part beside the rest of its authority, from published cells alone.

Nothing here sees a number that is not served: where one side is hidden, so is what would
be made of it (R3).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendgap.local.disclosure.model import CELL_KEYS
from sendgap.statistics.estimate import Estimate
from sendgap.statistics.proportions import difference_of_proportions, gap_of_proportions
from sendgap.terms import Polarity, SenGroup, Symbol, ValueType

#: Fewest pupils for a word better or worse: in one year, and in years taken together.
FEWEST_JUDGED = 30
FEWEST_JUDGED_POOLED = 11

_TO_PAIR = [key for key in CELL_KEYS if key != "sen_group"]
_TO_AUTHORITY = ["indicator_id", "breakdown", "sen_group", "time_period", "years"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What an outcome's figures are, as far as comparing needs to know."""

    value_type: ValueType
    polarity: Polarity

    @property
    def counts_pupils(self) -> bool:
        """Whether the figure is a part of its pupils, which intervals of counts are for."""
        return self.value_type in (ValueType.PROPORTION, ValueType.SHARE)

    @property
    def varies_by_pupil(self) -> bool:
        """Whether the figure is a mean over pupils, whose own interval says how sure it is."""
        return self.value_type in (ValueType.SESSION_RATE, ValueType.SCORE)

    def of(self, number: float, pupils: float) -> float:
        """A figure of numbers added up, to one decimal: a mean, or a part of a hundred."""
        per = 1.0 if self.value_type is ValueType.SCORE else 100.0
        return round(per * number / pupils, 1)


def gaps(cells: pd.DataFrame, kind: Kind, reference: SenGroup = SenGroup.NO_SEN) -> pd.DataFrame:
    """The cells of SEN groups with the reference's value and the gap.

    Adds ``reference_value``, ``gap``, ``gap_lower``, ``gap_upper`` and ``gap_symbol``. The
    gap is that of the printed figures; positive is disadvantage. Beside years taken together
    stand the reference's single years of the same span, added up where each of them is shown.
    """
    sen = cells[~cells["sen_group"].isin([SenGroup.NO_SEN, SenGroup.ALL_PUPILS])]
    other = cells.loc[cells["sen_group"] == reference, [*_TO_PAIR, "pupils", "numerator", "value"]]
    other = _and_together(other, set(sen["years"]) - {1}, kind)
    beside = other.rename(columns={name: f"reference_{name}" for name in
                                   ("pupils", "numerator", "value")})  # fmt: skip
    joined = sen.merge(beside, how="left", on=_TO_PAIR)
    sign = 1.0 if kind.polarity is Polarity.HIGHER_IS_BETTER else -1.0
    gap = sign * (joined["reference_value"] - joined["value"])
    if kind.polarity is Polarity.NONE:
        gap = gap * np.nan
    joined = joined.assign(gap=gap.round(2))
    joined["gap_symbol"] = np.where(joined["gap"].isna(), str(Symbol.SUPPRESSED), "")
    can = joined["gap"].notna() & joined["reference_numerator"].notna() & kind.counts_pupils
    return _with_limits(joined, "gap", lambda rows: gap_of_proportions(
        sen_numerator=rows["numerator"], sen_denominator=rows["pupils"],
        reference_numerator=rows["reference_numerator"],
        reference_denominator=rows["reference_pupils"], polarity=kind.polarity, per=100.0,
    ), can)  # fmt: skip


def beside_the_rest(cells: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """The cells below the authority with the authority's line, and their difference to its rest.

    Adds ``authority_value``, the line to draw, and ``rest_value``, ``rest_difference`` with
    limits, and ``position`` (better, similar, worse, or ``not tested``). A part is set
    beside the rest of the authority, since it is in the whole itself. A mean over pupils or
    their sessions has no number that could be taken from the whole's: there the part's own
    interval is set beside the whole's figure, which lies nearer to it than the rest's, so
    that a little less is called better or worse. Beside a part's years taken together stand
    the same years of the authority, added up where each of them is shown.
    """
    whole = _whole(cells, kind)
    whole = whole.rename(columns={name: f"authority_{name}" for name in
                                  ("pupils", "numerator", "value")})  # fmt: skip
    part = cells[cells["unit_kind"] != "authority"].merge(whole, how="left", on=_TO_AUTHORITY)
    rest_pupils = part["authority_pupils"] - part["pupils"]
    rest = part["authority_numerator"] - part["numerator"]
    can = rest.notna() & (rest_pupils > 0) & kind.counts_pupils
    value = (100.0 * rest / rest_pupils.where(rest_pupils > 0)).where(can).round(1)
    part = part.assign(rest_value=value, rest_difference=(part["value"] - value).round(1))
    part = _with_limits(part, "rest_difference", lambda rows: difference_of_proportions(
        first_numerator=rows["numerator"], first_denominator=rows["pupils"],
        second_numerator=rows["authority_numerator"] - rows["numerator"],
        second_denominator=rows["authority_pupils"] - rows["pupils"], per=100.0,
    ), can)  # fmt: skip
    return part.assign(position=_positions(part, kind))


def _whole(cells: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """The authority's cells, and its single years added up to the years that parts stand for."""
    is_whole = cells["unit_kind"] == "authority"
    whole = cells.loc[is_whole, [*_TO_AUTHORITY, "pupils", "numerator", "value"]]
    return _and_together(whole, set(cells.loc[~is_whole, "years"]) - {1}, kind)


def _and_together(cells: pd.DataFrame, spans: Collection[int], kind: Kind) -> pd.DataFrame:
    """Cells, and their shown single years added up over spans that have no cell of their own."""
    key = [name for name in cells.columns if name not in ("pupils", "numerator", "value")]
    singles = cells[(cells["years"] == 1) & cells["value"].notna() & cells["numerator"].notna()]
    found = [_together(singles, int(years), kind) for years in sorted(spans)]
    return pd.concat([cells, *(f for f in found if len(f))]).drop_duplicates(key)


def _together(singles: pd.DataFrame, years: int, kind: Kind) -> pd.DataFrame:
    """Single years of one group added up over ``years`` of them, each of which must be there."""
    rows: list[tuple[object, ...]] = []
    figures = ["time_period", "years", "pupils", "numerator", "value"]
    what = [name for name in singles.columns if name not in figures]
    singles = singles[[*what, *figures]]
    for key, each in singles.groupby(what, sort=False):
        held = {str(row["time_period"]): row for row in each.to_dict("records")}
        for last in held:
            span = [held[p] for p in periods_to(last, years) if p in held]
            if len(span) == years:
                pupils, number = (sum(r[name] for r in span) for name in ("pupils", "numerator"))
                rows.append((*key, last, years, pupils, number, kind.of(number, pupils)))
    return pd.DataFrame(rows, columns=singles.columns)


def periods_to(last: str, years: int) -> list[str]:
    """The school years that end in ``last``.

    >>> periods_to("202425", 3)
    ['202223', '202324', '202425']
    """
    end = int(last[:4])
    return [f"{year}{(year + 1) % 100:02d}" for year in range(end - years + 1, end + 1)]


def _with_limits(frame: pd.DataFrame, name: str, interval: Callable[[pd.DataFrame], Estimate],
                 can: pd.Series[bool]) -> pd.DataFrame:  # fmt: skip
    """Limits where both sides have numbers, rounded outward to one decimal."""
    lower, upper = np.full(len(frame), np.nan), np.full(len(frame), np.nan)
    if can.any():
        found = interval(frame[can])
        lower[can], upper[can] = found.lower, found.upper
    return frame.assign(**{f"{name}_lower": np.floor(lower * 10 + 1e-9) / 10,
                           f"{name}_upper": np.ceil(upper * 10 - 1e-9) / 10})  # fmt: skip


def _positions(part: pd.DataFrame, kind: Kind) -> pd.Series[str]:
    """Better or worse only beyond chance, and only of enough pupils."""
    pooled = part["years"] > 1
    enough = (part["pupils"] >= FEWEST_JUDGED) | (pooled & (part["pupils"] >= FEWEST_JUDGED_POOLED))
    low, high = part["rest_difference_lower"], part["rest_difference_upper"]
    if kind.varies_by_pupil:
        low, high = (part[limit] - part["authority_value"] for limit in ("lower", "upper"))
    known = low.notna() & high.notna() & enough & (kind.polarity is not Polarity.NONE)
    above, below = low > 0, high < 0
    if kind.polarity is Polarity.LOWER_IS_BETTER:
        above, below = below, above
    words = np.select([~known, above, below], ["not tested", "better", "worse"], "similar")
    return pd.Series(words, index=part.index)
