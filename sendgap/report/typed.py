"""What a person types into a document: who, when, commentary, actions, and what is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Action:
    """One agreed action."""

    what: str = ""
    who: str = ""
    by_when: str = ""
    known_by: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything in a visit note that no data say.

    ``commentary`` and ``edited`` are keyed by the number of a section; ``edited`` takes the
    place of what the data say, marked as the adviser's. ``sections`` are the numbers of those
    that are printed; none stands for all.
    """

    visit_date: str = ""
    author: str = ""
    present: str = ""
    next_visit: str = ""
    priorities: str = ""
    commentary: Mapping[str, str] = field(default_factory=dict)
    edited: Mapping[str, str] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    confirmed: frozenset[str] = frozenset()
    sections: tuple[str, ...] = ()
