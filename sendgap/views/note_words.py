"""What the data say about one figure of a document: a few sentences that stay inside it."""

from __future__ import annotations

from collections.abc import Iterable

from sendgap.terms import Polarity, ValueType
from sendgap.views import numbers, standing
from sendgap.views.chance_words import NATION, NEIGHBOURS
from sendgap.views.note_figures import Told
from sendgap.views.note_tables import change_words, mean
from sendgap.views.wording import WITH_GROUP, Voice

#: Under this many nothing is called better or worse.
FEW = 30
_BASIS = {
    "interval": "tested for chance",
    "approximate": "an approximate test, from an earlier year's number of pupils",
    "persistent": "by the figures of three years; not tested for chance",
}


def said(told: Told, *, judged: bool = True) -> str:
    """The sentences about a figure in one paragraph; why there is none where it has none.

    Without ``judged`` nothing is called better or worse: the area has too few pupils.
    """
    if told.value is None:
        return absent(told)
    return " ".join(_sentences(told, judged=judged))


def absent(told: Told) -> str:
    """The state of a figure that is not there."""
    area, when = told.frame.area.in_text, told.label(told.period)
    if not told.rows and not told.england:
        return f"{told.name} is not published for {area}."
    row = told.row
    reason = numbers.symbol_reason(row.symbol if row else None)
    text = f"{told.name}: no figure for {area} in {when}: {reason}."
    filled = [p for p, r in told.rows.items() if r.value is not None]
    return f"{text} The newest is of {told.label(max(filled))}." if filled else text


def _sentences(told: Told, *, judged: bool) -> Iterable[str]:
    voice = Voice(told.frame.indicator, told.frame.group, told.frame.reference, told.frame.cut)
    row, period = told.row, told.period or ""
    assert row is not None and row.value is not None
    unit = told.frame.indicator.unit
    gap = told.gaps.get(period)
    other = told.reference.get(period) if gap is not None else None
    printed = None
    if other and other.value is not None:
        printed = numbers.level(other.value, unit, other.decimals)
    own = numbers.level(row.value, unit, row.decimals)
    area, when = told.frame.area.in_text, told.label(period)
    if told.frame.indicator.value_type in (ValueType.COUNT, ValueType.AMOUNT):
        yield voice.finding(area, when, own, None, None, row.decimals)
    else:
        yield voice.level(area, when, own, printed)
    if row.denominator is not None and 10 <= row.denominator < FEW:
        yield voice.small(row.denominator)
    if gap is not None:
        yield _gap(voice, gap, row.decimals)
    yield from _beside(told, voice)
    enough = judged and (row.denominator is None or row.denominator >= FEW)
    if enough:
        yield from _standing(told)
    if enough or told.is_count:
        yield from _since(told)
    if told.frame.indicator.polarity is Polarity.NONE and not told.is_count:
        yield voice.no_direction()


def _gap(voice: Voice, gap: float, decimals: int) -> str:
    if no_gap := voice.no_clear_gap(gap, decimals):
        return no_gap
    people = voice.indicator.phrases.people
    if gap < 0:
        ahead = numbers.gap(-gap, voice.unit, decimals)
        return f"Here {people} {WITH_GROUP[voice.group]} do better, by {ahead}."
    return f"The gap is {numbers.gap(gap, voice.unit, decimals)}."


def _beside(told: Told, voice: Voice) -> Iterable[str]:
    """The figures of statistical neighbours, region and England, without a verdict."""
    if told.is_count:
        return
    period, unit = told.period or "", told.frame.indicator.unit
    parts: list[str] = []
    similar = mean(told, period, told.decimals)
    if similar.number is not None:
        parts.append(f"statistical neighbours {similar.text}")
    for name, rows in (
        (told.frame.region.name if told.frame.region else "", told.region),
        (told.frame.england, told.england),
    ):
        row = rows.get(period)
        if name and row and row.value is not None:
            parts.append(f"{name} {numbers.level(row.value, unit, row.decimals)}")
    if parts:
        yield f"For comparison: {', '.join(parts)}."


def _standing(told: Told) -> Iterable[str]:
    """On which side the level stands, with what the word rests on."""
    found = told.beside.get(told.period or "")
    if found is None or told.is_count:
        return
    sides = []
    for whom, word in ((NEIGHBOURS, found.position_neighbours), (NATION, found.position_england)):
        side = standing.Standing(whom, "", word or "", found.position_basis)
        if word and word != standing.NOT_TESTED:
            sides.append(f"{side.cell} from {whom}" if word == "similar" else f"{word} than {whom}")
    if sides:
        basis = _BASIS.get(found.position_basis or "", "")
        yield f"By level: {'; '.join(sides)}{f' ({basis})' if basis else ''}."


def _since(told: Told) -> Iterable[str]:
    """What the level did since the earliest comparable year, and since the year before."""
    period = told.period or ""
    base = told.frame.indicator.baseline
    earlier = [p for p in sorted(told.rows) if p < period and told.comparable(p, period)]
    if not earlier:
        return
    start = base if base in earlier else earlier[0]
    for first in dict.fromkeys((start, earlier[-1])):
        before, now = told.rows[first], told.rows[period]
        assert before.value is not None and now.value is not None
        unit = told.frame.indicator.unit
        then = numbers.level(before.value, unit, before.decimals)
        latest = numbers.level(now.value, unit, now.decimals)
        verb = change_words(told, before, now)
        verb = "has changed little" if verb == "changed little" else verb
        yield f"Since {told.label(first)} it {verb} ({then} to {latest})."
