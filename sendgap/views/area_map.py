"""What is the pattern across England? One equal hexagon for each authority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sendgap.catalogue.areas import in_text
from sendgap.store import Release
from sendgap.terms import Polarity, SenGroup
from sendgap.text import capital
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.compare_areas import beside_of, ranked_areas
from sendgap.views.compare_model import RankedArea
from sendgap.views.compare_words import own_table, shortened, words
from sendgap.views.compared import Compared, compared
from sendgap.views.model import Chart, Definition, NoAnswer, Table, Words
from sendgap.views.quarters import (
    HIDDEN,
    UNCLASSED,
    KeyLine,
    Step,
    key_lines,
    step_of,
    steps,
    why_none,
)
from sendgap.views.request import Request

APPROXIMATE = "Each hexagon is one authority; size and place are approximate."


@dataclass(frozen=True, slots=True)
class MapCell:
    """One authority on the map; ``letters`` stand for its name."""

    row: RankedArea
    letters: str
    x: float
    y: float
    step: Step
    printed: str


@dataclass(frozen=True, slots=True)
class AreaMap:
    """One outcome and period in every authority, in quarters, where it lies.

    ``rows`` are in the order of ``chart.table``; ``cells`` are those that have a place on the
    map, which authorities that have closed have not. ``why_none`` says why nothing is in a
    quarter, where that is so.
    """

    words: Words
    definition: Definition
    chart: Chart
    own: Table
    rows: tuple[RankedArea, ...]
    cells: tuple[MapCell, ...]
    key: tuple[KeyLine, ...]
    why_none: str
    sen_group: SenGroup
    by: str
    is_verdict: bool


def area_map(release: Release, request: Request, *, by: str) -> AreaMap | NoAnswer:
    """The map of one request, or why there is none."""
    found = compared(release, request)
    if isinstance(found, NoAnswer):
        return found
    by = by if found.has_gap else "level"
    frame, everyone, beside = found.frame, ranked_areas(found), beside_of(found)
    codes = sorted(everyone, key=lambda code: everyone[code].name)
    classed = {code: step_of(found, code, by) for code in codes}
    pairs = [(classed[code], everyone[code]) for code in codes]
    cells = tuple(_cells(found, everyone, classed, by))
    told = words(found, tuple(everyone.values()), beside, "england")
    return AreaMap(
        words=replace(
            told,
            sentences=(*_sentences(found, pairs, by), *told.sentences),
            caveats=(*_caveats(found, cells, by), *told.caveats),
        ),
        definition=frame.definition(),
        chart=_chart(found, pairs, by),
        own=own_table(found, everyone, beside),
        rows=tuple(everyone[code] for code in codes),
        cells=cells,
        key=key_lines(steps(found, by), pairs, by),
        why_none=why_none(found, by),
        sen_group=frame.group,
        by=by,
        is_verdict=by == "level" and frame.indicator.polarity is not Polarity.NONE,
    )


def _cells(
    found: Compared, everyone: dict[str, RankedArea], classed: dict[str, Step], by: str
) -> Iterable[MapCell]:
    for code, row in everyone.items():
        if place := found.frame.release.areas.hexagon(code):
            printed = row.gap_printed if by == "gap" else row.level_printed
            yield MapCell(row, place.letters, *place.centre, classed[code], printed)


def _sentences(found: Compared, pairs: Sequence[tuple[Step, RankedArea]], by: str) -> Iterable[str]:
    """The area's own quarter, and where the first and the last quarter mostly lie."""
    own = next(((step, row) for step, row in pairs if row.role == "area"), None)
    if own and own[0].key not in (HIDDEN, UNCLASSED):
        step, row = own
        gap = f", with a gap of {row.gap_printed}" if by == "gap" else ""
        which = "by gap" if by == "gap" else "by level"
        name = capital(in_text(row.name))
        yield f"{name} is in the {step.word} of authorities {which}: {row.level_printed}{gap}."
    for end in (steps(found, by)[0], steps(found, by)[-1]):
        inside = Counter(row.region for step, row in pairs if step == end)
        most = inside.most_common(2)
        if most and (len(most) == 1 or most[0][1] > most[1][1]):
            region, count = most[0]
            of = sum(row.region == region and step.key != HIDDEN for step, row in pairs)
            yield (
                f"Of {inside.total()} authorities in the {end.word}, {count} are in "
                f"{in_text(region)} (which has {of} with a figure)."
            )


