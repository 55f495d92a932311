"""How long each named query takes on the current release: ``python -m benchmarks.queries``.

Prints the median of 50 warm runs in milliseconds for one area and for all areas. It
measures and never judges.
"""

from __future__ import annotations

import re
import sys
import time
from statistics import median

from sendgap.store import Release, open_release
from sendgap.store.release import sql

RUNS = 50
AREA = "E10000015"

#: What the four tables and the pages ask for; each query takes the ones it names.
GIVEN: dict[str, object] = {
    "indicator": "ks2_rwm_expected", "areas": [AREA], "area": AREA, "groups": None,
    "group": "ehc_plan", "reference": "no_sen", "breakdown": "total",
    "time_identifier": "Academic year", "period": "latest", "source": None,
    "vintage": "2025-05", "measure": "gap", "thresholds": [50.0, 60.0],
    "indicators": [],
}  # fmt: skip

#: Queries asked in more than one way: what is different about it.
WAYS: dict[str, list[dict[str, object]]] = {
    "values": [{"period": "all"}, {}, {"areas": None}, {"source": "all", "period": "all"}],
    "gaps": [{"period": "all"}, {}, {"areas": None}],
    "benchmark": [{}, {"measure": "value"}, {"areas": None}, {"period": "all", "areas": None}],
    "distribution": [{}, {"period": "all"}],
    "level_series": [{"groups": ["ehc_plan", "no_sen"]}],
    "compare": [{"period": "202425"}],
}


def names() -> list[str]:
    """Every named query."""
    from pathlib import Path

    import sendgap.store

    folder = Path(sendgap.store.__file__).parent / "sql"
    return sorted(path.stem for path in folder.glob("*.sql"))


def given_to(name: str, different: dict[str, object]) -> dict[str, object]:
    """The parameters that a query's text names."""
    asked = GIVEN | different
    named = set(re.findall(r"\$(\w+)", sql(name)))
    return {key: value for key, value in asked.items() if key in named}


def milliseconds(release: Release, name: str, given: dict[str, object]) -> tuple[float, int]:
    """The median time of a query, and the rows it gives."""
    times, rows = [], release.rows(name, **given)
    for _ in range(RUNS):
        start = time.perf_counter()
        rows = release.rows(name, **given)
        times.append(1000 * (time.perf_counter() - start))
    return median(times), len(rows)


def main() -> int:
    """Print the table."""
    release = open_release()
    GIVEN["indicators"] = list(release.catalogue.headline)
    print(f"release {release.release_id}; median of {RUNS} warm runs")
    print(f"{'query':<16}{'rows':>8}{'ms':>9}  asked differently")
    for name in names():
        for different in WAYS.get(name, [{}]):
            spent, rows = milliseconds(release, name, given_to(name, different))
            words = ", ".join(f"{k} {v}" for k, v in different.items())
            print(f"{name:<16}{rows:>8}{spent:>9.2f}  {words}")
    release.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
