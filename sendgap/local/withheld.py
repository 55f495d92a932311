"""Outcomes left out because they cannot be shown safely: all their years, or one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from sendgap.errors import LocalError, Problem, UnknownNameError
from sendgap.text import nearest

#: An outcome's id and a school year, empty for all years.
Withheld = tuple[str, str]

_YEAR = re.compile(r"20(\d{2})/?(\d{2})")


def read_withheld(asked: Iterable[str], known: Collection[str]) -> list[str]:
    """What a person leaves out, as steps keep it: ``id`` or ``id:202425``."""
    found = []
    for said in asked:
        name, _, year = said.partition(":")
        if name not in known:
            raise UnknownNameError("outcome", name, nearest(name, known))
        matched = _YEAR.fullmatch(year)
        if year and not matched:
            raise LocalError(f"{said}: write the school year as {name}:2024/25.")
        found.append(f"{name}:20{''.join(matched.groups())}" if matched else name)
    return found


def from_step(kept: Iterable[str]) -> frozenset[Withheld]:
    """What a step leaves out, as disclosure control takes it."""
    pairs = (said.partition(":") for said in kept)
    return frozenset((name, year) for name, _, year in pairs)


def as_written(left_out: Withheld) -> str:
    """An outcome and year as ``--withhold`` takes it."""
    name, year = left_out
    return f"{name}:{year[:4]}/{year[4:]}" if year else name


def together(outcomes: Iterable[Withheld]) -> list[Problem]:
    """Why outcomes cannot be shown, each with the year."""
    return [
        Problem(as_written(one), "a number of fewer than six could be worked out",
                "leave the outcome out for that year, or group the schools in larger units")
        for one in sorted(outcomes)
    ]  # fmt: skip
