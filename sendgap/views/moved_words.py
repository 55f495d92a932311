"""The text and the table about the change of a gap between two periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sendgap.statistics.comparison import Movement
from sendgap.terms import SenGroup
from sendgap.views import numbers
from sendgap.views.cells import gap_cell
from sendgap.views.change import FEWEST, Change
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, GapRow, LevelRow
from sendgap.views.identification import Guard
from sendgap.views.intervals import printed
from sendgap.views.model import Chart, Table, Words
from sendgap.views.moved_model import Step
from sendgap.views.notes import caveats
from sendgap.views.story import context
from sendgap.views.wording import NO_COUNTS, Voice, moved_text, rounding_floor

OVERLAP = "Pupils with SEN are among all pupils, so chance in this change is not judged here."
SAME_PUPILS = (
    "Many of the same pupils are counted in both years, so the interval of the change is wider "
    "than it need be."
)
NOT_THE_CENSUS = (
    "The shares with EHC plans and on SEN support are of all pupils at school, not only of the "
    "pupils this outcome counts."
)


def words(found: Change, guarded: Sequence[Guard]) -> Words:
    """Finding, sentences, caveats and sources."""
    frame = found.frame
    rows: list[GapRow | LevelRow] = [found.before, found.now]
    alone = replace(frame, request=replace(frame.request, compare=()))
    notes = caveats(alone, rows, [], {}, {})
    extra = [NOT_THE_CENSUS] if guarded else []
    if found.parts() is not None:
        extra.append(
            "The steps are worked out from numbers of pupils and rounded one by one, so they carry "
            "more decimals than the published figures."
        )
    if found.interval() is not None and frame.indicator.stage == "all_ages":
        extra.append(SAME_PUPILS)
    sources = frame.sources((row.source_id, row.time_period) for row in rows)
    more = [note for guard in guarded for note in guard.sources if note not in sources]
    return Words(
        context=context(frame, found.now.time_period) + f" since {_then(found)}",
        finding=finding(found),
        badges=_badges(found),
        sentences=tuple(_sentences(found)),
        caveats=(*extra, *notes),
        sources=(*sources, *dict.fromkeys(more)),
    )


def _then(found: Change) -> str:
    return found.frame.label(found.before.time_period)


def _voice(frame: Frame) -> Voice:
    return Voice(frame.indicator, frame.group, frame.reference, frame.cut)


def finding(found: Change) -> str:
    """What the gap did, and both sides then and now."""
    frame = found.frame
    sides = _voice(frame).moved(*_sides(found))
    start = f"{frame.short} in {frame.area.in_text}"
    if _is_few(found):
        return f"{start}: too few pupils to say what the gap did since {_then(found)}; {sides}."
    did = "has changed little"
    if abs(found.amount) > rounding_floor(found.decimals):
        word = "narrowed" if found.amount < 0 else "widened"
        by = numbers.gap_words(abs(found.amount), frame.indicator.unit, found.decimals)
        did = f"has {word} by {by}"
    return f"{start}: since {_then(found)} the gap {did}; {sides}."


def _is_few(found: Change) -> bool:
    return found.fewest is not None and found.fewest < FEWEST


def _sides(found: Change) -> tuple[tuple[str, str], tuple[str, str]]:
    return _side(found, "sen_value"), _side(found, "reference_value")


def _side(found: Change, side: str) -> tuple[str, str]:
    unit = found.frame.indicator.unit
    then, now = (
        numbers.level(getattr(row, side), unit, row.decimals) for row in (found.before, found.now)
    )
    return then, now


def _badges(found: Change) -> tuple[str, ...]:
    badges = []
    if found.split().narrowed_because_others_fell and not _is_few(found):
        badges.append("Narrowed: the others fell")
    if found.fewest is not None:
        badges.append(f"At least {found.fewest:,.0f} {found.frame.indicator.phrases.people}")
    else:
        badges.append("No pupil numbers")
    if found.decimals == 0:
        badges.append("Whole-number source")
    if found.verdict() is Movement.NOT_TESTED:
        badges.append("Not tested")
    if "provisional" in (found.before.status, found.now.status):
        badges.append("Provisional")
    return tuple(badges[:4])


def _sentences(found: Change) -> Iterable[str]:
    voice, split = _voice(found.frame), found.split()
    if _is_few(found):
        yield voice.small(found.fewest or 1.0)
        return
    if abs(found.amount) > rounding_floor(found.decimals):
        parts = (_moved_by(found, "sen_value"), _moved_by(found, "reference_value"))
        yield voice.what_moved(found.amount, *parts)
        if split.narrowed_because_others_fell:
            yield voice.others_fell()
    yield from _kitagawa(found)
    yield from _chance(found)
    yield from _others(found)


def _moved_by(found: Change, side: str) -> str:
    """ "rose 2 pp", "fell 3 pp", "did not move"."""
    before, now = getattr(found.before, side), getattr(found.now, side)
    return moved_text(now - before, found.frame.indicator.unit, found.decimals)


def side_moved(found: Change, group: SenGroup) -> str:
    """What one group's level did, "8% to 10%", for the label of its step."""
    unit = found.frame.indicator.unit
    reference = found.frame.reference
    if group is found.frame.group:
        return " to ".join(_side(found, "sen_value"))
    if reference and group is reference.group:
        return " to ".join(_side(found, "reference_value"))
    rows = (found.earlier.get(group), found.later.get(group))
    return " to ".join(
        numbers.level(row.value, unit, row.decimals)
        for row in rows
        if row and row.value is not None
    )


