"""Stacked bars of where plans are placed: upright over the years, lying for areas."""

from __future__ import annotations

import plotly.graph_objects as go

from sendgap.charts import axes, marks, theme
from sendgap.charts.scale import spread, step
from sendgap.charts.theme import Spec
from sendgap.views.plans_model import Bar, Bars, Segment

#: Fill and text of each class in the order of the bars; each touching pair keeps 3:1. The last
#: class is plans without a known placement, drawn pale and outlined.
HUES = (
    ("#12436D", "#FFFFFF"), ("#28A197", theme.INK), ("#801650", "#FFFFFF"),
    ("#F46A25", theme.INK), ("#3D3D3D", "#FFFFFF"), ("#A285D1", theme.INK),
)  # fmt: skip
PALE = (theme.PALE, theme.INK)
HEIGHT, ROW = 470, 54
LEFT, RIGHT, TOP, BOTTOM = 38, 112, 66, 34
LYING_LEFT, LYING_RIGHT = 112, 24
QUARTERS = (0, 25, 50, 75, 100)
LABEL_WIDTH = 15
#: Shares from which a figure has room inside its segment, upright and lying.
LEAST, LEAST_LYING = 6.0, 12.0
WIDTH = 0.84


def stacked(view: Bars) -> go.Figure:
    """The bars with every class in its place, their figures, totals and rules."""
    return _upright(view) if view.is_upright else _lying(view)


def hue(view: Bars, place: int) -> tuple[str, str]:
    """Fill and text of a class."""
    return PALE if place == len(view.classes) - 1 else HUES[place]


def _size(view: Bars, segment: Segment) -> float:
    return (segment.count or 0.0) if view.by_count else segment.share


def _said(view: Bars, segment: Segment) -> str:
    return segment.count_printed if view.by_count else segment.share_printed


def _traces(view: Bars) -> list[Spec]:
    """One trace for each class, from the foot up."""
    drawn = [bar for bar in view.bars if bar.segments]
    traces = []
    for place, name in enumerate(view.classes):
        fill, _ = hue(view, place)
        sizes = [_size(view, bar.segments[place]) for bar in drawn]
        spots = [bar.position for bar in drawn]
        is_pale = place == len(view.classes) - 1
        traces.append(
            {
                "type": "bar",
                "name": name,
                "meta": "class",
                "orientation": "v" if view.is_upright else "h",
                "x": spots if view.is_upright else sizes,
                "y": sizes if view.is_upright else spots,
                "width": WIDTH if view.is_upright else 0.62,
                "marker": {
                    "color": fill,
                    "line": {"color": theme.GREY if is_pale else "#FFFFFF",
                             "width": 1 if is_pale else 1.5},
                },
                "hoverinfo": "text",
                "hovertext": [_hover(bar, name, bar.segments[place]) for bar in drawn],
            }
        )  # fmt: skip
    return [*traces, *_missing(view)]


def _hover(bar: Bar, name: str, segment: Segment) -> str:
    count = f" · {segment.count_printed} plans" if segment.count_printed else ""
    return f"{bar.label} · {name}<br>{segment.share_printed}{count}"


def _missing(view: Bars) -> list[Spec]:
    """A hollow square with its letter where a bar has no figures."""
    gone = [bar for bar in view.bars if not bar.segments]
    if not gone:
        return []
    foot = _top(view) * 0.02
    at = [(b.position, foot) if view.is_upright else (foot, b.position) for b in gone]
    return [
        marks.squares(at, [f"{bar.label}: {bar.reason}" for bar in gone])
        | {
            "mode": "markers+text",
            "text": [bar.reason for bar in gone],
            "textposition": "top center" if view.is_upright else "middle right",
            "textfont": {"size": theme.SMALL, "color": theme.INK},
        }
    ]


def _top(view: Bars) -> float:
    """Where the longest bar ends."""
    if not view.by_count:
        return 100.0
    return max((sum(_size(view, s) for s in bar.segments) for bar in view.bars), default=1.0) or 1.0


def _inside(view: Bars, least: float) -> list[Spec]:
    """Figures inside segments that have room for them."""
    top = _top(view)
    labels = []
    for bar in view.bars:
        start = 0.0
        for place, segment in enumerate(bar.segments):
            size = _size(view, segment)
            middle, start = start + size / 2, start + size
            if 100 * size / top < least:
                continue
            words = _said(view, segment).split(" ")[0].removesuffix("%")
            x, y = (bar.position, middle) if view.is_upright else (middle, bar.position)
            labels.append(
                theme.text(words, x=x, y=y, size=11, colour=hue(view, place)[1],
                           xanchor="center", yanchor="middle", name="figure")
            )  # fmt: skip
    return labels


