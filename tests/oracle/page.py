"""The text of ``docs/verification.md``: one row for each indicator, then the details."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.oracle.files import Files
from tests.oracle.publishers import Check, Key, Kind
from tests.oracle.reread import Reread

MOST_LISTED = 6
MOST_WORDS = 2

INTRODUCTION = (
    "Written by `python -m tests.oracle.verification` from the publishers' files; none of "
    "sendgap's code is used. A test fails when this page is not current.\n\n"
    "What is held against what: a percentage against **its own counts**, to the decimals printed; "
    "a figure against the same statistic in **a second source**; a total against **its parts**; "
    "England against **the sum of its authorities**; a figure against **the range it must lie "
    "in**, such as all pupils between the groups of pupils. A check covers all rows that both "
    "sides have, also areas and cuts that sendgap does not show. *Read again* is how many of "
    "sendgap's figures a second reader, written apart, read the same in the publishers' files.\n\n"
    "That a release holds what follows from these figures is checked cell by cell by "
    "`tests/oracle`, which works out every level, gap, change, rank, band, spread, neighbour and "
    "pooled figure a second time.\n\n"
    "A difference whose cause is not known is called *not explained*; no reason is guessed."
)

Difference = tuple[Key, str, str]


def document(files: Files, checks: list[Check], again: Reread) -> str:
    """The whole page."""
    indicators = sorted(again.inputs.indicators.items(), key=lambda i: (i[1]["label"], i[0]))
    parts = ["# Verification", "", INTRODUCTION, "", *_totals(indicators, checks, again)]
    parts += ["## Every indicator", "", *_table(indicators, checks, again), "## Details", ""]
    for indicator_id, indicator in indicators:
        mine = [check for check in checks if indicator_id in check.indicators]
        if mine:
            parts += [f'<a id="{indicator_id}"></a>', "", f"### {indicator['label']}", ""]
            parts += _details(files, indicator_id, mine)
    return "\n".join(parts).rstrip() + "\n"


# Totals and the table ------------------------------------------------------------------


def _totals(
    indicators: list[tuple[str, dict[str, Any]]], checks: list[Check], again: Reread
) -> list[str]:
    lines = [
        "## In all", "",
        "| held against | indicators | checks | compared | agree | differ | not explained |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]  # fmt: skip
    for kind in Kind:
        mine = [check for check in checks if check.kind is kind]
        held = {indicator for check in mine for indicator in check.indicators}
        lines.append(f"| {kind} | {len(held)} | {_numbers(mine, with_checks=True)} |")
    held = {indicator for check in checks for indicator in check.indicators}
    lines.append(f"| all | {len(held)} | {_numbers(checks, with_checks=True)} |")
    published = [name for name, entry in indicators if entry["series"]]
    alone = [name for name in published if name not in held]
    figures = sum(again.figures.values())
    wrong = sum(map(len, again.wrong.values()))
    lines += [
        "",
        f"Of {len(indicators)} indicators {len(published)} are published and "
        f"{len(indicators) - len(published)} need a local return. {len(held)} are held against "
        f"something; {len(alone)} have no second source here. All {len(published)} were read "
        f"again: {figures - wrong:,} of {figures:,} figures are the same.", "",
    ]  # fmt: skip
    return lines


def _numbers(checks: Iterable[Check], with_checks: bool = False) -> str:
    mine = list(checks)
    compared = sum(check.compared for check in mine)
    differ = sum(len(check.exceptions) for check in mine)
    unknown = sum(check.named_open for check in mine)
    numbers = [compared, compared - differ, differ, unknown]
    return " | ".join(f"{n:,}" for n in ([len(mine), *numbers] if with_checks else numbers))


def _table(
    indicators: list[tuple[str, dict[str, Any]]], checks: list[Check], again: Reread
) -> list[str]:
    lines = [
        "| indicator | id | verified by | compared | agree | differ | not explained | why | "
        "read again |",
        "|---|---|---|---:|---:|---:|---:|---|---:|",
    ]
    for indicator_id, indicator in indicators:
        mine = [check for check in checks if indicator_id in check.indicators]
        label, read = indicator["label"], again.say(indicator_id)
        if not indicator["series"]:
            cells = [label, f"`{indicator_id}`", "not published: needs a local return"] + [""] * 6
        elif not mine:
            alone = f"no second source here: read again by another reader, {read} equal"
            cells = [label, f"`{indicator_id}`", alone, *[""] * 5, read]
        else:
            cells = [
                f"[{label}](#{indicator_id})", f"`{indicator_id}`", _how(mine), _numbers(mine),
                _why(mine, indicator_id), read,
            ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _how(checks: list[Check]) -> str:
    said = []
    for kind in Kind:
        against = sorted({check.against for check in checks if check.kind is kind})
        if kind is Kind.SECOND and against:
            said.append("second source: " + ", ".join(against))
        elif kind is Kind.PARTS and against:
            said.append("adds up: " + ", ".join(against))
        elif kind is Kind.RANGE and against:
            said.append("lies in " + ", ".join(against))
        elif against:
            said.append(", ".join(against))
    return "; ".join(said)


def _why(checks: list[Check], indicator_id: str) -> str:
    reasons = Counter(
        check.explained(key) or "UNEXPLAINED" for check in checks for key, *_ in check.exceptions
    )
    said = [f"{count:,}: {reason}" for reason, count in reasons.most_common(MOST_WORDS)]
    if len(reasons) > MOST_WORDS:
        said.append(f"[{len(reasons) - MOST_WORDS} more](#{indicator_id})")
    return " ".join(said)


# Details -------------------------------------------------------------------------------


def _details(files: Files, indicator_id: str, checks: list[Check]) -> list[str]:
    lines = ["| check | compared | agree | differ | not explained |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {check.title} | {_numbers([check])} |" for check in checks]
    lines.append("")
    for check in checks:
        if check.exceptions and check.indicators[0] == indicator_id:
            lines += _exceptions(files, check)
        elif check.exceptions:
            lines += [f"{check.title}: see [there](#{check.indicators[0]}).", ""]
    return lines


def _exceptions(files: Files, check: Check) -> list[str]:
    lines = [f"**{check.title}**", ""]
    reasons: dict[str, list[Difference]] = {}
    for item in check.exceptions:
        reasons.setdefault(check.explained(item[0]) or "UNEXPLAINED", []).append(item)
    for reason, items in reasons.items():
        lines += [f"{len(items):,}: {reason}", ""]
        if len(items) > MOST_LISTED:
            counted = Counter(_period(key) for key, *_ in items)
            lines.append(", ".join(f"{name} {count}" for name, count in sorted(counted.items())))
            items = sorted(items, key=_distance, reverse=True)[:MOST_LISTED]
            lines[-1] += ". The widest:"
            lines.append("")
        lines += [f"- {_place(files, key)}: {one} against {other}" for key, one, other in items]
        lines.append("")
    return lines


def _period(key: Key) -> str:
    return next((part for part in key if part[:4].isdigit()), key[0])


def _distance(item: Difference) -> tuple[float, Key]:
    return abs(float(item[1]) - float(item[2])), item[0]


def _place(files: Files, key: Key) -> str:
    parts = dict.fromkeys(files.names.name(part) for part in key if part)
    return ", ".join(parts)
