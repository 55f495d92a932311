"""The steps from a request to a plan as lying bars, each with its number and share."""

from __future__ import annotations

import plotly.graph_objects as go

from sendgap.charts import axes, marks, theme
from sendgap.charts.theme import Spec
from sendgap.views.plans_model import Step, Steps

ROW = 46
LEFT, RIGHT, TOP, BOTTOM = 118, 12, 8, 12
NAME_WIDTH = 17
#: Requests and assessments are counts of their own and differ in hue and outline.
FIRST, SECOND = "#12436D", "#6BACE6"


def steps(view: Steps) -> go.Figure:
    """Bars from top to bottom; a rule parts counts that do not follow from each other."""
    count = len(view.steps)
    most = max((step.count or 0.0 for step in view.steps), default=1.0) or 1.0
    return theme.figure(
        [_bars(view), *_missing(view)],
        height=TOP + BOTTOM + ROW * count,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        xaxis={
            "range": [0, most * 1.01],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis=axes.down(["<br>".join(theme.wrapped(s.label, NAME_WIDTH)) for s in view.steps]),
        shapes=_rules(view),
        annotations=[_words(number, step) for number, step in enumerate(view.steps)],
    )


def _hues(view: Steps) -> list[str]:
    """One hue for each count and what follows from it."""
    found, starts = [], 0
    for step in view.steps:
        starts += step.start
        found.append(FIRST if starts < 2 else SECOND)
    return found


def _bars(view: Steps) -> Spec:
    return {
        "type": "bar",
        "orientation": "h",
        "name": "steps",
        "meta": "steps",
        "x": [step.count or 0.0 for step in view.steps],
        "y": list(range(len(view.steps))),
        "width": 0.36,
        "offset": 0.02,
        "marker": {"color": _hues(view), "line": {"color": theme.SECONDARY, "width": 1}},
        "hoverinfo": "text",
        "hovertext": [f"{step.label}<br>{step.printed} {step.said}".strip() for step in view.steps],
    }


def _missing(view: Steps) -> list[Spec]:
    gone = [n for n, step in enumerate(view.steps) if step.count is None]
    if not gone:
        return []
    said = [f"{view.steps[n].label}: {view.steps[n].printed}" for n in gone]
    return [marks.squares([(0.0, n + 0.2) for n in gone], said)]


def _words(number: int, step: Step) -> Spec:
    """Number and share above the bar."""
    share = f" · {step.said}" if step.said else ""
    return theme.text(
        f"<b>{step.printed}</b>{share}", x=0, y=number - 0.04, xanchor="left", yanchor="bottom",
        xshift=2, size=12, name="figure",
    )  # fmt: skip


def _rules(view: Steps) -> list[Spec]:
    return [
        {
            "type": "line", "xref": "paper", "yref": "y", "x0": -0.5, "x1": 1,
            "y0": n - 0.5, "y1": n - 0.5, "line": {"color": theme.GREY, "width": 1},
        }
        for n, step in enumerate(view.steps)
        if n and step.start
    ]  # fmt: skip
