"""The commands under ``local``: templates, checking, loading, undoing, the demonstration."""

from __future__ import annotations

import argparse
import json
import shlex
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from sendgap.cli_tell import DONE, FAILED, answer, only_our_words, say, tell_progress
from sendgap.config import paths
from sendgap.output import FORMATS, render, write

if TYPE_CHECKING:
    import pandas as pd

    from sendgap.local.returns.check import Checked
    from sendgap.local.setting import Setting

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


#: Kinds of unit that ``values`` can be asked for.
_LEVELS = ("school", "cluster", "set", "dspl", "authority")


def add(commands: Commands) -> None:
    """Add ``local`` and its own commands."""
    local = commands.add_parser("local", help="unpublished figures of schools and DSPL areas")
    own = local.add_subparsers(dest="local_command", required=True, metavar="COMMAND")
    _add_template(own)
    for name, words, run in (
        ("check", "check a return; nothing is written", _check),
        ("load", "check a return, count it, and show what is safe", _load),
        ("groups", "load the list of schools, or of clusters and DSPL areas", _load),
    ):
        command = own.add_parser(name, help=words)
        command.add_argument("path", type=Path, metavar="FILE", help="CSV or Parquet")
        command.add_argument("--kind", default="", help="the kind of return; told by its columns")
        command.add_argument("--json", action="store_true", help="problems as JSON")
        if name != "check":
            command.add_argument("--leave-out", type=int, default=0, metavar="N",
                                 help="agree to lose the N rows that have a fault")  # fmt: skip
            command.add_argument("--withhold", nargs="+", default=(), metavar="ID",
                                 help="outcomes, or ID:2024/25, to leave out")  # fmt: skip
            command.add_argument("--authority", default="", metavar="A",
                                 help="whose schools they are; with the first list")  # fmt: skip
            command.add_argument("--dry-run", action="store_true",
                                 help="say what would be shown; change nothing")  # fmt: skip
        command.set_defaults(run=run)
    _add_sets(own)
    demo = own.add_parser("demo", help="make an invented authority to try out")
    demo.add_argument("--small", action="store_true",
                      help="a fifth of it, made in about a minute")  # fmt: skip
    demo.set_defaults(run=_demo)
    own.add_parser("undo", help="go back one step").set_defaults(run=_undo)
    own.add_parser("status", help="what is loaded, step by step").set_defaults(run=_status)
    similar = own.add_parser("similar", help="schools or areas most like one, by their pupils")
    similar.add_argument(
        "unit", metavar="UNIT", help="a school, cluster or DSPL area: school:117001"
    )
    similar.add_argument("--format", choices=FORMATS, default="table")
    similar.add_argument("--out", type=Path, metavar="FILE")
    similar.set_defaults(run=_similar)
    for name, words in (
        ("values", "figures of schools, clusters, DSPL areas and the authority"),
        ("reconciled", "the authority's totals beside the published figures"),
    ):
        command = own.add_parser(name, help=words)
        if name == "values":
            command.add_argument("--indicator", required=True, metavar="ID")
            command.add_argument("--level", nargs="+", metavar="L", choices=_LEVELS)
        command.add_argument("--format", choices=FORMATS, default="table")
        command.add_argument("--out", type=Path, metavar="FILE")
        command.set_defaults(run=_values if name == "values" else _reconciled)


def _add_template(own: Commands) -> None:
    command = own.add_parser("template", help="write an empty return, and say what to fill in")
    command.add_argument("kind", nargs="?", default="", help="the kind; all are listed without")
    command.add_argument("--out", type=Path, metavar="FILE", help="default: KIND.csv here")
    command.set_defaults(run=_template)


def _add_sets(own: Commands) -> None:
    command = own.add_parser("set", help="groups of schools that you choose, shown like clusters")
    which = command.add_subparsers(dest="set_command", required=True, metavar="COMMAND")
    added = which.add_parser("add", help="check a group against all that is shown, and show it")
    added.add_argument("name", metavar="NAME")
    added.add_argument("--schools", required=True, metavar="URN,URN,...",
                       help="the schools' numbers, between commas")  # fmt: skip
    gone = which.add_parser("remove", help="show a group no more")
    gone.add_argument("name", metavar="NAME")
    for each in (added, gone):
        each.add_argument("--dry-run", action="store_true", help="change nothing")
    which.add_parser("list", help="the groups, and their schools")
    command.set_defaults(run=_sets)


def _setting() -> Setting:
    from sendgap.local.setting import Setting

    tell_progress()
    return Setting.load(paths())


def _template(options: argparse.Namespace) -> int:
    from sendgap.local.returns.template import guide, template

    kinds = _setting().kinds
    if not options.kind:
        for kind in kinds.kinds.values():
            print(f"{kind.kind}: {kind.label}")
        return DONE
    kind = kinds.kind(options.kind)
    out = options.out or Path(f"{kind.kind}.csv")
    if out.exists():
        say(f"{out} is there already, and was left as it is. Name another with --out.")
        return FAILED
    write(template(kind).decode("utf-8"), out)
    print(guide(kind))
    say(f"wrote {out}")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from sendgap.local.load import check_file

    checked = check_file(_setting(), options.path, options.kind)
    _tell(checked, as_json=options.json)
    return FAILED if checked.problems else DONE


