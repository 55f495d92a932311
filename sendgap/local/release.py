"""From the counted returns of a step to the release that is shown.

All that a step holds is counted together, protected, held to everything ever shown, attacked,
and put in force; a fault anywhere leaves what was.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from sendgap.errors import SendgapError
from sendgap.local import lists as listed
from sendgap.local.alike import alike
from sendgap.local.counts import FIGURES, KEYS, Counts
from sendgap.local.database import write_database
from sendgap.local.disclosure.model import NotSafeError, Published
from sendgap.local.disclosure.publish import publish
from sendgap.local.disclosure.sets import with_set
from sendgap.local.folder import Step
from sendgap.local.lists import Lists
from sendgap.local.lost import lost_lines
from sendgap.local.places import Places, Unit, UnitKind
from sendgap.local.reconcile import reconcile
from sendgap.local.record import database_name, ever_shown, no_longer_held
from sendgap.local.registers import Register, cells
from sendgap.local.setting import Setting
from sendgap.local.withheld import Withheld, from_step, together
from sendgap.store import Release, open_release

PUPILS, SCHOOL_COUNTS = "pupils", "school_counts"
#: How often outcomes are left out by trial before the search for a safe release is given up.
_TRIALS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """What a load did: the step in force now, what it says about itself, and what is shown."""

    step: Step
    lines: tuple[str, ...]
    reconciled: pd.DataFrame | None = None
    cells: pd.DataFrame | None = None


def places_of(setting: Setting, step: Step, lists: Lists) -> Places:
    """The schools and groups of a step, the groups that people chose among them."""
    places = listed.places(lists, authority_unit(setting, step))
    rows = listed.texts(listed.read_sets(setting.folder, step), "set_id", "name", "urn")
    for set_id, name in dict.fromkeys((set_id, name) for set_id, name, _ in rows):
        places = with_set(places, set_id, name, [urn for key, _, urn in rows if key == set_id])
    return places


def authority_unit(setting: Setting, step: Step) -> Unit:
    """The authority of a step; the invented one has no code of England's."""
    if step.invented:
        return Unit(UnitKind.AUTHORITY, "practice", step.authority)
    area = setting.areas.find(step.authority)
    return Unit(UnitKind.AUTHORITY, area.area_code, area.name)


def publish_step(
    setting: Setting, step: Step, lines: Sequence[str], *, trial: bool = False, search: bool = True
) -> Loaded:
    """Publish what a step holds and put it in force; a ``trial`` only says what would be.

    Where outcomes stand in the way, ``search`` finds all that do.
    """
    lists = listed.read(setting.folder, step)
    roles = [role for role in step.files if role.startswith("counts:")]
    if not roles or lists.schools.empty:
        return Loaded(step if trial else setting.folder.commit(step), tuple(lines))
    places = places_of(setting, step, lists)
    run_id = _run_id()
    earlier = [] if step.invented else ever_shown(setting.folder, places.authority)
    published = _published(setting, step, places, run_id, earlier, search=search)
    found = reconcile(
        published, None if step.invented else _release(), places.authority.unit_id,
        setting.indicators.values(),
    )  # fmt: skip
    told = (*lines, *_said(setting, step, published, earlier))
    if trial:
        return Loaded(step, told, found, published.cells)
    name = database_name(run_id)
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
    return Loaded(done, told, found, published.cells)


def _said(
    setting: Setting, step: Step, published: Published, earlier: Sequence[Published]
) -> list[str]:
    """What is shown and hidden now, and what of that was shown before."""
    shown, hidden = published.audit.shown, published.audit.hidden
    told = [f"{shown:,} figures are shown and {hidden:,} are hidden to protect children"]
    if not step.invented:
        gone = no_longer_held(setting.folder)
        told += [f"What was shown on {day} is no longer held here and was not looked at"
                 for day in gone]  # fmt: skip
    names = {i.id: i.phrases.short for i in setting.indicators.values()}
    in_force = setting.folder.current().database
    for release in earlier:
        if database_name(release.audit.run_id) == in_force:
            told += lost_lines(published.cells, release.cells, names)
    return told


def _run_id() -> str:
    """A name for what is shown, by chance: one made of the counts would tell who tries out
    what they could be when he is right."""
    return secrets.token_hex(6)


def _published(
    setting: Setting, step: Step, places: Places, run_id: str, earlier: Sequence[Published],
    *, search: bool,
) -> Published:  # fmt: skip
    counts = Counts(_counted(setting, step), "; ".join(step.sources.values()))
    published = _safe(setting, step, counts, places, run_id, earlier, search=search)
    told = [release.cells for release in earlier]
    added = [cells(r, places, run_id, told) for r in _registers(setting, step)]
    if not added:
        return published
    return replace(published, cells=pd.concat([published.cells, *added], ignore_index=True))


def _safe(
    setting: Setting, step: Step, counts: Counts, places: Places, run_id: str,
    earlier: Sequence[Published], *, search: bool,
) -> Published:  # fmt: skip
    """The release; where outcomes stand in its way, the error names all that must go."""
    agreed = from_step(step.withheld)
    more: frozenset[Withheld] = frozenset()
    for _ in range(_TRIALS):
        try:
            published = publish(
                counts, places, setting.measures, setting.indicators, run_id=run_id,
                earlier=earlier, withheld=agreed | more,
            )  # fmt: skip
        except NotSafeError as error:
            if not search or not error.outcomes - more:
                raise
            more |= error.outcomes
        else:
            if more:
                raise NotSafeError(together(more), more)
            return published
    raise NotSafeError(together(more), more)


def _counted(setting: Setting, step: Step) -> pd.DataFrame:
    """Numbers of pupils' rows, and of schools that gave their own numbers instead."""
    found = []
    for role in (f"counts:{PUPILS}", f"counts:{SCHOOL_COUNTS}"):
        if path := setting.folder.file(step, role):
            found.append(pd.read_parquet(path))
    if not found:
        return pd.DataFrame(columns=[*KEYS, *FIGURES])
    if len(found) > 1:
        keys = ["place_kind", "place", "time_period", "indicator_id"]
        mine = pd.MultiIndex.from_frame(found[1][keys])
        theirs = pd.MultiIndex.from_frame(found[0][keys].drop_duplicates())
        found[1] = found[1][~mine.isin(theirs)]
    return pd.concat(found, ignore_index=True)


def _registers(setting: Setting, step: Step) -> list[Register]:
    found = []
    for kind in setting.kinds.kinds.values():
        if kind.measure and (path := setting.folder.file(step, f"counts:{kind.kind}")):
            found.append(Register(kind.measure, bool(kind.counted[0]), pd.read_parquet(path)))
    return found


def _release() -> Release | None:
    try:
        return open_release()
    except SendgapError:
        return None
