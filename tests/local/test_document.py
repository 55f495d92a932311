"""The worked examples of docs/disclosure.md are what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.local.test_attacks import informed, served
from tests.local.test_served import school_counts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "disclosure.md"
ROW = re.compile(r"^\| ([\d, ]+) \| ([\dc, ]+) \| (\d+) to (\d+) \|$", re.MULTILINE)
EXAMPLES = ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_the_page_has_its_examples() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize(("numbers", "shown", "least", "most"), EXAMPLES)
def test_an_example_is_what_is_served(numbers: str, shown: str, least: str, most: str) -> None:
    given = school_counts([int(number) for number in numbers.split(", ")])
    out = served(given)
    cells = out.cells
    rows = cells[(cells["unit_kind"] == "school") & (cells["indicator_id"] == "ehcp_prevalence")]
    told = ["c" if row.symbol == "c" else f"{row.numerator:g}" for row in rows.itertuples()]
    assert told == shown.split(", ")
    attacker = informed(given, out)
    asked = attacker.total("pupils of roll", ["100"], ["202425"], "ehc_plan")
    assert attacker.bounds(asked) == (int(least), int(most))
