"""Loads publishers' files: recognise, stage, extract, screen, then write all or nothing."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.catalogue.model import Table
from sendgap.errors import Problem, RefusedError
from sendgap.ingest import published
from sendgap.ingest.changes import CHANGES, Change, changes, read_changes, write_changes
from sendgap.ingest.extract import (
    check_added_rows,
    check_periods,
    check_text,
    extract,
    follow_namesakes,
)
from sendgap.ingest.files import UNREADABLE, Member, members, plain, uneven_lines
from sendgap.ingest.observe import observe
from sendgap.ingest.recognise import recognise
from sendgap.ingest.screen import CHECKS
from sendgap.ingest.stage import EXAMPLES, Use, missing_columns, resolve_areas, stage, uses_of

Say = Callable[[str], None]

#: What a file that cannot be read to its end raises.
_FAULTS: tuple[type[Exception], ...] = (duckdb.Error, *UNREADABLE)

TAKEN, SKIPPED, REFUSED = "taken", "skipped", "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one member. ``what`` names the table taken or the family skipped;
    ``changes`` are the figures in which it and an edition held before differ."""

    member: str
    verdict: str
    what: str
    rows_read: int = 0
    rows_taken: int = 0
    edition: str = ""
    problems: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()


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
        self._changes: list[Change] = []

    def close(self) -> None:
        self._connection.close()

    def screen(self, member: Member, options: LoadOptions) -> Verdict:
        """Recognise and check one member, keeping its figures for :meth:`write`."""
        known = recognise(member, self._catalogue)
        if known.problem:
            return Verdict(member.name, REFUSED, "", problems=(known.problem,))
        if known.table is None:
            return Verdict(member.name, SKIPPED, known.skipped)
        with tempfile.TemporaryDirectory(prefix="sendgap-", ignore_cleanup_errors=True) as folder:
            return self._take(member, known.table, options, Path(folder))

    def _take(self, member: Member, table: Table, options: LoadOptions, folder: Path) -> Verdict:
        uses = uses_of(table, self._catalogue)
        if not uses:
            return Verdict(member.name, SKIPPED, f"{table.id}: nothing catalogued")
        source = self._catalogue.sources[table.source_id]
        edition = options.edition or table.edition or source.edition
        faults = tuple(missing_columns(member, table, uses))
        rows_read, digest = 0, ""
        if not faults:
            rows_read, digest, faults = self._stage(member, table, uses, folder)
        if faults:
            return Verdict(member.name, REFUSED, table.id, problems=faults)
        if not rows_read and table.other_labels:
            return Verdict(member.name, SKIPPED, table.other_labels)
        problems = self._problems(member, table, uses, edition)
        if not problems:
            self._hold(table)
            if not options.replace:
                problems += published.check_replacement(self._connection, member.name)
        if problems:
            return Verdict(member.name, REFUSED, table.id, rows_read, problems=tuple(problems))
        return self._keep(member, table, rows_read, edition, digest)

    def _stage(
        self, member: Member, table: Table, uses: list[Use], folder: Path
    ) -> tuple[int, str, tuple[Problem, ...]]:
        """The rows staged, the digest of the member, and what keeps it from being read."""
        try:
            path = member.on_disk(folder)
            rows_read = stage(self._connection, member, path, table, uses)
            faults = tuple(uneven_lines(member, path, EXAMPLES))
            return rows_read, member.sha256(), faults
        except _FAULTS as error:
            return 0, "", (_unreadable(member, error),)

    def _problems(
        self, member: Member, table: Table, uses: list[Use], edition: str
    ) -> list[Problem]:
        """Everything wrong with what is staged; ``observed`` is filled where nothing is."""
        source = self._catalogue.sources[table.source_id]
        problems = [*resolve_areas(self._connection, table, self._areas, member.name)]
        extract(self._connection, table, uses)
        problems += check_periods(self._connection, table, uses, member.name)
        problems += check_text(self._connection, source, uses, member.name)
        problems += check_added_rows(self._connection, uses, member.name)
        if problems:
            return problems
        follow_namesakes(self._connection, self._areas)
        observe(self._connection, source, uses, edition)
        return [p for check in CHECKS for p in check(self._connection, source, member.name)]

    def _hold(self, table: Table) -> None:
        """``held`` becomes the source's figures, those screened a moment ago included."""
        if table.source_id in self._sources:
            self._connection.execute(
                f"create or replace temp table held as from kept_{table.source_id}"
            )
        else:
            published.hold(self._connection, self._folder, table.source_id)
        published.cover(self._connection, self._areas, table)

    def _keep(
        self, member: Member, table: Table, rows_read: int, edition: str, digest: str
    ) -> Verdict:
        source = self._catalogue.sources[table.source_id]
        different = changes(self._connection, source.id, edition, self._areas)
        self._changes += different
        came_in = published.merge(self._connection)
        self._connection.execute(f"create or replace temp table kept_{source.id} as from held")
        if source.id not in self._sources:
            self._sources.append(source.id)
        rows = self._connection.execute("select count(*) from observed").fetchall()[0][0]
        self._record.append(
            published.Load(
                source.id, table.id, edition, member.name, digest, rows_read, rows,
                source.publication, source.publisher, source.licence,
            )
        )  # fmt: skip
        stays = "" if came_in else ", older than the figures held, which stay"
        what = f"{source.id}: {table.id}{stays}"
        return Verdict(member.name, TAKEN, what, rows_read, rows, edition, changes=tuple(different))

    def write(self) -> None:
        """Write every source taken and the record, or leave the folder as it was."""
        is_new = not self._folder.exists()
        self._folder.mkdir(parents=True, exist_ok=True)
        names = [f"{source_id}.parquet" for source_id in self._sources]
        try:
            record = [*published.loads(self._folder), *self._record]
            for source_id, name in zip(self._sources, list(names), strict=True):
                self._connection.execute(
                    f"create or replace temp table held as from kept_{source_id}"
                )
                published.write(self._connection, self._folder / (name + published.NEW))
            published.write_loads(self._folder / (published.LOADS + published.NEW), record)
            names.append(published.LOADS)
            if self._changes:
                known = [*read_changes(self._folder), *self._changes]
                write_changes(self._folder / (CHANGES + published.NEW), known)
                names.append(CHANGES)
            published.put_in_place(self._folder, names)
        except BaseException as error:
            with suppress(OSError):
                published.discard(self._folder)
                if is_new:
                    self._folder.rmdir()
            if isinstance(error, duckdb.Error):
                raise _unwritable(self._folder, error) from error
            raise


def _unwritable(folder: Path, error: duckdb.Error) -> RefusedError:
    return RefusedError(
        [
            Problem(
                str(folder),
                f"the figures cannot be written ({plain(error)})",
                "free space on the disk, and allow writing to the folder",
            )
        ]
    )


#: What the database says of a line, and what that means.
_LINE_FAULTS = (
    (r"Expected Number of Columns: (\d+) Found: (\d+)",
     "it has {1} cells where the first line has {0}"),
    (r"unterminated quote", "a quotation mark is not closed"),
    (r"not utf-8", "it is not UTF-8 text"),
    (r"GZIP stream", "the compressed data are cut short or damaged"),
)  # fmt: skip


def _unreadable(member: Member, error: Exception) -> Problem:
    line = re.search(r"CSV Error on Line: (\d+)", str(error))
    where = f"{member.name}, line {line[1]}" if line else member.name
    found = next(
        (
            words.format(*match.groups())
            for pattern, words in _LINE_FAULTS
            if (match := re.search(pattern, str(error)))
        ),
        f"the file cannot be read to its end ({plain(error)})",
    )
    return Problem(
        where, found, "download it again: it may be cut short or not a CSV file in UTF-8"
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
    if not options.dry_run:
        published.settle(folder)
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
