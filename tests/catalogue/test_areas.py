"""Areas resolve from everything publishers call them, and neighbours are whole."""

from __future__ import annotations

import codecs
import csv
import functools
import gzip
import io
import json
import shutil
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

from sendgap.catalogue.areas import Areas, fold
from sendgap.catalogue.areas_read import ALIASES, AREAS, CLOSENESS, NEIGHBOURS
from sendgap.errors import CatalogueError, UnknownNameError
from sendgap.terms import VINTAGES, GeographicLevel
from tests.support import shared_data

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
NEW, OLD = VINTAGES
GONE = {"E06000028", "E06000029", "E10000009", "E10000021", "E10000006"}
GONE_2009 = {"E10000001", "E10000004"}
#: One that still exists, Buckinghamshire, and five that the newer model carries over.
SAME_TEN = GONE | {"E06000060"}
CHANGED = {
    "Somerset": ("E06000066", "E10000027", "933"),
    "North Yorkshire": ("E06000065", "E10000023", "815"),
    "Buckinghamshire": ("E06000060", "E10000002", "825"),
    "Gateshead": ("E08000037", "E08000020", "390"),
    "Northumberland": ("E06000057", "E06000048", "929"),
    "Barnsley": ("E08000038", "E08000016", "370"),
    "Sheffield": ("E08000039", "E08000019", "373"),
}


