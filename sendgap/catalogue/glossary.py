"""Words that pages explain: a term, what it means, and the other ways people write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sendgap.errors import Problem


@dataclass(frozen=True, slots=True)
class Term:
    """A word, what it means, its other ``forms`` in texts, and what it is ``also`` called.

    What people call it is for searching. Capitals among it (EHCP) are found in texts too;
    everyday words ("statement") are not, because they mean other things as well.
    """

    id: str
    term: str
    means: str
    forms: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def capitals(self) -> tuple[str, ...]:
        """The abbreviations people use, which texts write in capitals alone."""
        return tuple(name for name in (self.term, *self.also) if is_abbreviation(name))

    @property
    def written(self) -> tuple[str, ...]:
        """The ways a text writes it in small or capital letters."""
        return tuple(name for name in (self.term, *self.forms) if not is_abbreviation(name))


def is_abbreviation(name: str) -> bool:
    """Whether a name is one word with two or more capitals: EHCP, WSoA, KS2."""
    return " " not in name and sum(letter.isupper() for letter in name) > 1


def term_from(term_id: str, entry: Mapping[str, Any]) -> Term:
    """A term from its entry in ``glossary.yaml``."""
    return Term(
        id=term_id,
        term=entry["term"],
        means=" ".join(entry["means"].split()),
        forms=tuple(entry.get("forms", ())),
        also=tuple(entry.get("also", ())),
    )


def stands_once(terms: Iterable[Term]) -> Iterator[Problem]:
    """A form of two terms would be explained by chance as one or the other."""
    seen: dict[str, str] = {}
    for term in terms:
        for name in (*term.written, *term.capitals):
            key = name if is_abbreviation(name) else name.casefold()
            if key in seen:
                yield Problem(
                    f"glossary.yaml: {term.id}",
                    f"{name!r} also stands under {seen[key]}",
                    "keep it under one of the two",
                )
            seen[key] = term.id


def terms_in(terms: Iterable[Term], texts: Iterable[str]) -> tuple[Term, ...]:
    """The terms that stand in texts, in the order in which they are first read.

    The longest wins: "EHC needs assessment" is not also "EHC plan".
    """
    pattern, owners = _pattern(tuple(terms))
    found: dict[str, Term] = {}
    for text in texts:
        for match in pattern.finditer(text):
            owner = owners.get(match[1]) or owners[match[1].casefold()]
            found.setdefault(owner.id, owner)
    return tuple(found.values())


@lru_cache(maxsize=4)
def _pattern(terms: Sequence[Term]) -> tuple[re.Pattern[str], dict[str, Term]]:
    """One pattern for all terms and their plurals, and whose each way of writing is."""
    words = {way: term for term in terms for name in term.written for way in _numbers(name)}
    capitals = {way: term for term in terms for name in term.capitals for way in _numbers(name)}
    either = f"(?i:{_any_of(words)})|{_any_of(capitals)}"
    return re.compile(rf"(?<![\w-])({either})(?!\w)"), words | capitals


def _numbers(name: str) -> tuple[str, ...]:
    """One and many: neighbour, neighbours; authority, authorities."""
    key = name if is_abbreviation(name) else name.casefold()
    return key, f"{key[:-1]}ies" if key.endswith("y") else f"{key}s"


def _any_of(names: Iterable[str]) -> str:
    """Any of the names, the longest first; nothing at all where there are none."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"
