"""What similar schools and areas are found by: ``data/catalogue/context.yaml`` read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sendgap.catalogue.schema import read_yaml
from sendgap.errors import CatalogueError, Problem


class Scale(StrEnum):
    """How a variable is put on a scale before its spread is taken."""

    LOG = "log"
    SHARE = "share"
    PLAIN = "plain"


class Part(StrEnum):
    """What a number of pupils is a part of."""

    PUPILS = "pupils"
    SEN = "sen"


@dataclass(frozen=True, slots=True)
class Served:
    """The shown local figure that may stand in for a published one."""

    outcome: str
    group: str
    breakdown: str = "total"
    figure: str = "value"


@dataclass(frozen=True, slots=True)
class ContextVariable:
    """One thing that units are compared by; explained in ``context.yaml``.

    ``column`` describes the column of the school list that has its name.
    """

    name: str
    label: str
    weight: float
    scale: Scale
    column: Mapping[str, Any]
    found: str
    of: Part | None = None
    whole_in: str = ""
    served: Served | None = None
    is_printed: bool = False

    @property
    def is_percent(self) -> bool:
        """Whether its column holds percentages of pupils."""
        return str(self.column["kind"]) == "percent"


@dataclass(frozen=True, slots=True)
class Stage:
    """Schools of a phase whose oldest pupils are at most, or whose youngest are at least, so
    old."""

    name: str
    phase: str
    youngest: float = -math.inf
    oldest: float = math.inf

    def holds(self, phase: str, youngest: float, oldest: float) -> bool:
        """Whether a school is of this stage; one of unknown ages is of none."""
        return phase == self.phase and youngest >= self.youngest and oldest <= self.oldest


@dataclass(frozen=True, slots=True)
class Context:
    """Every variable in the order in which pages name them, and the published marks that
    stand where there is no figure. ``roll`` is the variable that is the number of pupils,
    ``sen`` are the shares that add up to those with SEN."""

    variables: Mapping[str, ContextVariable]
    marks: tuple[str, ...]
    roll: str
    sen: tuple[str, ...]
    stages: tuple[Stage, ...] = ()

    def stage(self, phase: str, youngest: float, oldest: float) -> str:
        """What a school is compared among: its stage, else its phase."""
        names = (s.name for s in self.stages if s.holds(phase, youngest, oldest))
        return next(names, phase)

    @classmethod
    def load(cls, folder: Path) -> Context:
        """Read ``context.yaml`` of a catalogue folder; :class:`CatalogueError` names faults."""
        problems: list[Problem] = []
        content = read_yaml(folder / "context.yaml", problems) or {}
        found: dict[str, ContextVariable] = {}
        for name, entry in content.get("variables", {}).items():
            try:
                found[name] = _variable(name, dict(entry))
            except (KeyError, TypeError, ValueError, AttributeError) as fault:
                where = f"context.yaml: {name}"
                problems.append(Problem(where, f"{fault}", "write it as the others are"))
        roll, sen = str(content.get("roll", "")), tuple(content.get("sen", ()))
        problems += _whole(found, (roll, *sen))
        try:
            stages = tuple(Stage(name, **entry) for name, entry in content["stages"].items())
        except (KeyError, TypeError, AttributeError) as fault:
            problems.append(Problem("context.yaml: stages", f"{fault}", "restore it"))
        if problems:
            raise CatalogueError(problems)
        return cls(found, tuple(map(str, content.get("marks", ()))), roll, sen, stages)


def _whole(found: Mapping[str, ContextVariable], named: tuple[str, ...]) -> Iterator[Problem]:
    """Weights that do not add up, and names of variables that there are not."""
    total = sum(variable.weight for variable in found.values())
    if not math.isclose(total, 1.0, abs_tol=1e-9):
        yield Problem("context.yaml", f"weights that add up to {total:g}", "make them add up to 1")
    for name in named:
        if name not in found:
            yield Problem("context.yaml", f"roll or sen names “{name}”", "name a variable")


def _variable(name: str, entry: dict[str, Any]) -> ContextVariable:
    served, of = entry.pop("served", None), entry.pop("of", None)
    return ContextVariable(
        name=name,
        scale=Scale(entry.pop("scale")),
        served=Served(**served) if served else None,
        of=Part(of) if of else None,
        **entry,
    )
