"""One visit in a real browser: choose, read, switch, share, go back, download."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

Pages = Callable[..., "Page"]
KS2 = "Reading, writing and maths at 11"
OUTCOME = "/gap?area=919&cmp=neighbours,england&grp=ehc_plan&ind=ks2_rwm_expected"


def settled(tab: Page, *said: str) -> None:
    """Wait until the headline says all of this and the page has stopped running."""
    from playwright.sync_api import expect

    for words in said:
        expect(tab.locator("h1")).to_contain_text(words)
    expect(tab.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def keys(tab: Page) -> dict[str, str]:
    return {key: found[0] for key, found in parse_qs(urlsplit(tab.url).query).items()}


def wait_for_keys(tab: Page, **expected: str) -> None:
    tab.wait_for_function(
        """expected => {
            const said = new URLSearchParams(location.search);
            return Object.entries(expected).every(([key, value]) => said.get(key) === value);
        }""",
        arg=expected,
    )


def pick(tab: Page, label: str, typed: str) -> None:
    """Choose from a list by typing, as a keyboard does."""
    box = tab.get_by_role("combobox", name=label)
    box.click()
    box.fill(typed)
    tab.get_by_role("option").first.wait_for()
    tab.keyboard.press("Enter")


def press(tab: Page, key: str, words: str) -> None:
    tab.locator(f".st-key-pick_{key}").get_by_text(words, exact=True).click()


def table(tab: Page) -> list[list[str]]:
    rows = tab.locator(".stTable").first.locator("tr")
    rows.first.wait_for()
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def test_from_the_start_to_an_outcome_and_back(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(app_url)
    pick(tab, "Local authority", "Hertfordshire")
    settled(tab, "Pupils with an EHC plan in Hertfordshire")
    tab.get_by_role("link", name=KS2).first.click()
    settled(tab, "10% with an EHC plan", "75% for those without SEN", "65 percentage points")

    press(tab, "grp", "SEN support")
    settled(tab, "30% on SEN support")
    wait_for_keys(tab, grp="sen_support")
    press(tab, "view", "Areas side by side")
    wait_for_keys(tab, view="side-by-side")
    settled(tab, "30% on SEN support")
    assert tab.locator(".stPlotlyChart").count() == 1

    tab.go_back()
    tab.wait_for_function("!location.search.includes('view=')")
    settled(tab, "30% on SEN support")
    tab.locator(".stPlotlyChart").nth(1).wait_for()
    tab.go_back()
    settled(tab, "10% with an EHC plan")
    assert keys(tab)["grp"] == "ehc_plan"
    tab.go_forward()
    settled(tab, "30% on SEN support")
    assert keys(tab)["grp"] == "sen_support"


def test_an_area_is_found_by_its_number(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(app_url)
    pick(tab, "Local authority", "882")
    settled(tab, "Southend-on-Sea")
    wait_for_keys(tab, area="882", grp="ehc_plan")


def test_a_neighbour_that_does_better_and_the_way_back(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(f"{app_url}/compare?area=882&ind=ks2_rwm_expected&grp=sen_support")
    settled(tab, "Southend-on-Sea", "=141st of 151")
    tab.locator(".stPageLink a", has_text="Bexley").click()
    settled(tab, "Bexley")
    wait_for_keys(tab, area="303", grp="sen_support", ind="ks2_rwm_expected")
    tab.get_by_role("link", name="Back to Southend-on-Sea").click()
    settled(tab, "Southend-on-Sea")
    assert tab.get_by_role("link", name="Back to").count() == 0


def test_a_set_of_areas_travels_in_the_link(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(f"{app_url}/compare?area=919&ind=ks2_rwm_expected")
    settled(tab, "Hertfordshire")
    tab.get_by_role("button", name="Add areas").click()
    box = tab.get_by_role("combobox", name="Your own set of areas")
    for typed in ("Kent (886)", "881"):
        box.fill(typed)
        tab.get_by_role("option").first.wait_for()
        tab.keyboard.press("Enter")
    wait_for_keys(tab, set="886,881")
    other = page()
    other.goto(tab.url)
    settled(other, "Hertfordshire")
    other.get_by_text("Chosen areas (plain mean of 2 of 2)").first.wait_for()


def test_every_area_is_found_and_opened_from_the_table(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(f"{app_url}/compare?area=919&ind=ks2_rwm_expected")
    settled(tab, "Hertfordshire")
    tab.get_by_role("textbox", name="Find an area").fill("Norfolk")
    tab.keyboard.press("Enter")
    tab.locator(".linked a", has_text="Norfolk").click()
    settled(tab, "Norfolk")
    wait_for_keys(tab, area="926", ind="ks2_rwm_expected")


def test_a_copied_link_opens_the_same_page(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(f"{app_url}/gap?area=Hertfordshire&ind=overall_absence&grp=sen_support&cmp=region")
    settled(tab, "Overall absence in Hertfordshire")
    found = tab.locator("h1").inner_text()
    tab.get_by_role("button", name="Copy link").click()
    link = tab.locator(".stCode").inner_text().strip()
    assert "area=919" in link
    other = page()
    other.goto(link)
    settled(other, found)
    assert table(other) == table(tab)


def test_a_first_visitor_may_come_by_a_deep_link(app_url: str, page: Pages) -> None:
    """The menu is there: the page was not run by itself, without ``app.py``."""
    tab = page()
    tab.goto(app_url + OUTCOME)
    settled(tab, "Hertfordshire")
    tab.get_by_role("button", name="Reports and help").wait_for()


def test_the_menu_keeps_the_selection(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(app_url + OUTCOME.replace("ehc_plan", "sen_support"))
    settled(tab, "on SEN support")
    tab.get_by_role("button", name="Reports and help").click()
    tab.get_by_role("menuitem", name="Data and help").click()
    settled(tab, "outcomes are held")
    tab.get_by_role("link", name="One outcome", exact=True).click()
    settled(tab, "Hertfordshire", "on SEN support")
    wait_for_keys(tab, area="919", grp="sen_support")


def test_a_wrong_link_is_explained(app_url: str, page: Pages) -> None:
    tab = page()
    tab.goto(f"{app_url}/gap?area=Hartfordshire&ind=nothing")
    settled(tab, "Choose a local authority to begin.")
    said = tab.locator(".stAlert").inner_text()
    assert "Did you mean Hertfordshire" in said and "“nothing” is not known" in said


def test_the_csv_is_the_table(app_url: str, page: Pages, tmp_path: Path) -> None:
    tab = page()
    tab.goto(app_url + OUTCOME)
    settled(tab, "Hertfordshire")
    with tab.expect_download() as started:
        tab.get_by_role("button", name="Download CSV").click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    assert path.name == (
        "sendgap-hertfordshire-ks2_rwm_expected-ehc_plan-over-time-2015-16-to-2024-25.csv"
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == table(tab)


def test_the_workbook_has_figures_and_their_source(
    app_url: str, page: Pages, tmp_path: Path
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    tab = page()
    tab.goto(app_url + OUTCOME)
    settled(tab, "Hertfordshire")
    with tab.expect_download() as started:
        tab.get_by_role("button", name="Download Excel").click()
    path = tmp_path / "figures.xlsx"
    started.value.save_as(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Figures", "Source and caveats", "Publications"]
    figures = [[str(cell) for cell in row] for row in book["Figures"].values]
    assert figures == table(tab)
    about = " ".join(str(cell) for row in book["Source and caveats"].values for cell in row)
    assert tab.locator("h1").inner_text() in about


def test_on_a_phone_controls_are_closed_and_tables_start_narrow(app_url: str, page: Pages) -> None:
    from playwright.sync_api import expect

    tab = page(viewport=(390, 844))
    tab.goto(app_url + OUTCOME)
    settled(tab, "Hertfordshire")
    expect(tab.get_by_role("combobox", name="Outcome")).to_be_hidden()
    heads = tab.locator(".stTable").first.locator("thead th")
    heads.first.wait_for()
    seen = [head for head in heads.all() if head.is_visible()]
    assert len(seen) == 3 < heads.count()
    tab.get_by_text("Show all columns").first.click()
    tab.wait_for_function(
        "[...document.querySelectorAll('.stTable thead th')].every(h => h.offsetWidth > 0)"
    )
