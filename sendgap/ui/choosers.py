"""The labels of choosers: a name, and out of sight the other words people find it by.

A chooser filters on the whole of a label. What stands after the tab is pushed past the
edge (``tab-size`` in the style), so typing "Herts", "SENDIST" or an old code finds the
area or outcome and the list stays a list of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from sendgap.catalogue.areas import Area
from sendgap.store import Release
from sendgap.ui import cached
from sendgap.views.choices import words_for_area, words_for_outcome
from sendgap.views.local_units import Units, called

ASIDE = "\t"
#: Digits of a number must stand together: 881 is not to find 888 with a code that ends in 17.
EXACT: Literal["contains"] = "contains"


def areas(release: Release, known: Mapping[str, Area]) -> dict[str, str]:
    """The label of each area by its three-digit code."""
    words = cached.view(_words_for_areas, release)
    return {
        code: _label(f"{area.name} ({code})", words[area.area_code]) for code, area in known.items()
    }


def places(release: Release, known: Mapping[str, Area], units: Units) -> dict[str, str]:
    """The labels of authorities, and under theirs those of local units; units of an authority
    that is not listed, as the invented one, come last."""
    found: dict[str, str] = {}
    local = {u: _label(called(units, u), _words_for_unit(units, u)) for u in units.names}
    for code, label in areas(release, known).items():
        found[code] = label
        found |= local if code == units.la_code else {}
    return found | local


def _words_for_unit(units: Units, unit: str) -> tuple[str, ...]:
    return (units.others[unit], units.authority)


def outcomes(release: Release) -> dict[str, str]:
    """The label of each outcome by its id."""
    return cached.view(_outcomes, release)


def _words_for_areas(release: Release) -> dict[str, tuple[str, ...]]:
    return words_for_area(release)


def _outcomes(release: Release) -> dict[str, str]:
    return {
        indicator.id: _label(indicator.phrases.short, words_for_outcome(release, indicator.id))
        for indicator in release.catalogue.indicators.values()
    }


def _label(name: str, others: Iterable[str]) -> str:
    aside = ", ".join(others)
    return f"{name}{ASIDE}{aside}" if aside else name
