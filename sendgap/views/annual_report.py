"""What does an authority tell parents and schools each year? The list, and it in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sendgap.catalogue.reports import PlainSentence, Report
from sendgap.errors import NoAnswerError
from sendgap.store import Release
from sendgap.terms import VINTAGES, SenGroup
from sendgap.views import numbers, standing
from sendgap.views.area_model import OurArea
from sendgap.views.note_figures import Told, told
from sendgap.views.note_model import AnnualReport
from sendgap.views.note_sections import Asked, sections
from sendgap.views.our_area import our_area
from sendgap.views.request import Request
from sendgap.views.visit_note import about_area, authority

#: How many years a trend may have.
SPANS = (3, 5)
PLAIN_TITLE = "Summary for parents and carers"


def annual_report(
    release: Release,
    area_code: str,
    *,
    years: int = 5,
    vintage: str = VINTAGES[0],
    today: date | None = None,
) -> AnnualReport:
    """The annual report of one authority, with trends of three or five years."""
    if years not in SPANS:
        raise NoAnswerError(f"Trends are of 3 or 5 years, not of {years}.")
    area = authority(release, area_code)
    plan = release.catalogue.reports["annual_report"]
    day_of = today or date.today()
    view = our_area(release, Request(area_code, "", SenGroup.EHC_PLAN, vintage=vintage), day_of)
    judged = not (isinstance(view, OurArea) and view.too_few)
    asked = Asked(area, vintage, years=years, judged=judged, today=day_of)
    return AnnualReport(
        about=about_area(release, area, vintage, day_of),
        title=plan.title,
        years=years,
        plain=tuple(_plain(release, plan, asked)),
        plain_title=PLAIN_TITLE,
        sections=sections(release, plan, asked),
        prompts=plan.prompts,
    )


def _plain(release: Release, plan: Report, asked: Asked) -> Iterable[str]:
    for sentence in plan.plain:
        figure = sentence.figure
        found = told(release, asked.area, figure, figure.groups[0], asked.vintage)
        yield plain(found, sentence, judged=asked.judged)


def plain(found: Told, sentence: PlainSentence, *, judged: bool = True) -> str:
    """One sentence for parents, or what is said where there is no figure."""
    area = found.frame.area.in_text
    row = found.row
    if row is None or row.value is None:
        return sentence.instead.format(area=area)
    unit = found.frame.indicator.unit
    england = found.england.get(found.period or "")
    return sentence.text.format(
        area=area,
        value=numbers.level(row.value, unit, row.decimals),
        year=found.label(found.period),
        beside=_beside(found, row.value, england.value if england else None, judged=judged),
    )


def _beside(found: Told, value: float, england: float | None, *, judged: bool) -> str:
    """England's figure and which is higher; alike or within rounding, that it is unclear."""
    if england is None:
        return "there is no published figure for England"
    unit, decimals = found.frame.indicator.unit, found.decimals
    printed = numbers.level(england, unit, decimals)
    if not judged:
        return f"in England it was {printed}"
    difference = round(value - england, decimals)
    beside = found.beside.get(found.period or "")
    if printed == numbers.level(value, unit, decimals):
        return f"in England it was the same, {printed}"
    alike = beside is not None and beside.position_england == "similar"
    if alike or abs(difference) <= standing.floor(decimals, unit) + 1e-9:
        return f"in England it was {printed}, which is not clearly different"
    return f"in England it was {'lower' if difference > 0 else 'higher'}, {printed}"
