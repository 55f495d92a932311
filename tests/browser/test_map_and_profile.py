"""In a real browser: a hexagon opens its area, and phones get what fits them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

MAP = "/compare?area=882&ind=ks2_rwm_expected&grp=sen_support&view=map"
WIDE, PHONE = (1366, 1000), (390, 844)


def test_a_hexagon_offers_its_area_and_opens_the_same_map(
    app_url: str, page: Callable[..., Page]
) -> None:
    tab = page(viewport=WIDE)
    tab.goto(app_url + MAP)
    letters = tab.locator(".st-key-map text", has_text="NBL")
    letters.wait_for()
    box = letters.bounding_box()
    assert box
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    link = tab.get_by_role("link", name="Open Northumberland")
    link.click()
    tab.get_by_role("heading", name="in Northumberland").wait_for()
    assert "area=929" in tab.url and "view=map" in tab.url


def test_a_phone_has_the_map_without_letters_and_no_sideways_scroll(
    app_url: str, page: Callable[..., Page]
) -> None:
    tab = page(viewport=PHONE)
    tab.goto(app_url + MAP)
    letters = tab.locator(".st-key-map text", has_text="NBL")
    letters.wait_for(state="attached")
    assert not letters.is_visible()
    assert tab.get_by_text("worst quarter, 16% to 25% (42)").first.is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_profile_is_a_chart_when_wide_and_a_list_on_phones(
    app_url: str, page: Callable[..., Page]
) -> None:
    for viewport, is_wide in ((WIDE, True), (PHONE, False)):
        tab = page(viewport=viewport)
        tab.goto(app_url + "/?area=882&grp=sen_support")
        rows = tab.locator("ul.spine li")
        rows.first.wait_for(state="attached")
        assert rows.first.is_visible() is not is_wide
        assert tab.locator(".st-key-spine-wide").is_visible() is is_wide
