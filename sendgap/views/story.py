"""The figures and sentences behind one outcome in one area over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sendgap.terms import Polarity
from sendgap.views import numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, GapRow, LevelRow, PlaceRow
from sendgap.views.model import Band, Break, Words
from sendgap.views.notes import badges, caveats
from sendgap.views.periods import ends_in
from sendgap.views.wording import Voice

Row = TypeVar("Row", GapRow, LevelRow)


@dataclass(frozen=True, slots=True)
class Story:
    """Rows by area code and the words about them."""

    words: Words
    gaps: dict[str, list[GapRow]]
    levels: dict[str, list[LevelRow]]
    places: dict[tuple[str, str], PlaceRow]
    breaks: tuple[Break, ...]
    odd_years: tuple[Band, ...]
    decimals: int


def over_time(frame: Frame) -> Story:
    """Everything a page over the years needs for ``frame``, words included."""
    codes = [frame.area.area_code, *frame.comparator_codes().values()]
    gaps = _by_area(frame.gaps(codes))
    levels = _by_area(frame.levels(codes, [frame.group]))
    own = levels[frame.area.area_code]
    rows: Sequence[GapRow | LevelRow] = gaps.get(frame.area.area_code) or own
    has_gap = any(row.gap is not None for row in gaps.get(frame.area.area_code, []))
    places = frame.places()
    breaks, odd, said = _breaks(frame, rows)
    period = frame.latest("gap") or frame.latest("value")
    words = Words(
        context=context(frame, period),
        finding=finding_for(frame, period, gaps, own),
        badges=badges(frame, rows, own, places),
        sentences=tuple(sentences_for(frame, period, gaps, levels, places)),
        caveats=caveats(frame, rows, said, gaps, levels),
        sources=frame.sources((r.source_id, r.time_period) for r in rows),
    )
    return Story(
        words, gaps if has_gap else {}, levels, places, breaks, odd, max(r.decimals for r in own)
    )


def _by_area(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.area_code].append(row)
    return dict(found)


def context(frame: Frame, period: str | None) -> str:
    """The line that says what is being looked at."""
    compared = {"neighbours": "statistical neighbours", "england": "England"}
    if frame.region:
        compared["region"] = frame.region.name
    whom = [compared[c] for c in ("neighbours", "region", "england")
            if c in frame.request.compare and c in compared]  # fmt: skip
    parts = [frame.area.name, GROUP_LABELS[frame.group], frame.indicator.phrases.short]
    if frame.request.breakdown != "total":
        parts.append(frame.release.catalogue.breakdowns[frame.request.breakdown])
    if whom:
        parts.append("compared with " + _and(whom))
    if period:
        parts.append(frame.label(period))
    return " · ".join(parts)


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def newest(rows: Iterable[GapRow], period: str | None) -> GapRow | None:
    """The row to speak of: the latest period of all areas, never an older year instead."""
    filled = [row for row in rows if row.gap is not None]
    if period is None:
        return filled[-1] if filled else None
    return next((row for row in filled if row.time_period == period), None)


def newest_level(rows: Iterable[LevelRow], period: str | None) -> LevelRow | None:
    """The same for levels."""
    filled = [row for row in rows if row.value is not None]
    if period is None:
        return filled[-1] if filled else None
    return next((row for row in filled if row.time_period == period), None)


def finding_for(
    frame: Frame, period: str | None, gaps: dict[str, list[GapRow]], own: list[LevelRow]
) -> str:
    """The page's headline for a period: levels first, the gap beside them."""
    voice = Voice(frame.indicator, frame.group, frame.reference)
    unit, name = frame.indicator.unit, frame.area.short_name
    row = newest(gaps.get(frame.area.area_code, []), period)
    if row and row.sen_value is not None and row.reference_value is not None:
        return voice.finding(
            name,
            frame.label(row.time_period),
            numbers.level(row.sen_value, unit, row.decimals),
            numbers.level(row.reference_value, unit, row.decimals),
            row.gap,
            row.decimals,
        )
    level = newest_level(own, period)
    if level is None or level.value is None:
        return _absent(frame, own, period)
    printed = numbers.level(level.value, unit, level.decimals)
    return voice.finding(name, frame.label(level.time_period), printed, None, None, level.decimals)


def _absent(frame: Frame, own: list[LevelRow], period: str | None) -> str:
    """The headline where the area has no figure for the newest period of the others."""
    row = _at(own, period) if period else None
    word = numbers.symbol_word(row.symbol if row else None)
    filled = [r for r in own if r.value is not None]
    when = frame.label(period) if period else "the newest year"
    return (
        f"{frame.indicator.phrases.short}: no figure for {frame.area.short_name} in {when} "
        f"({word}). The newest is of {frame.label(filled[-1].time_period)}."
    )


