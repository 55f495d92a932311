"""Local figures at their largest: ``python -m benchmarks.local [national|authority|attacks]``.

``national`` counts a file of 8.5 million invented pupils, made from a fixed seed as Parquet
in a temporary folder and read by DuckDB on two cores. ``authority`` counts and publishes
300,000 pupils of an invented authority in three school years, or as many ``--schools`` and
``--years`` as are asked for. ``attacks`` publishes and attacks ``--tables`` random tables
(10,000) and ends with status 1 if one number is placed. Prints times and peak memory.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from sendgap.catalogue.load import Catalogue
from sendgap.config import paths
from sendgap.local.aggregate import count_pupils
from sendgap.local.disclosure.grid import lay_out
from sendgap.local.disclosure.model import NotSafeError
from sendgap.local.disclosure.publish import publish
from sendgap.local.measures import LocalMeasures
from sendgap.local.places import Member, Places, School, Unit, UnitKind

NATIONAL, SCHOOLS_IN_ENGLAND, PART = 8_500_000, 22_000, 500_000
CODES, SHARES = ("N", "K", "E"), (0.82, 0.13, 0.05)
PHASES, PHASE_SHARES = ("primary", "secondary", "special"), (0.78, 0.17, 0.05)
SIZES = {"primary": 280, "secondary": 1000, "special": 110}


def memory() -> str:
    """Peak memory of this process."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{peak / (1 if sys.platform == 'darwin' else 1024):,.0f} MB"


def school_list(count: int, clusters: int, areas: int, draw: np.random.Generator) -> Places:
    """Invented schools, clusters and DSPL areas."""
    phases = draw.choice(PHASES, count, p=PHASE_SHARES)
    schools = tuple(School(f"{100000 + n}", f"School {n}", str(phases[n])) for n in range(count))
    members = tuple(
        Member(kind, f"{letter}{n * units // count:02}", school.urn)
        for n, school in enumerate(schools)
        for kind, letter, units in ((UnitKind.CLUSTER, "C", clusters), (UnitKind.DSPL, "D", areas))
    )
    return Places(Unit(UnitKind.AUTHORITY, "invented", "Invented authority"), schools, members)


def pupils(urn: np.ndarray, phase: np.ndarray, period: str, areas: int,
           draw: np.random.Generator) -> pd.DataFrame:  # fmt: skip
    """Invented pupils of these schools in one school year."""
    count = len(urn)
    code = draw.choice(3, count, p=SHARES)
    code = np.where(phase == "special", np.where(draw.random(count) < 0.97, 2, 1), code)
    possible = np.full(count, 380)
    missed = (draw.beta(0.9, np.array([12.0, 7.0, 5.0])[code]) * possible).astype(int)
    year = np.where(phase == "primary", draw.integers(0, 7, count), draw.integers(7, 12, count))
    reaches = draw.random(count) < np.array([0.7, 0.27, 0.09])[code]
    events = draw.poisson(np.array([0.03, 0.12, 0.2])[code] * np.where(phase == "primary", 0.2, 1))

    def cohort(at: int) -> np.ndarray:
        return np.where(year == at, reaches.astype(float), np.nan)

    return pd.DataFrame({
        "urn": urn, "time_period": period, "sen": np.array(CODES)[code],
        "primary_need": np.where(code > 0, draw.choice(["asd", "semh", "slcn", "mld", "spld"],
                                                       count), None),
        "home_dspl": np.char.add("D0", draw.integers(0, areas, count).astype(str)),
        "possible_sessions": possible, "missed_sessions": missed, "suspensions": events,
        "permanently_excluded": (draw.random(count) < 0.0008).astype(int),
        "eyfs_gld": cohort(0), "phonics_year1": cohort(1), "ks2_rwm_expected": cohort(6),
        "ks4_english_maths_94": cohort(11),
    })  # fmt: skip


