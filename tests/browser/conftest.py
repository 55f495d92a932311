"""What a browser test stands on: a running app, a Chromium, pages of any size.

A test takes ``app_url`` and ``page``: ``tab = page(viewport=(390, 844)); tab.goto(app_url)``.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).resolve().parents[2]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: root may not use it. The rest keeps Chromium from calling its maker's hosts.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and run them last.

    Last, because Playwright keeps an event loop in the main thread while it runs.
    """
    here = Path(__file__).parent
    ours = [item for item in items if here in item.path.parents]
    for item in ours:
        item.add_marker("browser")
    items[:] = [item for item in items if item not in set(ours)] + ours


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium on this machine; without one tests skip, but under CI they fail."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        reason = f"no Chromium found: none of {', '.join(CHROMIUMS)} is on the PATH"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def not_ready(address: str) -> str:
    """Why the app is not ready; empty once it is."""
    try:
        with urllib.request.urlopen(f"{address}/ready", timeout=10):
            return ""
    except urllib.error.HTTPError as refusal:
        return str(json.load(refusal)["reason"])
    except OSError as silence:
        return str(silence)


def stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@pytest.fixture(scope="session")
def app_url(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app answers: the real server on the current release, for all tests."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("server") / "server.log"
    command = [sys.executable, "-m", "sendgap.ui.server", "--port", str(port), "--no-browser"]
    with log.open("wb") as written:
        server = subprocess.Popen(command, cwd=PROJECT, stdout=written, stderr=subprocess.STDOUT)
    try:
        give_up = time.monotonic() + PATIENCE
        while reason := not_ready(address):
            if server.poll() is not None or time.monotonic() > give_up:
                said = log.read_text(encoding="utf-8", errors="replace")
                pytest.fail(f"the app did not get ready: {reason}\n{said}")
            time.sleep(0.1)
        yield address
    finally:
        stop(server)


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for all tests; each page has its own cookies and storage."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # other tests may be running beside these
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages: ``page(viewport=(width, height), color_scheme="dark", …)``.

    Further arguments are Playwright's for a new context.
    """
    contexts = []

    def new_page(viewport: tuple[int, int] = (1280, 900), **options: Any) -> Page:
        width, height = viewport
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return context.new_page()

    yield new_page
    for context in contexts:
        context.close()
