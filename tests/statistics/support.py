"""What the property tests share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings


def for_any(*strategies: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run the test for anything the strategies make; a busy machine is no failure."""

    def wrapped(test: Callable[..., None]) -> Callable[..., None]:
        return settings(deadline=None)(given(*strategies)(test))

    return wrapped
