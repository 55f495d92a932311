"""What goes into the documents: which figures stand in which section, as data.

A document is a list of numbered sections; a section lists figures with the forms they are
printed in, and says in words what nobody publishes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sendgap.errors import Problem
from sendgap.terms import SenGroup, TimeIdentifier

if TYPE_CHECKING:
    from sendgap.catalogue.load import Catalogue


class Form(StrEnum):
    """How a figure is printed: over the years, in England's range, or as a change."""

    YEARS = "years"
    RANGE = "range"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """One outcome in a section, for some groups and one cut, in some forms.

    ``chart`` asks for a line chart beside England; ``silent`` figures stand in tables and
    have no sentences. ``confirm`` is the question that the writer must answer before an old
    outcome goes in; empty where none is asked.
    """

    indicator_id: str
    groups: tuple[SenGroup, ...]
    forms: tuple[Form, ...]
    breakdown: str
    time_identifier: TimeIdentifier | None
    chart: bool
    silent: bool
    confirm: str


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A numbered heading, its figures, and what is said of lines without a source.

    ``lists`` names what else stands in it: ``neighbours``. ``framework`` is the outcomes
    framework whose ratings are counted in it.
    """

    number: str
    heading: str
    figures: tuple[ReportFigure, ...]
    absent: tuple[str, ...]
    lists: tuple[str, ...]
    framework: str
    part: str


@dataclass(frozen=True, slots=True)
class PlainSentence:
    """One sentence for parents, with a figure in it: ``{value}``, ``{year}``, ``{area}``,
    ``{england}`` and ``{beside}`` are filled in, ``instead`` where there is no figure."""

    figure: ReportFigure
    text: str
    instead: str


@dataclass(frozen=True, slots=True)
class Report:
    """A document's plan."""

    id: str
    title: str
    sections: tuple[ReportSection, ...]
    prompts: tuple[str, ...]
    questions: tuple[str, ...]
    plain: tuple[PlainSentence, ...]

    def figures(self) -> Iterator[tuple[str, ReportFigure]]:
        """Every figure with where it stands."""
        for section in self.sections:
            yield from ((section.number, figure) for figure in section.figures)
        yield from (("plain", sentence.figure) for sentence in self.plain)


def report_from(report_id: str, entry: Mapping[str, Any]) -> Report:
    """A document's plan from its entry in ``reports.yaml``."""
    return Report(
        id=report_id,
        title=entry["title"],
        sections=tuple(_section(section) for section in entry["sections"]),
        prompts=tuple(entry.get("prompts", ())),
        questions=tuple(entry.get("questions", ())),
        plain=tuple(
            PlainSentence(_figure(each), each["text"], each["instead"])
            for each in entry.get("plain", ())
        ),
    )


def _section(entry: Mapping[str, Any]) -> ReportSection:
    return ReportSection(
        number=entry["number"],
        heading=entry["heading"],
        figures=tuple(_figure(figure) for figure in entry.get("figures", ())),
        absent=tuple(entry.get("absent", ())),
        lists=tuple(entry.get("lists", ())),
        framework=entry.get("framework", ""),
        part=entry.get("part", ""),
    )


def _figure(entry: Mapping[str, Any]) -> ReportFigure:
    identifier = entry.get("time_identifier")
    return ReportFigure(
        indicator_id=entry["indicator"],
        groups=tuple(SenGroup(group) for group in entry["groups"]),
        forms=tuple(Form(form) for form in entry.get("forms", ("years",))),
        breakdown=entry.get("breakdown", "total"),
        time_identifier=TimeIdentifier(identifier) if identifier else None,
        chart=entry.get("chart", False),
        silent=entry.get("silent", False),
        confirm=entry.get("confirm", ""),
    )


def report_checks(catalogue: Catalogue, entries: Collection[str]) -> Iterator[Problem]:
    """Figures that no indicator has, and sections that stand twice."""
    for report in catalogue.reports.values():
        numbers = [section.number for section in report.sections]
        for number in sorted({n for n in numbers if numbers.count(n) > 1}):
            where = f"reports.yaml: {report.id}, section {number}"
            yield Problem(where, "the number stands twice", "number each section once")
        for section in report.sections:
            if section.framework:
                where = f"reports.yaml: {report.id}, {section.number}: framework"
                yield from _one_of(where, section.framework, catalogue.frameworks)
        for number, figure in report.figures():
            yield from _held(catalogue, entries, f"reports.yaml: {report.id}, {number}", figure)


def _held(
    catalogue: Catalogue, entries: Collection[str], where: str, figure: ReportFigure
) -> Iterator[Problem]:
    if figure.indicator_id not in entries:
        found = f"found {figure.indicator_id!r}"
        yield Problem(where, found, "write the id of an indicator that has a file")
    elif indicator := catalogue.indicators.get(figure.indicator_id):
        if not indicator.series:
            return
        about = f"{where}: {indicator.id}"
        for group in figure.groups:
            yield from _one_of(about, group, [g.value for g in indicator.groups()])
        cuts = dict.fromkeys(series.breakdown for series in indicator.series)
        yield from _one_of(about, figure.breakdown, cuts)
        if figure.time_identifier:
            held = {t.value for s in indicator.series for t in s.time_identifiers}
            yield from _one_of(about, figure.time_identifier, sorted(held))


def _one_of(where: str, found: str, known: Iterable[str]) -> Iterator[Problem]:
    names = list(known)
    if found not in names:
        yield Problem(where, f"found {str(found)!r}", f"write one of {', '.join(names)}")
