"""Places from the early years to 19: a line for each group, a band for the neighbours.

On wide screens ages run to the right and up is better; on phones they run down and right is
better, so that each stage has a whole line for its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.scale import spread
from sendgap.charts.theme import Spec
from sendgap.terms import SenGroup
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.journey_model import Journey, JourneyStage, StageMark
from sendgap.views.journey_words import out_of_100

PLOT, LEFT, RIGHT, TOP = 380, 86, 64, 34
LINE, ROW = 15, 104
#: Letters of a stage's name in a line.
NAME_WIDTH = 17
#: The scale runs a little beyond its ends, so that marks stand whole.
LOW, HIGH = -5.0, 106.0
TICKS = {0: "0 worst", 25: "25", 50: "50 middle", 75: "75", 100: "100 best"}
BAND = "rgba(162,133,209,0.25)"
#: Behind labels: text reads and a line under it can still be followed.
CLEAR = "rgba(255,255,255,0.7)"


def ribbon(view: Journey) -> go.Figure:
    """Stages from left to right."""
    heads = [_head(stage) for stage in view.stages]
    bottom = 14 + LINE * max(head.count("<br>") + 1 for head in heads)
    places = list(range(len(view.stages)))
    return theme.figure(
        [*_bands(view, turned=False), *_lines(view, turned=False)],
        height=TOP + PLOT + bottom,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": bottom},
        xaxis=_stages(places, heads) | {"range": [-0.35, len(places) - 0.5]},
        yaxis=_positions(TICKS),
        shapes=list(_empty_columns(view)),
        annotations=[_key(view, LEFT), *_labels(view), *_reasons(view)],
    )


def ribbon_tall(view: Journey) -> go.Figure:
    """Stages from the top down, for narrow screens."""
    places = list(range(len(view.stages)))
    top, bottom, left = 40, 40, 14
    return theme.figure(
        [*_bands(view, turned=True), *_lines(view, turned=True)],
        height=top + bottom + ROW * len(places),
        margin={"l": left, "r": 14, "t": top, "b": bottom},
        xaxis=_positions({0: "worst", 50: "50", 100: "best"}),
        yaxis=_stages(places, [""] * len(places)) | {"range": [len(places) - 0.75, -0.75]},
        annotations=[_key(view, left), *_row_words(view)],
    )


def _stages(places: Sequence[int], heads: Sequence[str]) -> Spec:
    return {
        "tickvals": list(places),
        "ticktext": list(heads),
        "tickangle": 0,
        "tickfont": {"size": theme.SMALL, "color": theme.INK},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _positions(ticks: dict[int, str]) -> Spec:
    return {
        "range": [LOW, HIGH],
        "tickvals": list(ticks),
        "ticktext": list(ticks.values()),
        "tickangle": 0,
        "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
        "gridcolor": theme.GRID,
        "zeroline": False,
        "fixedrange": True,
    }


def _head(stage: JourneyStage) -> str:
    """Under each stage: its name, age, year, and whom its gaps are to."""
    name = "<br>".join(f"<b>{part}</b>" for part in theme.wrapped(stage.name, NAME_WIDTH))
    reference = "<br>".join(theme.wrapped(f"gap to {stage.reference}", NAME_WIDTH))
    return f"{name}<br>age {stage.age}<br>{stage.period_label}<br>{reference}"


def _groups(view: Journey) -> list[SenGroup]:
    """The other group first, so that the one looked at is drawn on top."""
    found = dict.fromkeys(mark.group for stage in view.stages for mark in stage.marks)
    return sorted(found, key=lambda group: group is view.sen_group)


def _runs(view: Journey, group: SenGroup) -> Iterator[list[tuple[int, StageMark]]]:
    """Neighbouring stages that have a place: a line never crosses an empty one."""
    run: list[tuple[int, StageMark]] = []
    for n, stage in enumerate(view.stages):
        mark = stage.mark(group)
        if mark is not None and mark.position is not None:
            run.append((n, mark))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _turned(x: list[Any], y: list[Any], *, turned: bool) -> Spec:
    return {"x": y, "y": x} if turned else {"x": x, "y": y}


def _lines(view: Journey, *, turned: bool) -> Iterator[Spec]:
    for group in _groups(view):
        look = theme.style("area", group)
        x: list[Any] = []
        y: list[Any] = []
        symbols: list[str] = []
        said: list[str] = []
        for run in _runs(view, group):
            for n, mark in run:
                x.append(n)
                y.append(mark.position)
                symbols.append(f"{look.symbol}-open" if mark.provisional else look.symbol)
                said.append(_hover(view.stages[n], mark))
            x.append(None)
            y.append(None)
            symbols.append(look.symbol)
            said.append("")
        yield {
            "type": "scatter",
            "mode": "lines+markers",
            "name": GROUP_LABELS[group],
            "meta": group.value,
            **_turned(x[:-1], y[:-1], turned=turned),
            "connectgaps": False,
            "cliponaxis": False,
            "line": {
                "color": look.colour,
                "width": look.width if group is view.sen_group else 2,
                "dash": "solid" if group is view.sen_group else "dash",
            },
            "marker": {
                "color": look.colour,
                "symbol": symbols[:-1],
                "size": look.size + 2,
                "line": {"color": look.colour, "width": 2},
            },
            "hoverinfo": "text",
            "hovertext": said[:-1],
        }


def _hover(stage: JourneyStage, mark: StageMark) -> str:
    """What a pointer shows; the table says the same."""
    early = " (provisional)" if mark.provisional else ""
    return (
        f"{stage.title}, {stage.period_label}{early}<br>{GROUP_LABELS[mark.group]}: {mark.level}, "
        f"{mark.place}<br>{out_of_100(mark)} out of 100<br>gap {mark.gap} to {stage.reference}"
    )


def _bands(view: Journey, *, turned: bool) -> Iterator[Spec]:
    """The neighbours' middle half, a closed shape for each unbroken run; one stage alone is a
    short bar."""
    run: list[tuple[float, float, float]] = []
    for n, stage in [*enumerate(view.stages), (len(view.stages), None)]:
        mark = stage.mark(view.sen_group) if stage else None
        if mark is not None and mark.band is not None:
            run.append((float(n), *mark.band))
            continue
        if run:
            yield _band(run, turned=turned)
        run = []


def _band(run: list[tuple[float, float, float]], *, turned: bool) -> Spec:
    if len(run) == 1:
        n, low, high = run[0]
        run = [(n - 0.08, low, high), (n + 0.08, low, high)]
    x = [n for n, _, _ in run] + [n for n, _, _ in reversed(run)] + [run[0][0]]
    y = [high for _, _, high in run] + [low for _, low, _ in reversed(run)] + [run[0][2]]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "neighbours",
        "meta": "band",
        **_turned(x, y, turned=turned),
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"color": theme.PLACES["neighbours"].colour, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
    }


def _key(view: Journey, left: int) -> Spec:
    """Which mark is which group, and whose the band is."""
    words = [
        f"{theme.swatch(theme.style('area', group))} {GROUP_LABELS[group]}"
        for group in reversed(_groups(view))
    ]
    if any(True for _ in _bands(view, turned=False)):
        swatch = '<span style="color:#A285D1">▒</span>'
        words.append(f"{swatch} Neighbours' middle half")
    return theme.text(
        "   ".join(words), x=0, y=1, xref="paper", yref="paper", xanchor="left",
        yanchor="bottom", xshift=-left + 4, yshift=10, align="left", size=13,
    )  # fmt: skip


def _words(mark: StageMark) -> list[str]:
    """Level first, the gap beside it, each in its own unit."""
    level = f"<b>{mark.level}</b>{' p' if mark.provisional else ''}"
    gap = f"gap {mark.gap}" if mark.gap[:1].isdigit() or mark.gap[:1] in "−£" else ""
    return [level, *([gap] if gap else [])]


def _labels(view: Journey) -> Iterator[Spec]:
    """Level and gap beside each mark, kept apart where two stand close."""
    for n, stage in enumerate(view.stages):
        marks = [mark for mark in stage.marks if mark.position is not None]
        words = [_words(mark) for mark in marks]
        pixels = [((mark.position or 0.0) - LOW) / (HIGH - LOW) * PLOT for mark in marks]
        heights = [float(LINE * len(lines) + 4) for lines in words]
        placed = spread(pixels, heights, low=-6, high=PLOT + 6)
        for mark, lines, centre in zip(marks, words, placed, strict=True):
            swatch = theme.swatch(theme.style("area", mark.group))
            yield theme.text(
                f"{swatch} " + "<br>".join(lines), x=n, y=centre / PLOT, yref="paper",
                xanchor="left", yanchor="middle", xshift=9, align="left", size=theme.SMALL,
                bgcolor=CLEAR, name="label",
            )  # fmt: skip


def _empty_columns(view: Journey) -> Iterator[Spec]:
    """A pale column where a stage is empty, which no line crosses."""
    for n, stage in enumerate(view.stages):
        if stage.reason:
            yield {
                "type": "rect", "xref": "x", "yref": "paper", "layer": "below",
                "x0": n - 0.3, "x1": n + 0.3, "y0": 0, "y1": 1, "fillcolor": theme.PALE,
                "line": {"color": theme.GREY, "width": 1, "dash": "dot"},
            }  # fmt: skip


def _reasons(view: Journey) -> Iterator[Spec]:
    for n, stage in enumerate(view.stages):
        if stage.reason:
            yield theme.text(
                "<br>".join(theme.wrapped(stage.reason, 12)), x=n, y=0.5, yref="paper",
                xanchor="center", yanchor="middle", align="center", size=theme.SMALL,
                colour=theme.SECONDARY, name="reason",
            )  # fmt: skip


def _row_words(view: Journey) -> Iterator[Spec]:
    """Over each row of the tall form: the stage, then both groups' level and gap."""
    for n, stage in enumerate(view.stages):
        lines = [f"<b>{stage.title}</b> · {stage.period_label}"]
        if stage.reason:
            lines.append(stage.reason)
        for mark in stage.marks if not stage.reason else ():
            swatch = theme.swatch(theme.style("area", mark.group))
            lines.append(f"{swatch} {', '.join(_words(mark))}" if mark.position is not None
                         else f"{swatch} {mark.reason}")  # fmt: skip
        both = [lines[0], "   ".join(lines[1:]), f"gap to {stage.reference}"]
        yield theme.text(
            "<br>".join(both), x=0, y=n, xref="paper", xanchor="left", yanchor="bottom",
            yshift=11, align="left", size=theme.SMALL, bgcolor=CLEAR, name="label",
        )  # fmt: skip
