"""The stages of childhood, each with the outcome that stands for it: read and checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sendgap.catalogue.model import Indicator
from sendgap.catalogue.schema import read_yaml
from sendgap.errors import Problem
from sendgap.terms import SEN_GROUPS, Polarity


@dataclass(frozen=True, slots=True)
class Stage:
    """An outcome and the age of the children it is of."""

    indicator_id: str
    age: int


def stages_from(path: Path, problems: list[Problem]) -> tuple[Stage, ...]:
    """The stages of a file; a catalogue may have none."""
    content = read_yaml(path, problems) if path.exists() else None
    if content is None:
        return ()
    if isinstance(content, list) and all(map(_is_stage, content)):
        return tuple(Stage(entry["outcome"], entry["age"]) for entry in content)
    problems.append(
        Problem(path.name, "not a list of stages", "write '- {outcome: id, age: years}' a line")
    )
    return ()


def _is_stage(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and set(entry) == {"outcome", "age"}
        and isinstance(entry["outcome"], str)
        and type(entry["age"]) is int
    )


def stage_checks(
    stages: Sequence[Stage], indicators: Mapping[str, Indicator], entries: Collection[str]
) -> Iterator[Problem]:
    """Every stage is of an outcome by which authorities can be put in order, once, by age."""
    for place, stage in enumerate(stages, start=1):
        where = f"stages.yaml, entry {place}"
        if stage.indicator_id not in entries:
            yield Problem(
                where, f"found {stage.indicator_id!r}",
                "write the id of an indicator that has a file",
            )  # fmt: skip
        elif (indicator := indicators.get(stage.indicator_id)) and not _has_places(indicator):
            yield Problem(
                where, f"{indicator.id} has no places of SEN groups",
                "write an outcome with a better direction and figures of SEN groups for the whole",
            )  # fmt: skip
    ids = [stage.indicator_id for stage in stages]
    for indicator_id in dict.fromkeys(i for i in ids if ids.count(i) > 1):
        yield Problem("stages.yaml", f"{indicator_id} stands twice", "keep one of the two")
    for earlier, later in pairwise(stages):
        if later.age <= earlier.age:
            yield Problem(
                "stages.yaml", f"age {later.age} after {earlier.age}",
                "write the stages by age, youngest first, each of an age of its own",
            )  # fmt: skip


def _has_places(indicator: Indicator) -> bool:
    """Whether authorities have places by the outcome; a reference without a direction is a
    fault of the outcome's own entry, which is told there."""
    return (
        (indicator.polarity is not Polarity.NONE or bool(indicator.references))
        and "total" in indicator.benchmarked
        and bool(set(SEN_GROUPS) & set(indicator.groups()))
    )