def table(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


AREA_ROWS, ALIAS_ROWS, NEIGHBOUR_ROWS = table(AREAS), table(ALIASES), table(NEIGHBOURS)
AUTHORITIES = [row for row in AREA_ROWS if row["geographic_level"] == "Local authority"]


@pytest.fixture(scope="module")
def areas() -> Areas:
    return Areas.load(REFERENCE)


# The tables, read without the loader


def test_there_are_153_authorities_now_and_seven_that_are_gone() -> None:
    assert len([row for row in AUTHORITIES if not row["closed"]]) == 153
    assert {row["area_code"] for row in AUTHORITIES if row["closed"]} == GONE | GONE_2009


def test_authorities_that_exist_now_are_of_the_known_types() -> None:
    kinds = defaultdict(int)
    for row in AUTHORITIES:
        if not row["closed"]:
            kinds[row["area_code"][:3]] += 1
    assert kinds == {"E06": 63, "E08": 36, "E09": 33, "E10": 21}


def test_there_are_nine_regions_and_inner_and_outer_london() -> None:
    regions = [r["area_code"] for r in AREA_ROWS if r["geographic_level"] == "Regional"]
    assert regions == [f"E1200000{n}" for n in range(1, 10)] + ["E13000001", "E13000002"]


def test_every_region_has_its_number_of_authorities() -> None:
    count = defaultdict(int)
    for row in AUTHORITIES:
        if not row["closed"]:
            count[row["region_code"][-1]] += 1
    assert dict(count) == {
        "1": 12, "2": 24, "3": 15, "4": 10, "5": 14, "6": 11, "7": 33, "8": 19, "9": 15
    }  # fmt: skip


def test_the_33_london_authorities_lie_in_london_14_inner_and_19_outer() -> None:
    london = [row for row in AUTHORITIES if row["area_code"].startswith("E09")]
    assert len(london) == 33
    assert {row["region_code"] for row in london} == {"E12000007"}
    parents = [row["parent_code"] for row in london]
    assert (parents.count("E13000001"), parents.count("E13000002")) == (14, 19)
    assert not [r for r in AUTHORITIES if r["parent_code"] and r not in london]


def test_codes_and_names_of_areas_are_unique() -> None:
    for column in ("area_code", "name", "short_name"):
        values = [row[column] for row in AREA_ROWS]
        assert len(values) == len(set(values)), column
    la_codes = [row["la_code"] for row in AUTHORITIES]
    assert len(la_codes) == len(set(la_codes))


def test_every_alias_stands_once_and_for_one_area() -> None:
    pairs = [(row["alias"], row["kind"]) for row in ALIAS_ROWS]
    assert len(pairs) == len(set(pairs))
    meant = defaultdict(set)
    for row in ALIAS_ROWS:
        meant[fold(row["alias"])].add(row["area_code"])
    assert not {alias for alias, codes in meant.items() if len(codes) > 1}


def test_every_alias_says_where_it_was_seen() -> None:
    assert not [row["alias"] for row in ALIAS_ROWS if not row["seen_in"]]


def test_aliases_hold_every_current_code_and_name() -> None:
    pairs = {(row["alias"], row["kind"], row["area_code"]) for row in ALIAS_ROWS}
    for row in AREA_ROWS:
        code = row["area_code"]
        assert (code, "gss", code) in pairs
        assert (row["name"], "name", code) in pairs
        assert not row["la_code"] or (row["la_code"], "la_code", code) in pairs


def test_every_authority_has_ten_neighbours_in_both_models_but_two_in_the_older() -> None:
    positions = defaultdict(list)
    for row in NEIGHBOUR_ROWS:
        positions[row["vintage"], row["area_code"]].append(row["position"])
    assert {tuple(held) for held in positions.values()} == {tuple(map(str, range(1, 11)))}
    modelled = {row["area_code"] for row in AUTHORITIES} - GONE_2009
    assert {code for vintage, code in positions if vintage == NEW} == modelled
    without = modelled - {code for vintage, code in positions if vintage == OLD}
    assert without == {"E06000063", "E06000064"}


def test_six_authorities_keep_the_same_ten_neighbours_between_the_models() -> None:
    tens = defaultdict(set)
    for row in NEIGHBOUR_ROWS:
        tens[row["vintage"], row["area_code"]].add(row["neighbour_code"])
    codes = {code for vintage, code in tens if vintage == OLD}
    same = {code for code in codes if tens[OLD, code] == tens[NEW, code]}
    assert same == SAME_TEN


def test_closeness_has_one_casing_and_never_grows_with_position() -> None:
    ranks = defaultdict(list)
    for row in NEIGHBOUR_ROWS:
        key = row["vintage"], row["area_code"]
        ranks[key].append((int(row["position"]), CLOSENESS.index(row["closeness"])))
    for key, held in ranks.items():
        closeness = [rank for _, rank in sorted(held)]
        assert closeness == sorted(closeness), key


# Finding an area


@pytest.mark.parametrize("name", CHANGED)
def test_a_recoded_area_is_one_entity_under_every_code(areas: Areas, name: str) -> None:
    for text in (*CHANGED[name], name, name.upper()):
        assert areas.find(text).area_code == CHANGED[name][0]
    assert areas.find(name).predecessors == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cumberland8", "E06000063"),
        ("Westmorland & Furness", "E06000064"),
        ("St Helens", "E08000013"),
        ("St. Helens", "E08000013"),
        ("Kingston upon Hull, City of", "E06000010"),
        ("Kingston Upon Hull", "E06000010"),
        ("Kingston Upon Hull City of", "E06000010"),
        ("City of Kingston upon Hull", "E06000010"),
        ("Kingston upon Thames", "E09000021"),
        ("Durham", "E06000047"),
        ("County Durham", "E06000047"),
        ("City of Bristol", "E06000023"),
        ("Bristol", "E06000023"),
        ("  bristol,   CITY of ", "E06000023"),
        ("Bedford Borough", "E06000055"),
        ("Herefordshire", "E06000019"),
        ("Hammersmith & Fulham", "E09000013"),
        ("Cornw", "E06000052"),
        ("Wals", "E08000030"),
        ("Dorset", "E06000059"),
        ("Dorset (Pre LG)", "E10000009"),
        ("Pre-LGR 2019 Dorset", "E10000009"),
        ("838", "E06000059"),
        ("835", "E10000009"),
        ("Poole (Pre LG)", "E06000029"),
        ("Bournemouth5", "E06000028"),
        ("928", "E10000021"),
        ("909", "E10000006"),
        ("891", "E10000024"),
        ("892", "E06000018"),
        ("873", "E10000003"),
        ("823", "E06000056"),
        ("Yorkshire and the Humber", "E12000003"),
        ("c.Yorkshire & the Humber", "E12000003"),
        ("London", "E12000007"),
        ("City of London", "E09000001"),
        ("London (Inner)", "E13000001"),
        ("OUTER LONDON", "E13000002"),
        ("England Total4,9", "E92000001"),
        ("970", "E92000001"),
    ],
)
def test_what_publishers_write_finds_the_area(areas: Areas, text: str, code: str) -> None:
    assert areas.find(text).area_code == code


@pytest.mark.parametrize("text", ["Region demo", "ALL", "NA", "", "LAT", "1000"])
def test_what_is_no_area_is_not_found(areas: Areas, text: str) -> None:
    with pytest.raises(UnknownNameError):
        areas.find(text)


