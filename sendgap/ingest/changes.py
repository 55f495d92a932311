"""What one edition of a publication changed in the figures of another.

The older edition is always *before* and the newer *after*, so the list is the same
whichever was loaded first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sendgap.catalogue.areas import Areas
from sendgap.ingest.published import read_record, write_record

CHANGES = "changes.csv"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One figure of two editions; ``before`` and ``after`` as number, words or symbol."""

    source_id: str
    indicator_id: str
    breakdown: str
    sen_group: str
    time_identifier: str
    time_period: str
    area_code: str
    area_name: str
    edition_before: str
    before: str
    edition_after: str
    after: str


_GRAIN = "indicator_id, breakdown, sen_group, time_identifier, time_period, area_code"
_SERIES = "indicator_id, breakdown, sen_group, time_identifier, time_period"

#: Figures in a period that both have; one that only one edition prints differs too.
_SHOWN = "coalesce(regexp_replace(round(value, 4)::varchar, '\\.0$', ''), value_text, symbol)"
_DIFFERENT = f"""
with ours as (
    select {_GRAIN}, edition, {_SHOWN} as shown
    from held where area_code in (from covered)
        and ({_SERIES}) in (select ({_SERIES}) from observed)
), theirs as (
    select {_GRAIN}, edition, {_SHOWN} as shown from observed
        where ({_SERIES}) in (select ({_SERIES}) from ours)
), editions as (
    select {_SERIES}, max(edition) as held_edition from ours group by all
)
select {_GRAIN}, held_edition, coalesce(ours.shown, 'none'), $edition,
    coalesce(theirs.shown, 'none')
from ours
full join theirs using ({_GRAIN})
join editions using ({_SERIES})
where held_edition <> $edition
    and coalesce(ours.shown, 'none') is distinct from coalesce(theirs.shown, 'none')
order by all
"""


def changes(
    connection: duckdb.DuckDBPyConnection, source_id: str, edition: str, areas: Areas
) -> list[Change]:
    """Where ``observed``, of ``edition``, and the other editions in ``held`` differ."""
    rows = connection.execute(_DIFFERENT, {"edition": edition}).fetchall()
    found = []
    for indicator, breakdown, group, kind, period, area, held_edition, held, now, seen in rows:
        (older, before), (newer, after) = sorted([(held_edition, held), (now, seen)])
        name = areas.by_code(area).name
        found.append(
            Change(source_id, indicator, breakdown, group, kind, period, area, name,
                   older, before, newer, after)
        )  # fmt: skip
    return found


def read_changes(folder: Path) -> list[Change]:
    """The changes recorded so far; empty where no edition followed another."""
    return read_record(folder / CHANGES, lambda row: Change(**row))


def write_changes(target: Path, record: Iterable[Change]) -> None:
    """Write each change once, sorted."""
    write_record(target, Change, sorted(set(record)))
