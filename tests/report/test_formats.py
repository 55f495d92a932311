"""Documents in four formats: what a name says stays what it says, and files are well made."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser

import pytest
from docx import Document as open_word
from docx.oxml.ns import qn
from openpyxl import load_workbook

from sendgap.charts import over_time
from sendgap.report.document import (
    Blank,
    Bullets,
    Cell,
    ChartBlock,
    Commentary,
    Document,
    PageBreak,
    Paragraph,
    Plotted,
    Said,
    Section,
    TableBlock,
)
from sendgap.report.write import WRITERS
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.model import GapOverTime
from sendgap.views.request import Request

NAMES = (
    '=HYPERLINK("http://example.org","x")', "+1", "-2+3", "@SUM(A1)", "A & B", "<b>bold</b>",
    "\"quoted\" 'so'", "*star* _under_ `code` [link](http://example.org) | pipe", "# head",
    "&amp; &lt;", "1. one", "{x} \\ ~ $1$",
)  # fmt: skip


def _chart(release: Release) -> ChartBlock:
    area = release.areas.find("Kent").area_code
    view = gap_over_time(release, Request(area, "ehcp_prevalence", SenGroup.EHC_PLAN))
    assert isinstance(view, GapOverTime)
    lines = (Plotted("=1+1", (1.0, None, 3.0)),)
    return ChartBlock(
        "=2", view.chart.alt, lambda: over_time.levels(view), ("a", "b", "c"), lines, "x"
    )


def _document(name: str, charts: tuple[ChartBlock, ...] = ()) -> Document:
    table = TableBlock(name, ("", name), ((Cell(name), Cell("1", 1.0)),), (name,))
    blocks = (
        Paragraph(name), Bullets((name,)), Bullets((name,), numbered=True), Said((name,)),
        Said((), edited=name), Commentary(name, (name,)), Commentary("Commentary", (), name),
        table, Blank(name, name), *charts,
    )  # fmt: skip
    sections = (Section(name, blocks), Section("x", (PageBreak(),)))
    facts = ((name, name),)
    return Document(name, name, facts, sections, author=name, subject=name, footer=name)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_literal_in_word(name: str) -> None:
    made = open_word(io.BytesIO(WRITERS["docx"](_document(name))))
    said = [p.text for p in made.paragraphs]
    # Title, subtitle, heading, paragraph, two list entries, two sentences, box head and prompt,
    # typed words, caption, note.
    assert said.count(name) == 13
    assert f"{name}: {name}" in said
    assert [cell.text for row in made.tables[0].rows for cell in row.cells] == ["", name, name, "1"]
    assert made.core_properties.title == made.core_properties.author == name


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_literal_in_a_workbook_and_never_a_formula(release: Release, name: str) -> None:
    content = WRITERS["xlsx"](_document(name, (_chart(release),)))
    book = load_workbook(io.BytesIO(content))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not [c for c in cells if c.data_type == "f" or c.hyperlink]
    assert sum(c.value == name for c in cells) >= 5
    assert any(c.value == 1.0 and c.data_type == "n" for c in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert any(n.startswith("xl/charts/chart") for n in parts.namelist())


class _Text(HTMLParser):
    """The text of each element, as a browser shows it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_literal_in_html(name: str) -> None:
    page = WRITERS["html"](_document(name)).decode()
    read = _Text()
    read.feed(page)
    assert sum(text == name for text in read.texts) >= 13
    assert not {"b", "a", "script", "link"} & set(read.tags)
    assert 'lang="en-GB"' in page
    assert not re.search(r'(src|href)="(?!data:)', page), "the page loads something"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_literal_in_markdown(name: str) -> None:
    text = WRITERS["md"](_document(name)).decode()
    paragraphs = [line for line in text.split("\n") if line]
    # A backslash makes any mark of Markdown literal; what is left without one would be markup.
    body = next(p for p in paragraphs[3:] if not p.startswith(("**", "# ", "## ")))
    bare = re.sub(r"\\([!-/:-@[-`{-~])", "", body)
    assert not re.search(r"[*_`\[\]<>|&~]", bare), bare
    assert not re.match(r"\s*(#{1,6}\s|[+-]\s|[=-]+\s*$|\d+[.)]\s)", bare), bare
    read_back = [re.sub(r"\\([!-/:-@[-`{-~])", r"\1", p) for p in paragraphs]
    assert read_back.count(name) >= 2


def test_a_word_file_has_styles_lists_header_rows_and_words_for_pictures(
    release: Release,
) -> None:
    content = WRITERS["docx"](_document("x & y", (_chart(release),)))
    made = open_word(io.BytesIO(content))
    assert not [p for p in made.paragraphs if not p.text.strip() and not p._p.xpath(".//pic:pic")]
    assert {"Title", "Heading 1", "List Bullet", "List Number"} <= {
        p.style.name for p in made.paragraphs if p.style
    }
    head = made.tables[0].rows[0]._tr
    assert head.trPr is not None and head.trPr.find(qn("w:tblHeader")) is not None
    assert made.tables[0].style and made.tables[0].style.name == "sendgap table"
    pictures = made.element.xpath(".//wp:docPr")
    assert pictures and all(10 < len(p.get("descr", "")) <= 150 for p in pictures)
    languages = {e.get(qn("w:val")) for e in made.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    foot = made.sections[0].footer._element.xpath(".//w:instrText")
    assert [f.text.strip() for f in foot] == ["PAGE", "NUMPAGES"]


def test_control_characters_do_not_break_a_document() -> None:
    made = {form: write(_document("a\x00b\x0bc")) for form, write in WRITERS.items()}
    assert "abc" in [p.text for p in open_word(io.BytesIO(made["docx"])).paragraphs]
    assert b"abc" in made["md"] and b"abc" in made["html"]
