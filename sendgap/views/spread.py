"""How unusual is an area? Every authority's figure as a dot on one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sendgap.catalogue.areas import in_text
from sendgap.store import Release
from sendgap.terms import Polarity, SenGroup
from sendgap.views import numbers
from sendgap.views.axes import gap_axis, level_axis
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.compare_areas import beside_of, ranked_areas
from sendgap.views.compare_model import Beside, RankedArea
from sendgap.views.compare_words import NAMES_SHOWN, own_table, shortened, words
from sendgap.views.compared import Compared, CompareRow, compared
from sendgap.views.model import Axis, Chart, Definition, NoAnswer, Table, Words
from sendgap.views.quarters import LEAST, step_of
from sendgap.views.request import Request


@dataclass(frozen=True, slots=True)
class Dot:
    """One authority: what is drawn, and its place; ``text`` prints the value."""

    row: RankedArea
    value: float
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the dots: a quarter's end, England, or the neighbours' average."""

    role: str
    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Spread:
    """One outcome and period in every authority, each where its figure puts it.

    ``named`` are the ends: their label with the names of who stands there. ``is_whole`` tells
    figures printed to whole numbers, which are stacked and not spread.
    """

    words: Words
    definition: Definition
    chart: Chart
    own: Table
    limits: Table
    rows: tuple[RankedArea, ...]
    dots: tuple[Dot, ...]
    quarters: tuple[Mark, ...]
    beside: tuple[Mark, ...]
    named: tuple[Mark, ...]
    axis: Axis
    is_whole: bool
    polarity: Polarity
    sen_group: SenGroup
    by: str


def spread(release: Release, request: Request, *, by: str) -> Spread | NoAnswer:
    """The spread of one request, or why there is none."""
    found = compared(release, request)
    if isinstance(found, NoAnswer):
        return found
    by = by if found.has_gap else "level"
    frame, everyone, beside = found.frame, ranked_areas(found), beside_of(found)
    dots = tuple(sorted(_dots(everyone.values(), by), key=lambda d: (d.value, d.row.name)))
    quarters, ends = tuple(_quarters(found, by)), tuple(_ends(dots))
    told = words(found, tuple(everyone.values()), beside, "england")
    rows = sorted(everyone.values(), key=lambda row: _order(found, row, by))
    values = [dot.value for dot in dots]
    make_axis = gap_axis if by == "gap" else level_axis
    axis = make_axis(frame.indicator, values, found.decimals)
    return Spread(
        words=replace(told, sentences=(*_sentences(found, dots, quarters), *told.sentences)),
        definition=frame.definition(),
        chart=_chart(found, rows, dots, quarters, ends, by),
        own=own_table(found, everyone, beside),
        limits=_limits(found, dots, quarters, ends, beside, by),
        rows=tuple(rows),
        dots=dots,
        quarters=quarters,
        beside=tuple(_marks(beside, by)),
        named=ends,
        axis=replace(axis, lowest=min(values, default=0.0), highest=max(values, default=1.0)),
        is_whole=found.decimals == 0,
        polarity=frame.indicator.polarity,
        sen_group=frame.group,
        by=by,
    )


def _dots(rows: Iterable[RankedArea], by: str) -> Iterable[Dot]:
    for row in rows:
        value = row.gap if by == "gap" else row.level
        if value is not None:
            yield (
                Dot(row, value, row.gap_printed, row.gap_place)
                if by == "gap"
                else Dot(row, value, row.level_printed, row.level_place)
            )


def _order(found: Compared, row: RankedArea, by: str) -> tuple[bool, float, str]:
    """From the lowest to the highest figure, as the dots stand; A to Z where no order is."""
    value = row.gap if by == "gap" else row.level
    is_ordered = value is not None and found.may_be_ordered
    return (value is None, (value or 0.0) if is_ordered else 0.0, row.name)


def _printed(found: Compared, value: float, by: str, more: int = 0) -> str:
    """A figure of the spread; quarters' ends may lie between two printed figures."""
    printer = numbers.gap if by == "gap" else numbers.level
    return printer(value, found.frame.indicator.unit, found.decimals + more)


def _any(found: Compared, by: str) -> CompareRow | None:
    rows = found.gaps if by == "gap" else found.levels
    return next((row for row in rows.values() if row.value is not None and row.is_open), None)


def _quarters(found: Compared, by: str) -> Iterable[Mark]:
    """The ends of the quarters as built; none over fewer than twenty figures or without order."""
    row = _any(found, by)
    rows = found.gaps if by == "gap" else found.levels
    count = sum(r.value is not None and r.is_open for r in rows.values())
    if row is None or count < LEAST or not found.may_be_ordered:
        return
    names = (("q25", "a quarter below", row.q25), ("median", "middle", row.median),
             ("q75", "a quarter above", row.q75))  # fmt: skip
    for role, label, value in names:
        if value is not None:
            between = 1 if abs(value - round(value, found.decimals)) > 1e-9 else 0
            yield Mark(role, label, value, _printed(found, value, by, between))


def _ends(dots: Sequence[Dot]) -> Iterable[Mark]:
    """Who has the lowest and the highest figure."""
    if not dots or dots[0].value == dots[-1].value:
        return
    for role, end in (("lowest", dots[0]), ("highest", dots[-1])):
        names = [dot.row.name for dot in dots if dot.value == end.value]
        who = ", ".join(names) if len(names) <= NAMES_SHOWN else f"{len(names)} authorities"
        yield Mark(role, who, end.value, end.text)


