"""What an outcomes framework asks for, and which figures answer it."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import SenGroup


@dataclass(frozen=True, slots=True)
class FrameworkMeasure:
    """Figures that answer a framework's item: an indicator, its groups and its cut.

    ``use`` says what becomes of them: ``counted`` (rated, and counted for the item),
    ``beside`` (rated in a row of their own) or ``context`` (shown and never rated). They
    are set ``against`` the ``neighbours`` or ``england``. No groups are the indicator's
    own, no breakdown is its whole.
    """

    indicator_id: str
    use: str
    groups: tuple[SenGroup, ...]
    breakdown: str
    against: str


@dataclass(frozen=True, slots=True)
class FrameworkItem:
    """One thing a framework asks for, and the outcomes of the framework it is evidence of.

    ``wording`` is the framework's own, ``note`` what to know about the measures used now.
    An item that lists no measures takes the indicators that name it.
    """

    id: str
    label: str
    outcomes: tuple[str, ...]
    wording: str
    note: str
    measures: tuple[FrameworkMeasure, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """An outcomes framework or report list; indicators name its items as ``id:item``.
    ``short`` is its title where there is little room."""

    id: str
    title: str
    short: str
    outcomes: dict[str, str]
    items: tuple[FrameworkItem, ...]
    against: str
