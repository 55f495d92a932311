"""Tells which table a member is, by its columns and never by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sendgap.catalogue.load import Catalogue
from sendgap.catalogue.model import Recognised, Table
from sendgap.errors import Problem
from sendgap.ingest.files import Member
from sendgap.terms import GeographicLevel, TimeIdentifier


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a member is: a table to take, a family to skip, or a problem."""

    table: Table | None = None
    skipped: str = ""
    problem: Problem | None = None


def recognise(member: Member, catalogue: Catalogue) -> Recognition:
    """What ``member`` is. A file is the family whose columns it has the most of."""
    if member.is_document:
        return Recognition(skipped="documentation")
    if member.fault:
        return Recognition(
            problem=Problem(
                member.name, member.fault, "load the publisher's file as it was downloaded"
            )
        )
    families: list[Table | Recognised] = [*catalogue.tables(), *catalogue.recognised]
    header = set(member.header)
    fitting = [
        family
        for family in families
        if (_starts_at_once(member, family) if _is_headerless(family)
            else header.issuperset(family.columns))
    ]  # fmt: skip
    if not fitting:
        return Recognition(problem=_unknown(member, families))
    best = max(fitting, key=lambda family: len(family.columns))
    if isinstance(best, Table):
        return Recognition(table=best)
    return Recognition(skipped=best.name)


def _is_headerless(family: Table | Recognised) -> bool:
    return isinstance(family, Table) and family.headerless


def _starts_at_once(member: Member, family: Table | Recognised) -> bool:
    """Whether the first line is a row of a file that has no line of names: as many cells
    as it has columns, with a kind of period and a level where they should stand."""
    if not isinstance(family, Table) or len(member.header) != len(family.columns):
        return False
    first = dict(zip(family.columns, member.header, strict=True))
    levels = {level.value for level in GeographicLevel}
    return (
        first.get(family.time_identifier or "") in set(TimeIdentifier)
        and first.get("geographic_level") in levels
    )


def _unknown(member: Member, families: list[Table | Recognised]) -> Problem:
    """What a file that is none of ``families`` may have been meant to be.

    A column counts the less the more families have it: nearly every file has a period
    and an area, and shares nothing else with the others.
    """
    header = set(member.header)
    carried = Counter(column for family in families for column in family.columns)

    def weight(columns: Iterable[str]) -> float:
        return sum(1 / carried[column] ** 2 for column in columns)

    def likeness(family: Table | Recognised) -> float:
        return weight(header & set(family.columns)) / weight(family.columns)

    nearest = max(families, key=likeness)
    if likeness(nearest) < 0.5:
        shown = ", ".join(member.header[:6]) + (" …" if len(member.header) > 6 else "")
        return Problem(
            member.name,
            f"its columns belong to no publication that is known ({shown})",
            "load a file named in the list that 'python -m sendgap sources' prints",
        )
    missing = [column for column in nearest.columns if column not in header]
    return Problem(
        member.name,
        f"it is nearest to {nearest.id if isinstance(nearest, Table) else nearest.name} "
        f"but lacks the columns {', '.join(missing)}",
        "load the publisher's file as it was downloaded, with its first line",
    )
