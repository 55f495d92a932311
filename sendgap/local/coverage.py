"""Whether a return of pupils has every school: what a person should know before relying on it."""

from __future__ import annotations

import pandas as pd

from sendgap.local.counts import ROLL
from sendgap.text import and_list

#: Schools named in a line before the rest are counted.
_MOST = 5


def covered(found: pd.DataFrame, before: pd.DataFrame | None, schools: pd.DataFrame) -> list[str]:
    """Schools without a pupil, by school year: those that had some in the counts the file
    takes the place of, and the others of the list."""
    names = dict(zip(schools["urn"], schools["name"], strict=True))
    lines = []
    for period in sorted(found["time_period"].unique()):
        year = f"{period[:4]}/{period[4:]}"
        now = _with_pupils(found, period)
        had = set() if before is None else _with_pupils(before, period)
        lost = {urn for urn in had if urn in names} - now
        if lost:
            lines.append(
                f"{_called(lost, names)} had pupils in {year} until now and have none in this "
                "file, which takes the place of the whole school year"
            )
        without = names.keys() - now - had
        if without:
            lines.append(f"No pupil in {year} of {_called(without, names)}")
    return lines


def _with_pupils(counts: pd.DataFrame, period: str) -> set[str]:
    """Schools on whose roll somebody is."""
    rows = counts[(counts["time_period"] == period) & (counts["indicator_id"] == ROLL)]
    return set(rows.loc[rows["pupils"] > 0, "place"])


def _called(urns: set[str], names: dict[str, str]) -> str:
    said = sorted(names[urn] for urn in urns)
    rest = len(said) - _MOST
    return and_list([*said[:_MOST], *([f"{rest} more schools"] if rest > 0 else [])])
