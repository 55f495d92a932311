"""The same outcome in one period for an area, its neighbours, region and England."""

from __future__ import annotations

from sendgap.errors import UnknownNameError
from sendgap.store import Release
from sendgap.views import numbers, story
from sendgap.views.axes import level_title
from sendgap.views.category import category
from sendgap.views.cells import count_cell
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, GapRow, LevelRow, point
from sendgap.views.intervals import intervals, printed
from sendgap.views.model import AreaRow, Axis, Chart, NoAnswer, Point, SideBySide, Table, Words
from sendgap.views.notes import badges, caveats
from sendgap.views.nothing import nothing
from sendgap.views.periods import ends_in
from sendgap.views.request import Request
from sendgap.views.sentences import finding_for, sentences_for


def side_by_side(release: Release, request: Request) -> SideBySide | NoAnswer:
    """The view of one request and period, or why there is none.

    Rows: the area, the neighbours' average, each neighbour from the narrowest gap (or the
    best level), areas a person has put together, the region, England. An area without a
    figure keeps its row and reason.
    """
    frame = Frame.of(release, request)
    if frame.is_category:
        return category(frame, everyone=True)
    codes = _codes(frame)
    gaps = [row for row in frame.gaps(codes.values())]
    levels = frame.levels(codes.values(), [frame.group])
    period = _period(frame, levels)
    own = [row for row in levels if row.area_code == frame.area.area_code]
    if period is None or not any(r.time_period == period and r.value is not None for r in own):
        return nothing(frame, own, period=period)
    chosen = _Chosen(
        frame,
        period,
        {r.area_code: r for r in gaps if r.time_period == period},
        {r.area_code: r for r in levels if r.time_period == period},
    )
    rows = chosen.rows(codes)
    return SideBySide(
        words=_words(chosen, rows, own),
        definition=frame.definition(),
        chart=Chart(_alt(chosen, rows), _description(chosen, rows), _table(chosen, rows),
                    frame.file_name("side by side", period)),
        rows=rows,
        axis=_axis(chosen, rows),
        sen_group=frame.group,
        sen_label=GROUP_LABELS[frame.group],
        reference_group=chosen.reference_group,
        reference_label=GROUP_LABELS[chosen.reference_group] if chosen.reference_group else "",
        periods=_periods(frame, own),
    )  # fmt: skip


def _codes(frame: Frame) -> dict[str, str]:
    """Role to area code; neighbours are numbered by their position."""
    codes = {"area": frame.area.area_code}
    if "neighbours" in frame.request.compare:
        found = frame.release.areas.neighbours(frame.area.area_code, frame.request.vintage)
        codes |= {f"neighbour {n.position}": n.area.area_code for n in found}
    held = set(codes.values())
    chosen = [code for code in frame.request.chosen if code not in held]
    codes |= {f"chosen {number}": code for number, code in enumerate(chosen)}
    # A count grows with the area: a region's or England's would hide the authorities'.
    return codes if frame.indicator.unit == "count" else codes | frame.comparator_codes()


def _periods(frame: Frame, own: list[LevelRow]) -> tuple[tuple[str, str], ...]:
    """Periods with a figure for the area, newest first."""
    filled = [row.time_period for row in own if row.value is not None]
    return tuple((period, frame.label(period)) for period in reversed(filled))


def _period(frame: Frame, levels: list[LevelRow]) -> str | None:
    asked = frame.request.period
    known = {row.time_period for row in levels}
    if asked != "latest":
        if asked not in known:
            raise UnknownNameError("year", asked, sorted(known)[-3:])
        return asked
    return frame.latest("gap") or frame.latest("value")


