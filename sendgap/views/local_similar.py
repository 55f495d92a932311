"""Schools or areas like one, by the pupils they serve, from published cells alone."""

from __future__ import annotations

import math

from sendgap.errors import NoAnswerError
from sendgap.local.similar import NEAREST, SimilarUnits, Variable, similar_units
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup

#: The groups whose share of pupils says whom a unit serves.
_SHARES = (SenGroup.SEN_SUPPORT, SenGroup.EHC_PLAN)


def similar_to(
    release: Release, local: LocalRelease, kind: str, unit_id: str
) -> tuple[SimilarUnits | None, str]:
    """The units of the kind, and for a school of its phase, nearest to one; and why not, where
    there is none. Units are told apart by their size and by how many have SEN."""
    units = local.units(kind)
    if kind == "school":
        phases = dict(zip(units["unit_id"], units["phase"], strict=True))
        units = units[units["phase"] == phases[unit_id]]
    ids = [str(key) for key in units["unit_id"]]
    try:
        found = similar_units(unit_id, ids, _variables(release, local, kind, ids), most=NEAREST)
    except NoAnswerError as refusal:
        return None, str(refusal)
    return found, found.withheld


def _variables(release: Release, local: LocalRelease, kind: str, ids: list[str]) -> list[Variable]:
    found: list[Variable] = []
    sizes: dict[str, float] = {}
    for group in _SHARES:
        indicator = release.catalogue.identification[group.value]
        cells = local.cells(indicator, kinds=[kind])
        newest = cells[(cells["time_period"] == cells["time_period"].max()) & (cells["years"] == 1)]
        shares = dict(zip(newest["unit_id"], newest["value"] / 100, strict=True))
        sizes |= dict(zip(newest["unit_id"], newest["pupils"], strict=True))
        label = release.catalogue.indicators[indicator].phrases.short
        found.append(Variable(label, tuple(float(shares.get(i, math.nan)) for i in ids)))
    logs = tuple(math.log(sizes[i]) if sizes.get(i, 0) > 0 else math.nan for i in ids)
    return [*found, Variable("Number of pupils", logs, share=False)]
