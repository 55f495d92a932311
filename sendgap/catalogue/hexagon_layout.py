"""Works out a map of equal hexagons, one for each local authority open now.

``python -m sendgap.catalogue.hexagon_layout`` reads ``la_centroids.csv`` and
``hexagons_by_hand.csv`` and writes ``hexagons.csv``, the same each time; it is run when
authorities change, never by the app. Middles are projected and spread until none crowd
(London needs the room that moorland does not). Authorities put in place by hand keep their
cells; the others get one each so that squared distances are least, and are then moved and
exchanged, with a fixed seed, as long as that makes neighbours touch on the side they lie on
and keeps regions whole.
"""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.spatial import Delaunay

from sendgap.catalogue import centroids, hexagons
from sendgap.catalogue.areas import Areas
from sendgap.catalogue.hexagons import STEPS, Cell, centre
from sendgap.config import paths

#: Which authorities the layout is of: those open since this day.
SET = "2023-04"
BY_HAND = "hexagons_by_hand.csv"
SEED, TRIES = 6, 200_000
#: Kilometres between the middles of two cells, and how far apart neighbours may lie.
APART, FARTHEST = 29.0, 150.0
#: How many cells away from where it belongs an authority may first be put.
NEAR = 2.5
EARTH, MIDDLE = 6371.0, (-2.0, 52.8)
#: What a step of distance, a turn of direction and a contact inside a region are worth.
LENGTH, TURN, KIN, ANY, SPLIT, DRIFT = 1.0, 2.2, 0.35, 0.25, 30.0, 0.03

Points = NDArray[np.float64]


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Kilometres east and north of the middle of England: a transverse Mercator projection."""
    over = math.radians(longitude - MIDDLE[0])
    up = math.radians(latitude)
    east = EARTH * math.atanh(math.cos(up) * math.sin(over))
    north = EARTH * (math.atan2(math.tan(up), math.cos(over)) - math.radians(MIDDLE[1]))
    return east, north


def true_neighbours(points: Points) -> set[tuple[int, int]]:
    """Pairs whose surroundings touch: no third middle lies between them (Delaunay)."""
    pairs = set()
    for corners in Delaunay(points).simplices:
        for i in corners:
            for j in corners:
                if i < j and np.hypot(*(points[i] - points[j])) < FARTHEST:
                    pairs.add((int(i), int(j)))
    return pairs


def spread(points: Points, pairs: Iterable[tuple[int, int]]) -> Points:
    """Middles pushed apart to ``APART``, with neighbours drawn together again."""
    places, links = points.copy(), np.array(sorted(pairs))
    for _ in range(400):
        between = places[links[:, 1]] - places[links[:, 0]]
        pull = (1 - APART / np.maximum(np.hypot(*between.T), 1e-9))[:, None] * between
        push = np.zeros_like(places)
        np.add.at(push, links[:, 0], pull * 0.06)
        np.add.at(push, links[:, 1], -pull * 0.06)
        apart = places[:, None] - places[None]
        far = np.hypot(apart[..., 0], apart[..., 1]) + np.eye(len(places)) * 1e9
        near = np.clip(APART / far - 1, 0, 2)[..., None] * apart
        places += push + near.sum(axis=1) * 0.12
    return places / APART


def assigned(places: Points, given: Mapping[int, Cell]) -> list[Cell]:
    """A cell for each place, one each, with the least sum of squared distances; those
    ``given`` keep theirs."""
    reach = int(np.abs(places).max()) + 6
    ways = range(-2 * reach, 2 * reach)
    grid = [cell for cell in product(ways, ways) if cell not in given.values()]
    middles = np.array([centre(cell) for cell in grid])
    free = [i for i in range(len(places)) if i not in given]
    far = ((places[free][:, None] - middles[None]) ** 2).sum(axis=2)
    near = np.flatnonzero(far.min(axis=0) < NEAR**2)
    rows, columns = linear_sum_assignment(far[:, near])
    found = dict(given)
    found.update({free[i]: grid[near[n]] for i, n in zip(rows, columns, strict=True)})
    return [found[i] for i in range(len(places))]


@dataclass
class Layout:
    """Cells being exchanged, and what is wrong with them."""

    cells: list[Cell]
    wished: Points
    true: list[list[tuple[int, float, float, float]]]
    regions: list[str]
    given: frozenset[int]
    mainland: dict[str, list[int]]
    taken: dict[Cell, int]

    def strain(self, i: int) -> float:
        """What is wrong about one authority's cell, beside all it should touch."""
        x, y = centre(self.cells[i])
        total = DRIFT * ((x - self.wished[i][0]) ** 2 + (y - self.wished[i][1]) ** 2)
        for j, east, north, weight in self.true[i]:
            a, b = centre(self.cells[j])
            length = math.hypot(a - x, b - y)
            along = ((a - x) * east + (b - y) * north) / length
            total += weight * (LENGTH * (length - 1) + TURN * (1 - along))
        q, r = self.cells[i]
        for dq, dr in STEPS:
            other = self.taken.get((q + dq, r + dr))
            if other is not None:
                total -= KIN if self.regions[other] == self.regions[i] else ANY
        return float(total)

    def parts(self, region: str) -> int:
        """In how many pieces a region lies."""
        return hexagons.pieces({self.cells[i] for i in self.mainland[region]})

    def move(self, i: int, to: Cell) -> int | None:
        """Put an authority in a cell; who was there takes its old one."""
        there, old = self.taken.get(to), self.cells[i]
        del self.taken[old]
        self.cells[i], self.taken[to] = to, i
        if there is not None:
            self.cells[there], self.taken[old] = old, there
        return there


