"""Input that statistics refuse, each with the rows where it was found."""

from __future__ import annotations

from sendgap.errors import SendgapError

Row = tuple[int, ...]


class InputError(SendgapError):
    """Numbers that cannot be true.

    ``rows`` are the places found, counted from 0: ``(3,)`` in a list, ``(2, 3)`` in a table.
    """

    def __init__(self, where: str, found: str, write: str, rows: tuple[Row, ...] = ()) -> None:
        self.found, self.write, self.rows = found, write, rows
        at = ""
        if rows:
            first = rows[0][0] if len(rows[0]) == 1 else rows[0]
            at = f" in row {first}" if rows[0] else ""
            at += f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        super().__init__(f"{where}: {found}{at}; {write}")


class NotNumbersError(InputError):
    """Text, or something infinite, where a number belongs."""


class ShapeError(InputError):
    """Arrays that do not lie row by row beside each other."""


class NumeratorError(InputError):
    """A part below nothing, or above its whole."""


class DenominatorError(InputError):
    """A whole of nothing, or less."""


class IntervalError(InputError):
    """An interval the wrong way round, or one that misses its own value."""


class StandardErrorError(InputError):
    """A standard error that is not above nothing."""


class ComparatorError(InputError):
    """A comparator outside the range of what it is compared with."""


class YearOrderError(InputError):
    """Years that do not run from the oldest to the newest, each once."""


class SettingError(InputError):
    """A confidence, a multiplier or another setting outside its range."""


class NoDirectionError(InputError):
    """A question about better and worse, asked of figures without direction."""
