"""Reads SVG back: the words on a sheet with their places, and its shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Shape:
    """One path: its corners, its fill and its edge."""

    spots: tuple[tuple[float, float], ...]
    fill: str
    stroke: str
    style: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        across, down = [x for x, _ in self.spots], [y for _, y in self.spots]
        return min(across), min(down), max(across), max(down)

    @property
    def middle(self) -> tuple[float, float]:
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2


def root(drawn: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def words(drawn: bytes) -> list[str]:
    """All texts in the order they are drawn."""
    return ["".join(node.itertext()) for node in root(drawn).iter(f"{SVG}text")]


def places(drawn: bytes) -> dict[str, tuple[float, float]]:
    """Where each text is anchored."""
    return {
        "".join(node.itertext()): (float(node.attrib["x"]), float(node.attrib["y"]))
        for node in root(drawn).iter(f"{SVG}text")
    }


def shapes(drawn: bytes) -> list[Shape]:
    """All paths outside definitions."""
    top = root(drawn)
    defined = {id(p) for d in top.iter(f"{SVG}defs") for p in d.iter(f"{SVG}path")}
    found = []
    for path in top.iter(f"{SVG}path"):
        if id(path) in defined:
            continue
        numbers = [float(n) for n in _NUMBERS.findall(path.attrib["d"])]
        spots = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        style = path.attrib.get("style", "")
        found.append(Shape(spots, _said(style, "fill"), _said(style, "stroke"), style))
    return found


def _said(style: str, key: str) -> str:
    found = re.search(rf"(?:^|; ){key}: ([^;]+)", style)
    return found[1] if found else ""
