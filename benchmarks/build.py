"""How long a release takes to build: ``python -m benchmarks.build``. Prints, never judges."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from sendgap.build.release import build_file
from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.config import paths


def main() -> int:
    """Build into a temporary folder and print the time of each step."""
    place, steps = paths(), [("start", time.perf_counter())]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "release.duckdb"
        build_file(
            target, "benchmark", Catalogue.load(place.catalogue), Areas.load(place.reference),
            place.published, say=lambda words: steps.append((words, time.perf_counter())),
        )  # fmt: skip
        steps.append(("end", time.perf_counter()))
        size = target.stat().st_size
    for (words, begun), (_, ended) in zip(steps, steps[1:], strict=False):
        print(f"{ended - begun:8.2f} s  {words}")
    print(f"{steps[-1][1] - steps[0][1]:8.2f} s  in all, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
