"""A small part of the invented authority, loaded as a person would, in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sendgap.config import PROJECT, Paths
from sendgap.local.demo import Demonstration, demonstration
from sendgap.local.folder import LocalFolder
from sendgap.local.load import load_demonstration, load_file
from sendgap.local.setting import Setting
from sendgap.store.local import AT_MACHINE, LocalRelease, open_local

CATALOGUE = PROJECT / "data" / "catalogue"


def part(clusters: Sequence[str], years: Sequence[str], outcomes: Sequence[str]) -> Demonstration:
    """Some clusters' schools and years, with some outcome columns."""
    whole = demonstration(CATALOGUE)
    groups = whole.groups[whole.groups["group_id"].isin(clusters)]
    urns = set(groups["urn"])
    pupils = whole.pupils[whole.pupils["urn"].isin(urns) & whole.pupils["time_period"].isin(years)]
    columns = ["pupil", "urn", "time_period", "year_group", "sen", *outcomes]
    return Demonstration(
        whole.name,
        whole.schools[whole.schools["urn"].isin(urns)].reset_index(drop=True),
        whole.groups[whole.groups["urn"].isin(urns)].reset_index(drop=True),
        pupils[columns].reset_index(drop=True),
    )


def setting(folder: Path) -> Setting:
    """The project's catalogue, with a data folder of its own."""
    found = Setting.load(Paths(PROJECT / "data"))
    where = Paths(folder)
    return replace(found, where=where, folder=LocalFolder(where.local))


def csv(table: pd.DataFrame, path: Path) -> Path:
    """A table as a return's file."""
    table.to_csv(path, index=False)
    return path


def published_alone(folder: Path) -> Path:
    """A data folder with the current release and no local figures."""
    (folder / "releases").symlink_to(PROJECT / "data" / "releases", target_is_directory=True)
    return folder


@contextmanager
def opened(folder: Path, demo: Demonstration) -> Iterator[LocalRelease]:
    """An invented authority in force in a data folder of its own, while it is looked at."""
    own = setting(folder)
    load_demonstration(own, demo)
    held = open_local(AT_MACHINE, own.where)
    yield held
    held.close()


def loaded_as_real(folder: Path, demo: Demonstration) -> Setting:
    """The same rows as returns of an authority: schools, groups and pupils."""
    fresh = setting(folder)
    load_file(fresh, csv(demo.schools, folder / "s.csv"), authority="Kent")
    load_file(fresh, csv(demo.groups, folder / "g.csv"))
    load_file(fresh, csv(demo.pupils, folder / "p.csv"))
    return fresh
