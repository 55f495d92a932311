"""Who is counted, in the words of the catalogue: in short, and one of them."""

from __future__ import annotations

import re

from sendgap.catalogue.model import Indicator
from sendgap.terms import ValueType

#: Where what is said of those counted starts: "pupils | in special schools".
MORE = re.compile(r" (with|in|for|due|aged|who|of|decided|that|looked|not)\b")


def counted(indicator: Indicator) -> str:
    """What the numbers behind a figure are numbers of: sessions in absence, else people."""
    is_sessions = indicator.value_type is ValueType.SESSION_RATE
    return "sessions" if is_sessions else indicator.phrases.people


def singular(people: str) -> str:
    """One of those counted.

    >>> singular("pupils in special schools"), singular("children and young people with SEN")
    ('pupil in special schools', 'child or young person with SEN')
    """
    what = short(people)
    more = people.removeprefix(what)
    for many, one in (("children", "child"), ("people", "person"), (" and ", " or ")):
        what = what.replace(many, one)
    return what.removesuffix("s") + more


def short(people: str) -> str:
    """Those counted without what more is said of them.

    >>> short("children and young people with an EHC plan"), short("pupils in special schools")
    ('children and young people', 'pupils')
    """
    more = MORE.search(people)
    return people[: more.start()] if more else people
