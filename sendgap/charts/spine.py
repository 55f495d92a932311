"""The profile: a row for each outcome, England's figure in the middle, the best at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.theme import Spec, Style
from sendgap.views.area_model import NOT_TESTED, WORDS, Spine, SpineRow

ROW, STAGE, TOP, BOTTOM = 42, 30, 84, 10
#: Where columns end, as shares of the width; the bar lies between the last two.
NAME, OWN, NEIGHBOURS, ENGLAND, LOW, HIGH = 0.0, 0.36, 0.45, 0.54, 0.62, 0.92
BAR = 14
MARKS = {
    "better": Style("#12436D", "solid", "triangle-up", 1, "▲", 15),
    "similar": Style(theme.SECONDARY, "solid", "circle", 1, "●", 12),
    "worse": Style("#F46A25", "solid", "triangle-down", 1, "▼", 15),
    NOT_TESTED: Style("#FFFFFF", "solid", "circle", 1, "○", 12),
}
SAID = WORDS | {NOT_TESTED: "not tested, or no England figure"}
HALF = "#BFBFBF"

Placed = tuple[SpineRow, float]


def spine(view: Spine) -> go.Figure:
    """The chart of all rows, stage by stage."""
    placed, heads, height = _layout(view.rows)
    drawn = [(row, y) for row, y in placed if row.has_range]
    return theme.figure(
        [
            _bars("range", [(y, -1.0, 1.0) for _, y in drawn], theme.PALE),
            _bars("half", [(y, *row.half) for row, y in drawn if row.half], HALF),
            *_ticks(drawn),
            _neighbours(drawn),
            *_own(drawn),
        ],
        height=TOP + BOTTOM + round(height),
        margin={"l": 4, "r": 4, "t": TOP, "b": BOTTOM},
        barmode="overlay",
        xaxis={"domain": [LOW + 0.01, HIGH], "range": [-1.08, 1.08], "visible": False,
               "fixedrange": True},
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        shapes=[_rule(y) for y, _ in heads],
        annotations=[
            *_key(),
            *_column_heads(view),
            *(_text(f"<b>{words}</b>", NAME, y + STAGE / 2, "left") for y, words in heads),
            *(note for row, y in placed for note in _cells(row, y)),
        ],
    )  # fmt: skip


def _layout(rows: Sequence[SpineRow]) -> tuple[list[Placed], list[tuple[float, str]], float]:
    """The middle of each row and the top of each stage, in pixels from the top."""
    placed: list[Placed] = []
    heads: list[tuple[float, str]] = []
    at = 0.0
    for stage, members in groupby(rows, key=lambda row: row.stage):
        heads.append((at, stage))
        at += STAGE
        for row in members:
            placed.append((row, at + ROW / 2))
            at += ROW
    return placed, heads, at


def _bars(meta: str, spans: Sequence[tuple[float, float, float]], fill: str) -> Spec:
    return {
        "type": "bar",
        "meta": meta,
        "orientation": "h",
        "y": [y for y, _, _ in spans],
        "base": [low for _, low, _ in spans],
        "x": [high - low for _, low, high in spans],
        "width": [BAR] * len(spans),
        "marker": {"color": fill, "line": {"color": theme.GREY, "width": 1}},
        "hoverinfo": "skip",
        "textposition": "none",
    }


def _ticks(rows: Sequence[Placed]) -> Iterator[Spec]:
    """England's figure as an upright stroke; a dotted one is the median of authorities."""
    england = theme.PLACES["england"].colour
    for meta, is_england, line in (
        ("england", True, {"color": england, "width": 3, "dash": "solid"}),
        ("median", False, {"color": theme.SECONDARY, "width": 2, "dash": "dot"}),
    ):
        picked = [y for row, y in rows if row.is_england is is_england]
        yield {
            "type": "scatter",
            "mode": "lines",
            "meta": meta,
            "x": [x for _ in picked for x in (0.0, 0.0, None)],
            "y": [at for y in picked for at in (y - BAR, y + BAR, None)],
            "line": line,
            "hoverinfo": "skip",
        }


def _neighbours(rows: Sequence[Placed]) -> Spec:
    look = theme.PLACES["neighbours"]
    picked = [(row, y) for row, y in rows if row.neighbours is not None]
    return _marks("neighbours", look, picked, [row.neighbours for row, _ in picked], theme.GREY)


