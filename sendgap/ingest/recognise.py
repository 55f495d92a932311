"""Tells which table a member is, by its columns and never by its name."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.catalogue.load import Catalogue
from sendgap.catalogue.model import Recognised, Table
from sendgap.errors import Problem
from sendgap.ingest.files import Member


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
    fitting = [family for family in families if header.issuperset(family.columns)]
    if not fitting:
        return Recognition(problem=_unknown(member, families))
    best = max(fitting, key=lambda family: len(family.columns))
    if isinstance(best, Table):
        return Recognition(table=best)
    return Recognition(skipped=best.name)


def _unknown(member: Member, families: list[Table | Recognised]) -> Problem:
    header = set(member.header)
    nearest = max(families, key=lambda f: len(header & set(f.columns)) / len(f.columns))
    missing = [column for column in nearest.columns if column not in header]
    shown = ", ".join(member.header[:6]) + (" …" if len(member.header) > 6 else "")
    name = nearest.id if isinstance(nearest, Table) else nearest.name
    if len(missing) > len(nearest.columns) / 2:
        return Problem(
            member.name,
            f"its columns belong to no publication that is known ({shown or 'none found'})",
            "load a file named in the list that 'python -m sendgap sources' prints",
        )
    return Problem(
        member.name,
        f"it is nearest to {name} but lacks the columns {', '.join(missing)}",
        "load the publisher's file as it was downloaded, with its first line",
    )
