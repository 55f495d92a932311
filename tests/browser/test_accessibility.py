"""No page has an accessibility fault of ours, nor scrolls sideways on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Rules that Streamlit itself breaks, inside the list of its menu alone: on phones it puts the
#: menu's headings between the items of one list (said in docs/accessibility.md).
STREAMLITS_OWN = ("list", "listitem")
IN_MENU = "s => !!document.querySelector(s)?.closest('[data-testid=stSidebarNavItems]')"

ADDRESSES = {
    "start": "/",
    "our area": "/?area=919",
    "our small area": "/?area=201&grp=sen_support",
    "our area without figures": "/?area=919&grp=any_sen",
    "compare, no area": "/compare",
    "ranking": "/compare?area=882&ind=ks2_rwm_expected&grp=sen_support",
    "ranking by gap": "/compare?area=886&ind=ks4_attainment8&by=gap",
    "neighbours and a set": "/compare?area=919&ind=ks2_rwm_expected&among=set&set=886,881,201",
    "level and gap": "/compare?area=919&ind=overall_absence&view=level-and-gap",
    "nothing to compare": "/compare?area=201&ind=ks2_rwm_expected",
    "small numbers": "/compare?area=882&ind=ehcp_20_weeks&view=small-numbers",
    "small numbers of gaps": (
        "/compare?area=886&ind=ks2_rwm_expected&grp=sen_support&view=small-numbers&by=gap&yr=202223"
    ),
    "no pupil numbers": "/compare?area=919&ind=ks2_rwm_expected&view=small-numbers",
    "what moved": "/gap?area=919&ind=ks2_rwm_expected&grp=ehc_plan&view=what-moved",
    "what moved all SEN": "/gap?area=886&ind=ks2_rwm_expected&grp=any_sen&view=what-moved",
    "a break refused": "/gap?area=886&ind=ks4_attainment8&view=what-moved&since=201516",
    "no area": "/gap",
    "over time": "/gap?area=919&ind=ks2_rwm_expected",
    "side by side": "/gap?area=882&ind=neet_or_not_known&view=side-by-side",
    "no gap": "/gap?area=919&ind=ehcp_20_weeks",
    "no figure": "/gap?area=201&ind=ks2_rwm_expected",
    "bad link": "/gap?area=919&ind=nothing",
    "grid": "/grid?area=919",
    "grid of gaps": "/grid?area=882&grp=sen_support&by=gap&set=201,886",
    "grid, tested": "/grid?area=201&mark=tested",
    "grid, nothing": "/grid?area=919&grp=any_sen",
    "baseline to latest": "/grid?area=919&view=change&ind=ks2_rwm_expected&by=gap",
    "baseline across a break": "/grid?area=919&view=change&ind=eyfs_gld&since=201819",
    "sparklines": "/grid?area=942&view=sparklines",
    "early years to 19": "/journey?area=919",
    "an empty stage": "/journey?area=942&grp=sen_support",
    "no stage": "/journey?area=201",
    "how many": "/plans?area=886",
    "needs": "/plans?area=936&view=needs",
    "where placed": "/plans?area=886&view=placement",
    "where placed, none given": "/plans?area=873&view=placement&shown=count",
    "requests to plans": "/plans?area=886&view=requests",
    "on time and appeals": "/plans?area=919&view=timeliness",
    "needs, not published": "/plans?area=936&view=needs&plans=new",
    "map": "/compare?area=882&ind=ks2_rwm_expected&view=map",
    "spread": "/compare?area=882&ind=ks2_rwm_expected&view=spread",
    "local, nothing loaded": "/local?area=886",
    "framework": "/framework?area=919",
    "reports": "/reports?area=919",
    "framework of a report": "/framework?area=201&fw=southend",
    "reports, annual": "/reports?area=882&doc=annual",
    "reports, nothing pinned": "/reports?area=886&doc=meeting-sheet",
    "held": "/data",
    "checks": "/data?view=checks",
    "load": "/data?view=load",
    "changes": "/data?view=changes",
    "words": "/data?view=words",
    "accessibility": "/data?view=accessibility",
}
SIZES = {"desk": (1366, 768), "phone": (390, 844)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_page(app_url: str, page: Callable[..., Page], address: str, size: str) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import expect

    tab = page(viewport=SIZES[size])
    tab.goto(app_url + ADDRESSES[address])
    expect(tab.locator("h1")).to_have_count(1)
    expect(tab.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    # A page may send a chart for wide screens and another for phones: one of the two is seen.
    for chart in tab.locator(".stPlotlyChart:visible").all():
        chart.locator(".main-svg").first.wait_for()

    found = Axe().run(tab).response
    assert found["passes"], "axe looked at nothing"
    faults = [
        f"{fault['impact']}: {fault['id']}: {node['html'][:200]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
        if not (fault["id"] in STREAMLITS_OWN and tab.evaluate(IN_MENU, node["target"][-1]))
    ]
    assert not faults
    wide = "(() => { const m = document.querySelector('.stMain');"
    assert tab.evaluate(wide + " return m.scrollWidth - m.clientWidth; })()") == 0


def test_charts_and_tables_have_names(app_url: str, page: Callable[..., Page]) -> None:
    tab = page()
    tab.goto(app_url + ADDRESSES["over time"])
    charts = tab.locator(".stPlotlyChart")
    charts.nth(1).wait_for()
    for chart in charts.all():
        name = chart.get_attribute("aria-label") or ""
        assert "Hertfordshire" in name and len(name) <= 150
    assert "Hertfordshire" in (tab.locator(".stTable table").get_attribute("aria-label") or "")
    assert tab.locator(".stTable tbody th[scope=row]").count() > 5


def test_controls_show_where_the_focus_is(app_url: str, page: Callable[..., Page]) -> None:
    tab = page()
    tab.goto(app_url + ADDRESSES["over time"])
    button = tab.get_by_role("button", name="Download CSV")
    button.wait_for()
    button.focus()
    tab.keyboard.press("Tab")
    width = tab.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert width >= 2


@pytest.mark.parametrize("address", ["our area", "over time", "ranking", "grid", "held"])
def test_at_400_percent_nothing_runs_off_the_side(
    app_url: str, page: Callable[..., Page], address: str
) -> None:
    """A window 1280 pixels wide has 320 left at 400%."""
    from playwright.sync_api import expect

    tab = page(viewport=(320, 256))
    tab.goto(app_url + ADDRESSES[address])
    expect(tab.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    tab.locator("h1").wait_for()
    wide = "(() => { const m = document.querySelector('.stMain');"
    assert tab.evaluate(wide + " return m.scrollWidth - m.clientWidth; })()") == 0


def test_the_keyboard_alone_reaches_content_terms_and_menu(
    app_url: str, page: Callable[..., Page]
) -> None:
    from playwright.sync_api import expect

    tab = page(viewport=(1366, 900))
    tab.goto(app_url + ADDRESSES["over time"])
    tab.locator(".terms").wait_for()
    focused = "document.activeElement.innerText"
    tab.keyboard.press("Tab")
    assert "Skip to main content" in tab.evaluate(focused)
    tab.locator(".terms summary").first.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".terms details").first).to_have_attribute("open", "")
    heading = tab.get_by_test_id("stTopNavSection").last
    heading.focus()
    tab.keyboard.press("Enter")
    last = tab.get_by_role("menuitem", name="Data and help")
    last.wait_for()
    tab.keyboard.press("ArrowUp")
    expect(last).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_contain_text("outcomes are held")


def test_the_title_of_the_tab_is_the_finding(app_url: str, page: Callable[..., Page]) -> None:
    from playwright.sync_api import expect

    tab = page()
    tab.goto(app_url + ADDRESSES["over time"])
    tab.locator(".terms").wait_for()
    expect(tab).to_have_title(f"{tab.locator('h1').inner_text()} – sendgap")


def test_paper_has_charts_and_tables_whole_and_no_controls(
    app_url: str, page: Callable[..., Page]
) -> None:
    tab = page(viewport=(1366, 900))
    tab.goto(app_url + ADDRESSES["over time"])
    tab.locator(".stPlotlyChart .main-svg").first.wait_for()
    tab.locator(".stTable table").wait_for()
    tab.emulate_media(media="print")
    for control in ("stSidebar", "stHeader", "stSelectbox"):
        assert not tab.get_by_test_id(control).first.is_visible(), control
    for part in ("h1", ".stPlotlyChart", ".stTable table", ".st-key-caveats"):
        assert tab.locator(part).first.is_visible(), part
    flows = "getComputedStyle(document.querySelector('.stMain')).overflow"
    assert tab.evaluate(flows) == "visible"


def test_movement_stops_where_it_is_asked_to(app_url: str, page: Callable[..., Page]) -> None:
    tab = page(reduced_motion="reduce")
    tab.goto(app_url + ADDRESSES["over time"])
    tab.locator(".terms").wait_for()
    button = tab.get_by_role("button", name="Copy link")
    assert button.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
