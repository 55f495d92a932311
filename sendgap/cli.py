"""The command line: arguments to a part of the program, and its answer as a table.

Exit status: 0 done, 1 refused or failed with a plain message on standard error, 2 usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sendgap import cli_local, cli_report
from sendgap.cli_tell import DONE, FAILED, answer, say
from sendgap.config import paths
from sendgap.errors import SendgapError
from sendgap.output import FORMATS
from sendgap.terms import VINTAGES, Measure, Reference, SenGroup, TimeIdentifier

#: What the answer of a command leaves out or counts, for its help.
ABOUT = {
    "benchmark": "Every authority with a published figure has its rank and quarter and counts in "
    "rank_of, those with few pupils too. The pages give these no place and no judgement "
    "(docs/known-limits.md).",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _utf8()
    options = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except SendgapError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        print(f"{error.filename or 'a file'}: {error.strerror or error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped; nothing was changed.", file=sys.stderr)
    return FAILED


def _utf8() -> None:
    """Windows consoles default to another encoding, in which a dash can fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sendgap",
        description="Gaps between children with special educational needs and others, by area.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="build a release from data/published")
    build.add_argument("--if-needed", action="store_true", help="do nothing if it is current")
    build.set_defaults(run=_build)
    _add_ingest(commands)
    _add_lists(commands)
    _add_questions(commands)
    cli_local.add(commands)
    cli_report.add(commands)
    return parser


def _add_ingest(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for name, words in (("ingest", "load publishers' files"), ("check", "screen files only")):
        command = commands.add_parser(name, help=words)
        command.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        command.add_argument("--json", action="store_true", help="verdicts as JSON")
        command.add_argument("--edition", type=_date, help="the publication date, YYYY-MM-DD")
        command.add_argument("--replace", action="store_true", help="replace the same edition")
        if name == "ingest":
            command.add_argument(
                "--historic",
                action="store_true",
                help="the file is a transcription of figures printed in older documents",
            )
            command.add_argument("--dry-run", action="store_true", help="screen, write nothing")
        command.set_defaults(run=_ingest, dry_run=name == "check")


def _add_lists(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for name, words in (
        ("areas", "areas, their codes and dates"),
        ("indicators", "indicators and what is held of them"),
        ("sources", "publications, editions and licences"),
        ("status", "what is held, how fresh, provisional, stale or missing"),
    ):
        command = commands.add_parser(name, help=words)
        _add_output(command)
        command.set_defaults(run=_list)


def _add_questions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for name, words in (
        ("values", "published figures"),
        ("gaps", "gaps between SEN groups and their reference"),
        ("benchmark", "areas compared with England, region and neighbours"),
        ("distribution", "the spread over local authorities"),
    ):
        command = commands.add_parser(name, help=words, description=ABOUT.get(name))
        command.add_argument("--indicator", required=True, metavar="ID")
        _add_selection(command)
        _add_output(command)
        command.add_argument("--thresholds", type=float, nargs="+", default=(), metavar="T")
        command.set_defaults(run=_question)
    export = commands.add_parser("export", help="tidy tables with method and caveats")
    export.add_argument("--out", type=Path, required=True, help="FILE.csv, .xlsx or .parquet")
    export.add_argument("--indicator", nargs="+", metavar="ID", help="all unless named")
    export.add_argument("--area", nargs="+", metavar="A", help="all unless named")
    export.add_argument("--table", choices=("values", "gaps", "benchmark"), default="gaps")
    export.set_defaults(run=_export)


def _add_selection(command: argparse.ArgumentParser) -> None:
    command.add_argument("--area", nargs="+", metavar="A", help="codes or names; all unless given")
    command.add_argument("--sen-group", nargs="+", metavar="G", choices=[g.value for g in SenGroup])
    command.add_argument("--reference", choices=[r.value for r in Reference])
    command.add_argument("--breakdown", metavar="B")
    command.add_argument("--time-identifier", choices=[t.value for t in TimeIdentifier])
    command.add_argument("--period", metavar="P", help="latest, all or a period such as 202425")
    command.add_argument("--source", metavar="S", help="a source's id, or all")
    command.add_argument("--neighbours", choices=VINTAGES, default=VINTAGES[0])
    command.add_argument("--measure", choices=[m.value for m in Measure], default="value")


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=FORMATS, default="table")
    command.add_argument("--out", type=Path, metavar="FILE")


def _date(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from error


def _build(options: argparse.Namespace) -> int:
    from sendgap.build.release import build, is_current

    if options.if_needed and is_current(paths()):
        return DONE
    print(f"release {build(paths(), say=say)}")
    return DONE


def _historic(options: argparse.Namespace) -> int:
    """Keep the figures of older documents; no release is built from them."""
    from sendgap.catalogue.areas import Areas
    from sendgap.catalogue.historic import read_historic
    from sendgap.catalogue.load import Catalogue
    from sendgap.ingest.historic import take

    place = paths()
    historic = read_historic(place.catalogue, list(Catalogue.load(place.catalogue).indicators))
    areas = Areas.load(place.reference)
    for path in options.paths:
        facts = take(path, place.published, historic, areas)
        print(f"{path}: {len(facts)} figures of older documents kept")
    return DONE


def _ingest(options: argparse.Namespace) -> int:
    if getattr(options, "historic", False):
        return _historic(options)
    from sendgap.build.release import build
    from sendgap.catalogue.areas import Areas
    from sendgap.catalogue.load import Catalogue
    from sendgap.ingest.load import REFUSED, TAKEN, LoadOptions, load
    from sendgap.ingest.report import as_lines, verdicts_json

    place = paths()
    verdicts = load(
        options.paths,
        catalogue=Catalogue.load(place.catalogue),
        areas=Areas.load(place.reference),
        folder=place.published,
        options=LoadOptions(options.edition, options.replace, options.dry_run),
        say=say,
    )
    print(verdicts_json(verdicts) if options.json else "\n".join(as_lines(verdicts)))
    if any(v.verdict == REFUSED for v in verdicts):
        say("Nothing was loaded: a file was refused.")
        return FAILED
    if not options.dry_run and any(v.verdict == TAKEN for v in verdicts):
        say(f"release {build(place, say=say)}")
    return DONE


def _list(options: argparse.Namespace) -> int:
    from sendgap import lists
    from sendgap.store import open_release

    return answer(getattr(lists, options.command)(open_release()), options)


def _question(options: argparse.Namespace) -> int:
    from sendgap.store import open_release

    release = open_release()
    selection: dict[str, object] = {
        "area": options.area,
        "sen_group": options.sen_group,
        "reference": options.reference,
        "breakdown": options.breakdown,
        "time_identifier": options.time_identifier,
        "period": options.period or ("all" if options.command in ("values", "gaps") else "latest"),
        "source": options.source,
        "measure": options.measure,
        "neighbours": options.neighbours,
        "thresholds": tuple(options.thresholds),
    }
    taken = {
        "values": "area sen_group breakdown time_identifier period source",
        "gaps": "area sen_group reference breakdown time_identifier period",
        "benchmark": "area sen_group reference breakdown time_identifier period measure neighbours",
        "distribution": "sen_group reference breakdown time_identifier period measure thresholds",
    }[options.command].split()
    ask = getattr(release, options.command)
    return answer(ask(options.indicator, **{key: selection[key] for key in taken}), options)


def _export(options: argparse.Namespace) -> int:
    from sendgap.export import export
    from sendgap.store import open_release

    for path in export(
        open_release(), options.out, table=options.table, indicators=options.indicator,
        area=options.area,
    ):  # fmt: skip
        say(f"wrote {path}")
    return DONE
