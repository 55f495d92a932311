"""The words about local figures: what can be compared, what was hidden, and by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.text import and_list, small_first
from sendgap.views import local_figures as figures
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.local_figures import Cell
from sendgap.views.local_model import LOCAL_KINDS, LocalUnit
from sendgap.views.model import Line, SourceNote, Words
from sendgap.views.periods import day, ends_in, period_label

if TYPE_CHECKING:
    from sendgap.views.local_areas import Setting

PRACTICE = "Made-up data for practice. Not real schools."
#: How a unit is set beside its authority, and what an interval is.
AGAINST_REST = (
    "Better or worse is tested for chance: a unit is set against the rest of the authority, its "
    "own pupils left out; absence and scores by the unit's own 95% interval against the whole "
    "authority, which is a little stricter. The interval says between which figures chance alone "
    "could have put the level."
)
#: What each symbol in a local table means.
SYMBOLS = (
    "u: fewer than eleven pupils, too few to lean on.",
    "c: hidden, because it or another figure could tell about fewer than six children.",
    "x: not shown for units of this size.",
    "z: there was no one to count.",
)


#: Why a figure is hidden; the same whatever it was hidden for.
HIDDEN = "hidden to protect children"
#: Names in one line.
MOST_NAMED = 8


def practice(local: LocalRelease) -> tuple[str, ...]:
    """What is said of invented figures; nothing of real ones."""
    return (PRACTICE,) if local.is_invented else ()


def badge(local: LocalRelease) -> str:
    """What kind of figures these are."""
    return "Practice data" if local.is_invented else "Local figures, not official statistics"


def captioned(local: LocalRelease, caption: str) -> str:
    """A table's caption, which says so where its figures are invented."""
    return f"{caption}, practice data" if local.is_invented else caption


def whose(local: LocalRelease) -> str:
    """The word that the name of a download begins with."""
    return "practice" if local.is_invented else "local"


def why_hidden(cell: Cell | None) -> str:
    """Why a unit shows no figure; never whether its own number is small."""
    if cell is None or cell.symbol == "x":
        return "not shown for units of this size"
    return "nobody to count" if cell.symbol == "z" else HIDDEN


def areas(setting: Setting, units: Sequence[LocalUnit]) -> Words:
    """The words of a comparison of units."""
    return Words(
        context=_context(setting),
        finding=_finding(setting, units),
        badges=_badges(setting),
        sentences=tuple(_sentences(setting, units)),
        caveats=(
            AGAINST_REST,
            "Units stand A to Z unless you ask otherwise: their order says nothing about them.",
            *SYMBOLS,
        ),
        sources=(_source(setting),),
    )


def _context(setting: Setting) -> str:
    many = LOCAL_KINDS[setting.question.kind][1]
    within = _within(setting)
    place = f"{setting.local.about['authority']}{f' · {within}' if within else ''}"
    return f"{place} · {GROUP_LABELS[setting.group]} · {setting.indicator.phrases.short} · {many}"


def _within(setting: Setting) -> str:
    kind, _, unit_id = setting.question.within.partition(":")
    return setting.local.names(kind).get(unit_id, "") if unit_id else ""


def _finding(setting: Setting, units: Sequence[LocalUnit]) -> str:
    one, many = LOCAL_KINDS[setting.question.kind]
    hidden = [unit.hidden for unit in units if unit.hidden]
    shown = len(units) - len(hidden)
    on = f"on {small_first(setting.indicator.phrases.short)}, {GROUP_LABELS[setting.group]}"
    if not units:
        return f"There are no {many} here to compare {on}."
    if not hidden:
        who = f"The one {one}" if len(units) == 1 else f"All {len(units)} {many}"
        return f"{who} can be {'shown' if len(units) == 1 else 'compared'} {on}."
    why = (
        f"{'is' if len(hidden) == 1 else 'are'} {hidden[0]}"
        if set(hidden) == {HIDDEN}
        else f"{'has' if len(hidden) == 1 else 'have'} no figure"
    )
    if not shown and len(units) == 1:
        return f"The one {one} cannot be shown {on}: it {why}."
    if not shown:
        return f"None of the {len(units)} {many} can be compared {on}: all {why}."
    return f"{shown} of {len(units)} {many} can be compared {on}; {len(hidden)} {why}."


def withheld(setting: Setting, units: Sequence[LocalUnit]) -> tuple[str, ...]:
    """Before anything is drawn: which units show no figure, and why."""
    many = LOCAL_KINDS[setting.question.kind][1]
    reasons = dict.fromkeys(unit.hidden for unit in units if unit.hidden)
    lines = [
        _named(reason[0].upper() + reason[1:], [u.name for u in units if u.hidden == reason])
        for reason in reasons
    ]
    if setting.without and units:
        start = f"Not among these {many}, because nobody there is in this outcome"
        lines.append(_named(start, setting.without))
    return tuple(lines)


def _named(start: str, names: Sequence[str]) -> str:
    """A reason and whom it is true of; the table has those who are not named."""
    rest = len(names) - MOST_NAMED
    listed = [*names[:MOST_NAMED], *([f"{rest} more"] if rest > 0 else [])]
    return f"{start}: {and_list(listed)}."


def _badges(setting: Setting) -> tuple[str, ...]:
    pooled = any(
        c.years > 1 for cells in setting.found.values() for c in cells
        if c.sen_group == setting.group and c.symbol != "x"
    )  # fmt: skip
    return (badge(setting.local), *(("Three years together",) if pooled else ()))


