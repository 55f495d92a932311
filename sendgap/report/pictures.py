"""The picture of a chart block, drawn on paper from the screen's own figure."""

from __future__ import annotations

from sendgap.charts import paper
from sendgap.report.document import ChartBlock

#: Pixels across; the page of a document sets them to its own width.
WIDTH = 700


def picture(block: ChartBlock) -> bytes:
    """The chart as PNG bytes, sharp enough for print."""
    return paper.png(block.figure, width=WIDTH, alt=block.alt)
