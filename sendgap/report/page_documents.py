"""Documents made of one view: an outcomes framework, the national position, a group report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sendgap.report import pieces
from sendgap.report.document import (
    Block,
    Bullets,
    Cell,
    Commentary,
    Document,
    PageBreak,
    Paragraph,
    Said,
    Section,
    TableBlock,
)
from sendgap.views.framework_model import FrameworkItemView, FrameworkRow, FrameworkView
from sendgap.views.group_model import GroupReport, GroupRow
from sendgap.views.model import Definition, Words
from sendgap.views.national_model import NationalPosition, NationalRow
from sendgap.views.note_model import AboutArea
from sendgap.views.periods import day

FRAMEWORK_HEADS = (
    "Item", "Measure used now", "Pupils", "Level", "Statistical neighbours", "England",
    "Level since", "Gap", "Rating", "Why",
)  # fmt: skip
FRAMEWORK_WIDTHS = (4.0, 3.3, 1.5, 1.5, 2.0, 1.7, 2.6, 4.3, 1.8, 3.8)
COMMENT = "Commentary"
PROMPTS = ("What explains this?", "What will we do, by when, and how shall we know?")


def framework_document(view: FrameworkView, about: AboutArea, author: str = "") -> Document:
    """The framework's items under its outcomes, each rated row with its reason."""
    area = about.area
    return Document(
        title=f"{view.title}: {area.name}",
        subtitle=view.words.finding,
        facts=pieces.area_facts(about),
        sections=(
            _summary(view.words),
            *(section for outcome in view.outcomes for section in
              _outcome(outcome.title, outcome.counts, outcome.items, outcome.elsewhere)),
            Section("How it is rated", (Bullets(view.rules),)),
            *_last(view.words, view.definition, about.release_id, about.today),
        ),
        author=author,
        subject=f"{view.title}, {area.name}",
        footer=f"{view.title}, {area.name} · data as at {about.data_as_at} · sendgap",
        about=_about(view.words),
        file_name=f"{view.framework_id}-framework-{area.la_code or area.area_code}",
        landscape=True,
    )  # fmt: skip


def _outcome(
    title: str,
    counts: str,
    items: Sequence[FrameworkItemView],
    elsewhere: Sequence[FrameworkItemView],
) -> Iterable[Section]:
    """An outcome with how many ratings of each kind it has, and its items."""
    also = "; ".join(f"{item.id}: {item.wording}" for item in elsewhere)
    blocks: list[Block] = (
        [Paragraph(f"{counts[:1].upper()}{counts[1:]}.", "lead")] if counts else []
    )
    if also:
        blocks.append(Paragraph(f"Also evidence of this outcome, rated above: {also}.", "note"))
    rows = tuple(row for item in items for row in _item(item))
    notes = tuple(f"{item.id}: {item.note}" for item in items if item.note)
    if rows:
        places = tuple(p for p in range(len(FRAMEWORK_HEADS)) if p not in (3, 4, 5))
        caption = "Items, measures and ratings, newest year of each"
        blocks.append(TableBlock(caption, FRAMEWORK_HEADS, rows, notes, places, FRAMEWORK_WIDTHS))
    blocks += _entered(items)
    if title or blocks:
        yield Section(title or "All items", tuple(blocks))


def _item(item: FrameworkItemView) -> Iterable[tuple[Cell, ...]]:
    name = Cell(f"{item.id}: {item.wording}")
    for row in item.rows:
        yield (name, *(Cell(text) for text in _cells(row)))
    if not item.rows:
        none = (Cell("none"),) * (len(FRAMEWORK_HEADS) - 3)
        yield (name, Cell("none"), *none, Cell("Not published, and no local figure is asked for."))


def _entered(items: Sequence[FrameworkItemView]) -> Iterable[Block]:
    """Targets and how the work goes, as somebody entered them."""
    rows = [row for item in items for row in item.rows]
    said = [f"{r.name}, {r.group_label}: {line}" for r in rows for line in r.target_said]
    said += [f"{r.name}: delivery, entered by hand: {r.delivery}" for r in rows if r.delivery]
    if said:
        yield Bullets(tuple(dict.fromkeys(said)))


def _cells(row: FrameworkRow) -> tuple[str, ...]:
    """The level first, its gap beside it, the rating in letter, word and shape."""
    when = "" if row.period_label in ("", "none") else f", {row.period_label}"
    mark = " p" if row.provisional else ""
    gap = f"{row.gap}. {row.gap_moved}" if row.gap_moved else row.gap
    return (
        f"{row.name}{when}", row.group_label or "all", f"{row.level}{mark}",
        row.neighbours.printed or "none", _england(row.england.printed),
        row.since or "no earlier comparable year", gap, row.printed, row.why,
    )  # fmt: skip


def national_document(view: NationalPosition, release_id: str, today: date) -> Document:
    """The national position of a year, section by section."""
    sections = []
    for part in view.sections:
        blocks: list[Block] = [_national_table(part.title, part.rows)]
        counted = tuple(s for s in part.sentences if "authorities" in s)
        if counted:
            blocks.append(Said(counted))
        blocks += [Paragraph(line, "note") for line in part.missing]
        sections.append(Section(part.title, tuple(blocks)))
    return Document(
        title=f"The national position, {view.year}",
        subtitle=view.words.finding,
        facts=(("Year", view.year), ("Release", release_id)),
        sections=(*sections, *_last(view.words, view.definition, release_id, today)),
        subject=f"The national SEND position in {view.year}",
        footer=f"The national position, {view.year} · release {release_id} · sendgap",
        about=_about(view.words),
        file_name=f"national-position-{view.year}",
        landscape=True,
    )