def test_an_unknown_area_suggests_the_nearest_names(areas: Areas) -> None:
    with pytest.raises(UnknownNameError) as refusal:
        areas.find("Hertforshire")
    assert refusal.value.nearest[0] == "Hertfordshire"
    assert len(refusal.value.nearest) <= 3
    with pytest.raises(UnknownNameError, match="Did you mean Somerset"):
        areas.by_code("E10000027")


def test_an_area_is_reached_by_its_stable_code_only(areas: Areas) -> None:
    assert areas.by_code("E06000066").name == "Somerset"


def test_alias_rows_are_folded_and_stand_once(areas: Areas) -> None:
    rows = areas.alias_rows()
    assert len(rows) == len(set(rows))
    assert all(alias == fold(alias) for alias, _, _ in rows)
    assert ("st. helens", "name", "E08000013") in rows


def test_folding_sets_case_spacing_and_ampersands_aside() -> None:
    assert fold(" Westmorland&Furness\u00a0") == "westmorland and furness"


# Place and time


def test_a_borough_lies_in_london_and_so_do_inner_and_outer_london(areas: Areas) -> None:
    for text in ("Camden", "Barnet", "Inner London", "Outer London"):
        region = areas.region_of(areas.find(text))
        assert region is not None
        assert region.name == "London"
    assert areas.region_of(areas.find("London")) is None
    assert areas.region_of(areas.find("England")) is None


@pytest.mark.parametrize(
    ("name", "period", "is_open"),
    [
        ("Poole", "201718", True),
        ("Poole", "201819", True),
        ("Poole", "201920", False),
        ("Poole", "2019", True),
        ("Poole", "2020", False),
        ("Bournemouth, Christchurch and Poole", "201718", False),
        ("Bournemouth, Christchurch and Poole", "201819", True),
        ("Bournemouth, Christchurch and Poole", "2018", False),
        ("Bournemouth, Christchurch and Poole", "2019", True),
        ("Northamptonshire", "202021", True),
        ("Northamptonshire", "202122", False),
        ("West Northamptonshire", "202021", True),
        ("West Northamptonshire", "201920", False),
        ("Cumbria", "2023", True),
        ("Cumbria", "2024", False),
        ("Cumberland", "202223", True),
        ("Cumberland", "202122", False),
        ("Somerset", "201819", True),
        ("Kent", "200607", True),
        ("England", "1999", True),
        ("Kent", "199900", True),
    ],
)
def test_an_area_is_open_in_every_period_it_existed_in(
    areas: Areas, name: str, period: str, is_open: bool
) -> None:
    assert areas.find(name).open_in(period) is is_open


@pytest.mark.parametrize("period", ["", "24", "202426", "2024/25", "autumn"])
def test_a_period_that_is_none_is_refused(areas: Areas, period: str) -> None:
    with pytest.raises(UnknownNameError, match="time period"):
        areas.find("Kent").open_in(period)


def test_authorities_are_counted_for_a_period(areas: Areas) -> None:
    assert len(areas.local_authorities()) == 153
    in_period = {p: len(areas.local_authorities(p)) for p in ("201718", "201819", "201920")}
    assert in_period == {"201718": 152, "201819": 154, "201920": 151}
    assert len(areas.local_authorities("202122")) == 152
    assert len(areas.local_authorities("202425")) == 153
    levels = {area.level for area in areas.local_authorities("201819")}
    assert levels == {GeographicLevel.LOCAL_AUTHORITY}


def test_successors_start_on_the_day_their_predecessors_close(areas: Areas) -> None:
    days = {area.area_code: area.closed for area in areas if area.closed}
    assert days == {
        "E06000028": date(2019, 4, 1),
        "E06000029": date(2019, 4, 1),
        "E10000009": date(2019, 4, 1),
        "E10000021": date(2021, 4, 1),
        "E10000006": date(2023, 4, 1),
        "E10000001": date(2009, 4, 1),
        "E10000004": date(2009, 4, 1),
    }
    merged = areas.find("Bournemouth, Christchurch and Poole")
    assert set(merged.predecessors) == {"E06000028", "E06000029", "E10000009"}
    assert merged.opened == date(2019, 4, 1)


# Neighbours


