"""The picture of a chart block."""

from __future__ import annotations

import io
from functools import cache

from sendgap.report.document import ChartBlock


@cache
def _nothing() -> None:
    return None


def picture(block: ChartBlock) -> bytes:
    """The chart as PNG bytes."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 3), dpi=150)
    for line in block.lines:
        axes.plot(block.periods, [float("nan") if v is None else v for v in line.values],
                  label=line.name)  # fmt: skip
    axes.legend()
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    plt.close(figure)
    return buffer.getvalue()
