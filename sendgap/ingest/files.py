"""Opens what a person points at: a file, a folder or a zip, as members with a header."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import lzma
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from sendgap.errors import Problem, RefusedError

#: Endings of files that explain data and hold none.
DOCUMENTS = (".txt", ".pdf", ".docx", ".html", ".md", ".json", ".ods", ".xlsx", ".geojson.gz")
_CSV = (".csv", ".csv.gz")

#: What a damaged, encrypted or foreign file raises when it is opened or read to its end.
UNREADABLE: tuple[type[Exception], ...] = (
    OSError, EOFError, RuntimeError, ValueError, struct.error, csv.Error,
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, pa.ArrowException,
)  # fmt: skip

#: The longest first line that is read; none that is known comes near it.
_LONGEST_HEADER = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One table to look at: a file, or a file inside a zip.

    ``columns`` are the first line's cells as they stand; empty for documents.
    ``fault`` says why they cannot be read.
    """

    name: str
    path: Path
    inside: str | None
    columns: tuple[str, ...]
    fault: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        """The column names, without spaces around them."""
        return tuple(column.strip() for column in self.columns)

    @property
    def is_document(self) -> bool:
        """Whether it explains data, or was left there by an operating system."""
        parts = PurePosixPath(self.inside or self.path.name).parts
        hidden = "__MACOSX" in parts or parts[-1].startswith(("._", "~$"))
        return (
            hidden
            or parts[-1].casefold() in (".ds_store", "thumbs.db", "desktop.ini")
            or parts[-1].lower().endswith(DOCUMENTS)
        )

    @property
    def is_parquet(self) -> bool:
        return self.inside is None and self.path.name.lower().endswith(".parquet")

    @property
    def is_gzip(self) -> bool:
        return (self.inside or self.path.name).lower().endswith(".gz")

    def on_disk(self, folder: Path) -> Path:
        """A path the database can read; a member of a zip is unpacked into ``folder``."""
        if self.inside is None:
            return self.path
        target = folder / ("member.csv.gz" if self.is_gzip else "member.csv")
        with self._open() as packed, target.open("wb") as out:
            shutil.copyfileobj(packed, out, 1 << 20)
        return target

    def sha256(self) -> str:
        """The digest of the member's bytes, as the load record names it."""
        digest = hashlib.sha256()
        with self._open() as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        return digest.hexdigest()

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        if self.inside is None:
            with self.path.open("rb") as file:
                yield file
        else:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.inside) as packed:
                yield packed


def members(paths: Iterable[Path]) -> list[Member]:
    """Every member of the files, folders and zips named; refuses paths that are not there
    and folders that are empty."""
    found: list[Member] = []
    problems: list[Problem] = []
    for path in paths:
        files = [path]
        if path.is_dir():
            files = [p for p in sorted(path.rglob("*")) if p.is_file()]
            if not files:
                problems.append(_misdirected(path, "the folder is empty"))
        elif not path.is_file():
            problems.append(_misdirected(path, "no such file or folder"))
            continue
        found.extend(member for file in files for member in _members(file))
    if problems:
        raise RefusedError(problems)
    return found


def _misdirected(path: Path, found: str) -> Problem:
    return Problem(str(path), found, "give the path of a publisher's file")


def _members(path: Path) -> Iterator[Member]:
    if path.suffix.lower() != ".zip":
        yield _member(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            inside = dict.fromkeys(i.filename for i in archive.infolist() if not i.is_dir())
            for name in inside:
                yield _zip_member(path, archive, name)
            if not inside:
                yield Member(path.name, path, None, (), "the zip is empty")
    except UNREADABLE as error:
        yield Member(path.name, path, None, (), f"the zip cannot be opened ({plain(error)})")


def _zip_member(path: Path, archive: zipfile.ZipFile, inside: str) -> Member:
    member = Member(f"{path.name}!{inside}", path, inside, ())
    if member.is_document:
        return member
    if not inside.lower().endswith(_CSV):
        return _faulty(member, "only CSV files are read inside a zip")
    try:
        with archive.open(inside) as packed:
            return _with_columns(member, packed)
    except UNREADABLE as error:
        return _faulty(member, f"it cannot be unpacked ({plain(error)})")


def _member(path: Path) -> Member:
    member = Member(path.name, path, None, ())
    if member.is_document:
        return member
    try:
        if path.stat().st_size == 0:
            return _faulty(member, "the file is empty")
        if member.is_parquet:
            return Member(path.name, path, None, tuple(pq.read_schema(path).names))
        if path.name.lower().endswith(_CSV):
            with path.open("rb") as file:
                return _with_columns(member, file)
    except UNREADABLE as error:
        return _faulty(member, f"it cannot be read ({plain(error)})")
    return _faulty(member, "it is not a CSV, CSV.GZ, Parquet or ZIP file")


def _faulty(member: Member, fault: str) -> Member:
    return Member(member.name, member.path, member.inside, (), fault)


def _with_columns(member: Member, file: IO[bytes]) -> Member:
    """``member`` with the cells of the first line of ``file``."""
    if member.is_gzip:
        with gzip.open(file) as unpacked:
            line = unpacked.readline(_LONGEST_HEADER)
    else:
        line = file.readline(_LONGEST_HEADER)
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _faulty(member, "its first line is not UTF-8 text")
    columns = next(csv.reader(io.StringIO(text, newline="")), [])
    if not any(column.strip() for column in columns):
        return _faulty(member, "its first line is empty")
    return Member(member.name, member.path, member.inside, tuple(columns))


def uneven_lines(member: Member, path: Path, most: int) -> Iterator[Problem]:
    """Lines with more or fewer cells than the first, which would put figures in the wrong
    column; ``path`` is where the member can be read."""
    if member.is_parquet:
        return
    opened = gzip.open(path, "rb") if member.is_gzip else path.open("rb")
    with opened, io.TextIOWrapper(opened, "utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.reader(lines)
        for row in rows:
            if row and len(row) != len(member.columns):
                yield Problem(
                    f"{member.name}, line {rows.line_num}",
                    f"it has {len(row)} cells where the first line has {len(member.columns)}",
                    "put cells with commas in quotation marks",
                )
                most -= 1
                if not most:
                    return


def plain(error: Exception) -> str:
    """The first line of what an error says, never empty."""
    if isinstance(error, zlib.error):
        return "the compressed data are damaged"
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[0].strip() if lines else type(error).__name__
