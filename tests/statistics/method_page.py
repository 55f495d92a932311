"""Writes ``docs/method.md`` from the specification that the tests run.

Run ``python -m tests.statistics.method_page`` to write it again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sendgap.statistics.estimate import Estimate
from tests.statistics.specification import Edge, Example, Method, parts

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "method.md"

INTRODUCTION = """\
# Method

Written by `python -m tests.statistics.method_page` from `tests/statistics/specify_*.py`. The
tests run every example and every edge below, so this page is what the code does; one of them
fails when the page is not current.

Intervals are at 95% and *z* is 1.959963984540054 unless another confidence is named (99.8%:
3.090232306167813). *x* is a numerator and *n* a denominator. A positive gap is always
disadvantage, so narrowing is always a fall. A missing number makes its own answer missing.
What cannot be true is refused by an error that names the rows, counted from 0.
"""


def page() -> str:
    """The text of the page."""
    lines = [INTRODUCTION]
    for part in parts():
        lines += [f"## {part.title}", ""]
        for method in part.methods:
            lines += _method(method)
    return "\n".join(lines).rstrip() + "\n"


def _method(method: Method) -> Iterator[str]:
    yield from (f"### {method.name}", "", method.answers, "", f"`{method.function}`", "")
    yield from (f"$${method.formula}$$", "")
    yield from (f"- {source}" for source in method.sources)
    if method.sources:
        yield ""
    yield from ("| example | gives | source |", "|---|---|---|")
    for example in method.examples:
        yield f"| {_escaped(example.says)} | {_gives(example)} | {_escaped(example.source)} |"
    yield ""
    if method.edges:
        yield from ("At the edges:", "")
        yield from (f"- {_edge(edge)}" for edge in method.edges)
        yield ""
    yield from (f"{sentence}\n" for sentence in method.care)


def _gives(example: Example) -> str:
    return "; ".join(
        f"{_words(path)} {_shown(value, example.decimals)}" for path, value in example.gives.items()
    ).replace("answer ", "")


def _edge(edge: Edge) -> str:
    given = f"`{_given(edge.given)}`"
    if edge.refuses:
        where = f", row {', '.join(map(str, edge.row))}" if edge.row else ""
        return f"{edge.says}: {given} → {edge.refuses.__name__}{where}"
    gives = "; ".join(f"{_words(path)} {_shown(value, 4)}" for path, value in edge.gives.items())
    return f"{edge.says}: {given} → {gives.replace('answer ', '')}"


def _given(given: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_literal(value)}" for name, value in given.items())


def _literal(value: Any) -> str:
    if isinstance(value, Estimate):
        limits = (_literal(array) for array in (value.value, value.lower, value.upper))
        return f"Estimate({', '.join(limits)})"
    if isinstance(value, np.ndarray):
        return str(value.tolist())
    if isinstance(value, range):
        return str(list(value))
    return str(value)


def _words(path: str) -> str:
    return path.rsplit(".", maxsplit=1)[-1].replace("_", " ")


def _shown(value: Any, decimals: int) -> str:
    if isinstance(value, list | tuple | np.ndarray):
        return "(" + ", ".join(_shown(each, decimals) for each in value) + ")"
    if isinstance(value, float | int) and not isinstance(value, bool):
        text = f"{value:,.{decimals}f}"
        return {"nan": "missing", "inf": "infinite"}.get(text, text)
    return {"True": "yes", "False": "no"}.get(str(value), str(value).replace("_", " "))


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the page."""
    DOCUMENT.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
