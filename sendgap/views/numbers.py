"""Prints numbers: published precision, one minus sign, units that read aloud."""

from __future__ import annotations

from collections.abc import Callable

from sendgap.terms import Symbol

#: :func:`level` or :func:`gap`: value, unit, decimals.
Printer = Callable[[float, str, int], str]

MINUS = "\N{MINUS SIGN}"

#: What stands in a cell instead of a number.
SYMBOL_WORDS = {
    Symbol.SUPPRESSED: "c",
    Symbol.NOT_AVAILABLE: "x",
    Symbol.NOT_APPLICABLE: "z",
    Symbol.LOW: "low",
    Symbol.NOT_PUBLISHED: "none",
    Symbol.COVID: "no data: COVID-19",
    Symbol.NOT_YET: "not yet",
    Symbol.NO_AREA: "new area",
    Symbol.NO_COMMON_SOURCE: "no common source",
    Symbol.IMPOSSIBLE: "impossible",
    Symbol.WITHHELD: "withheld",
}

#: The same as a reason inside a sentence.
SYMBOL_REASONS = {
    Symbol.SUPPRESSED: "hidden by the publisher to protect children",
    Symbol.NOT_AVAILABLE: "the publisher gives none",
    Symbol.NOT_APPLICABLE: "there was no one to count",
    Symbol.LOW: "it rounds to zero",
    Symbol.NOT_PUBLISHED: "none is published",
    Symbol.COVID: "none was published because of COVID-19",
    Symbol.NOT_YET: "it is not published yet",
    Symbol.NO_AREA: "the authority does not exist in that year",
    Symbol.NO_COMMON_SOURCE: "no publication has both groups",
    Symbol.IMPOSSIBLE: "the published one is impossible",
    Symbol.WITHHELD: "the published one is known to be wrong",
}

#: What each of them means, for the line under a table.
SYMBOL_MEANINGS = {
    Symbol.SUPPRESSED: "c: hidden by the publisher because too few pupils; this protects children.",
    Symbol.NOT_AVAILABLE: "x: not available; the publisher gives no figure.",
    Symbol.NOT_APPLICABLE: "z: not applicable; there was no one to count.",
    Symbol.LOW: "low: rounds to zero.",
    Symbol.NOT_PUBLISHED: "none: not published.",
    Symbol.COVID: "No data: COVID-19. Nothing was held or published for that year.",
    Symbol.NOT_YET: "Not yet: not published yet.",
    Symbol.NO_AREA: "New area: the authority did not exist in its present form.",
    Symbol.NO_COMMON_SOURCE: "No common source: no publication has both groups.",
    Symbol.IMPOSSIBLE: "Impossible: the published figure lies outside the possible range.",
    Symbol.WITHHELD: "Withheld: the published figure is known to be wrong.",
}

_SUFFIX = {"percent": "%", "per_100_pupils": " per 100", "score": "", "pounds": ""}
_GAP_SUFFIX = {"percent": " pp", "per_100_pupils": " per 100", "score": " points"}
_GAP_WORDS = {
    "percent": "percentage points",
    "per_100_pupils": "per 100 pupils",
    "score": "points",
}


def number(value: float, decimals: int) -> str:
    """Digits with thousands commas and a true minus sign.

    >>> number(-2.5, 1)
    '−2.5'
    """
    text = f"{value:,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def level(value: float, unit: str, decimals: int) -> str:
    """A level with its unit: "10%", "15.5", "29.69 per 100"."""
    pounds = "£" if unit == "pounds" else ""
    return f"{pounds}{number(value, decimals)}{_SUFFIX.get(unit, '')}"


def gap(value: float, unit: str, decimals: int) -> str:
    """A gap with its unit: "65 pp", "39.3 points"."""
    return f"{number(value, decimals)}{_GAP_SUFFIX.get(unit, '')}"


def mean_decimals(decimals: int) -> int:
    """Decimals of a computed mean: one more than whole numbers have, else as published."""
    return max(1, decimals)


def gap_words(value: float, unit: str, decimals: int) -> str:
    """A gap as it is first said: "65 percentage points"."""
    return f"{number(value, decimals)} {_GAP_WORDS.get(unit, '')}".strip()


def symbol_word(symbol: str | None) -> str:
    """The text of a cell without a number."""
    return SYMBOL_WORDS[Symbol(symbol)] if symbol else "none"


def symbol_reason(symbol: str | None) -> str:
    """Why there is no number, as a clause."""
    return SYMBOL_REASONS[Symbol(symbol)] if symbol else SYMBOL_REASONS[Symbol.NOT_PUBLISHED]


def place(rank: int, of: int, tied: int) -> str:
    """A place with its ties.

    >>> place(60, 151, 14)
    '=60th of 151 (14 areas)'
    """
    if tied > 1:
        return f"={ordinal(rank)} of {of} ({tied} areas)"
    return f"{ordinal(rank)} of {of}"


def ordinal(rank: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = (
        "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    )
    return f"{rank}{ending}"
