"""Loads local returns: lists of schools and groups, pupils, counts, surveys and registers.

Everything a load changes becomes one step of the folder (:mod:`sendgap.local.folder`), put
in force after the audit has passed. A fault anywhere leaves what was.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from sendgap.errors import LocalError
from sendgap.local import lists as listed
from sendgap.local.aggregate import count_pupils
from sendgap.local.counts import FIGURES, KEYS
from sendgap.local.coverage import covered
from sendgap.local.demo import Demonstration
from sendgap.local.folder import Step
from sendgap.local.lists import GROUPS, SCHOOLS
from sendgap.local.registers import register
from sendgap.local.release import PUPILS, SCHOOL_COUNTS, Loaded, places_of, publish_step
from sendgap.local.returns.check import Checked, check
from sendgap.local.returns.problems import ReturnError, RowProblem
from sendgap.local.returns.read import read
from sendgap.local.setting import Setting
from sendgap.local.withheld import read_withheld


def check_file(setting: Setting, path: Path, kind: str = "") -> Checked:
    """Check a return against the lists in force; nothing is written."""
    lists = listed.read(setting.folder, setting.folder.current())
    found = read(path)
    asked = (
        setting.kinds.kind(kind) if kind else setting.kinds.of_columns(tuple(found.table.columns))
    )
    if asked and asked.names_places:
        listed.need_schools(lists)
    return check(found, setting.kinds, setting.known(lists), kind=kind)


def load_file(
    setting: Setting, path: Path, *, kind: str = "", leave_out: int = 0, authority: str = "",
    withhold: Sequence[str] = (), trial: bool = False, now: datetime | None = None,
) -> Loaded:  # fmt: skip
    """Check a return and load it.

    ``leave_out`` is how many rows the person agrees to lose; every other number of faulty
    rows raises :class:`ReturnError` with all of them. ``authority`` is a name or code, needed
    with the first list of schools. ``withhold`` names outcomes, or ``outcome:year``, to leave
    out from now on, because they cannot be shown safely. A ``trial`` goes all the way, says
    what would be, and changes nothing.
    """
    left_out = read_withheld(withhold, setting.measures.measures)
    checked = check_file(setting, path, kind)
    if checked.left_out and checked.left_out != leave_out:
        raise ReturnError(checked.name, (*checked.problems, *_agreed(checked, leave_out)))
    before = _real(setting.folder.current())
    step = replace(
        before,
        did=f"loaded {checked.kind.kind} from {checked.name}",
        when=(now or datetime.now(UTC)).isoformat(timespec="seconds"),
        withheld=sorted({*before.withheld, *left_out}),
    )
    try:
        if checked.kind.kind in (SCHOOLS, GROUPS):
            return _load_list(setting, step, checked, authority, trial=trial)
        return _load_return(setting, step, checked, trial=trial)
    finally:
        setting.folder.sweep()


def _agreed(checked: Checked, leave_out: int) -> list[RowProblem]:
    """How to accept the loss; where a wrong number was given, what the right one is."""
    if not leave_out:
        return []
    found = f"{leave_out} to be left out, and {checked.left_out} with a fault"
    return [RowProblem(0, "--leave-out", found, "look at the list again and give its number")]


def _real(step: Step) -> Step:
    """A step to build on: real data begin afresh after the demonstration."""
    return Step() if step.invented else step


def _load_list(
    setting: Setting, step: Step, checked: Checked, authority: str, *, trial: bool
) -> Loaded:
    """Take a list of schools or groups; figures already loaded are counted again by it."""
    table = checked.rows if checked.kind.kind == SCHOOLS else listed.checked_groups(checked)
    if authority:
        step = replace(step, authority=setting.areas.find(authority).la_code or "")
    if not step.authority:
        raise LocalError("Which authority are these schools of? Add --authority NAME.")
    name = setting.folder.keep(checked.kind.kind, "csv", listed.as_csv(table))
    step = replace(step, files={**step.files, checked.kind.kind: name})
    said = f"{len(table)} rows of {checked.kind.label.lower()} are in force"
    return publish_step(setting, step, (said, *_lost(checked)), trial=trial)


def _lost(checked: Checked) -> list[str]:
    if not checked.left_out:
        return []
    return [f"{checked.left_out} of {checked.total} rows were left out, as agreed"]


def _load_return(setting: Setting, step: Step, checked: Checked, *, trial: bool) -> Loaded:
    lists = listed.read(setting.folder, step)
    kind, name = checked.kind.kind, checked.name
    places = places_of(setting, step, lists)
    if kind == PUPILS:
        found = count_pupils(checked.rows, setting.measures, places).rows
    elif kind == SCHOOL_COUNTS:
        found = _school_counts(checked.rows, setting)
    else:
        found = register(checked, places).rows
    role, before = f"counts:{kind}", step
    kept = _merged(setting, step, role, found)
    stored = setting.folder.keep_restricted(f"counts-{kind}", "parquet", _parquet(kept))
    periods = ", ".join(f"{p[:4]}/{p[4:]}" for p in sorted(found["time_period"].unique()))
    step = replace(
        step,
        files={**step.files, role: stored},
        sources={**step.sources, kind: f"{name}, loaded {step.when[:10]}"},
    )
    said = [f"{len(checked.rows)} rows of {checked.kind.label.lower()} were counted for {periods}"]
    said += _lost(checked)
    if kind == PUPILS:
        said += covered(found, _before(setting, before, role), lists.schools)
    return publish_step(setting, step, said, trial=trial)


def _before(setting: Setting, step: Step, role: str) -> pd.DataFrame | None:
    path = setting.folder.file(step, role)
    return None if path is None else pd.read_parquet(path)


def _merged(setting: Setting, step: Step, role: str, found: pd.DataFrame) -> pd.DataFrame:
    """What was counted before for other school years, with the years that are new."""
    before = _before(setting, step, role)
    if before is None:
        return found
    old = before[~before["time_period"].isin(set(found["time_period"]))]
    return pd.concat([old, found], ignore_index=True)


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()


def _school_counts(rows: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """Numbers by school as counted rows: each pupil adds nothing or one."""
    groups = rows["sen"].map(lambda code: setting.measures.sen_codes[code].value)
    table = pd.DataFrame(
        {
            "place_kind": "school",
            "place": rows["urn"],
            "time_period": rows["time_period"],
            "sen_group": groups,
            "indicator_id": rows["indicator"],
            "breakdown": "total",
            "pupils": rows["denominator"],
            "numerator": rows["numerator"],
            "denominator": rows["denominator"],
            "largest": 1.0,
            "numerator_squares": rows["numerator"],
            "products": rows["numerator"],
            "denominator_squares": rows["denominator"],
        }
    )
    return table.groupby(list(KEYS), as_index=False)[list(FIGURES)].agg(
        {name: "max" if name == "largest" else "sum" for name in FIGURES}
    )


def load_demonstration(
    setting: Setting, demo: Demonstration, *, now: datetime | None = None
) -> Loaded:
    """Put the invented authority in force.

    Raises :class:`LocalError` where a real return is in force: the two are never mixed.
    """
    before = setting.folder.current()
    if before.when and not before.invented:
        raise LocalError(
            "Real local data are loaded, and the invented authority does not go beside them. "
            "Try it in another data folder: set SENDGAP_DATA to an empty one first."
        )
    folder = setting.folder
    files = {
        SCHOOLS: folder.keep(SCHOOLS, "csv", listed.as_csv(demo.schools)),
        GROUPS: folder.keep(GROUPS, "csv", listed.as_csv(demo.groups)),
    }
    when = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    step = Step(
        did="made the invented authority", when=when, authority=demo.name, invented=True,
        files=files, sources={PUPILS: "Made-up data for practice. Not real schools."},
    )  # fmt: skip
    places = places_of(setting, step, listed.read(folder, step))
    counted = count_pupils(demo.pupils, setting.measures, places).rows
    stored = folder.keep_restricted("counts-pupils", "parquet", _parquet(counted))
    step = replace(step, files={**files, "counts:pupils": stored})
    said = f"{demo.name}: {len(demo.pupils):,} invented pupils in {len(demo.schools)} schools"
    return publish_step(setting, step, (said,))
