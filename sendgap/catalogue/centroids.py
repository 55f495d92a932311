"""Where the middle of each authority lies, from a file of boundaries.

``python -m sendgap.catalogue.centroids BOUNDARIES.geojson.gz`` writes the rows of
``la_centroids.csv`` that the boundaries have and keeps those put in by hand, and the three
letters of each authority. The boundaries are ONS's (Open Government Licence v3.0); they are
read here and not kept.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sendgap.catalogue.areas import Areas
from sendgap.config import paths

FILE = "la_centroids.csv"
COLUMNS = ("la_code", "area_code", "letters", "longitude", "latitude", "taken_from")
FROM_BOUNDARIES, BY_HAND = "ONS boundaries, May 2025", "by hand"
#: A hundredth of a degree is about a kilometre, a thirtieth of a cell.
PLACES = 3

Point = tuple[float, float]


def centroid(geometry: dict[str, Any]) -> Point:
    """The centre of an outline's area, as longitude and latitude.

    >>> centroid({"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]})
    (2.0, 1.0)
    """
    total = across = up = 0.0
    for ring in _rings(geometry):
        for (x0, y0), (x1, y1) in zip(ring, ring[1:], strict=False):
            twice = x0 * y1 - x1 * y0
            total += twice
            across += (x0 + x1) * twice
            up += (y0 + y1) * twice
    return across / (3 * total), up / (3 * total)


def _rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    """Every ring, holes turned against their outline so that they are taken away."""
    coordinates = geometry["coordinates"]
    for polygon in [coordinates] if geometry["type"] == "Polygon" else coordinates:
        for number, ring in enumerate(polygon):
            is_left = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False))
            yield ring if (is_left > 0) == (number == 0) else ring[::-1]


def write(boundaries: Path, reference: Path) -> int:
    """Write the file again; returns how many middles come from the boundaries."""
    areas = Areas.load(reference)
    with (reference / FILE).open(encoding="utf-8", newline="") as file:
        kept = {row["la_code"]: row for row in csv.DictReader(file)}
    with gzip.open(boundaries, "rt", encoding="utf-8") as opened:
        features = json.load(opened)["features"]
    for feature in features:
        area = areas.find(feature["properties"]["new_la_code"])
        x, y = centroid(feature["geometry"])
        code = area.la_code or ""
        kept.setdefault(code, {"la_code": code, "area_code": area.area_code, "letters": ""})
        kept[code] |= {
            "longitude": f"{x:.{PLACES}f}",
            "latitude": f"{y:.{PLACES}f}",
            "taken_from": FROM_BOUNDARIES,
        }
    with (reference / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept[code] for code in sorted(kept))
    return len(features)


if __name__ == "__main__":
    write(Path(sys.argv[1]), paths().reference)