def test_neighbours_come_in_order_with_their_closeness(areas: Areas) -> None:
    ten = areas.neighbours(areas.find("Hertfordshire").area_code, NEW)
    assert [neighbour.position for neighbour in ten] == list(range(1, 11))
    assert all(neighbour.closeness in CLOSENESS for neighbour in ten)


def test_two_newer_authorities_have_no_neighbours_in_the_older_model(areas: Areas) -> None:
    for name in ("Cumberland", "Westmorland and Furness"):
        code = areas.find(name).area_code
        assert areas.neighbours(code, OLD) == ()
        assert len(areas.neighbours(code, NEW)) == 10


def test_an_abolished_neighbour_keeps_its_own_entity(areas: Areas) -> None:
    codes = {n.area.area_code for area in areas for n in areas.neighbours(area.area_code, OLD)}
    assert "E10000006" in codes


def test_an_unknown_vintage_or_area_is_refused(areas: Areas) -> None:
    with pytest.raises(UnknownNameError, match="2025-05"):
        areas.neighbours("E06000001", "2019")
    with pytest.raises(UnknownNameError):
        areas.neighbours("E99999999", NEW)


# Faults


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(path: Path, *lines: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def test_every_fault_of_a_broken_folder_is_reported_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE, folder)
    first = AREA_ROWS[0]["area_code"]
    add(
        folder / AREAS,
        f"{first},,Twice,Twice,National,,,,,,,",
        "E06999991,99,Bad number,Bad number,Local authority,,,,,,,",
        "E06999992,992,Bad date,Bad date,Local authority,E12000001,,1 April,,,,",
        "E06999993,993,Backwards,Backwards,Local authority,E12000001,,2020-04-01,2019-04-01,,"
        "E06000001,",
        "E06999994,994,Bad region,Bad region,Local authority,E12999999,,,,,,",
        "E06999995,995,Bad level,Bad level,Borough,E12000001,,,,,,",
        "E06999996,996,Lost heir,Lost heir,Local authority,E12000001,,,2019-04-01,,E06999990,",
        "E06999997,997,Never left,Never left,Local authority,E12000001,,,2019-04-01,,,",
    )
    add(
        folder / ALIASES,
        "Nowhere,name,E06999999,test,",
        "Kent,name,E06000001,test,",
        "Somewhere,postcode,E06000001,test,",
        "  ,name,E06000001,test,",
    )
    add(
        folder / NEIGHBOURS,
        "2025-05,E06999994,1,E06999999,Close",
        "2025-05,E06999993,1,E06999993,Close",
        "2025-05,E06999992,11,E06000001,close",
        "2025-05,E06999991,2,E06000001,Close",
        "2019-01,E06999991,2,E06000001,Close",
    )
    with pytest.raises(CatalogueError) as refusal:
        Areas.load(folder)
    report = "\n".join(str(problem) for problem in refusal.value.problems)
    for expected in (
        f"{first}: code stands twice",
        "la_code '99'",
        "E06999991: no region_code",
        "opened '1 April'",
        "closed 2019-04-01 is not after opened 2020-04-01",
        "successor E06000001 does not name it in return",
        "region_code E12999999",
        "geographic_level 'Borough'",
        "successor E06999990; name an area",
        "closed and successors do not stand together",
        "'Nowhere': area_code 'E06999999' is not an area",
        "'Kent': kind name stands 2 times",
        "'kent': stands for E06000001 and E10000016",
        "kind 'postcode'",
        "no alias",
        "neighbour_code 'E06999999'; write a code",
        "neighbour_code 'E06999993'; name another area",
        "position '11'",
        "closeness 'close'",
        "2025-05 E06999991: positions 2",
        "vintage '2019-01'",
    ):
        assert expected in report


def test_a_neighbour_that_stands_twice_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE, folder)
    ten = [row for row in NEIGHBOUR_ROWS if row["vintage"] == NEW][:2]
    old, new = (",".join(row.values()) for row in (ten[1], {**ten[0], "position": "2"}))
    replace(folder / NEIGHBOURS, f"\n{old}\n", f"\n{new}\n")
    with pytest.raises(CatalogueError, match="a neighbour stands twice"):
        Areas.load(folder)


def test_missing_files_and_columns_are_reported(tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE, folder)
    (folder / NEIGHBOURS).unlink()
    replace(folder / ALIASES, "alias,kind,", "alias,sort,")
    add(folder / AREAS, "E06999998,998,Comma, unquoted,Comma,Local authority,E12000001,,,,,,")
    with pytest.raises(CatalogueError) as refusal:
        Areas.load(folder)
    report = str(refusal.value)
    assert "neighbours.csv: no such file" in report
    assert "area_alias.csv: no column kind" in report
    assert "more cells than columns" in report


