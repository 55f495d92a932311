"""Text that every format can hold, and the shares of the page that columns take."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sendgap.report.document import TableBlock

#: Characters that neither XML nor a spreadsheet may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(text: str) -> str:
    """Text without characters that no document may hold; all others stay as they are."""
    return _FORBIDDEN.sub("", text)


def lines(text: str) -> list[str]:
    """The lines of what somebody typed, without blank ones."""
    return [line.strip() for line in clean(text).splitlines() if line.strip()]


def shares(table: TableBlock) -> Sequence[float]:
    """How wide each column is, as shares of 1."""
    given = table.widths or [_weight(table, place) for place in range(len(table.columns))]
    return [width / sum(given) for width in given]


def _weight(table: TableBlock, place: int) -> float:
    """A column's need of room: its longest word, and for words half of its longest text."""
    texts = [table.columns[place], *(row[place].text for row in table.rows)]
    word = max((len(w) for text in texts for w in text.split()), default=1)
    longest = max(len(text) for text in texts)
    if place not in table.texts:
        return float(min(max(word, longest * 0.75, 5), 14)) + 1
    return float(min(max(word + 2, longest * 0.6), 26))
