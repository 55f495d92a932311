"""Badges and caveats: what to know before relying on a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sendgap.store import Release
from sendgap.terms import Symbol
from sendgap.views import numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, GapRow, LevelRow, PlaceRow
from sendgap.views.model import SourceNote
from sendgap.views.people import counted
from sendgap.views.periods import day
from sendgap.views.wording import NO_COUNTS, WHOLE_NUMBERS

Rows = Sequence[GapRow | LevelRow]


def _filled(row: GapRow | LevelRow) -> bool:
    return (row.gap if isinstance(row, GapRow) else row.value) is not None


def badges(
    frame: Frame,
    rows: Rows,
    own: list[LevelRow],
    places: Mapping[tuple[str, str], PlaceRow],
) -> tuple[str, ...]:
    """At most four facts about the newest figure, each a few words."""
    newest = next((row for row in reversed(rows) if _filled(row)), None)
    if newest is None:
        return ()
    found = []
    level = next((row for row in own if row.time_period == newest.time_period), None)
    people = counted(frame.indicator)
    if level and level.denominator is not None:
        found.append(f"{people[0].upper()}{people[1:]}: {level.denominator:,.0f}")
    elif frame.indicator.unit != "count":
        found.append("No pupil numbers")
    if newest.decimals == 0:
        found.append("Whole-number source")
    if newest.status == "provisional":
        found.append("Provisional")
    if is_stale(frame, newest.source_id):
        found.append(f"Newest published: {frame.label(newest.time_period)}")
    measure = "gap" if isinstance(newest, GapRow) else "value"
    place = places.get((measure, newest.time_period))
    if place and "neighbours" in frame.request.compare:
        found.append(f"{place.neighbour_count} of 10 neighbours")
    return tuple(found[:4])


def absent_neighbours(
    frame: Frame, period: str | None, places: Mapping[tuple[str, str], PlaceRow]
) -> tuple[str, ...]:
    """Which neighbours have no part in the average of a period, by name."""
    measure = "gap" if frame.reference else "value"
    place = places.get((measure, period or ""))
    wanted = "neighbours" in frame.request.compare and frame.indicator.unit != "count"
    if place is None or place.neighbour_count >= 10 or not wanted:
        return ()
    listed = frame.release.areas.neighbours(frame.area.area_code, frame.request.vintage)
    codes = [neighbour.area.area_code for neighbour in listed]
    rows: Rows = frame.gaps(codes) if frame.reference else frame.levels(codes, [frame.group])
    held = {row.area_code for row in rows if row.time_period == period and _filled(row)}
    names = [n.area.short_name for n in listed if n.area.area_code not in held]
    if not names:
        return ()
    verb = "neighbour has" if len(names) == 1 else "neighbours have"
    few = " With fewer than 7 the average is not shown." if place.neighbour_count < 7 else ""
    when = frame.label(period or "")
    return (f"{len(names)} {verb} no figure for {when}: {', '.join(names)}.{few}",)


def is_stale(frame: Frame, source_id: str, today: date | None = None) -> bool:
    """Whether two newer editions of the source are due."""
    return frame.release.catalogue.sources[source_id].stale_after < (today or date.today())


def caveats(
    frame: Frame,
    rows: Rows,
    breaks: Sequence[str],
    gaps: Mapping[str, list[GapRow]],
    levels: Mapping[str, list[LevelRow]],
) -> tuple[str, ...]:
    """Everything that stands under the table, never folded away."""
    found = [*_comparators(frame, gaps, levels)]
    found += breaks
    found += _cautions(frame, rows)
    found += _status(frame, rows)
    if any(row.decimals == 0 for row in rows) and frame.reference:
        found.append(WHOLE_NUMBERS)
    newest = next((r for r in reversed(levels.get(frame.area.area_code, [])) if _filled(r)), None)
    if newest and newest.denominator is None and frame.indicator.unit != "count":
        found.append(NO_COUNTS)
    found += _withheld(frame)
    found += _splices(frame, rows)
    if frame.area.note:
        found.append(frame.area.note)
    found += symbols(row.symbol for row in rows)
    return tuple(dict.fromkeys(found))


def _comparators(
    frame: Frame, gaps: Mapping[str, list[GapRow]], levels: Mapping[str, list[LevelRow]]
) -> Iterable[str]:
    for role, code in frame.comparator_codes().items():
        held: Sequence[GapRow | LevelRow] = gaps.get(code, []) or levels.get(code, [])
        if not any(_filled(row) for row in held):
            name = frame.area_label(role)
            yield f"No published {name} figure: {frame.short}, {GROUP_LABELS[frame.group]}."


def _cautions(frame: Frame, rows: Rows) -> Iterable[str]:
    shown = {row.time_period for row in rows if _filled(row)}
    for series in frame.series():
        for caution in series.cautions:
            if any(caution.first <= period <= caution.last for period in shown):
                first, last = frame.label(caution.first), frame.label(caution.last)
                span = first if first == last else f"{first} to {last}"
                yield f"{span}: {caution.text}"


def _status(frame: Frame, rows: Rows) -> Iterable[str]:
    found = [frame.label(r.time_period) for r in rows if r.status == "provisional" and _filled(r)]
    if found:
        yield f"{' and '.join(found)} is provisional (p) and may change."
    newest = next((row for row in reversed(rows) if _filled(row)), None)
    if newest and is_stale(frame, newest.source_id):
        yield f"No figures newer than {frame.label(newest.time_period)} have been published."
    if any(series.derived == "sum_of_terms" for series in frame.series()):
        yield "A year is the sum of its three termly rates; no yearly rate by SEN is published."


def _withheld(frame: Frame) -> Iterable[str]:
    for series in frame.series():
        for item in series.withheld:
            codes = {frame.area.area_code, *frame.comparator_codes().values()}
            if item.area_code in codes and frame.group in item.groups:
                name = frame.release.areas.by_code(item.area_code).short_name
                yield f"{name} {frame.label(item.time_period)} is not shown: {item.reason}"


def _splices(frame: Frame, rows: Rows) -> Iterable[str]:
    used = {row.source_id for row in rows if _filled(row)}
    for splice in frame.indicator.splices:
        if len(used & set(splice.sources)) > 1:
            yield f"Two publications are joined. {splice.agreement}"


def symbols(found: Iterable[str | None]) -> list[str]:
    """The meaning of each symbol present, once."""
    present = {Symbol(s) for s in found if s}
    return [numbers.SYMBOL_MEANINGS[s] for s in Symbol if s in present]


def by_publication(release: Release, used: Mapping[str, Sequence[str]]) -> Iterable[SourceNote]:
    """One line for each source, with what was taken from it in words."""
    editions = {str(row[0]): str(row[1]) for row in release.rows("edition_dates")}
    for source_id, taken in used.items():
        source = release.catalogue.sources[source_id]
        yield SourceNote(
            source.publication,
            source.publisher,
            day(editions.get(source_id, source.edition)),
            "; ".join(taken),
            source.next_update,
            source.licence,
            source.url,
        )