# The publishers' own files

CODE_COLUMNS = {
    "new_la_code", "old_la_code", "la_code", "la_code_3", "la_code_9", "LA (code)", "LEA",
    "LA Number", "neighbour_old_la_code", "region_code", "country_code",
}  # fmt: skip
NAME_COLUMNS = {
    "la_name", "LA (name)", "LA and Regions", "Local authority", "neighbour_la_name",
    "region_name", "region", "Region", "region_heading", "region_label",
    "country_name", "country",
}  # fmt: skip
SAME_ROW = ("new_la_code", "la_code_9", "old_la_code", "la_code_3", "LA Number", "la_name",
            "LA and Regions")  # fmt: skip

#: What stands in those columns and is no area: symbols, totals of another kind, tests.
NO_AREA = {
    "", ".", "-", "z", "ALL", "NA", "NULL", "Region demo", "LA demo",
    "Outside of England and unknown", "England total excluding suppressed",
    "England (discontinued)", "1000", "North East, Yorkshire and the Humber",
}  # fmt: skip

BANDS = {3: "country_code", 4: "country_name", 5: "region_name", 6: "region_code",
         7: "old_la_code", 8: "new_la_code", 9: "la_name"}  # fmt: skip


def frame(content: bytes) -> pd.DataFrame:
    """The distinct area columns of a publisher's file."""
    headerless = content.removeprefix(codecs.BOM_UTF8).startswith(b"Academic year,")
    encoding = "utf-8-sig"
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
    wanted = CODE_COLUMNS | NAME_COLUMNS
    rows = pd.read_csv(
        io.BytesIO(content), dtype=str, keep_default_na=False, encoding=encoding,
        header=None if headerless else "infer",
        usecols=list(BANDS) if headerless else lambda column: column in wanted,
    )  # fmt: skip
    return rows.rename(columns=BANDS).drop_duplicates()


def parquet(path: Path) -> pd.DataFrame:
    source = duckdb.read_parquet(str(path))
    held = [f'"{column}"' for column in source.columns if column in CODE_COLUMNS | NAME_COLUMNS]
    rows = source.project(", ".join(held)).distinct().df()
    if "LA Number" in rows:
        rows["LA Number"] = rows["LA Number"].map("{:.0f}".format)
    return rows.fillna("")


@functools.cache
def publisher_frames(folder: Path) -> tuple[tuple[str, pd.DataFrame], ...]:
    """The area columns of every delimited file, whatever it is wrapped in."""
    return tuple(read_frames(folder))


