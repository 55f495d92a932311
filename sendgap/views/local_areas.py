"""Schools, clusters or DSPL areas beside each other on one outcome, from published cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.views import local_figures as figures
from sendgap.views import local_words, numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import definition_of
from sendgap.views.local_figures import Cell
from sendgap.views.local_lines import axis, line, ticks
from sendgap.views.local_model import (
    LOCAL_GROUPS,
    LOCAL_KINDS,
    LocalAreas,
    LocalQuestion,
    LocalUnit,
)
from sendgap.views.model import Chart, Table

GROUPS = LOCAL_GROUPS


@dataclass(frozen=True, slots=True)
class Setting:
    """A question with what it needs: the outcome, the groups and every unit's cells.

    ``without`` names the units of the kind that have nobody in this outcome.
    """

    release: Release
    local: LocalRelease
    question: LocalQuestion
    indicator: Indicator
    reference: SenGroup | None
    found: dict[str, list[Cell]]
    authority: list[Cell]
    without: tuple[str, ...] = ()

    @property
    def group(self) -> SenGroup:
        """The SEN group looked at."""
        return self.question.sen_group


def outcomes(
    release: Release, local: LocalRelease, kind: str = "", group: str = ""
) -> tuple[str, ...]:
    """Outcomes that the local database holds, in the catalogue's order: all, or those that
    are counted for units of a kind and a group of pupils."""
    held = local.held()
    if kind:
        held = held[held["unit_kind"] == kind]
    if group:
        held = held[held["sen_group"] == group]
    ids = set(held["indicator_id"])
    return tuple(i for i in release.catalogue.indicators if i in ids)


def local_areas(release: Release, local: LocalRelease, question: LocalQuestion) -> LocalAreas:
    """The view of one question. Units without a shown figure stay, with the reason."""
    setting = _setting(release, local, question)
    units = [_unit(setting, name, cells) for name, cells in setting.found.items()]
    if question.order == "size":
        units.sort(key=lambda u: (-(u.pupils or 0), u.name))
    whole = line(setting.indicator, "area", setting.authority, setting.group, "Authority")
    words = local_words.areas(setting, units)
    return LocalAreas(
        words=words,
        definition=definition_of(setting.indicator),
        chart=Chart(
            local_words.alt(setting, units), local_words.description(setting, units, whole),
            _table(setting, units), local_words.file_name(setting),
        ),
        units=tuple(units),
        authority=whole if whole.last else None,
        axis=axis(setting.indicator, [whole, *(n for unit in units for n in unit.lines)]),
        ticks=ticks([*setting.authority, *(c for held in setting.found.values() for c in held)]),
        sen_group=setting.group,
        is_invented=local.is_invented,
        disclosure=local_words.disclosure(setting, units),
        withheld=local_words.withheld(setting, units),
    )  # fmt: skip


def _setting(release: Release, local: LocalRelease, question: LocalQuestion) -> Setting:
    indicator = release.catalogue.indicator(question.indicator_id)
    default = figures.reference_of(indicator)
    frame = local.cells(question.indicator_id, kinds=[question.kind, "authority"])
    is_authority = frame["unit_kind"] == "authority"
    inside = _inside(local, question)
    found: dict[str, list[Cell]] = defaultdict(list)
    whole = []
    for cell, of_authority in zip(figures.cells(frame, indicator), is_authority, strict=True):
        if of_authority:
            whole.append(cell)
        elif inside is None or cell.unit_id in inside:
            found[cell.unit_id].append(cell)
    names = local.names(question.kind).items()
    without = tuple(n for key, n in names if key not in found and (inside is None or key in inside))
    return Setting(
        release, local, question, indicator, default.group if default else None,
        dict(found), whole, without,
    )  # fmt: skip


def _inside(local: LocalRelease, question: LocalQuestion) -> set[str] | None:
    """The ids of units of the kind and phase inside the unit asked for; ``None`` for all."""
    within = _within(local, question)
    if question.kind != "school" or not question.phase:
        return within
    schools = local.units("school")
    alike = set(schools.loc[schools["phase"] == question.phase, "unit_id"])
    return alike if within is None else alike & within


def _within(local: LocalRelease, question: LocalQuestion) -> set[str] | None:
    kind, _, unit_id = question.within.partition(":")
    if not unit_id:
        return None
    members = local.members()
    outer = members[(members["unit_kind"] == kind) & (members["unit_id"] == unit_id)]
    urns = set(outer["urn"])
    if question.kind == "school":
        return urns
    inner = members[(members["unit_kind"] == question.kind) & members["urn"].isin(urns)]
    return set(inner["unit_id"])


def _unit(setting: Setting, unit_id: str, cells: list[Cell]) -> LocalUnit:
    indicator = setting.indicator
    own = figures.newest(figures.of_group(cells, setting.group))
    beside = figures.same_years(indicator, cells, setting.reference, own)
    lines = [line(indicator, "sen", cells, setting.group)]
    if setting.reference:
        lines.append(line(indicator, "reference", cells, setting.reference))
    shown = own is not None and own.value is not None
    return LocalUnit(
        unit_id=unit_id,
        name=cells[0].name,
        lines=tuple(lines),
        pupils=own.pupils if own else None,
        level=figures.printed(indicator, own),
        reference=figures.printed(indicator, beside) if setting.reference else "",
        gap=figures.gap(indicator, own, beside),
        period_label=local_words.period(own.time_period, own.years) if own else "",
        against=figures.against_rest(indicator, own),
        flag=figures.flag(own),
        hidden="" if shown else local_words.why_hidden(own),
        interval=figures.interval(indicator, own),
    )


def _table(setting: Setting, units: list[LocalUnit]) -> Table:
    one, _ = LOCAL_KINDS[setting.question.kind]
    group = GROUP_LABELS[setting.group]
    beside = GROUP_LABELS.get(setting.reference, "") if setting.reference else "Beside"
    heads = (one[0].upper() + one[1:], f"Pupils, {group}", group, "95% interval", beside, "Gap",
             "Years", "Against the rest of the authority", "Read with care")  # fmt: skip
    rows = tuple(
        (
            u.name,
            "c" if u.pupils is None else numbers.number(u.pupils, 0),
            u.level,
            u.interval,
            u.reference or "–",
            u.gap,
            u.period_label,
            u.against,
            u.hidden or u.flag or "–",
        )
        for u in units
    )
    many = LOCAL_KINDS[setting.question.kind][1]
    caption = local_words.captioned(setting.local, f"{setting.indicator.label}, {group}, {many}")
    return Table(caption, heads, rows, key_columns=(0, 2, 5))
