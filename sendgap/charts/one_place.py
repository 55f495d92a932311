"""One place on every outcome: a row for each, on a scale of its own, with what stands beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.one_place_rows import NARROW, WIDE, Layout, Row
from sendgap.charts.theme import Spec, Style
from sendgap.text import small_first
from sendgap.views.local_model import LocalMark, LocalOne, OneOutcome

PAD = 8


#: Half the height of the band of similar places, and how far marks stand off the scale.
BAND, OFF = 8, 13
BAND_FILL = "#D9D9D9"
LINE, HEADS = 17, 22
PER_100 = " per 100"
ENGLAND = "England’s newest, or median of authorities"
#: Marks that stand above (-1) or below (1) the scale, clear of the own figure.
SIDES = {"england": -1, "dspl": 1, "cluster": 1}


def one_place(view: LocalOne, *, narrow: bool = False) -> go.Figure:
    """The chart of all outcomes: the place's figure with its interval, and marks beside it."""
    look = NARROW if narrow else WIDE
    key = _key(view, look)
    top = LINE * len(key) + 14 + (0 if narrow else HEADS)
    height = top + look.row * len(view.outcomes) + PAD
    rows = [Row(o, look, look.row * n) for n, o in enumerate(view.outcomes)]
    drawn = [row for row in rows if row.has_scale]
    own = theme.style("sen", view.sen_group)
    return theme.figure(
        [
            _scales(drawn),
            _similar(drawn),
            *(_marks(drawn, role, style) for role, style in theme.AROUND.items()),
            _interval(drawn, own),
            _own(drawn, own, view.name),
        ],
        height=height,
        margin={"l": 4, "r": 4, "t": top, "b": PAD},
        xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
        yaxis={"range": [look.row * len(rows), 0], "visible": False, "fixedrange": True},
        shapes=[_rule(row.top) for row in rows],
        annotations=[
            *_key_lines(key, 6 if narrow else 6 + HEADS),
            *([] if narrow else _heads(view)),
            *(note for row in rows for note in _words(row)),
        ],
    )


def _scales(rows: Sequence[Row]) -> Spec:
    lines = [((row.look.left, row.middle), (row.look.right, row.middle)) for row in rows]
    return _strokes("scale", lines, theme.GREY, 1)


def _similar(rows: Sequence[Row]) -> Spec:
    """The band in which the similar places' shown figures lie."""
    spans = [(row, s) for row in rows if (s := row.outcome.similar) is not None]
    lines = [
        ((row.across(s.low), row.middle), (max(row.across(s.high), row.across(s.low) + 0.004),
                                           row.middle))
        for row, s in spans
    ]  # fmt: skip
    return _strokes("similar", lines, BAND_FILL, 2 * BAND)


def _interval(rows: Sequence[Row], look: Style) -> Spec:
    lines = [
        ((row.across(own.lower), row.middle), (row.across(own.upper), row.middle))
        for row in rows
        if (own := row.outcome.own).value is not None
        and own.lower is not None
        and own.upper is not None
    ]
    return _strokes("interval", lines, look.colour, 4)


def _strokes(
    meta: str,
    lines: Sequence[tuple[tuple[float, float], tuple[float, float]]],
    colour: str,
    width: int,
) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": meta,
        "x": [x for (a, _), (b, _) in lines for x in (a, b, None)],
        "y": [y for (_, a), (_, b) in lines for y in (a, b, None)],
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _marks(rows: Sequence[Row], role: str, look: Style) -> Spec:
    """The figures of one kind of place beside the own ones."""
    found = [
        (row, mark, mark.value)
        for row in rows
        for mark in row.outcome.marks
        if mark.role == role and mark.value is not None
    ]
    return _dots(
        role, look,
        [(row.across(value), row.middle + OFF * SIDES.get(role, 0)) for row, _, value in found],
        [_said(row.outcome, mark) for row, mark, _ in found],
    )  # fmt: skip


def _own(rows: Sequence[Row], look: Style, name: str) -> Spec:
    shown = [(row, v) for row in rows if (v := row.outcome.own.value) is not None]
    return _dots(
        "own", look, [(row.across(value), row.middle) for row, value in shown],
        [_own_said(row.outcome, name) for row, _ in shown], size=14,
    )  # fmt: skip


def _dots(
    meta: str, look: Style, at: Sequence[tuple[float, float]], said: Sequence[str], size: int = 0
) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": meta,
        "x": [x for x, _ in at],
        "y": [y for _, y in at],
        "cliponaxis": False,
        "marker": {"color": look.colour, "symbol": look.symbol, "size": size or look.size,
                   "line": {"color": look.colour if "line" in look.symbol else theme.INK,
                            "width": look.width if "line" in look.symbol else 1.5}},
        "hoverinfo": "text",
        "hovertext": list(said),
    }  # fmt: skip


def _said(outcome: OneOutcome, mark: LocalMark) -> str:
    return f"{outcome.name}<br>{mark.label}, {mark.period_label}: {mark.printed}"


def _own_said(outcome: OneOutcome, name: str) -> str:
    interval = "" if outcome.interval == "–" else f"<br>95% interval {outcome.interval}"
    return f"{outcome.name}<br>{name}, {outcome.own.period_label}: {outcome.own.printed}{interval}"


