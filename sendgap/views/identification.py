"""Has the group itself changed? The share of pupils identified, then and now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sendgap.terms import SenGroup
from sendgap.views import numbers
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.model import SourceNote
from sendgap.views.periods import ends_in

#: Shares that moved by less than this many points are called about the same.
MOVED = 0.5
NAMES = {SenGroup.EHC_PLAN: "EHC plans", SenGroup.SEN_SUPPORT: "SEN support"}


@dataclass(frozen=True, slots=True)
class Guard:
    """What is known of one group's size: a sentence, a table row and where it is from."""

    sentence: str
    row: tuple[str, str, str, str]
    sources: tuple[SourceNote, ...] = ()


def guards(frame: Frame, since: str, until: str) -> list[Guard]:
    """One for each SEN group that the asked one is made of."""
    groups = list(NAMES) if frame.group is SenGroup.ANY_SEN else [frame.group]
    named = frame.release.catalogue.identification
    return [_guard(frame, group, named[group.value], since, until)
            for group in groups if group.value in named]  # fmt: skip


def _guard(frame: Frame, group: SenGroup, indicator_id: str, since: str, until: str) -> Guard:
    asked = replace(
        frame.request, indicator_id=indicator_id, sen_group=group, breakdown="total",
        time_identifier=None, period="latest",
    )  # fmt: skip
    own = Frame.of(frame.release, asked)
    rows = {ends_in(r.time_period): r for r in own.levels([frame.area.area_code], [group])}
    first, last = rows.get(ends_in(since)), rows.get(ends_in(until))
    name = NAMES[group]
    head = f"{name}, share of all {own.indicator.phrases.people}"
    if first is None or last is None or first.value is None or last.value is None:
        said = (
            f"The share of {own.indicator.phrases.people} with {name} is not held for both years, "
            "so it is not known whether the group itself changed."
        )
        return Guard(said, (head, _printed(own, first), _printed(own, last), "not known"))
    if (first.basis, first.line) != (last.basis, last.line):
        said = f"The share with {name} was counted differently in the two years: not compared."
        return Guard(said, (head, _printed(own, first), _printed(own, last), "not compared"))
    moved = round(last.value - first.value, max(first.decimals, last.decimals))
    change = numbers.gap(moved, "percent", max(first.decimals, last.decimals))
    signed = f"+{change}" if moved > 0 else change
    used = [(row.source_id, row.time_period) for row in (first, last)]
    return Guard(
        _sentence(own, name, first, last, moved),
        (head, _printed(own, first), _printed(own, last), signed),
        own.sources(used),
    )


def _sentence(own: Frame, name: str, first: LevelRow, last: LevelRow, moved: float) -> str:
    people = own.indicator.phrases.people
    then, now = _printed(own, first), _printed(own, last)
    basis = (
        f"(basis: all {people} {own.indicator.phrases.at}, {own.label(first.time_period)} and "
        f"{own.label(last.time_period)})"
    )
    if abs(moved) < MOVED - 1e-9:
        return f"{name} were about the same share of {people}: {then}, then {now} {basis}."
    word = "rose" if moved > 0 else "fell"
    return (
        f"{name} {word} from {then} to {now} of {people} {basis}, so the children counted are "
        "not a like-for-like group."
    )


def _printed(own: Frame, row: LevelRow | None) -> str:
    if row is None or row.value is None:
        return numbers.symbol_word(row.symbol if row else None)
    return numbers.level(row.value, own.indicator.unit, row.decimals)
