"""Opens what a person points at: a file, a folder or a zip, as members with a header."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from sendgap.errors import Problem, RefusedError

#: Endings of files that explain data and hold none.
DOCUMENTS = (".txt", ".pdf", ".docx", ".html", ".md", ".json", ".ods", ".xlsx", ".geojson.gz")
_CSV = (".csv", ".csv.gz")


@dataclass(frozen=True, slots=True)
class Member:
    """One table to look at: a file, or a file inside a zip.

    ``header`` is empty for documents, and ``fault`` says why a header cannot be read.
    """

    name: str
    path: Path
    inside: str | None
    header: tuple[str, ...]
    fault: str = ""

    @property
    def is_document(self) -> bool:
        return (self.inside or self.path.name).lower().endswith(DOCUMENTS)

    def on_disk(self, folder: Path) -> Path:
        """A path the database can read; members of a zip are unpacked into ``folder``."""
        if self.inside is None:
            return self.path
        target = folder / f"{abs(hash(self.name))}-{Path(self.inside).name}"
        with zipfile.ZipFile(self.path) as archive, archive.open(self.inside) as packed:
            with target.open("wb") as out:
                while chunk := packed.read(1 << 20):
                    out.write(chunk)
        return target

    def sha256(self) -> str:
        """The digest of the member's bytes, as the load record names it."""
        if self.inside is None:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        with zipfile.ZipFile(self.path) as archive, archive.open(self.inside) as packed:
            digest = hashlib.sha256()
            while chunk := packed.read(1 << 20):
                digest.update(chunk)
        return digest.hexdigest()


def members(paths: Iterable[Path]) -> list[Member]:
    """Every member of the files, folders and zips named; refuses paths that are not there."""
    found: list[Member] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            found.extend(m for p in sorted(path.rglob("*")) if p.is_file() for m in _members(p))
        elif path.is_file():
            found.extend(_members(path))
        else:
            problems.append(
                Problem(str(path), "no such file or folder", "give the path of a publisher's file")
            )
    if problems:
        raise RefusedError(problems)
    return found


def _members(path: Path) -> Iterator[Member]:
    if path.suffix.lower() != ".zip":
        yield _member(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield _zip_member(path, archive, info.filename)
    except (zipfile.BadZipFile, OSError) as error:
        yield Member(path.name, path, None, (), f"the zip cannot be opened ({error})")


def _zip_member(path: Path, archive: zipfile.ZipFile, inside: str) -> Member:
    name = f"{path.name}!{inside}"
    try:
        with archive.open(inside) as packed:
            header = _csv_header(packed.readline()) if inside.lower().endswith(".csv") else ()
    except (zipfile.BadZipFile, OSError, UnicodeDecodeError) as error:
        return Member(name, path, inside, (), f"it cannot be unpacked ({error})")
    return Member(name, path, inside, header)


def _member(path: Path) -> Member:
    lower = path.name.lower()
    try:
        if path.stat().st_size == 0:
            return Member(path.name, path, None, (), "the file is empty")
        if lower.endswith(".parquet"):
            return Member(path.name, path, None, tuple(pq.read_schema(path).names))
        if lower.endswith(_CSV):
            with gzip.open(path) if lower.endswith(".gz") else path.open("rb") as file:
                return Member(path.name, path, None, _csv_header(file.readline()))
    except (OSError, EOFError, UnicodeDecodeError, ValueError) as error:
        return Member(path.name, path, None, (), f"it cannot be read ({_plain(error)})")
    return Member(path.name, path, None, ())


def _csv_header(line: bytes) -> tuple[str, ...]:
    text = io.StringIO(line.decode("utf-8-sig"))
    return tuple(column.strip() for column in next(csv.reader(text), []))


def _plain(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
