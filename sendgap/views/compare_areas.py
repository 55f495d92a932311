"""Beside whom does an area stand? One outcome and period in every authority."""

from __future__ import annotations

from sendgap.store import Release
from sendgap.terms import Polarity, Status
from sendgap.views import numbers, standing
from sendgap.views.axes import gap_axis, level_axis
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.chosen_set import Part, chosen_set, counts_of
from sendgap.views.compare_model import Beside, CompareAreas, RankedArea
from sendgap.views.compare_words import chart, own_table, scatter_alt, words
from sendgap.views.compared import Compared, CompareRow, compared, place
from sendgap.views.intervals import printed
from sendgap.views.model import Axis, NoAnswer
from sendgap.views.request import Request
from sendgap.views.standing import Standing

#: Names of neighbours that do as the rule says.
MOST_ALIKE = 5


def compare_areas(
    release: Release, request: Request, *, among: str, by: str
) -> CompareAreas | NoAnswer:
    """The view of one request, or why there is none.

    Places are among all authorities, whichever are listed: ``among`` England, the region,
    the statistical neighbours or the areas chosen. An area without a figure keeps its row
    and its reason; it has no place.
    """
    found = compared(release, request)
    if isinstance(found, NoAnswer):
        return found
    frame = found.frame
    by = by if found.has_gap else "level"
    everyone = ranked_areas(found)
    rows = sorted(
        (row for code, row in everyone.items() if _is_among(found, code, among)),
        key=lambda row: _order(found, row, by),
    )
    beside = beside_of(found)
    alike, rule = _alike(found, everyone)
    return CompareAreas(
        words=words(found, tuple(everyone.values()), beside, among),
        definition=frame.definition(),
        chart=chart(found, rows, beside, by, among),
        own=own_table(found, everyone, beside),
        rows=tuple(rows),
        beside=beside,
        alike=alike,
        alike_rule=rule,
        level_axis=_level_axis(found, rows, by),
        gap_axis=_gap_axis(found, rows),
        polarity=frame.indicator.polarity,
        sen_group=frame.group,
        sen_label=GROUP_LABELS[frame.group],
        reference_label=GROUP_LABELS[frame.reference.group] if frame.reference else "",
        by=by,
        among=among,
        scatter_alt=scatter_alt(found, rows, beside),
        ends=_ends(found, by),
    )


def ranked_areas(found: Compared) -> dict[str, RankedArea]:
    """Every authority by its code."""
    return {code: _row(found, code) for code in found.levels}


def _row(found: Compared, code: str) -> RankedArea:
    frame, level, gap = found.frame, found.levels[code], found.gaps.get(code)
    area = frame.release.areas.by_code(code)
    unit = frame.indicator.unit
    closeness = {n.area.area_code: n.closeness for n in found.neighbours}
    against = Standing("England", "", level.position_england or "", level.position_basis)
    side, held = gap.reference_value if gap else None, found.held
    is_few = code in found.few and level.value is not None and found.is_ranked
    return RankedArea(
        role=_role(found, code),
        la_code=area.la_code or code,
        name=area.short_name,
        region=level.region,
        level=level.value,
        level_printed=_printed(level, numbers.level, unit),
        level_place=standing.TOO_FEW if is_few else place(level),
        reference=side,
        reference_printed=numbers.level(side, unit, gap.decimals)
        if gap and side is not None
        else numbers.symbol_word(gap.symbol if gap else None),
        gap=gap.value if gap else None,
        gap_printed=_printed(gap, numbers.gap, unit),
        gap_place=standing.TOO_FEW if is_few and gap and gap.value is not None else place(gap),
        against_england=standing.TOO_FEW if is_few else against.cell,
        children=f"{level.denominator:,.0f}" if level.denominator is not None else "not given",
        closeness=closeness.get(code, "not a neighbour"),
        provisional=level.status == Status.PROVISIONAL and level.value is not None,
        interval=printed(held.level(code, found.period), unit, level.decimals),
        gap_interval=printed(held.gap(code, found.period), unit, level.decimals, is_gap=True),
        place_range=_place_range(found, "value", code),
        gap_place_range=_place_range(found, "gap", code),
    )


def _place_range(found: Compared, measure: str, code: str) -> str:
    known = "" if code in found.few else found.held.place(measure, code, found.period)
    return known or "not given"


def _printed(row: CompareRow | None, printer: numbers.Printer, unit: str) -> str:
    if row is None or row.value is None:
        return numbers.symbol_word(row.symbol if row else None)
    return printer(row.value, unit, row.decimals)


def _role(found: Compared, code: str) -> str:
    if code == found.frame.area.area_code:
        return "area"
    if any(code == area.area_code for area in found.chosen):
        return "chosen"
    near = any(code == n.area.area_code for n in found.neighbours)
    return "neighbour" if near else "other"


def _is_among(found: Compared, code: str, among: str) -> bool:
    if code == found.frame.area.area_code or among == "england":
        return True
    if among == "region":
        return found.levels[code].region_code == found.frame.area.region_code
    if among == "set":
        return any(code == area.area_code for area in found.chosen)
    return any(code == n.area.area_code for n in found.neighbours)


