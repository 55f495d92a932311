"""An empty return to fill in: the columns, one example row, and a page of what to write."""

from __future__ import annotations

import csv
import io

from sendgap.local.returns.kinds import ReturnKind


def template(kind: ReturnKind) -> bytes:
    """A CSV with the columns and an example row, for Excel and others (UTF-8 with its mark)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(kind.columns)
    writer.writerow(column.example for column in kind.columns.values())
    return text.getvalue().encode("utf-8-sig")


def guide(kind: ReturnKind) -> str:
    """What to write in each column, as lines of text."""
    lines = [kind.label, kind.says, ""]
    for column in kind.columns.values():
        need = "every row" if column.needed else "may be left out"
        lines.append(f"{column.name} ({need}): {column.says}. Example: {column.example or 'empty'}")
        if column.found:
            lines.append(f"    Published in: {column.found}.")
    return "\n".join(lines)
