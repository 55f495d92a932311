"""What has changed since the last note: newer figures and revised ones, told apart."""

from __future__ import annotations

from collections.abc import Iterable

from sendgap.views.note_model import Changes, Printed


def changes(before: Iterable[Printed], now: Iterable[Printed]) -> Changes:
    """The figures of the last note set against those of this one.

    A figure of the same period that differs was revised by its publisher; a period that the
    last note did not have is newer.
    """
    held = {(p.key, p.time_period): p for p in now}
    last: dict[tuple[str, ...], Printed] = {}
    revised: list[str] = []
    unchanged = 0
    for old in before:
        last[old.key] = max(last.get(old.key, old), old, key=lambda p: p.time_period)
        current = held.get((old.key, old.time_period))
        if current is None:
            continue
        if _differs(old, current):
            revised.append(f"{current.name}: {old.text} in the last note, now {current.text}.")
        else:
            unchanged += 1
    newer = [
        f"{p.name}: {p.text}; the last note had {last[p.key].text} ({_period(last[p.key])})."
        for p in held.values()
        if p.key in last and p.time_period > last[p.key].time_period
    ]
    return Changes(tuple(newer), tuple(revised), unchanged)


def _differs(old: Printed, new: Printed) -> bool:
    return (old.value, old.symbol) != (new.value, new.symbol) and old.text != new.text


def _period(printed: Printed) -> str:
    """The period's label, the last part of the figure's name."""
    return printed.name.rpartition(", ")[2]