def _own(rows: Sequence[Placed]) -> Iterator[Spec]:
    """The area's level in the shape of its verdict."""
    for word, look in MARKS.items():
        picked = [(row, y) for row, y in rows if row.word == word and row.own is not None]
        yield _marks(word, look, picked, [row.own for row, _ in picked], theme.INK)


def _marks(
    meta: str, look: Style, rows: Sequence[Placed], x: Sequence[float | None], edge: str
) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": meta,
        "x": list(x),
        "y": [y for _, y in rows],
        "cliponaxis": False,
        "marker": {"color": look.colour,
                   "symbol": look.symbol, "size": look.size,
                   "line": {"color": edge, "width": 1.5}},
        "hoverinfo": "text",
        "hovertext": [_hover(row) for row, _ in rows],
    }  # fmt: skip


def _hover(row: SpineRow) -> str:
    outcome = row.outcome
    england = f"England {row.middle}" if row.is_england else row.middle
    return (
        f"{outcome.name}, {outcome.period_label}<br>{outcome.level} · {england}<br>"
        f"statistical neighbours {outcome.neighbours.printed}<br>{SAID[row.word]}"
    )


def _text(words: str, x: float, y: float, side: str, **more: object) -> Spec:
    return theme.text(
        words, x=x, y=y, xref="paper", yref="y", xanchor=side, yanchor="middle", align=side,
        **({"size": 13} | more),  # type: ignore[arg-type]
    )  # fmt: skip


def _cells(row: SpineRow, y: float) -> Iterator[Spec]:
    """The row's text: name, year and number of pupils, figures, and both ends of the range."""
    outcome = row.outcome
    early = " · provisional" if outcome.provisional else ""
    known = row.children if outcome.has_level else outcome.reason
    under = " · ".join(part for part in (outcome.period_label + early, known) if part)
    yield _text(outcome.name, NAME, y - 8, "left")
    yield _text(under, NAME, y + 9, "left", size=11, colour=theme.SECONDARY)
    yield _text(f"<b>{_narrow(outcome.level)}</b>", OWN, y, "right")
    yield _text(_narrow(outcome.neighbours.printed), NEIGHBOURS, y, "right")
    yield _text(_narrow(row.middle), ENGLAND, y, "right")
    if row.has_range:
        yield _text(_narrow(row.low), LOW, y, "right", colour=theme.SECONDARY)
        yield _text(_narrow(row.high), HIGH + 0.01, y, "left", colour=theme.SECONDARY)


def _narrow(printed: str) -> str:
    """A figure in a narrow column: what goes with the number on a line of its own."""
    for words in ("median ", "not shown "):
        if printed.startswith(words):
            return f"{words.strip()}<br>{printed.removeprefix(words).replace(' per 100', '')}"
    return printed.replace(" per 100", "<br>per 100").replace(" (", "<br>(")


def _column_heads(view: Spine) -> Iterator[Spec]:
    is_directed = all(row.is_directed for row in view.rows)
    ends = ("Worst", "Best") if is_directed else ("Worst or<br>lowest", "Best or<br>highest")
    own = "<br>".join(theme.wrapped(view.area, 13)[:2])
    for words, x, side in (
        ("Outcome", NAME, "left"), (own, OWN, "right"), ("Neighbours", NEIGHBOURS, "right"),
        ("England", ENGLAND, "right"), (ends[0], LOW, "right"), (ends[1], HIGH + 0.01, "left"),
    ):  # fmt: skip
        yield theme.text(
            words, x=x, y=1, xref="paper", yref="paper", xanchor=side, yanchor="bottom",
            align=side, size=theme.SMALL, colour=theme.SECONDARY, yshift=4,
        )  # fmt: skip


def _key() -> Iterator[Spec]:
    """What shapes and bars mean, in two lines."""
    shapes = "   ".join(f"{theme.swatch(MARKS[w]) if w in ('better', 'worse') else MARKS[w].glyph}"
                        f" {said}" for w, said in SAID.items())  # fmt: skip
    rest = (
        f"{theme.swatch(theme.PLACES['neighbours'])} statistical neighbours   ┃ England (dotted: "
        f'median)   <span style="color:{HALF}">■</span> middle half of authorities   '
        f"□ all authorities"
    )
    for n, words in enumerate((shapes, rest)):
        yield theme.text(
            words, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
            align="left", size=theme.SMALL, yshift=62 - 18 * n,
        )  # fmt: skip


def _rule(y: float) -> Spec:
    return {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": y, "y1": y,
            "line": {"color": theme.GRID, "width": 1}}  # fmt: skip
