"""Which way do the headline outcomes go here? Each level over its comparable years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views import grid_words, numbers, standing
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.grid_model import SparkRow, Sparks
from sendgap.views.headline import SeriesRow, baseline_of, gap_to, is_of, label, points
from sendgap.views.model import Chart, Definition, NoAnswer, Table, Words
from sendgap.views.notes import symbols
from sendgap.views.request import Request
from sendgap.views.standings import StandingRow, Standings, current, sources, standings
from sendgap.views.wording import WITH_GROUP, moved_text

DEFINITION = Definition(
    "All outcomes over the years",
    "The level of each headline outcome for one group of pupils, from its first comparable year "
    "to its newest, with the lowest and the highest between.",
    "It shows which outcomes move, and which way, before each is looked at on its own page.",
    "Only years on the newest year's basis stand in a row. A change that the rounding of "
    "published figures could make is called little.",
    "Every year is of other children: a line is not one group growing up. A change may be chance.",
    "The better way means better for the child: absence that fell went the better way.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One outcome with the years that may be compared with its newest, oldest first."""

    indicator: Indicator
    level: StandingRow
    gap: StandingRow | None
    series: list[SeriesRow]


def sparks(release: Release, request: Request, today: date | None = None) -> Sparks | NoAnswer:
    """The lines of one area and group as of ``today``; stale outcomes are left out."""
    held = release.catalogue.indicators
    indicators = [held[i] for i in release.catalogue.headline if i in held]
    found = standings(release, request, indicators, [request.sen_group])
    shown, left_out = current(found, today or date.today())
    if not shown:
        return grid_words.nothing(found, left_out)
    told = [_told(found, indicator, years) for indicator, years in _series(found, shown)]
    few = found.has_few_pupils(found.area.area_code, request.sen_group)
    rows = tuple(_row(each, few=few) for each in told)
    return Sparks(
        words=_words(found, told, rows, left_out, few=few),
        definition=DEFINITION,
        chart=_chart(found, rows),
        rows=rows,
        left_out=left_out,
    )


def _series(
    found: Standings, shown: list[Indicator]
) -> Iterable[tuple[Indicator, list[SeriesRow]]]:
    by_id: dict[str, list[SeriesRow]] = defaultdict(list)
    for row in found.release.rows(
        "area_levels",
        area=found.area.area_code,
        group=found.request.sen_group.value,
        indicators=[i.id for i in shown],
    ):
        year = SeriesRow(*row)
        by_id[year.indicator_id].append(year)
    for indicator in shown:
        yield indicator, [y for y in by_id[indicator.id] if is_of(indicator, y.time_identifier)]


def _told(found: Standings, indicator: Indicator, years: list[SeriesRow]) -> Told:
    code, group = found.area.area_code, found.request.sen_group
    level = found.level(code, indicator, group)
    assert level is not None
    now = next((y for y in years if y.time_period == level.time_period), None)
    first = baseline_of(level, years)
    start = first.time_period if first else level.time_period
    kept = [
        year
        for year in years
        if now is not None
        and start <= year.time_period <= level.time_period
        and (year.value is None or (year.basis, year.line) == (now.basis, now.line))
    ]
    return Told(indicator, level, found.gap(code, indicator, group), kept)


def _row(told: Told, *, few: bool) -> SparkRow:
    indicator, level = told.indicator, told.level
    filled = [year for year in told.series if year.value is not None]
    has_level = level.value is not None
    first, low, high, change, trend = "none", "none", "none", "no earlier comparable year", ""
    if has_level and len(filled) > 1:
        first = _dated(indicator, filled[0])
        low, high = (_dated(indicator, f(filled, key=lambda y: y.value or 0.0)) for f in (min, max))
        change, trend = _change(told, filled[0])
    if few:
        change, trend = standing.TOO_FEW, ""
    gap = "no gap defined" if told.gap is None else numbers.symbol_word(told.gap.symbol)
    if told.gap is not None and told.gap.value is not None:
        when = label(indicator, told.gap.time_period)
        other = "" if told.gap.time_period == level.time_period else f" in {when}"
        gap = gap_to(indicator, told.gap.value, told.gap.decimals) + other
    printed = numbers.symbol_word(level.symbol)
    if level.value is not None:
        printed = numbers.level(level.value, indicator.unit, level.decimals)
    return SparkRow(
        indicator.id, indicator.phrases.short, label(indicator, level.time_period),
        printed + (" p" if level.is_provisional else ""), first, low, high, change, trend, gap,
        points(indicator, told.series) if has_level else (),
    )  # fmt: skip


