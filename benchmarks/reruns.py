"""Each page's rerun against an empty Streamlit page's: ``python -m benchmarks.reruns``.

Two real servers run, ours and one of a single line. A client speaks Streamlit's protocol
over their websockets, as a browser does, and waits until the script has finished. Pages and
the empty page are asked in turn, so that other work on the machine slows both, and the
ratio of the medians is printed, with the bytes a rerun sends.

``--write`` puts the table into ``docs/measurements.md``. It measures and never judges.
"""

from __future__ import annotations

import argparse
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from sendgap.config import PROJECT

RUNS, WARM = 25, 4
EMPTY = "the empty page"
#: A page's name, its path and its keys.
PAGES = {
    "Our area": ("", "area=919"),
    "One outcome, over time": ("gap", "area=919&ind=ks2_rwm_expected"),
    "One outcome, side by side": ("gap", "area=919&ind=ks2_rwm_expected&view=side-by-side"),
    "One outcome, what moved": ("gap", "area=919&ind=ks2_rwm_expected&view=what-moved"),
    "Compare areas, ranking": ("compare", "area=882&ind=ks2_rwm_expected"),
    "Compare areas, map": ("compare", "area=882&ind=ks2_rwm_expected&view=map"),
    "Compare areas, spread": ("compare", "area=882&ind=ks2_rwm_expected&view=spread"),
    "Compare areas, small numbers": ("compare", "area=882&ind=ehcp_20_weeks&view=small-numbers"),
    "All outcomes grid": ("grid", "area=919"),
    "Early years to 19": ("journey", "area=919"),
    "Plans and placements, where placed": ("plans", "area=886&view=placement"),
    "Outcomes framework": ("framework", "area=919"),
    "Reports": ("reports", "area=919"),
    "Data and help, what we hold": ("data", "area=919"),
    "Data and help, words": ("data", "area=919&view=words"),
}
MEASUREMENTS = PROJECT / "docs" / "measurements.md"
#: Seconds of the median rerun, and bytes sent.
Measured = tuple[float, int]
BEGIN, END = "<!-- reruns -->", "<!-- end of reruns -->"


class Visitor:
    """One session of an app on one page, which asks for reruns and waits for their end."""

    def __init__(self, socket: ClientConnection, path: str, query: str) -> None:
        self._socket, self.path, self.query = socket, path, query

    def rerun(self) -> tuple[float, int]:
        """Seconds until the script has finished, and the bytes that came."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_name = self.path
        begun, size = time.perf_counter(), 0
        self._socket.send(asked.SerializeToString())
        while True:
            raw = self._socket.recv(timeout=60)
            size += len(raw)
            said = ForwardMsg()
            said.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            if said.WhichOneof("type") == "script_finished":
                return time.perf_counter() - begun, size


def talk(address: str) -> ClientConnection:
    """A websocket to an app, as a browser opens one."""
    return connect(
        address.replace("http", "ws") + "/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        compression=None,
        origin=address,  # type: ignore[arg-type]
    )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def started(command: list[str], port: int, every: float = 0.1) -> Iterator[tuple[int, str]]:
    """A server while it is needed: its process, and its address once it answers, which is
    asked for ``every`` so many seconds."""
    server = subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(round(60 / every)):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                    break
            except OSError:
                time.sleep(every)
        yield server.pid, address
    finally:
        server.terminate()
        server.wait(timeout=20)


def app(port: int) -> list[str]:
    """The command that starts the app on a port."""
    return [sys.executable, "-m", "sendgap.ui.server", "--port", str(port), "--no-browser"]


def measure(runs: int = RUNS) -> dict[str, Measured]:
    """The median seconds and bytes of a rerun of every page, the empty page among them."""
    ours, theirs = _free_port(), _free_port()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "empty.py").write_text("import streamlit as st\nst.write('empty')\n", "utf-8")
        _, own = stack.enter_context(started(app(ours), ours))
        _, empty = stack.enter_context(
            started([sys.executable, "-m", "streamlit", "run", str(folder / "empty.py"),
                    "--server.port", str(theirs), "--server.headless", "true"], theirs)
        )  # fmt: skip
        visitors = {EMPTY: Visitor(stack.enter_context(talk(empty)), "", "")}
        for name, where in PAGES.items():
            visitors[name] = Visitor(stack.enter_context(talk(own)), *where)
        return _in_turn(visitors, runs)


def _in_turn(visitors: dict[str, Visitor], runs: int) -> dict[str, Measured]:
    taken: dict[str, list[tuple[float, int]]] = {name: [] for name in visitors}
    for turn in range(WARM + runs):
        for name, visitor in visitors.items():
            found = visitor.rerun()
            if turn >= WARM:
                taken[name].append(found)
    return {name: (median(s for s, _ in found), found[-1][1]) for name, found in taken.items()}


def table(measured: dict[str, Measured]) -> str:
    """The measurements as a table in Markdown."""
    floor, _ = measured[EMPTY]
    lines = ["| page | rerun, ms | of the empty page | kB sent |", "|---|---:|---:|---:|"]
    lines += [
        f"| {name} | {1000 * seconds:.0f} | {seconds / floor:.2f} | {size / 1000:.0f} |"
        for name, (seconds, size) in measured.items()
    ]
    return "\n".join(lines)


def write(text: str) -> None:
    """Put the table between its marks in ``docs/measurements.md``."""
    page = MEASUREMENTS.read_text(encoding="utf-8")
    block = f"{BEGIN}\n{text}\n{END}"
    new = re.sub(f"{BEGIN}.*?{END}", lambda _: block, page, flags=re.DOTALL)
    MEASUREMENTS.write_text(new, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--write", action="store_true", help="into docs/measurements.md")
    options = parser.parse_args()
    found = table(measure(options.runs))
    print(found)
    if options.write:
        write(found)


if __name__ == "__main__":
    main()
