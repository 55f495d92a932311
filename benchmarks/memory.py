"""How much memory the app holds: after warming up, and after a visitor's round of pages.

    python -m benchmarks.memory

Prints resident megabytes of the server process. Needs Linux (/proc) and Chromium.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROUND = (
    "/",
    "/gap?area=919",
    "/gap?area=886&ind=overall_absence&grp=sen_support",
    "/gap?area=882&view=side-by-side",
    "/gap?area=201&ind=ks4_attainment8",
    "/data",
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _resident(process: subprocess.Popen[bytes]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes.split()[1]) / 1024


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the app did not get ready")


def _visit(port: int) -> None:
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        for path in ROUND:
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{port}{path}")
            page.wait_for_selector("h1")
            page.wait_for_timeout(500)
            page.close()
        browser.close()


def main() -> None:
    """Start the app, measure, visit its pages five times, measure again."""
    port = _free_port()
    command = [sys.executable, "-m", "sendgap.ui.server", "--port", str(port), "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        print(f"ready: {_resident(process):.0f} MB")
        for number in range(1, 6):
            _visit(port)
            print(f"after {number * len(ROUND)} pages: {_resident(process):.0f} MB")
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    main()
