"""The words about one outcome of a school, cluster or DSPL area: level first, gap beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sendgap.text import and_list, small_first
from sendgap.views import local_figures as figures
from sendgap.views import numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.local_areas import GROUPS as LOCAL_GROUPS
from sendgap.views.local_figures import Cell
from sendgap.views.local_outcome import England, Reading, when
from sendgap.views.local_words import AGAINST_REST, SYMBOLS, badge, practice, source, why_hidden
from sendgap.views.model import NoAnswer, SourceNote, Words
from sendgap.views.wording import moved_text

ENGLAND_IS = (
    "England's figures are published ones, of their own year and coverage; the others are counted "
    "from local returns."
)


def words(reading: Reading, england: England, letters: Sequence[str]) -> Words:
    """The words of one outcome; ``letters`` are the symbols that stand in its table."""
    own = reading.newest()
    return Words(
        context=reading.context(),
        finding=finding(reading, own),
        badges=badges(reading, own),
        sentences=tuple(sentences(reading, england)),
        caveats=(
            *practice(reading.local),
            AGAINST_REST,
            *([ENGLAND_IS] if england.levels else []),
            *[line for line in SYMBOLS if line.partition(":")[0] in letters],
        ),
        sources=sources(reading, england),
    )


def finding(reading: Reading, own: Cell | None) -> str:
    """The headline: both levels and the gap of the newest years, or why there is none."""
    if own is None or own.value is None:
        return absent(reading, own)
    beside = reading.same(reading.unit, own, reference=True)
    both = beside is not None and beside.value is not None and own.gap is not None
    other = reading.level(beside) if both and beside else None
    places = _places(reading, own, beside)
    return reading.voice.finding(
        reading.name, when(own), reading.level(own), other, own.gap if both else None, places
    )


def _places(reading: Reading, own: Cell, beside: Cell | None) -> int:
    pupils = [own.pupils, beside.pupils if beside else None]
    return max(figures.decimals(reading.indicator, each) for each in pupils)


def absent(reading: Reading, own: Cell | None) -> str:
    """The headline where the newest figure is not shown; never whether its number is small."""
    years = f" in {when(own)}" if own else ""
    about = f"{reading.indicator.phrases.short}, {reading.label}"
    shown = shown_last(reading)
    newest = f" The newest shown is of {when(shown)}." if shown else ""
    return f"{about}: no figure for {reading.name}{years} ({why_hidden(own)}).{newest}"


def shown_last(reading: Reading) -> Cell | None:
    """The newest figure that is shown."""
    return figures.newest(c for c in reading.own() if c.value is not None)


def badges(reading: Reading, own: Cell | None) -> tuple[str, ...]:
    """What kind of figure this is, and of how many."""
    kind = badge(reading.local)
    if own is None or own.value is None:
        return (kind,)
    pupils = f"Pupils: {own.pupils:,.0f}" if own.pupils is not None else ""
    return tuple(filter(None, (kind, pupils, _capital(figures.flag(own)))))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentences(reading: Reading, england: England) -> Iterator[str]:
    """The newest level shown with its gap, beside the rest of the authority, the places around
    and England."""
    own = shown_last(reading)
    if own is None:
        return
    yield _level(reading, own)
    yield _against(figures.against_rest(reading.indicator, own))
    beside = [_beside(reading, key, own) for key in list(reading.names)[1:]]
    if any(beside):
        yield f"In the same years: {'; '.join(filter(None, beside))}."
    yield from _england(reading, own, england)
    yield from _moved(reading)


def _against(word: str) -> str:
    """How the level is beside the rest of the authority, and what that rests on."""
    if word == "similar":
        return (
            "The level is about the same as in the rest of the authority: chance could do as much."
        )
    if word.startswith("not tested"):
        return f"Against the rest of the authority it is {word}."
    return f"The level is {word} than in the rest of the authority, by more than chance would do."


def _england(reading: Reading, own: Cell, england: England) -> Iterator[str]:
    """England's published level of the year, or its newest, with the gap."""
    level, gap = england.newest(own.time_period)
    if level is None or level.value is None:
        return
    unit = reading.indicator.unit
    printed = numbers.level(level.value, unit, level.decimals)
    wide = ""
    if gap is not None and gap.gap is not None:
        wide = f", gap {numbers.gap(gap.gap, unit, gap.decimals)}"
    yield f"{england.frame.england}, {england.frame.label(level.time_period)}: {printed}{wide}."


def _level(reading: Reading, own: Cell) -> str:
    beside = reading.same(reading.unit, own, reference=True)
    other = reading.level(beside) if beside and beside.value is not None else None
    return reading.voice.level(reading.name, when(own), reading.level(own), other)


def _beside(reading: Reading, key: str, own: Cell) -> str:
    """A place around with its level and gap; nothing where its level is not shown."""
    cell = reading.same(key, own)
    if cell is None or cell.value is None:
        return ""
    wide = figures.gap(reading.indicator, cell, reading.same(key, own, reference=True))
    said = f"{reading.names[key]} {reading.level(cell)}"
    return f"{said}, gap {wide}" if wide != "–" else said


def _moved(reading: Reading) -> Iterator[str]:
    """From the first to the last of the years shown one by one: arithmetic, not tested."""
    shown = [c for c in reading.own() if c.years == 1 and c.value is not None]
    if len(shown) < 2:
        return
    first, *_, last = sorted(shown, key=lambda c: c.time_period)
    places = max(figures.decimals(reading.indicator, c.pupils) for c in (first, last))
    change = round(last.value or 0.0, places) - round(first.value or 0.0, places)
    did = moved_text(change, reading.indicator.unit, places)
    yield (
        f"From {when(first)} to {when(last)} the level {did}; whether that is more than chance "
        "is not tested."
    )


def sources(reading: Reading, england: England) -> tuple[SourceNote, ...]:
    """The local returns, and the publication of England's figures."""
    return (source(reading.local, _years(reading)), *england.frame.sources(england.used()))


def _years(reading: Reading) -> list[str]:
    """The school years of the unit's figures, in order."""
    found = sorted(reading.own(), key=lambda c: (c.time_period, c.years))
    return list(dict.fromkeys(when(cell) for cell in found))


def nothing(reading: Reading) -> NoAnswer:
    """The state where the unit shows no figure of the outcome and group in any year."""
    offers: list[tuple[str, dict[str, str]]] = []
    own = reading.newest()
    if own is not None and own.symbol != "x":
        around = and_list(list(reading.names.values())[1:])
        offers.append((f"Areas side by side: {around}", {"view": "side-by-side"}))
    for group in LOCAL_GROUPS:
        found = figures.of_group(reading.cells[reading.unit], group)
        if any(cell.value is not None for cell in found):
            short = small_first(reading.indicator.phrases.short)
            offers.append((f"{GROUP_LABELS[group]}: {short} is shown", {"grp": str(group)}))
    said = Words(
        context=reading.context(),
        finding="",
        badges=(),
        sentences=(),
        caveats=practice(reading.local),
        sources=(source(reading.local, _years(reading)),),
    )
    return NoAnswer(said, absent(reading, own), None, tuple(offers))
