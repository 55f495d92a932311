"""The picture of a chart block, drawn on paper from the screen's own figure."""

from __future__ import annotations

from sendgap.charts import paper
from sendgap.report.document import ChartBlock


def picture(block: ChartBlock) -> bytes:
    """The chart as PNG bytes, sharp enough for print."""
    return paper.png(block.figure(), width=block.pixels, alt=block.alt)
