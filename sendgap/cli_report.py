"""The command line's documents: which, for whom, in which format, and where to."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sendgap.cli_tell import DONE, say
from sendgap.errors import DocumentError
from sendgap.report import kinds
from sendgap.terms import SEN_GROUPS, VINTAGES, SenGroup

if TYPE_CHECKING:
    from sendgap.catalogue.areas import Area
    from sendgap.report.documents import Wanted
    from sendgap.report.typed import Typed
    from sendgap.store import Release
    from sendgap.store.local import LocalRelease

FORMATS = ("docx", "html", "md", "xlsx")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command ``report`` with its options."""
    command = commands.add_parser("report", help="documents: visit note, annual report and others")
    command.add_argument("document", choices=kinds.NAMES)
    command.add_argument("--area", nargs="+", metavar="A", help="codes or names of authorities")
    command.add_argument("--all", action="store_true", help="one for every authority")
    command.add_argument("--format", choices=FORMATS, default="docx")
    command.add_argument("--out", type=Path, required=True, metavar="FILE|FOLDER")
    command.add_argument("--neighbours", choices=VINTAGES, default=VINTAGES[0])
    command.add_argument("--years", type=int, choices=(3, 5), default=5, help="of trends")
    command.add_argument("--framework", default="", metavar="ID", help="of those in the catalogue")
    command.add_argument(
        "--year", default="latest", metavar="YYYY", help="of the national position"
    )
    command.add_argument(
        "--sen-group", choices=[g.value for g in SEN_GROUPS], default=SEN_GROUPS[0]
    )
    command.add_argument(
        "--pin", nargs="+", default=(), metavar="CODE", help="charts, as links carry them"
    )
    command.add_argument("--note", type=Path, metavar="FILE", help="a saved note to go on from")
    command.add_argument("--save-note", type=Path, metavar="FILE", help="save the note as well")
    command.add_argument("--visit-date", default="", metavar="TEXT")
    command.add_argument("--author", default="", metavar="NAME")
    command.add_argument(
        "--confirm", action="store_true", help="old inspection outcomes still hold and go in"
    )
    command.add_argument("--address", metavar="URL", help="where the app is, for the link back")
    command.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> int:
    from sendgap.store import open_release

    release = open_release()
    takes = kinds.AREAS[options.document]
    areas = _areas(release, options, takes)
    if takes == "one":
        many = options.all or len(areas) > 1
        _refuse_one_note_for_many(options, many=many)
        for place, area in enumerate(areas, start=1):
            path = _write(release, options, [area], many=many)
            of = f"{place} of {len(areas)}: " if many else "wrote "
            say(f"{of}{path}")
        return DONE
    say(f"wrote {_write(release, options, areas, many=False)}")
    return DONE


def _areas(release: Release, options: argparse.Namespace, takes: str) -> list[Area]:
    """The areas asked for; every name is looked up before anything is written."""
    from sendgap.views.visit_note import all_authorities

    if options.all and options.area:
        raise DocumentError("Write --area with names, or --all, not both.")
    if options.all:
        return list(all_authorities(release))
    found = [release.areas.find(name) for name in options.area or ()]
    if not found and takes != "none":
        raise DocumentError("Name an authority with --area, or write --all for every one.")
    return found


def _refuse_one_note_for_many(options: argparse.Namespace, *, many: bool) -> None:
    if many and (options.note or options.save_note):
        raise DocumentError("A note file is of one authority: name one with --area.")
    if (options.note or options.save_note) and options.document != "visit-note":
        raise DocumentError("Only a visit note has a note file: leave --note and --save-note out.")


def _wanted(
    release: Release, options: argparse.Namespace, areas: Sequence[Area]
) -> tuple[Wanted, Typed]:
    """What is asked for, and what is typed into it: the note's words, and the options'."""
    from sendgap.config import paths
    from sendgap.report.documents import Wanted
    from sendgap.report.note_file import read
    from sendgap.report.typed import Typed
    from sendgap.targets import read as read_targets
    from sendgap.views.local_units import NO_UNITS, units_of
    from sendgap.views.pins import pins_of

    before = read(options.note, areas[0].area_code) if options.note else None
    typed = before.typed if before else Typed()
    given = {"visit_date": options.visit_date, "author": options.author}
    typed = replace(typed, **{key: value for key, value in given.items() if value})
    if options.confirm:
        plan = release.catalogue.reports["visit_note"]
        old = frozenset(f.indicator_id for _, f in plan.figures() if f.confirm)
        typed = replace(typed, confirmed=typed.confirmed | old)
    local = _local(options.pin)
    pins, unknown = pins_of("~".join(options.pin), release, units_of(local) if local else NO_UNITS)
    if unknown:
        raise DocumentError("\n".join(unknown))
    wanted = Wanted(
        pins=pins, local=local, areas=tuple(areas), vintage=options.neighbours, years=options.years,
        confirmed=typed.confirmed, before=before, framework=options.framework,
        year=options.year, group=SenGroup(options.sen_group),
        targets=read_targets(paths().targets, release.catalogue, release.areas),
    )  # fmt: skip
    return wanted, typed


def _local(pins: Sequence[str]) -> LocalRelease | None:
    """The local figures, where a pin may ask for some and they are loaded."""
    from sendgap.store.local import AT_MACHINE, local_name, open_local

    return open_local(AT_MACHINE) if pins and local_name() else None


def _write(
    release: Release, options: argparse.Namespace, areas: Sequence[Area], *, many: bool
) -> Path:
    """Make one document and put it where it was asked for."""
    from sendgap.report.documents import document_of, pinned, view_of
    from sendgap.report.note_file import to_bytes
    from sendgap.report.visit_note import ADDRESS
    from sendgap.report.write import rendered, save

    wanted, typed = _wanted(release, options, areas)
    view = view_of(release, options.document, wanted)
    also = pinned(release, wanted) if options.document == kinds.VISIT_NOTE else ()
    document = document_of(release, view, wanted, typed, options.address or ADDRESS, also)
    path: Path = options.out
    if many or path.is_dir() or not path.suffix:
        path = path / f"{document.file_name}.{options.format}"
    save(rendered(document, options.format), path)
    if options.save_note:
        save(to_bytes(view, typed), options.save_note)
    return path
