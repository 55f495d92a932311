"""What each method is, stated once as data.

The tests run every example and every edge; ``docs/method.md`` is written from the same
data by ``python -m tests.statistics.method_page``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sendgap.statistics.errors import InputError


@dataclass(frozen=True, slots=True)
class Example:
    """Numbers worked elsewhere: what is given and what must come out.

    ``gives`` names attributes of the answer (``lower``, ``spread.tau``), or ``answer`` for
    an answer that is one array. Numbers must agree when rounded to ``decimals``.
    """

    says: str
    given: Mapping[str, Any]
    gives: Mapping[str, Any]
    decimals: int
    source: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What happens at an edge: an answer, or a refusal that names the row."""

    says: str
    given: Mapping[str, Any]
    gives: Mapping[str, Any] = field(default_factory=dict)
    refuses: type[InputError] | None = None
    row: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """One method: the question it answers, how, and from whom."""

    name: str
    answers: str
    call: Callable[..., Any]
    formula: str
    sources: tuple[str, ...]
    examples: tuple[Example, ...]
    edges: tuple[Edge, ...] = ()
    care: tuple[str, ...] = ()

    @property
    def function(self) -> str:
        """The function's name with its module."""
        return f"{self.call.__module__}.{self.call.__name__}"


@dataclass(frozen=True, slots=True)
class Part:
    """Methods that belong together, under a heading."""

    title: str
    methods: tuple[Method, ...]


def attribute(answer: Any, path: str) -> Any:
    """The named attribute of an answer, or the answer itself for ``answer``."""
    if path == "answer":
        return answer
    for name in path.split("."):
        answer = getattr(answer, name)
    return answer


def agrees(found: Any, expected: Any, decimals: int) -> bool:
    """Whether numbers agree when rounded, NaN with NaN, and words to the letter."""
    found, expected = np.asarray(found), np.asarray(expected)
    if expected.dtype.kind in "UO":
        return bool(found.shape == expected.shape and (found == expected.astype(str)).all())
    near = 0.5000001 * 10.0**-decimals
    return found.shape == expected.shape and bool(
        np.allclose(found.astype(float), expected.astype(float), rtol=0, atol=near, equal_nan=True)
    )


def parts() -> tuple[Part, ...]:
    """The whole specification, in the order of the page."""
    from tests.statistics import (
        specify_areas,
        specify_comparisons,
        specify_intervals,
        specify_rates,
    )

    modules = (specify_intervals, specify_rates, specify_comparisons, specify_areas)
    return tuple(module.PART for module in modules)