def _words(row: Row) -> Iterator[Spec]:
    """Name and year, the figures, and both ends of the scale."""
    outcome, look = row.outcome, row.look
    letter = f"{outcome.own.symbol}: " if outcome.own.symbol else ""
    known = f"{letter}{outcome.hidden}" if outcome.hidden else f"{outcome.pupils} pupils"
    yield _text(f"{outcome.name}{_unit(outcome)}", 0, row.top + look.name, "left")
    yield _text(f"{outcome.own.period_label} · {known}", 0, row.top + look.under, "left",
                size=11, colour=theme.SECONDARY)  # fmt: skip
    marks = {mark.role: mark.printed for mark in outcome.marks}
    beside = (marks.get("authority", ""), marks.get("england", "none"))
    if look is NARROW:
        own = _number(outcome.own.printed)
        yield _text(f"<b>{own}</b>", look.columns[0], row.top + look.name, "right")
        said = f"authority {_number(beside[0])} · England {_number(beside[1])}"
        yield _text(said, 0.5, row.middle + 28, "center",
                    size=11)  # fmt: skip
    else:
        figures = (f"<b>{_narrow(outcome.own.printed)}</b>", *map(_narrow, beside))
        for words, x in zip(figures, look.columns, strict=True):
            yield _text(words, x, row.middle, "right")
    if row.has_scale:
        yield from _ends(row)


def _number(printed: str) -> str:
    """A figure without the unit that its row's name says."""
    return printed.replace(PER_100, "")


def _narrow(printed: str) -> str:
    """A figure in a narrow column: what goes with the number on a line of its own."""
    return _number(printed).replace("median ", "median<br>")


def _unit(outcome: OneOutcome) -> str:
    """The unit after an outcome's name, where no sign says it."""
    printed = (outcome.own.printed, *(mark.printed for mark in outcome.marks))
    return f",{PER_100}" if any(PER_100 in each for each in printed) else ""


def _heads(view: LocalOne) -> Iterator[Spec]:
    for words, x in zip(("Own", "Authority", "England"), WIDE.columns, strict=True):
        yield theme.text(
            words, x=x, y=1, xref="paper", yref="paper", xanchor="right", yanchor="bottom",
            size=theme.SMALL, colour=theme.SECONDARY, yshift=4,
        )  # fmt: skip


def _ends(row: Row) -> Iterator[Spec]:
    """What the scale goes from and to: beside it, or on phones under it."""
    look = row.look
    low, high = (_printed(row.outcome, value) for value in row.ends)
    under = look is NARROW
    at = row.middle + (28 if under else 0)
    sides = (("left", "right") if under else ("right", "left"))  # fmt: skip
    shift = 0.0 if under else 0.012
    for words, x, side in (
        (low, look.left - shift, sides[0]), (high, look.right + shift, sides[1]),
    ):  # fmt: skip
        yield _text(words, x, at, side, size=11, colour=theme.SECONDARY)


def _printed(outcome: OneOutcome, value: float) -> str:
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text}{outcome.axis.suffix}"


def _key(view: LocalOne, look: Layout) -> list[str]:
    """What each mark means, in as few lines as fit."""
    own = theme.style("sen", view.sen_group)
    bar = f'<span style="color:{own.colour}">━{own.glyph}━</span>'
    parts = [(bar, f"{view.name} with its 95% interval")]
    seen: dict[str, str] = {}
    for outcome in view.outcomes:
        for mark in outcome.marks:
            seen.setdefault(mark.role, ENGLAND if mark.role == "england" else mark.label)
    parts += [(_glyph(style), seen[role]) for role, style in theme.AROUND.items() if role in seen]
    if any(o.similar for o in view.outcomes):
        band = f'<span style="color:{BAND_FILL}">■</span>'
        who = small_first(view.similar_heading)
        parts.append((band, f"{who}, from lowest to highest shown"))
    lines: list[str] = []
    room = 0
    for glyph, words in parts:
        if not lines or room + len(words) + 5 > look.letters:
            lines.append("")
            room = 0
        lines[-1] += f"{'   ' if lines[-1] else ''}{glyph} {words}"
        room += len(words) + 5
    return lines


def _glyph(style: Style) -> str:
    """A mark's shape in its colour; what is white inside has its edge's."""
    return style.glyph if style.colour == "#FFFFFF" else theme.swatch(style)


def _key_lines(lines: Sequence[str], shift: int) -> Iterator[Spec]:
    for place, words in enumerate(lines):
        yield theme.text(
            words, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
            align="left", size=theme.SMALL, yshift=shift + LINE * (len(lines) - 1 - place),
        )  # fmt: skip


def _text(words: str, x: float, y: float, side: str, **more: object) -> Spec:
    return theme.text(
        words, x=x, y=y, xref="paper", yref="y", xanchor=side, yanchor="middle", align=side,
        **({"size": 13} | more),  # type: ignore[arg-type]
    )  # fmt: skip


def _rule(y: float) -> Spec:
    return {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": y, "y1": y,
            "line": {"color": theme.GRID, "width": 1}}  # fmt: skip
