"""Loads local returns: lists of schools and groups, pupils, counts, surveys and registers.

Everything a load changes becomes one step of the folder (:mod:`sendgap.local.folder`), put
in force after the audit has passed. A fault anywhere leaves what was.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from sendgap.errors import LocalError, SendgapError, UnknownNameError
from sendgap.local import lists as listed
from sendgap.local.aggregate import count_pupils
from sendgap.local.alike import alike
from sendgap.local.counts import FIGURES, KEYS, Counts
from sendgap.local.database import write_database
from sendgap.local.demo import Demonstration
from sendgap.local.disclosure.model import Audit, Published
from sendgap.local.disclosure.publish import publish
from sendgap.local.folder import Step
from sendgap.local.lists import GROUPS, SCHOOLS, Lists
from sendgap.local.places import Places, Unit, UnitKind
from sendgap.local.reconcile import reconcile
from sendgap.local.registers import Register, cells, register
from sendgap.local.returns.check import Checked, check
from sendgap.local.returns.problems import ReturnError, RowProblem
from sendgap.local.returns.read import read
from sendgap.local.setting import Setting
from sendgap.store import Release, open_release
from sendgap.store.local import AT_MACHINE, open_local

PUPILS, SCHOOL_COUNTS = "pupils", "school_counts"


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """What a load did: the step in force now, and what it says about itself."""

    step: Step
    lines: tuple[str, ...]
    reconciled: pd.DataFrame | None = None


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
    withhold: Sequence[str] = (), now: datetime | None = None,
) -> Loaded:  # fmt: skip
    """Check a return and load it.

    ``leave_out`` is how many rows the person agrees to lose; every other number of faulty
    rows raises :class:`ReturnError` with all of them. ``authority`` is a name or code, needed
    with the first list of schools. ``withhold`` names outcomes to leave out from now on,
    because they cannot be shown safely.
    """
    unknown = [name for name in withhold if name not in setting.measures.measures]
    if unknown:
        raise UnknownNameError("outcome", unknown[0], tuple(setting.measures.measures))
    checked = check_file(setting, path, kind)
    if checked.left_out and checked.left_out != leave_out:
        raise ReturnError(checked.name, (*checked.problems, *_agreed(checked, leave_out)))
    before = _real(setting.folder.current())
    step = replace(
        before,
        did=f"loaded {checked.kind.kind} from {checked.name}",
        when=(now or datetime.now(UTC)).isoformat(timespec="seconds"),
        withheld=sorted({*before.withheld, *withhold}),
    )
    if checked.kind.kind in (SCHOOLS, GROUPS):
        return _load_list(setting, step, checked, authority)
    return _load_return(setting, step, checked)


def _agreed(checked: Checked, leave_out: int) -> list[RowProblem]:
    """How to accept the loss; where a wrong number was given, what the right one is."""
    if not leave_out:
        return []
    found = f"{leave_out} rows were to be left out, and {checked.left_out} have a fault"
    return [RowProblem(0, "--leave-out", found, "look at the list again and give its number")]


def _real(step: Step) -> Step:
    """A step to build on: real data begin afresh after the demonstration."""
    return Step() if step.invented else step


def _load_list(setting: Setting, step: Step, checked: Checked, authority: str) -> Loaded:
    """Take a list of schools or groups; figures already loaded are counted again by it."""
    table = checked.rows if checked.kind.kind == SCHOOLS else listed.checked_groups(checked)
    if authority:
        step = replace(step, authority=setting.areas.find(authority).la_code or "")
    if not step.authority:
        raise LocalError("Which authority are these schools of? Add --authority NAME.")
    name = setting.folder.keep(checked.kind.kind, "csv", listed.as_csv(table))
    step = replace(step, files={**step.files, checked.kind.kind: name})
    said = f"{len(table)} rows of {checked.kind.label.lower()} are in force"
    return _publish(setting, step, (said, *_lost(checked)))


def _lost(checked: Checked) -> list[str]:
    if not checked.left_out:
        return []
    return [f"{checked.left_out} of {checked.total} rows were left out, as agreed"]


def _load_return(setting: Setting, step: Step, checked: Checked) -> Loaded:
    lists = listed.read(setting.folder, step)
    kind, name = checked.kind.kind, checked.name
    places = _places(setting, step, lists)
    if kind == PUPILS:
        found = count_pupils(checked.rows, setting.measures, places).rows
    elif kind == SCHOOL_COUNTS:
        found = _school_counts(checked.rows, setting)
    else:
        found = register(checked, places).rows
    role = f"counts:{kind}"
    kept = _merged(setting, step, role, found)
    stored = setting.folder.keep(f"counts-{kind}", "parquet", _parquet(kept))
    periods = ", ".join(f"{p[:4]}/{p[4:]}" for p in sorted(found["time_period"].unique()))
    step = replace(
        step,
        files={**step.files, role: stored},
        sources={**step.sources, kind: f"{name}, loaded {step.when[:10]}"},
    )
    said = f"{len(checked.rows)} rows of {checked.kind.label.lower()} were counted for {periods}"
    return _publish(setting, step, (said, *_lost(checked)))


def _merged(setting: Setting, step: Step, role: str, found: pd.DataFrame) -> pd.DataFrame:
    """What was counted before for other school years, with the years that are new."""
    path = setting.folder.file(step, role)
    if path is None:
        return found
    before = pd.read_parquet(path)
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
            "breakdown": rows["breakdown"].fillna("total") if "breakdown" in rows else "total",
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


def _places(setting: Setting, step: Step, lists: Lists) -> Places:
    return listed.places(lists, authority_unit(setting, step))


def authority_unit(setting: Setting, step: Step) -> Unit:
    """The authority of a step; the invented one has no code of England's."""
    if step.invented:
        return Unit(UnitKind.AUTHORITY, "practice", step.authority)
    area = setting.areas.find(step.authority)
    return Unit(UnitKind.AUTHORITY, area.area_code, area.name)


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
    places = _places(setting, step, listed.read(folder, step))
    counted = count_pupils(demo.pupils, setting.measures, places).rows
    stored = folder.keep("counts-pupils", "parquet", _parquet(counted))
    step = replace(step, files={**files, "counts:pupils": stored})
    said = f"{demo.name}: {len(demo.pupils):,} invented pupils in {len(demo.schools)} schools"
    return _publish(setting, step, (said,))