def _caveats(found: Compared, cells: Sequence[MapCell], by: str) -> Iterable[str]:
    yield APPROXIMATE
    if reason := why_none(found, by):
        yield reason
    off = [row.area_code for row in found.levels.values()]
    areas = found.frame.release.areas
    names = [areas.by_code(code).short_name for code in off if areas.hexagon(code) is None]
    if names:
        yield f"Not on the map, having closed since: {', '.join(sorted(names))}."


def _chart(found: Compared, pairs: Sequence[tuple[Step, RankedArea]], by: str) -> Chart:
    frame = found.frame
    name = frame.area.la_code or frame.area.area_code
    return Chart(
        alt=_alt(found, pairs, by),
        description=_description(found, pairs, by),
        table=_table(found, pairs, by),
        file_name=f"sendgap-map-{frame.indicator.id}-{name}-{frame.group}-{found.period}"
        + ("-gap" if by == "gap" else ""),
    )


def _alt(found: Compared, pairs: Sequence[tuple[Step, RankedArea]], by: str) -> str:
    frame, own = found.frame, next((p for p in pairs if p[1].role == "area"), None)
    what = "gap" if by == "gap" else "level"
    text = f"Hexagon map of {len(pairs)} authorities by {what}, {frame.short}, "
    text += f"{frame.label(found.period)}: {frame.area.short_name} "
    if own is None or own[1].level is None:
        return shortened(f"{text}has no figure.")
    figure = own[1].gap_printed if by == "gap" else own[1].level_printed
    return shortened(f"{text}{figure}, {own[0].word}.")


def _description(found: Compared, pairs: Sequence[tuple[Step, RankedArea]], by: str) -> str:
    """How many authorities of each region are in the first and last quarter."""
    first, last = steps(found, by)[0], steps(found, by)[-1]
    regions = sorted({row.region for _, row in pairs})
    parts = []
    for region in regions:
        inside = [step for step, row in pairs if row.region == region]
        parts.append(f"{region} {inside.count(first)}, {inside.count(last)} of {len(inside)}")
    near = [f"{row.name} {row.level_printed}, {step.word}" for step, row in pairs
            if row.role in ("area", "neighbour", "chosen")]  # fmt: skip
    return (
        f"{found.frame.indicator.label}, {found.frame.label(found.period)}: one hexagon for each "
        f"authority, north at the top. By region, in the {first.word} and in the {last.word}: "
        f"{'; '.join(parts)}. {'; '.join(near)}. The table has every one."
    )


def _table(found: Compared, pairs: Sequence[tuple[Step, RankedArea]], by: str) -> Table:
    """Level always, the gap beside it, and the class of what the map shows."""
    frame = found.frame
    group = GROUP_LABELS[frame.group]
    what = f"Quarter by {'gap' if by == 'gap' else 'level'}"
    heads = ["Area", "Region", group, *(["Gap"] if found.has_gap else []), what]
    rows = []
    for step, row in pairs:
        level = row.level_printed + (" p" if row.provisional else "")
        gap = [row.gap_printed] if found.has_gap else []
        figure = row.gap_printed if by == "gap" else row.level_printed
        word = f"no figure ({figure})" if step.key == HIDDEN else step.said
        rows.append((row.name, row.region, level, *gap, word))
    caption = f"{frame.indicator.label}, {group}, {frame.label(found.period)}, by quarter"
    return Table(caption, tuple(heads), tuple(rows), (0, 2, len(heads) - 1))
