"""A document's sections: the plan's figures as tables, charts, sentences and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sendgap.catalogue.areas import Area
from sendgap.catalogue.reports import Form, Report, ReportFigure, ReportSection
from sendgap.store import Release
from sendgap.terms import SEN_GROUPS, ValueType
from sendgap.views.category import category
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame
from sendgap.views.framework import framework_view
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.model import Definition, GapOverTime, SourceNote
from sendgap.views.note_figures import Told, told
from sendgap.views.note_model import Cell, NoteSection, NoteTable, Printed
from sendgap.views.note_tables import MOST_YEARS, NEIGHBOURS, decimals, level, mean, tables
from sendgap.views.note_words import said
from sendgap.views.periods import month
from sendgap.views.request import Request

#: Figures of its own that an area needs for a chart.
FEWEST_POINTS = 3
#: Whose a figure of England is, in a saved note.
ENGLANDS = "england"
#: Ratings in the order in which they are counted.
RATED = ("Green", "Amber", "Red", "Not rated")
RATING_NOTE = (
    "Rated on the level of pupils with SEN beside statistical neighbours, its movement since the "
    "baseline and its quarter of England; EHC plan and SEN support apart. The rules stand in the "
    "outcomes framework document."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document is asked for: area, neighbour list, years, and what is confirmed.

    ``confirmed`` are the outcomes whose old figures the writer vouches for; ``judged`` is
    whether levels are called better or worse.
    """

    area: Area
    vintage: str
    years: int = MOST_YEARS
    confirmed: frozenset[str] = frozenset()
    judged: bool = True
    today: date | None = None


def sections(release: Release, plan: Report, asked: Asked) -> tuple[NoteSection, ...]:
    """Every section of the plan, in order; none is left out for want of figures."""
    return tuple(_section(release, section, asked) for section in plan.sections)


def _section(release: Release, plan: ReportSection, asked: Asked) -> NoteSection:
    held, absent, confirm = _sorted_out(release, plan, asked)
    found = [
        told(release, asked.area, figure, group, asked.vintage)
        for figure in held
        for group in figure.groups
    ]
    with_rows = [each for each in found if each.rows or each.england]
    words = [_words(release, asked, f) for f in plan.figures if _is_words(release, f)]
    settled = [w for f, w in zip(_word_figures(release, plan), words, strict=True)
               if not f.confirm or f.indicator_id in asked.confirmed]  # fmt: skip
    return NoteSection(
        number=plan.number,
        heading=plan.heading,
        part=plan.part,
        tables=(*tables(with_rows, asked.years), *_lists(release, plan, asked),
                *(table for table, _ in settled)),
        charts=tuple(_charts(release, held, asked)),
        sentences=tuple(
            said(each, judged=asked.judged) for each in found if not each.plan.silent
        ),
        absent=(*plan.absent, *absent),
        sources=(*_sources(with_rows, asked.years), *(s for _, notes in settled for s in notes)),
        definitions=_definitions(found),
        printed=tuple(_printed(with_rows, asked.years)),
        to_confirm=confirm,
    )  # fmt: skip


def _is_words(release: Release, figure: ReportFigure) -> bool:
    indicator = release.catalogue.indicator(figure.indicator_id)
    return indicator.value_type is ValueType.CATEGORY and bool(indicator.series)


def _word_figures(release: Release, plan: ReportSection) -> list[ReportFigure]:
    return [f for f in plan.figures if _is_words(release, f)]


def _sorted_out(
    release: Release, plan: ReportSection, asked: Asked
) -> tuple[list[ReportFigure], list[str], tuple[str, ...]]:
    """Figures that are numbers; lines about those nobody publishes; what must be confirmed."""
    held: list[ReportFigure] = []
    absent: list[str] = []
    confirm: list[str] = []
    for figure in plan.figures:
        indicator = release.catalogue.indicator(figure.indicator_id)
        if not indicator.series:
            absent.append(f"{indicator.label}: not published; needs a local file.")
        elif _is_words(release, figure):
            if figure.confirm and figure.indicator_id not in asked.confirmed:
                confirm.append(figure.confirm)
                absent.append(
                    f"{indicator.label}: left out. It goes in when the adviser confirms: "
                    f"\N{LEFT DOUBLE QUOTATION MARK}{figure.confirm}"
                    "\N{RIGHT DOUBLE QUOTATION MARK}."
                )
        else:
            held.append(figure)
    return held, absent, tuple(confirm)


