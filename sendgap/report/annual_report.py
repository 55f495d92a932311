"""The annual report as a document: two pages for parents, then the list, a page an item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sendgap.report import kinds, pieces
from sendgap.report.document import (
    Block,
    Bullets,
    Commentary,
    Document,
    PageBreak,
    Paragraph,
    Said,
    Section,
)
from sendgap.report.visit_note import ADDRESS, annex
from sendgap.views.note_model import AnnualReport, NoteSection

WILL_DO = "What we will do"


def annual_report_document(
    view: AnnualReport,
    *,
    author: str = "",
    commentary: Mapping[str, str] | None = None,
    address: str = ADDRESS,
) -> Document:
    """The report with what the authority will do, item by item."""
    area = view.about.area
    typed = commentary or {}
    return Document(
        title=f"{view.title}: {area.name}",
        subtitle=f"{area.short_name} beside England, the newest {view.years} years of each figure",
        facts=pieces.area_facts(view.about),
        sections=(
            _contents(view),
            *_parents(view),
            *pieces.parts([(s.part, _section(s, view, typed)) for s in view.sections], new=True),
            *annex(view.about, view.sections, address, kinds.ANNUAL),
        ),
        author=author,
        subject=f"Annual report on SEN, {area.name}",
        footer=f"Annual report on SEN, {area.name} · data as at {view.about.data_as_at} · sendgap",
        about=(
            *(("In plain words", sentence) for sentence in view.plain),
            *(("No source", text) for s in view.sections for text in s.absent),
            ("Licence", pieces.LICENCE),
        ),
        file_name=f"annual-report-{area.la_code or area.area_code}",
    )


def _contents(view: AnnualReport) -> Section:
    return Section(
        "In this report",
        (
            Paragraph(
                f"The first two pages, {view.plain_title.lower()}, say the most important figures "
                "in plain words. Then each page has one item of the list: what the data say, the "
                "figures over the years, and room for what will be done."
            ),
            Bullets((view.plain_title, *(section.title for section in view.sections), "Annex")),
        ),
    )


def _parents(view: AnnualReport) -> Iterable[Section]:
    """Ten sentences, what their words mean, and where to ask."""
    yield Section(view.plain_title, (PageBreak(), Bullets(view.plain, numbered=True, large=True)))
    yield Section(
        "What these words mean",
        (PageBreak(), Bullets(MEANINGS, large=True), Paragraph(CARE, "lead")),
        level=2,
    )


MEANINGS = (
    "An education, health and care plan is a legal document. It says what a child or young person "
    "up to the age of 25 needs, and what help the authority must arrange.",
    "Extra help in school without a plan is what schools give to pupils with special educational "
    "needs from their own means. Its formal name is special educational needs support.",
    "A good level of development means that a child of about five has reached what is expected in "
    "language, in social and physical development, and in reading, writing and numbers.",
    "The expected standard is what most pupils are to reach in tests and in their teachers' "
    "judgement at the end of primary school, at the age of 11.",
    "Missing a tenth of school time is about one day in every two weeks.",
    "A tribunal is a court that decides where parents and the authority do not agree about a plan.",
    "About the same means that the difference is no larger than chance or rounding can make.",
)
CARE = (
    "Every number here was published by the government, and later pages name where each is from. "
    "A number tells what happened and not why. Different sentences are about different children. "
    "Where very few children are counted, numbers are hidden so that nobody can be recognised."
)


def _section(section: NoteSection, view: AnnualReport, typed: Mapping[str, str]) -> Section:
    blocks: list[Block] = [PageBreak()] if not section.part else []
    if section.sentences:
        blocks.append(Said(section.sentences))
    blocks += _charts_first(section)
    blocks.append(Commentary(WILL_DO, view.prompts, typed.get(section.number, "")))
    blocks += pieces.sources(section)
    return Section(section.title, tuple(blocks), level=2)


def _charts_first(section: NoteSection) -> Iterable[Block]:
    for view in section.charts:
        yield pieces.chart(view)
    for found in section.tables:
        yield pieces.table(found)
    for line in section.absent:
        yield Paragraph(line, "note")
