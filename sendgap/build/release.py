"""Builds a release into a new file and makes it the current one.

A release is named after its newest edition and a digest of everything it is built from,
so equal inputs give the same release, and a file that readers hold open is never
replaced: each release has its own name and the text file ``CURRENT`` points at one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

import sendgap
from sendgap.build.inputs import lay_out
from sendgap.build.intervals import of_changes, of_gaps, of_levels
from sendgap.build.places import of_positions, of_ranks
from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.config import Paths
from sendgap.errors import ReleaseError
from sendgap.ingest import published
from sendgap.ingest.stage import literal

Say = Callable[[str], None]

CURRENT = "CURRENT"
#: Releases kept beside the current one, for readers that still hold them.
KEEP = 2

#: Rows in a group that DuckDB skips whole: small, because a page asks for one indicator.
ROWS = 16_384

#: Entries that only explain words: changing one changes no figure.
NOT_BUILT_FROM = "glossary."

_SQL = Path(__file__).parent / "sql"

#: Tables written to the release, with the order that makes its usual question quick and the
#: file small: what is asked for together stands together. An ``answer_`` view of that name
#: is written in place of the table, without the numbers it is sorted by.
TABLES = {
    "area": "area_code",
    "neighbour": "vintage, area_code, position",
    "indicator": "position",
    "edition": "source_id",
    "withheld": "indicator_id, area_code, time_period",
    "choice": "indicator_id, sen_group, time_period",
    "latest": "indicator_id, sen_group",
    "held": "position, time_identifier, breakdown, series_rank",
}
ANSWERS = {
    "observation": "slice_id, area_id, series_rank",
    "gap": "slice_id, area_id",
    "distribution": "slice_id",
    "benchmark_both": "slice_id, area_id",
}


#: What is computed by :mod:`sendgap.statistics`, after the file that lays out its input.
STATISTICS = {
    "03c_counted": of_levels,
    "07b_gap_sides": of_gaps,
    "08_changes": of_changes,
    "12a_compared": of_positions,
    "12b_position": of_ranks,
}


def release_id(paths: Paths) -> str:
    """The name of the release that the inputs at hand would give."""
    digest = hashlib.sha256()
    for path in _inputs(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    newest = max((load.edition for load in published.loads(paths.published)), default="none")
    return f"{newest}-{digest.hexdigest()[:10]}"


def _inputs(paths: Paths) -> Iterator[Path]:
    package = Path(sendgap.__file__).parent
    yield from sorted(paths.published.glob("*.parquet"))
    entries = (p for p in paths.catalogue.rglob("*") if p.suffix in (".yaml", ".json"))
    yield from sorted(p for p in entries if not p.name.startswith(NOT_BUILT_FROM))
    yield from sorted(paths.reference.glob("*.csv"))
    for part in ("build", "catalogue", "statistics"):
        yield from sorted(p for p in (package / part).rglob("*") if p.suffix in (".py", ".sql"))


def current_release(paths: Paths) -> Path | None:
    """The file of the current release; ``None`` where there is none."""
    pointer = paths.releases / CURRENT
    if not pointer.exists():
        return None
    path = paths.releases / pointer.read_text(encoding="utf-8").strip()
    return path if path.is_file() else None


def is_current(paths: Paths) -> bool:
    """Whether the current release is what the inputs at hand would give."""
    path = current_release(paths)
    return path is not None and path.name == _file_name(release_id(paths))


def _file_name(release: str) -> str:
    return f"sendgap-{release}.duckdb"


def build(paths: Paths, *, say: Say = lambda _: None) -> str:
    """Build the release that the inputs give, make it current, and return its id.

    Raises :class:`ReleaseError` where nothing has been published, and
    :class:`~sendgap.errors.CatalogueError` for entries that cannot be used. Until the
    new file is whole, the current release stays as it is.
    """
    catalogue, areas = Catalogue.load(paths.catalogue), Areas.load(paths.reference)
    published.settle(paths.published)
    if not any(paths.published.glob("*.parquet")):
        raise ReleaseError(
            f"There are no figures in {paths.published}. Load publishers' files with "
            "'python -m sendgap ingest PATH', or restore the folder from the project."
        )
    release = release_id(paths)
    target = paths.releases / _file_name(release)
    if not target.is_file():
        paths.releases.mkdir(parents=True, exist_ok=True)
        temporary = paths.releases / f"{target.name}.{os.getpid()}.new"
        try:
            build_file(temporary, release, catalogue, areas, paths.published, say=say)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    _point(paths.releases, target.name)
    _prune(paths.releases, target.name)
    return release


def build_file(
    target: Path,
    release: str,
    catalogue: Catalogue,
    areas: Areas,
    published_folder: Path,
    *,
    say: Say = lambda _: None,
) -> None:
    """Build one release database at ``target``, which must not exist."""
    target.unlink(missing_ok=True)
    connection = duckdb.connect()
    try:
        say("reading the published figures")
        lay_out(connection, catalogue, areas, published_folder)
        for path in sorted(_SQL.glob("[0-9]*.sql")):
            say(f"computing {path.stem.partition('_')[2].replace('_', ' ')}")
            connection.execute(path.read_text(encoding="utf-8"))
            if path.stem in STATISTICS:
                STATISTICS[path.stem](connection)
        say("writing the release")
        connection.execute(f"attach {literal(str(target))} as release (row_group_size {ROWS})")
        for table, order in TABLES.items():
            connection.execute(f"create table release.{table} as from {table} order by {order}")
        for table, order in ANSWERS.items():
            numbers = [name for name in ("slice_id", "area_id") if name in order]
            connection.execute(
                f"create table release.{table} as select * exclude ({', '.join(numbers)}) "
                f"from answer_{table} order by {order}"
            )
        connection.execute(
            "create table release.profile_both as from release.benchmark_both where is_latest "
            "order by area_code, indicator_id, sen_group, measure, reference"
        )
        connection.execute("create table release.about as select $1 as release_id", [release])
        # Inside the release, so that its views name its tables whatever the file is called.
        connection.execute("use release")
        connection.execute((_SQL / "release_views.sql").read_text(encoding="utf-8"))
        by_list = (_SQL / "release_by_list.sql").read_text(encoding="utf-8")
        for name in ("benchmark", "profile"):
            connection.execute(by_list.format(name=name))
        connection.execute("use memory")
        connection.execute("detach release")
    finally:
        connection.close()


def _point(folder: Path, name: str) -> None:
    temporary = folder / f"{CURRENT}.new"
    temporary.write_text(name + "\n", encoding="utf-8")
    os.replace(temporary, folder / CURRENT)


def _prune(folder: Path, current: str) -> None:
    """Remove releases that are neither current nor among the newest others.

    A file that a reader holds open cannot be removed on Windows; it goes next time.
    """
    others = sorted(
        (p for p in folder.glob("sendgap-*.duckdb") if p.name != current),
        key=lambda p: p.stat().st_mtime,
        reverse=True,
    )
    for path in others[KEEP:]:
        try:
            path.unlink()
        except OSError:
            continue
