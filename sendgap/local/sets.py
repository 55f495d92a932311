"""Groups of schools that a person has chosen, approved one by one and shown like clusters.

They are kept in the folder as a list of their own. Adding one publishes again all that is
shown, held to everything that ever was; taking one away does not make it unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pandas as pd

from sendgap.errors import LocalError, UnknownNameError
from sendgap.local import lists as listed
from sendgap.local.disclosure.model import NotSafeError
from sendgap.local.disclosure.sets import check_apart
from sendgap.local.folder import Step
from sendgap.local.places import Places, UnitKind
from sendgap.local.record import ever_shown
from sendgap.local.release import Loaded, places_of, publish_step
from sendgap.local.setting import Setting
from sendgap.text import nearest

_MOST_LETTERS = 80


@dataclass(frozen=True, slots=True)
class SchoolSet:
    """A group of schools by its name and their numbers."""

    set_id: str
    name: str
    urns: frozenset[str]


def sets_of(setting: Setting, step: Step) -> list[SchoolSet]:
    """The groups of schools of a step, A to Z."""
    rows = listed.read_sets(setting.folder, step)
    found: dict[tuple[str, str], set[str]] = {}
    for set_id, name, urn in listed.texts(rows, "set_id", "name", "urn"):
        found.setdefault((name, set_id), set()).add(urn)
    return [SchoolSet(key, name, frozenset(urns)) for (name, key), urns in sorted(found.items())]


def add_set(
    setting: Setting, name: str, urns: Iterable[str], *, trial: bool = False,
    now: datetime | None = None,
) -> Loaded:  # fmt: skip
    """Approve a group of schools and show it; raises :class:`LocalError` where it cannot be."""
    before = _shown_step(setting)
    chosen = frozenset(urn.strip() for urn in urns if urn.strip())
    held = sets_of(setting, before)
    made = SchoolSet(_id_of(name), " ".join(name.split()), chosen)
    for one in held:
        if one.set_id == made.set_id:
            raise LocalError(f"There is a group called {one.name} already. Give another name.")
    places = places_of(setting, before, listed.read(setting.folder, before))
    _check(setting, before, places, chosen)
    step = _with_sets(setting, before, [*held, made], f"added the group {made.name}", now)
    try:
        done = publish_step(setting, step, (), trial=trial, search=False)
    except NotSafeError as error:
        raise LocalError(
            f"{made.name} was not added: beside what is shown already, its figures could tell "
            "about fewer than six children. Choose other schools, or more of them."
        ) from error
    return replace(done, lines=(_counted(made, done), *done.lines[1:]))


def remove_set(
    setting: Setting, name: str, *, trial: bool = False, now: datetime | None = None
) -> Loaded:
    """Show a group no more; what was shown of it stays in the record."""
    before = _shown_step(setting)
    held = sets_of(setting, before)
    gone = [one for one in held if name.casefold() in (one.name.casefold(), one.set_id)]
    if not gone:
        names = [one.name for one in held]
        raise UnknownNameError("group of schools", name, nearest(name, names) or names)
    kept = [one for one in held if one not in gone]
    step = _with_sets(setting, before, kept, f"took the group {gone[0].name} away", now)
    done = publish_step(setting, step, (), trial=trial)
    said = f"{gone[0].name} is shown no more. What people have seen of it stays in the record"
    return replace(done, lines=(said, done.lines[0]))


def _shown_step(setting: Setting) -> Step:
    step = setting.folder.current()
    if not step.database:
        raise LocalError(
            "No local figures are shown yet. Load the schools and their pupils first: "
            "'python -m sendgap local template' lists what can be loaded."
        )
    return step


def _id_of(name: str) -> str:
    found = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not found or len(name) > _MOST_LETTERS:
        raise LocalError(f"Give the group a name of 1 to {_MOST_LETTERS} letters or digits.")
    return found


def _check(setting: Setting, step: Step, places: Places, urns: frozenset[str]) -> None:
    """Refuse schools that are not listed, are few, or are nearly another unit's."""
    earlier = [] if step.invented else ever_shown(setting.folder, places.authority)
    before = [release.places for release in earlier if release.places]
    periods = sorted({p for release in earlier for p in release.cells["time_period"].unique()})
    try:
        check_apart([places, *before], periods or [""], urns)
    except NotSafeError as error:
        said = "; ".join(f"{problem.found}: {problem.write}" for problem in error.problems)
        raise LocalError(f"The group was not added: {said}.") from error


def _with_sets(
    setting: Setting, before: Step, sets: list[SchoolSet], did: str, now: datetime | None
) -> Step:
    rows = [(one.set_id, one.name, urn) for one in sets for urn in sorted(one.urns)]
    table = pd.DataFrame(rows, columns=["set_id", "name", "urn"])
    kept = setting.folder.keep(listed.SETS, "csv", listed.as_csv(table))
    when = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    return replace(before, did=did, when=when, files={**before.files, listed.SETS: kept})


def _counted(made: SchoolSet, done: Loaded) -> str:
    """How much of the group can be shown."""
    cells = pd.DataFrame() if done.cells is None else done.cells
    own = cells[(cells["unit_kind"] == UnitKind.SET) & (cells["unit_id"] == made.set_id)]
    shown = int(own["value"].notna().sum())
    hidden = int((own["symbol"] == "c").sum())
    said = f"{shown:,} figures are shown and {hidden:,} are hidden to protect children"
    return f"{made.name}, a group of {len(made.urns)} schools: {said}"
