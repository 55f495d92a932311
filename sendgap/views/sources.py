"""Where figures are from, in a line."""

from __future__ import annotations

from sendgap.views.model import SourceNote


def details(note: SourceNote) -> str:
    """What follows a publication's name: who publishes it, which edition, which years."""
    return f"{note.publisher}, edition of {note.edition}; figures of {note.periods}"


def source_line(note: SourceNote) -> str:
    """A publication whole, for where nothing can be linked."""
    return f"Source: {note.publication}, {details(note)}. {note.licence}."