NATIONAL_HEADS = (
    "Outcome", "England", "Year before", "Change", "Number", "Lowest", "Highest", "Authorities",
    "How many authorities",
)  # fmt: skip


def _national_table(title: str, rows: Sequence[NationalRow]) -> TableBlock:
    cells = tuple(
        tuple(Cell(text) for text in (
            f"{row.name}, {row.period_label}", row.england, row.england_before or "none",
            row.change_printed or "not compared", row.number, row.lowest, row.highest,
            str(row.areas), "; ".join(c.said for c in row.counts) or "none counted",
        ))
        for row in rows
    )  # fmt: skip
    return TableBlock(title, NATIONAL_HEADS, cells, texts=(0, 5, 6, 8),
                      widths=(4.2, 1.8, 1.8, 1.7, 1.9, 3.4, 3.7, 1.9, 5.3))  # fmt: skip


GROUP_HEADS = (
    "Outcome", "Group then", "Group now", "England then", "England now", "Better", "Worse",
    "Gap then", "Gap now", "Gap narrowed",
)  # fmt: skip


def group_document(view: GroupReport, release_id: str, today: date, author: str = "") -> Document:
    """A group of authorities: an overview, then one section for each outcome."""
    return Document(
        title=f"Group report: {view.title}",
        subtitle=view.words.finding,
        facts=(("Group", view.words.context), ("Release", release_id)),
        sections=(
            Section("Overview", (_group_table(view.rows), *(
                Paragraph(f"Left out: {line}", "note") for line in view.left_out
            ))),
            *(_group_section(row, table) for row, table in
              zip(view.rows, map(pieces.view_table, view.tables), strict=True)),
            *_last(view.words, view.definition, release_id, today),
        ),
        author=author,
        subject=f"Pupils with SEN in {view.title}",
        footer=f"Group report: {view.title} · release {release_id} · sendgap",
        about=_about(view.words),
        file_name=f"group-report-{view.sen_group.value}",
        landscape=True,
    )  # fmt: skip


def _group_table(rows: Sequence[GroupRow]) -> TableBlock:
    cells = tuple(
        tuple(Cell(text) for text in (
            f"{r.name}, {r.baseline_label} to {r.period_label} ({r.made})", r.before, r.now,
            _england(r.england_before), _england(r.england), f"{r.better} of {r.of}",
            f"{r.worse} of {r.of}", r.gap_before or "none", r.gap_now or "none",
            f"{r.narrowed} of {r.gaps_of}" if r.gaps_of else "no gap defined",
        ))
        for r in rows
    )  # fmt: skip
    return TableBlock("The group against its baseline", GROUP_HEADS, cells,
                      widths=(7.2, 2.0, 2.0, 2.0, 2.0, 1.9, 1.9, 2.1, 2.1, 2.1))  # fmt: skip


def _england(printed: str) -> str:
    """England's figure, or shortly that there is none, with the median where it stands in."""
    return printed.replace("No published England figure", "none published") or "none"


def _group_section(row: GroupRow, table: TableBlock) -> Section:
    blocks: list[Block] = [
        Paragraph(
            f"The group's figure is {row.now} in {row.period_label} and was {row.before} in "
            f"{row.baseline_label} ({row.made}). The gap narrowed in {row.narrowed} of "
            f"{row.gaps_of}, in {row.narrowed_with_gain} of them with a gain of pupils with SEN."
            if row.gaps_of
            else f"The group's figure is {row.now} in {row.period_label} and was {row.before} in "
            f"{row.baseline_label} ({row.made})."
        )
    ]
    for heading, areas in (("Moved most", row.moved_most), ("To learn from", row.learn_from)):
        if areas:
            blocks.append(Paragraph(f"{heading}:"))
            blocks.append(Bullets(tuple(area.said for area in areas)))
    if row.targets:
        blocks.append(Paragraph(f"Targets met: {row.targets_met} of {row.targets}."))
    return Section(row.name, (*blocks, table, Commentary(COMMENT, PROMPTS)))


def _summary(words: Words) -> Section:
    return Section("In words", (Bullets(words.sentences),)) if words.sentences else Section(
        "In words", (Paragraph(words.finding),))  # fmt: skip


def _about(words: Words) -> tuple[tuple[str, str], ...]:
    return (
        *(("In words", sentence) for sentence in words.sentences),
        *(("Caveat", caveat) for caveat in words.caveats),
        ("Licence", pieces.LICENCE),
    )


def _last(words: Words, definition: Definition, release_id: str, today: date) -> Iterable[Section]:
    """How to read it, what to mind, and where the figures are from."""
    read = (definition.definition, definition.how_to_read, definition.cannot_say)
    yield Section("How to read it", (PageBreak(), *(Paragraph(" ".join(t.split()))
                                                    for t in read if t)))  # fmt: skip
    if words.caveats:
        yield Section("What to mind", (Bullets(words.caveats),), level=2)
    if words.sources:
        yield Section("Publications", (Bullets(pieces.source_list(words.sources)),), level=2)
    yield Section(
        "About this document",
        (
            Paragraph(f"Release {release_id}; written on {day(today.isoformat())}."),
            Paragraph(pieces.LICENCE, "source"),
        ),
        level=2,
    )
