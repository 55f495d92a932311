"""Scales: round ticks, room for marks at the foot, labels kept apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sendgap.views.model import Axis

#: Tick labels that still fit beside each other on a phone.
MOST_TICKS = 5
FOOT, HEAD = 10, 12
HIDDEN_FOOT = 36


def step(span: float, most: int = MOST_TICKS) -> float:
    """The smallest round step (1, 2, 2.5 or 5 times a power of ten) with few enough ticks."""
    rough = span / most if span > 0 else 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * 0.999)


@dataclass(frozen=True, slots=True)
class Scale:
    """A value axis in values and in pixels from its foot."""

    low: float
    high: float
    ticks: tuple[float, ...]
    pixels: int

    def pixel(self, value: float) -> float:
        """How far above the foot a value stands."""
        return (value - self.low) / (self.high - self.low) * self.pixels

    def value(self, pixel: float) -> float:
        """The value that stands at a height."""
        return self.low + pixel / self.pixels * (self.high - self.low)


def scale(axis: Axis, pixels: int, *, has_hidden: bool = False) -> Scale:
    """Room for the axis's values, with a strip below for figures that are hidden."""
    lowest, highest = axis.lowest, max(axis.highest, axis.lowest + 10.0**-axis.decimals)
    each = step(highest - lowest)
    above = math.ceil(highest / each - 1e-9) * each
    if above - highest <= each / 2:
        highest = above
    first, last = math.ceil(lowest / each - 1e-9), math.floor(highest / each + 1e-9)
    ticks = tuple(round(n * each, 9) for n in range(first, last + 1))
    foot = HIDDEN_FOOT if has_hidden else FOOT
    unit = (highest - lowest) / (pixels - foot - HEAD)
    return Scale(lowest - foot * unit, highest + HEAD * unit, ticks, pixels)


def tick_text(axis: Axis, ticks: Sequence[float]) -> list[str]:
    """Ticks with the axis's suffix, at as many decimals as tell them apart."""
    places = next(
        (d for d in range(4) if all(abs(round(t, d) - t) < 1e-9 for t in ticks)), axis.decimals
    )
    suffix = axis.suffix if axis.suffix.strip() == "%" else ""
    return [f"{t:,.{places}f}".replace("-", "\N{MINUS SIGN}") + suffix for t in ticks]


def year_ticks(ticks: Sequence[tuple[float, str]], most: int = MOST_TICKS) -> dict[float, str]:
    """The periods to label: evenly spaced back from the newest, few enough to fit."""
    if not ticks:
        return {}
    labels = dict(ticks)
    last = max(labels)
    every = max(1, math.ceil((last - min(labels)) / (most - 1)))
    return {p: label for p, label in labels.items() if (last - p) % every == 0}


def spread(
    wanted: Sequence[float], heights: Sequence[float], *, low: float, high: float
) -> list[float]:
    """Centres moved as little as needed so that labels of these heights do not touch.

    >>> spread([10, 12], [14, 14], low=-10, high=100)
    [4.0, 18.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [0.0] * len(wanted)
    blocks: list[tuple[list[int], float, float]] = []
    for i in order:
        blocks.append(_within(([i], wanted[i], heights[i]), low, high))
        while len(blocks) > 1 and _touch(blocks[-2], blocks[-1]):
            upper, lower = blocks.pop(), blocks.pop()
            blocks.append(_within(_joined(lower, upper), low, high))
    for members, centre, height in blocks:
        edge = centre - height / 2
        for i in members:
            placed[i] = edge + heights[i] / 2
            edge += heights[i]
    return placed


Block = tuple[list[int], float, float]


def _within(block: Block, low: float, high: float) -> Block:
    members, centre, height = block
    return members, max(min(centre, high - height / 2), low + height / 2), height


def _touch(lower: Block, upper: Block) -> bool:
    return lower[1] + lower[2] / 2 > upper[1] - upper[2] / 2


def _joined(lower: Block, upper: Block) -> Block:
    """Two blocks as one, centred where their members wish on average."""
    count = len(lower[0]) + len(upper[0])
    centre = (lower[1] * len(lower[0]) + upper[1] * len(upper[0])) / count
    return lower[0] + upper[0], centre, lower[2] + upper[2]
