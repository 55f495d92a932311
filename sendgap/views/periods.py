"""Time periods as a page prints and places them."""

from __future__ import annotations

from datetime import date

from sendgap.terms import TERMS, TimeIdentifier


def ends_in(time_period: str) -> int:
    """The year a period ends in: 202425 in 2025, 2024 in 2024."""
    return int(time_period) if len(time_period) == 4 else int(time_period[:4]) + 1


def period_label(
    time_period: str, style: str, identifier: str = TimeIdentifier.ACADEMIC_YEAR
) -> str:
    """How a page prints a period.

    >>> period_label("202425", "academic_year")
    '2024/25'
    >>> period_label("202425", "january")
    'January 2025'
    """
    if style == "january":
        return f"January {ends_in(time_period)}"
    if style == "year_ending" or len(time_period) == 4:
        return str(ends_in(time_period))
    if style == "financial_year":
        return f"{time_period[:4]}-{time_period[4:]}"
    year = f"{time_period[:4]}/{time_period[4:]}"
    return f"{identifier} {year}" if identifier in TERMS else year


def tick_label(time_period: str, style: str) -> str:
    """The short form for an axis: "Jan 2025", "2024/25", "2024"."""
    return period_label(time_period, style).replace("January", "Jan")


def adjacent(earlier: str, later: str) -> bool:
    """Whether two periods follow each other without a year between."""
    return ends_in(later) - ends_in(earlier) == 1


def day(iso_date: str) -> str:
    """A date in words.

    >>> day("2025-07-01")
    '1 July 2025'
    """
    found = date.fromisoformat(iso_date)
    return f"{found.day} {found:%B %Y}"


def month(vintage: str) -> str:
    """The month of a neighbour list.

    >>> month("2025-05")
    'May 2025'
    """
    return f"{date.fromisoformat(vintage + '-01'):%B %Y}"