def _sentences(setting: Setting, units: Sequence[LocalUnit]) -> list[str]:
    said = [*_levels(setting, units)]
    for word in ("better", "worse", "higher", "lower"):
        names = [unit.name for unit in units if unit.against == word]
        if names:
            said.append(_named(f"{word.capitalize()} than the rest of the authority", names))
    similar = sum(unit.against == "similar" for unit in units)
    tested = similar + sum(u.against in ("better", "worse", "higher", "lower") for u in units)
    if not tested:
        return [*said, "No difference was tested: the figures are too small or cannot be tested."]
    if tested == 1:
        same = ["The one that could be tested is about the same as the rest."]
        return [*said, *(same if similar else [])]
    chance = f", here about {round(tested / 20)}" if tested >= 30 else ""
    return [
        *said,
        f"{similar} of the {tested} that could be tested {'is' if similar == 1 else 'are'} about "
        f"the same as the rest. By chance alone about one in twenty would look different{chance}.",
    ]


def _levels(setting: Setting, units: Sequence[LocalUnit]) -> list[str]:
    """The authority's own figures, then from where to where the shown ones go."""
    own = figures.newest(figures.of_group(setting.authority, setting.group))
    said = []
    if own is not None and own.value is not None:
        beside = figures.same_years(setting.indicator, setting.authority, setting.reference, own)
        other = ""
        if beside is not None and beside.value is not None:
            other = f", {GROUP_LABELS[SenGroup(beside.sen_group)]} " + figures.printed(
                setting.indicator, beside
            )
        said.append(
            f"The whole authority, {period(own.time_period, own.years)}: "
            f"{GROUP_LABELS[setting.group]} {figures.printed(setting.indicator, own)}{other}."
        )
    shown = [(u.lines[0].last, u.level) for u in units if not u.hidden]
    ends = sorted((p.value, level) for p, level in shown if p and p.value is not None)
    if len(ends) > 1:
        many = LOCAL_KINDS[setting.question.kind][1]
        said.append(f"The {len(ends)} {many} shown go from {ends[0][1]} to {ends[-1][1]}.")
    return said


def disclosure(setting: Setting, units: Sequence[LocalUnit]) -> tuple[str, ...]:
    """What was hidden and why, for the box that always stands on the page."""
    hidden = sum(bool(unit.hidden) for unit in units)
    many = LOCAL_KINDS[setting.question.kind][1]
    return disclosure_of(setting.local, hidden, f"{len(units)} {many}")


def disclosure_of(local: LocalRelease, hidden: int, of: str) -> tuple[str, ...]:
    """The rules, how many figures of this page are hidden, and who can see it."""
    about = local.about
    return (
        "A figure is shown only from six pupils on, and only where neither one to five of them "
        "reached it nor one to five missed it.",
        "Further figures are hidden so that no hidden one can be worked out from those shown. "
        "Which of the two a figure was hidden for is not told.",
        f"Not shown here: {hidden} of {of}. In the whole local release "
        f"{int(about['hidden']):,} figures are hidden and {int(about['shown']):,} are shown.",
        "Percentages are shown without decimals below 100 pupils.",
        "Before the release was let out, every number of one to five children was attacked, and "
        "none could be told from nobody and from six.",
        "Who can see this page: the person at the computer that sendgap runs on.",
    )


def period(time_period: str, years: int) -> str:
    """A school year, or the several it stands for: "2022/23 to 2024/25"."""
    last = period_label(time_period, "academic_year")
    if years == 1:
        return last
    first = ends_in(time_period) - years
    return f"{first}/{(first + 1) % 100:02d} to {last}"


def _source(setting: Setting) -> SourceNote:
    found = {(c.time_period, c.years) for cells in setting.found.values() for c in cells}
    return source(setting.local, [period(*each) for each in sorted(found) if each[1] == 1])


def source(local: LocalRelease, periods: Sequence[str]) -> SourceNote:
    """Where local figures are from; invented ones say so."""
    about, invented = local.about, local.is_invented
    return SourceNote(
        publication=PRACTICE.rstrip(".") if invented else f"Local returns ({about['source']})",
        publisher=str(about["authority"]),
        edition=day(str(about["made"])[:10]),
        periods=", ".join(periods) or "no year",
        next_update="when the next return is loaded",
        licence="Invented figures" if invented else "Not published, for use inside the authority",
        url="",
    )


def alt(setting: Setting, units: Sequence[LocalUnit]) -> str:
    """One sentence of at most 150 characters."""
    shown = sum(not unit.hidden for unit in units)
    many = LOCAL_KINDS[setting.question.kind][1]
    text = (
        f"Small charts of {len(units)} {many}, {shown} with figures: "
        f"{setting.indicator.phrases.short}, {GROUP_LABELS[setting.group]}."
    )
    return (
        text if len(text) <= 150 else f"Small charts of {len(units)} {many}, {shown} with figures."
    )


def description(setting: Setting, units: Sequence[LocalUnit], line: Line) -> str:
    """The chart in words: each panel's newest figures."""
    group = GROUP_LABELS[setting.group]
    order = "the largest group first" if setting.question.order == "size" else "A to Z"
    parts = [f"One small chart for each of {len(units)}, on the same axes, {order}."]
    if line.last:
        parts.append(f"The dark line in each is the authority: {line.last.printed} "
                     f"in {line.last.period_label}.")  # fmt: skip
    for unit in units[:60]:
        beside = f", beside {unit.reference}" if unit.reference and not unit.hidden else ""
        parts.append(f"{unit.name}: {unit.hidden or f'{group} {unit.level}{beside}'}.")
    return " ".join([*parts, *practice(setting.local)])


def file_name(setting: Setting) -> str:
    """The name of downloads; invented figures say so."""
    start = whose(setting.local)
    return f"{start}-{setting.question.kind}-{setting.question.indicator_id}-{setting.group.value}"
