"""The axes of charts that lie: values across, one name in each row."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.charts import theme
from sendgap.charts.theme import Spec


def across(low: float, high: float, ticks: Sequence[float], words: Sequence[str]) -> Spec:
    """Values from left to right, with a line down at each tick."""
    return {
        "range": [low, high],
        "tickvals": list(ticks),
        "ticktext": list(words),
        "tickangle": 0,
        "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
        "gridcolor": theme.GRID,
        "zeroline": False,
        "fixedrange": True,
    }


def down(names: Sequence[str], *, room: float = 0.5, size: int = 12) -> Spec:
    """A row for each name, the first on top; ``room`` is that over it and under the last."""
    return {
        "range": [len(names) - 1 + room, -room],
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
        "tickfont": {"size": size, "color": theme.INK},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