class _Chosen:
    """One period's rows by area."""

    def __init__(
        self, frame: Frame, period: str, gaps: dict[str, GapRow], levels: dict[str, LevelRow]
    ) -> None:
        self.frame, self.period, self.gaps, self.levels = frame, period, gaps, levels
        self.places = frame.places()
        self.held = intervals(frame, list(levels), period)
        own = gaps.get(frame.area.area_code)
        self.has_gap = own is not None and own.gap is not None
        reference = frame.reference
        self.reference_group = reference.group if reference and self.has_gap else None
        self.decimals = levels[frame.area.area_code].decimals

    def rows(self, codes: dict[str, str]) -> tuple[AreaRow, ...]:
        """Every area's row in the order of the chart."""
        made = {role: self._row(role, code) for role, code in codes.items()}
        neighbours, chosen = (
            sorted((row for row in made.values() if row.role == role), key=self._order)
            for role in ("neighbour", "chosen")
        )
        mean = [self._mean()] if neighbours else []
        ends = [made[role] for role in ("region", "england") if role in made]
        return (made["area"], *[m for m in mean if m], *neighbours, *chosen, *ends)

    def _order(self, row: AreaRow) -> tuple[bool, float, str]:
        value = row.gap if self.has_gap else row.sen.value
        if value is None:
            return (True, 0.0, row.label)
        higher = self.frame.indicator.polarity.value == "higher_is_better" and not self.has_gap
        return (False, -value if higher else value, row.label)

    def _row(self, role: str, code: str) -> AreaRow:
        area = self.frame.release.areas.by_code(code)
        kind = role.split()[0]
        label = self.frame.england if kind == "england" else area.short_name
        level, gap = self.levels.get(code), self.gaps.get(code)
        unit = self.frame.indicator.unit
        if level is None:
            return AreaRow(kind, label, code, self._none("none"), None, None, "not published")
        sen = self._point(level, level.value, level.decimals)
        if gap is None or not self.has_gap:
            return AreaRow(kind, label, code, sen, None, None, sen.printed)
        reference = self._point(gap, gap.reference_value, gap.decimals)
        printed = (
            numbers.gap(gap.gap, unit, gap.decimals)
            if gap.gap is not None
            else numbers.symbol_word(gap.symbol)
        )
        return AreaRow(kind, label, code, sen, reference, gap.gap, printed)

    def _mean(self) -> AreaRow | None:
        """The neighbours' averages of the level and of the gap."""
        level = self.places.get(("value", self.period))
        gap = self.places.get(("gap", self.period))
        places = numbers.mean_decimals(self.decimals)
        unit = self.frame.indicator.unit
        if level is None or level.neighbour_mean is None:
            return None
        sen = self._bare(level.neighbour_mean, numbers.level(level.neighbour_mean, unit, places))
        label = f"Neighbours' average ({level.neighbour_count} of 10)"
        if not self.has_gap or gap is None or gap.neighbour_mean is None:
            return AreaRow("neighbours", label, None, sen, None, None, sen.printed)
        # Means are of the same areas where every neighbour has both sides.
        if gap.neighbour_count != level.neighbour_count:
            return AreaRow("neighbours", label, None, sen, None, None, sen.printed)
        sign = 1 if self.frame.indicator.polarity.value == "higher_is_better" else -1
        other = level.neighbour_mean + sign * gap.neighbour_mean
        reference = self._bare(other, numbers.level(other, unit, places))
        printed = numbers.gap(gap.neighbour_mean, unit, places)
        return AreaRow("neighbours", label, None, sen, reference, gap.neighbour_mean, printed)

    def _point(self, row: LevelRow | GapRow, value: float | None, decimals: int) -> Point:
        unit = self.frame.indicator.unit
        printed = numbers.level(value, unit, decimals) if value is not None else ""
        return point(self.frame, row, value, printed, 0)

    def _bare(self, value: float, printed: str) -> Point:
        label = self.frame.label(self.period)
        return Point(self.period, ends_in(self.period), label, value, printed)

    def _none(self, symbol: str) -> Point:
        label = self.frame.label(self.period)
        word = numbers.symbol_word(symbol)
        return Point(self.period, ends_in(self.period), label, None, word, symbol)