def read_frames(folder: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    if member.endswith(".csv") and not member.endswith(".meta.csv"):
                        yield f"{name}/{member}", frame(archive.read(member))
        elif path.suffix == ".parquet":
            yield name, parquet(path)
        elif name.endswith(".csv.gz"):
            yield name, frame(gzip.decompress(path.read_bytes()))
        elif path.suffix == ".csv" and path.parent != folder:
            yield name, frame(path.read_bytes())


def ods_rows(path: Path, sheet: str) -> Iterator[list[str]]:
    namespace = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    for held in root.iter(f"{namespace}table"):
        if (held.get(f"{namespace}name") or "").startswith(sheet):
            for row in held.iter(f"{namespace}table-row"):
                yield ["".join(cell.itertext()) for cell in row.iter(f"{namespace}table-cell")]


def between(texts: list[str], first: str, last: str) -> list[str]:
    start = texts.index(first)
    return texts[start : next(n for n in range(start, len(texts)) if texts[n].startswith(last))]


def other_texts(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Areas in workbooks, maps and tables without plain columns."""
    reference, raw = folder / "reference", folder / "raw"
    tribunals = raw / "tribunals"
    name = "SEND_Tribunals_and_appeal_rate_2014-2024.csv"
    with (tribunals / name).open(encoding="utf-8-sig", newline="") as file:
        firsts = [row[0].strip() for row in csv.reader(file)]
    yield name, between(firsts, "NORTH EAST", "Sources")
    name = "send_appeal_rate_table_2022.ods"
    firsts = [row[0].strip() for row in ods_rows(tribunals / name, "SEND_2") if row]
    yield name, between(firsts, "NORTH EAST", "Source")
    name = "Area_SEND_inspection_data_2016-2022.ods"
    rows = [row for row in ods_rows(raw / "ofsted" / name, "Area_SEND") if len(row) > 4]
    yield name, [text for row in rows if row[1].startswith("E") for text in row[1:4]]
    name = "stat_neighbours_names.csv"
    with (reference / name).open(encoding="utf-8-sig", newline="") as file:
        yield name, [text for row in csv.reader(file) for text in row]
    for name in ("la_code_list.xlsx", "sn_april_2021.xlsx", "sn_may_2025.xlsx"):
        book = openpyxl.load_workbook(reference / name, read_only=True, data_only=True)
        columns = (0, 1, 2) if name.startswith("la") else (0, 1, 4)
        for row in book.worksheets[0].iter_rows(min_row=2, values_only=True):
            if str(row[0]).isdigit() and len(str(row[0])) >= 3:
                yield name, [str(row[n] or "") for n in columns]
    name = "la_boundaries_slim.geojson.gz"
    features = json.loads(gzip.decompress((reference / name).read_bytes()))["features"]
    for feature in features:
        yield name, [text for text in feature["properties"].values() if isinstance(text, str)]


def published(folder: Path) -> dict[str, set[str]]:
    """Every spelling and code of an area, with the files it stands in."""
    seen: dict[str, set[str]] = defaultdict(set)
    for source, rows in publisher_frames(folder):
        for column in rows.columns:
            for text in rows[column].unique():
                seen[text.strip()].add(source)
    for source, texts in other_texts(folder):
        for text in texts:
            seen[text.strip()].add(source)
    return seen


def test_every_spelling_and_code_that_publishers_use_resolves(areas: Areas) -> None:
    seen = published(shared_data())
    assert len(seen) > 700
    unknown = {}
    for text, sources in seen.items():
        if text not in NO_AREA:
            try:
                areas.find(text)
            except UnknownNameError:
                unknown[text] = sorted(sources)[:3]
    assert not unknown


def test_every_spelling_that_publishers_use_is_listed(areas: Areas) -> None:
    listed = {row["alias"] for row in ALIAS_ROWS}
    assert not {text for text in published(shared_data()) if text not in listed | NO_AREA}


def test_codes_and_name_of_one_published_row_mean_one_area(areas: Areas) -> None:
    """Old and new Dorset share a name: there the code decides."""
    astray = set()
    for source, rows in publisher_frames(shared_data()):
        columns = [column for column in SAME_ROW if column in rows]
        for values in rows[columns].drop_duplicates().itertuples(index=False):
            texts = [text.strip() for text in values if text.strip() not in NO_AREA]
            codes = {areas.find(text).area_code for text in texts}
            if len(codes) > 1 and codes != {"E10000009", "E06000059"}:
                astray.add((source, *texts))
    assert not astray


def test_regions_of_authorities_are_those_published(areas: Areas) -> None:
    astray = set()
    for source, rows in publisher_frames(shared_data()):
        if {"new_la_code", "region_code"} <= set(rows.columns):
            for code, region in set(zip(rows["new_la_code"], rows["region_code"], strict=True)):
                if {code.strip(), region.strip()} & NO_AREA:
                    continue
                area = areas.find(code)
                if areas.find(region).area_code not in (area.region_code, area.parent_code):
                    astray.add((source, code, region))
    assert not astray


@pytest.mark.parametrize(
    ("file", "vintage"), [("sn_april_2021.xlsx", OLD), ("sn_may_2025.xlsx", NEW)]
)
def test_neighbours_are_those_of_the_published_workbook(
    areas: Areas, file: str, vintage: str
) -> None:
    path = shared_data() / "reference" / file
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    checked = 0
    for row in book.worksheets[0].iter_rows(min_row=4, values_only=True):
        if not row[0] or not str(row[0]).isdigit() or len(str(row[0])) != 3:
            continue
        area, cells = areas.find(str(row[0])), list(row[5:25])
        expected = [
            (areas.find(str(code)).area_code, str(closeness).strip().capitalize())
            for code, closeness in zip(cells[::2], cells[1::2], strict=True)
            if str(code).isdigit()
        ]
        held = areas.neighbours(area.area_code, vintage)
        assert [(n.area.area_code, n.closeness) for n in held] == expected, area.name
        checked += 1
    assert checked == 158
