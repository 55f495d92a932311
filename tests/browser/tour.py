"""Pictures of every page and view into ``docs/tour.md``: ``python run.py tour``.

The real app is opened in Chromium at the width of a desk and of a phone. What stands on a
page is its own heading, so the text of the tour cannot say something else.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from PIL import Image

from tests.browser.conftest import (
    CHROMIUM_ARGUMENTS,
    CHROMIUMS,
    PATIENCE,
    PROJECT,
    free_port,
    not_ready,
    stop,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = PROJECT / "docs" / "images" / "tour"
DOCUMENT = PROJECT / "docs" / "tour.md"
#: Width and height of the window, and the width of the picture.
SIZES = {"desk": (1366, 900, 1000), "phone": (390, 844, 390)}
COLOURS = 64
#: Pages, and the view and address of each stop.
STOPS: dict[str, dict[str, str]] = {
    "Our area": {"The start": "/", "An area": "/?area=919"},
    "One outcome": {
        "Over time": "/gap?area=919&ind=ks2_rwm_expected",
        "Areas side by side": "/gap?area=919&ind=ks2_rwm_expected&view=side-by-side",
        "What moved the gap": "/gap?area=882&ind=ks2_rwm_expected&grp=sen_support&view=what-moved",
    },
    "Compare areas": {
        "Ranking": "/compare?area=882&ind=ks2_rwm_expected&grp=sen_support",
        "Map": "/compare?area=882&ind=ks2_rwm_expected&view=map",
        "Spread": "/compare?area=882&ind=ks2_rwm_expected&view=spread",
        "Level and gap": "/compare?area=919&ind=ks4_attainment8&view=level-and-gap",
        "Small numbers": "/compare?area=882&ind=ehcp_20_weeks&view=small-numbers",
    },
    "All outcomes grid": {
        "Heat map": "/grid?area=919",
        "Baseline to latest": "/grid?area=919&view=change&ind=ks2_rwm_expected",
        "Sparklines": "/grid?area=919&view=sparklines",
    },
    "Early years to 19": {"Stages": "/journey?area=919"},
    "Plans and placements": {
        "How many": "/plans?area=886",
        "Needs": "/plans?area=886&view=needs",
        "Where placed": "/plans?area=886&view=placement",
        "Requests to plans": "/plans?area=886&view=requests",
        "On time and appeals": "/plans?area=886&view=timeliness",
    },
    "Outcomes framework": {"Hertfordshire's list": "/framework?area=919"},
    "Reports": {"A draft": "/reports?area=886"},
    "Data and help": {
        "What we hold": "/data?area=919",
        "Checks": "/data?view=checks",
        "Load": "/data?view=load",
        "Changes": "/data?view=changes",
        "Words and method": "/data?view=words",
        "Accessibility": "/data?view=accessibility",
    },
}


def slug(*words: str) -> str:
    """A file's name from words: "Our area", "An area" as "our-area-an-area"."""
    return re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-")


def small(picture: bytes, width: int) -> bytes:
    """The picture at this width in few colours."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    height = round(image.height * width / image.width)
    if width != image.width:
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def settle(tab: Page) -> None:
    """Wait until the page is whole: its script, its charts and its style."""
    tab.locator("h1").wait_for(timeout=90_000)
    tab.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    for chart in tab.locator(".stPlotlyChart:visible").all():
        chart.locator(".main-svg").first.wait_for()
    tab.wait_for_timeout(1500)


def photograph(browser: Browser, address: str) -> dict[tuple[str, str], str]:
    """Write the picture of every stop at both widths; each stop's heading."""
    headings: dict[tuple[str, str], str] = {}
    for size, (width, height, printed) in SIZES.items():
        tab = browser.new_page(viewport={"width": width, "height": height})
        for page, views in STOPS.items():
            for view, where in views.items():
                tab.goto(address + where)
                settle(tab)
                headings[page, view] = tab.locator("h1").inner_text()
                target = PICTURES / f"{slug(page, view)}-{size}.png"
                target.write_bytes(small(tab.screenshot(), printed))
        tab.close()
    return headings


def document(headings: dict[tuple[str, str], str]) -> str:
    """The text of the tour."""
    lines = [
        "# A tour of the pages",
        "",
        "Every page and view, at the width of a desk and of a phone, as `python run.py tour` has",
        "written them. Above each pair stands the heading of the page itself.",
    ]
    for page, views in STOPS.items():
        lines += ["", f"## {page}"]
        for view in views:
            said = headings[page, view]
            name = f"images/tour/{slug(page, view)}"
            lines += [
                "", f"### {view}", "", said, "",
                f'<img src="{name}-desk.png" alt="{page}, {view}, at desk width" width="640"> '
                f'<img src="{name}-phone.png" alt="{page}, {view}, at phone width" width="200">',
            ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> int:
    """Serve, photograph, write; 1 with a plain message where something is missing."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        print(f"No Chromium was found: none of {', '.join(CHROMIUMS)} is on the PATH.")
        return 1
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "sendgap.ui.server", "--port", str(port), "--no-browser"]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, cwd=PROJECT, stdout=log, stderr=subprocess.STDOUT)
    try:
        give_up = time.monotonic() + PATIENCE
        while reason := not_ready(address):
            if server.poll() is not None or time.monotonic() > give_up:
                print(f"The app did not get ready: {reason}")
                return 1
            time.sleep(0.1)
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir(parents=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGUMENTS)
            headings = photograph(browser, address)
            browser.close()
    finally:
        stop(server)
    DOCUMENT.write_text(document(headings), encoding="utf-8", newline="\n")
    weight = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{len(list(PICTURES.glob('*.png')))} pictures, {weight / 1e6:.1f} MB, in {DOCUMENT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
