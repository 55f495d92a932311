"""What was ever shown: the databases of every step, of those undone too.

They hold cells as they were let out and the units these were of, nothing else, and are kept
when a step is undone: what has been seen cannot be taken back, so every later release is held
to it (R9).
"""

from __future__ import annotations

from pathlib import Path

from sendgap.errors import LocalError
from sendgap.local.disclosure.model import Audit, Published
from sendgap.local.folder import LocalFolder
from sendgap.local.places import Member, Places, School, Unit, UnitKind
from sendgap.store.local import LocalRelease


def database_name(run_id: str) -> str:
    """The file that a run's release is shown from."""
    return f"local-{run_id}.duckdb"


def ever_shown(folder: LocalFolder, authority: Unit) -> list[Published]:
    """All that was ever shown of an authority, oldest first.

    Raises :class:`LocalError` where something shown cannot be read: nothing may be added to
    what nobody can check.
    """
    found = []
    for path in folder.path.glob(database_name("*")):
        release = _opened(path)
        try:
            about = release.about
            if not about["invented"] and str(about["authority_id"]) == authority.unit_id:
                found.append((str(about["made"]), path.name, _published(release, authority)))
        finally:
            release.close()
    return [published for *_, published in sorted(found, key=lambda entry: entry[:2])]


def _opened(path: Path) -> LocalRelease:
    try:
        return LocalRelease(path)
    except LocalError as error:
        raise LocalError(
            f"{path.name} holds what was shown before and cannot be read, so nothing can be held "
            "to it. Put the file back from a copy; nothing was changed."
        ) from error


def _published(release: LocalRelease, authority: Unit) -> Published:
    said = release.frame("local_audit").iloc[0]
    audit = Audit(**{str(key): said[key] for key in said.index})
    return Published(
        release.all_cells(), audit, str(release.about["source"]), _places(release, authority)
    )


def _places(release: LocalRelease, authority: Unit) -> Places:
    """The schools and groups as they were."""
    schools = [
        School(str(urn), str(name), str(phase))
        for urn, name, phase in release.units(UnitKind.SCHOOL).to_numpy()
    ]
    members = [
        Member(UnitKind(kind), str(key), str(urn), str(first or ""), str(last or ""))
        for kind, key, urn, first, last in release.members().to_numpy()
    ]
    names = [
        (kind, key, name)
        for kind in (UnitKind.CLUSTER, UnitKind.SET, UnitKind.DSPL)
        for key, name in release.names(kind).items()
    ]
    return Places(authority, tuple(schools), tuple(members), tuple(names))


def no_longer_held(folder: LocalFolder) -> list[str]:
    """The days on which something was shown whose database has been taken away."""
    gone = set()
    for path in folder.path.glob("step-*.json"):
        step = folder.step(path.stem.removeprefix("step-"))
        if step.database and not step.invented and not (folder.path / step.database).exists():
            gone.add(step.when[:10])
    return sorted(gone)
