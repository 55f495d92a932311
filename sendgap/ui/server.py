"""The server entry: ``python -m sendgap.ui.server --port N [--no-browser]``.

Serves ``app.py`` as ``streamlit run app.py`` does, and adds two things that it cannot:
``/ready``, which says whether figures can be answered, and a warm start, which pays for
imports before the first visitor instead of during the first page. Nothing in the app
depends on it.
"""

from __future__ import annotations

import argparse
import atexit
import functools
import gc
import importlib
import io
import json
import logging
import pkgutil
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import streamlit
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from sendgap import ui
from sendgap.config import PROJECT
from sendgap.errors import SendgapError

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8501
NOT_READABLE = "The current release cannot be read; the server's own log says why."

_log = logging.getLogger(__name__)


def readiness() -> tuple[int, dict[str, object]]:
    """Status and body of ``/ready``: the release that pages show is asked who it is.

    Never raises: a server that cannot answer must be able to say so.
    """
    try:
        from sendgap.ui import cached

        return 200, {"ready": True, "release": cached.release().rows("about")[0][0]}
    except SendgapError as refusal:
        return 503, {"ready": False, "reason": str(refusal)}
    except Exception:
        _log.exception("the current release cannot be read")
        return 503, {"ready": False, "reason": NOT_READABLE}


def ready(_request: Request) -> JSONResponse:
    status, body = readiness()
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store"})


@functools.cache
def warm() -> None:
    """Pay for the imports of all pages, the first figure and the catalogue, once in a process.

    What is loaded then is set apart from garbage collection. Streamlit collects after
    every run, and walking those objects each time would double a page's delay.
    """
    pages = (f"sendgap.ui.{part.name}" for part in pkgutil.iter_modules(ui.__path__))
    for name in ("duckdb", "pandas", "pyarrow", *pages):
        importlib.import_module(name)
    import plotly.graph_objects as go

    go.Figure({"data": [{"type": "scatter", "x": [0], "y": [0]}]}).to_json()
    readiness()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # or duckdb complains of leaks when the server stops


@asynccontextmanager
async def _warmed(_app: streamlit.App) -> AsyncIterator[None]:
    warm()
    yield


def apologise(_fault: Exception) -> bool:
    """Stands in for a page that failed; Streamlit has already logged the fault."""
    streamlit.error("This page could not be shown. The program's own log says why.")
    return True


def build_app() -> streamlit.App:
    """The app with its extra route, for this server and for tests."""
    return streamlit.App(
        PROJECT / "app.py",
        lifespan=_warmed,
        routes=[Route("/ready", ready, methods=["GET"])],
        on_script_error=apologise,
    )


def ask_ready(address: str) -> dict[str, object] | None:
    """What ``/ready`` answers, also when it answers no; None while nothing listens."""
    try:
        with urllib.request.urlopen(f"{address}/ready", timeout=10) as answer:
            body: dict[str, object] = json.load(answer)
    except urllib.error.HTTPError as refusal:
        body = json.load(refusal)
    except OSError:
        return None
    return body


def announce(address: str, *, opens_browser: bool, patience: float = 120) -> None:
    """Once the server answers, say so, say what is wrong if anything is, open the browser."""
    give_up = time.monotonic() + patience
    while (body := ask_ready(address)) is None:
        if time.monotonic() > give_up:
            return
        time.sleep(0.1)
    if body.get("ready"):
        sys.stdout.write(f"sendgap is ready at {address} (release {body.get('release')})\n")
    else:
        sys.stdout.write(f"sendgap runs at {address}, without figures: {body.get('reason')}\n")
    sys.stdout.flush()
    if opens_browser:
        webbrowser.open(address)


def speak_utf8() -> None:
    """Names and dashes print on every console, Windows included."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def serve(port: int) -> None:
    """Run until stopped, on this computer only.

    ``app.py`` stands as the launcher, so that settings and imports are found exactly as
    under ``streamlit run app.py``.
    """
    sys.argv = [str(PROJECT / "app.py")]
    build_app().run(
        config={"server.port": port, "server.address": LOOPBACK, "server.headless": True}
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m sendgap.ui.server", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args(arguments)
    speak_utf8()
    threading.Thread(
        target=announce,
        args=(f"http://{LOOPBACK}:{options.port}",),
        kwargs={"opens_browser": not options.no_browser},
        daemon=True,
    ).start()
    try:
        serve(options.port)
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
