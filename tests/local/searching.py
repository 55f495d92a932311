"""How what is served is searched for hidden figures."""

from __future__ import annotations

import re


def told(text: str, secrets: set[str]) -> set[str]:
    """The secrets that stand in a text."""
    numbers = {found[: found.index(".") + 5] for found in re.findall(r"\d+\.\d{4,}", text)}
    return numbers & secrets
