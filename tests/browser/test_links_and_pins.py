"""Pictures that leave the page, pins that stay, and links that reopen both."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.browser.test_journey import OUTCOME, Pages, keys, press, settled, wait_for_keys
from tests.charts.drawings import SVG, root, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

OVER_TIME = "over-time.919.ks2_rwm_expected.ehc_plan.cmp-neighbours,england"
RANKING = "ranking.919.ks2_rwm_expected.ehc_plan.cmp-neighbours,england"


def saved(tab: Page, name: str, folder: Path) -> tuple[str, bytes]:
    """A download by its button's name: what it is called, and what it holds."""
    with tab.expect_download() as started:
        tab.get_by_role("button", name=name).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path.name, path.read_bytes()


def test_a_picture_leaves_with_its_finding_source_and_release(
    app_url: str, page: Pages, tmp_path: Path
) -> None:
    tab = page()
    tab.goto(app_url + OUTCOME)
    tab.locator("h1").wait_for()
    settled(tab, "Hertfordshire")
    heading = tab.locator("h1").inner_text()
    name, drawn = saved(tab, "Download SVG", tmp_path)
    assert name.startswith("sendgap-hertfordshire-ks2_rwm_expected-ehc_plan-over-time-2015-16-to")
    said = " ".join(words(drawn))
    assert said.startswith(heading)
    assert "Source: Local authority interactive tool (LAIT)" in said
    assert "sendgap, release 20" in said
    assert root(drawn).findtext(f"{SVG}title") == heading
    # What the charts say on the page they say on paper.
    labels = tab.locator(".js-plotly-plot .annotation-text").all_text_contents()
    assert labels
    for label in labels:
        assert label.replace(" ", "") in said.replace(" ", "")

    name, picture = saved(tab, "Download PNG", tmp_path)
    assert name.endswith(".png")
    assert Image.open(BytesIO(picture)).info["Title"] == heading


def test_pins_survive_the_menu_the_history_and_a_link(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(app_url + OUTCOME)
    settled(tab, "Hertfordshire")
    tab.get_by_role("button", name="Pin to report").click()
    wait_for_keys(tab, pin=OVER_TIME)
    tab.get_by_role("link", name="Compare areas").first.click()
    settled(tab, "by level")
    wait_for_keys(tab, pin=OVER_TIME)
    tab.get_by_role("button", name="Pin to report").click()
    wait_for_keys(tab, pin=f"{OVER_TIME}~{RANKING}")
    tab.get_by_role("button", name="Pinned (2)").wait_for()

    tab.go_back()
    wait_for_keys(tab, pin=OVER_TIME)
    tab.get_by_role("button", name="Pinned (1)").wait_for()
    tab.go_forward()
    wait_for_keys(tab, pin=f"{OVER_TIME}~{RANKING}")
    tab.get_by_role("button", name="Pinned (2)").wait_for()

    other = page()
    other.goto(tab.url)
    settled(other, "by level")
    other.get_by_role("button", name="Pinned (2)").click()
    other.get_by_role("button", name="Remove 1").click()
    wait_for_keys(other, pin=RANKING)
    other.get_by_role("button", name="Pinned (1)").wait_for()


def test_a_pin_opens_its_view_again(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(f"{app_url}{OUTCOME}&pin={RANKING}.by-gap")
    settled(tab, "Hertfordshire")
    tab.get_by_role("button", name="Pinned (1)").click()
    tab.get_by_role("link", name="Ranking by gap").click()
    settled(tab, "by level")
    wait_for_keys(tab, by="gap", pin=f"{RANKING}.by-gap")
    assert "/compare" in tab.url
    tab.get_by_role("button", name="Unpin").wait_for()


def back_to(tab: Page, **wanted: str) -> None:
    """Go back to an address. The menu leaves one of its own between two pages, on which what
    was chosen must still stand."""
    for _ in range(2):
        tab.go_back()
        tab.wait_for_timeout(1500)
        if wanted.items() <= keys(tab).items():
            return
        settled(tab, "Hertfordshire")
    raise AssertionError(tab.url)


def test_every_change_can_be_gone_back_on(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(app_url + OUTCOME)
    settled(tab, "10% with an EHC plan")
    press(tab, "view", "Areas side by side")
    wait_for_keys(tab, view="side-by-side")
    press(tab, "grp", "SEN support")
    wait_for_keys(tab, view="side-by-side", grp="sen_support")
    settled(tab, "on SEN support")
    tab.get_by_role("link", name="Our area").first.click()
    settled(tab, "Pupils on SEN support in Hertfordshire")
    wait_for_keys(tab, area="919", grp="sen_support")
    back_to(tab, view="side-by-side", grp="sen_support")
    settled(tab, "Reading, writing and maths", "on SEN support")
    tab.go_back()
    wait_for_keys(tab, view="side-by-side", grp="ehc_plan")
    settled(tab, "10% with an EHC plan")
    tab.go_forward()
    wait_for_keys(tab, grp="sen_support")
    settled(tab, "on SEN support")


def test_a_link_of_an_earlier_release_says_so(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(f"{app_url}{OUTCOME}&rel=2025-01-31-0123")
    settled(tab, "Hertfordshire")
    said = tab.locator(".stAlert").inner_text()
    assert "made with data of 31 January 2025; figures have been updated" in said
    tab.get_by_role("button", name="Copy link").click()
    copied = tab.locator("[data-testid=stCode] code").inner_text()
    assert "rel=20" in copied and "rel=2025-01-31" not in copied
    again = page()
    again.goto(copied)
    settled(again, "Hertfordshire")
    assert again.locator(".stAlert").count() == 0
    assert {k: v for k, v in keys(again).items() if k != "rel"} == {
        k: v for k, v in keys(tab).items() if k != "rel"
    }


def test_on_a_phone_files_and_pin_are_folded_into_one_button(app_url: str, page: Pages) -> None:
    tab = page(viewport=(390, 844))
    tab.goto(app_url + OUTCOME)
    settled(tab, "Hertfordshire")
    tab.locator(".st-key-downloads-folded").wait_for()
    tab.locator(".st-key-downloads").wait_for(state="hidden")
    tab.get_by_role("button", name="Download or pin").click()
    for name in ("Download CSV", "Download Excel", "Download PNG", "Download SVG"):
        tab.get_by_role("button", name=name).wait_for()
    tab.get_by_role("button", name="Pin to report").click()
    wait_for_keys(tab, pin=OVER_TIME)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
