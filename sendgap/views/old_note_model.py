"""What the older documents say again: their tables, and what is worked out from them."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.views.model import Table, Words


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """One derived figure: what it is, worked out again, and what the document prints.

    ``agrees`` is true or false where the document prints it, else nothing.
    """

    label: str
    value: float
    printed: str
    document: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class OldTable:
    """A table of a document with its derived figures.

    ``notes`` say where the document contradicts itself. ``today`` are names of the outcomes
    that have taken its place, ``today_ids`` their ids; ``no_source`` says why there is none.
    """

    id: str
    document_id: str
    place: str
    title: str
    figures: Table
    derived: Table | None
    worked_out: tuple[WorkedOut, ...]
    notes: tuple[str, ...]
    today: tuple[str, ...]
    today_ids: tuple[str, ...]
    no_source: str


@dataclass(frozen=True, slots=True)
class OldDocument:
    """One document: its tables in its own order."""

    id: str
    title: str
    publisher: str
    dated: str
    area: str
    tables: tuple[OldTable, ...]


@dataclass(frozen=True, slots=True)
class OldNote:
    """All older documents whose figures are kept."""

    words: Words
    documents: tuple[OldDocument, ...]

    def document(self, document_id: str) -> OldDocument:
        """The document with this id."""
        return next(d for d in self.documents if d.id == document_id)
