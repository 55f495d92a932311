"""Two periods of one gap: what moved, and whether chance alone could have moved it."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.statistics.comparison import Movement, movement
from sendgap.statistics.estimate import Estimate
from sendgap.statistics.movement import GapParts, Split, kitagawa, share_of_plans, split_change
from sendgap.statistics.mover import difference
from sendgap.statistics.proportions import gap_of_proportions
from sendgap.terms import IntervalType, SenGroup
from sendgap.views.frame import Frame, GapRow, LevelRow
from sendgap.views.request import ENGLAND

#: Percentages run from 0 to 100.
PER = 100.0
#: Fewer pupils than these in either year carry no change.
FEWEST = 30
#: The two groups that make up all pupils with SEN.
PARTS = (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT)

Side = dict[SenGroup, LevelRow]


@dataclass(frozen=True, slots=True)
class Change:
    """A gap in two periods on one basis, with the levels of every group behind it."""

    frame: Frame
    before: GapRow
    now: GapRow
    earlier: Side
    later: Side

    @property
    def decimals(self) -> int:
        return max(self.before.decimals, self.now.decimals)

    @property
    def amount(self) -> float:
        """How much the gap changed, as printed figures have it; positive is wider."""
        return round((self.now.gap or 0.0) - (self.before.gap or 0.0), self.decimals)

    @property
    def fewest(self) -> float | None:
        """The smaller number of SEN pupils of the two years; nothing where one is not known."""
        found = [side[self.frame.group].denominator for side in (self.earlier, self.later)
                 if self.frame.group in side]  # fmt: skip
        known = [count for count in found if count is not None]
        return min(known) if len(known) == 2 else None

    def split(self) -> Split:
        """The printed change as the movements of both sides."""
        return split_change(
            sen_before=_number(self.before.sen_value),
            sen_now=_number(self.now.sen_value),
            reference_before=_number(self.before.reference_value),
            reference_now=_number(self.now.reference_value),
            polarity=self.frame.indicator.polarity,
        )

    def parts(self) -> GapParts | None:
        """For all pupils with SEN: both groups' movements and the mix, from counts of one
        cohort; nothing where a count is missing or the groups do not add up to the whole."""
        reference = self.frame.reference
        if self.frame.group is not SenGroup.ANY_SEN or reference is None:
            return None
        groups = (*PARTS, SenGroup.ANY_SEN, reference.group)
        if any(_counts(side.get(g)) is None for side in (self.earlier, self.later) for g in groups):
            return None
        if not all(_adds_up(side) for side in (self.earlier, self.later)):
            return None
        given = {}
        for name, side in (("before", self.earlier), ("now", self.later)):
            given[f"ehc_{name}"] = _share(side[SenGroup.EHC_PLAN])
            given[f"support_{name}"] = _share(side[SenGroup.SEN_SUPPORT])
            given[f"reference_{name}"] = _share(side[reference.group])
            given[f"share_{name}"] = share_of_plans(
                ehc_denominator=_number(side[SenGroup.EHC_PLAN].denominator),
                support_denominator=_number(side[SenGroup.SEN_SUPPORT].denominator),
            ).item()
        return kitagawa(**given, polarity=self.frame.indicator.polarity)

    def interval(self) -> Estimate | None:
        """The change from the counts of four different groups of pupils, with its interval;
        nothing where a count is missing or the outcome allows none."""
        first, last = (self._gap(side) for side in (self.earlier, self.later))
        return difference(last, first) if first and last else None

    def verdict(self) -> Movement:
        """Whether the interval of the change lies on one side of no change."""
        found = self.interval()
        return Movement(movement(found).item()) if found else Movement.NOT_TESTED

    def _gap(self, side: Side) -> Estimate | None:
        reference = self.frame.reference
        # Pupils with SEN are among all pupils: the two groups would not be different ones.
        if reference is None or reference.group is SenGroup.ALL_PUPILS:
            return None
        if self.frame.indicator.interval is not IntervalType.WILSON:
            return None
        own, other = _counts(side.get(self.frame.group)), _counts(side.get(reference.group))
        if own is None or other is None:
            return None
        return gap_of_proportions(
            sen_numerator=own[0], sen_denominator=own[1],
            reference_numerator=other[0], reference_denominator=other[1],
            polarity=self.frame.indicator.polarity, per=PER,
        )  # fmt: skip


def change(frame: Frame, before: GapRow, now: GapRow) -> Change:
    """The two periods with the levels of all groups behind them."""
    reference = frame.reference
    assert reference is not None
    own = frame.levels([frame.area.area_code], [*PARTS, SenGroup.ANY_SEN])
    place = ENGLAND if reference.is_england else frame.area.area_code
    rows = [*own, *frame.levels([place], [reference.group])]
    earlier, later = (
        {SenGroup(row.sen_group): row for row in rows if row.time_period == period}
        for period in (before.time_period, now.time_period)
    )
    return Change(frame, before, now, earlier, later)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _counts(row: LevelRow | None) -> tuple[float, float] | None:
    """Numerator and denominator of a row that has a figure and both."""
    if row is None or row.value is None or row.numerator is None or not row.denominator:
        return None
    return row.numerator, row.denominator


def _share(row: LevelRow) -> float:
    part, whole = _counts(row) or (float("nan"), float("nan"))
    return PER * part / whole


def _adds_up(side: Side) -> bool:
    """Whether plans and support make up all pupils with SEN, numerators included."""
    whole = _counts(side[SenGroup.ANY_SEN]) or (0.0, 0.0)
    parts = [_counts(side[group]) or (0.0, 0.0) for group in PARTS]
    return all(abs(sum(p[n] for p in parts) - whole[n]) < 0.5 for n in (0, 1))
