"""The figure of any part of the page about plans and placements."""

from __future__ import annotations

import plotly.graph_objects as go

from sendgap.charts import over_time
from sendgap.charts.dots import dots
from sendgap.charts.stacked import stacked
from sendgap.charts.steps import steps
from sendgap.views.plans_model import Bars, Dots, Figure, Steps


def figure(view: Figure) -> go.Figure:
    """Marks in rows, stacked bars, steps, or lines over the years."""
    if isinstance(view, Dots):
        return dots(view)
    if isinstance(view, Bars):
        return stacked(view)
    if isinstance(view, Steps):
        return steps(view)
    return over_time.levels(view)
