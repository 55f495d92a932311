"""Where a line must not be read across: changes of basis or of source."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.views.frame import Frame, GapRow, LevelRow
from sendgap.views.model import Band, Break
from sendgap.views.periods import ends_in


def breaks_in(
    frame: Frame, rows: Sequence[GapRow | LevelRow]
) -> tuple[tuple[Break, ...], tuple[Band, ...], list[str]]:
    """Rules where the basis or source changes, a band for single odd years between, and
    the sentences that go with both."""
    runs = _runs(rows)
    odd = [run for run in runs[1:-1] if len(run) == 1]
    kept = [run for run in runs if run not in odd]
    breaks = []
    for before, after in zip(kept, kept[1:], strict=False):
        if (before[-1].basis, before[-1].line) != (after[0].basis, after[0].line):
            label = frame.label(after[0].time_period)
            position = ends_in(after[0].time_period) - 0.5
            reason = basis_reason(frame, before[-1], after[0])
            breaks.append(Break(position, f"new basis {label}", reason))
    said = [
        f"Do not compare figures before {b.label.removeprefix('new basis ')} with later ones: "
        f"{b.reason}"
        for b in breaks
    ]
    said += _odd_years(frame, odd)
    years = [ends_in(run[0].time_period) for run in odd]
    band = (Band(min(years) - 0.5, max(years) + 0.5, "Not comparable"),) if years else ()
    return tuple(breaks), band, said


def _odd_years(frame: Frame, odd: list[list[GapRow | LevelRow]]) -> list[str]:
    """One sentence for each reason, however many years it holds for."""
    by_reason: dict[str, list[str]] = {}
    for run in odd:
        by_reason.setdefault(basis_reason(frame, None, run[0]), []).append(
            frame.label(run[0].time_period)
        )
    return [
        f"{', '.join(labels)} {'is' if len(labels) == 1 else 'are each'} not compared with other "
        f"years: {reason}"
        for reason, labels in by_reason.items()
    ]


def _runs(rows: Sequence[GapRow | LevelRow]) -> list[list[GapRow | LevelRow]]:
    """Rows next to each other on one basis and line."""
    runs: list[list[GapRow | LevelRow]] = []
    for row in rows:
        if runs and (runs[-1][-1].basis, runs[-1][-1].line) == (row.basis, row.line):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def basis_reason(frame: Frame, before: GapRow | LevelRow | None, after: GapRow | LevelRow) -> str:
    """Why figures from ``after`` on stand on a basis of their own."""
    if before is not None and before.basis == after.basis:
        return "The figures come from another publication from there on."
    found = (
        series.basis_in(after.time_period)
        for series in frame.series()
        if series.source_id == after.source_id
    )
    return next((b.reason for b in found if b and b.reason), "They were measured differently.")
