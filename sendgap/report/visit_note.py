"""The visit note as a document: page 1, sections in the order of the plan, actions, annex."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sendgap.report import kinds, pieces
from sendgap.report.document import (
    Blank,
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
from sendgap.report.typed import Typed
from sendgap.views.note_model import AboutArea, Changes, NoteSection, VisitNote
from sendgap.views.periods import day

#: Rows for actions where fewer have been typed.
ACTION_ROWS = 5
NOTHING = "no outcome meets the rule."
#: Shares of the page for the columns of the first page's tables.
POINTS = (3.9, 1.6, 1.9, 1.7, 2.3, 1.7, 2.2, 1.9)
ADDRESS = "http://localhost:8501/"


def visit_note_document(
    view: VisitNote, typed: Typed | None = None, extra: Sequence[Block] = (), address: str = ADDRESS
) -> Document:
    """The note with what the adviser typed; ``extra`` are pinned charts, put under *Other*."""
    said = typed or Typed()
    area = view.about.area.name
    chosen = [s for s in view.sections if not said.sections or s.number in said.sections]
    left_out = [s.title for s in view.sections if s not in chosen]
    return Document(
        title=f"{view.title}: {area}",
        subtitle="Children and young people with special educational needs",
        facts=_facts(view, said),
        sections=(
            *_glance(view),
            *pieces.parts(
                [(s.part, _section(s, view.prompts, said, extra if s is chosen[-1] else ()))
                 for s in chosen]
            ),
            *([Section("Sections left out", (Bullets(tuple(left_out)),))] if left_out else []),
            _agreed(said),
            *annex(view.about, chosen, address),
        ),
        author=said.author,
        subject=f"SEN visit note for {view.about.area.in_text}",
        footer=f"{view.title}, {area} · data as at {view.about.data_as_at} · sendgap",
        about=_about(view),
        file_name=f"visit-note-{view.about.area.la_code or view.about.area.area_code}",
    )  # fmt: skip


def _facts(view: VisitNote, said: Typed) -> tuple[tuple[str, str], ...]:
    blank = "_" * 24
    return (
        *pieces.area_facts(view.about),
        ("Date of visit", said.visit_date or blank),
        ("Adviser", said.author or blank),
        ("People present", said.present or blank),
    )


def _about(view: VisitNote) -> tuple[tuple[str, str], ...]:
    """What the evidence book says besides its tables."""
    return (
        *((f"What the data say, {s.number}", text) for s in view.sections for text in s.sentences),
        *((f"No source, {s.number}", text) for s in view.sections for text in s.absent),
        ("Licence", pieces.LICENCE),
    )


def _glance(view: VisitNote) -> Iterable[Section]:
    glance = view.glance
    blocks: list[Block] = [Paragraph(glance.rule)]
    for found in (glance.stronger, glance.look_into):
        if found is not None:
            blocks.append(replace(pieces.table(found), widths=POINTS[: len(found.columns)]))
    if glance.stronger is None:
        blocks.append(Paragraph(f"Stronger points: {NOTHING}"))
    if glance.look_into is None:
        blocks.append(Paragraph(f"Points to look into: {NOTHING}"))
    yield Section("At a glance", tuple(blocks))
    yield Section("Questions to ask", (Bullets(glance.questions, numbered=True),), level=2)
    if glance.changes is not None:
        yield Section("Changes since the last note", tuple(_changes(glance.changes)), level=2)


def _changes(found: Changes) -> Iterable[Block]:
    """Newer figures and revised ones, apart."""
    yield Paragraph(
        f"{len(found.newer)} newer figures, {len(found.revised)} figures revised by their "
        f"publishers, {found.unchanged} the same as in the last note."
    )
    for heading, lines in (("Newer", found.newer), ("Revised", found.revised)):
        if lines:
            yield Bullets(tuple(f"{heading}: {line}" for line in lines))


def _section(
    section: NoteSection, prompts: tuple[str, ...], said: Typed, extra: Sequence[Block]
) -> Section:
    blocks: list[Block] = [*pieces.figures(section)]
    edited = said.edited.get(section.number, "")
    if section.sentences or edited:
        blocks.append(Said(section.sentences, edited))
    blocks += extra
    blocks.append(Commentary("Commentary", prompts, said.commentary.get(section.number, "")))
    blocks += pieces.sources(section)
    return Section(section.title, tuple(blocks), level=2)


def _agreed(said: Typed) -> Section:
    """Agreed actions, priorities, the next visit and the signature."""
    rows = [
        tuple(Cell(text) for text in (a.what, a.who, a.by_when, a.known_by)) for a in said.actions
    ]
    rows += [(Cell(""),) * 4] * (ACTION_ROWS - len(rows))
    heads = ("Action", "Who", "By when", "How we will know")
    return Section(
        "Agreed actions and priorities for support",
        (
            TableBlock("Summary of agreed actions", heads, tuple(rows), texts=(0, 1, 2, 3),
                       widths=(7, 3, 2.5, 4.5), blank=True),
            Commentary("Priorities for support", ("What support was agreed, and from whom?",),
                       said.priorities),
            Blank("Date of next visit", said.next_visit),
            Blank("Signed"),
        ),
    )  # fmt: skip


def annex(
    about: AboutArea,
    sections: Sequence[NoteSection],
    address: str = ADDRESS,
    name: str = kinds.VISIT_NOTE,
) -> Iterable[Section]:
    """Definitions, the neighbours, sources, how old the data are, and the way back."""
    defined = {d.label: d for s in sections for d in s.definitions}
    notes = [note for s in sections for note in s.sources]
    yield Section("Annex", (PageBreak(), *(
        Paragraph(f"{label}: {text}") for label, text in pieces.about_lines(about)
    ), Paragraph(f"This document again: {address}reports{about.link}&doc={name}"),
       Paragraph(f"Written on {day(about.today.isoformat())}."),
       Paragraph(pieces.LICENCE, "source")))  # fmt: skip
    if about.neighbours:
        named = "; ".join(f"{name} ({how.lower()})" for name, how in about.neighbours)
        yield Section("Statistical neighbours", (Paragraph(
            f"Nearest first, list of {about.vintage_label}: {named}."),), level=2)  # fmt: skip
    yield Section("How to read the figures", (Bullets(HOW),), level=2)
    yield Section(
        "Definitions",
        (Bullets(tuple(f"{d.label}: {' '.join(d.definition.split())} {d.direction}"
                       for d in defined.values())),),
        level=2,
    )  # fmt: skip
    yield Section("Publications", (Bullets(pieces.source_list(notes)),), level=2)


HOW = (
    "The level comes first and the gap beside it. A gap is how far pupils with SEN fare worse "
    "than the others named beside it; a fall is narrowing.",
    "The figure of the ten statistical neighbours is the plain average of those that have one, "
    "and is not shown for fewer than seven.",
    "Place is by level among authorities with a figure, 1st being the best; a shared place is "
    "printed with =. England's range names the lowest and the highest authority.",
    "Better and worse are tested for chance where the number of pupils is known. Where none is, "
    "the level stood on one side in each of the last three comparable years.",
    "pp stands for percentage points. A letter in place of a number is explained under its table.",
)
