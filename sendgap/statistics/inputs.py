"""Turns what is given into arrays that lie row by row beside each other, or refuses it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sendgap.statistics.errors import (
    DenominatorError,
    InputError,
    NoDirectionError,
    NotNumbersError,
    NumeratorError,
    SettingError,
    ShapeError,
    StandardErrorError,
)
from sendgap.terms import Polarity

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Figures lie between these; what lies beyond is a fault, and its square may not be a number.
LARGEST = 1e50
SMALLEST = 1e-50
#: The most that floating-point numbers count one by one.
COUNTABLE = 2.0**53


def floats(name: str, given: ArrayLike) -> Floats:
    """Floating-point numbers with NaN for what is missing; infinities pass."""
    try:
        return np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise NotNumbersError(name, f"not numbers: {fault}", "write numbers or NaN") from fault


def refuse(bad: Flags, error: type[InputError], where: str, found: str, write: str) -> None:
    """Raise ``error`` with the rows where ``bad`` holds; nothing where none does."""
    if bad.any():
        rows = tuple(tuple(int(place) for place in row) for row in np.argwhere(bad))
        raise error(where, found, write, rows)


def side_by_side(**given: ArrayLike) -> tuple[Floats, ...]:
    """The arrays, single numbers repeated to the others' shape; infinities pass.

    Arrays of unequal shapes raise :class:`ShapeError`, even where numpy would stretch one.
    """
    made = {name: floats(name, value) for name, value in given.items()}
    shapes = {array.shape for array in made.values() if array.ndim}
    if len(shapes) > 1:
        found = ", ".join(f"{name} {array.shape}" for name, array in made.items())
        raise ShapeError("shapes", found, "give arrays of one shape, or single numbers")
    shape = next(iter(shapes), ())
    return tuple(np.broadcast_to(array, shape) for array in made.values())


def figures(**given: ArrayLike) -> tuple[Floats, ...]:
    """Arrays side by side of numbers that are finite or missing."""
    made = side_by_side(**given)
    for name, array in zip(given, made, strict=True):
        refuse(np.abs(array) > LARGEST, NotNumbersError, name, "too large", "write a finite number")
    return made


def rows_of(**given: ArrayLike) -> tuple[Floats, ...]:
    """Figures whose last axis runs over areas, groups or periods; single numbers are refused."""
    made = figures(**given)
    if not made[0].ndim or not made[0].shape[-1]:
        found = "a single number" if not made[0].ndim else "nothing along the last axis"
        raise ShapeError(", ".join(given), found, "give an array")
    return made


def parts_and_wholes(
    *, numerator: ArrayLike, denominator: ArrayLike, name: str = ""
) -> tuple[Floats, Floats]:
    """Numerators from 0 to their denominators, and denominators above 0.

    Numerators need not be whole: weighted counts are taken. ``name`` stands before the
    words numerator and denominator in an error.
    """
    part, whole = figures(numerator=numerator, denominator=denominator)
    check_denominator(whole, f"{name} denominator".strip())
    where = f"{name} numerator".strip()
    refuse(part < 0, NumeratorError, where, "below 0", "write 0 or more")
    refuse(
        part > whole, NumeratorError, where, "above its denominator",
        "a part is never more than its whole",
    )  # fmt: skip
    refuse(whole > COUNTABLE, DenominatorError, "denominator", "too large", "write a count")
    return part, whole


def check_denominator(whole: Floats, where: str = "denominator") -> None:
    """Refuse denominators that are not above 0; missing ones pass."""
    refuse(whole < SMALLEST, DenominatorError, where, "0 or less", "write more than 0, or NaN")


def check_standard_error(error: Floats) -> None:
    """Refuse standard errors that are not above 0; missing ones pass."""
    refuse(
        error < SMALLEST, StandardErrorError, "standard_errors", "0 or less",
        "write more than 0, or NaN",
    )  # fmt: skip


def setting(name: str, value: float, *, above: float, below: float) -> float:
    """A single setting strictly between two bounds."""
    if not above < value < below:
        raise SettingError(name, f"{value!r}", f"write a number between {above:g} and {below:g}")
    return float(value)


def multiplier(per: float) -> float:
    """How many a figure is said to be out of: 1, 100 for percentages, 1,000."""
    return setting("per", per, above=0.0, below=LARGEST)


def disadvantage(polarity: Polarity) -> int:
    """1 where a higher figure is better, -1 where a lower one is: reference minus SEN, or back."""
    if polarity is Polarity.NONE:
        raise NoDirectionError("polarity", "none", "only figures with a direction have gaps")
    return 1 if polarity is Polarity.HIGHER_IS_BETTER else -1


def missing(*arrays: Floats) -> Flags:
    """Where any of the arrays has no number."""
    return np.asarray(np.any([np.isnan(array) for array in arrays], axis=0))


def texts(conditions: list[Flags], words: list[str], otherwise: str) -> NDArray[Any]:
    """The word of the first condition that holds, row by row."""
    return np.asarray(np.select(conditions, [np.asarray(word) for word in words], otherwise))
