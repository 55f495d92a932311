"""What has changed since the baseline, here and beside us? One outcome in two years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sendgap.errors import NoAnswerError
from sendgap.store import Release
from sendgap.views import numbers, slope_words, standing
from sendgap.views.axes import gap_axis, level_axis
from sendgap.views.category import category
from sendgap.views.cells import Places
from sendgap.views.change import FEWEST
from sendgap.views.frame import Frame, GapRow, LevelRow
from sendgap.views.model import Axis, NoAnswer
from sendgap.views.nothing import nothing
from sendgap.views.request import ENGLAND, Request
from sendgap.views.slope_model import BaselineToLatest, Slope
from sendgap.views.slope_years import Rows, row_of, value, years
from sendgap.views.wording import moved_text, rounding_floor


@dataclass(frozen=True, slots=True)
class Pair:
    """Both years of every area looked at; rows by area code, oldest first.

    ``pupils`` are the known numbers of the group by area code and period.
    """

    frame: Frame
    by: str
    rows: dict[str, Rows]
    pupils: dict[tuple[str, str], float]
    before: GapRow | LevelRow
    now: GapRow | LevelRow
    places: Places

    @property
    def is_gap(self) -> bool:
        return self.by == "gap"

    @property
    def decimals(self) -> int:
        return max(self.before.decimals, self.now.decimals)

    @property
    def least(self) -> float:
        """Changes up to this much may be rounding."""
        if self.is_gap:
            return rounding_floor(self.decimals)
        return standing.floor(self.decimals, self.frame.indicator.unit)


def baseline_to_latest(release: Release, request: Request, by: str) -> BaselineToLatest | NoAnswer:
    """The change up to ``request.period`` since ``request.since``, or why there is none.

    The usual start is the catalogue's baseline where it stands on one basis with the newest
    year, else the earliest year that does. Years of different bases are refused.
    """
    frame = Frame.of(release, request)
    if frame.is_category:
        return category(frame)
    by = by if frame.reference is not None else "level"
    near = release.areas.neighbours(frame.area.area_code, request.vintage)
    codes = [frame.area.area_code, *(n.area.area_code for n in near), *request.chosen]
    codes += [ENGLAND, *([frame.region.area_code] if frame.region else [])]
    levels = frame.levels(list(dict.fromkeys(codes)), [frame.group])
    rows = _by_area(frame.gaps(list(dict.fromkeys(codes))) if by == "gap" else levels)
    own = rows.get(frame.area.area_code, [])
    if not any(value(row) is not None for row in own):
        return nothing(frame, frame.levels([frame.area.area_code], [frame.group]))
    try:
        before, now = years(frame, own, by)
    except NoAnswerError as refusal:
        return slope_words.refused(frame, str(refusal))
    pupils = {(r.area_code, r.time_period): r.denominator for r in levels if r.denominator}
    pair = Pair(frame, by, rows, pupils, before, now, frame.places())
    slopes = tuple(_slopes(pair, [n.area.area_code for n in near]))
    return BaselineToLatest(
        words=slope_words.words(frame, by, slopes, before, now, _periods(pair)),
        definition=frame.definition(),
        chart=slope_words.chart(frame, by, slopes, before, now),
        slopes=slopes,
        since_label=frame.label(before.time_period),
        until_label=frame.label(now.time_period),
        axis=_axis(pair, slopes),
        sen_group=frame.group,
        by=by,
    )


def _by_area(rows: Rows) -> dict[str, Rows]:
    found: dict[str, list[GapRow | LevelRow]] = {}
    for row in rows:
        found.setdefault(row.area_code, []).append(row)
    return dict(found)


def _slopes(pair: Pair, near: list[str]) -> Iterable[Slope]:
    """The area, its neighbours' average and neighbours, the areas chosen, region, England."""
    frame = pair.frame
    areas, own = frame.release.areas, frame.area.area_code
    yield _slope(pair, "area", own, frame.area.short_name)
    if near and frame.indicator.unit != "count":
        yield _average(pair, near)
    for role, codes in (("neighbour", near), ("chosen", frame.request.chosen)):
        for code in codes:
            if role == "neighbour" or code not in (own, *near):
                yield _slope(pair, role, code, areas.by_code(code).short_name)
    if frame.indicator.unit == "count":
        return
    if frame.region:
        yield _slope(pair, "region", frame.region.area_code, frame.region.name)
    yield _slope(pair, "england", ENGLAND, frame.england)


