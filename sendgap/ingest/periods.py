"""Published period labels to time periods: one rule per series."""

from __future__ import annotations

import re
from collections.abc import Callable

from sendgap.terms import TimeIdentifier


def _school_year(first: int) -> str:
    return f"{first}{(first + 1) % 100:02d}"


def _ending(label: str) -> str:
    return _school_year(int(label[:4]) - 1)


def _starting(label: str) -> str:
    return _school_year(int(label[:4]))


_YEAR = re.compile(r"(?:19|20)[0-9]{2}(\s*\((?:prov|provisional|rev|revised)\.?\))?", re.IGNORECASE)
_SLASH = re.compile(r"(?:19|20)[0-9]{2}/[0-9]{2}")
_FINANCIAL = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}( \(OT\))?")
_PLAIN = re.compile(r"(?:19|20)[0-9]{2}([0-9]{2})?")

_RULES: dict[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "as_published": (_PLAIN, str),
    "academic_year_ending": (_YEAR, _ending),
    "academic_year_starting": (_YEAR, _starting),
    "academic_year_slash": (_SLASH, lambda label: label[:4] + label[5:7]),
    "financial_year": (_FINANCIAL, lambda label: label[:4] + label[5:7]),
    "calendar_year": (_YEAR, lambda label: label[:4]),
}


def time_period(label: str, rule: str) -> str | None:
    """The time period a printed label stands for; ``None`` where the rule does not fit.

    >>> time_period("2025 (prov)", "academic_year_ending")
    '202425'
    >>> time_period("2021", "academic_year_starting")
    '202122'
    """
    pattern, convert = _RULES[rule]
    return convert(label) if pattern.fullmatch(label) else None


def fits(period: str, identifier: TimeIdentifier) -> bool:
    """Whether a period has the digits its kind needs: four for calendar years, else six
    of two years in a row."""
    if identifier is TimeIdentifier.CALENDAR_YEAR:
        return len(period) == 4
    return len(period) == 6 and int(period[4:]) == (int(period[:4]) + 1) % 100
