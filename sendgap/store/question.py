"""A question put to a release, with names resolved and defaults from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.catalogue.model import Indicator
from sendgap.errors import NoAnswerError, UnknownNameError
from sendgap.terms import VINTAGES, Measure, Reference, SenGroup, TimeIdentifier
from sendgap.text import nearest

#: One or more codes or names; ``None`` for all.
Names = str | Iterable[str] | None
Term = TypeVar("Term", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator, and which areas, groups, periods and comparisons are asked about."""

    indicator: Indicator
    areas: tuple[str, ...] | None
    groups: tuple[SenGroup, ...] | None
    reference: Reference | None
    breakdown: str
    time_identifier: TimeIdentifier
    period: str
    source: str | None
    vintage: str
    measure: Measure

    def parameters(self) -> dict[str, object]:
        """The values that the named queries take."""
        return {
            "indicator": self.indicator.id,
            "areas": list(self.areas) if self.areas is not None else None,
            "groups": [g.value for g in self.groups] if self.groups is not None else None,
            "reference": self.reference.value if self.reference else "none",
            "breakdown": self.breakdown,
            "time_identifier": self.time_identifier.value,
            "period": self.period,
            "source": self.source,
            "vintage": self.vintage,
            "measure": self.measure.value,
        }


def ask(
    catalogue: Catalogue,
    areas: Areas,
    indicator_id: str,
    *,
    area: Names = None,
    sen_group: Names = None,
    reference: str | None = None,
    breakdown: str | None = None,
    time_identifier: str | None = None,
    period: str = "all",
    source: str | None = None,
    neighbours: str = VINTAGES[0],
    measure: str = Measure.VALUE,
) -> Question:
    """Resolve what a person asked; raises :class:`UnknownNameError` with the nearest names
    and :class:`NoAnswerError` where the indicator has no such figures."""
    indicator = catalogue.indicator(indicator_id)
    if not indicator.series:
        raise NoAnswerError(
            f"{indicator.label} is not published by anybody. {indicator.return_needed}"
        )
    identifier = _identifier(indicator, time_identifier)
    groups = None
    if sen_group is not None:
        groups = tuple(_one_of(SenGroup, "SEN group", g) for g in _several(sen_group))
    return Question(
        indicator=indicator,
        areas=None if area is None else tuple(areas.find(a).area_code for a in _several(area)),
        groups=groups,
        reference=_reference(indicator, reference),
        breakdown=_breakdown(indicator, breakdown),
        time_identifier=identifier,
        period=_period(indicator, identifier, period),
        source=_source(indicator, source),
        vintage=_known("neighbour list", neighbours, VINTAGES),
        measure=_one_of(Measure, "measure", measure),
    )


def _several(names: str | Iterable[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _known(kind: str, asked: str, known: Sequence[str]) -> str:
    if asked in known:
        return asked
    raise UnknownNameError(kind, asked, nearest(asked, known) or known)


def _one_of(terms: type[Term], kind: str, asked: str) -> Term:
    return terms(_known(kind, asked, [term.value for term in terms]))


def _reference(indicator: Indicator, asked: str | None) -> Reference | None:
    if asked is None:
        return indicator.default_reference
    reference = _one_of(Reference, "reference", asked)
    if indicator.references and reference not in indicator.references:
        names = ", ".join(r.value for r in indicator.references)
        raise NoAnswerError(
            f"{indicator.id} is not set against {reference.value}; its references are {names}."
        )
    return reference if indicator.references else None


def _breakdown(indicator: Indicator, asked: str | None) -> str:
    if asked is None:
        return indicator.default_breakdown
    held = list(dict.fromkeys(series.breakdown for series in indicator.series))
    return _known(f"breakdown of {indicator.id}", asked, held)


def _identifier(indicator: Indicator, asked: str | None) -> TimeIdentifier:
    if asked is None:
        return indicator.time_identifier
    held = list(dict.fromkeys(t.value for s in indicator.series for t in s.time_identifiers))
    return TimeIdentifier(_known(f"time identifier of {indicator.id}", asked, held))


def _source(indicator: Indicator, asked: str | None) -> str | None:
    if asked is None:
        return None
    held = list(dict.fromkeys(series.source_id for series in indicator.series))
    return _known(f"source of {indicator.id}", asked, ["all", *held])


def _period(indicator: Indicator, identifier: TimeIdentifier, asked: str) -> str:
    """``latest``, ``all`` or a period that the indicator's figures reach."""
    if asked in ("all", "latest"):
        return asked
    period = asked.replace("/", "")
    spans = [(s.first, s.last) for s in indicator.series if identifier in s.time_identifiers]
    if any(len(period) == len(first) and first <= period <= last for first, last in spans):
        return period
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    raise UnknownNameError(
        f"period of {indicator.id}", asked, ("latest", "all", f"{first} to {last}")
    )
