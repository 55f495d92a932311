"""A document as Markdown, in which nothing of its text is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from sendgap.report.document import (
    EDITED,
    SAID,
    Blank,
    Bullets,
    ChartBlock,
    Commentary,
    Document,
    Gallery,
    PageBreak,
    Paragraph,
    Said,
    TableBlock,
)
from sendgap.report.plain import clean, lines

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~$&])")
#: What begins a list, a heading or a rule at the start of a line.
_START = re.compile(r"^(\s*)([#+=-]|\d+[.)])(?=\s|$|[#=-])")


def markdown(document: Document) -> bytes:
    """The document as UTF-8 Markdown; charts are named with their text."""
    parts = [f"# {said(document.title)}", said(document.subtitle)]
    parts += [f"**{said(label)}:** {said(value)}  " for label, value in document.facts]
    for section in document.sections:
        parts.append(f"{'#' * (section.level + 1)} {said(section.heading)}")
        for block in section.blocks:
            if not isinstance(block, PageBreak):
                parts += _WRITERS[type(block)](block)
    parts.append(f"{said(document.footer)}")
    return ("\n\n".join(part for part in parts if part.strip()) + "\n").encode()


def said(text: str) -> str:
    """Text as it stands, on one line.

    >>> said("A & B <i> = *c*")
    'A \\\\& B \\\\<i\\\\> = \\\\*c\\\\*'
    """
    flat = " ".join(clean(text).split())
    return _START.sub(_escaped_start, _MARKUP.sub(r"\\\1", flat))


def _escaped_start(found: re.Match[str]) -> str:
    mark = found.group(2)
    return found.group(1) + (f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}")


def _paragraph(block: Paragraph) -> Iterable[str]:
    yield said(block.text)


def _bullets(block: Bullets) -> Iterable[str]:
    yield "\n".join(
        f"{f'{place}.' if block.numbered else '-'} {said(item)}"
        for place, item in enumerate(block.items, start=1)
    )


def _what_data_say(block: Said) -> Iterable[str]:
    edited = f" ({EDITED.lower()})" if block.edited else ""
    yield f"**{SAID}{edited}**"
    yield "\n>\n".join(f"> {said(text)}" for text in lines(block.edited) or block.sentences)


def _commentary(block: Commentary) -> Iterable[str]:
    yield f"**{said(block.heading)}**"
    typed = lines(block.text)
    yield from (said(text) if typed else f"*{said(text)}*" for text in typed or block.prompts)


def _table(block: TableBlock) -> Iterable[str]:
    yield f"**{said(block.caption)}**"
    rule = [":---" if place in block.texts else "---:" for place in range(len(block.columns))]
    rows = [[said(cell.text) for cell in row] for row in block.rows]
    yield "\n".join(
        "| " + " | ".join(cells) + " |" for cells in ([*map(said, block.columns)], rule, *rows)
    )
    yield said(" ".join(block.notes))


def _chart(block: ChartBlock) -> Iterable[str]:
    yield f"*Chart: {said(block.caption)}. {said(block.alt)}*"


def _gallery(block: Gallery) -> Iterable[str]:
    for pane in block.panes:
        yield f"**{said(pane.heading)}**"
        if pane.chart:
            yield from _chart(pane.chart)
        yield from map(said, pane.sentences)


def _blank(block: Blank) -> Iterable[str]:
    yield f"**{said(block.label)}:** {said(block.value) or said('_' * 20)}"


_WRITERS: dict[type, Callable[[Any], Iterable[str]]] = {
    Paragraph: _paragraph, Bullets: _bullets, Said: _what_data_say, Commentary: _commentary,
    TableBlock: _table, ChartBlock: _chart, Gallery: _gallery, Blank: _blank,
}  # fmt: skip
