"""Failures a person can mend, and how they are told.

Every refusal names where the fault is, what was found there and what to write
instead. Commands print these messages without a traceback; anything that is not a
:class:`SendgapError` is a fault of the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a file or a request.

    ``where`` is a file, a column or an option; ``found`` quotes what stands there;
    ``write`` says what to write instead.
    """

    where: str
    found: str
    write: str

    def __str__(self) -> str:
        return f"{self.where}: {self.found}; {self.write}"


class SendgapError(Exception):
    """A failure whose message is for the person at the keyboard."""


class ProblemsError(SendgapError):
    """Several problems, reported together so that one round of mending is enough."""

    heading = "problems were found"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"{self.heading} ({count}):\n{lines}")


class CatalogueError(ProblemsError):
    """Entries of ``data/catalogue`` or ``data/reference`` that cannot be used."""

    heading = "the catalogue has problems"


class FiguresError(ProblemsError):
    """Published figures that cannot be true, each with its outcome, area and period."""

    heading = "figures cannot be true, and no release was built"


class TargetsError(ProblemsError):
    """Lines of ``targets.csv`` that cannot be used."""

    heading = "the targets file has problems, so no target is shown"


class NoteFileError(ProblemsError):
    """A saved note that is damaged, of another kind or of another area."""

    heading = "the note file cannot be used, and nothing was changed"


class DocumentError(SendgapError):
    """A document that cannot be written; what stood in its place stays as it was."""


class RefusedError(ProblemsError):
    """A file that was screened and not taken."""

    heading = "nothing was loaded"


class UnknownNameError(SendgapError):
    """A name or code that is not held, with the nearest ones that are."""

    def __init__(self, kind: str, asked: str, nearest: Iterable[str] = ()) -> None:
        self.kind, self.asked, self.nearest = kind, asked, tuple(nearest)
        hint = f" Did you mean {', '.join(self.nearest)}?" if self.nearest else ""
        super().__init__(f"{kind} {asked!r} is not known.{hint}")


class NoAnswerError(SendgapError):
    """A question that the figures held cannot answer, with the reason."""


class ReleaseError(SendgapError):
    """No release can be opened or built."""


class LocalError(SendgapError):
    """Local figures that are not there, or that this person may not open."""
