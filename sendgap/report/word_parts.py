"""The parts of a Word file that python-docx has no words for, as XML."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

LANGUAGE = "en-GB"
RULE, BOX, HEAD = "767676", "505A5F", "F3F2F1"
TABLE_STYLE = "sendgap table"


def set_language(document: WordDocument) -> None:
    """The language of all text, for screen readers and spelling."""
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), LANGUAGE)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if properties.find(qn("w:lang")) is None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), LANGUAGE)
        properties.append(language)


def add_table_style(document: WordDocument) -> None:
    """A table style with a shaded bold header row and rules between rows."""
    border = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="sendgaptable">'
            f'<w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/>'
            '<w:uiPriority w:val="99"/><w:qFormat/>'
            '<w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr>'
            '<w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>'
            '<w:tblPr><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
            f"</w:tblCellMar><w:tblBorders><w:top {border}/><w:bottom {border}/>"
            f"<w:insideH {border}/></w:tblBorders></w:tblPr>"
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD}"/></w:tcPr></w:tblStylePr>'
            "</w:style>"
        )
    )


def repeat_header(row: Any) -> None:
    """Print the row again at the top of each page the table runs over."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """Never break the row over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def describe_table(table: Any, caption: str) -> None:
    """The table's accessible title."""
    properties = table._tbl.tblPr
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), caption)
        properties.append(element)


def describe_picture(shape: Any, alt: str, title: str) -> None:
    """The picture's alternative text."""
    properties = shape._inline.docPr
    properties.set("descr", alt)
    properties.set("title", title)


def plain_heading(style: Any) -> None:
    """A style without the rule and the wide letters of the usual template."""
    properties = style.element.get_or_add_pPr()
    for found in properties.findall(qn("w:pBdr")):
        properties.remove(found)
    letters = style.element.get_or_add_rPr()
    for found in letters.findall(qn("w:spacing")):
        letters.remove(found)


def space_between(style: Any) -> None:
    """Let the entries of a list stand apart, which the usual template does not."""
    off = OxmlElement("w:contextualSpacing")
    off.set(qn("w:val"), "0")
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(off, "w:jc", "w:outlineLvl", "w:rPr")


def frame(style: Any, sides: str, colour: str, width: int = 8) -> None:
    """Rules round paragraphs of a style: ``sides`` of "top left bottom right"."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        if side in sides.split():
            element = OxmlElement(f"w:{side}")
            for key, value in (("val", "single"), ("sz", str(width)), ("space", "6"),
                               ("color", colour)):  # fmt: skip
                element.set(qn(f"w:{key}"), value)
            borders.append(element)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def field(paragraph: Any, code: str) -> None:
    """A field that Word fills in, such as the page number."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "text":
            run.text = text
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)


def new_numbering(document: WordDocument, style_name: str) -> int:
    """A list of its own that starts at 1, in the form of a list style."""
    numbering = document.part.numbering_part.element
    linked = document.styles[style_name].element.pPr.numPr.numId.val
    abstract = next(n.abstractNumId.val for n in numbering.num_lst if n.numId == linked)
    added = numbering.add_num(abstract)
    added.add_lvlOverride(0).add_startOverride(1)
    return int(added.numId)


def number(paragraph: Any, list_id: int) -> None:
    """Make the paragraph an entry of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = list_id
    properties.get_or_add_ilvl().val = 0
