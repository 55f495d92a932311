"""Explains the words of a page where they stand: a row of terms under the finding, each
opened with a tap, Enter or Space.

What a page says first (context, finding, badges, the words of its charts) is noted on its
way to the screen; when the page is whole, the terms of the glossary that stand in it are put
in the place that its heading has kept for them. All words stand under *Data and help*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache
from html import escape
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sendgap.catalogue.glossary import Term, terms_in
from sendgap.errors import SendgapError
from sendgap.ui import cached

#: Terms that stand in the row, and those that open together after them.
MOST, MORE = 8, 12


class _Said:
    """What one run of a page has said first, and the place kept for its terms."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.place: DeltaGenerator | None = None


_said: ContextVar[_Said | None] = ContextVar("said", default=None)


@contextmanager
def explained() -> Iterator[None]:
    """Note what is shown inside, and explain its terms at the end."""
    said = _Said()
    token = _said.set(said)
    try:
        yield
        _explain(said)
    finally:
        _said.reset(token)


def stop() -> NoReturn:
    """End the page here: after ``st.stop`` nothing more can be drawn, so terms come first."""
    if (said := _said.get()) is not None:
        _explain(said)
    st.stop()


def note(text: str) -> str:
    """The text itself, its terms to be explained."""
    if (said := _said.get()) is not None:
        said.texts.append(text)
    return text


def keep_place() -> None:
    """Keep a place for the terms here; the first that is kept is used."""
    if (said := _said.get()) is not None and said.place is None:
        said.place = st.container(key="terms")


def _explain(said: _Said) -> None:
    """Put the terms where a heading has kept a place; a page without one has none."""
    if said.place is None:
        return
    with suppress(SendgapError):  # the page itself says why there is no release
        glossary = cached.release().catalogue.glossary
        found = _found(tuple(glossary.values()), "\n".join(said.texts))
        if found:
            said.place.html(row(found, st.query_params.get("area", "")))


@lru_cache(maxsize=500)
def _found(glossary: tuple[Term, ...], text: str) -> tuple[Term, ...]:
    return terms_in(glossary, [text])


def row(terms: Sequence[Term], area: str = "") -> str:
    """The terms as a row that opens in place; past the first few, at once and not without end."""
    items = [_one(term) for term in terms[:MOST]]
    if rest := terms[MOST : MOST + MORE]:
        all_told = "".join(f"<dt>{escape(t.term)}</dt><dd>{told(t)}</dd>" for t in rest)
        count = f"{len(rest)} more word{'s' if len(rest) > 1 else ''}"
        items.append(f"<details><summary>{count}</summary><dl>{all_told}</dl></details>")
    query = urlencode({"area": area, "view": "words"} if area else {"view": "words"})
    items.append(f'<a href="data?{escape(query)}">All words</a>')
    return f'<div class="terms"><span>What is meant by:</span>{"".join(items)}</div>'


def _one(term: Term) -> str:
    return f"<details><summary>{escape(term.term)}</summary><p>{told(term)}</p></details>"


def told(term: Term) -> str:
    """What it means, and what people call it, as HTML."""
    also = f" Also called: {', '.join(term.also)}." if term.also else ""
    return escape(f"{term.means}{also}")
