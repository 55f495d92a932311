"""A document as one HTML file: no address is loaded, and every figure can be read aloud."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from sendgap.report.document import (
    EDITED,
    SAID,
    Blank,
    Block,
    Bullets,
    ChartBlock,
    Commentary,
    Document,
    Gallery,
    PageBreak,
    Pane,
    Paragraph,
    Said,
    Section,
    TableBlock,
)
from sendgap.report.pictures import picture
from sendgap.report.plain import clean, lines

STYLE = """
body{font:16px/1.5 Arial,sans-serif;color:#0b0c0c;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem}h2{margin:2.2rem 0 .6rem}
h3{margin:1.8rem 0 .5rem}
.subtitle{font-size:1.15rem;margin:0 0 1rem}.lead{font-size:1.15rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}
dt{font-weight:bold}dd{margin:0}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.4rem 0}
caption{text-align:left;font-weight:bold;padding:.4rem 0}
th,td{border-bottom:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}
thead th{background:#f3f2f1}.n{text-align:right;white-space:nowrap}
.note,.source{font-size:.85rem;color:#505a5f}.said{border-left:5px solid #767676;padding-left:1rem}
.box{border:2px solid #505a5f;padding:.6rem 1rem;margin:1rem 0;min-height:5rem}
.prompt{color:#505a5f}figure{margin:1rem 0}img{max-width:100%;height:auto}
.line{display:inline-block;min-width:16rem;border-bottom:1px solid #0b0c0c}

.gallery{display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:1rem}
@media print{section.page{break-before:page}tr,figure{break-inside:avoid}
thead{display:table-header-group}}
"""


def html(document: Document) -> bytes:
    """The document as the bytes of an HTML page."""
    facts = "".join(f"<dt>{_said(k)}</dt><dd>{_said(v)}</dd>" for k, v in document.facts)
    body = "".join(_section(section) for section in document.sections)
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{_said(document.title)}</title><meta name="author" content="'
        f'{_said(document.author)}"><style>{STYLE}</style></head><body><main>'
        f'<h1>{_said(document.title)}</h1><p class="subtitle">{_said(document.subtitle)}</p>'
        f'<dl>{facts}</dl>{body}</main><footer><p class="note">{_said(document.footer)}</p>'
        "</footer></body></html>\n"
    ).encode()


def fragment(blocks: Iterable[Block]) -> str:
    """Blocks as HTML for a page of the app; pictures are named by their words alone."""
    return "".join(_in_words(block) for block in blocks if not isinstance(block, PageBreak))


def _in_words(block: Block) -> str:
    if isinstance(block, ChartBlock):
        return f"<p><em>{_said(f'Chart: {block.caption}.')}</em></p>"
    if isinstance(block, Gallery):
        return "".join(
            f"<p><strong>{_said(pane.heading)}</strong></p>{_paragraphs(pane.sentences)}"
            for pane in block.panes
        )
    return _WRITERS[type(block)](block)


def _said(text: str) -> str:
    """Text in which nothing is markup."""
    return escape(clean(text))


def _section(section: Section) -> str:
    level = section.level + 1
    breaks = any(isinstance(block, PageBreak) for block in section.blocks)
    inner = "".join(_WRITERS[type(b)](b) for b in section.blocks if not isinstance(b, PageBreak))
    kind = ' class="page"' if breaks else ""
    return f"<section{kind}><h{level}>{_said(section.heading)}</h{level}>{inner}</section>"


def _paragraph(block: Paragraph) -> str:
    kind = "" if block.kind == "body" else f' class="{block.kind}"'
    return f"<p{kind}>{_said(block.text)}</p>"


def _bullets(block: Bullets) -> str:
    tag = "ol" if block.numbered else "ul"
    kind = ' class="lead"' if block.large else ""
    return f"<{tag}{kind}>{''.join(f'<li>{_said(item)}</li>' for item in block.items)}</{tag}>"


def _paragraphs(texts: Sequence[str], kind: str = "") -> str:
    return "".join(f"<p{kind}>{_said(text)}</p>" for text in texts)


def _what_data_say(block: Said) -> str:
    edited = f" ({EDITED.lower()})" if block.edited else ""
    told = _paragraphs(lines(block.edited) or block.sentences)
    return f'<div class="said"><p><strong>{SAID}{edited}</strong></p>{told}</div>'


def _commentary(block: Commentary) -> str:
    typed = lines(block.text)
    inner = _paragraphs(typed) if typed else _paragraphs(block.prompts, ' class="prompt"')
    return f'<div class="box"><p><strong>{_said(block.heading)}</strong></p>{inner}</div>'


def _table(block: TableBlock) -> str:
    heads = "".join(
        f'<th scope="col"{_side(block, place)}>{_said(name)}</th>'
        if name else f"<td{_side(block, place)}></td>"
        for place, name in enumerate(block.columns)
    )  # fmt: skip
    rows = "".join(_row(block, [cell.text for cell in row]) for row in block.rows)
    notes = f'<p class="note">{_said(" ".join(block.notes))}</p>' if block.notes else ""
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{_said(block.caption)}">'
        f"<table><caption>{_said(block.caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>{notes}"
    )


def _row(block: TableBlock, texts: Sequence[str]) -> str:
    head = f'<th scope="row">{_said(texts[0])}</th>' if texts[0] else "<td></td>"
    rest = "".join(
        f"<td{_side(block, place)}>{_said(text)}</td>" for place, text in enumerate(texts) if place
    )
    return f"<tr>{head}{rest}</tr>"


def _side(block: TableBlock, place: int) -> str:
    return "" if place in block.texts else ' class="n"'


def _chart(block: ChartBlock) -> str:
    data = base64.b64encode(picture(block)).decode()
    return (
        f"<figure><figcaption><strong>{_said(block.caption)}</strong></figcaption>"
        f'<img alt="{_said(block.alt)}" src="data:image/png;base64,{data}"></figure>'
    )


def _gallery(block: Gallery) -> str:
    return f'<div class="gallery">{"".join(map(_pane, block.panes))}</div>'


def _pane(pane: Pane) -> str:
    image = ""
    if pane.chart:
        data = base64.b64encode(picture(pane.chart)).decode()
        image = f'<img alt="{_said(pane.chart.alt)}" src="data:image/png;base64,{data}">'
    told = f"{image}{_paragraphs(pane.sentences)}"
    return f"<figure><figcaption><strong>{_said(pane.heading)}</strong></figcaption>{told}</figure>"


def _blank(block: Blank) -> str:
    value = _said(block.value) if block.value else '<span class="line"></span>'
    return f"<p><strong>{_said(block.label)}:</strong> {value}</p>"


_WRITERS: dict[type, Callable[[Any], str]] = {
    Paragraph: _paragraph, Bullets: _bullets, Said: _what_data_say, Commentary: _commentary,
    TableBlock: _table, ChartBlock: _chart, Gallery: _gallery, Blank: _blank,
}  # fmt: skip
