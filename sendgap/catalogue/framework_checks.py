"""Checks of outcomes frameworks: what their items name must exist and be compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from sendgap.catalogue.framework import FrameworkMeasure
from sendgap.errors import Problem
from sendgap.terms import ValueType

if TYPE_CHECKING:
    from sendgap.catalogue.load import Catalogue


def framework_checks(catalogue: Catalogue, entries: Collection[str]) -> Iterator[Problem]:
    """Every outcome, indicator, group and cut that a framework names wrongly."""
    for framework in catalogue.frameworks.values():
        for item in framework.items:
            where = f"frameworks.yaml: {framework.id}, {item.id}"
            for outcome in item.outcomes:
                yield from _one_of(where, outcome, framework.outcomes)
            for measure in item.measures:
                yield from _measure(catalogue, measure, where, entries)


def _measure(
    catalogue: Catalogue, measure: FrameworkMeasure, where: str, entries: Collection[str]
) -> Iterator[Problem]:
    if measure.indicator_id not in entries:
        found = f"found {measure.indicator_id!r}"
        yield Problem(where, found, "write the id of an indicator that has a file")
    indicator = catalogue.indicators.get(measure.indicator_id)
    if indicator is None or not indicator.series:
        return
    for group in measure.groups:
        yield from _one_of(where, group, indicator.groups())
    if indicator.value_type is not ValueType.CATEGORY and measure.breakdown:
        yield from _one_of(where, measure.breakdown, indicator.benchmarked)


def _one_of(where: str, found: str, known: Iterable[str]) -> Iterator[Problem]:
    names = list(known)
    if names and found not in names:
        yield Problem(where, f"found {found!r}", f"write one of {', '.join(names)}")
