"""The marks of charts over time: lines, hidden figures, bands, breaks and end labels."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.charts import theme
from sendgap.charts.scale import Scale, spread
from sendgap.charts.theme import Spec
from sendgap.terms import Symbol
from sendgap.views.model import Band, Break, Line, Point

LINE_HEIGHT = 15
LABEL_WIDTH = 16
MANY_POINTS = 12
#: Half the height of a label that is read upwards, as a share of the plot.
CLEAR = 0.21

#: Figures that exist and are not shown; the others are years without any figure.
HIDDEN = frozenset(
    {Symbol.SUPPRESSED, Symbol.NOT_AVAILABLE, Symbol.NOT_APPLICABLE, Symbol.LOW,
     Symbol.IMPOSSIBLE, Symbol.WITHHELD}
)  # fmt: skip


def is_hidden(point: Point) -> bool:
    """Whether a mark at the foot must say why there is no figure."""
    return point.value is None and point.symbol in HIDDEN


def runs(points: Sequence[Point]) -> list[list[Point]]:
    """Points that may be joined: one segment, no figure missing between."""
    found: list[list[Point]] = []
    previous: Point | None = None
    for point in points:
        if point.value is not None:
            if previous is None or previous.segment != point.segment:
                found.append([])
            found[-1].append(point)
        previous = point if point.value is not None else None
    return found


def hover(line: Line, point: Point) -> str:
    """What a pointer shows; the table says the same."""
    flag = " (provisional)" if point.provisional else ""
    return f"{line.label}<br>{point.period_label}: {point.printed}{flag}"


def _size(look: theme.Style, line: Line) -> float:
    """Smaller marks where many would touch."""
    return look.size if len(line.points) <= MANY_POINTS else round(look.size * 0.65, 1)


def line_trace(line: Line, bands: Sequence[Band] = ()) -> Spec:
    """One line with its markers, broken between runs.

    A marker is open where the figure is provisional or stands in a band of years that
    are not compared.
    """
    look = theme.style_of(line)
    x: list[float | None] = []
    y: list[float | None] = []
    symbols: list[str] = []
    said: list[str] = []
    for run in runs(line.points):
        for point in run:
            x.append(point.position)
            y.append(point.value)
            symbols.append(_symbol(look.symbol, point, bands))
            said.append(hover(line, point))
        x.append(None)
        y.append(None)
        symbols.append(look.symbol)
        said.append("")
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.label,
        "meta": line.role,
        "x": x[:-1],
        "y": y[:-1],
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": look.colour, "width": look.width, "dash": look.dash},
        "marker": {
            "color": look.colour,
            "symbol": symbols[:-1],
            "size": _size(look, line),
            "line": {"color": look.colour, "width": 2 if look.size > 4 else 0},
        },
        "hoverinfo": "text",
        "hovertext": said[:-1],
    }


def _symbol(symbol: str, point: Point, bands: Sequence[Band]) -> str:
    odd = any(band.first < point.position < band.last for band in bands)
    is_open = (point.provisional or odd) and not symbol.endswith("-open")
    return f"{symbol}-open" if is_open else symbol


def hidden_trace(lines: Sequence[Line], axis: Scale) -> Spec | None:
    """Hollow squares below the axis foot, each with its letter."""
    marks: list[tuple[float, str, str]] = []
    for line in lines:
        taken = {mark[0] for mark in marks}
        for point in filter(is_hidden, line.points):
            if point.position not in taken:
                marks.append((point.position, point.printed, hover(line, point)))
    if not marks:
        return None
    at = [(position, axis.value(8)) for position, _, _ in marks]
    return squares(at, [said for _, _, said in marks]) | {
        "mode": "markers+text",
        "text": [printed if len(printed) <= 8 else "" for _, printed, _ in marks],
        "textposition": "top center",
        "textfont": {"size": theme.SMALL, "color": theme.INK},
    }


def end_labels(lines: Sequence[Line], axis: Scale) -> list[Spec]:
    """Each line's name and newest figure beside its end, kept apart."""
    named = [(line, point) for line in lines if (point := line.last) is not None]
    last = max((point.position for _, point in named), default=0.0)
    words = [_end_words(line, point, last) for line, point in named]
    heights = [float(LINE_HEIGHT * len(lines_) + 4) for lines_ in words]
    wanted = [axis.pixel(point.value or 0.0) for _, point in named]
    placed = spread(wanted, heights, low=-20, high=axis.pixels + 20)
    return [
        theme.text(
            f"{theme.swatch(theme.style_of(line))} " + "<br>".join(lines_),
            x=1, y=centre / axis.pixels, xref="paper", yref="paper", xanchor="left",
            yanchor="middle", xshift=6, align="left", size=theme.SMALL, name="end label",
        )
        for (line, _), lines_, centre in zip(named, words, placed, strict=True)
    ]  # fmt: skip


