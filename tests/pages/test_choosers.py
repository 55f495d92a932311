"""Choosers find areas and outcomes by the words people use, and list names alone."""

from __future__ import annotations

import pytest

from sendgap.store import Release
from sendgap.ui import choosers


def _found(labels: dict[str, str], said: str) -> set[str]:
    """What a chooser keeps of its list when this is typed in whole."""
    return {code for code, label in labels.items() if said.casefold() in label.casefold()}


@pytest.fixture
def areas(release: Release) -> dict[str, str]:
    known = {a.la_code or "": a for a in release.areas.local_authorities()}
    return choosers.areas(release, known)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Herts", ["Hertfordshire"]), ("Southend", ["Southend-on-Sea"]),
        ("882", ["Southend-on-Sea"]),
        ("BCP", ["Bournemouth, Christchurch and Poole"]), ("E10000015", ["Hertfordshire"]),
        ("Poole", ["Bournemouth, Christchurch and Poole"]),
        ("Westmorland", ["Westmorland and Furness"]),
        ("Cumbria", ["Cumberland", "Westmorland and Furness"]),
        ("Northants", ["North Northamptonshire", "West Northamptonshire"]),
        ("E10000027", ["Somerset"]), ("Bucks", ["Buckinghamshire"]),
        ("RBKC", ["Kensington and Chelsea"]),
    ],
)  # fmt: skip
def test_areas_are_found_by_what_people_call_them(
    areas: dict[str, str], release: Release, said: str, names: list[str]
) -> None:
    wanted = {release.areas.find(name).la_code for name in names}
    assert _found(areas, said) >= wanted
    assert len(_found(areas, said)) <= 3


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("EHCP", "ehcp_20_weeks"), ("EHCP", "ehcp_prevalence"), ("INMSS", "ehcp_placement"),
        ("INMSS", "specialist_spend_per_head"), ("fixed-term exclusion", "suspension_rate"),
        ("fixed-period exclusion", "pupils_suspended"), ("SENDIST", "tribunal_appeal_rate"),
        ("statement", "ehcp_caseload"), ("expulsion", "permanent_exclusion_rate"),
        ("SATs", "ks2_rwm_expected"), ("GLD", "eyfs_gld"), ("EHE", "ehcp_placement"),
        ("EOTAS", "ehcp_placement"), ("ASD", "ehcp_primary_need"), ("SEMH", "ehcp_primary_need"),
        ("autism", "absence_by_primary_need"), ("A8", "ks4_attainment8"),
        ("attendance", "persistent_absence"), ("School Action", "sen_support_prevalence"),
        ("DSPL", "dspl_same_area"), ("NEET", "neet_or_not_known"),
    ],
)  # fmt: skip
def test_outcomes_are_found_by_what_people_call_them(
    release: Release, said: str, outcome: str
) -> None:
    found = _found(choosers.outcomes(release), said)
    assert outcome in found
    assert len(found) < len(release.catalogue.indicators) / 2


def test_every_synonym_finds_its_outcome(release: Release) -> None:
    labels = choosers.outcomes(release)
    for indicator in release.catalogue.indicators.values():
        for word in (*indicator.synonyms, release.catalogue.themes[indicator.theme]):
            assert indicator.id in _found(labels, word), (indicator.id, word)


def test_what_stands_in_sight_is_the_name(areas: dict[str, str], release: Release) -> None:
    for indicator_id, label in choosers.outcomes(release).items():
        shown = label.partition(choosers.ASIDE)[0]
        assert shown == release.catalogue.indicators[indicator_id].phrases.short
    for code, label in areas.items():
        assert label.partition(choosers.ASIDE)[0] == f"{release.areas.find(code).name} ({code})"