def _words(
    release: Release, asked: Asked, figure: ReportFigure
) -> tuple[NoteTable, tuple[SourceNote, ...]]:
    """An outcome that is words, as a table of what was said when."""
    frame = Frame.of(release, Request(asked.area.area_code, figure.indicator_id, figure.groups[0]))
    answer = category(frame)
    assert answer.table is not None
    rows = tuple(tuple(Cell(text) for text in row) for row in answer.table.rows)
    columns = answer.table.columns
    table = NoteTable(frame.short, columns, rows, texts=tuple(range(len(columns))))
    return table, answer.words.sources


def _charts(
    release: Release, figures: Iterable[ReportFigure], asked: Asked
) -> Iterable[GapOverTime]:
    for figure in figures:
        for group in figure.groups if figure.chart else ():
            view = gap_over_time(
                release,
                Request(
                    asked.area.area_code, figure.indicator_id, group, breakdown=figure.breakdown,
                    time_identifier=figure.time_identifier, vintage=asked.vintage,
                ),
            )  # fmt: skip
            if isinstance(view, GapOverTime) and _has_line(view):
                yield view


def _has_line(view: GapOverTime) -> bool:
    """Whether there is something to draw: a few hidden years round one figure are no line."""
    return sum(point.value is not None for point in view.levels[0].points) >= FEWEST_POINTS


def _lists(release: Release, plan: ReportSection, asked: Asked) -> Iterable[NoteTable]:
    if "neighbours" in plan.lists:
        named = release.areas.neighbours(asked.area.area_code, asked.vintage)
        if named:
            rows = tuple(
                (Cell(str(n.position), float(n.position)), Cell(n.area.name), Cell(n.closeness))
                for n in named
            )
            caption = (
                f"Statistical neighbours of {asked.area.in_text}, list of {month(asked.vintage)}"
            )
            yield NoteTable(caption, ("Nearest first", "Authority", "How close"), rows,
                            texts=(0, 1, 2))  # fmt: skip
    if plan.framework:
        yield _ratings(release, plan.framework, asked)


def _ratings(release: Release, framework_id: str, asked: Asked) -> NoteTable:
    """How many measures have each rating, for each group apart, never averaged."""
    request = Request(asked.area.area_code, "", SEN_GROUPS[0], vintage=asked.vintage)
    view = framework_view(release, request, framework_id, today=asked.today)
    rows = []
    for group, counted in view.counts.items():
        numbers = [counted.get(rating, 0) for rating in RATED]
        rows.append((Cell(GROUP_LABELS[group]), *(Cell(str(n), float(n)) for n in numbers)))
    return NoteTable(f"Ratings of this note's measures: {view.title}", ("Pupils", *RATED),
                     tuple(rows),
                     (RATING_NOTE,))  # fmt: skip


def _shown(each: Told, years: int) -> list[str]:
    """The periods of a figure that stand in the section."""
    newest = [each.period] if each.period else []
    return each.years(years) if Form.YEARS in each.plan.forms else newest


def _sources(found: Sequence[Told], years: int) -> tuple[SourceNote, ...]:
    """One source note for each publication and outcome, for the years that are printed."""
    notes: list[SourceNote] = []
    for each in found:
        used = []
        for period in _shown(each, years):
            rows = [r[period] for r in (each.rows, each.england) if period in r]
            filled = [row for row in rows if row.value is not None] or rows
            used += [(row.source_id, period) for row in filled[:1]]
        notes += each.frame.sources(used)
    return tuple(dict.fromkeys(notes))


def _definitions(found: Sequence[Told]) -> tuple[Definition, ...]:
    return tuple(dict.fromkeys(each.frame.definition() for each in found))


def _printed(found: Sequence[Told], years: int) -> Iterable[Printed]:
    """The area's figures, each with England's and the neighbours' average of its period."""
    for each in found:
        for period in _shown(each, years):
            name = f"{each.frame.short}, {GROUP_LABELS[each.frame.group]}, {each.label(period)}"
            if row := each.rows.get(period):
                yield printed(each, period, level(each, row), name, symbol=row.symbol)
            if (row := each.england.get(period)) and row.value is not None:
                yield printed(each, period, level(each, row), f"England: {name}", ENGLANDS)
            similar = mean(each, period, decimals(each, period))
            if not each.is_count and similar.number is not None:
                vintage = each.frame.request.vintage
                yield printed(each, period, similar, f"{NEIGHBOURS}: {name}", vintage)


def printed(
    each: Told, period: str, cell: Cell, name: str, whose: str = "", symbol: str | None = None
) -> Printed:
    """A figure of one period as the document prints it."""
    return Printed(
        indicator_id=each.frame.indicator.id,
        sen_group=each.frame.group.value,
        breakdown=each.frame.request.breakdown,
        time_identifier=each.frame.identifier.value,
        time_period=period,
        value=cell.number,
        symbol=symbol,
        text=cell.text,
        name=name,
        whose=whose,
    )
