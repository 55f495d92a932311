"""Documents to files: one writer per format, and a file is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from sendgap.errors import DocumentError
from sendgap.report.document import Document
from sendgap.report.html import html
from sendgap.report.markdown import markdown
from sendgap.report.word import word
from sendgap.report.workbook import workbook

WRITERS: dict[str, Callable[[Document], bytes]] = {
    "docx": word,
    "html": html,
    "md": markdown,
    "xlsx": workbook,
}


def rendered(document: Document, form: str) -> bytes:
    """The document in one of :data:`WRITERS`."""
    return WRITERS[form](document)


def save(content: bytes, path: Path) -> None:
    """Put ``content`` in the place of ``path`` at once.

    It is written beside it first, so that whatever goes wrong leaves an existing file as it
    was. Raises :class:`DocumentError` with the reason.
    """
    beside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # A temporary file is the owner's alone; a document is as open as others made here.
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except OSError as error:
        if beside:
            Path(beside).unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise DocumentError(
            f"{path} cannot be written: {reason}. Nothing was changed; name another file or folder."
        ) from error


def _umask() -> int:
    found = os.umask(0)
    os.umask(found)
    return found
