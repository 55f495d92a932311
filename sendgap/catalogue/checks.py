"""Checks that need more than one entry: names that must exist, facts that must agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from sendgap.catalogue.framework_checks import framework_checks
from sendgap.catalogue.model import Indicator, Series
from sendgap.catalogue.national import national_checks
from sendgap.catalogue.stages import stage_checks
from sendgap.errors import Problem
from sendgap.terms import SEN_GROUPS, IntervalType, Polarity, TimeIdentifier, ValueType

if TYPE_CHECKING:
    from sendgap.catalogue.load import Catalogue

#: Interval methods each kind of value may have. Sessions cluster in pupils, so a
#: binomial interval on them would be several times too narrow: none is allowed.
_INTERVALS = {
    ValueType.PROPORTION: {IntervalType.WILSON, IntervalType.PUBLISHED, IntervalType.NONE},
    ValueType.SHARE: {IntervalType.WILSON, IntervalType.NONE},
    ValueType.SESSION_RATE: {IntervalType.NONE},
    ValueType.EVENT_RATE: {IntervalType.RATE, IntervalType.NONE},
    ValueType.SCORE: {IntervalType.PUBLISHED, IntervalType.NONE},
}


def cross_checks(catalogue: Catalogue, entries: Collection[str]) -> Iterator[Problem]:
    """Every disagreement between entries.

    ``entries`` are the ids of all files, those with problems of their own included: what
    could not be read is reported once, and not again by everything that names it.
    """
    for place, indicator_id in enumerate(catalogue.headline, start=1):
        if indicator_id not in entries:
            yield Problem(
                f"headline.yaml, entry {place}",
                f"found {indicator_id!r}",
                "write the id of an indicator that has a file",
            )
    yield from _identification(catalogue, entries)
    yield from framework_checks(catalogue, entries)
    yield from national_checks(catalogue, entries)
    yield from stage_checks(catalogue.stages, catalogue.indicators, entries)
    for indicator in catalogue.indicators.values():
        name = f"{indicator.id}.yaml"
        yield from _names(catalogue, indicator, name)
        yield from _facts(indicator, name)
        yield from _published_limits(indicator, name)
        yield from _stands_once(indicator, name)
        for series in indicator.series:
            yield from _series(catalogue, series, f"{name}: series {series.rank}")


def _identification(catalogue: Catalogue, entries: Collection[str]) -> Iterator[Problem]:
    """Each SEN group is named with an outcome that has figures for it."""
    for group, indicator_id in catalogue.identification.items():
        where = f"identification.yaml: {group}"
        yield from _one_of(where, group, SEN_GROUPS)
        if indicator_id not in entries:
            yield Problem(
                where, f"found {indicator_id!r}", "write the id of an indicator that has a file"
            )
        elif indicator_id in catalogue.indicators:
            yield from _one_of(where, group, catalogue.indicators[indicator_id].groups())


def _one_of(where: str, found: str, known: Iterable[str]) -> Iterator[Problem]:
    names = list(known)
    if names and found not in names:
        yield Problem(where, f"found {found!r}", f"write one of {', '.join(names)}")


def _names(catalogue: Catalogue, indicator: Indicator, name: str) -> Iterator[Problem]:
    yield from _one_of(f"{name}: theme", indicator.theme, catalogue.themes)
    for breakdown in indicator.benchmarked:
        yield from _one_of(f"{name}: benchmarked", breakdown, catalogue.breakdowns)
    items = [f"{f.id}:{item.id}" for f in catalogue.frameworks.values() for item in f.items]
    for framework in indicator.frameworks:
        yield from _one_of(f"{name}: frameworks", framework, items)
    held = {series.source_id for series in indicator.series}
    for splice in indicator.splices:
        for source in splice.sources:
            yield from _one_of(f"{name}: splices", source, held)
    for pair in indicator.lend_counts:
        for source in pair:
            yield from _one_of(f"{name}: lend_counts", source, held)


def _facts(indicator: Indicator, name: str) -> Iterator[Problem]:
    if bool(indicator.series) == bool(indicator.return_needed):
        yield Problem(
            f"{name}: series",
            "both a series and a return" if indicator.series else "neither a series nor a return",
            "write where the figures come from, or what a local return of them must hold",
        )
    if indicator.interval not in _INTERVALS.get(indicator.value_type, {IntervalType.NONE}):
        yield Problem(
            f"{name}: interval",
            f"{indicator.interval} with {indicator.value_type}",
            "write none, or the value type's own method",
        )
    if indicator.polarity is Polarity.NONE and indicator.references:
        yield Problem(
            f"{name}: references",
            "a reference without a better direction",
            "write [] or give the indicator a polarity",
        )
    groups = indicator.groups()
    for reference in indicator.references:
        if reference.group not in groups and indicator.series:
            yield Problem(
                f"{name}: references",
                f"found {reference.value!r} without figures",
                f"write one of {', '.join(groups)} or england_ and one of them",
            )
    if indicator.next_review <= indicator.reviewed:
        yield Problem(
            f"{name}: reviewed",
            f"next is {indicator.next_review}",
            "write a day after the last review",
        )


def _series(catalogue: Catalogue, series: Series, where: str) -> Iterator[Problem]:
    yield from _one_of(f"{where}: breakdown", series.breakdown, catalogue.breakdowns)
    yield from _one_of(f"{where}: source", series.source_id, catalogue.sources)
    source = catalogue.sources.get(series.source_id)
    if source and series.derived is None:
        tables = [table.id for table in source.tables]
        for table_id in series.table_ids or ("none",):
            yield from _one_of(f"{where}: table", table_id, tables)
        for group, selector in series.groups.items():
            counts = selector.numerator and selector.denominator
            if not selector.value and not counts and not selector.text:
                yield Problem(
                    f"{where}: groups.{group}",
                    "no column holds the figure",
                    "write value, text, or numerator and denominator",
                )
    if series.denominator_of:
        yield from _denominator(catalogue, series, where)
    yield from _periods(series, where)
    if not any(step <= series.first for step, _ in series.decimals):
        yield Problem(
            f"{where}: decimals",
            f"nothing said for {series.first}",
            "start the steps at the first period",
        )


def _periods(series: Series, where: str) -> Iterator[Problem]:
    """First and last are of the kind the series covers, and bases follow each other from
    one to the other without holes."""
    digits = {4 if kind is TimeIdentifier.CALENDAR_YEAR else 6 for kind in series.time_identifiers}
    for key, period in (("first", series.first), ("last", series.last)):
        if {len(period)} != digits:
            yield Problem(
                f"{where}: {key}",
                f"found {period!r} with {', '.join(series.time_identifiers)}",
                "write four digits for calendar years and six for all other kinds",
            )
    if series.first > series.last:
        yield Problem(
            f"{where}: first",
            f"found {series.first!r} after {series.last!r}",
            "write the earlier period",
        )
    for period in (series.first, series.last):
        if series.basis_in(period) is None:
            yield Problem(
                f"{where}: basis",
                f"no basis covers {period}",
                "write bases from first to last without holes",
            )
    for earlier, later in pairwise(series.basis):
        if int(later.first[:4]) != int(earlier.last[:4]) + 1:
            yield Problem(
                f"{where}: basis",
                f"{later.id!r} starts in {later.first} and {earlier.id!r} ends in {earlier.last}",
                "let each basis start in the period after the one before ends",
            )


def _denominator(catalogue: Catalogue, series: Series, where: str) -> Iterator[Problem]:
    """The figure that a count is set over is read from the same source."""
    over = series.denominator_of
    assert over is not None
    yield from _one_of(f"{where}: denominator_of", over.indicator_id, catalogue.indicators)
    found = catalogue.indicators.get(over.indicator_id)
    cuts = [s.breakdown for s in found.series if s.source_id == series.source_id] if found else []
    if found and over.breakdown not in cuts:
        yield Problem(
            f"{where}: denominator_of",
            f"{over.indicator_id}, {over.breakdown} has no series of {series.source_id}",
            "write an indicator and breakdown that the same source gives",
        )


def _published_limits(indicator: Indicator, name: str) -> Iterator[Problem]:
    """Limits are taken from a publisher only where they are the outcome's own method."""
    for series in indicator.series:
        limited = any(use.lower or use.upper for use in series.groups.values())
        if limited and indicator.interval is not IntervalType.PUBLISHED:
            yield Problem(
                f"{name}: series {series.rank}",
                f"published limits with {indicator.interval} as the interval",
                "write interval: published, or leave the limits out",
            )


def _stands_once(indicator: Indicator, name: str) -> Iterator[Problem]:
    """A source gives a group's figure of a period in one series only."""
    seen: dict[tuple[object, ...], list[Series]] = {}
    for series in indicator.series:
        for group in series.groups:
            for kind in series.time_identifiers:
                key = (series.source_id, series.breakdown, group, kind)
                others = seen.setdefault(key, [])
                if any(o.first <= series.last and series.first <= o.last for o in others):
                    yield Problem(
                        f"{name}: series {series.rank}",
                        f"{group} of {series.breakdown} from {series.source_id} stands twice",
                        "keep it in one series, or let their periods not overlap",
                    )
                others.append(series)