def _tell(checked: Checked, *, as_json: bool) -> None:
    from sendgap.local.returns.problems import grouped

    if as_json:
        rows = [asdict(problem) for problem in checked.problems]
        content = {"kind": checked.kind.kind, "rows": checked.total,
                   "left_out": checked.left_out, "problems": rows}  # fmt: skip
        print(json.dumps(content, ensure_ascii=False, indent=1))
        return
    print(f"{checked.name}: {checked.kind.label}, {checked.total} rows")
    for problem in grouped(checked.name, checked.problems):
        print(f"  - {problem}")
    if checked.left_out:
        many = "1 row has" if checked.left_out == 1 else f"{checked.left_out} rows have"
        print(f"{many} a fault. Mend this, or load the rest without them: "
              f"--leave-out {checked.left_out}.")  # fmt: skip
    else:
        print("Every row can be loaded.")


def _load(options: argparse.Namespace) -> int:
    from sendgap.local.disclosure.model import NotSafeError
    from sendgap.local.load import load_file

    try:
        with only_our_words():
            done = load_file(
                _setting(), options.path, kind=options.kind, leave_out=options.leave_out,
                authority=options.authority, withhold=options.withhold, trial=options.dry_run,
            )  # fmt: skip
    except NotSafeError as error:
        if error.outcomes:
            say("What cannot be protected can be left out, and the rest is shown:\n"
                 + _without(options, error.outcomes))  # fmt: skip
        raise
    print("\n".join(done.lines))
    if options.dry_run:
        print("This was a trial: nothing was changed.")
    if done.reconciled is not None:
        _differences(done.reconciled)
    return DONE


def _without(options: argparse.Namespace, outcomes: Iterable[tuple[str, str]]) -> str:
    """The command that loads all but some outcomes, ready to be typed."""
    from sendgap.local.withheld import as_written

    left_out = [*options.withhold, *(as_written(one) for one in sorted(outcomes))]
    words = ["local", options.local_command, str(options.path)]
    words += ["--kind", options.kind] if options.kind else []
    words += ["--leave-out", str(options.leave_out)] if options.leave_out else []
    words += ["--authority", options.authority] if options.authority else []
    return f"python -m sendgap {shlex.join([*words, '--withhold', *left_out])}"


def _differences(table: pd.DataFrame) -> None:
    compared = table[table["published"].notna()]
    if len(compared):
        print("Our totals beside the published figures:")
        print(render(compared.drop(columns=["note"]), "table"))
    if rest := len(table) - len(compared):
        print(f"{rest} of our totals have no published figure of the same year to compare with.")


def _sets(options: argparse.Namespace) -> int:
    from sendgap.local.sets import add_set, remove_set, sets_of

    setting = _setting()
    if options.set_command == "list":
        found = sets_of(setting, setting.folder.current())
        for one in found:
            print(f"{one.name}: {', '.join(sorted(one.urns))}")
        if not found:
            print("No group of schools has been added.")
        return DONE
    say("Checking against everything that was ever shown ...")
    with only_our_words():
        if options.set_command == "add":
            urns = options.schools.replace(" ", ",").split(",")
            done = add_set(setting, options.name, urns, trial=options.dry_run)
        else:
            done = remove_set(setting, options.name, trial=options.dry_run)
    print("\n".join(done.lines))
    if options.dry_run:
        print("This was a trial: nothing was changed.")
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from sendgap.local.demo import demonstration
    from sendgap.local.load import load_demonstration

    setting = _setting()
    about = "about a minute" if options.small else "many minutes; --small takes about one"
    say(f"Making the invented authority ({about}) ...")
    made = demonstration(paths().catalogue, whole=not options.small)
    with only_our_words():
        done = load_demonstration(setting, made)
    print("\n".join(done.lines))
    return DONE


def _undo(options: argparse.Namespace) -> int:
    from sendgap.local.folder import LocalFolder

    undone, now = LocalFolder(paths().local).undo()
    print(f"Undone: {undone.did} ({undone.when}). Now in force: {now.did}.")
    return DONE


def _status(options: argparse.Namespace) -> int:
    from sendgap.local.folder import LocalFolder

    steps = LocalFolder(paths().local).history()
    if not steps:
        print("Nothing local is loaded.")
    for place, step in enumerate(steps):
        print(f"{'in force' if not place else 'before  '}  {step.when}  {step.did}")
    return DONE


def _values(options: argparse.Namespace) -> int:
    from sendgap.store.local import AT_MACHINE, open_local

    return answer(open_local(AT_MACHINE).cells(options.indicator, kinds=options.level), options)


def _reconciled(options: argparse.Namespace) -> int:
    from sendgap.store.local import AT_MACHINE, open_local

    return answer(open_local(AT_MACHINE).reconciled(), options)


def _similar(options: argparse.Namespace) -> int:
    from sendgap.errors import UnknownNameError
    from sendgap.store.local import AT_MACHINE, open_local
    from sendgap.text import nearest
    from sendgap.views.local_model import LOCAL_KINDS
    from sendgap.views.local_similar import similar_to

    held = open_local(AT_MACHINE)
    known = [f"{kind}:{key}" for kind in LOCAL_KINDS for key in held.names(kind)]
    if options.unit not in known:
        raise UnknownNameError("school or area", options.unit, nearest(options.unit, known))
    kind, _, unit_id = options.unit.partition(":")
    say(similar_to(held, kind, unit_id).said)
    return answer(held.similar(kind, unit_id), options)