def _upright(view: Bars) -> go.Figure:
    top = _top(view)
    positions = [bar.position for bar in view.bars]
    each = step(top)
    ticks = [n * each for n in range(int(top / each + 1e-9) + 1)]
    suffix = "" if view.by_count else "%"
    unit = theme.unit_label(view.axis_title, left=LEFT) | {"yshift": 42}
    return theme.figure(
        _traces(view),
        height=HEIGHT,
        barmode="stack",
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        xaxis={
            "range": [min(positions) - 0.55, max(positions) + 0.5],
            "tickvals": positions,
            "ticktext": [_year(bar, view) for bar in view.bars],
            "tickangle": 0,
            "tickfont": {"size": 11, "color": theme.SECONDARY},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={
            "range": [0, top],
            "tickvals": ticks,
            "ticktext": [f"{tick:,.0f}{suffix}" for tick in ticks],
            "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
            "gridcolor": theme.GRID,
            "zeroline": False,
            "fixedrange": True,
        },
        shapes=_rules(view),
        annotations=[unit, *_totals(view, top), *_letters(view), *_inside(view, LEAST),
                     *_names(view)],
    )  # fmt: skip


def _year(bar: Bar, view: Bars) -> str:
    """The year under a bar; the month once, under the first."""
    month, _, year = bar.label.rpartition(" ")
    return f"{year}<br>{month}" if bar is view.bars[0] and month else year


def _totals(view: Bars, top: float) -> list[Spec]:
    """All plans above each bar, by turns on two heights so that they do not touch."""
    found = []
    for number, bar in enumerate(view.bars):
        height = min(sum(_size(view, s) for s in bar.segments), top)
        shift = (14 if number % 2 else 2) if bar.segments else 32
        found.append(
            theme.text(
                bar.total_printed or "none", x=bar.position, y=height, size=11, yanchor="bottom",
                yshift=shift, bgcolor="#FFFFFF", name="total",
            )
        )  # fmt: skip
    return found


def _rules(view: Bars) -> list[Spec]:
    return [
        {
            "type": "line", "xref": "x", "yref": "paper", "x0": rule.position,
            "x1": rule.position, "y0": 0, "y1": 1.085,
            "line": {"color": theme.SECONDARY, "width": 1.5, "dash": "dot"},
        }
        for rule in view.rules
    ]  # fmt: skip


def _letters(view: Bars) -> list[Spec]:
    return [
        theme.text(rule.letter, x=rule.position, y=1.085, yref="paper", yanchor="bottom", size=12,
                   colour=theme.SECONDARY, name="rule")
        for rule in view.rules
    ]  # fmt: skip


def _names(view: Bars) -> list[Spec]:
    """Each class's name and newest figure beside the last bar that has one, kept apart."""
    drawn = [bar for bar in view.bars if bar.segments]
    if not drawn:
        return []
    last, top, pixels = drawn[-1], _top(view), HEIGHT - TOP - BOTTOM
    words, wanted, start = [], [], 0.0
    when = "" if last is view.bars[-1] else f" ({last.label})"
    for place, name in enumerate(view.classes):
        size = _size(view, last.segments[place])
        wanted.append((start + size / 2) / top * pixels)
        start += size
        printed = f"<b>{_said(view, last.segments[place])}</b>{when}"
        words.append([*theme.wrapped(name, LABEL_WIDTH), printed])
    heights = [14.0 * len(lines) + 5 for lines in words]
    placed = spread(wanted, heights, low=-24, high=pixels + 60)
    return [
        theme.text(
            f'<span style="color:{_swatch(view, place)}">■</span> ' + "<br>".join(lines),
            x=1, y=centre / pixels, xref="paper", yref="paper", xanchor="left",
            yanchor="middle", xshift=4, align="left", size=11, name="class",
        )
        for place, (lines, centre) in enumerate(zip(words, placed, strict=True))
    ]  # fmt: skip


def _swatch(view: Bars, place: int) -> str:
    """A class's hue before its name; the pale one needs a darker mark to be seen."""
    return "#BFBFBF" if place == len(view.classes) - 1 else hue(view, place)[0]


def _lying(view: Bars) -> go.Figure:
    count = len(view.bars)
    names = ["<br>".join(theme.wrapped(bar.label, 16)) for bar in view.bars]
    names[0] = f"<b>{names[0]}</b>"
    key = _key(view)
    top = 18 + 17 * len(key)
    return theme.figure(
        _traces(view),
        height=top + 34 + ROW * count,
        barmode="stack",
        margin={"l": LYING_LEFT, "r": LYING_RIGHT, "t": top, "b": 34},
        xaxis=axes.across(0, 100, QUARTERS, [f"{n}%" for n in QUARTERS]),
        yaxis=axes.down(names),
        annotations=[*key, *_inside(view, LEAST_LYING)],
    )


def _key(view: Bars) -> list[Spec]:
    """The classes in their order, above the plot."""
    lines = [f'<span style="color:{_swatch(view, n)}">■</span> {name}'
             for n, name in enumerate(view.classes)]  # fmt: skip
    return [
        theme.text(
            line, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
            xshift=-LYING_LEFT + 4, yshift=6 + 17 * (len(lines) - 1 - n), align="left",
            size=theme.SMALL, name="class",
        )
        for n, line in enumerate(lines)
    ]  # fmt: skip
