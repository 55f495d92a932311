"""Loading the SEN2 2025 zip beside DuckDB's bare reading of the same members.

``python -m benchmarks.ingest [FOLDER]`` with the folder of publishers' files. Both read in
the same run on the same machine; the ratio is what counts. Prints, never judges.
"""

from __future__ import annotations

import sys
import tempfile
import time
import zipfile
from pathlib import Path

import duckdb

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.config import PROJECT, paths
from sendgap.ingest.load import load

ZIP = "raw/sen2_2025/education-health-and-care-plans_2025.zip"
RUNS = 3


def bare(archive: Path, folder: Path) -> float:
    """Seconds that DuckDB takes to read the data members as text, the unpacking left out."""
    with zipfile.ZipFile(archive) as members:
        members.extractall(folder)
    start = time.perf_counter()
    with duckdb.connect() as connection:
        for number, path in enumerate(sorted((folder / "data").glob("*.csv"))):
            connection.execute(
                f"create table bare{number} as from read_csv(?, all_varchar = true, "
                "delim = ',', quote = '\"', header = true, strict_mode = false, "
                "null_padding = true)",
                [str(path)],
            )
    return time.perf_counter() - start


def whole(archive: Path, folder: Path) -> float:
    """Seconds to recognise, screen and write the zip."""
    place = paths()
    catalogue, areas = Catalogue.load(place.catalogue), Areas.load(place.reference)
    start = time.perf_counter()
    load([archive], catalogue=catalogue, areas=areas, folder=folder)
    return time.perf_counter() - start


def main(arguments: list[str]) -> int:
    """Print the best of some runs of each."""
    data = Path(arguments[0]) if arguments else PROJECT.parent / "shared" / "data"
    archive = data / ZIP
    if not archive.is_file():
        print(f"{archive}: no such file; name the folder of publishers' files", file=sys.stderr)
        return 1
    times: dict[str, list[float]] = {"bare reading": [], "ingest": []}
    for _ in range(RUNS):
        for name, run in (("bare reading", bare), ("ingest", whole)):
            with tempfile.TemporaryDirectory() as folder:
                times[name].append(run(archive, Path(folder)))
    best = {name: min(spent) for name, spent in times.items()}
    for name, spent in best.items():
        print(f"{spent:8.2f} s  {name}, best of {RUNS}")
    print(f"{best['ingest'] / best['bare reading']:8.2f}    times as long")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
