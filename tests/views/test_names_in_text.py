"""Names that take an article have it wherever they run within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest

from sendgap.catalogue.areas import Area, in_text
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views import plans
from sendgap.views.annual_report import annual_report
from sendgap.views.area_map import area_map
from sendgap.views.compare_areas import compare_areas
from sendgap.views.framework import framework_view
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.grid import grid
from sendgap.views.group import group_report, region_codes
from sendgap.views.journey import journey
from sendgap.views.national import national_position
from sendgap.views.our_area import our_area
from sendgap.views.request import Request
from sendgap.views.side_by_side import side_by_side
from sendgap.views.slopes import baseline_to_latest
from sendgap.views.small_numbers import small_numbers
from sendgap.views.sparks import sparks
from sendgap.views.spread import spread
from sendgap.views.visit_note import visit_note
from sendgap.views.what_moved import what_moved

TODAY = date(2026, 11, 1)
NAMES = (
    "City of London", "Isles of Scilly", "Isle of Wight", "North East", "North West",
    "East Midlands", "West Midlands", "East of England", "South East", "South West",
)  # fmt: skip
#: A name straight after a word that joins it to its sentence, without its article.
BARE = re.compile(rf"\b(in|of|for|than|and|or|from|by) ({'|'.join(NAMES)})\b(?! [A-Z])")
OUTCOMES = (
    ("ks2_rwm_expected", "ehc_plan"), ("overall_absence", "sen_support"),
    ("ehcp_20_weeks", "ehc_plan"), ("eyfs_gld", "sen_support"), ("suspension_rate", "ehc_plan"),
)  # fmt: skip


def _texts(found: Any) -> Iterator[str]:
    """Every string that a view holds, however deep."""
    if isinstance(found, str):
        yield found
    elif is_dataclass(found) and not isinstance(found, type):
        for field in fields(found):
            yield from _texts(getattr(found, field.name))
    elif isinstance(found, dict):
        yield from _texts(tuple(found.values()))
    elif isinstance(found, Iterable):
        for each in found:
            yield from _texts(each)


def _of_outcomes(release: Release, area: Area, turn: int) -> Iterator[Any]:
    """Every view of outcomes, two of them for each area in turn."""
    for indicator, group in (OUTCOMES[turn % 5], OUTCOMES[(turn + 1) % 5]):
        asked = Request(area.area_code, indicator, SenGroup(group))
        yield from (gap_over_time(release, asked), side_by_side(release, asked))
        yield from (what_moved(release, asked), baseline_to_latest(release, asked, "gap"))
        for by in ("level", "gap"):
            yield compare_areas(release, asked, among="england", by=by)
            yield area_map(release, asked, by=by)
            yield spread(release, asked, by=by)
            yield small_numbers(release, asked, by=by)


def _of_area(release: Release, area: Area) -> Iterator[Any]:
    for group in (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT, SenGroup.ANY_SEN):
        asked = Request(area.area_code, "", group)
        yield from (our_area(release, asked, TODAY), sparks(release, asked, TODAY))
        yield from (journey(release, asked, TODAY), grid(release, asked, "level", "quarter", TODAY))
    for view in plans.VIEWS:
        yield plans.plans(release, Request(area.area_code, "", SenGroup.EHC_PLAN), view)
    for held in release.catalogue.frameworks:
        yield framework_view(release, Request(area.area_code, "", SenGroup.EHC_PLAN), held)
    yield national_position(release)
    yield visit_note(release, area.area_code, today=TODAY)
    yield annual_report(release, area.area_code, today=TODAY)


def _check(found: Iterable[Any]) -> set[str]:
    """Which names stand within sentences; fails on one without its article."""
    seen = set()
    for view in found:
        for text in _texts(view):
            assert not BARE.search(text), text
            seen |= {name for name in NAMES if f" the {name}" in text}
    return seen


@pytest.mark.parametrize("name", NAMES[:3])
def test_sentences_about_an_area_give_its_name_the_article(release: Release, name: str) -> None:
    area, turn = release.areas.find(name), NAMES.index(name)
    assert name in _check([*_of_outcomes(release, area, turn), *_of_area(release, area)])


@pytest.mark.parametrize("name", NAMES[3:])
def test_sentences_about_a_region_give_its_name_the_article(release: Release, name: str) -> None:
    region, turn = release.areas.find(name), NAMES.index(name)
    asked = group_report(release, region_codes(release, region.area_code), SenGroup.EHC_PLAN)
    assert name in _check([*_of_outcomes(release, region, turn), asked])


def test_every_area_is_one_that_takes_an_article_or_is_none(release: Release) -> None:
    with_article = {a.short_name for a in release.areas if a.in_text != a.short_name}
    assert with_article == set(NAMES)
    assert in_text("North East Lincolnshire", "City of London").endswith("and the City of London")
