"""One school, cluster or DSPL area on every outcome, beside the units it lies in and England."""

from __future__ import annotations

from collections import defaultdict

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.text import and_list, file_name
from sendgap.views import local_figures as figures
from sendgap.views import numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame
from sendgap.views.local_figures import Cell
from sendgap.views.local_model import LOCAL_KINDS, LocalOne
from sendgap.views.local_similar import similar_to
from sendgap.views.local_words import PRACTICE, SYMBOLS, disclosure_of, period, source
from sendgap.views.model import Chart, Definition, Table, Words
from sendgap.views.request import ENGLAND, Request

Found = dict[str, dict[str, list[Cell]]]


def local_one(release: Release, local: LocalRelease, unit: str, group: SenGroup) -> LocalOne:
    """The view of a unit written ``school:117001``; it must be held."""
    kind, _, unit_id = unit.partition(":")
    names = {each: local.names(each) for each in LOCAL_KINDS}
    name = names[kind][unit_id]
    around = _around(local, kind, unit_id)
    frame = local.unit_cells([unit, *around, f"authority:{local.about['authority_id']}"])
    found: Found = defaultdict(lambda: defaultdict(list))
    for indicator_id, rows_ in frame.groupby("indicator_id", sort=False):
        indicator = release.catalogue.indicators[str(indicator_id)]
        for of_kind, cell in zip(rows_["unit_kind"], figures.cells(rows_, indicator), strict=True):
            found[indicator.id][f"{of_kind}:{cell.unit_id}"].append(cell)
    held = [i for i in release.catalogue.indicators.values() if i.id in found]
    heads = [names[outer][key] for outer, _, key in (each.partition(":") for each in around)]
    whole = f"authority:{local.about['authority_id']}"
    rows = [_row(release, i, found[i.id], (unit, *around, whole), group) for i in held]
    table = _table(local, name, [*heads, str(local.about["authority"])], group, rows)
    shown = sum(row[1] not in ("c", "x", "z", "none") for row in rows)
    alike = similar_to(local, kind, unit_id)
    return LocalOne(
        words=_words(local, kind, name, heads, group, rows, shown),
        definition=Definition(
            "Every outcome that is counted locally",
            "Each outcome is defined as in the published figures; its own page says how.",
            "One place's outcomes beside each other show where to look first.",
            "Read each beside the rest of the authority, and with its number of pupils.",
            "A figure of a few pupils moves a lot by chance. A hidden figure says nothing.",
            "",
        ),
        chart=Chart("", "", table, file_name("practice" if local.is_invented else "local", name)),
        table=table,
        is_invented=local.is_invented,
        disclosure=disclosure_of(local, len(rows) - shown, f"{len(rows)} outcomes"),
        similar=alike.units,
        similar_said=alike.said,
        similar_by=alike.by,
        similar_pupils=alike.pupils,
    )  # fmt: skip


def _around(local: LocalRelease, kind: str, unit_id: str) -> list[str]:
    """The clusters and DSPL areas that a school, or most of a cluster, lies in."""
    members = local.members()
    if kind == "school":
        mine = members[members["urn"] == unit_id]
    elif kind == "cluster":
        urns = members[(members["unit_kind"] == kind) & (members["unit_id"] == unit_id)]["urn"]
        mine = members[members["urn"].isin(set(urns)) & (members["unit_kind"] == "dspl")]
    else:
        return []
    pairs = zip(mine["unit_kind"], mine["unit_id"], strict=True)
    return list(dict.fromkeys(f"{outer}:{key}" for outer, key in sorted(pairs)))


def _row(
    release: Release, indicator: Indicator, found: dict[str, list[Cell]],
    units: tuple[str, ...], group: SenGroup,
) -> tuple[str, ...]:  # fmt: skip
    """Outcome, own figure and pupils, the reference, the gap, then each unit around, England."""
    own = figures.newest(figures.of_group(found.get(units[0], []), group))
    reference = indicator.default_reference
    beside, gap_printed = "–", "–"
    if reference is not None and own is not None:
        other = figures.same_years(found.get(units[0], []), reference.group, own)
        beside = figures.printed(indicator, other)
        gap_printed = figures.gap(indicator, own, other)
    around = [
        figures.printed(indicator, figures.same_years(found.get(unit, []), group, own))
        for unit in units[1:]
    ]
    pupils = "c" if own is None or own.pupils is None else numbers.number(own.pupils, 0)
    return (
        indicator.phrases.short, figures.printed(indicator, own), pupils,
        period(own.time_period, own.years) if own else "–", beside, gap_printed, *around,
        _england(release, indicator, group), figures.against_rest(indicator, own),
        figures.flag(own) or "–",
    )  # fmt: skip


def _england(release: Release, indicator: Indicator, group: SenGroup) -> str:
    """England's newest published figure with its year, as every page prints it."""
    frame = Frame.of(
        release, Request(ENGLAND, indicator.id, group, breakdown=indicator.default_breakdown)
    )
    for row in reversed(frame.levels([ENGLAND], [group])):
        if row.value is not None:
            printed = numbers.level(row.value, indicator.unit, row.decimals)
            return f"{printed} ({frame.label(row.time_period)})"
    return "none"


def _table(
    local: LocalRelease, name: str, around: list[str], group: SenGroup, rows: list[tuple[str, ...]]
) -> Table:
    label = GROUP_LABELS[group]
    heads = ("Outcome", f"{name}, {label}", "Pupils", "Years", "Set against", "Gap", *around,
             "England, newest published", "Against the rest of the authority",
             "Read with care")  # fmt: skip
    suffix = ", practice data" if local.is_invented else ""
    return Table(
        f"{name}, {label}: every outcome{suffix}", heads, tuple(rows), key_columns=(0, 1, 5)
    )


def _words(
    local: LocalRelease, kind: str, name: str, around: list[str], group: SenGroup,
    rows: list[tuple[str, ...]], shown: int,
) -> Words:  # fmt: skip
    label, place = GROUP_LABELS[group], and_list([*around, str(local.about["authority"])])
    tested = {
        word: [r[0] for r in rows if r[-2] == word] for word in ("better", "worse", "similar")
    }
    sentences = [
        f"{text} the rest of the authority: {and_list(tested[word])}."
        for word, text in (("better", "Better than"), ("worse", "Worse than"),
                           ("similar", "About the same as"))
        if tested[word]
    ]  # fmt: skip
    return Words(
        context=f"{local.about['authority']} · {LOCAL_KINDS[kind][0]} · {label}",
        finding=(
            f"{name}, {label}: {shown} of {len(rows)} outcomes can be shown, beside {place}."
            if shown
            else f"{name}, {label}: no figure can be shown without a risk to a child."
        ),
        badges=(("Practice data",) if local.is_invented else ("Local figures",)),
        sentences=tuple(sentences or ["No difference from the rest of the authority was tested."]),
        caveats=(
            *([PRACTICE] if local.is_invented else []),
            "England's figures are published ones of their own year and coverage.",
            *SYMBOLS,
        ),
        sources=(source(local, sorted({r[3] for r in rows if r[3] != "–"})),),
    )
