"""Pins on the page: set under a chart, listed in the sidebar, kept across pages, removed."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from sendgap.ui import begin
from tests.pages.visits import heading, notice, visit

KS2 = {"area": "919", "ind": "ks2_rwm_expected", "grp": "ehc_plan"}
OVER_TIME = "over-time.919.ks2_rwm_expected.ehc_plan"


def press(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception, [e.value for e in at.exception]


def pinned(at: AppTest) -> list[str]:
    """The pins that the address carries."""
    said = at.query_params.get("pin", "")
    return [part for part in (said if isinstance(said, str) else said[0]).split("~") if part]


def test_a_view_is_pinned_and_unpinned_in_one_press() -> None:
    at = visit(begin.OUTCOME, **KS2)
    assert at.button(key="pin").label == "Pin to report"
    press(at, "pin")
    assert pinned(at) == [OVER_TIME]
    assert at.button(key="pin").label == at.button(key="folded-pin").label == "Unpin"
    press(at, "folded-pin")
    assert pinned(at) == []


def test_pins_are_kept_on_other_pages_and_removed_there() -> None:
    at = visit(begin.OUTCOME, **KS2)
    press(at, "pin")
    at.switch_page(begin.COMPARE).run()
    assert pinned(at) == [OVER_TIME]
    press(at, "pin")
    assert pinned(at) == [OVER_TIME, "ranking.919.ks2_rwm_expected.ehc_plan"]
    at.switch_page(begin.START).run()
    assert len(pinned(at)) == 2
    press(at, f"unpin-{OVER_TIME}")
    assert pinned(at) == ["ranking.919.ks2_rwm_expected.ehc_plan"]


def test_a_link_brings_its_pins_and_says_what_it_could_not() -> None:
    at = visit(begin.OUTCOME, **KS2, pin=f"{OVER_TIME}~flat.919.x.ehc_plan")
    assert at.button(key="pin").label == "Unpin"
    assert "Pin 2 is left out: view “flat” is not known." in notice(at)
    assert "10% with an EHC plan" in heading(at)


def test_twelve_pins_are_the_most() -> None:
    others = "~".join(
        f"over-time.{code}.ks2_rwm_expected.ehc_plan"
        for code in ("301", "302", "303", "304", "305", "306", "307", "308", "309", "310", "311",
                     "312")
    )  # fmt: skip
    at = visit(begin.OUTCOME, **KS2, pin=others)
    assert at.button(key="pin").disabled
    assert not visit(begin.OUTCOME, **KS2, pin=others.rpartition("~")[0]).button(key="pin").disabled


def test_a_view_without_a_chart_has_no_pin() -> None:
    at = visit(begin.GRID, area="919", view="sparklines")
    assert not [b for b in at.button if b.key == "pin"]
