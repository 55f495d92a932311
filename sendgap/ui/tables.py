"""Tables whose rows are links, and lists of links: plain HTML, which phones draw at once.

Links are relative, so that they hold behind any address the app is served under.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from sendgap.ui import show
from sendgap.views.model import Table

#: Addresses of pages, as seen from any page.
AREA, OUTCOME, COMPARE, GRID = "./", "gap", "compare", "grid"


def address(page: str, query: Mapping[str, str]) -> str:
    """A link to a page with its keys."""
    return f"{page}?{urlencode(query, safe=',:')}"


def links(named: Sequence[tuple[str, Mapping[str, str]]], page: str = OUTCOME) -> None:
    """A list of links to ``page``."""
    items = [f"<li>{_link(name, address(page, query))}</li>" for name, query in named]
    st.html(f'<ul class="links">{"".join(items)}</ul>')


def shown_as(text: str) -> str:
    """Text as HTML prints it."""
    return escape(text)


def _link(name: str, href: str) -> str:
    return f'<a href="{escape(href)}">{shown_as(name)}</a>'


def linked(
    shown: Table, hrefs: Sequence[str], *, key: str, own: str = "", most: int | None = None,
    pictures: Sequence[str] = (), many: str = "areas",
) -> None:  # fmt: skip
    """A real table whose first cells are links; phones see its key columns first.

    ``hrefs`` has an address or nothing for each row. The row headed ``own`` is set in
    bold. ``most`` rows are drawn until all ``many`` are asked for. ``pictures`` are small SVG lines
    at the end of each row, which its other cells say in full.
    """
    st.markdown(f"**{show.plain(shown.caption)}**")
    shows_all = show.folding(shown, key)
    rows = list(zip(shown.rows, hrefs, strict=True))
    if most and len(rows) > most and not _asks_for_all(key, len(rows), many):
        rows = rows[:most]
    with st.container(key=f"folded-{key}"):
        st.html(_html(shown, rows, own, pictures))
    if not shows_all:
        show.fold(f"folded-{key}", shown)


def _asks_for_all(key: str, count: int, many: str) -> bool:
    return st.toggle(f"Show all {count} {many}", key=f"all-rows-{key}")


def _html(
    shown: Table,
    rows: Sequence[tuple[tuple[str, ...], str]],
    own: str,
    pictures: Sequence[str] = (),
) -> str:
    heads = "".join(f'<th scope="col">{shown_as(c)}</th>' for c in shown.columns)
    heads += '<th scope="col">Line</th>' if pictures else ""
    drawn = [f"<td>{picture(svg) or 'no line'}</td>" for svg in pictures] or [""] * len(rows)
    body = "".join(
        _row(cells, href, end, is_own=cells[0] == own)
        for (cells, href), end in zip(rows, drawn, strict=True)
    )
    return (
        f'<div class="linked"><table aria-label="{escape(shown.caption)}"><thead><tr>{heads}'
        f"</tr></thead><tbody>{body}</tbody></table></div>"
    )


def picture(svg: str) -> str:
    """A small line as an image; what stands beside it says the same, so it has no name."""
    if not svg:
        return ""
    return f'<img alt="" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">'


def _row(cells: Sequence[str], href: str, end: str = "", *, is_own: bool) -> str:
    head = _link(cells[0], href) if href else shown_as(cells[0])
    rest = "".join(f"<td>{shown_as(cell)}</td>" for cell in cells[1:])
    kind = ' class="own"' if is_own else ""
    return f'<tr{kind}><th scope="row">{head}</th>{rest}{end}</tr>'
