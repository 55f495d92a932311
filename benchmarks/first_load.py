"""What the first visitor of a new server waits for: ``python -m benchmarks.first_load``.

A server is started and a client opens pages over its websocket, each for the first time. The
seconds by the clock and, where the system tells it, the processor time of the server are
printed: the latter is what counts on a machine with other work. It measures and never judges.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.reruns import PAGES, Visitor, _free_port, app, started, talk

STARTS = 3
VISITS = (
    "Our area", "Our area", "One outcome, over time", "Compare areas, ranking",
    "Compare areas, small numbers", "All outcomes grid", "Reports",
)  # fmt: skip
#: Seconds by the clock and of the processor.
Taken = tuple[float, float]


def _processor(process: int) -> float:
    """Seconds of processor time a process has used; 0 where the system does not tell."""
    file = Path(f"/proc/{process}/stat")
    if not file.exists():
        return 0.0
    fields = file.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def once() -> list[tuple[str, Taken]]:
    """One start and one visit of each page."""
    begun = time.perf_counter()
    found: list[tuple[str, Taken]] = []
    port = _free_port()
    with started(app(port), port, every=0.025) as (process, address):
        used = _processor(process)
        found.append(("until it answers", (time.perf_counter() - begun, used)))
        for number, name in enumerate(VISITS):
            with talk(address) as socket:
                seconds, _ = Visitor(socket, *PAGES[name]).rerun()
            now = _processor(process)
            again = " again" if name in VISITS[:number] else ""
            found.append((f"{name}{again}", (seconds, now - used)))
            used = now
    return found


def main() -> int:
    """Print the medians of some starts."""
    runs = [once() for _ in range(STARTS)]
    print("| first visit | seconds | of the processor |\n|---|---:|---:|")
    for place, (name, _) in enumerate(runs[0]):
        taken = [run[place][1] for run in runs]
        clock, processor = (median(each[i] for each in taken) for i in (0, 1))
        print(f"| {name} | {clock:.2f} | {processor:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