def sentences_for(
    frame: Frame,
    period: str | None,
    gaps: dict[str, list[GapRow]],
    levels: dict[str, list[LevelRow]],
    places: dict[tuple[str, str], PlaceRow],
) -> Iterable[str]:
    """What the figures of a period say: level, comparison, gap, place, trend."""
    own = levels[frame.area.area_code]
    row = newest(gaps.get(frame.area.area_code, []), period)
    level = newest_level(own, period)
    if level is None or level.value is None:
        return
    voice = Voice(frame.indicator, frame.group, frame.reference)
    unit = frame.indicator.unit
    other = None
    if row and row.reference_value is not None:
        other = numbers.level(row.reference_value, unit, row.decimals)
    yield voice.level(
        frame.area.short_name,
        frame.label(level.time_period),
        numbers.level(level.value, unit, level.decimals),
        other,
    )
    if level.numerator is not None and level.denominator is not None:
        if children := voice.children(level.numerator, level.denominator):
            yield children
    yield from _beside(frame, voice, level, levels, places)
    if row:
        yield from _gap_beside(frame, voice, row, gaps, places)
        yield from _clash(frame, voice, row, gaps)
    yield from _places(frame, voice, level.time_period, places)
    if row:
        yield from _trend(frame, voice, row, gaps[frame.area.area_code])
    if frame.indicator.polarity is Polarity.NONE:
        yield voice.no_direction()


def _beside(
    frame: Frame,
    voice: Voice,
    level: LevelRow,
    levels: dict[str, list[LevelRow]],
    places: dict[tuple[str, str], PlaceRow],
) -> Iterable[str]:
    parts: list[tuple[str, float, int]] = []
    place = places.get(("value", level.time_period))
    if "neighbours" in frame.request.compare and place and place.neighbour_mean is not None:
        count = place.neighbour_count
        parts.append(
            (
                f"{count} statistical neighbours",
                place.neighbour_mean,
                numbers.mean_decimals(level.decimals),
            )
        )
    for role, code in frame.comparator_codes().items():
        match = _at(levels.get(code, []), level.time_period)
        if match and match.value is not None:
            parts.append((frame.area_label(role), match.value, match.decimals))
        elif role == "england" and place and place.median is not None and place.rank_of:
            middle = f"median of {place.rank_of} authorities (no England figure is published)"
            parts.append((middle, place.median, level.decimals))
    if parts:
        yield voice.level_versus(level.value or 0.0, parts)


def _at(rows: Iterable[Row], period: str) -> Row | None:
    return next((row for row in rows if row.time_period == period), None)


def _gap_beside(
    frame: Frame,
    voice: Voice,
    row: GapRow,
    gaps: dict[str, list[GapRow]],
    places: dict[tuple[str, str], PlaceRow],
) -> Iterable[str]:
    assert row.gap is not None
    place = places.get(("gap", row.time_period))
    if "neighbours" in frame.request.compare and place and place.neighbour_mean is not None:
        whom = f"the average of {place.neighbour_count} statistical neighbours"
        yield voice.gap_versus(
            row.gap, place.neighbour_mean, whom, row.decimals, numbers.mean_decimals(row.decimals)
        )
    code = frame.comparator_codes().get("england")
    england = _at(gaps.get(code, []), row.time_period) if code else None
    if england and england.gap is not None:
        yield voice.gap_versus(row.gap, england.gap, "England's", row.decimals, row.decimals)


def _clash(frame: Frame, voice: Voice, row: GapRow, gaps: dict[str, list[GapRow]]) -> Iterable[str]:
    """Level and gap beside England's, where they point different ways beyond rounding."""
    code = frame.comparator_codes().get("england")
    england = _at(gaps.get(code, []), row.time_period) if code else None
    if not england or england.gap is None or england.sen_value is None or row.sen_value is None:
        return
    wider = (row.gap or 0.0) - england.gap
    ahead = row.sen_value - england.sen_value
    if frame.indicator.polarity is Polarity.LOWER_IS_BETTER:
        ahead = -ahead
    floor = 10.0**-row.decimals
    if abs(wider) > 2 * floor + 1e-9 and abs(ahead) > floor + 1e-9:
        if said := voice.clash(sen_ahead=ahead > 0, gap_wider=wider > 0):
            yield said


