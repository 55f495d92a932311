"""Shapes of a figure as paths on the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from matplotlib.path import Path

from sendgap.charts.paper.space import Space
from sendgap.charts.paper.vocabulary import PaperError, Spec

_WORD = re.compile(r"[MLHVQCZ]|-?[\d.]+(?:[eE][+-]?\d+)?")
#: How many numbers each command of a path takes, and how matplotlib calls it.
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6, "Z": 0}
_CALLED = {"M": Path.MOVETO, "L": Path.LINETO, "H": Path.LINETO, "V": Path.LINETO,
           "Q": Path.CURVE3, "C": Path.CURVE4}  # fmt: skip

Spot = tuple[float, float]


def outline(where: Space, shape: Spec) -> Path:
    """A line, rectangle, circle or free path."""
    xref, yref = shape.get("xref") or "x", shape.get("yref") or "y"
    if shape.get("type") == "path":
        return _free(where, str(shape["path"]), xref, yref)
    x0, x1 = (where.across(xref, shape[key]) for key in ("x0", "x1"))
    y0, y1 = (where.down(yref, shape[key]) for key in ("y0", "y1"))
    if shape.get("type") == "line":
        return Path([(x0, y0), (x1, y1)])
    if shape.get("type") == "circle":
        ring = Path.unit_circle()
        middle, half = ((x0 + x1) / 2, (y0 + y1) / 2), (abs(x1 - x0) / 2, abs(y1 - y0) / 2)
        return Path(np.asarray(ring.vertices) * half + middle, ring.codes)
    return Path([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], closed=True)


def _free(where: Space, said: str, xref: str, yref: str) -> Path:
    spots: list[Spot] = []
    codes: list[int] = []
    at = (0.0, 0.0)
    start = at
    for command, numbers in _commands(said):
        if command == "Z":
            spots.append(_on(where, start, xref, yref))
            codes.append(int(Path.CLOSEPOLY))
            continue
        if command == "H":
            numbers = [numbers[0], at[1]]
        elif command == "V":
            numbers = [at[0], numbers[0]]
        ends = list(zip(numbers[::2], numbers[1::2], strict=True))
        spots += [_on(where, end, xref, yref) for end in ends]
        codes += [int(_CALLED[command])] * len(ends)
        at = ends[-1]
        start = at if command == "M" else start
    return Path(spots, codes)


def _on(where: Space, spot: Spot, xref: str, yref: str) -> Spot:
    return where.across(xref, spot[0]), where.down(yref, spot[1])


def _commands(said: str) -> Iterator[tuple[str, list[float]]]:
    words = _WORD.findall(said)
    if re.sub(r"[\s,]", "", said) != "".join(words):
        raise PaperError(f"paper does not draw the path {said[:40]!r}")
    place, command = 0, ""
    while place < len(words):
        if words[place] in _TAKES:
            command = words[place]
            place += 1
        takes = _TAKES[command]
        yield command, [float(word) for word in words[place : place + takes]]
        place += takes
