"""What each load checked and took, and how far figures agree with a second way to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sendgap.config import PROJECT
from sendgap.ingest.published import loads
from sendgap.store import Release
from sendgap.views.model import Table
from sendgap.views.periods import day

#: Pages that are written from the publishers' files and from the tests of their traps.
VERIFICATION, TRAPS = PROJECT / "docs" / "verification.md", PROJECT / "docs" / "traps.md"
#: What the screen looks at in every file before any of it is taken.
SCREENED = (
    "The file is recognised by its columns. One that is nearly a known file is refused with the "
    "columns it lacks; known files that the catalogue does not need are skipped by name.",
    "Every row has as many cells as the first line, and is text in UTF-8.",
    "Every area is known, by a code or a spelling seen before; one that is not refuses the file.",
    "Every period is one that the publication's rule understands.",
    "Every sign in the place of a figure is one that the publisher explains; none is guessed.",
    "Each figure stands once, and the file has some that the catalogue asks for.",
    "No count is negative and no part is above its whole; limits are the right way round and hold "
    "their figure. A share outside 0 to 100 is shown as impossible and never used.",
    "A file of an edition that is held must not lack or change its figures, unless it is said to "
    "replace them. A newer edition takes their place, and what differs is listed.",
    "A zip is taken only where no file in it is refused, and nothing is written before that.",
)


@dataclass(frozen=True, slots=True)
class Checks:
    """The finding and the tables of *Checks*."""

    finding: str
    screened: tuple[str, ...]
    loaded: Table
    agreement: Table
    outcomes: Table
    traps: Table


def checks(release: Release, published: Path) -> Checks:
    """What is on record about the figures in ``published``, from which ``release`` is built."""
    pages = _tables(VERIFICATION)
    kinds, outcomes = (pages + [[], []])[:2]
    loaded = _loaded(release, published)
    agreement = [tuple(row) for row in kinds]
    said = _said(agreement)
    figures = f"{len(loaded.rows)} files are loaded."
    return Checks(
        finding=f"{figures} {said}".strip(),
        screened=SCREENED,
        loaded=loaded,
        agreement=Table(
            "Figures held against a second way to the same figure",
            ("Held against", "Outcomes", "Checks", "Compared", "Agree", "Differ", "Not explained"),
            tuple(agreement),
            (0, 3, 5),
        ),
        outcomes=_outcomes(outcomes),
        traps=_traps(),
    )


def _loaded(release: Release, published: Path) -> Table:
    """The record of loads, a row for each file."""
    known = release.catalogue.sources
    rows = tuple(
        (
            known[load.source_id].publication if load.source_id in known else load.publication,
            load.file_name.rpartition("!")[2],
            day(load.edition),
            f"{load.rows_read:,}",
            f"{load.rows_taken:,}",
            load.sha256[:12],
        )
        for load in loads(published)
    )
    return Table(
        "Files loaded",
        ("Publication", "File", "Edition of", "Rows read", "Figures taken", "Fingerprint"),
        rows,
        (0, 4),
    )


def _said(agreement: list[tuple[str, ...]]) -> str:
    """How many figures were compared and agree, of the row about all of them."""
    whole = next((row for row in agreement if row[0] == "all"), None)
    if whole is None:
        return ""
    compared, agree, unexplained = (int(whole[n].replace(",", "")) for n in (3, 4, 6))
    return (
        f"{agree:,} of {compared:,} comparisons with a second way agree; "
        f"{unexplained:,} differences are not explained."
    )


def _outcomes(rows: list[list[str]]) -> Table:
    """Each outcome with what it was held against; those with unexplained differences first."""
    body = [(r[0], r[2], *r[3:7], r[7], r[8]) for r in rows]
    body.sort(key=lambda r: (-_number(r[5]), -_number(r[4]), r[0]))
    return Table(
        "What each outcome was held against, most unexplained differences first",
        ("Outcome", "Verified by", "Compared", "Agree", "Differ", "Not explained", "Why",
         "Read again the same"),
        tuple(body),
        (0, 5),
    )  # fmt: skip


def _traps() -> Table:
    rows = (_tables(TRAPS) or [[]])[0]
    return Table(
        "What is wrong or misleading in the publishers' files, and what is done about it",
        ("Number", "What is wrong", "What is done"),
        tuple((row[0], row[1], row[2]) for row in rows),
        (1, 2),
    )


def _number(cell: str) -> int:
    return int(cell.replace(",", "") or 0)


def _tables(page: Path) -> list[list[list[str]]]:
    """The tables of a page written in Markdown, without heads, links and marks; none where
    the page is not at hand."""
    if not page.is_file():
        return []
    found: list[list[list[str]]] = []
    before = ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"\|(:?-+:?\|)+", line):
            found.append([])
        elif line.startswith("|") and found and before.startswith("|"):
            found[-1].append([_plain(cell) for cell in line.strip("|").split("|")])
        before = line
    return found


def _plain(cell: str) -> str:
    """A cell without Markdown: the text of a link, no marks of code or weight."""
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", cell).replace("`", "").replace("**", "").strip()
