"""The profile: every headline outcome of an area against England's range, by life stage.

Each row has a scale of its own: the comparator in the middle stands at 0, the worst authority
at -1 and the best at 1, each side in proportion, so that rows of different units can stand
under each other. Nothing is compared between rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sendgap.catalogue.model import Indicator
from sendgap.terms import Polarity
from sendgap.views import numbers, standing
from sendgap.views.area_model import NOT_TESTED, WORDS, Headline, Spine, SpineRow
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.headline import Profile, ProfileRow, SeriesRow, has_direction
from sendgap.views.people import counted
from sendgap.views.quarters import LEAST
from sendgap.views.standings import StandingRow

STAGES = {
    "early_years": "Early years",
    "ks1": "Key stage 1",
    "ks2": "Key stage 2",
    "ks4": "Key stage 4",
    "post_16": "16 to 19",
}


def spine(profile: Profile, shown: Sequence[Headline]) -> Spine:
    """The profile of the outcomes shown, in their order."""
    rows = tuple(_row(profile, outcome) for outcome in shown)
    name = profile.area.short_name
    return Spine(rows, name, _alt(profile, rows), _description(profile, rows))


def _row(profile: Profile, outcome: Headline) -> SpineRow:
    indicator = profile.release.catalogue.indicators[outcome.indicator_id]
    level = profile.levels[outcome.indicator_id]
    scale = _scale(indicator, level)
    word = outcome.england.word
    ends = _ends(indicator, level) if scale else ("", "")
    has_half = (level.rank_of or 0) >= LEAST and level.q25 is not None and level.q75 is not None
    half = sorted((scale.at(level.q25), scale.at(level.q75))) if scale and has_half else None
    theme = profile.release.catalogue.themes[indicator.theme]
    return SpineRow(
        outcome=outcome,
        stage=STAGES.get(indicator.stage, theme),
        children=_children(indicator, level, profile.series[outcome.indicator_id]),
        word=word if word in WORDS else NOT_TESTED,
        own=scale.at(level.value) if scale and level.value is not None else None,
        neighbours=scale.at(level.neighbour_mean)
        if scale and level.neighbour_mean is not None
        else None,
        middle=middle(indicator, level),
        is_england=level.england is not None,
        half=(half[0], half[1]) if half else None,
        low=ends[0],
        high=ends[1],
        is_directed=has_direction(indicator),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """The ends of a row's range and what stands in the middle."""

    worst: float
    middle: float
    best: float

    def at(self, value: float | None) -> float:
        """Where a value stands, from -1 to 1.

        >>> _Scale(10.0, 20.0, 60.0).at(40.0), _Scale(10.0, 20.0, 60.0).at(15.0)
        (0.5, -0.5)
        >>> _Scale(9.0, 5.0, 1.0).at(7.0)
        -0.5
        """
        away = (value if value is not None else self.middle) - self.middle
        up = self.best - self.middle
        if away == 0:
            return 0.0
        if away * up > 0:
            return away / up
        return -away / (self.worst - self.middle) if self.worst != self.middle else 0.0


def _scale(indicator: Indicator, level: ProfileRow) -> _Scale | None:
    """The scale of a row; none where authorities do not differ or have no figure.

    It reaches as far as England's own figure and the area's, should either lie beyond the
    authorities open in the year.
    """
    middle = level.england if level.england is not None else level.median
    if middle is None or level.minimum is None or level.maximum is None:
        return None
    known = [v for v in (level.minimum, level.maximum, middle, level.value) if v is not None]
    low, high = min(known), max(known)
    if low == high:
        return None
    is_low_best = indicator.polarity is Polarity.LOWER_IS_BETTER
    return _Scale(high, middle, low) if is_low_best else _Scale(low, middle, high)


def _ends(indicator: Indicator, level: ProfileRow) -> tuple[str, str]:
    """The authorities' worst and best level as printed, the lowest and highest without one."""
    lowest, highest = (
        numbers.level(value, indicator.unit, level.decimals) if value is not None else ""
        for value in (level.minimum, level.maximum)
    )
    is_low_best = indicator.polarity is Polarity.LOWER_IS_BETTER
    return (highest, lowest) if is_low_best else (lowest, highest)


def middle(indicator: Indicator, level: ProfileRow | StandingRow) -> str:
    """England's figure, else the median of authorities under its own name."""
    if level.england is not None:
        return numbers.level(level.england, indicator.unit, level.decimals)
    if level.median is None:
        return "none"
    places = numbers.mean_decimals(level.decimals) if level.median % 1 else level.decimals
    return f"median {numbers.level(level.median, indicator.unit, places)}"


def _children(indicator: Indicator, level: ProfileRow, series: Sequence[SeriesRow]) -> str:
    """How many pupils the level rests on, where that is known."""
    now = next((s for s in series if s.time_period == level.time_period), None)
    if now is None or now.denominator is None or level.value is None or now.denominator < 2:
        return ""
    return f"{now.denominator:,.0f} {counted(indicator)}"


def _counts(rows: Sequence[SpineRow]) -> str:
    """ "better on 3, worse on 4, no clear difference 5, not tested 6" """
    held = [row for row in rows if row.outcome.has_level]
    if any(row.outcome.england.word == standing.TOO_FEW for row in held):
        return "too few pupils to call any better or worse"
    count = Counter(row.word for row in held)
    return (
        f"better on {count['better']}, worse on {count['worse']}, no clear difference on "
        f"{count['similar']}, not tested on {count[NOT_TESTED]}"
    )


def _alt(profile: Profile, rows: Sequence[SpineRow]) -> str:
    group = GROUP_LABELS[profile.request.sen_group]
    return f"Profile, {profile.area.short_name}, {group}, beside England: {_counts(rows)}."


def _description(profile: Profile, rows: Sequence[SpineRow]) -> str:
    """Each row in words, from the first stage to the last."""
    each = []
    for row in rows:
        outcome = row.outcome
        if not outcome.has_level:
            each.append(f"{outcome.name}: {outcome.reason}")
            continue
        ends = f"; authorities from {row.low} to {row.high}" if row.has_range else ""
        each.append(
            f"{outcome.name}, {outcome.period_label}: {outcome.level}, "
            f"{'England ' if row.is_england else ''}{row.middle}, statistical neighbours "
            f"{outcome.neighbours.printed}, {WORDS.get(row.word, row.word)}{ends}."
        )
    return (
        f"One row for each headline outcome of {profile.area.in_text}, by life stage. In each row "
        "England's figure stands in the middle (the median of authorities where England's is not "
        "published), the worst authority at the left and the best at the right; rows are not "
        f"compared with each other. {' '.join(each)}"
    )
