"""One data folder per test, and the figures that a load left in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.cli import main
from sendgap.config import PROJECT
from sendgap.ingest.load import LoadOptions, Verdict, load

CATALOGUE = Catalogue.load(PROJECT / "data" / "catalogue")
AREAS = Areas.load(PROJECT / "data" / "reference")


@dataclass(frozen=True)
class World:
    """A data folder, with the shipped catalogue and areas."""

    folder: Path

    @property
    def published(self) -> Path:
        return self.folder / "published"

    def load(self, *paths: Path, **options: Any) -> list[Verdict]:
        return load(
            paths,
            catalogue=CATALOGUE,
            areas=AREAS,
            folder=self.published,
            options=LoadOptions(**options),
        )

    def take(self, *paths: Path, **options: Any) -> list[Verdict]:
        """Load files that must not be refused."""
        verdicts = self.load(*paths, **options)
        assert not [str(p) for v in verdicts for p in v.problems]
        return verdicts

    def refuse(self, *paths: Path, **options: Any) -> str:
        """Load files that must be refused, leaving every byte; the messages."""
        before = self.bytes()
        verdicts = self.load(*paths, **options)
        assert [v for v in verdicts if v.verdict == "refused"]
        assert not [v for v in verdicts if v.verdict == "taken"]
        assert self.bytes() == before
        return "\n".join(str(p) for v in verdicts for p in v.problems)

    def bytes(self) -> dict[str, bytes]:
        """Every file of the published folder."""
        if not self.published.exists():
            return {}
        return {p.name: p.read_bytes() for p in sorted(self.published.iterdir())}

    def figures(self, source: str, *columns: str) -> list[tuple[Any, ...]]:
        """Rows of a source, sorted."""
        path = self.published / f"{source}.parquet"
        with duckdb.connect() as connection:
            rows = connection.read_parquet(str(path)).project(", ".join(columns))
            return sorted(rows.fetchall(), key=lambda row: [str(cell) for cell in row])


@pytest.fixture
def world(tmp_path: Path) -> World:
    folder = tmp_path / "data"
    folder.mkdir()
    return World(folder)


@dataclass(frozen=True)
class Answer:
    """What a command said."""

    status: int
    out: str
    err: str


@pytest.fixture
def command(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Any]:
    """The command line on the world's data folder."""
    monkeypatch.setenv("SENDGAP_DATA", str(world.folder))

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    yield run
