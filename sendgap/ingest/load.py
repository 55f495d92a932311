"""Loads publishers' files: recognise, stage, extract, screen, then write all or nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.catalogue.model import Table
from sendgap.errors import Problem
from sendgap.ingest import published
from sendgap.ingest.extract import check_periods, check_text, extract, follow_namesakes, observe
from sendgap.ingest.files import Member, members
from sendgap.ingest.recognise import recognise
from sendgap.ingest.screen import CHECKS
from sendgap.ingest.stage import resolve_areas, stage, uses_of

Say = Callable[[str], None]

TAKEN, SKIPPED, REFUSED = "taken", "skipped", "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one member. ``what`` names the table taken or the family skipped."""

    member: str
    verdict: str
    what: str
    rows_read: int = 0
    rows_taken: int = 0
    edition: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How a load is made: the publication date, and whether it may replace figures."""

    edition: str | None = None
    replace: bool = False
    dry_run: bool = False


class Loader:
    """Screens members one by one and writes what was taken at the end.

    Nothing reaches ``folder`` before :meth:`write`, so a refusal half-way leaves the
    figures as they were.
    """

    def __init__(self, catalogue: Catalogue, areas: Areas, folder: Path) -> None:
        self._catalogue, self._areas, self._folder = catalogue, areas, folder
        self._connection = duckdb.connect(config={"preserve_insertion_order": True})
        self._record: list[published.Load] = []
        self._sources: list[str] = []

    def close(self) -> None:
        self._connection.close()

    def screen(self, member: Member, options: LoadOptions) -> Verdict:
        """Recognise and check one member, keeping its figures for :meth:`write`."""
        known = recognise(member, self._catalogue)
        if known.problem:
            return Verdict(member.name, REFUSED, "", problems=(known.problem,))
        if known.table is None:
            return Verdict(member.name, SKIPPED, known.skipped)
        with tempfile.TemporaryDirectory(prefix="sendgap-") as folder:
            return self._take(member, known.table, options, Path(folder))

    def _take(
        self, member: Member, table: Table, options: LoadOptions, folder: Path
    ) -> Verdict:
        uses = uses_of(table, self._catalogue)
        if not uses:
            return Verdict(member.name, SKIPPED, f"{table.id}: nothing catalogued")
        source = self._catalogue.sources[table.source_id]
        edition = options.edition or source.edition
        try:
            rows_read = stage(self._connection, member.on_disk(folder), table, uses)
        except (duckdb.Error, OSError, EOFError) as error:
            return Verdict(member.name, REFUSED, table.id, problems=(_unreadable(member, error),))
        problems = [*resolve_areas(self._connection, table, self._areas, member.name)]
        extract(self._connection, table, uses)
        problems += check_periods(self._connection, table, uses, member.name)
        problems += check_text(self._connection, source, uses, member.name)
        if not problems:
            follow_namesakes(self._connection, self._areas)
            observe(self._connection, source, uses, edition)
            problems += [p for check in CHECKS for p in check(self._connection, source, member.name)]
        if not problems:
            self._hold(source.id)
            if not options.replace:
                problems += published.check_replacement(self._connection, member.name)
        if problems:
            return Verdict(member.name, REFUSED, table.id, rows_read, problems=tuple(problems))
        return self._keep(member, table, rows_read, edition)

    def _hold(self, source_id: str) -> None:
        """``held`` becomes this source's figures, those screened a moment ago included."""
        kept = f"kept_{source_id}"
        if source_id in self._sources:
            self._connection.execute(f"create or replace temp table held as from {kept}")
        else:
            published.hold(self._connection, self._folder, source_id)

    def _keep(self, member: Member, table: Table, rows_read: int, edition: str) -> Verdict:
        source = self._catalogue.sources[table.source_id]
        published.merge(self._connection)
        self._connection.execute(f"create or replace temp table kept_{source.id} as from held")
        if source.id not in self._sources:
            self._sources.append(source.id)
        rows = self._connection.execute("select count(*) from observed").fetchall()[0][0]
        self._record.append(
            published.Load(
                source.id, table.id, edition, member.name, member.sha256(), rows_read, rows,
                source.publication, source.publisher, source.licence,
            )
        )  # fmt: skip
        return Verdict(member.name, TAKEN, f"{source.id}: {table.id}", rows_read, rows, edition)

    def write(self) -> None:
        """Write every source taken: all files are made before the first is put in place."""
        self._folder.mkdir(parents=True, exist_ok=True)
        made: list[tuple[Path, Path]] = []
        for source_id in self._sources:
            target = self._folder / f"{source_id}.parquet"
            temporary = target.with_suffix(".parquet.new")
            self._connection.execute(
                f"create or replace temp table held as from kept_{source_id}"
            )
            published.write(self._connection, temporary)
            made.append((temporary, target))
        for temporary, target in made:
            os.replace(temporary, target)
        published.write_loads(self._folder, [*published.loads(self._folder), *self._record])


def _unreadable(member: Member, error: Exception) -> Problem:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return Problem(
        member.name,
        f"the file cannot be read to its end ({lines[0] if lines else type(error).__name__})",
        "download it again: it may be cut short or not a comma-separated file",
    )


def load(
    paths: Iterable[Path],
    *,
    catalogue: Catalogue,
    areas: Areas,
    folder: Path,
    options: LoadOptions | None = None,
    say: Say = lambda _: None,
) -> list[Verdict]:
    """Screen every member of ``paths`` and, if none is refused, write ``folder``.

    A file loads whole or not at all, and so does everything named in one call: where
    one member is refused nothing is written and the verdicts say why.
    """
    options = options or LoadOptions()
    loader = Loader(catalogue, areas, folder)
    try:
        found = members(paths)
        verdicts = []
        for number, member in enumerate(found, start=1):
            say(f"{number} of {len(found)}: {member.name}")
            verdicts.append(loader.screen(member, options))
        if any(v.verdict == REFUSED for v in verdicts):
            return [
                replace(v, verdict=SKIPPED, what=f"{v.what}: not loaded, another was refused")
                if v.verdict == TAKEN
                else v
                for v in verdicts
            ]
        if not options.dry_run and any(v.verdict == TAKEN for v in verdicts):
            loader.write()
        return verdicts
    finally:
        loader.close()