def _slope(pair: Pair, role: str, code: str, label: str) -> Slope:
    frame, rows = pair.frame, pair.rows.get(code, [])
    before, now = (row_of(rows, row.time_period) for row in (pair.before, pair.now))
    first, last = value(before), value(now)
    unit = frame.indicator.unit
    printer = numbers.gap if pair.is_gap else numbers.level
    area = frame.release.areas.by_code(code)
    is_one = before is not None and now is not None and (before.basis, before.line) == (
        now.basis, now.line
    )  # fmt: skip
    if first is None or last is None:
        moved = "no figure in one of the years"
    else:
        moved = _moved(pair, first, last) if is_one else "not compared: another basis"
        if is_one and _has_few(pair, code):
            moved = "too few pupils to tell a change"
    is_authority = role not in ("region", "england")
    levels = ("", "")
    if pair.is_gap:
        levels = (_level(frame, before), _level(frame, now))
    return Slope(
        role, label, (area.la_code or code) if is_authority else "",
        first if is_one else None, _printed(before, printer, unit),
        last if is_one else None, _printed(now, printer, unit), moved, levels,
        now is not None and now.status == "provisional" and last is not None,
    )  # fmt: skip


def _has_few(pair: Pair, code: str) -> bool:
    """Whether either year is known to rest on too few pupils to carry a change."""
    years = (pair.before.time_period, pair.now.time_period)
    return any(pair.pupils.get((code, year), FEWEST) < FEWEST for year in years)


def _printed(row: GapRow | LevelRow | None, printer: numbers.Printer, unit: str) -> str:
    found = value(row)
    if row is None or found is None:
        return numbers.symbol_word(row.symbol if row else None)
    return printer(found, unit, row.decimals) + (" p" if row.status == "provisional" else "")


def _level(frame: Frame, row: GapRow | LevelRow | None) -> str:
    """The level that a gap belongs to."""
    if not isinstance(row, GapRow) or row.sen_value is None:
        return numbers.symbol_word(row.symbol if row else None)
    return numbers.level(row.sen_value, frame.indicator.unit, row.decimals)


def _moved(pair: Pair, before: float, now: float, extra: int = 0) -> str:
    """What a figure did: "rose 2 pp", or that it changed no more than rounding can make."""
    places = pair.decimals + extra
    # As the two printed figures differ, so that a reader can subtract them.
    change = round(round(now, places) - round(before, places), places)
    unit = pair.frame.indicator.unit
    if change == 0:
        return "did not move"
    if pair.is_gap:
        by = numbers.gap(abs(change), unit, places)
        said = f"{'narrowed' if change < 0 else 'widened'} {by}"
    else:
        said = moved_text(change, unit, places)
    return said if abs(change) > pair.least + 1e-9 else f"changed little ({said})"


def _average(pair: Pair, near: list[str]) -> Slope:
    """The neighbours' average in both years, joined where the same neighbours stand behind it."""
    frame, measure = pair.frame, "gap" if pair.is_gap else "value"
    found = [pair.places.get((measure, row.time_period)) for row in (pair.before, pair.now)]
    means = [row.neighbour_mean if row else None for row in found]
    printer = numbers.gap if pair.is_gap else numbers.level
    places = numbers.mean_decimals(pair.decimals)
    texts = []
    for row, mean in zip(found, means, strict=True):
        count = row.neighbour_count if row else 0
        text = "not shown" if mean is None else printer(mean, frame.indicator.unit, places)
        texts.append(text if count == 10 and mean is not None else f"{text} ({count} of 10)")
    same = _with_figures(pair, near, pair.before) == _with_figures(pair, near, pair.now)
    first, last = means
    moved = "no average in one of the years"
    if first is not None and last is not None:
        moved = "not compared: other neighbours have figures"
        if same:
            moved = _moved(pair, first, last, places - pair.decimals)
    levels = tuple(_mean_level(pair, row) for row in (pair.before, pair.now))
    return Slope(
        "neighbours", "Neighbours' average", "",
        first if same else None, texts[0], last if same else None, texts[1], moved,
        (levels[0], levels[1]) if pair.is_gap else ("", ""),
    )  # fmt: skip


def _with_figures(pair: Pair, near: list[str], year: GapRow | LevelRow) -> set[str]:
    return {
        code
        for code in near
        if value(row_of(pair.rows.get(code, []), year.time_period)) is not None
    }


def _mean_level(pair: Pair, year: GapRow | LevelRow) -> str:
    """The neighbours' average level of a year."""
    row = pair.places.get(("value", year.time_period))
    if row is None or row.neighbour_mean is None:
        return "not shown"
    places = numbers.mean_decimals(year.decimals)
    return numbers.level(row.neighbour_mean, pair.frame.indicator.unit, places)


def _periods(pair: Pair) -> list[tuple[str, str]]:
    """Sources and periods that the figures are of."""
    return [(row.source_id, row.time_period) for row in (pair.before, pair.now)]


def _axis(pair: Pair, slopes: Sequence[Slope]) -> Axis:
    values = [v for s in slopes if s.is_joined for v in (s.before or 0.0, s.now or 0.0)]
    make = gap_axis if pair.is_gap else level_axis
    return make(pair.frame.indicator, values, pair.decimals)