def national() -> None:
    """Count every pupil of England."""
    measures = LocalMeasures.load(paths().catalogue)
    draw = np.random.default_rng(1)
    places = school_list(SCHOOLS_IN_ENGLAND, 900, 9, draw)
    urns = np.array([school.urn for school in places.schools])
    phases = np.array([school.phase for school in places.schools])
    size = np.array([SIZES[phase] for phase in phases], dtype=float)
    with tempfile.TemporaryDirectory() as folder:
        for part in range(NATIONAL // PART):
            picked = draw.choice(len(urns), PART, p=size / size.sum())
            frame = pupils(urns[picked], phases[picked], "202425", 9, draw)
            frame.to_parquet(Path(folder) / f"{part:02}.parquet")
        print(f"{NATIONAL:,} invented pupils written; peak memory so far {memory()}")
        connection = duckdb.connect(config={"threads": 2})
        start = time.perf_counter()
        counts = count_pupils(connection.read_parquet(f"{folder}/*.parquet"), measures, places)
        took = time.perf_counter() - start
        print(f"counted into {len(counts.rows):,} rows in {took:.1f} s; peak memory {memory()}")


def authority(schools: int, years: int) -> None:
    """Count and publish one authority."""
    measures, catalogue = LocalMeasures.load(paths().catalogue), Catalogue.load(paths().catalogue)
    draw = np.random.default_rng(2)
    places = school_list(schools, max(schools * 60 // 400, 2), 9 if schools >= 90 else 2, draw)
    urn = np.repeat([s.urn for s in places.schools], [SIZES[s.phase] for s in places.schools])
    phase = np.repeat([s.phase for s in places.schools], [SIZES[s.phase] for s in places.schools])
    periods = ["202223", "202324", "202425"][-years:]
    rows = pd.concat([pupils(urn, phase, period, 9, draw) for period in periods])
    start = time.perf_counter()
    counts = count_pupils(rows, measures, places)
    print(f"{len(rows):,} pupils of {schools} schools in {years} years counted in "
          f"{time.perf_counter() - start:.1f} s")  # fmt: skip
    start = time.perf_counter()
    system = lay_out(counts, places, measures).system()
    print(f"{len(system.cells):,} cells of {len(system.atoms.atoms):,} numbers laid out in "
          f"{time.perf_counter() - start:.1f} s")  # fmt: skip
    start, busy = time.perf_counter(), time.process_time()
    out = publish(counts, places, measures, catalogue.indicators, run_id="benchmark")
    wall, processor = time.perf_counter() - start, time.process_time() - busy
    print(f"published in {wall:.0f} s, {processor:.0f} s of "
          f"processor time; {out.audit.attacked:,} numbers attacked in {out.audit.seconds:.1f} s; "
          f"peak memory {memory()}")  # fmt: skip
    cells = out.cells[out.cells["symbol"] != "x"]
    print(cells.assign(hidden=cells["symbol"] == "c").groupby(["unit_kind", "sen_group"])["hidden"]
          .agg(["size", "mean"]).round(3).to_string())  # fmt: skip


def attacks(tables: int) -> int:
    """Attack many random tables; 1 if a number was placed."""
    from tests.local.tables import table
    from tests.local.test_attacks import broken, served

    placed, refused, start = 0, 0, time.perf_counter()
    for seed in range(10_000_000, 10_000_000 + tables):
        given = table(seed)
        try:
            told = broken(given, served(given), most=10, seed=seed)
        except NotSafeError:
            refused += 1
            continue
        placed += bool(told)
        for line in told:
            print(f"table {seed}: {line}")
    print(f"{tables:,} tables attacked in {time.perf_counter() - start:.0f} s: "
          f"{placed} with a number placed, {refused} refused by the gate")  # fmt: skip
    return int(placed > 0)


def main() -> int:
    """One of the three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["national", "authority", "attacks"])
    parser.add_argument("--schools", type=int, default=400)
    parser.add_argument("--years", type=int, default=1, choices=[1, 2, 3])
    parser.add_argument("--tables", type=int, default=10_000)
    given = parser.parse_args()
    if given.what == "attacks":
        return attacks(given.tables)
    national() if given.what == "national" else authority(given.schools, given.years)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
