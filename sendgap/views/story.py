"""The figures and sentences behind one outcome in one area over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sendgap.targets import Target
from sendgap.text import and_list
from sendgap.views import target_words
from sendgap.views.breaks import breaks_in
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, GapRow, LevelRow, PlaceRow
from sendgap.views.intervals import Intervals, intervals
from sendgap.views.model import Band, Break, Words
from sendgap.views.notes import absent_neighbours, badges, caveats
from sendgap.views.sentences import finding_for, sentences_for

Row = TypeVar("Row", GapRow, LevelRow)


@dataclass(frozen=True, slots=True)
class Story:
    """Rows by area code and the words about them."""

    words: Words
    gaps: dict[str, list[GapRow]]
    levels: dict[str, list[LevelRow]]
    places: dict[tuple[str, str], PlaceRow]
    breaks: tuple[Break, ...]
    odd_years: tuple[Band, ...]
    decimals: int
    held: Intervals


def over_time(frame: Frame, targets: Sequence[Target] = ()) -> Story:
    """Everything a page over the years needs for ``frame``, words included."""
    codes = [frame.area.area_code, *frame.comparator_codes().values()]
    gaps = _by_area(frame.gaps(codes))
    levels = _by_area(frame.levels(codes, [frame.group]))
    own = levels[frame.area.area_code]
    rows: Sequence[GapRow | LevelRow] = gaps.get(frame.area.area_code) or own
    has_gap = any(row.gap is not None for row in gaps.get(frame.area.area_code, []))
    places = frame.places()
    held = intervals(frame, [frame.area.area_code])
    breaks, odd, said = breaks_in(frame, rows)
    period = frame.latest("gap") or frame.latest("value")
    words = Words(
        context=context(frame, period),
        finding=finding_for(frame, period, gaps, own),
        badges=badges(frame, rows, own, places),
        sentences=(
            *sentences_for(frame, period, gaps, levels, places, held),
            *target_words.sentences(frame, targets, own, period),
        ),
        caveats=(
            *absent_neighbours(frame, period, places),
            *caveats(frame, rows, said, gaps, levels),
        ),
        sources=frame.sources((r.source_id, r.time_period) for r in rows),
    )
    return Story(
        words, gaps if has_gap else {}, levels, places, breaks, odd, max(r.decimals for r in own),
        held,
    )  # fmt: skip


def _by_area(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.area_code].append(row)
    return dict(found)


def context(frame: Frame, period: str | None) -> str:
    """The line that says what is being looked at."""
    compared = {"neighbours": "statistical neighbours", "england": "England"}
    if frame.region:
        compared["region"] = frame.region.name
    whom = [compared[c] for c in ("neighbours", "region", "england")
            if c in frame.request.compare and c in compared]  # fmt: skip
    parts = [frame.area.name, GROUP_LABELS[frame.group], frame.indicator.phrases.short]
    parts += [frame.cut] if frame.cut else []
    if whom:
        parts.append("compared with " + and_list(whom))
    if period:
        parts.append(frame.label(period))
    return " · ".join(parts)
