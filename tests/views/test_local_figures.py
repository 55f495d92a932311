"""What a local figure is printed with: its symbol, its interval and what to mind in it."""

from __future__ import annotations

import pytest

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.views import local_figures as figures
from sendgap.views.local_figures import Cell


@pytest.fixture
def reached(release: Release) -> Indicator:
    return release.catalogue.indicators["ks2_rwm_expected"]


def cell(pupils: int, *, years: int = 1, symbol: str = "", position: str = "not tested") -> Cell:
    return Cell(
        "1", "One", "sen_support", "total", "202425", years, pupils, 6, 60.0, 31.0, 84.0, symbol,
        position=position,
    )  # fmt: skip


def test_few_pupils_are_shown_with_u_and_an_interval_and_no_word(reached: Indicator) -> None:
    found = cell(10, symbol="u")
    assert figures.printed(reached, found) == "60% u"
    assert figures.interval(reached, found) == "31% to 84%"
    assert figures.against_rest(reached, found) == "not tested: fewer than 30 pupils"
    assert figures.flag(found) == "u: fewer than 11 pupils, too few to lean on"


@pytest.mark.parametrize(
    ("pupils", "years", "flag"),
    [
        (11, 1, "fewer than 30 pupils: one child changes it much"),
        (29, 3, "three years together; fewer than 30 pupils: one child changes it much"),
        (30, 1, ""),
        (30, 3, "three years together"),
    ],
)
def test_what_to_mind_follows_the_number_of_pupils(pupils: int, years: int, flag: str) -> None:
    assert figures.flag(cell(pupils, years=years)) == flag


def test_three_years_together_need_eleven_pupils(reached: Indicator) -> None:
    assert figures.against_rest(reached, cell(10, years=3)) == "not tested: fewer than 11 pupils"
    assert figures.against_rest(reached, cell(11, years=3, position="worse")) == "worse"


def test_a_unit_in_words_is_said_once(release: Release) -> None:
    rate = release.catalogue.indicators["suspension_rate"]
    assert figures.between(rate, (0.0, 7.0), 0) == "0 to 7 per 100"