def _publish(setting: Setting, step: Step, lines: Sequence[str]) -> Loaded:
    """Count together what the step holds, protect it, audit it, and put it in force."""
    lists = listed.read(setting.folder, step)
    roles = [role for role in step.files if role.startswith("counts:")]
    if not roles or lists.schools.empty:
        return Loaded(setting.folder.commit(step), tuple(lines))
    places = _places(setting, step, lists)
    run_id = _run_id(step)
    published = _published(setting, step, places, run_id)
    release = _release()
    found = reconcile(
        published, None if step.invented else release, places.authority.unit_id,
        setting.indicators.values(),
    )  # fmt: skip
    name = f"local-{run_id}.duckdb"
    setting.folder.path.mkdir(parents=True, exist_ok=True)
    about: dict[str, object] = {
        "run_id": run_id, "made": step.when, "authority_id": places.authority.unit_id,
        "la_code": "" if step.invented else step.authority,
        "authority": places.authority.name, "invented": step.invented,
        "source": "; ".join(f"{said}" for said in step.sources.values()),
    }  # fmt: skip
    like = alike(setting.context, lists.schools, places, published.cells)
    write_database(setting.folder.path / name, published, places, found, about, like)
    done = setting.folder.commit(replace(step, database=name))
    audit = published.audit
    told = f"{audit.shown:,} figures are shown and {audit.hidden:,} are hidden to protect children"
    return Loaded(done, (*lines, told), found)


def _run_id(step: Step) -> str:
    """A name for what is shown, made of what it is counted from and when."""
    said = repr((sorted(step.files.items()), step.authority, step.when))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _published(setting: Setting, step: Step, places: Places, run_id: str) -> Published:
    found = []
    for role in (f"counts:{PUPILS}", f"counts:{SCHOOL_COUNTS}"):
        if path := setting.folder.file(step, role):
            found.append(pd.read_parquet(path))
    rows = pd.concat(found, ignore_index=True) if found else _nothing()
    keys = ["place_kind", "place", "time_period", "indicator_id"]
    if len(found) > 1:  # a school's own numbers count only where it gave no rows of pupils
        mine = pd.MultiIndex.from_frame(found[1][keys])
        theirs = pd.MultiIndex.from_frame(found[0][keys].drop_duplicates())
        rows = pd.concat([found[0], found[1][~mine.isin(theirs)]], ignore_index=True)
    rows = rows[~rows["indicator_id"].isin(step.withheld)]
    published = publish(
        Counts(rows, "; ".join(step.sources.values())), places, setting.measures,
        setting.indicators, run_id=run_id, earlier=_earlier(setting, step),
    )  # fmt: skip
    added = [cells(r, places, run_id) for r in _registers(setting, step)]
    if not added:
        return published
    return replace(published, cells=pd.concat([published.cells, *added], ignore_index=True))


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(columns=[*KEYS, *FIGURES])


def _registers(setting: Setting, step: Step) -> list[Register]:
    found = []
    for kind in setting.kinds.kinds.values():
        if kind.measure and (path := setting.folder.file(step, f"counts:{kind.kind}")):
            found.append(Register(kind.measure, bool(kind.counted[0]), pd.read_parquet(path)))
    return found


def _earlier(setting: Setting, step: Step) -> Published | None:
    """What this folder has shown before of the same authority, for a later release to fit."""
    before = setting.folder.current()
    if not before.database or (before.authority, before.invented) != (
        step.authority,
        step.invented,
    ):
        return None
    held = open_local(AT_MACHINE, setting.where)
    try:
        audit = held.frame("local_audit").iloc[0]
        said = Audit(**{str(key): audit[key] for key in audit.index})
        return Published(held.all_cells(), said, str(held.about["source"]))
    finally:
        held.close()


def _release() -> Release | None:
    try:
        return open_release()
    except SendgapError:
        return None
