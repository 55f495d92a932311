"""The load report: one verdict per member, with every problem under its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from sendgap.ingest.changes import CHANGES
from sendgap.ingest.load import Verdict
from sendgap.ingest.stage import EXAMPLES


def as_lines(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Lines for a person: verdict, member, what it is, rows; problems indented."""
    for verdict in verdicts:
        rows = f", {verdict.rows_taken:,} figures" if verdict.rows_taken else ""
        edition = f", edition {verdict.edition}" if verdict.edition else ""
        what = f" ({verdict.what}{rows}{edition})" if verdict.what else ""
        yield f"{verdict.verdict:<8}{verdict.member}{what}"
        for problem in verdict.problems:
            yield f"        {problem}"
        yield from _changed(verdict)


def _changed(verdict: Verdict) -> Iterator[str]:
    """How many figures the newer of two editions changed, and the first of them."""
    if not verdict.changes:
        return
    first, number = verdict.changes[0], len(verdict.changes)
    yield (
        f"        {number:,} figure{'s differ' if number > 1 else ' differs'} between the editions "
        f"of {first.edition_before} and {first.edition_after}; all are listed in {CHANGES}:"
    )
    for change in verdict.changes[:EXAMPLES]:
        cut = "" if change.breakdown == "total" else f", {change.breakdown}"
        yield (
            f"        {change.indicator_id}, {change.sen_group}{cut}, {change.area_name}, "
            f"{change.time_period}: {change.before} became {change.after}"
        )
    if number > EXAMPLES:
        yield "        …"


def verdicts_json(verdicts: Iterable[Verdict]) -> str:
    """The same as JSON."""
    return json.dumps(
        [
            {
                "member": v.member,
                "verdict": v.verdict,
                "what": v.what,
                "rows_read": v.rows_read,
                "rows_taken": v.rows_taken,
                "edition": v.edition,
                "changes": [asdict(change) for change in v.changes],
                "problems": [
                    {"where": p.where, "found": p.found, "write": p.write} for p in v.problems
                ],
            }
            for v in verdicts
        ],
        ensure_ascii=False,
        indent=1,
    )