def _words(chosen: _Chosen, rows: tuple[AreaRow, ...], own: list[LevelRow]) -> Words:
    frame = chosen.frame
    shown: list[LevelRow | GapRow] = list(chosen.gaps.values() or chosen.levels.values())
    gaps: dict[str, list[GapRow]] = {code: [row] for code, row in chosen.gaps.items()}
    levels: dict[str, list[LevelRow]] = {code: [row] for code, row in chosen.levels.items()}
    mine: list[GapRow | LevelRow] = [
        chosen.gaps.get(frame.area.area_code) or chosen.levels[frame.area.area_code]
    ]
    missing = [r.label for r in rows if r.role == "neighbour" and r.sen.value is None]
    said = [f"No figure for the neighbours {', '.join(missing)}."] if missing else []
    sentences = sentences_for(frame, chosen.period, gaps, levels, chosen.places, chosen.held)
    return Words(
        context=story.context(frame, chosen.period),
        finding=finding_for(frame, chosen.period, gaps, levels[frame.area.area_code]),
        badges=badges(frame, mine, own, chosen.places),
        sentences=tuple(sentences),
        caveats=(*said, *caveats(frame, mine, [], gaps, levels)),
        sources=frame.sources((r.source_id, r.time_period) for r in shown),
    )


def _axis(chosen: _Chosen, rows: tuple[AreaRow, ...]) -> Axis:
    points = [p for row in rows for p in (row.sen, row.reference) if p]
    values = [p.value for p in points if p.value is not None]
    indicator = chosen.frame.indicator
    suffix = "%" if indicator.unit == "percent" else ""
    return Axis(level_title(indicator), chosen.decimals, suffix, min(0.0, *values), max(values))


def _alt(chosen: _Chosen, rows: tuple[AreaRow, ...]) -> str:
    frame, own = chosen.frame, rows[0]
    text = f"{frame.short} in {len(rows)} areas, {frame.label(chosen.period)}: "
    text += f"{own.label} {own.sen.printed}"
    if own.reference:
        text += f" against {own.reference.printed}, gap {own.gap_printed}"
    text += "."
    return text if len(text) <= 150 else text[:149].rsplit(" ", 1)[0] + "…"


def _description(chosen: _Chosen, rows: tuple[AreaRow, ...]) -> str:
    said = []
    for row in rows:
        other = f", {row.reference.printed}, gap {row.gap_printed}" if row.reference else ""
        said.append(f"{row.label}: {row.sen.printed}{other}.")
    label = chosen.frame.label(chosen.period)
    return f"{chosen.frame.indicator.label}, {label}. " + " ".join(said)


def _table(chosen: _Chosen, rows: tuple[AreaRow, ...]) -> Table:
    frame = chosen.frame
    group = GROUP_LABELS[frame.group]
    head = ["Area", group]
    if chosen.reference_group:
        head += [GROUP_LABELS[chosen.reference_group], "Gap"]
    key = len(head) - 1
    kinds = [k for k, is_shown in (("value", True), ("gap", chosen.reference_group is not None))
             if is_shown and chosen.held.has(k)]  # fmt: skip
    head += [f"{group if kind == 'value' else 'Gap'}, 95% interval" for kind in kinds]
    counts = any(level.denominator for level in chosen.levels.values())
    if counts:
        head.append(f"Number {GROUP_LABELS[frame.group]}")
    made = []
    for row in rows:
        cells = [row.label, row.sen.printed + (" p" if row.sen.provisional else "")]
        if chosen.reference_group:
            cells += [row.reference.printed if row.reference else "none", row.gap_printed]
        cells += [_interval(chosen, row.area_code, kind) for kind in kinds]
        if counts:
            level = chosen.levels.get(row.area_code or "")
            cells.append(count_cell(level) if level else "average")
        made.append(tuple(cells))
    caption = f"{frame.indicator.label}, {GROUP_LABELS[frame.group]}, {frame.label(chosen.period)}"
    # Phones too see the level before the gap.
    return Table(caption, tuple(head), tuple(made), tuple(dict.fromkeys((0, 1, key))))


def _interval(chosen: _Chosen, code: str | None, kind: str) -> str:
    """One area's interval of its level or gap; an average has none."""
    if code is None:
        return "average"
    held = chosen.held
    find = held.gap if kind == "gap" else held.level
    unit = chosen.frame.indicator.unit
    return printed(find(code, chosen.period), unit, chosen.decimals, is_gap=kind == "gap")
