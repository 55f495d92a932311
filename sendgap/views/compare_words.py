"""The text and tables about one outcome in many authorities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sendgap.terms import Polarity
from sendgap.views import numbers, story
from sendgap.views.chance_words import NATION, NEIGHBOURS, chance, places_uncertain, to_match
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.compare_model import Beside, RankedArea
from sendgap.views.compared import Compared, place
from sendgap.views.frame import GapRow, LevelRow
from sendgap.views.headline import has_direction
from sendgap.views.model import Chart, Table, Words
from sendgap.views.notes import badges, caveats, symbols
from sendgap.views.people import counted
from sendgap.views.periods import month
from sendgap.views.sentences import Row
from sendgap.views.standing import HOW
from sendgap.views.standings import few_line
from sendgap.views.wording import NO_COUNTS, WITH_GROUP, Voice

LISTED = {
    "england": "all authorities in England",
    "region": "authorities of the region",
    "neighbours": "statistical neighbours",
    "set": "the areas chosen",
}
NAMES_SHOWN = 3
NO_COUNTS_THIS_YEAR = (
    "The source gives no pupil numbers for this year, so better and worse are approximate or not "
    "tested for chance."
)


def words(
    found: Compared, everyone: Sequence[RankedArea], beside: Sequence[Beside], among: str
) -> Words:
    """Finding, sentences and caveats of the comparison."""
    frame = found.frame
    codes = [frame.area.area_code, *frame.comparator_codes().values()]
    levels = _at(frame.levels(codes, [frame.group]), found.period)
    gaps = _at(frame.gaps(codes), found.period)
    mine: list[GapRow | LevelRow] = [
        *gaps.get(frame.area.area_code, levels.get(frame.area.area_code, []))
    ]
    used = {(r.source_id, found.period) for r in found.levels.values()}
    return Words(
        context=f"{story.context(frame, found.period)} · {LISTED[among]}",
        finding=_finding(found, beside),
        badges=badges(frame, mine, levels.get(frame.area.area_code, []), frame.places()),
        sentences=tuple(_sentences(found, everyone, beside)),
        caveats=_all_caveats(found, everyone, caveats(frame, mine, [], gaps, levels)),
        sources=frame.sources(sorted(used)),
    )


def _at(rows: Iterable[Row], period: str) -> dict[str, list[Row]]:
    """The rows of the period by area."""
    return {row.area_code: [row] for row in rows if row.time_period == period}


def _finding(found: Compared, beside: Sequence[Beside]) -> str:
    """The level with its place and England's beside it, then the gap with its own place."""
    frame, own, gap = found.frame, found.own, found.own_gap
    short, name = frame.short, frame.area.in_text
    when = frame.label(found.period)
    if own is None or own.value is None:
        why = numbers.symbol_reason(own.symbol if own else "no_area")
        return f"{short}: no figure for {name} in {when} ({why}); {_count(found)} others have one."
    about = f" {WITH_GROUP[frame.group]}" if len(frame.indicator.groups()) > 1 else ""
    level = numbers.level(own.value, frame.indicator.unit, own.decimals)
    text = f"{short} in {name}, {when}: {level}{about}"
    if own.rank is not None:
        text += f" is {_ordinal(own.rank, own.tied)} of {own.rank_of} by level"
    england = next((b for b in beside if b.role == "england" and b.level is not None), None)
    text += f"; England {england.level_printed}" if england else ""
    if gap is not None and gap.value is not None and gap.rank is not None:
        wide = numbers.gap(gap.value, frame.indicator.unit, gap.decimals)
        text += f"; the gap, {wide}, is {_ordinal(gap.rank, gap.tied)} narrowest"
    return f"{text}."


def _ordinal(rank: int, tied: int | None) -> str:
    return f"{'=' if (tied or 1) > 1 else ''}{numbers.ordinal(rank)}"


def _count(found: Compared) -> int:
    return sum(row.value is not None for row in found.levels.values())


def _sentences(
    found: Compared, everyone: Sequence[RankedArea], beside: Sequence[Beside]
) -> Iterable[str]:
    frame, own, gap = found.frame, found.own, found.own_gap
    voice = Voice(frame.indicator, frame.group, frame.reference, frame.cut)
    if own is not None and own.rank is not None:
        by_gap = place(gap) if gap is not None and gap.rank is not None else None
        if said := voice.places(frame.area.in_text, place(own), by_gap):
            yield said
    if found.has_few and found.is_ranked:
        yield few_line([frame.area.short_name], "place")
    else:
        yield from places_uncertain(voice, found.held, frame.area.area_code, found.period)
    compared = [f"{b.label} {b.level_printed}" for b in beside if b.level is not None]
    if compared:
        yield f"By level, for comparison: {'; '.join(compared)}."
    yield from _size(found, voice, beside)
    yield from _range(everyone)
    if frame.indicator.polarity is Polarity.NONE:
        yield voice.no_direction()


