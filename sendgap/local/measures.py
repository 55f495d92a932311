"""How each outcome is counted from a local return: ``data/catalogue/local.yaml`` read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sendgap.catalogue.schema import read_yaml
from sendgap.errors import CatalogueError, Problem
from sendgap.local.places import KINDS, UnitKind
from sendgap.terms import SenGroup


class Counting(StrEnum):
    """How an outcome is counted; explained in ``local.yaml``."""

    SESSIONS = "sessions"
    SESSIONS_SHARE = "sessions_share"
    EVENTS = "events"
    ANY = "any"
    GROUP = "group"
    NEED = "need"
    HOME = "home"
    OUTCOME = "outcome"
    MEAN = "mean"


#: Countings whose numerator is a sum over pupils and not a number of pupils.
SUMS = frozenset({Counting.SESSIONS, Counting.EVENTS, Counting.MEAN})

#: The three groups that do not overlap, and those added up from them.
PARTS: Mapping[SenGroup, tuple[SenGroup, ...]] = {
    SenGroup.NO_SEN: (SenGroup.NO_SEN,),
    SenGroup.SEN_SUPPORT: (SenGroup.SEN_SUPPORT,),
    SenGroup.EHC_PLAN: (SenGroup.EHC_PLAN,),
    SenGroup.ANY_SEN: (SenGroup.SEN_SUPPORT, SenGroup.EHC_PLAN),
    SenGroup.ALL_PUPILS: (SenGroup.NO_SEN, SenGroup.SEN_SUPPORT, SenGroup.EHC_PLAN),
}


@dataclass(frozen=True, slots=True)
class LocalMeasure:
    """One outcome's counting.

    ``numerator`` and ``denominator`` are pupil columns. ``people`` is the outcome that
    counts the pupils behind events, ``part_of`` the one whose pupils include these.
    ``pooled`` groups are three years together below the authority; ``least_kind`` is the
    smallest kind of unit that a group is shown for. ``most`` is the most that one pupil can
    add to a sum, and ``year_group`` the only one whose pupils are in the outcome.
    """

    indicator_id: str
    count: Counting
    numerator: str = ""
    denominator: str = ""
    least: float = 0.0
    people: str = ""
    part_of: str = ""
    group: SenGroup | None = None
    pooled: frozenset[SenGroup] = frozenset()
    least_kind: Mapping[SenGroup, UnitKind] | None = None
    most: float = 0.0
    year_group: str = ""

    @property
    def is_sum(self) -> bool:
        """Whether the numerator adds up amounts instead of counting pupils."""
        return self.count in SUMS

    def shown_for(self, kind: UnitKind, group: SenGroup) -> bool:
        """Whether the group is shown for this kind of unit at all."""
        if self.count is Counting.GROUP:
            return group is self.group
        if self.count is Counting.HOME and kind not in (UnitKind.DSPL, UnitKind.AUTHORITY):
            return False
        if self.count is Counting.NEED and group not in (self.least_kind or {}):
            return False
        least = (self.least_kind or {}).get(group, UnitKind.SCHOOL)
        return KINDS.index(kind) >= KINDS.index(least)

    def years(self, kind: UnitKind, group: SenGroup, pooled_years: int) -> int:
        """How many school years a figure of the group holds for this kind of unit."""
        return pooled_years if group in self.pooled and kind is not UnitKind.AUTHORITY else 1


@dataclass(frozen=True, slots=True)
class LocalMeasures:
    """Every outcome that is counted locally, and what the codes of a return mean."""

    measures: Mapping[str, LocalMeasure]
    sen_codes: Mapping[str, SenGroup]
    pooled_years: int

    @classmethod
    def load(cls, folder: Path) -> LocalMeasures:
        """Read ``local.yaml`` of a catalogue folder; :class:`CatalogueError` names faults."""
        problems: list[Problem] = []
        content = read_yaml(folder / "local.yaml", problems) or {}
        measures: dict[str, LocalMeasure] = {}
        codes: dict[str, SenGroup] = {}
        try:
            codes = {str(key): SenGroup(value) for key, value in content["sen_codes"].items()}
            for indicator_id, entry in content["measures"].items():
                measures[indicator_id] = _measure(indicator_id, entry)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            problems.append(Problem("local.yaml", f"{fault}", "write it as the others are"))
        if problems:
            raise CatalogueError(problems)
        return cls(measures, codes, int(content.get("pooled_years", 3)))


def _measure(indicator_id: str, entry: Mapping[str, Any]) -> LocalMeasure:
    given = dict(entry)
    least = {SenGroup(g): UnitKind(k) for g, k in given.pop("least_kind", {}).items()}
    group = given.pop("group", None)
    return LocalMeasure(
        indicator_id,
        Counting(given.pop("count")),
        group=SenGroup(group) if group else None,
        pooled=frozenset(SenGroup(name) for name in given.pop("pooled", ())),
        least_kind=least or None,
        **given,
    )
