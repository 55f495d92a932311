"""Outcomes that are words and not numbers: what is said, and where, without a place or a mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sendgap.views.frame import Frame
from sendgap.views.model import NoAnswer, Table, Words
from sendgap.views.numbers import symbol_reason


class _Word(NamedTuple):
    area_code: str
    area_name: str
    time_period: str
    said: str
    source_id: str


def category(frame: Frame, *, everyone: bool = False) -> NoAnswer:
    """What is said of the area in each period, or of every authority in the newest one."""
    cuts = list(dict.fromkeys(series.breakdown for series in frame.indicator.series))
    words = {cut: _words(frame, cut) for cut in cuts}
    labels = [frame.release.catalogue.breakdowns[cut] for cut in cuts]
    own = {cut: [w for w in found if w.area_code == frame.area.area_code]
           for cut, found in words.items()}  # fmt: skip
    newest = max((w.time_period for found in words.values() for w in found), default="")
    table = _of_everyone(words, labels, newest) if everyone else _over_time(frame, own, labels)
    finding = _finding(frame, own, labels, newest)
    used = {(w.source_id, w.time_period) for found in own.values() for w in found}
    return NoAnswer(
        words=Words(
            context=f"{frame.area.name} · {frame.indicator.phrases.short}",
            finding=finding,
            badges=(),
            sentences=("These are words and not figures: no area is ranked by them.",),
            caveats=(),
            sources=frame.sources(sorted(used)),
        ),
        message=finding,
        definition=frame.definition(),
        table=table,
    )


def _words(frame: Frame, cut: str) -> list[_Word]:
    found = frame.release.values(frame.indicator.id, breakdown=cut)
    return [
        _Word(
            str(row["area_code"]),
            str(row["area_name"]),
            str(row["time_period"]),
            row["value_text"]
            if isinstance(row["value_text"], str)
            else symbol_reason(str(row["symbol"])),
            str(row["source_id"]),
        )
        for row in found.to_dict("records")
    ]


def _finding(frame: Frame, own: dict[str, list[_Word]], labels: list[str], newest: str) -> str:
    said = [
        (label, word.said)
        for label, found in zip(labels, own.values(), strict=True)
        for word in found
        if word.time_period == newest
    ]
    short, area = frame.indicator.phrases.short, frame.area.in_text
    if not said:
        return f"{short}: nothing is published for {area}."
    when = f", {frame.label(newest)}" if frame.label(newest) not in short else ""
    if len(labels) == 1:
        return f"{short} in {area}{when}: {said[0][1]}."
    parts = "; ".join(f"{label.lower()}, {text.lower()}" for label, text in said)
    return f"{short} in {area}{when}: {parts}."


def _over_time(frame: Frame, own: dict[str, list[_Word]], labels: list[str]) -> Table:
    periods = sorted({w.time_period for found in own.values() for w in found}, reverse=True)
    rows = []
    for period in periods:
        told = ({w.time_period: w.said for w in found}.get(period) for found in own.values())
        rows.append((frame.label(period), *(text or "not asked for" for text in told)))
    heads = labels if len(labels) > 1 else ["As published"]
    return Table(f"{frame.short}, {frame.area.name}", ("Period", *heads), tuple(rows))


def _of_everyone(words: dict[str, list[_Word]], labels: list[str], newest: str) -> Table:
    names = {w.area_code: w.area_name for w in _now(words, newest)}
    said = [
        {w.area_code: w.said for w in found if w.time_period == newest} for found in words.values()
    ]
    rows = tuple(
        (name, *(column.get(code, "not published") for column in said))
        for code, name in sorted(names.items(), key=lambda pair: pair[1])
    )
    heads = labels if len(labels) > 1 else ["As published"]
    return Table("Every authority", ("Area", *heads), rows)


def _now(words: dict[str, list[_Word]], newest: str) -> Iterable[_Word]:
    return (w for found in words.values() for w in found if w.time_period == newest)