def _size(found: Compared, voice: Voice, beside: Sequence[Beside]) -> Iterable[str]:
    """Whether the differences could be chance, and how many pupils one amounts to."""
    frame, code = found.frame, found.frame.area.area_code
    level = _at(frame.levels([code], [frame.group]), found.period).get(code)
    if level is None or level[0].value is None or found.has_few:
        return
    names = {"neighbours": NEIGHBOURS, "england": NATION}
    others = {names[b.role]: b.level for b in beside if b.role in names}
    yield from chance(frame, voice, level[0], others, found.held)
    yield from to_match(frame, voice, level[0], others)


def _range(everyone: Sequence[RankedArea]) -> Iterable[str]:
    """From the lowest to the highest level, with the authorities that have them."""
    held = sorted((r for r in everyone if r.level is not None), key=lambda r: r.level or 0.0)
    if len(held) < 2:
        return
    ends = []
    for end in (held[0], held[-1]):
        names = sorted(r.name for r in held if r.level == end.level)
        who = ", ".join(names) if len(names) <= NAMES_SHOWN else f"{len(names)} authorities"
        ends.append(f"{end.level_printed} ({who})")
    yield f"Across {len(held)} authorities the level runs from {ends[0]} to {ends[1]}."


def _all_caveats(
    found: Compared, everyone: Sequence[RankedArea], own: Sequence[str]
) -> tuple[str, ...]:
    """What is to be known of every area and of one's own, and what each letter means.

    Where positions are told by an earlier year's numbers or by three years, chance is not past
    all judging: the line says that this year's numbers are what is missing.
    """
    told = (*_caveats(found, everyone), *own, *symbols(row.symbol for row in found.levels.values()))
    if HOW in told:
        told = tuple(NO_COUNTS_THIS_YEAR if line == NO_COUNTS else line for line in told)
    return tuple(dict.fromkeys(told))


def _caveats(found: Compared, everyone: Sequence[RankedArea]) -> Iterable[str]:
    indicator = found.frame.indicator
    if found.is_ranked:
        yield "Places are among all authorities with a figure, whichever are listed."
        if few := found.few_others():
            yield few_line(few, "place")
    elif not found.may_be_ordered:
        yield "Figures of this outcome are not put in order: areas stand from A to Z."
    else:
        yield "Highest first; there are no places where no way is better."
    unplaced = [r for r in everyone if r.level is None]
    if unplaced:
        names = "; ".join(f"{r.name} {r.level_printed}" for r in unplaced[:12])
        more = f"; and {len(unplaced) - 12} more" if len(unplaced) > 12 else ""
        yield f"Without a figure ({len(unplaced)}): {names}{more}."
    held = {code for code, row in found.levels.items() if row.value is not None}
    missing = [n.area.short_name for n in found.neighbours if n.area.area_code not in held]
    vintage = month(found.frame.request.vintage)
    if missing:
        yield (
            f"Of the {len(found.neighbours)} statistical neighbours ({vintage}) "
            f"{len(found.neighbours) - len(missing)} have a figure; not {', '.join(missing)}."
        )
    without = [a.short_name for a in found.chosen if a.area_code not in held]
    if without:
        yield f"Chosen areas without a figure: {', '.join(without)}."
    if any(row.position_england for row in found.levels.values()) and has_direction(indicator):
        yield HOW


def own_table(found: Compared, everyone: dict[str, RankedArea], beside: Sequence[Beside]) -> Table:
    """The area and its comparators: level first, the gap beside it."""
    frame = found.frame
    group = GROUP_LABELS[frame.group]
    own = everyone.get(frame.area.area_code)
    none = "not published"
    rows = [
        (own.name, own.level_printed, own.level_place, own.gap_printed, own.gap_place)
        if own
        else (frame.area.short_name, none, none, none, none)
    ]
    rows += [(b.label, b.level_printed, "average", b.gap_printed, "average") for b in beside]
    head = ("Area", group, "Place by level", "Gap", "Place by gap")
    caption = f"{frame.indicator.label}, {group}, {frame.label(found.period)}"
    if found.has_gap:
        return Table(caption, head, tuple(rows), (0, 1, 3))
    return Table(caption, head[:3], tuple(row[:3] for row in rows), (0, 1))