def improved(layout: Layout) -> None:
    """Move and exchange cells while the layout cools."""
    chance = random.Random(SEED)
    free = [i for i in range(len(layout.cells)) if i not in layout.given]
    steps = [(q, r) for q in range(-3, 4) for r in range(-3, 4) if (q, r) != (0, 0)]
    for turn in range(TRIES):
        heat = 1.6 * (1 - turn / TRIES) ** 2 + 1e-9
        i = chance.choice(free)
        (q, r), (dq, dr) = layout.cells[i], chance.choice(steps)
        old, to = (q, r), (q + dq, r + dr)
        there = layout.taken.get(to)
        if there in layout.given:
            continue
        who = [i] if there is None else [i, there]
        kin = {layout.regions[n] for n in who} | _regions_round(layout, old, to)
        before = sum(map(layout.strain, who)) + SPLIT * sum(map(layout.parts, kin))
        layout.move(i, to)
        after = sum(map(layout.strain, who)) + SPLIT * sum(map(layout.parts, kin))
        if after > before and chance.random() >= math.exp((before - after) / heat):
            layout.move(i, old)


def _regions_round(layout: Layout, *cells: Cell) -> set[str]:
    return {layout.regions[n] for cell in cells if (n := layout.taken.get(cell)) is not None}


def laid_out(
    areas: Areas, middles: Mapping[str, tuple[float, float]], by_hand: Mapping[str, Cell]
) -> dict[str, Cell]:
    """A cell for each authority by its three-digit code."""
    codes = sorted(middles)
    points = np.array([projected(*middles[code]) for code in codes])
    pairs = true_neighbours(points)
    regions = [areas.find(code).region_code or "" for code in codes]
    true: list[list[tuple[int, float, float, float]]] = [[] for _ in codes]
    for i, j in sorted(pairs):
        east, north = points[j] - points[i]
        far = math.hypot(east, north)
        kin = 1.0 if regions[i] == regions[j] else 0.7
        weight = kin * min(1.0, 60 / far)
        true[i].append((j, east / far, north / far, weight))
        true[j].append((i, -east / far, -north / far, weight))
    wished = spread(points, pairs)
    given = {codes.index(code): cell for code, cell in by_hand.items()}
    mainland: dict[str, list[int]] = {}
    for i, code in enumerate(codes):
        if code not in hexagons.ISLANDS:
            mainland.setdefault(regions[i], []).append(i)
    cells = assigned(wished, given)
    taken = {cell: i for i, cell in enumerate(cells)}
    layout = Layout(cells, wished, true, regions, frozenset(given), mainland, taken)
    improved(layout)
    return dict(zip(codes, layout.cells, strict=True))


def write(reference: Path) -> None:
    """Write the layout of the authorities that have a middle."""
    with (reference / centroids.FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (reference / BY_HAND).open(encoding="utf-8", newline="") as file:
        by_hand = {row["la_code"]: (int(row["q"]), int(row["r"])) for row in csv.DictReader(file)}
    middles = {row["la_code"]: (float(row["longitude"]), float(row["latitude"])) for row in rows}
    cells = laid_out(Areas.load(reference), middles, by_hand)
    with (reference / hexagons.FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(hexagons.COLUMNS)
        for row in rows:
            code = row["la_code"]
            writer.writerow((SET, code, row["area_code"], row["letters"], *cells[code]))


if __name__ == "__main__":
    write(paths().reference)
