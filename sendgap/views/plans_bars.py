"""Stacked bars of the classes of placements: over the years, and areas side by side."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.catalogue.plans import Groups
from sendgap.text import small_first
from sendgap.views import numbers
from sendgap.views.model import Chart, Table
from sendgap.views.periods import ends_in, tick_label
from sendgap.views.plans_cuts import Cuts, mean_printed
from sendgap.views.plans_model import Bar, Bars, Rule, Segment
from sendgap.views.plans_parts import described, roles, shortened


def over_years(
    cuts: Cuts, classes: Groups, rules: tuple[Rule, ...], *, by_count: bool, stem: str, table: Table
) -> Bars:
    """The area's bar of each year from its first."""
    frame = cuts.frame
    code = frame.area.area_code
    first = next(p for p in cuts.periods() if cuts.has(code, p))
    bars = []
    for period in (p for p in cuts.periods() if p >= first):
        label = tick_label(period, frame.indicator.period_style)
        bars.append(_bar(cuts, classes, code, period, label, "area", float(ends_in(period))))
    people = "plans" if by_count else "% of plans"
    return Bars(
        Chart(_alt(cuts, classes, bars), described(table), table, stem),
        tuple(label for label, _ in classes),
        tuple(bars),
        by_count,
        is_upright=True,
        axis_title=people,
        rules=rules,
    )


def across(cuts: Cuts, classes: Groups, period: str, table: Table, stem: str) -> Bars:
    """The area, its neighbours' average, the region and England in one year, as shares."""
    frame, codes = cuts.frame, cuts.frame.comparator_codes()
    bars = [_bar(cuts, classes, frame.area.area_code, period, frame.area.short_name, "area", 0.0)]
    for role, name in roles(frame).items():
        place = float(len(bars))
        if role == "neighbours":
            bars.append(_mean_bar(cuts, classes, period, name, place))
        else:
            bars.append(_bar(cuts, classes, codes[role], period, name, role, place))
    own = ", ".join(f"{small_first(label)} {s.share_printed}"
                    for (label, _), s in zip(classes, bars[0].segments, strict=True))  # fmt: skip
    alt = shortened(f"{frame.area.short_name} and {len(bars) - 1} others, "
                    f"{frame.label(period)}: {own}.")  # fmt: skip
    return Bars(
        Chart(alt, described(table), table, stem),
        tuple(label for label, _ in classes),
        tuple(bars),
        by_count=False,
        is_upright=False,
        axis_title="% of plans",
    )


def _bar(
    cuts: Cuts, classes: Groups, code: str, period: str, label: str, role: str, position: float
) -> Bar:
    parts = [cuts.share(group, code, period) for _, group in classes]
    total = cuts.total(code, period)
    missing = next((p for p in parts if p is not None and p.share is None), None)
    if missing is not None or all(p is None for p in parts):
        reason = numbers.symbol_word(missing.symbol if missing else None)
        shown = numbers.number(total, 0) if total is not None else ""
        return Bar(label, role, position, shown, (), reason)
    segments = tuple(
        Segment(p.share or 0.0, p.printed, p.count, p.number) if p is not None
        else Segment(0.0, "not counted apart", 0.0, "not counted apart")
        for p in parts
    )  # fmt: skip
    return Bar(label, role, position, numbers.number(total or 0.0, 0), segments)


def _mean_bar(cuts: Cuts, classes: Groups, period: str, name: str, position: float) -> Bar:
    means = [cuts.mean(group, period) for _, group in classes]
    counts = {count for _, count in means}
    if any(mean is None for mean, _ in means) or len(counts) != 1:
        known = min(counts, default=0)
        return Bar(name, "neighbours", position, "", (), f"not shown ({known}/10)")
    segments = tuple(
        Segment(mean or 0.0, mean_printed(mean, count, 1), None, "") for mean, count in means
    )
    label = f"{name} ({next(iter(counts))}/10)"
    return Bar(label, "neighbours", position, "", segments)


def _alt(cuts: Cuts, classes: Groups, bars: Sequence[Bar]) -> str:
    """The largest class in the first and the last bar."""
    drawn = [bar for bar in bars if bar.segments]
    largest = max(range(len(classes)), key=lambda n: drawn[-1].segments[n].share)
    label = classes[largest][0]
    ends = [f"{bar.segments[largest].share_printed} in {bar.label}" for bar in
            ([drawn[0], drawn[-1]] if len(drawn) > 1 else drawn)]  # fmt: skip
    return shortened(
        f"Where plans are placed, {cuts.frame.area.short_name}: {small_first(label)} "
        f"{', '.join(ends)}."
    )
