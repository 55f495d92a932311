"""What can be chosen for an outcome: groups, cuts and kinds of period with figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sendgap.catalogue.glossary import terms_in
from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.terms import SEN_GROUPS, SenGroup
from sendgap.text import and_list

GROUP_LABELS = {
    SenGroup.EHC_PLAN: "EHC plan",
    SenGroup.SEN_SUPPORT: "SEN support",
    SenGroup.ANY_SEN: "All SEN",
    SenGroup.NO_SEN: "No SEN",
    SenGroup.ALL_PUPILS: "All pupils",
}


#: Spellings that a person might type; publishers add years and notes to some.
_SPOKEN = re.compile(r"[a-z ,.&'-]+")


@dataclass(frozen=True, slots=True)
class Choices:
    """Pairs of code and label, the default first where there is one."""

    groups: tuple[tuple[SenGroup, str], ...]
    breakdowns: tuple[tuple[str, str], ...]
    time_identifiers: tuple[tuple[str, str], ...]
    missing_groups_line: str


def choices(release: Release, indicator_id: str) -> Choices:
    """The choices that have figures, and a line about the groups that have none."""
    indicator = release.catalogue.indicator(indicator_id)
    held = indicator.groups() or (SenGroup.ALL_PUPILS,)
    groups = tuple(group for group in SEN_GROUPS if group in held) or held
    missing = [GROUP_LABELS[group] for group in SEN_GROUPS if group not in groups]
    verb = "is" if len(missing) == 1 else "are"
    return Choices(
        groups=tuple((group, GROUP_LABELS[group]) for group in groups),
        breakdowns=tuple(
            (breakdown, release.catalogue.breakdowns[breakdown]) for breakdown in _cuts(indicator)
        ),
        time_identifiers=tuple(
            (identifier, "Year" if "year" in identifier else identifier)
            for identifier in _identifiers(indicator)
        ),
        missing_groups_line=f"{and_list(missing)} {verb} not published for this outcome."
        if missing
        else "",
    )


def _cuts(indicator: Indicator) -> list[str]:
    """Cuts of the indicator's figures in the catalogue's order, the whole first."""
    found = dict.fromkeys(series.breakdown for series in indicator.series)
    return sorted(found, key=lambda cut: cut != "total") or ["total"]


def _identifiers(indicator: Indicator) -> list[str]:
    found = {t.value for series in indicator.series for t in series.time_identifiers}
    rest = sorted(found - {indicator.time_identifier.value})
    return [indicator.time_identifier.value, *rest]


def words_for_outcome(release: Release, indicator_id: str) -> tuple[str, ...]:
    """Other words that people look for an outcome by: its synonyms, what the terms in its name
    are also called, its full name and its theme."""
    catalogue = release.catalogue
    indicator = catalogue.indicators[indicator_id]
    named = [indicator.phrases.short, indicator.label]
    called = [name for term in terms_in(catalogue.glossary.values(), named) for name in term.also]
    found = (*indicator.synonyms, *called, indicator.label, catalogue.themes[indicator.theme])
    return _unlike(indicator.phrases.short, found)


def words_for_area(release: Release) -> dict[str, tuple[str, ...]]:
    """Other words that people look for each area by: its codes, its names in publications and
    in talk, and those of authorities that it took the place of."""
    own: dict[str, list[str]] = {area.area_code: [] for area in release.areas}
    for alias, kind, code in release.areas.alias_rows():
        if kind == "gss":
            own[code].append(alias.upper())
        elif kind == "name" and _SPOKEN.fullmatch(alias):
            own[code].append(alias)
    found = {}
    for area in release.areas:
        before = [name for code in area.predecessors for name in own[code]]
        found[area.area_code] = _unlike(area.name, (*own[area.area_code], *before))
    return found


def _unlike(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """The words that the name itself does not hold, each once, the shortest first."""
    known = {word.casefold(): word for word in others if word.casefold() not in name.casefold()}
    return tuple(sorted(known.values(), key=len))
