"""The page that lists the traps names every one of them and every test of it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from sendgap.config import PROJECT
from tests.support import shared_data

PAGE = (PROJECT / "docs" / "traps.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)

#: Found while figures were loaded, after the list in the notes on the publishers' files.
FOUND_LATER = {33, 34}


def by_trap() -> dict[int, set[str]]:
    """Names of this folder's tests by the traps that they are named after."""
    found: dict[int, set[str]] = defaultdict(set)
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            name = getattr(node, "name", "")
            if name.startswith(("test_trap_", "test_traps_")):
                for number in re.findall(r"_(\d\d)(?=_)", name):
                    found[int(number)].add(name)
    return found


def test_every_trap_has_a_row_with_every_test_of_it() -> None:
    listed = {int(number): set(re.findall(r"`(test_\w+)`", tests))
              for number, _, _, tests in ROW.findall(PAGE)}  # fmt: skip
    assert listed == by_trap()
    assert list(listed) == list(range(1, len(listed) + 1))


def test_every_trap_that_is_known_is_on_the_page() -> None:
    notes = (shared_data().parent / "DATA.md").read_text(encoding="utf-8")
    known = re.split(r"^## ", notes, flags=re.MULTILINE)
    (section,) = [text for text in known if text.startswith("7.")]
    numbers = {int(number) for number in re.findall(r"^(\d+)\. ", section, re.MULTILINE)}
    assert numbers | FOUND_LATER == {int(row[0]) for row in ROW.findall(PAGE)}
