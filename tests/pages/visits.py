"""Opens a page of the app as a visitor does, and reads what it says."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

from sendgap.ui import begin

APP = str(Path(__file__).resolve().parents[2] / "app.py")


def visit(page: str = begin.START, **query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    for key, value in query.items():
        at.query_params[key] = value
    if page != begin.START:
        at.switch_page(page)
    at.run()
    assert not at.exception, [e.value for e in at.exception]
    return at


def heading(at: AppTest) -> str:
    return at.title[0].value.replace("\\", "")


def text(at: AppTest) -> str:
    return "\n".join(m.value for m in at.markdown).replace("\\", "")


def notice(at: AppTest) -> str:
    return "\n".join(m.value for m in at.info).replace("\\", "")


def charts(at: AppTest) -> int:
    return len(at.get("plotly_chart"))


def html(at: AppTest) -> str:
    """The tables, tiles and lists that are drawn as HTML, as text, without explained words."""
    bodies = " ".join(b for e in at.get("html") if 'class="terms"' not in (b := e.proto.body))
    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", bodies, flags=re.DOTALL))


def links(at: AppTest) -> list[str]:
    """The addresses inside the HTML."""
    bodies = " ".join(element.proto.body for element in at.get("html"))
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', bodies)]


def captions(at: AppTest) -> str:
    return "\n".join(c.value for c in at.caption)
