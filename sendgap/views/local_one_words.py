"""The words and the table about one school, cluster or DSPL area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.text import and_list, small_first
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.local_model import LOCAL_KINDS, LocalMark, OneOutcome
from sendgap.views.local_words import AGAINST_REST, SYMBOLS, captioned, practice, source
from sendgap.views.model import Table, Words

#: Why a unit has no figure of a group at all.
NEEDS_YEARS = "Shown for three school years together, and fewer are loaded"
NOBODY = "No pupils here to count"
NOT_COUNTED = "Not counted for {}"
#: Words for a level beside the rest of the authority, as a heading counts them.
_COUNTED = (("better", "better than the rest on {}"), ("worse", "worse on {}"),
            ("similar", "about the same on {}"))  # fmt: skip


def group_label(group: SenGroup | None) -> str:
    """A group's name; nothing where there is none."""
    return GROUP_LABELS[group] if group else ""


def words(
    local: LocalRelease, kind: str, name: str, group: SenGroup, outcomes: Sequence[OneOutcome]
) -> Words:
    """The words of one unit: how many outcomes are shown, and where it differs."""
    label = GROUP_LABELS[group]
    years = [o.own.period_label for o in outcomes if not o.hidden]
    return Words(
        context=f"{local.about['authority']} · {LOCAL_KINDS[kind][0]} · {label}",
        finding=f"{name}, {label}: {_finding(outcomes)}.",
        badges=(("Practice data",) if local.is_invented else ("Local figures",)),
        sentences=tuple(_sentences(outcomes)),
        caveats=(
            *practice(local),
            AGAINST_REST,
            "England's figures are published ones of their own year and coverage; where England "
            "has none, the median of authorities stands in its place.",
            *SYMBOLS,
        ),
        sources=(source(local, sorted(set(years))),),
    )


def _finding(outcomes: Sequence[OneOutcome]) -> str:
    shown = sum(not o.hidden for o in outcomes)
    if not shown:
        return "no figure can be shown without a risk to a child"
    counts = {word: sum(o.against == word for o in outcomes) for word, _ in _COUNTED}
    of = f"{shown} of {len(outcomes)} outcomes can be shown"
    if not sum(counts.values()):
        return f"{of}, and none can be tested against the rest of the authority"
    said = [phrase.format(counts[word]) for word, phrase in _COUNTED if counts[word]]
    if not counts["better"]:
        said[0] = said[0].replace(" on ", " than the rest on ").replace("same than", "same as")
    return f"{of}; {and_list(said)}"


def _sentences(outcomes: Sequence[OneOutcome]) -> list[str]:
    said = [
        f"{word.capitalize()} than the rest of the authority: "
        f"{'; '.join(_with_figures(o) for o in outcomes if o.against == word)}."
        for word in ("better", "worse")
        if any(o.against == word for o in outcomes)
    ]
    for word, start in (("similar", "About the same as the rest"), ("", "Shown and not tested")):
        picked = [
            o for o in outcomes
            if (o.against == word if word else not o.hidden and o.against.startswith("not tested"))
        ]  # fmt: skip
        if picked:
            said.append(f"{start}: {'; '.join(_with_figures(o) for o in picked)}.")
    return said


def _with_figures(outcome: OneOutcome) -> str:
    """ "overall absence 8.4%, authority 9.9%" """
    whole = next(m for m in outcome.marks if m.role == "authority")
    beside = f", authority {whole.printed}" if whole.value is not None else ""
    return f"{small_first(outcome.name)} {outcome.own.printed}{beside}"


def withheld(
    outcomes: Sequence[OneOutcome], without: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Before anything is drawn: which outcomes show no figure, and why."""
    reasons: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.hidden:
            start = outcome.hidden[0].upper() + outcome.hidden[1:]
            reasons.setdefault(start, []).append(outcome.name)
    for why, names in without.items():
        reasons.setdefault(why, []).extend(names)
    return tuple(
        f"{why}: {and_list([*map(small_first, names)])}." for why, names in reasons.items()
    )


def table(
    local: LocalRelease, name: str, group: SenGroup, around: Sequence[str],
    outcomes: Sequence[OneOutcome], similar: str,
) -> Table:  # fmt: skip
    """Every outcome with what stands beside it; ``similar`` is what similar places are called."""
    label = GROUP_LABELS[group]
    heads = ("Outcome", f"{name}, {label}", "95% interval", "Pupils", "Years", "Set against",
             "Gap", *around, similar, "England, newest published",
             "Against the rest of the authority", "Read with care")  # fmt: skip
    rows = tuple(_row(outcome) for outcome in outcomes)
    caption = captioned(local, f"{name}, {label}: every outcome")
    return Table(caption, heads, rows, key_columns=(0, 1, 6))


def _row(outcome: OneOutcome) -> tuple[str, ...]:
    beside = f"{outcome.reference_label} {outcome.reference}".strip()
    around = [m.printed for m in outcome.marks if m.role != "england"]
    nation = next((m for m in outcome.marks if m.role == "england"), None)
    return (
        outcome.name, outcome.own.printed, outcome.interval, outcome.pupils,
        outcome.own.period_label, beside, outcome.gap, *around, outcome.similar_printed,
        with_year(nation), outcome.against, outcome.hidden or outcome.flag or "–",
    )  # fmt: skip


def with_year(mark: LocalMark | None) -> str:
    """A published figure with its year, "29% (2024/25)"."""
    if mark is None or mark.value is None:
        return "none"
    return f"{mark.printed} ({mark.period_label})"


def alt(name: str, group: SenGroup, outcomes: Sequence[OneOutcome]) -> str:
    """One sentence of at most 150 characters."""
    shown = sum(not o.hidden for o in outcomes)
    what = f"{shown} of {len(outcomes)} outcomes beside the authority and England."
    text = f"{name}, {GROUP_LABELS[group]}: {what}"
    return text if len(text) <= 150 else f"One place: {what}"


def years_alt(name: str, group: SenGroup, outcomes: Sequence[OneOutcome]) -> str:
    """The same of the small charts over the years."""
    drawn = sum(o.has_years for o in outcomes)
    text = f"Small charts over the years: {name}, {GROUP_LABELS[group]}, {drawn} outcomes."
    return text if len(text) <= 150 else f"Small charts over the years of {drawn} outcomes."


def description(name: str, outcomes: Sequence[OneOutcome]) -> str:
    """The chart in words, a sentence for each outcome."""
    said = [
        f"One row for each outcome of {name}, each on a scale of its own: the figure with its 95% "
        "interval, and marks for the places it lies in and for England."
    ]
    for o in outcomes:
        beside = [f"{m.label} {m.printed}" for m in o.marks if m.role != "england"]
        nation = [f"England's newest {with_year(m)}" for m in o.marks if m.role == "england"]
        similar = [f"similar ones {o.similar_printed}"] if o.similar else []
        own = o.hidden or o.own.printed + (f" ({o.interval})" if o.interval != "–" else "")
        said.append(f"{o.name}, {o.own.period_label}: {own}; "
                    f"{', '.join([*beside, *similar, *nation])}.")  # fmt: skip
    return " ".join(said)