def _marks(beside: Sequence[Beside], by: str) -> Iterable[Mark]:
    for each in beside:
        value = each.gap if by == "gap" else each.level
        if value is not None and each.role in ("england", "neighbours"):
            text = each.gap_printed if by == "gap" else each.level_printed
            yield Mark(each.role, each.label, value, text)


def _sentences(found: Compared, dots: Sequence[Dot], quarters: Sequence[Mark]) -> Iterable[str]:
    """Where half of the authorities lie, and whether the area is among them."""
    at = {mark.role: mark for mark in quarters}
    if len(at) < 3:
        if dots and found.may_be_ordered:
            yield f"Only {len(dots)} authorities have a figure: quarters need {LEAST}."
        return
    low, high = at["q25"], at["q75"]
    own = next((dot for dot in dots if dot.row.role == "area"), None)
    text = f"Half of the authorities lie between {low.text} and {high.text}"
    if own is None or found.has_few:
        yield f"{text}."
    elif own.value < low.value:
        yield f"{text}; {in_text(own.row.name)} ({own.text}) lies below them."
    elif own.value > high.value:
        yield f"{text}; {in_text(own.row.name)} ({own.text}) lies above them."
    else:
        yield f"{text}, {in_text(own.row.name)} ({own.text}) among them."


def _chart(
    found: Compared, rows: Sequence[RankedArea], dots: Sequence[Dot], quarters: Sequence[Mark],
    ends: Sequence[Mark], by: str,
) -> Chart:  # fmt: skip
    frame = found.frame
    name = frame.area.la_code or frame.area.area_code
    own = next((dot for dot in dots if dot.row.role == "area"), None)
    what = "gaps" if by == "gap" else "levels"
    text = f"Dots of {len(dots)} authorities' {what}, {frame.short}, {frame.label(found.period)}: "
    text += f"{frame.area.short_name} "
    place = f", {own.place}" if own and own.place != "not ranked" else ""
    said = [f"{m.label} {m.text}" for m in (*quarters, *ends)]
    return Chart(
        alt=shortened(f"{text}{own.text}{place}." if own else f"{text}has no figure."),
        description=(
            f"{frame.indicator.label}, {frame.label(found.period)}: one dot for each of "
            f"{len(dots)} authorities, lower figures to the left. {'; '.join(said)}. "
            "The table has every one."
        ),
        table=_table(found, rows, by),
        file_name=f"sendgap-spread-{frame.indicator.id}-{name}-{frame.group}-{found.period}"
        + ("-gap" if by == "gap" else ""),
    )


def _table(found: Compared, rows: Sequence[RankedArea], by: str) -> Table:
    """Level always, the gap beside it, in the order of the dots."""
    frame, codes = found.frame, {}
    for code in found.levels:
        codes[frame.release.areas.by_code(code).la_code or code] = code
    group = GROUP_LABELS[frame.group]
    gaps, ranked = found.has_gap, found.is_ranked
    heads = ["Area", group, *(["Place by level"] if ranked else [])]
    heads += ["Gap", *(["Place by gap"] if ranked else [])] if gaps else []
    heads += ["Quarter by gap" if by == "gap" else "Quarter by level", "Region"]
    made = []
    for row in rows:
        level = row.level_printed + (" p" if row.provisional else "")
        cells = [row.name, level, *([row.level_place] if ranked else [])]
        cells += [row.gap_printed, *([row.gap_place] if ranked else [])] if gaps else []
        cells += [step_of(found, codes[row.la_code], by).said, row.region]
        made.append(tuple(cells))
    keys = tuple(heads.index(head) for head in ("Area", group, "Gap") if head in heads)
    caption = f"{frame.indicator.label}, {group}, {frame.label(found.period)}, lowest first"
    return Table(caption, tuple(heads), tuple(made), keys)


def _limits(
    found: Compared, dots: Sequence[Dot], quarters: Sequence[Mark], ends: Sequence[Mark],
    beside: Sequence[Beside], by: str,
) -> Table:  # fmt: skip
    """The spread in figures: its ends, its quarters, and who is compared."""
    own = next((dot for dot in dots if dot.row.role == "area"), None)
    by_end = {mark.role: mark for mark in ends}
    rows = []
    if "lowest" in by_end:
        rows.append((f"Lowest: {by_end['lowest'].label}", by_end["lowest"].text))
    names = {"q25": "A quarter of authorities are at or below", "median": "Middle (median)",
             "q75": "A quarter of authorities are at or above"}  # fmt: skip
    rows += [(names[mark.role], mark.text) for mark in quarters]
    if "highest" in by_end:
        rows.append((f"Highest: {by_end['highest'].label}", by_end["highest"].text))
    if own:
        rows.append((own.row.name, own.text))
    rows += [(b.label, b.gap_printed if by == "gap" else b.level_printed) for b in beside]
    rows.append(("Authorities with a figure", f"{len(dots)} of {len(found.levels)}"))
    what = "gaps" if by == "gap" else "levels"
    caption = f"The spread of {what}, {found.frame.label(found.period)}"
    return Table(caption, ("What", GROUP_LABELS[found.frame.group]), tuple(rows))
