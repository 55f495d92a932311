"""Typing what people call it puts the area or outcome first; the other words stay out of sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

AREAS = {
    "Herts": "Hertfordshire", "Southend": "Southend-on-Sea",
    "BCP": "Bournemouth, Christchurch and Poole",
    "Westmorland": "Westmorland and Furness", "Poole": "Bournemouth, Christchurch and Poole",
    "E10000015": "Hertfordshire", "882": "Southend-on-Sea", "hull": "Kingston upon Hull",
}  # fmt: skip
OUTCOMES = {
    "fixed-term exclusion": "Suspensions", "SATs": "Reading, writing and maths at 11",
    "GLD": "Good level of development", "expulsion": "Permanent exclusions",
    "A8": "Attainment 8", "times tables": "Multiplication tables check",
}  # fmt: skip


def test_the_words_people_use_come_first(app_url: str, page: Callable[..., Page]) -> None:
    tab = page(viewport=(1366, 900))
    tab.goto(f"{app_url}/gap?area=919&ind=overall_absence")
    tab.locator(".stPlotlyChart").first.wait_for()
    for chooser, wanted in (("Area", AREAS), ("Outcome", OUTCOMES)):
        box = tab.get_by_role("combobox", name=chooser)
        box.click()
        for said, name in wanted.items():
            box.fill(said)
            tab.get_by_role("option", name=name).first.wait_for()
            assert tab.get_by_role("option").first.inner_text().startswith(name), said
        tab.keyboard.press("Escape")


def test_only_names_are_in_sight(app_url: str, page: Callable[..., Page]) -> None:
    tab = page(viewport=(1366, 900))
    tab.goto(f"{app_url}/gap?area=919&ind=suspension_rate")
    tab.locator(".stPlotlyChart").first.wait_for()
    tab.get_by_role("combobox", name="Outcome").click()
    option = tab.get_by_role("option", name="Suspensions").first
    option.wait_for()
    # Where the text after the tab begins, against the right edge of what is shown.
    past = option.evaluate(
        """e => { const text = e.querySelector('div').firstChild;
            const range = document.createRange();
            const at = text.data.indexOf('\\t') + 1;
            range.setStart(text, at); range.setEnd(text, at + 1);
            return range.getBoundingClientRect().left - e.getBoundingClientRect().right; }"""
    )
    assert past > 0