def _order(found: Compared, row: RankedArea, by: str) -> tuple[bool, float, str]:
    """Best first, highest where no way is better, A to Z where figures are not put in order;
    areas without a figure at the end."""
    value = row.gap if by == "gap" else row.level
    if value is None:
        return (True, 0.0, row.name)
    if not found.may_be_ordered:
        return (False, 0.0, row.name)
    low_first = by == "gap" or found.frame.indicator.polarity is Polarity.LOWER_IS_BETTER
    return (False, value if low_first else -value, row.name)


def _ends(found: Compared, by: str) -> tuple[str, str]:
    """The words for both ends of the order."""
    if not found.may_be_ordered:
        return "A", "Z"
    if by == "gap":
        return "narrowest gap (1st)", "widest gap"
    if found.frame.indicator.polarity is Polarity.LOWER_IS_BETTER:
        return "lowest (1st)", "highest"
    return ("highest (1st)" if found.is_ranked else "highest"), "lowest"


def beside_of(found: Compared) -> tuple[Beside, ...]:
    """The neighbours' average, the areas chosen, the region and England."""
    made = []
    frame, own, gap = found.frame, found.own, found.own_gap
    anyone = own or next(iter(found.levels.values()))
    any_gap = gap or next(iter(found.gaps.values()), None)
    unit, places = frame.indicator.unit, numbers.mean_decimals(found.decimals)
    is_count = unit == "count"
    if own is not None and not is_count:
        label = f"Neighbours' average ({own.neighbour_count} of {len(found.neighbours)})"
        mean = gap.neighbour_mean if gap else None
        if gap is not None and gap.neighbour_count != own.neighbour_count:
            label += f"; gap of {gap.neighbour_count}"
        made.append(_comparator("neighbours", label, own.neighbour_mean, mean, unit, places))
    if found.chosen:
        made.append(chosen_set(frame, _parts(found), found.decimals))
    if own is not None and frame.region and not is_count:
        region_gap = gap.region_value if gap else None
        made.append(
            _comparator(
                "region", frame.region.name, own.region_value, region_gap, unit, own.decimals
            )
        )
    if not is_count:
        england_gap = any_gap.england if any_gap else None
        made.append(
            _comparator(
                "england", found.frame.england, anyone.england, england_gap, unit, anyone.decimals
            )
        )
    return tuple(made)


def _comparator(
    role: str, label: str, level: float | None, gap: float | None, unit: str, places: int
) -> Beside:
    missing = {"england": "No published England figure", "neighbours": "not shown: fewer than 7"}
    word = missing.get(role, "not published")
    return Beside(
        role,
        label,
        level,
        word if level is None else numbers.level(level, unit, places),
        gap,
        word if gap is None else numbers.gap(gap, unit, places),
    )


def _parts(found: Compared) -> list[Part]:
    reference = found.frame.reference
    parts = []
    for area in found.chosen:
        code = area.area_code
        level, gap = found.levels.get(code), found.gaps.get(code)
        other = found.counts.get((code, reference.group.value)) if reference else None
        parts.append(
            Part(
                level.value if level else None,
                gap.value if gap else None,
                counts_of(found.counts.get((code, found.frame.group.value))),
                counts_of(other),
            )
        )
    return parts


def _alike(found: Compared, everyone: dict[str, RankedArea]) -> tuple[tuple[RankedArea, ...], str]:
    """Statistical neighbours with a better level and no wider gap, best level first."""
    indicator, own, gap = found.frame.indicator, found.own, found.own_gap
    if indicator.polarity is Polarity.NONE:
        return (), ""
    word = "higher" if indicator.polarity is Polarity.HIGHER_IS_BETTER else "lower"
    rule = f"a {word} level, by more than rounding" + (
        ", and a gap that is no wider" if found.has_gap else ""
    )
    if own is None or own.value is None:
        return (), "There is no figure here to set them beside."
    if found.has_few:
        return (), "There are too few pupils here to set others beside."
    least = standing.floor(own.decimals, indicator.unit)
    picked = []
    for neighbour in found.neighbours:
        other, theirs = (rows.get(neighbour.area.area_code) for rows in (found.levels, found.gaps))
        if other is None or other.value is None or other.area_code in found.few:
            continue
        if not standing.is_better(other.value, own.value, indicator.polarity, least):
            continue
        if found.has_gap and not _no_wider(theirs, gap):
            continue
        picked.append(everyone[neighbour.area.area_code])
    picked.sort(key=lambda row: _order(found, row, "level"))
    said = f"Statistical neighbours with {rule}."
    return tuple(picked[:MOST_ALIKE]), said if picked else f"No statistical neighbour has {rule}."


def _no_wider(theirs: CompareRow | None, ours: CompareRow | None) -> bool:
    if theirs is None or ours is None or theirs.value is None or ours.value is None:
        return False
    return theirs.value <= ours.value


def _level_axis(found: Compared, rows: list[RankedArea], by: str) -> Axis:
    values = [row.level for row in rows if row.level is not None]
    if by == "gap":
        values += [row.reference for row in rows if row.reference is not None]
    return level_axis(found.frame.indicator, values, found.decimals)


def _gap_axis(found: Compared, rows: list[RankedArea]) -> Axis | None:
    values = [row.gap for row in rows if row.gap is not None]
    if not values:
        return None
    return gap_axis(found.frame.indicator, values, found.decimals)
