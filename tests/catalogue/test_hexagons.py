"""The map of equal hexagons: everyone once, regions whole, and England recognisable."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from sendgap.catalogue import centroids, hexagon_layout, hexagons
from sendgap.catalogue.areas import Areas
from sendgap.catalogue.hexagons import STEPS, Hexagon
from sendgap.config import paths
from sendgap.errors import Problem

REFERENCE = paths().reference
#: A hexagon has six neighbours, so six nearest authorities are the ones it could have.
NEAREST = 6


@pytest.fixture(scope="module")
def areas() -> Areas:
    return Areas.load(REFERENCE)


@pytest.fixture(scope="module")
def places(areas: Areas) -> dict[str, Hexagon]:
    """By three-digit code."""
    found = {a.la_code or "": areas.hexagon(a.area_code) for a in areas.local_authorities()}
    assert all(found.values()), [code for code, place in found.items() if place is None]
    return {code: place for code, place in found.items() if place}


def middles() -> dict[str, tuple[float, float]]:
    with (REFERENCE / centroids.FILE).open(encoding="utf-8", newline="") as file:
        return {
            row["la_code"]: (float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
        }


def touching(places: dict[str, Hexagon]) -> set[frozenset[str]]:
    at = {place.cell: code for code, place in places.items()}
    return {
        frozenset((code, at[beside]))
        for code, place in places.items()
        for q, r in STEPS
        if (beside := (place.cell[0] + q, place.cell[1] + r)) in at
    }


def test_every_authority_open_now_has_a_cell_and_letters_of_its_own(
    areas: Areas, places: dict[str, Hexagon]
) -> None:
    count = len(areas.local_authorities())
    assert count == 153
    assert len({place.cell for place in places.values()}) == count
    letters = {place.letters for place in places.values()}
    assert len(letters) == count
    assert all(len(each) == 3 and each.isupper() for each in letters)


def test_closed_authorities_have_none(areas: Areas) -> None:
    closed = [a for a in areas if a.closed]
    assert closed
    assert all(areas.hexagon(area.area_code) is None for area in closed)


def test_regions_are_whole(areas: Areas, places: dict[str, Hexagon]) -> None:
    regions: dict[str | None, set[hexagons.Cell]] = {}
    for code, place in places.items():
        if code not in hexagons.ISLANDS:
            regions.setdefault(areas.find(code).region_code, set()).add(place.cell)
    assert len(regions) == 9
    assert {region: hexagons.pieces(cells) for region, cells in regions.items()} == (
        dict.fromkeys(regions, 1)
    )


def test_the_mainland_is_one_piece_without_holes(places: dict[str, Hexagon]) -> None:
    cells = {p.cell for code, p in places.items() if code not in hexagons.ISLANDS}
    assert hexagons.pieces(cells) == 1
    across, up = [q for q, _ in cells], [r for _, r in cells]
    sea = {
        (q, r)
        for q in range(min(across) - 2, max(across) + 3)
        for r in range(min(up) - 2, max(up) + 3)
    } - cells
    assert hexagons.pieces(sea) == 1


def test_three_quarters_of_contacts_are_between_near_authorities(
    places: dict[str, Hexagon],
) -> None:
    codes = sorted(places)
    points = np.array([hexagon_layout.projected(*middles()[code]) for code in codes])
    far = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    near = {
        code: {codes[j] for j in np.argsort(far[i])[1 : NEAREST + 1]}
        for i, code in enumerate(codes)
    }
    contacts = [tuple(pair) for pair in touching(places)]
    true = sum(a in near[b] or b in near[a] for a, b in contacts)
    assert true / len(contacts) >= 0.75


@pytest.mark.parametrize(
    ("first", "way", "second"),
    [
        ("Northumberland", "north", "Newcastle upon Tyne"),
        ("Newcastle upon Tyne", "north", "Gateshead"),
        ("Gateshead", "north", "Durham"),
        ("North Tyneside", "north", "South Tyneside"),
        ("Durham", "north", "North Yorkshire"),
        ("Cumberland", "north", "Lancashire"),
        ("Cumberland", "west", "Durham"),
        ("Lancashire", "west", "North Yorkshire"),
        ("Liverpool", "west", "Manchester"),
        ("Kingston upon Hull", "east", "Leeds"),
        ("North East Lincolnshire", "north", "Lincolnshire"),
        ("North East Lincolnshire", "east", "North Lincolnshire"),
        ("Norfolk", "north", "Suffolk"),
        ("Suffolk", "north", "Essex"),
        ("Norfolk", "east", "Leicester"),
        ("Shropshire", "west", "Staffordshire"),
        ("Hertfordshire", "north", "Barnet"),
        ("Cornwall", "west", "Devon"),
        ("Cornwall", "south", "Somerset"),
        ("Isles of Scilly", "west", "Cornwall"),
        ("Isle of Wight", "south", "Hampshire"),
        ("Kent", "east", "Surrey"),
        ("Kent", "south", "Medway"),
        ("Brighton and Hove", "east", "West Sussex"),
        ("Brighton and Hove", "west", "East Sussex"),
        ("Richmond upon Thames", "west", "Bexley"),
        ("Enfield", "north", "Croydon"),
    ],
)
def test_places_lie_where_people_know_them(
    areas: Areas, places: dict[str, Hexagon], first: str, way: str, second: str
) -> None:
    x, y = (places[areas.find(name).la_code or ""].centre for name in (first, second))
    ahead = {"north": x[1] - y[1], "south": y[1] - x[1], "east": x[0] - y[0], "west": y[0] - x[0]}
    assert ahead[way] > 0.2


def test_the_far_corners(areas: Areas, places: dict[str, Hexagon]) -> None:
    at = {areas.find(code).name: place.centre for code, place in places.items()}
    assert max(at, key=lambda name: at[name][1]) == "Northumberland"
    mainland = {name: at[name] for name in at if name not in ("Isles of Scilly", "Isle of Wight")}
    assert min(mainland, key=lambda name: sum(mainland[name])) == "Cornwall"
    south = {name: y for name, (_, y) in mainland.items()}
    assert south["Kent"] == min(south.values())
    north_west = [a.name for a in areas.local_authorities() if a.region_code == "E12000002"]
    assert max(north_west, key=lambda name: at[name][1]) == "Cumberland"


def test_london_is_one_compact_block(areas: Areas, places: dict[str, Hexagon]) -> None:
    """No borough is farther from the City than eight of the thirty-three could be."""
    london = [places[a.la_code or ""] for a in areas.local_authorities()
              if a.region_code == "E12000007"]  # fmt: skip
    assert len(london) == 33
    x = sum(place.centre[0] for place in london) / 33
    y = sum(place.centre[1] for place in london) / 33
    assert max(math.dist(place.centre, (x, y)) for place in london) < 4.2


def test_neighbours_known_by_every_driver_touch(areas: Areas, places: dict[str, Hexagon]) -> None:
    contacts = touching(places)
    for pair in (
        ("Cornwall", "Plymouth"), ("Northumberland", "Newcastle upon Tyne"),
        ("Kent", "Medway"), ("Kent", "East Sussex"), ("Surrey", "Hampshire"),
        ("Surrey", "Kingston upon Thames"), ("Norfolk", "Suffolk"), ("Derby", "Derbyshire"),
        ("Wiltshire", "Swindon"), ("Cheshire East", "Stockport"),
        ("North East Lincolnshire", "Lincolnshire"), ("Essex", "Suffolk"),
    ):  # fmt: skip
        assert frozenset(areas.find(name).la_code or "" for name in pair) in contacts, pair


def test_what_is_put_by_hand_stands_so_with_its_reason(places: dict[str, Hexagon]) -> None:
    with (REFERENCE / hexagon_layout.BY_HAND).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert places[row["la_code"]].cell == (int(row["q"]), int(row["r"]))
        assert row["why"]


def test_a_middle_is_the_centre_of_the_area_with_its_holes_taken_away() -> None:
    square = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
    hole = [[2.0, 1.0], [3.0, 1.0], [3.0, 3.0], [2.0, 3.0], [2.0, 1.0]]
    x, y = centroids.centroid({"type": "Polygon", "coordinates": [square, hole]})
    assert (x, y) == (pytest.approx((16 * 2 - 2 * 2.5) / 14), pytest.approx(2.0))


def test_kilometres_are_as_on_the_ground() -> None:
    """London to Newcastle is 398 km by the great circle."""
    london, newcastle = (-0.1276, 51.5072), (-1.6178, 54.9783)
    a, b = hexagon_layout.projected(*london), hexagon_layout.projected(*newcastle)
    assert math.dist(a, b) == pytest.approx(398, abs=3)


FAULTS = {
    "cell": ("2023-04,201,E09000001,LND,9,x", "write two whole numbers"),
    "code": ("2023-04,201,E09000007,LND,9,1", "write the codes of one authority"),
    "twice": ("2023-04,202,E09000007,CMD,9,-6", "give each authority a cell of its own"),
    "letters": ("2023-04,202,E09000007,LND,1,1", "give each authority its own"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_layout_is_refused_with_what_to_write(
    areas: Areas, tmp_path: Path, fault: str
) -> None:
    line, write = FAULTS[fault]
    rows = [",".join(hexagons.COLUMNS), "2023-04,201,E09000001,LND,9,-6", line]
    if fault in ("cell", "code"):
        del rows[1]
    (tmp_path / hexagons.FILE).write_text("\n".join(rows), encoding="utf-8")
    problems: list[Problem] = []
    hexagons.read(tmp_path, {a.area_code: a for a in areas}, problems)
    assert len(problems) == 1
    assert write in problems[0].write


def test_the_newest_layout_is_read(areas: Areas, tmp_path: Path) -> None:
    rows = [",".join(hexagons.COLUMNS), "2023-04,201,E09000001,LND,9,-6",
            "2028-04,201,E09000001,LND,1,2"]  # fmt: skip
    (tmp_path / hexagons.FILE).write_text("\n".join(rows), encoding="utf-8")
    found = hexagons.read(tmp_path, {a.area_code: a for a in areas}, [])
    assert found["E09000001"].cell == (1, 2)


@pytest.mark.long
def test_the_layout_is_what_the_command_works_out(areas: Areas, places: dict[str, Hexagon]) -> None:
    with (REFERENCE / hexagon_layout.BY_HAND).open(encoding="utf-8", newline="") as file:
        by_hand = {row["la_code"]: (int(row["q"]), int(row["r"])) for row in csv.DictReader(file)}
    cells = hexagon_layout.laid_out(areas, middles(), by_hand)
    assert cells == {code: place.cell for code, place in places.items()}
