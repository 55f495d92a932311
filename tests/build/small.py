"""A made-up world: one indicator, two publications, 24 authorities, built in a moment."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from sendgap.build.release import build_file
from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.config import PROJECT
from sendgap.terms import VINTAGES

ENGLAND, REGION = "E92000001", "E12000001"
AUTHORITIES = [f"E060000{number:02d}" for number in range(1, 25)]
INDICATOR = "made_up"
PERIODS = ("202021", "202122", "202223")
FIRST, LAST = PERIODS[0], PERIODS[-1]

#: source, sen_group, time_period, area_code
Place = tuple[str, str, str, str]
#: A number, counts as (numerator, denominator), a symbol, the words of a category, or columns.
Figure = float | tuple[int, int] | str | dict[str, float]


@dataclass(frozen=True)
class World:
    """What is published, and which way is better."""

    figures: dict[Place, Figure]
    polarity: str = "higher_is_better"
    decimals: int = 1
    authorities: tuple[str, ...] = tuple(AUTHORITIES)
    order: int = 1
    extra: dict[str, Any] = field(default_factory=dict)


def build(world: World, folder: Path) -> Path:
    """Build the world's release in an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    _catalogue(world, folder / "catalogue")
    _reference(world, folder / "reference")
    _published(world, folder / "published")
    target = folder / "release.duckdb"
    build_file(
        target, "made-up", Catalogue.load(folder / "catalogue"),
        Areas.load(folder / "reference"), folder / "published",
    )  # fmt: skip
    return target


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """A question put to a release file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def _series(source: str, world: World) -> dict[str, Any]:
    return {
        "source": source, "table": "table", "value": "v", "numerator": "n", "denominator": "d",
        "first": FIRST, "last": LAST, "decimals": world.decimals,
        "value_from_counts": source == "counted",
        "groups": {group: {"where": {"g": group}} for group in ("no_sen", "ehc_plan")},
    }  # fmt: skip


def _catalogue(world: World, folder: Path) -> None:
    (folder / "indicators").mkdir(parents=True)
    shipped = PROJECT / "data" / "catalogue"
    names = ("themes.yaml", "breakdowns.yaml", "frameworks.yaml")
    for path in [*shipped.glob("*.json"), *(shipped / name for name in names)]:
        shutil.copy(path, folder)
    _json(folder / "recognised.yaml", {})
    _json(folder / "headline.yaml", [INDICATOR])
    sentence = "A sentence long enough to stand here."
    indicator = {
        "label": "Made-up indicator", "theme": "attainment", "stage": "ks2", "unit": "percent",
        "polarity": world.polarity, "value_type": "proportion", "interval": "none",
        "phrases": {"people": "pupils", "did": "did it", "at": "at school", "short": "Made up"},
        "definition": sentence, "why_it_matters": sentence, "how_to_read": sentence,
        "cannot_say": sentence, "references": ["no_sen", "england_no_sen"],
        "time_identifier": "Academic year", "period_style": "academic_year",
        "series": [_series(source, world) for source in ("printed", "counted")],
        "reviewed": {"last": "2026-01-01", "next": "2027-01-01"}, **world.extra,
    }  # fmt: skip
    _json(folder / "indicators" / f"{INDICATOR}.yaml", indicator)
    table = {"columns": ["g", "v", "n", "d", "name", "year"], "area": [{"name": "name"}],
             "period": "year"}  # fmt: skip
    source = {
        "publication": "Made-up publication", "publisher": "Nobody", "licence": "None",
        "url": "https://example.org", "edition": "2026-01-01", "latest_period": LAST,
        "next_update": "never", "stale_after": "2030-01-01", "symbols": {"c": "c"},
        "tables": {"table": table},
    }  # fmt: skip
    _json(folder / "sources.yaml", {"printed": source, "counted": source})


def _json(path: Path, content: object) -> None:
    """JSON is YAML."""
    path.write_text(json.dumps(content), encoding="utf-8")


def _csv(path: Path, lines: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)


def _reference(world: World, folder: Path) -> None:
    folder.mkdir()
    header = (
        "area_code la_code name short_name geographic_level region_code parent_code opened "
        "closed predecessors successors note"
    ).split()
    blank = [""] * 6
    places = [
        [ENGLAND, "", "England", "England", "National", "", *blank],
        [REGION, "", "Northland", "Northland", "Regional", "", *blank],
    ]
    for number, code in enumerate(world.authorities, start=100):
        name = f"Authority {code[-2:]}"
        places.append([code, str(number), name, name, "Local authority", REGION, *blank])
    _csv(folder / "areas.csv", [header, *places])
    _csv(folder / "area_alias.csv", [["alias", "kind", "area_code", "seen_in", "note"]])
    sets = [["vintage", "area_code", "position", "neighbour_code", "closeness"]]
    for vintage in VINTAGES:
        for code in AUTHORITIES:
            place = AUTHORITIES.index(code)
            ten = [AUTHORITIES[(place + step) % len(AUTHORITIES)] for step in range(1, 11)]
            sets += [[vintage, code, str(p), n, "Close"] for p, n in enumerate(ten, start=1)]
    _csv(folder / "neighbours.csv", sets)


def _published(world: World, folder: Path) -> None:
    folder.mkdir()
    for source in ("printed", "counted"):
        found = [
            _row(place, figure) for place, figure in world.figures.items() if place[0] == source
        ]
        pq.write_table(
            pa.Table.from_pylist(found[:: world.order], schema=_SCHEMA),
            folder / f"{source}.parquet",
        )


_TEXT = ("indicator_id", "breakdown", "sen_group", "time_identifier", "time_period", "area_code")
_NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
_SCHEMA = pa.schema(
    [(name, pa.string()) for name in (*_TEXT, "value_text", "symbol", "symbol_published")]
    + [(name, pa.float64()) for name in _NUMBERS]
    + [("edition", pa.string())]
)


def _row(place: Place, figure: Figure) -> dict[str, object]:
    _, group, period, code = place
    row: dict[str, object] = dict.fromkeys(_SCHEMA.names)
    row |= dict(zip(_TEXT, (INDICATOR, "total", group, "Academic year", period, code),
                    strict=True), edition="2026-01-01")  # fmt: skip
    if isinstance(figure, dict):
        return row | figure
    if isinstance(figure, str) and " " in figure:
        return row | {"value_text": figure}
    if isinstance(figure, str):
        return row | {"symbol": figure, "symbol_published": figure}
    if isinstance(figure, tuple):
        part, whole = figure
        value = {"value": 100 * (part / whole)} if whole else {"symbol": "z"}
        return row | value | {"numerator": part, "denominator": whole}
    return row | {"value": figure}
