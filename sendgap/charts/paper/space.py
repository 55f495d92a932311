"""Where things stand: values, shares of the plot and of axes, as pixels of the sheet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sendgap.charts.paper.canvas import Box
from sendgap.charts.paper.vocabulary import PaperError, Spec

#: The screen's margins where a figure gives none.
MARGINS = {"l": 80, "r": 80, "t": 100, "b": 80}


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its range in its own numbers, and the pixels at both ends of it."""

    name: str
    spec: Spec
    kind: str
    low: float
    high: float
    first: float
    last: float
    names: tuple[str, ...] = ()

    @property
    def is_across(self) -> bool:
        """Whether it runs from left to right."""
        return self.name.startswith("x")

    def number(self, value: Any) -> float:
        """A value in the axis's own numbers: places of names, logarithms of sizes."""
        if self.kind == "category":
            if isinstance(value, (int, float)):
                return float(value)
            return float(self.names.index(str(value)))
        if self.kind == "log":
            return math.log10(value) if value > 0 else math.nan
        return float(value)

    def at(self, number: float) -> float:
        """The pixel of one of the axis's own numbers."""
        return self.first + (number - self.low) / (self.high - self.low) * (self.last - self.first)

    def pixel(self, value: Any) -> float | None:
        """The pixel of a value; nothing where there is no value."""
        if value is None:
            return None
        found = self.at(self.number(value))
        return found if math.isfinite(found) else None

    @property
    def per_unit(self) -> float:
        """Pixels that one of the axis's own numbers takes."""
        return abs((self.last - self.first) / (self.high - self.low))

    def edges(self) -> tuple[float, float]:
        """The pixels that bound the axis, the smaller first."""
        return min(self.first, self.last), max(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Space:
    """The plot on the sheet and the axes that measure it."""

    left: float
    top: float
    right: float
    bottom: float
    axes: Mapping[str, Axis]

    def across(self, ref: str, value: Any, *, is_label: bool = False) -> float:
        """The pixel from the left of a value of an axis, of its domain, or of the plot.

        Labels on an axis of sizes give the logarithm, as the screen has it.
        """
        if ref == "paper":
            return self.left + float(value) * (self.right - self.left)
        return self._on(ref, value, is_label=is_label)

    def down(self, ref: str, value: Any, *, is_label: bool = False) -> float:
        """The pixel from the top, as :meth:`across`."""
        if ref == "paper":
            return self.bottom - float(value) * (self.bottom - self.top)
        return self._on(ref, value, is_label=is_label)

    def _on(self, ref: str, value: Any, *, is_label: bool) -> float:
        name, _, domain = ref.partition(" ")
        axis = self.axes[name]
        if domain:
            return axis.first + float(value) * (axis.last - axis.first)
        if is_label and axis.kind == "log":
            return axis.at(float(value))
        found = axis.pixel(value)
        if found is None:
            raise PaperError(f"{value!r} has no place on axis {ref}")
        return found

    def box(self, pair: tuple[str, str]) -> Box:
        """The rectangle that two axes span."""
        (left, right), (top, bottom) = (self.axes[name].edges() for name in pair)
        return left, top, right, bottom


def space(spec: Spec, width: float, height: float, above: float) -> Space:
    """The plot of a figure on a sheet where the figure starts ``above`` pixels down."""
    layout = spec["layout"]
    margin = MARGINS | layout.get("margin", {})
    left, right = margin["l"], width - margin["r"]
    top, bottom = above + margin["t"], above + height - margin["b"]
    axes = {}
    for name in _names(spec):
        said = layout.get(name[0] + "axis" + name[1:], {})
        start, end = said.get("domain") or (0, 1)
        ends = (left, right) if name[0] == "x" else (bottom, top)
        axes[name] = _axis(name, said, spec["data"], ends, (start, end))
    return Space(left, top, right, bottom, _in_proportion(axes))


def pairs(spec: Spec) -> list[tuple[str, str]]:
    """The pairs of axes that traces stand on, each once, and those that stand alone."""
    found = {(t.get("xaxis") or "x", t.get("yaxis") or "y"): None for t in spec["data"]}
    for name in _names(spec):
        if not any(name in pair for pair in found):
            said = spec["layout"].get(name[0] + "axis" + name[1:], {})
            other = said.get("anchor") or ("y" if name[0] == "x" else "x")
            found[(name, other) if name[0] == "x" else (other, name)] = None
    return list(found)


def _names(spec: Spec) -> list[str]:
    said = [k[0] + k[5:] for k in spec["layout"] if k[:5] in ("xaxis", "yaxis")]
    used = [t.get(f"{way}axis") or way for t in spec["data"] for way in "xy"]
    return list(dict.fromkeys([*said, *used, "x", "y"]))


def _axis(
    name: str, said: Spec, traces: Sequence[Spec], ends: tuple[float, float],
    domain: tuple[float, float],
) -> Axis:  # fmt: skip
    values = [
        value
        for trace in traces
        if (trace.get(f"{name[0]}axis") or name[0]) == name
        for value in trace.get(name[0]) or []
    ]
    kind = said.get("type") or "-"
    if kind == "-":
        kind = "category" if any(isinstance(value, str) for value in values) else "linear"
    named = said.get("categoryarray") or list(dict.fromkeys(v for v in values if v is not None))
    names = tuple(str(n) for n in named) if kind == "category" else ()
    low, high = _range(name, said, kind, names, has_values=bool(values))
    start, end = (ends[0] + share * (ends[1] - ends[0]) for share in domain)
    return Axis(name, said, kind, low, high, start, end, names)


def _range(
    name: str, said: Spec, kind: str, names: Sequence[str], *, has_values: bool
) -> tuple[float, float]:
    given = said.get("range")
    if given and None not in given:
        return float(given[0]), float(given[1])
    if kind == "category":
        span = (-0.5, len(names) - 0.5)
        return span[::-1] if said.get("autorange") == "reversed" else span
    if has_values:
        raise PaperError(f"axis {name} needs its range: paper does not guess one")
    return -1.0, 6.0


def _in_proportion(axes: dict[str, Axis]) -> dict[str, Axis]:
    """Axes tied to another take as many pixels a unit as that one, about their middle."""
    found = dict(axes)
    for name, axis in axes.items():
        other = axis.spec.get("scaleanchor")
        if not other:
            continue
        ratio = float(axis.spec.get("scaleratio") or 1)
        first, second = found[name], found[other]
        per_unit = min(first.per_unit / ratio, second.per_unit)
        found[name] = _scaled(first, per_unit * ratio)
        found[other] = _scaled(second, per_unit)
    return found


def _scaled(axis: Axis, per_unit: float) -> Axis:
    share = per_unit / axis.per_unit
    if axis.spec.get("constrain") == "domain":
        middle, half = (axis.first + axis.last) / 2, (axis.last - axis.first) / 2 * share
        return replace(axis, first=middle - half, last=middle + half)
    middle, half = (axis.low + axis.high) / 2, (axis.high - axis.low) / 2 / share
    return replace(axis, low=middle - half, high=middle + half)
