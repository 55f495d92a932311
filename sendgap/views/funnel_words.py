"""The text and tables of *Small numbers*."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sendgap.catalogue.areas import in_text
from sendgap.statistics.estimate import STRICT, USUAL
from sendgap.views import numbers, story
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.compared import Compared
from sendgap.views.frame import GapRow, LevelRow
from sendgap.views.funnel import Funnel
from sendgap.views.funnel_model import FAR, WITHIN, FunnelArea
from sendgap.views.model import Chart, Table, Words
from sendgap.views.notes import caveats
from sendgap.views.people import counted, short
from sendgap.views.sentences import at
from sendgap.views.wording import WITH_GROUP, Voice

INSIDE, OUTSIDE = "inside the range expected by chance", "outside the range expected by chance"
NOT_WHY = (
    "Outside the limits says that chance alone would seldom put an area there. It does not say "
    "why, and nothing about the quality of what is provided."
)
CENSUS = (
    "Everyone was counted. The limits speak of the chance in which children these were, as if "
    "drawn from all who could have been here."
)
TYPICAL = (
    "The lines drawn are the limits of a typical area; each area is judged by those of its own "
    "numbers, which the table has."
)
MOST_NAMES = 12
ABOUT = {WITHIN: "inside", "beyond 95%": "outside 95%", FAR: "outside 99.8%"}


def words(
    found: Compared, funnel: Funnel, areas: Sequence[FunnelArea], label: str, by: str
) -> Words:
    """Finding, sentences and caveats."""
    frame = found.frame
    own = [row for row in areas if row.role == "area"]
    alone = replace(frame, request=replace(frame.request, compare=()))
    code = frame.area.area_code
    level = at(frame.levels([code], [frame.group]), found.period)
    rows: list[GapRow | LevelRow] = [level] if level else []
    notes = caveats(alone, rows, [], {}, {code: [level] if level else []})
    used = {(row.source_id, found.period) for row in found.levels.values()}
    badges = [f"{len(areas)} authorities with numbers"]
    badges += [f"{own[0].size_printed} {counted(frame.indicator)} here"] if own else []
    if funnel.spread.tau.item() > 0:
        badges.append("Areas differ more than chance")
    return Words(
        context=f"{story.context(frame, found.period)} · small numbers",
        finding=_finding(found, funnel, own, label),
        badges=tuple(badges),
        sentences=tuple(_sentences(found, funnel, areas, label)),
        caveats=(NOT_WHY, CENSUS, *([TYPICAL] if funnel.is_gap else []), *notes),
        sources=frame.sources(sorted(used)),
    )


def _finding(found: Compared, funnel: Funnel, own: Sequence[FunnelArea], label: str) -> str:
    frame = found.frame
    start = f"{frame.short} in {frame.area.in_text}, {frame.label(found.period)}"
    if not own:
        return f"{start}: no figure with pupil numbers, so chance cannot be judged here."
    row = own[0]
    people = frame.indicator.phrases.people
    where = OUTSIDE if row.plain == FAR else INSIDE
    several = len(frame.indicator.groups()) > 1
    who = f"{people} {WITH_GROUP[frame.group]}" if several else short(people)
    if funnel.is_gap:
        return f"{start}: a gap of {row.printed} ({row.size_printed} {who}), {where}."
    beside = ""
    if label == "England":
        beside = f" (England {numbers.level(funnel.target, frame.indicator.unit, found.decimals)})"
    return f"{start}: {row.printed} of {row.size_printed} {who}, {where}{beside}."


def _middle(found: Compared, funnel: Funnel, label: str) -> str:
    """ "England's 46.4%", or "46.7 pp, that of all pupils together"."""
    unit = found.frame.indicator.unit
    if label == "England":
        return f"England's {numbers.level(funnel.target, unit, found.decimals)}"
    return f"{_value(found, funnel, funnel.target)}, that of {label[0].lower()}{label[1:]}"


def _value(found: Compared, funnel: Funnel, value: float, places: int | None = None) -> str:
    unit = found.frame.indicator.unit
    printer = numbers.gap if funnel.is_gap else numbers.level
    return printer(value, unit, numbers.mean_decimals(found.decimals) if places is None else places)


def _range(found: Compared, funnel: Funnel, place: int, *, wide: bool) -> str:
    limits = funnel.limits(STRICT, wide=wide)
    return " to ".join(
        _value(found, funnel, float(side[place])) for side in (limits.lower, limits.upper)
    )


def _sentences(
    found: Compared, funnel: Funnel, areas: Sequence[FunnelArea], label: str
) -> Iterable[str]:
    frame = found.frame
    voice = Voice(frame.indicator, frame.group, frame.reference, frame.cut)
    for place, row in enumerate(areas):
        if row.role == "area":
            people = frame.indicator.phrases.people
            limits = _range(found, funnel, place, wide=False).replace(" to ", " and ")
            yield (
                f"With {row.size_printed} {people} chance alone would keep a figure between "
                f"{limits} (99.8% limits) round {_middle(found, funnel, label)}; "
                f"{in_text(row.name)} has {row.printed}."
            )
            if funnel.spread.tau.item() > 0:
                where = INSIDE if row.wide != FAR else OUTSIDE
                yield f"With the differences between areas allowed for, it is {where}."
            count = float(row.size_printed.replace(",", ""))
            if 10 <= count < 30:
                yield voice.small(count)
    yield from _flags(funnel, areas)
    yield from _names(areas)


def _flags(funnel: Funnel, areas: Sequence[FunnelArea]) -> Iterable[str]:
    """How many lie outside, how many would by chance, and how many still stand out."""
    far = sum(row.plain == FAR for row in areas)
    outside = sum(row.plain != WITHIN for row in areas)
    yield (
        f"Of {len(areas)} authorities chance alone would put about "
        f"{funnel.by_chance(USUAL):.1f} outside the 95% limits and {funnel.by_chance(STRICT):.1f} "
        f"outside the 99.8% limits; {outside} and {far} are there."
    )
    if funnel.spread.tau.item() > 0:
        wide_far = sum(row.wide == FAR for row in areas)
        wide = sum(row.wide != WITHIN for row in areas)
        yield (
            "Authorities differ by more than chance would make them: with that allowed for, "
            f"{wide} lie outside the 95% limits and {wide_far} outside the 99.8% limits."
        )
    flags = funnel.flags()
    still = f"{flags} still {'stands' if flags == 1 else 'stand'}" if flags else "none stands"
    yield (
        f"With all {len(areas)} looked at together and at most 5% false alarms "
        f"(Benjamini-Hochberg), {still} out."
    )


def _names(areas: Sequence[FunnelArea]) -> Iterable[str]:
    """Who lies outside the 99.8% limits, by the strictest reading that names anybody."""
    wide = sorted(row.name for row in areas if row.wide == FAR)
    plain = sorted(row.name for row in areas if row.plain == FAR)
    if plain and len(plain) <= MOST_NAMES:
        yield f"Outside the range expected by chance: {', '.join(plain)}."
    elif wide and len(wide) <= MOST_NAMES:
        yield (
            "Outside the range expected by chance, with the differences between areas allowed for: "
            f"{', '.join(wide)}."
        )
    elif plain:
        yield f"The table names the {len(plain)} that are outside the range expected by chance."


def own_table(found: Compared, funnel: Funnel, areas: Sequence[FunnelArea], label: str) -> Table:
    """The area and whom the limits stand round."""
    table = chart(found, funnel, areas, label, "").table
    own = [cells for cells, row in zip(table.rows, _ordered(areas), strict=True)
           if row.role == "area"]  # fmt: skip
    missing = (found.frame.area.short_name, *["no numbers"] * (len(table.columns) - 1))
    places = found.decimals if label == "England" else None
    middle = (label, "all", _value(found, funnel, funnel.target, places), "the middle",
              "the middle", "the middle")  # fmt: skip
    rows = (own[0] if own else missing, middle)
    caption = f"{found.frame.indicator.label}, {found.frame.label(found.period)}"
    return Table(caption, table.columns, rows, table.key_columns)


def chart(
    found: Compared, funnel: Funnel, areas: Sequence[FunnelArea], label: str, by: str
) -> Chart:
    """The chart's name, its words and the table of every authority with numbers."""
    frame = found.frame
    own = next((row for row in areas if row.role == "area"), None)
    far = sum(row.plain == FAR for row in areas)
    alt = f"Funnel, {len(areas)} areas, {frame.label(found.period)}: "
    alt += f"{own.name} {own.printed} of {own.size_printed}" if own else "no figure here"
    alt += f", {INSIDE if own.plain != FAR else OUTSIDE}; " if own else "; "
    alt += f"{far} of {len(areas)} outside."
    head = "Gap" if funnel.is_gap else GROUP_LABELS[frame.group]
    columns = (
        "Area",
        f"Number of {counted(frame.indicator)}",
        head,
        "Chance alone (99.8% limits)",
        "Against chance alone",
        "With differences between areas allowed for",
    )
    limits = {row.la_code: _range(found, funnel, place, wide=False)
              for place, row in enumerate(areas)}  # fmt: skip
    rows = tuple(
        (row.name, row.size_printed, row.printed, limits[row.la_code], ABOUT[row.plain],
         ABOUT[row.wide])
        for row in _ordered(areas)
    )  # fmt: skip
    caption = f"{frame.indicator.label}, {GROUP_LABELS[frame.group]}, {frame.label(found.period)}"
    return Chart(
        alt=alt if len(alt) <= 150 else alt[:149].rsplit(" ", 1)[0] + "…",
        description=(
            f"{caption}: {len(areas)} authorities by size, round {label} "
            f"{_value(found, funnel, funnel.target)}. Limits at 95% and 99.8% narrow as numbers "
            f"grow. {far} lie outside the 99.8% limits. The table has every one."
        ),
        table=Table(caption, columns, rows, (0, 2, 4)),
        file_name=frame.file_name(
            "small numbers by gap" if funnel.is_gap else "small numbers", found.period
        ),
    )


def _ordered(areas: Sequence[FunnelArea]) -> list[FunnelArea]:
    """The area first, then those outside the limits, each A to Z."""
    rank = {FAR: 0, WITHIN: 2}
    return sorted(areas, key=lambda r: (r.role != "area", rank.get(r.plain, 1), r.name))


def ordered_codes(areas: Sequence[FunnelArea]) -> list[str]:
    """The three-digit codes in the table's order."""
    return [row.la_code for row in _ordered(areas)]
