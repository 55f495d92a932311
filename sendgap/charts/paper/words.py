"""Labels as lines of runs: the little markup that labels use, read once."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TAG = re.compile(
    r"<(/?)(b|i|span|br)\b(?:\s+style=\"color:\s*([^\";]+);?\")?\s*/?>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one weight and colour; no colour is the label's own."""

    words: str
    bold: bool = False
    italic: bool = False
    colour: str = ""


def lines(text: str) -> list[list[Run]]:
    """The lines of a label. Only the tags that labels use are markup; all else is literal.

    >>> lines('<b>Kent</b><br>R & D')
    [[Run(words='Kent', bold=True, italic=False, colour='')], \
[Run(words='R & D', bold=False, italic=False, colour='')]]
    """
    found: list[list[Run]] = [[]]
    state, place = Run(""), 0
    stack: list[Run] = []
    for tag in _TAG.finditer(text):
        found[-1].extend(_run(state, text[place : tag.start()]))
        place = tag.end()
        name = tag[2].lower()
        if name == "br":
            found.append([])
        elif tag[1]:
            state = stack.pop() if stack else state
        else:
            stack.append(state)
            state = _with(state, name, tag[3] or "")
    found[-1].extend(_run(state, text[place:]))
    return found


def _run(state: Run, words: str) -> Iterator[Run]:
    if words:
        yield replace(state, words=html.unescape(words))


def _with(state: Run, tag: str, colour: str) -> Run:
    if tag == "b":
        return replace(state, bold=True)
    if tag == "i":
        return replace(state, italic=True)
    return replace(state, colour=colour or state.colour)
