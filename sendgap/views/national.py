"""How does England stand in a year? Every authority, counted, on printed figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sendgap.catalogue.national import NationalMeasure, NationalPart
from sendgap.errors import UnknownNameError
from sendgap.store import Release
from sendgap.terms import SenGroup, TimeIdentifier
from sendgap.views import numbers
from sendgap.views.frame import Frame
from sendgap.views.model import Chart, NoAnswer, Words
from sendgap.views.national_counts import Year, counts, of_year
from sendgap.views.national_model import NationalPosition, NationalRow, NationalSection
from sendgap.views.national_words import DEFINITION, sentences, table, whole_table, words
from sendgap.views.request import ENGLAND, Request


def national_position(release: Release, year: str = "latest") -> NationalPosition | NoAnswer:
    """The view of one calendar year; ``latest`` is the newest that most rows have.

    Raises ``UnknownNameError`` for a year without figures.
    """
    parts = list(release.catalogue.national.values())
    years = _years(release, parts)
    if not years:
        return NoAnswer(Words("", "Nothing is held for a national position.", (), (), (), ()),
                        "Nothing is held for a national position.")  # fmt: skip
    asked = years[0] if year == "latest" else year
    if asked not in years:
        raise UnknownNameError("year of the national position", year, ("latest", *years))
    sections = tuple(_section(release, part, asked) for part in parts)
    made = tuple(section for section in sections if section.rows)
    rows = [row for section in made for row in section.rows]
    return NationalPosition(
        words=words(release, asked, made, sections),
        definition=DEFINITION,
        chart=Chart("", "", whole_table(asked, made), f"sendgap-national-{asked}"),
        year=asked,
        years=years,
        sections=made if rows else (),
    )


def _years(release: Release, parts: Sequence[NationalPart]) -> tuple[str, ...]:
    """Years that the first counted outcome has figures for, newest first."""
    found = next((row for part in parts for row in part.rows if row.counts), None)
    if found is None or found.indicator_id not in release.catalogue.indicators:
        return ()
    frame = _frame(release, found)
    rows = frame.levels([ENGLAND], [frame.group])
    return tuple(sorted({r.time_period for r in rows if r.value is not None}, reverse=True))


def _frame(release: Release, measure: NationalMeasure) -> Frame:
    """England's figures of an outcome, for its first SEN group."""
    indicator = release.catalogue.indicator(measure.indicator_id)
    groups = [g for g in indicator.groups() if g is not SenGroup.NO_SEN]
    breakdown = measure.breakdown or indicator.default_breakdown
    return Frame.of(release, Request(ENGLAND, indicator.id, groups[0], breakdown=breakdown))


def _section(release: Release, part: NationalPart, year: str) -> NationalSection:
    made, missing = [], []
    for measure in part.rows:
        if year > measure.last:
            continue
        frame = _frame(release, measure)
        row = _row(frame, measure, year)
        if row is not None:
            made.append(row)
        elif not _is_another_rows(part, measure):
            missing.append(f"{measure.label or frame.short}: no figures for {year}.")
    rows = tuple(made)
    told = table(part.title, rows)
    return NationalSection(part.id, part.title, rows, told, tuple(sentences(rows)), tuple(missing))


def _is_another_rows(part: NationalPart, measure: NationalMeasure) -> bool:
    """Whether the years before are told by another row of the same cut."""
    others = [m for m in part.rows if m.breakdown == measure.breakdown and m is not measure]
    return bool(measure.breakdown) and any(other.last != "9999" for other in others)


def _period(frame: Frame, measure: NationalMeasure, year: str, back: int = 0) -> str:
    """The period of a calendar year: itself, or the January census after it."""
    start = int(year) - back
    if frame.identifier is TimeIdentifier.CALENDAR_YEAR or not measure.census:
        return str(start)
    return f"{start}{(start + 1) % 100:02}"


def _row(frame: Frame, measure: NationalMeasure, year: str) -> NationalRow | None:
    back = (0, 1, measure.over or 1)
    rows = frame.everywhere({_period(frame, measure, year, each) for each in back})
    now, before, long_before = (
        of_year(frame, rows, _period(frame, measure, year, each), measure.shows) for each in back
    )
    if not now.values:
        return None
    earlier = before if now.comparable(before) else Year.empty(before.period)
    spread = now.growth(earlier) if measure.shows == "growth" else now.values
    change = now.change(earlier, measure.shows)
    return NationalRow(
        indicator_id=frame.indicator.id,
        breakdown=frame.request.breakdown,
        name=measure.label or frame.short,
        shows=measure.shows,
        period_label=frame.label(now.period),
        before_label=frame.label(before.period),
        now=now.england,
        england=_england(frame, now),
        england_before=_england(frame, earlier) if earlier.values else "none comparable",
        number=_number(now),
        number_before=_number(earlier),
        change=change,
        change_printed=_change(frame, measure, change, now.decimals),
        lowest=_end(frame, measure, spread, now.decimals, min),
        highest=_end(frame, measure, spread, now.decimals, max),
        areas=len(spread),
        counts=tuple(counts(frame, measure, now, earlier, long_before)),
        source_id=now.source_id,
    )  # fmt: skip


def _england(frame: Frame, year: Year) -> str:
    if year.england is None:
        return "No published England figure"
    return numbers.level(year.england, frame.indicator.unit, year.decimals)


def _number(year: Year) -> str:
    """How many children or plans England's figure is, where that is known."""
    return "not given" if year.number is None else numbers.number(year.number, 0)


def _change(frame: Frame, measure: NationalMeasure, change: float | None, decimals: int) -> str:
    """ "+11.3%" for a growth, "+6.3 pp" for a share."""
    if change is None:
        return "none comparable"
    if measure.shows == "growth":
        text = f"{numbers.number(round(change, 1), 1)}%"
    else:
        text = numbers.gap(change, frame.indicator.unit, decimals)
    return f"+{text}" if change > 0 else text


def _end(
    frame: Frame,
    measure: NationalMeasure,
    spread: dict[str, float],
    decimals: int,
    pick: Callable[[Iterable[float]], float],
) -> str:
    """One end of the range with the names of who stands there, at most three."""
    if not spread:
        return "none comparable"
    value = pick(spread.values())
    names = sorted(frame.release.areas.by_code(c).short_name for c, v in spread.items()
                   if v == value)  # fmt: skip
    said = ", ".join(names[:3]) if len(names) <= 3 else f"{len(names)} authorities"
    if measure.shows == "growth":
        text = f"{numbers.number(value, 1)}%"
        return f"{'+' if value > 0 else ''}{text} ({said})"
    return f"{numbers.level(value, frame.indicator.unit, decimals)} ({said})"
