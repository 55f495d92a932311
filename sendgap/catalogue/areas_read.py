"""Reads the reference tables of areas, spellings and neighbours, all problems at once."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from sendgap.catalogue.place import Area, Neighbour, fold
from sendgap.errors import Problem
from sendgap.terms import VINTAGES, GeographicLevel

#: How alike two statistical neighbours are, closest first, in the one casing used here.
CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")

POSITIONS = range(1, 11)

AREAS, ALIASES, NEIGHBOURS = "areas.csv", "area_alias.csv", "neighbours.csv"

COLUMNS = {
    AREAS: (
        "area_code", "la_code", "name", "short_name", "geographic_level", "region_code",
        "parent_code", "opened", "closed", "predecessors", "successors", "note",
    ),
    ALIASES: ("alias", "kind", "area_code", "seen_in", "note"),
    NEIGHBOURS: ("vintage", "area_code", "position", "neighbour_code", "closeness"),
}  # fmt: skip

KINDS = ("name", "gss", "la_code")


def table(path: Path, problems: list[Problem]) -> list[dict[str, str]]:
    """The rows of a reference table, empty if it cannot be used."""
    columns = COLUMNS[path.name]
    if not path.is_file():
        problems.append(Problem(path.name, "no such file", f"put it in {path.parent.name}"))
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval="")
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            found = f"no column {', '.join(missing)}"
            problems.append(Problem(path.name, found, f"write the header {','.join(columns)}"))
            return []
        rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if "" in row:
            found = "more cells than columns"
            problems.append(Problem(f"{path.name} line {number}", found, "quote the commas"))
    return [{column: row[column].strip() for column in columns} for row in rows]


def areas(rows: Iterable[dict[str, str]], problems: list[Problem]) -> dict[str, Area]:
    by_code: dict[str, Area] = {}
    for row in rows:
        area = _area(row, problems)
        if area is None:
            continue
        if area.area_code in by_code:
            where = f"{AREAS} {area.area_code}"
            problems.append(Problem(where, "code stands twice", "keep one row per area"))
        by_code[area.area_code] = area
    return by_code


def _area(row: Mapping[str, str], problems: list[Problem]) -> Area | None:
    where = f"{AREAS} {row['area_code']}"
    try:
        level = GeographicLevel(row["geographic_level"])
    except ValueError:
        choices = ", ".join(GeographicLevel)
        found = f"geographic_level {row['geographic_level']!r}"
        problems.append(Problem(where, found, f"write one of {choices}"))
        return None
    if level is GeographicLevel.LOCAL_AUTHORITY:
        _check_authority(row, where, problems)
    return Area(
        area_code=row["area_code"],
        la_code=row["la_code"] or None,
        name=row["name"],
        short_name=row["short_name"],
        level=level,
        region_code=row["region_code"] or None,
        parent_code=row["parent_code"] or None,
        opened=_date(row, "opened", problems),
        closed=_date(row, "closed", problems),
        predecessors=tuple(row["predecessors"].split()),
        successors=tuple(row["successors"].split()),
        note=row["note"],
    )


def _check_authority(row: Mapping[str, str], where: str, problems: list[Problem]) -> None:
    la_code = row["la_code"]
    if not (la_code.isascii() and la_code.isdigit() and len(la_code) == 3):
        problems.append(Problem(where, f"la_code {la_code!r}", "write three digits"))
    if not row["region_code"]:
        problems.append(Problem(where, "no region_code", "write the code of its region"))


def _date(row: Mapping[str, str], column: str, problems: list[Problem]) -> date | None:
    if not row[column]:
        return None
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        where = f"{AREAS} {row['area_code']}"
        found = f"{column} {row[column]!r}"
        problems.append(Problem(where, found, "write a date as YYYY-MM-DD, or leave it empty"))
        return None


def check_links(by_code: Mapping[str, Area], problems: list[Problem]) -> None:
    """Regions exist, dates run forward, predecessors and successors name each other."""
    for area in by_code.values():
        where = f"{AREAS} {area.area_code}"
        for column, code in (("region_code", area.region_code), ("parent_code", area.parent_code)):
            other = by_code.get(code) if code else None
            if code and (other is None or other.level is not GeographicLevel.REGIONAL):
                problems.append(Problem(where, f"{column} {code}", "write a region's code"))
        if area.opened and area.closed and area.closed <= area.opened:
            found = f"closed {area.closed} is not after opened {area.opened}"
            problems.append(Problem(where, found, "correct one of the dates"))
        if bool(area.closed) != bool(area.successors):
            found = "closed and successors do not stand together"
            problems.append(Problem(where, found, "write both, or neither"))
        _check_mutual(area, by_code, problems)


def _check_mutual(area: Area, by_code: Mapping[str, Area], problems: list[Problem]) -> None:
    where = f"{AREAS} {area.area_code}"
    back: tuple[tuple[str, tuple[str, ...], Callable[[Area], tuple[str, ...]]], ...] = (
        ("predecessor", area.predecessors, lambda other: other.successors),
        ("successor", area.successors, lambda other: other.predecessors),
    )
    for word, codes, links in back:
        for code in codes:
            other = by_code.get(code)
            if other is None:
                problems.append(Problem(where, f"{word} {code}", "name an area of this table"))
            elif area.area_code not in links(other):
                found = f"{word} {code} does not name it in return"
                problems.append(Problem(where, found, "link both rows"))
    for code in area.successors:
        if code in by_code and by_code[code].opened != area.closed:
            found = f"closed {area.closed}, but successor {code} opened {by_code[code].opened}"
            problems.append(Problem(where, found, "give both the same day"))


def aliases(
    rows: Iterable[dict[str, str]], by_code: Mapping[str, Area], problems: list[Problem]
) -> tuple[tuple[tuple[str, str, str], ...], dict[str, str]]:
    """The folded alias rows, and the area code of every folded spelling or code."""
    folded = dict.fromkeys(row for area in by_code.values() for row in _own(area))
    listed: Counter[tuple[str, str]] = Counter()
    for row in rows:
        where = f"{ALIASES} {row['alias']!r}"
        listed[row["alias"], row["kind"]] += 1
        if row["kind"] not in KINDS:
            choices = ", ".join(KINDS)
            problems.append(Problem(where, f"kind {row['kind']!r}", f"write one of {choices}"))
        elif row["area_code"] not in by_code:
            found = f"area_code {row['area_code']!r} is not an area"
            problems.append(Problem(where, found, f"write a code of {AREAS}"))
        elif not fold(row["alias"]):
            problems.append(Problem(where, "no alias", "write it or remove the row"))
        else:
            folded[fold(row["alias"]), row["kind"], row["area_code"]] = None
    for (alias, kind), times in listed.items():
        if times > 1:
            found = f"kind {kind} stands {times} times"
            problems.append(Problem(f"{ALIASES} {alias!r}", found, "keep one row"))
    return tuple(folded), _lookup(folded, problems)


def _own(area: Area) -> Iterator[tuple[str, str, str]]:
    """The names and codes an area has without an alias."""
    yield fold(area.area_code), "gss", area.area_code
    if area.la_code:
        yield fold(area.la_code), "la_code", area.area_code
    yield fold(area.name), "name", area.area_code
    yield fold(area.short_name), "name", area.area_code


def _lookup(rows: Iterable[tuple[str, str, str]], problems: list[Problem]) -> dict[str, str]:
    codes: dict[str, set[str]] = defaultdict(set)
    for alias, _, code in rows:
        codes[alias].add(code)
    for alias, found in codes.items():
        if len(found) > 1:
            where, between = f"{ALIASES} {alias!r}", " and ".join(sorted(found))
            problems.append(Problem(where, f"stands for {between}", "let it stand for one area"))
    return {alias: min(found) for alias, found in codes.items()}


def neighbours(
    rows: Iterable[dict[str, str]], by_code: Mapping[str, Area], problems: list[Problem]
) -> dict[tuple[str, str], tuple[Neighbour, ...]]:
    sets: dict[tuple[str, str], list[Neighbour]] = defaultdict(list)
    faulty: set[tuple[str, str]] = set()
    for row in rows:
        key = row["vintage"], row["area_code"]
        found = _neighbour_faults(row, by_code)
        where = f"{NEIGHBOURS} {row['vintage']} {row['area_code']} position {row['position']}"
        problems.extend(Problem(where, fault, write) for fault, write in found)
        if not found:
            area = by_code[row["neighbour_code"]]
            one = Neighbour(int(row["position"]), area, row["closeness"])
            sets[key].append(one)
        else:
            faulty.add(key)
    for (vintage, code), ten in sets.items():
        if (vintage, code) in faulty:
            continue
        ten.sort(key=lambda neighbour: neighbour.position)
        where = f"{NEIGHBOURS} {vintage} {code}"
        if [neighbour.position for neighbour in ten] != list(POSITIONS):
            held = ", ".join(str(neighbour.position) for neighbour in ten)
            problems.append(Problem(where, f"positions {held}", "write 1 to 10, each once"))
        if len({neighbour.area.area_code for neighbour in ten}) != len(ten):
            problems.append(Problem(where, "a neighbour stands twice", "name ten areas"))
    return {key: tuple(ten) for key, ten in sets.items()}


def _neighbour_faults(row: Mapping[str, str], by_code: Mapping[str, Area]) -> list[tuple[str, str]]:
    """What is wrong with one neighbour row, and what to write instead."""
    checks = (
        (row["vintage"] in VINTAGES, "vintage", f"write one of {', '.join(VINTAGES)}"),
        (row["area_code"] in by_code, "area_code", f"write a code of {AREAS}"),
        (row["neighbour_code"] in by_code, "neighbour_code", f"write a code of {AREAS}"),
        (row["position"] in map(str, POSITIONS), "position", "write a number from 1 to 10"),
        (row["closeness"] in CLOSENESS, "closeness", f"write one of {', '.join(CLOSENESS)}"),
        (row["neighbour_code"] != row["area_code"], "neighbour_code", "name another area"),
    )
    return [(f"{column} {row[column]!r}", write) for good, column, write in checks if not good]