def _end_words(line: Line, point: Point, last: float) -> list[str]:
    own = line.role in ("sen", "area")
    name = theme.wrapped(line.label, LABEL_WIDTH)
    words = [f"<b>{part}</b>" if own else part for part in name]
    words.append(f"<b>{point.printed}</b>" if own else point.printed)
    if point.position < last:
        words.append(f"({point.period_label})")
    if point.provisional:
        words.append("provisional")
    return words


def band_marks(
    bands: Sequence[Band], lines: Sequence[Line], axis: Scale
) -> tuple[list[Spec], list[Spec]]:
    """Years without comparable figures: an outlined pale band, its reason read upwards."""
    shapes: list[Spec] = [
        {
            "type": "rect", "xref": "x", "yref": "paper", "layer": "below",
            "x0": band.first, "x1": band.last, "y0": 0, "y1": 1,
            "fillcolor": theme.PALE, "line": {"color": theme.GREY, "width": 1, "dash": "dot"},
        }
        for band in bands
    ]  # fmt: skip
    return shapes, [
        _upwards(band.label, (band.first + band.last) / 2, lines, axis, xanchor="center")
        for band in bands
    ]


def break_marks(
    breaks: Sequence[Break], bands: Sequence[Band], lines: Sequence[Line], axis: Scale
) -> tuple[list[Spec], list[Spec]]:
    """Where the basis changes: a rule, and its label where lines leave most room."""
    shapes: list[Spec] = []
    labels: list[Spec] = []
    for each in breaks:
        shapes.append(
            {
                "type": "line", "xref": "x", "yref": "paper", "layer": "below",
                "x0": each.position, "x1": each.position, "y0": 0, "y1": 1,
                "line": {"color": theme.SECONDARY, "width": 1},
            }
        )  # fmt: skip
        in_band = any(band.first < each.position - 0.1 <= band.last for band in bands)
        side = "left" if in_band else "right"
        labels.append(_upwards(each.label, each.position, lines, axis, xanchor=side))
    return shapes, labels


def _upwards(
    words: str, position: float, lines: Sequence[Line], axis: Scale, *, xanchor: str
) -> Spec:
    """A label read upwards, at the height where lines leave most room."""
    near = [
        axis.pixel(point.value) / axis.pixels
        for line in lines
        for point in line.points
        if point.value is not None and abs(point.position - position) <= 1.5
    ]
    places = (0.5, 0.72, 0.3, 0.62, 0.4, 0.82, 0.2)
    room = {place: min((abs(place - n) for n in near), default=1.0) for place in places}
    height = next((p for p in places if room[p] >= CLEAR), max(places, key=room.__getitem__))
    return theme.text(
        words, x=position, y=height, yref="paper", textangle=-90, size=theme.SMALL,
        colour=theme.SECONDARY, xanchor=xanchor, yanchor="middle",
    )  # fmt: skip


def area_points(
    role: str, style: theme.Style, size: float, points: Sequence[tuple[float | None, float | None]],
    hovers: Sequence[str],
) -> Spec:  # fmt: skip
    """Areas of one role as marks without lines, others outlined in grey."""
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": role,
        "x": [across for across, _ in points],
        "y": [up for _, up in points],
        "marker": {
            "color": style.colour,
            "symbol": style.symbol,
            "size": size,
            "line": {"color": theme.GREY if role == "other" else "#FFFFFF", "width": 1},
        },
        "hoverinfo": "text",
        "hovertext": list(hovers),
    }


def squares(at: Sequence[tuple[float, float]], hovers: Sequence[str]) -> Spec:
    """Hollow squares at the foot of the axis, where areas have no figure."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "hidden",
        "meta": "hidden",
        "x": [across for across, _ in at],
        "y": [up for _, up in at],
        "cliponaxis": False,
        "marker": {
            "symbol": "square-open",
            "size": 10,
            "color": theme.GREY,
            "line": {"color": theme.GREY, "width": 2},
        },
        "hoverinfo": "text",
        "hovertext": list(hovers),
    }
