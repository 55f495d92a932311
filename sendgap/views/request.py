"""What a page asks of a view, and how the answer's parts are looked up."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import VINTAGES, SenGroup

#: Comparators a person can switch on, in the order they are drawn.
COMPARATORS = ("neighbours", "region", "england")

ENGLAND = "E92000001"


@dataclass(frozen=True, slots=True)
class Request:
    """One area, outcome and group, and what to set them beside.

    ``chosen`` are the codes of areas that a person has put together; ``since`` is the
    period that ``period`` is set against, empty for the usual one.
    """

    area_code: str
    indicator_id: str
    sen_group: SenGroup
    compare: tuple[str, ...] = COMPARATORS
    breakdown: str = "total"
    time_identifier: str | None = None
    period: str = "latest"
    vintage: str = VINTAGES[0]
    chosen: tuple[str, ...] = ()
    since: str = ""
