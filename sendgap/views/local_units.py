"""The schools, clusters and DSPL areas that can be chosen beside authorities.

A unit is written ``dspl:D1`` inside its authority, and ``919:dspl:D1`` where a link has to say
whose it is: two authorities may both have a D1. The invented authority has no number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sendgap.store.local import LocalRelease
from sendgap.views.local_model import LOCAL_KINDS

#: What stands for the invented authority's number in a link.
PRACTICE_CODE = "practice"


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one authority, DSPL areas first, A to Z in each kind: name by unit.

    ``others`` are further words that people look for a unit by.
    """

    authority: str = ""
    la_code: str = ""
    is_invented: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    def holds(self, whose: str, unit: str) -> bool:
        """Whether a unit of an authority is held; an empty ``whose`` is the one loaded."""
        return unit in self.names and whose in ("", whose_of(self.la_code))


NO_UNITS = Units()


def units_of(local: LocalRelease) -> Units:
    """The units that a local release has figures of."""
    names, others = {}, {}
    for kind in LOCAL_KINDS:
        rows = local.units(kind)
        for key, name, phase in zip(rows["unit_id"], rows["name"], rows["phase"], strict=True):
            names[f"{kind}:{key}"] = str(name)
            others[f"{kind}:{key}"] = f"{key}, {phase}" if phase else str(key)
    about = local.about
    return Units(
        str(about["authority"]), str(about["la_code"] or ""), local.is_invented, names, others
    )


def whose_of(la_code: str) -> str:
    """The authority as a link to one of its units writes it."""
    return la_code or PRACTICE_CODE


def parted(asked: str) -> tuple[str, str] | None:
    """An authority and its unit, as ``("919", "dspl:D1")``; nothing where no unit is meant.

    >>> parted("dspl:D1"), parted("919:dspl:D1"), parted("919")
    (('', 'dspl:D1'), ('919', 'dspl:D1'), None)
    """
    first, _, rest = asked.partition(":")
    if first in LOCAL_KINDS and rest:
        return "", asked
    kind, _, unit_id = rest.partition(":")
    return (first, rest) if kind in LOCAL_KINDS and unit_id else None


def is_held(area: str, units: Units) -> bool:
    """Whether what a code stands for may be shown: an authority always, a unit where it is
    held."""
    unit = parted(area)
    return unit is None or units.holds(*unit)


def kind_of(unit: str) -> str:
    """The kind of a unit, as links write it."""
    return unit.partition(":")[0]


def called(units: Units, unit: str) -> str:
    """A unit's name with its kind, and that it is invented where it is."""
    what = LOCAL_KINDS[kind_of(unit)][0]
    return f"{units.names[unit]} ({what}{', invented' if units.is_invented else ''})"


#: The kinds of unit that one of a kind lies in, the nearest first.
_AROUND = {"school": ("set", "cluster", "dspl"), "cluster": ("dspl",), "set": (), "dspl": ()}


def around(local: LocalRelease, unit: str) -> dict[str, str]:
    """The clusters and DSPL areas that a school, or a cluster's schools, lie in in the newest
    school year, with their names; the authority last."""
    kind, _, unit_id = unit.partition(":")
    members, newest = local.members(), str(local.held()["time_period"].max())
    now = members[
        (members["first"] <= newest) & members["last"].map(lambda p: not p or p >= newest)
    ]
    inside = now[(now["unit_kind"] == kind) & (now["unit_id"] == unit_id)]["urn"]
    urns = {unit_id} if kind == "school" else set(inside)
    found: dict[str, str] = {}
    for outer in _AROUND[kind]:
        names = local.names(outer)
        mine = now[(now["unit_kind"] == outer) & now["urn"].isin(urns)]["unit_id"]
        found |= {f"{outer}:{key}": names[key] for key in sorted(set(mine)) if key in names}
    return found | {f"authority:{local.about['authority_id']}": str(local.about["authority"])}
