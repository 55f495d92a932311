"""An area, and one of its statistical neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sendgap.errors import UnknownNameError
from sendgap.terms import GeographicLevel
from sendgap.text import and_list


def fold(text: str) -> str:
    """The form in which spellings are compared: case, spacing and "&" set aside."""
    return " ".join(text.replace("&", " and ").split()).casefold()


#: Names that take an article within a sentence: "in the City of London", "of the North West".
WITH_ARTICLE = re.compile(
    r"(City|County|Isles?) of .+|East of England|(North|South) (East|West)|(East|West) Midlands"
)


def in_text(*names: str) -> str:
    """Areas' names as they run within a sentence.

    >>> in_text("South East"), in_text("North East Lincolnshire", "City of London")
    ('the South East', 'North East Lincolnshire and the City of London')
    """
    return and_list([f"the {name}" if WITH_ARTICLE.fullmatch(name) else name for name in names])


@dataclass(frozen=True, slots=True)
class Area:
    """England, a region, inner or outer London, or a local authority.

    ``opened`` is empty for areas older than 2009, ``closed`` for areas that still
    exist. ``closed`` is the first day the area no longer existed. ``parent_code`` is
    inner or outer London for a borough.
    """

    area_code: str
    la_code: str | None
    name: str
    short_name: str
    level: GeographicLevel
    region_code: str | None
    parent_code: str | None
    opened: date | None
    closed: date | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    note: str

    @property
    def in_text(self) -> str:
        """The short name as it runs within a sentence."""
        return in_text(self.short_name)

    def open_in(self, time_period: str) -> bool:
        """Whether the area existed on any day of the calendar year or school year.

        Publishers differ in the period of a change: 2018/19 absence and the January
        census carry Poole, 2018/19 key stage 2 results carry its successor. Both
        existed in that school year, so both count as open and whichever was published
        is kept. In every other period only one side is open.
        """
        first, last = _span(time_period)
        return (self.opened is None or self.opened <= last) and (
            self.closed is None or first < self.closed
        )


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One of an authority's ten statistical neighbours; position 1 is the closest."""

    position: int
    area: Area
    closeness: str


def _span(time_period: str) -> tuple[date, date]:
    """First and last day of a calendar year ("2024") or school year ("202425")."""
    year = int(time_period[:4]) if time_period.isascii() and time_period.isdigit() else 0
    if year and len(time_period) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    if year and len(time_period) == 6 and int(time_period[4:]) == (year + 1) % 100:
        return date(year, 9, 1), date(year + 1, 8, 31)
    raise UnknownNameError("time period", time_period, ("2024", "202425"))
