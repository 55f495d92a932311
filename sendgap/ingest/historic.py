"""Figures printed in older documents: a transcription is checked and kept as facts.

The facts are in the tidy schema of all published figures, with the document as their source
and what a printed figure needs besides: its table, its decimals and its status. They stand in
a file of their own, which no release is built from.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.historic import Historic, HistoricTable
from sendgap.errors import Problem, RefusedError, UnknownNameError
from sendgap.ingest.observe import PUBLISHED_COLUMNS
from sendgap.terms import Status, Symbol, TimeIdentifier

#: The columns of a transcription, in this order.
HEADS = ("table", "measure", "area", "period", "printed")
#: The facts, beside the other published figures.
FILE = "historic.csv"
COLUMNS = ("source_id", "table_id", *PUBLISHED_COLUMNS, "decimals", "status")
#: Ends of England's range, for which the document names nobody.
RANGE = {"England lowest": "range:lowest", "England highest": "range:highest"}
_ABSENT = {"n/a": Symbol.NOT_AVAILABLE, "": Symbol.NOT_PUBLISHED, "%": Symbol.NOT_PUBLISHED}
_NUMBER = re.compile(r"[+-]?£?\d[\d,]*(\.\d+)?%?\*?")


@dataclass(frozen=True, slots=True)
class Fact:
    """One printed figure, or the sign that stood in its place."""

    source_id: str
    table_id: str
    measure_id: str
    breakdown: str
    sen_group: str
    time_identifier: str
    time_period: str
    area_code: str
    value: float | None
    symbol: str
    symbol_published: str
    decimals: int
    status: str


def take(
    path: Path, published: Path, historic: Historic, areas: Areas, edition: str = ""
) -> tuple[Fact, ...]:
    """Read a transcription whole and write its facts into ``published``.

    Raises :class:`RefusedError` naming every line that cannot be used; then nothing is
    written.
    """
    problems: list[Problem] = []
    facts = [fact for fact in _facts(path, historic, areas, problems) if fact]
    seen: set[tuple[str, ...]] = set()
    for fact in facts:
        key = (fact.measure_id, fact.breakdown, fact.area_code, fact.time_period)
        if key in seen:
            found = f"{fact.measure_id} of {fact.time_period} stands twice"
            problems.append(Problem(path.name, found, "keep one"))
        seen.add(key)
    if problems:
        raise RefusedError(problems)
    write(published / FILE, facts, historic)
    return tuple(facts)


def write(target: Path, facts: Iterable[Fact], historic: Historic) -> None:
    """Write facts, sorted by the catalogue's order, and put them in place whole."""
    order = {table: place for place, table in enumerate(historic.tables)}
    measures = {m.id: n for t in historic.tables.values() for n, m in enumerate(t.measures)}
    listed = sorted(
        facts,
        key=lambda f: (order[f.table_id], measures[f.measure_id], f.area_code, f.breakdown,
                       f.time_period),
    )  # fmt: skip
    new = target.with_name(target.name + ".new")
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_cells(fact, historic) for fact in listed)
    os.replace(new, target)


def _cells(fact: Fact, historic: Historic) -> dict[str, str]:
    value = "" if fact.value is None else f"{fact.value:.{fact.decimals}f}"
    return {
        "source_id": fact.source_id, "table_id": fact.table_id, "indicator_id": fact.measure_id,
        "breakdown": fact.breakdown, "sen_group": fact.sen_group,
        "time_identifier": fact.time_identifier, "time_period": fact.time_period,
        "area_code": fact.area_code, "value": value, "symbol": fact.symbol,
        "symbol_published": fact.symbol_published, "decimals": f"{fact.decimals}",
        "edition": historic.documents[fact.source_id].dated, "status": fact.status,
    }  # fmt: skip


def read(published: Path) -> tuple[Fact, ...]:
    """The facts kept; none where there is no file. Raises :class:`RefusedError` for damage."""
    path = published / FILE
    if not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(_fact(row) for row in csv.DictReader(file))
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        found = "the figures of older documents cannot be read"
        raise RefusedError([Problem(str(path), found, "restore it from the project")]) from error


def _fact(row: Mapping[str, str]) -> Fact:
    return Fact(
        row["source_id"], row["table_id"], row["indicator_id"], row["breakdown"],
        row["sen_group"], row["time_identifier"], row["time_period"], row["area_code"],
        float(row["value"]) if row["value"] else None, row["symbol"], row["symbol_published"],
        int(row["decimals"]), row["status"],
    )  # fmt: skip


def _facts(
    path: Path, historic: Historic, areas: Areas, problems: list[Problem]
) -> Iterator[Fact | None]:
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        problems.append(Problem(path.name, "no CSV in UTF-8", "save it as CSV UTF-8"))
        return
    if not lines or tuple(lines[0]) != HEADS:
        problems.append(Problem(path.name, "other heads", f"write {', '.join(HEADS)}"))
        return
    for number, cells in enumerate(lines[1:], start=2):
        where = f"{path.name}, line {number}"
        if len(cells) == len(HEADS):
            yield _line(where, cells, historic, areas, problems)
        else:
            problems.append(Problem(where, f"{len(cells)} cells", f"write {len(HEADS)}"))


def _line(
    where: str, cells: list[str], historic: Historic, areas: Areas, problems: list[Problem]
) -> Fact | None:
    table_id, measure, place, period, printed = (cell.strip() for cell in cells)
    table = historic.tables.get(table_id)
    if table is None or measure not in [m.id for m in table.measures]:
        found = f"found {table_id!r} with {measure!r}"
        problems.append(Problem(where, found, "write a table and measure of historic.yaml"))
        return None
    try:
        code = areas.find("England" if place in RANGE else place).area_code
    except UnknownNameError:
        problems.append(Problem(where, f"found area {place!r}", "write a name of an area"))
        return None
    time_period = _period(period, table)
    if not time_period:
        example = "2005" if table.time_identifier is TimeIdentifier.CALENDAR_YEAR else "2004/05"
        problems.append(Problem(where, f"found period {period!r}", f"write it as {example}"))
        return None
    if printed not in _ABSENT and not _NUMBER.fullmatch(printed):
        write_ = "write a number, n/a or nothing"
        problems.append(Problem(where, f"found figure {printed!r}", write_))
        return None
    digits = re.sub(r"[£,%*+]", "", printed)
    absent = _ABSENT.get(printed)
    return Fact(
        table.document_id, table.id, measure, RANGE.get(place, "total"), table.sen_group.value,
        table.time_identifier.value, time_period, code,
        None if absent else float(digits), absent.value if absent else "",
        printed if absent else "", len(digits.partition(".")[2]) if not absent else 0,
        (Status.PROVISIONAL if printed.endswith("*") else Status.FINAL).value,
    )  # fmt: skip


def _period(text: str, table: HistoricTable) -> str:
    """ "2004/05" and "2004-2005" as 200405, "2005" as 2005; empty for another kind."""
    parts = re.fullmatch(r"(\d{4})(?:[/-](\d{2}|\d{4}))?", text)
    if not parts:
        return ""
    if table.time_identifier is TimeIdentifier.CALENDAR_YEAR:
        return parts[1] if not parts[2] else ""
    follows = bool(parts[2]) and int(parts[2][-2:]) == (int(parts[1]) + 1) % 100
    return f"{parts[1]}{parts[2][-2:]}" if follows else ""
