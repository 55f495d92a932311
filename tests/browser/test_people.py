"""A visit of each group of people: a chair, an adviser, a parent, a data manager."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sendgap.store import Release

if TYPE_CHECKING:
    from playwright.sync_api import Page

Pages = Callable[..., "Page"]


def settled(tab: Page, *said: str) -> None:
    """Wait until the headline says all of this and the page has stopped running."""
    from playwright.sync_api import expect

    for words in said:
        expect(tab.locator("h1")).to_contain_text(words, timeout=30_000)
    expect(tab.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def open_under(tab: Page, heading: str, name: str) -> None:
    tab.get_by_role("button", name=heading).click()
    tab.get_by_role("menuitem", name=name).click()


def saved(tab: Page, button: str, folder: Path) -> Path:
    """The file that a download button gives."""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=button).first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_a_chair_goes_from_the_area_to_plans_and_takes_a_link_along(
    app_url: str, page: Pages
) -> None:
    tab = page(viewport=(1366, 900))
    tab.goto(f"{app_url}/?area=919")
    settled(tab, "Hertfordshire")
    open_under(tab, "Ages, plans and schools", "Plans and placements")
    settled(tab, "Hertfordshire")
    tab.get_by_text("Where placed", exact=True).first.click()
    settled(tab, "are placed in Hertfordshire")
    tab.wait_for_function("location.search.includes('view=placement')")
    said = tab.locator("h1").inner_text()
    other = page(viewport=(390, 844))
    other.goto(tab.url)
    settled(other, said)


def test_an_adviser_compares_and_the_file_holds_the_pages_numbers(
    app_url: str, page: Pages, tmp_path: Path, release: Release
) -> None:
    tab = page(viewport=(1366, 900))
    tab.goto(f"{app_url}/compare?area=882&ind=ks2_rwm_expected&grp=sen_support")
    settled(tab, "Southend-on-Sea")
    path = saved(tab, "Download CSV", tmp_path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Area"]: row for row in csv.DictReader(file)}
    own = tab.locator(".linked tr.own")
    shown = own.locator("th, td").all_inner_texts()
    assert [cell.removeprefix("joint ") for cell in rows["Southend-on-Sea"].values()] == [
        cell.removeprefix("=") for cell in shown
    ]
    values = release.benchmark(
        "ks2_rwm_expected", sen_group="sen_support", measure="value", area=None
    ).set_index("area_name")["value"]
    level = next(head for head in rows["Southend-on-Sea"] if head == "SEN support")
    for name in ("Southend-on-Sea", "Kent", "Hackney"):
        assert float(rows[name][level].rstrip("%")) == values[name]


def test_a_parent_on_a_phone_is_told_what_the_words_mean(app_url: str, page: Pages) -> None:
    tab = page(viewport=(390, 844))
    tab.goto(app_url)
    box = tab.get_by_role("combobox", name="Local authority")
    box.click()
    box.fill("herts")
    tab.get_by_role("option", name="Hertfordshire").first.wait_for()
    tab.keyboard.press("Enter")
    settled(tab, "Hertfordshire")
    tab.locator(".terms summary", has_text="EHC plan").first.click()
    tab.get_by_text("An education, health and care plan.").first.wait_for()
    wide = "(() => { const m = document.querySelector('.stMain');"
    assert tab.evaluate(wide + " return m.scrollWidth - m.clientWidth; })()") == 0


def test_a_data_manager_sees_what_is_held_and_how_to_load(
    app_url: str, page: Pages, tmp_path: Path, release: Release
) -> None:
    tab = page(viewport=(1366, 900))
    tab.goto(f"{app_url}/?area=882")
    settled(tab, "Southend-on-Sea")
    open_under(tab, "Reports and help", "Data and help")
    settled(tab, "outcomes are held")
    tab.wait_for_function("location.search.includes('area=882')")
    path = saved(tab, "Download CSV", tmp_path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(release.catalogue.indicators)
    for view, heading in (("Checks", "files are loaded"), ("Load", "Loading data")):
        tab.locator(".st-key-pick_view").get_by_text(view, exact=True).click()
        settled(tab, heading)
    tab.wait_for_function("location.search.includes('view=load')")
    tab.go_back()
    settled(tab, "files are loaded")
    tab.get_by_role("link", name="Our area").first.click()
    settled(tab, "Southend-on-Sea")