def _places(
    frame: Frame, voice: Voice, period: str, places: dict[tuple[str, str], PlaceRow]
) -> Iterable[str]:
    def printed(measure: str) -> str | None:
        found = places.get((measure, period))
        if not found or found.rank is None or found.rank_of is None or found.tied is None:
            return None
        return numbers.place(found.rank, found.rank_of, found.tied)

    by_level = printed("value")
    if said := voice.places(frame.area.short_name, by_level, printed("gap")):
        yield said


def _trend(frame: Frame, voice: Voice, row: GapRow, rows: list[GapRow]) -> Iterable[str]:
    base = _at(rows, row.baseline_period) if row.baseline_period else None
    if not base or row.change_baseline is None or base.gap is None or row.gap is None:
        return
    unit = frame.indicator.unit
    sides = []
    for side in ("sen_value", "reference_value"):
        before, now = getattr(base, side), getattr(row, side)
        sides.append(
            (numbers.level(before, unit, base.decimals), numbers.level(now, unit, row.decimals))
        )
    yield voice.trend(
        frame.label(base.time_period),
        row.change_baseline,
        numbers.gap(base.gap, unit, base.decimals),
        numbers.gap(row.gap, unit, row.decimals),
        row.decimals,
        voice.moved(sides[0], sides[1]),
    )


def _breaks(
    frame: Frame, rows: Sequence[GapRow | LevelRow]
) -> tuple[tuple[Break, ...], tuple[Band, ...], list[str]]:
    """Rules where the basis or source changes, a band for single odd years between, and
    the sentences that go with both."""
    runs = _runs(rows)
    odd = [run for run in runs[1:-1] if len(run) == 1]
    kept = [run for run in runs if run not in odd]
    breaks = []
    for before, after in zip(kept, kept[1:], strict=False):
        if (before[-1].basis, before[-1].line) != (after[0].basis, after[0].line):
            label = frame.label(after[0].time_period)
            position = ends_in(after[0].time_period) - 0.5
            reason = _reason(frame, before[-1], after[0])
            breaks.append(Break(position, f"new basis {label}", reason))
    said = [
        f"Do not compare figures before {b.label.removeprefix('new basis ')} with later ones: "
        f"{b.reason}"
        for b in breaks
    ]
    said += [
        f"{frame.label(run[0].time_period)} is not compared with other years: "
        f"{_reason(frame, None, run[0])}"
        for run in odd
    ]
    years = [ends_in(run[0].time_period) for run in odd]
    band = (Band(min(years) - 0.5, max(years) + 0.5, "Not comparable"),) if years else ()
    return tuple(breaks), band, said


def _runs(rows: Sequence[GapRow | LevelRow]) -> list[list[GapRow | LevelRow]]:
    """Rows next to each other on one basis and line."""
    runs: list[list[GapRow | LevelRow]] = []
    for row in rows:
        if runs and (runs[-1][-1].basis, runs[-1][-1].line) == (row.basis, row.line):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _reason(frame: Frame, before: GapRow | LevelRow | None, after: GapRow | LevelRow) -> str:
    """Why figures from ``after`` on stand on a basis of their own."""
    if before is not None and before.basis == after.basis:
        return "The figures come from another publication from there on."
    found = (
        series.basis_in(after.time_period)
        for series in frame.series()
        if series.source_id == after.source_id
    )
    return next((b.reason for b in found if b and b.reason), "They were measured differently.")


def level_cell(frame: Frame, row: LevelRow | None) -> str:
    """A level in a table, or its symbol."""
    if row is None or row.value is None:
        return numbers.symbol_word(row.symbol if row else None)
    mark = " p" if row.status == "provisional" else ""
    return numbers.level(row.value, frame.indicator.unit, row.decimals) + mark


def count_cell(row: LevelRow) -> str:
    """ "503 of 894", or a dash where no numbers belong to the figure."""
    if row.numerator is None or row.denominator is None:
        return "not given"
    return f"{row.numerator:,.0f} of {row.denominator:,.0f}"


def mean_cell(frame: Frame, story: Story, measure: str, row: GapRow | LevelRow) -> str:
    """The neighbours' average with how many of ten it rests on."""
    place = story.places.get((measure, row.time_period))
    if place is None or place.neighbour_count == 0:
        value = row.gap if isinstance(row, GapRow) else row.value
        return numbers.symbol_word(row.symbol) if value is None else "none"
    if place.neighbour_mean is None:
        return f"not shown ({place.neighbour_count}/10)"
    printer = numbers.gap if measure == "gap" else numbers.level
    text = printer(place.neighbour_mean, frame.indicator.unit, numbers.mean_decimals(row.decimals))
    return text if place.neighbour_count == 10 else f"{text} ({place.neighbour_count}/10)"
