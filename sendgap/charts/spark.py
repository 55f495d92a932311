"""A level over the years in the size of a word: an image that its caption says in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sendgap.charts import theme
from sendgap.charts.marks import runs
from sendgap.terms import SenGroup
from sendgap.views.model import Point

WIDTH, HEIGHT, EDGE = 132, 36, 5


def spark(points: Sequence[Point], group: SenGroup) -> str:
    """An SVG picture, empty with fewer than two figures.

    Lines join only what may be compared; the newest figure is a dot, open where it is
    provisional. The lowest and highest figures of the line touch its edges.
    """
    filled = [p for p in points if p.value is not None]
    if len(filled) < 2:
        return ""
    colour = theme.GROUPS[group].colour
    place = _placing(filled)
    drawn = []
    for run in runs(points):
        spots = [place(point) for point in run]
        if len(spots) == 1:
            drawn.append(_dot(spots[0], 1.8, colour, colour))
        else:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
            drawn.append(
                f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
            )
    fill = "#FFFFFF" if filled[-1].provisional else colour
    drawn.append(_dot(place(filled[-1]), 3.5, fill, colour))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(drawn)}</svg>'
    )


def _placing(filled: Sequence[Point]) -> Callable[[Point], tuple[float, float]]:
    years = [p.position for p in filled]
    values = [p.value or 0.0 for p in filled]
    first, years_wide = min(years), max(max(years) - min(years), 1.0)
    low, high = min(values), max(values)

    def place(point: Point) -> tuple[float, float]:
        x = EDGE + (point.position - first) / years_wide * (WIDTH - 2 * EDGE)
        share = ((point.value or 0.0) - low) / (high - low) if high > low else 0.5
        return x, HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)

    return place


def _dot(spot: tuple[float, float], radius: float, fill: str, edge: str) -> str:
    x, y = spot
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{edge}" '
        'stroke-width="1.5"/>'
    )
