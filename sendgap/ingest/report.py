"""The load report: one verdict per member, with every problem under its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sendgap.ingest.load import Verdict


def as_lines(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Lines for a person: verdict, member, what it is, rows; problems indented."""
    for verdict in verdicts:
        rows = f", {verdict.rows_taken:,} figures" if verdict.rows_taken else ""
        edition = f", edition {verdict.edition}" if verdict.edition else ""
        what = f" ({verdict.what}{rows}{edition})" if verdict.what else ""
        yield f"{verdict.verdict:<8}{verdict.member}{what}"
        for problem in verdict.problems:
            yield f"        {problem}"


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
                "problems": [
                    {"where": p.where, "found": p.found, "write": p.write} for p in v.problems
                ],
            }
            for v in verdicts
        ],
        ensure_ascii=False,
        indent=1,
    )