def _dated(indicator: Indicator, year: SeriesRow) -> str:
    printed = numbers.level(year.value or 0.0, indicator.unit, year.decimals)
    return f"{printed} in {label(indicator, year.time_period)}"


def _change(told: Told, first: SeriesRow) -> tuple[str, str]:
    """What the level did since its first comparable year, and which way that was."""
    indicator, level = told.indicator, told.level
    places = max(level.decimals, first.decimals)
    change = round((level.value or 0.0) - (first.value or 0.0), places)
    said = moved_text(change, indicator.unit, places)
    least = standing.floor(places, indicator.unit)
    trend = standing.trend(change, least, indicator.polarity)
    if trend == "little":
        return (f"changed little ({said})" if change else said), trend
    way = {"better": ": the better way", "worse": ": the worse way"}.get(trend, "")
    return f"{said}{way}", trend


def _words(
    found: Standings, told: list[Told], rows: tuple[SparkRow, ...], left_out: tuple[str, ...],
    *, few: bool,
) -> Words:  # fmt: skip
    area, group = found.area, found.request.sen_group
    count = Counter(row.trend for row in rows if row.trend)
    who = f"Pupils {WITH_GROUP[group]} in {area.in_text}"
    if few:
        finding = f"{who}: so few that many figures are hidden, and no change is told."
    elif not count:
        finding = f"{who}: no headline outcome has an earlier comparable year."
    else:
        finding = (
            f"{who}: since their first comparable years {count['better']} of "
            f"{sum(count.values())} levels moved the better way, {count['worse']} the worse way."
        )
    named = [
        f"{word}: {'; '.join(row.name for row in rows if row.trend == trend)}."
        for trend, word in (
            ("better", "The better way"), ("worse", "The worse way"), ("little", "Changed little"),
        )
        if count[trend]
    ]  # fmt: skip
    provisional = [f"{r.name} ({r.period_label})" for r in rows if r.level.endswith(" p")]
    notes = [area.note] if area.note else []
    notes += left_out
    notes.append(
        "Each row begins with the outcome's baseline year or, where there is none, with the first "
        "year on the newest year's basis; years measured differently are left out."
    )
    notes.append("Each year is of different children. Whether chance could make a change is told "
                 "on the outcome's own page.")  # fmt: skip
    if provisional:
        notes.append(f"Provisional (p) and may change: {'; '.join(provisional)}.")
    notes += symbols(t.level.symbol for t in told)
    return Words(
        context=f"{area.name} · {GROUP_LABELS[group]} · headline outcomes over the years",
        finding=finding,
        badges=(f"{sum(bool(r.points) for r in rows)} outcomes with a figure",),
        sentences=tuple(named),
        caveats=tuple(notes),
        sources=sources(found.release, [(t.indicator, t.level) for t in told]),
    )


def _chart(found: Standings, rows: tuple[SparkRow, ...]) -> Chart:
    """The table that holds the small lines."""
    group: SenGroup = found.request.sen_group
    name = found.area.la_code or found.area.area_code
    table = Table(
        f"Headline outcomes over their comparable years, {found.area.name}, {GROUP_LABELS[group]}",
        ("Outcome", "Level", "Year", "First comparable year", "Lowest", "Highest",
         "Change since the first", "Gap"),
        tuple(row.cells for row in rows),
        key_columns=(0, 1, 6),
    )  # fmt: skip
    return Chart("", "", table, f"sendgap-all-outcomes-{name}-{group}-sparklines")
