"""What a value axis is called and how far it reaches."""

from __future__ import annotations

from collections.abc import Iterable

from sendgap.catalogue.model import Indicator
from sendgap.views.model import Axis


def level_title(indicator: Indicator) -> str:
    """The unit of a level in words."""
    if indicator.value_type == "session_rate":
        return "% of sessions missed"
    titles = {
        "percent": f"% of {indicator.phrases.people}",
        "per_100_pupils": f"{indicator.phrases.did} per 100 pupils",
        "score": "score",
        "count": indicator.phrases.people,
    }
    return titles.get(indicator.unit, indicator.unit)


def level_axis(indicator: Indicator, values: Iterable[float], decimals: int) -> Axis:
    """The axis of levels, with 0 on it."""
    found = [0.0, *values]
    suffix = "%" if indicator.unit == "percent" else ""
    return Axis(level_title(indicator), decimals, suffix, min(found), max(found))


def gap_axis(indicator: Indicator, values: Iterable[float], decimals: int) -> Axis:
    """The axis of gaps, with 0 on it."""
    unit = {"percent": "percentage points", "per_100_pupils": "per 100 pupils", "score": "points"}
    found = [0.0, *values]
    title = f"Gap, {unit.get(indicator.unit, indicator.unit)}"
    return Axis(title, decimals, "", min(found), max(found), "0 is no gap")