def _kitagawa(found: Change) -> Iterable[str]:
    parts = found.parts()
    if parts is None or found.frame.reference is None:
        return
    unit, places = found.frame.indicator.unit, numbers.mean_decimals(found.decimals)
    named = {
        "EHC plan": parts.ehc_plan,
        "SEN support": parts.sen_support,
        "the mix of EHC plan and SEN support": parts.mix,
        _voice(found.frame).others: parts.reference,
    }
    said = ", ".join(f"{n} {_signed(v.item(), unit, places)}" for n, v in named.items())
    total = _signed(parts.change.item(), unit, places)
    yield f"From the numbers of pupils the gap changed by {total}: {said}."


def _signed(value: float, unit: str, places: int) -> str:
    text = numbers.gap(value, unit, places)
    return f"+{text}" if round(value, places) > 0 else text


def _chance(found: Change) -> Iterable[str]:
    """Whether chance alone could have made the change, where that can be judged."""
    frame = found.frame
    people = frame.indicator.phrases.people
    interval, verdict = found.interval(), found.verdict()
    if interval is not None and verdict is not Movement.NOT_TESTED:
        limits = (interval.lower.item(), interval.upper.item())
        between = printed(limits, frame.indicator.unit, found.decimals, is_gap=True)
        between = between.replace(" to ", " and ")
        yield f"By the numbers of pupils the change lies between {between}."
        if verdict is Movement.NO_CLEAR_CHANGE:
            yield f"With {found.fewest:,.0f} {people}, a change of this size could be chance."
        else:
            yield "The change is larger than chance alone would usually produce."
    elif found.fewest is None and frame.indicator.unit != "count":
        yield NO_COUNTS
    elif frame.reference and frame.reference.group is SenGroup.ALL_PUPILS:
        yield OVERLAP


def _others(found: Change) -> Iterable[str]:
    """What the neighbours' average did over the same years."""
    frame = found.frame
    if "neighbours" not in frame.request.compare:
        return
    places = frame.places()
    then, now = (places.get(("gap", r.time_period)) for r in (found.before, found.now))
    if not then or not now or then.neighbour_mean is None or now.neighbour_mean is None:
        return
    if then.neighbour_count != now.neighbour_count:
        return
    yield _voice(frame).beside_others(
        frame.area.in_text, found.amount, now.neighbour_mean - then.neighbour_mean,
        found.decimals,
    )  # fmt: skip


def chart(found: Change, guarded: Sequence[Guard], steps: Sequence[Step]) -> Chart:
    """The chart's name, its words and the table of both years."""
    frame = found.frame
    span = f"{_then(found)} to {frame.label(found.now.time_period)}"
    said = "; ".join(f"{step.label} {step.printed}" for step in steps) or "too small to split"
    alt = f"What moved the gap, {frame.area.short_name}, {span}: {said}."
    each = "; ".join(f"{s.label}: {s.printed}, {s.word}" for s in steps)
    return Chart(
        alt=alt if len(alt) <= 150 else alt[:149].rsplit(" ", 1)[0] + "…",
        description=f"{frame.indicator.label}, {frame.area.name}, {span}. {finding(found)} {each}",
        table=_table(found, guarded, steps),
        file_name=frame.file_name("what moved", found.before.time_period, found.now.time_period),
    )


def _table(found: Change, guarded: Sequence[Guard], steps: Sequence[Step]) -> Table:
    """Both sides, the gap, its parts and the groups' size: then, now, change."""
    frame, reference = found.frame, found.frame.reference
    assert reference is not None
    unit = frame.indicator.unit
    rows = []
    sides = {
        "sen_value": GROUP_LABELS[frame.group],
        "reference_value": GROUP_LABELS[reference.group],
        "gap": "Gap",
    }
    for side, label in sides.items():
        cells = [gap_cell(frame, row, side) for row in (found.before, found.now)]
        moved = getattr(found.now, side) - getattr(found.before, side)
        rows.append((label, *cells, _signed(moved, unit, found.decimals)))
    if interval := found.interval():
        limits = (interval.lower.item(), interval.upper.item())
        cell = printed(limits, unit, found.decimals, is_gap=True)
        rows.append(("Change by the numbers of pupils lies between", "", "", cell))
    rows += _count_rows(found, (frame.group, reference.group))
    rows += [(f"Part of the change: {s.label}", "", "", f"{s.printed} ({s.word})")
             for s in steps if s.role != "total"]  # fmt: skip
    rows += [guard.row for guard in guarded]
    cells_ = tuple(tuple(cell or "not by year" for cell in row) for row in rows)
    heads = ("What", _then(found), frame.label(found.now.time_period), "Change")
    caption = f"{frame.indicator.label}, {frame.area.name}, {GROUP_LABELS[frame.group]}"
    return Table(caption, heads, cells_, (0, 3))


def _count_rows(found: Change, groups: Sequence[SenGroup]) -> Iterable[tuple[str, str, str, str]]:
    """How many pupils of each group were counted in both years, where that is known."""
    for group in groups:
        rows = (found.earlier.get(group), found.later.get(group))
        counts = [row.denominator for row in rows if row and row.denominator is not None]
        if len(counts) == 2:
            label = f"{GROUP_LABELS[group]}, number of {found.frame.indicator.phrases.people}"
            more = f"{counts[1] - counts[0]:+,.0f}".replace("-", numbers.MINUS)
            yield label, f"{counts[0]:,.0f}", f"{counts[1]:,.0f}", more
