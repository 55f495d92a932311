"""One local unit among those of its kind on one outcome: it first, the others A to Z."""

from __future__ import annotations

from dataclasses import replace

from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.local_areas import local_areas
from sendgap.views.local_model import LocalAreas, LocalQuestion, LocalUnit
from sendgap.views.local_unit import OfUnit, OneUnit, one_unit
from sendgap.views.model import Chart, Words


def local_siblings(
    release: Release, local: LocalRelease, unit: str, indicator_id: str, group: SenGroup,
    within: str = "", order: str = "name",
) -> OfUnit[LocalAreas]:  # fmt: skip
    """The units of the kind of ``unit`` (``dspl:D1``), inside another where ``within`` names
    one, on one outcome; a school among schools of its phase. The chosen unit stands first: its
    place says nothing of its figure."""
    found = one_unit(release, local, unit)
    phase = _phase(found)
    view = local_areas(
        release, local, LocalQuestion(found.kind, indicator_id, group, within, order, phase)
    )
    places = sorted(range(len(view.units)), key=lambda n: view.units[n].unit_id != found.unit_id)
    units = tuple(view.units[n] for n in places)
    own = next((u for u in units if u.unit_id == found.unit_id), None)
    table = replace(view.chart.table, rows=tuple(view.chart.table.rows[n] for n in places))
    short = release.catalogue.indicators[indicator_id].phrases.short
    start = f"{short}, {GROUP_LABELS[group]}, {found.name}"
    shown = replace(
        view,
        units=units,
        chosen=found.unit_id,
        words=_words(found, view.words, own, start, phase),
        chart=_chart(found, replace(view.chart, table=table)),
    )
    return OfUnit(shown, found.name, local.is_invented, view.disclosure)


#: What is said of the side of the rest of the authority on which a level lies.
SIDES = {
    "better": "better than the rest of the authority",
    "worse": "worse than the rest of the authority",
    "similar": "no clear difference from the rest of the authority",
}


def _phase(found: OneUnit) -> str:
    """A school's phase; empty for other units."""
    if found.kind != "school":
        return ""
    schools = found.local.units("school")
    return str(schools.loc[schools["unit_id"] == found.unit_id, "phase"].iloc[0])


def _words(found: OneUnit, said: Words, own: LocalUnit | None, start: str, phase: str) -> Words:
    """The words of the comparison, with the chosen unit's own figure before them."""
    of_phase = f" of its phase ({phase.replace('_', ' ')})" if phase else ""
    first = f"{start}: nobody there is in this outcome."
    if own is not None and own.hidden:
        first = f"{start}: {own.hidden}."
    elif own is not None:
        first = f"{start}: {own.level} in {own.period_label}, {SIDES.get(own.against, '')}"
        first = f"{first.removesuffix(', ')}."
    return replace(
        said,
        context=f"{said.context}{of_phase} · {found.name} first",
        finding=first,
        sentences=(said.finding, *said.sentences),
    )


def _chart(found: OneUnit, chart: Chart) -> Chart:
    return replace(
        chart,
        description=f"{found.name} stands first. {chart.description}",
        file_name=f"{chart.file_name}-{found.unit_id.lower()}",
    )


def around(local: LocalRelease, unit: str) -> dict[str, str]:
    """The DSPL areas and clusters that a unit lies in, by key, with their names: where its
    siblings can be looked for. A DSPL area lies in none."""
    kind, _, unit_id = unit.partition(":")
    members = local.members()
    if kind == "dspl":
        return {}
    urns = {unit_id}
    if kind != "school":
        mine = members[(members["unit_kind"] == kind) & (members["unit_id"] == unit_id)]
        urns = set(mine["urn"])
    larger = members[members["urn"].isin(urns) & (members["unit_kind"] != kind)]
    found = {}
    for outer in ("dspl", "cluster"):
        names = local.names(outer)
        for key in sorted(set(larger[larger["unit_kind"] == outer]["unit_id"])):
            found[f"{outer}:{key}"] = names[key]
    return found