def chart(
    found: Compared, rows: Sequence[RankedArea], beside: Sequence[Beside], by: str, among: str
) -> Chart:
    """The chart's name, its words and the table of every listed authority."""
    frame = found.frame
    return Chart(
        alt=_alt(found, rows, by),
        description=_description(found, rows, beside, by),
        table=_table(found, rows, among),
        file_name=frame.file_name(f"among {among} by {by}", found.period),
    )


def _alt(found: Compared, rows: Sequence[RankedArea], by: str) -> str:
    frame, own = found.frame, next((r for r in rows if r.role == "area"), None)
    kind = "Ranked by gap" if by == "gap" else "Ranked by level"
    text = f"{kind}, {len(rows)} areas, {frame.short}, "
    text += f"{frame.label(found.period)}: {frame.area.short_name} "
    if own is None or own.level is None:
        text += "has no figure."
    elif by == "gap":
        text += f"{own.gap_printed}, {own.gap_place}; level {own.level_printed}."
    else:
        text += f"{own.level_printed}, {own.level_place}."
    return shortened(text)


def shortened(text: str) -> str:
    """A chart's name, cut between words where it is too long to be read out."""
    return text if len(text) <= 150 else text[:149].rsplit(" ", 1)[0] + "…"


def scatter_alt(found: Compared, rows: Sequence[RankedArea], beside: Sequence[Beside]) -> str:
    """The name of the chart of level against gap: where the area stands beside England."""
    frame, own = found.frame, next((r for r in rows if r.role == "area"), None)
    text = f"Level against gap, {len(rows)} areas, {frame.label(found.period)}: "
    text += frame.area.short_name
    if own is None or own.level is None:
        return f"{text} has no figure."
    text += f" {own.level_printed}, gap {own.gap_printed}"
    england = next((b for b in beside if b.role == "england" and b.level is not None), None)
    return (
        f"{text}; England {england.level_printed}, {england.gap_printed}."
        if england
        else f"{text}."
    )


def _description(
    found: Compared, rows: Sequence[RankedArea], beside: Sequence[Beside], by: str
) -> str:
    order = "from the narrowest gap" if by == "gap" else "from the best level"
    if not found.may_be_ordered:
        order = "from A to Z"
    elif not found.is_ranked:
        order = "from the highest level"
    said = [f"{b.label}: {b.level_printed}" + (f", gap {b.gap_printed}" if found.has_gap else "")
            for b in beside]  # fmt: skip
    each = [f"{r.name}: {r.level_printed}" + (f", gap {r.gap_printed}" if found.has_gap else "")
            for r in rows if r.role != "other"]  # fmt: skip
    return (
        f"{found.frame.indicator.label}, {found.frame.label(found.period)}: {len(rows)} "
        f"authorities {order}. {'; '.join((*each, *said))}. The table has every one."
    )


def _table(found: Compared, rows: Sequence[RankedArea], among: str) -> Table:
    frame = found.frame
    group = GROUP_LABELS[frame.group]
    ranked = found.is_ranked
    has_counts = any(row.denominator is not None for row in found.levels.values())
    placed = any(row.position_england for row in found.levels.values())
    gaps, reference, held = found.has_gap, frame.reference, found.held
    wanted: list[tuple[str, Callable[[RankedArea], str], bool]] = [
        ("Area", lambda r: r.name, True),
        (group, lambda r: r.level_printed + (" p" if r.provisional else ""), True),
        (f"{group}, 95% interval", lambda r: r.interval, held.has("value")),
        ("Place by level", lambda r: r.level_place, ranked),
        ("Place could be", lambda r: r.place_range, ranked and held.has("rank of value")),
        (GROUP_LABELS[reference.group] if reference else "", lambda r: r.reference_printed, gaps),
        ("Gap", lambda r: r.gap_printed, gaps),
        ("Gap, 95% interval", lambda r: r.gap_interval, gaps and held.has("gap")),
        ("Place by gap", lambda r: r.gap_place, gaps and ranked),
        (
            "Place by gap could be",
            lambda r: r.gap_place_range,
            gaps and ranked and held.has("rank of gap"),
        ),
        (f"Number of {counted(frame.indicator)}", lambda r: r.children, has_counts),
        ("Against England", lambda r: r.against_england, placed),
        ("Region", lambda r: r.region, True),
        ("Closeness as a neighbour", lambda r: r.closeness, True),
    ]
    columns = [(head, cell) for head, cell, is_shown in wanted if is_shown]
    caption = (
        f"{frame.indicator.label}, {group}, {frame.label(found.period)}: "
        f"{LISTED[among]} ({len(rows)})"
    )
    heads = tuple(head for head, _ in columns)
    keys = tuple(n for n, head in enumerate(heads) if head in ("Area", group, "Gap"))
    return Table(caption, heads, tuple(tuple(c(r) for _, c in columns) for r in rows), keys)
