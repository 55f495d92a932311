"""The shapes of markers, of the screen's proportions: each fits a radius."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from matplotlib.path import Path

from sendgap.charts.paper.vocabulary import PaperError


def _polygon(*corners: tuple[float, float]) -> Path:
    return Path([*corners, corners[0]], closed=True)


def _star(points: int, outer: float, inner: float) -> Path:
    spots = []
    for place in range(points * 2):
        turn = math.pi * place / points
        reach = outer if place % 2 == 0 else inner
        spots.append((reach * math.sin(turn), -reach * math.cos(turn)))
    return _polygon(*spots)


def _even(sides: int, radius: float, turn: float) -> Path:
    turns = [turn + 2 * math.pi * place / sides for place in range(sides)]
    return _polygon(*((radius * math.cos(t), radius * math.sin(t)) for t in turns))


_T, _H = 2 / math.sqrt(3), 0.5
_A, _B = 1.2, 0.4
_CROSS = [(_A, _B), (_B, _B), (_B, _A), (-_B, _A), (-_B, _B), (-_A, _B), (-_A, -_B), (-_B, -_B),
          (-_B, -_A), (_B, -_A), (_B, -_B), (_A, -_B)]  # fmt: skip
_TURN = math.sqrt(0.5)

SYMBOLS: dict[str, Path] = {
    "circle": Path.unit_circle(),
    "square": _polygon((1, 1), (-1, 1), (-1, -1), (1, -1)),
    "diamond": _polygon((1.3, 0), (0, 1.3), (-1.3, 0), (0, -1.3)),
    "cross": _polygon(*_CROSS),
    "x": _polygon(*((_TURN * (a - b), _TURN * (a + b)) for a, b in _CROSS)),
    "triangle-up": _polygon((-_T, _H), (_T, _H), (0, -1)),
    "triangle-down": _polygon((-_T, -_H), (_T, -_H), (0, 1)),
    "triangle-left": _polygon((_H, -_T), (_H, _T), (-1, 0)),
    "triangle-right": _polygon((-_H, -_T), (-_H, _T), (1, 0)),
    "pentagon": _even(5, 1, -math.pi / 2),
    "hexagon": _even(6, 1, 0),
    "hexagon2": _even(6, 1, math.pi / 2),
    "star": _star(5, 1.4, 1.4 * 0.382),
    "line-ns": Path([(0, 1.4), (0, -1.4)]),
    "line-ew": Path([(1.4, 0), (-1.4, 0)]),
}


@cache
def symbol(name: str) -> tuple[Path, bool]:
    """A shape of radius one, and whether it is drawn open."""
    is_open = name.endswith("-open") or name.startswith("line-")
    shape = SYMBOLS.get(name.removesuffix("-open"))
    if shape is None:
        raise PaperError(f"paper does not draw the symbol {name!r}")
    return shape, is_open


def placed(shape: Path, radius: float, at: tuple[float, float]) -> Path:
    """A shape of a radius at a spot."""
    return Path(np.asarray(shape.vertices) * radius + at, shape.codes)
