"""Published figures held against each other: ``docs/verification.md`` is written from here.

Run ``python -m tests.oracle.verification`` to write it again. Nothing of sendgap is used:
the publishers' files are read as text, percentages are recomputed from the counts printed
beside them, totals are added up, and the same statistic is compared across publications.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from tests.oracle import page
from tests.oracle.between import range_checks
from tests.oracle.england import england_checks
from tests.oracle.files import Files
from tests.oracle.own_counts import own_counts
from tests.oracle.publishers import Check, Names
from tests.oracle.reread import PROJECT, reread
from tests.oracle.second_files import file_checks
from tests.oracle.second_plans import plan_checks
from tests.oracle.second_tool import tool_checks
from tests.oracle.sums import sum_checks
from tests.oracle.sums_pupils import pupil_sum_checks

DOCUMENT = PROJECT / "docs" / "verification.md"


@cache
def all_checks(files: Files) -> tuple[Check, ...]:
    """Every check, done once."""
    makers = (
        own_counts, tool_checks, plan_checks, file_checks, sum_checks, pupil_sum_checks,
        england_checks, range_checks,
    )  # fmt: skip
    return tuple(check for make in makers for check in make(files))


def document(files: Files) -> str:
    """The text of ``docs/verification.md``."""
    return page.document(files, list(all_checks(files)), reread(files))


def main(arguments: list[str]) -> int:
    """Write the document; the folder of publishers' files may be named."""
    data = Path(arguments[0]) if arguments else PROJECT.parent / "shared" / "data"
    if not data.is_dir():
        print(f"{data}: no such folder; name the publishers' files", file=sys.stderr)
        return 1
    files = Files(data, Names.read(PROJECT / "data" / "reference"))
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(document(files), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
