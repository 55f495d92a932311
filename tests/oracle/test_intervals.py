"""Limits and positions of the real release, each worked out again from the counts released."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from sendgap.store import Release
from tests.oracle import intervals
from tests.oracle.intervals import Limits

#: Limits are released to four decimals.
NEAR = 0.000051
SPREAD = 23

EVERY = pytest.mark.parametrize("step", [SPREAD, pytest.param(1, marks=pytest.mark.long)])


def _rows(release: Release, query: str) -> list[dict[str, Any]]:
    with release._connection.cursor() as cursor:
        found = cursor.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _level(row: dict[str, Any], side: str = "") -> Limits | None:
    """The limits of a level by its outcome's method; ``None`` where it can have none."""
    method, value = row["interval"], row[f"{side}value"]
    part, whole = row[f"{side}numerator"], row[f"{side}denominator"]
    if method == "none" or value is None:
        return None
    if method == "published":
        lower, upper = row[f"{side}lower"], row[f"{side}upper"]
        return None if lower is None else (value, lower, upper)
    if part is None or whole is None:
        return None
    return intervals.wilson(part, whole) if method == "wilson" else intervals.byar(part, whole)


def _wrong(
    row: dict[str, Any], limits: Limits | None, printed: float, names: tuple[str, str]
) -> bool:
    if limits is None:
        return any(row[name] is not None for name in names)
    expected = intervals.shown(limits, printed)
    return any(
        row[name] is None or abs(row[name] - limit) > NEAR
        for name, limit in zip(names, expected, strict=True)
    )


def _report(wrong: Iterable[dict[str, Any]]) -> list[Any]:
    return [list(row.values()) for row in wrong][:3]


@EVERY
def test_every_level_has_the_limits_of_its_counts(release: Release, step: int) -> None:
    rows = _rows(
        release,
        "select o.*, i.interval from observation o join indicator i using (indicator_id) "
        f"where value is not null and hash(area_code || time_period) % {step} = 0",
    )
    wrong = [r for r in rows if _wrong(r, _level(r), r["shown"], ("lower", "upper"))]
    assert not wrong, _report(wrong)
    assert sum(r["lower"] is not None for r in rows) > 100_000 / step


SIDES = """
with side as (
    select indicator_id, source_id, area_code, time_period, time_identifier, breakdown, sen_group,
        value, shown, numerator, denominator, lower, upper
    from observation
)
select g.*, i.interval, i.polarity,
    r.area_code = s.area_code and r.sen_group = 'all_pupils' as is_part,
    s.value as s_value, s.numerator as s_numerator, s.denominator as s_denominator,
    s.lower as s_lower, s.upper as s_upper, r.value as r_value, r.numerator as r_numerator,
    r.denominator as r_denominator, r.lower as r_lower, r.upper as r_upper
from gap g
join (select indicator_id, interval, polarity, unit from indicator) i using (indicator_id)
join side s using (indicator_id, source_id, area_code, time_period, time_identifier, breakdown,
    sen_group)
join side r on r.indicator_id = g.indicator_id and r.source_id = g.source_id
    and r.area_code = if(g.reference like 'england%', 'E92000001', g.area_code)
    and r.time_period = g.time_period and r.time_identifier = g.time_identifier
    and r.breakdown = g.breakdown and r.sen_group = replace(g.reference, 'england_', '')
where g.gap is not null
"""


def _gap(row: dict[str, Any]) -> Limits | None:
    sen, reference = _level(row, "s_"), _level(row, "r_")
    if sen is None or reference is None:
        return None
    higher = row["polarity"] == "higher_is_better"
    if row["is_part"]:
        counts = [row[n] for n in ("s_numerator", "s_denominator", "r_numerator", "r_denominator")]
        left = counts[3] - counts[1], counts[2] - counts[0]
        if row["interval"] != "wilson" or left[0] <= 0 or not 0 <= left[1] <= left[0]:
            return None
        return intervals.gap_to_whole(*counts, higher_is_better=higher)
    return intervals.difference(*((reference, sen) if higher else (sen, reference)))


@EVERY
def test_every_gap_has_the_limits_of_its_two_sides(release: Release, step: int) -> None:
    rows = _rows(release, f"{SIDES} and hash(g.area_code || g.time_period) % {step} = 0")
    wrong = [r for r in rows if _wrong(r, _gap(r), r["gap"], ("gap_lower", "gap_upper"))]
    assert not wrong, _report(wrong)
    assert sum(r["gap_lower"] is not None for r in rows) > 80_000 / step


@EVERY
def test_every_change_of_a_gap_has_the_limits_of_its_two_periods(
    release: Release, step: int
) -> None:
    """Asked of one area in so many, of all of its periods."""
    rows = _rows(release, f"{SIDES} and hash(g.area_code) % {step} = 0")
    key = ("indicator_id", "area_code", "time_identifier", "breakdown", "sen_group", "reference")
    held = {(*(r[k] for k in key), r["time_period"]): _gap(r) for r in rows}
    wrong, seen = [], 0
    for row in rows:
        now = held[(*(row[k] for k in key), row["time_period"])]
        for since, period in (("previous", row["previous_period"]),
                              ("baseline", row["baseline_period"])):  # fmt: skip
            change = row[f"change_{since}"]
            then = held.get((*(row[k] for k in key), period)) if change is not None else None
            moved = intervals.difference(now, then) if now and then else None
            names = (f"change_{since}_lower", f"change_{since}_upper")
            seen += moved is not None
            if _wrong(row, moved, change or 0.0, names):
                wrong.append(row)
    assert not wrong, _report(wrong)
    assert seen > 50_000 / step


POSITIONS = """
select b.*, i.interval, i.polarity, i.unit, l.value as own_value, l.numerator, l.denominator,
    l.lower as own_lower, l.upper as own_upper, l.ranked, e.numerator as e_numerator,
    e.denominator as e_denominator
from benchmark b
join (select indicator_id, interval, polarity, unit from indicator) i using (indicator_id)
join level l using (indicator_id, area_code, time_period, time_identifier, breakdown, sen_group)
left join level e on e.area_code = 'E92000001' and e.indicator_id = b.indicator_id
    and e.time_period = b.time_period and e.time_identifier = b.time_identifier
    and e.breakdown = b.breakdown and e.sen_group = b.sen_group and e.value is not null
where b.measure = 'value'
"""


def _cohorts(rows: list[dict[str, Any]]) -> dict[tuple[Any, ...], float]:
    """The newest known number of pupils at each figure without one."""
    key = ("vintage", "indicator_id", "area_code", "time_identifier", "breakdown", "sen_group")
    newest: dict[tuple[Any, ...], float] = {}
    found = {}
    for row in sorted(rows, key=lambda r: r["time_period"]):
        line = tuple(row[k] for k in key)
        if row["denominator"] is None:
            if row["interval"] == "wilson" and line in newest:
                found[(*line, row["time_period"])] = newest[line]
        elif row["value"] is not None and row["denominator"] > 0:
            newest[line] = row["denominator"]
    return found


def _expected(row: dict[str, Any], cohort: float | None) -> tuple[str | None, ...] | None:
    """Both words and the basis; ``None`` where three years decide."""
    limits = _level({**row, "lower": row["own_lower"], "upper": row["own_upper"]})
    known = row["denominator"] if row["denominator"] is not None else cohort
    others = (row["england"], row["neighbour_mean"])
    if row["value"] is None or others == (None, None):
        return None, None, None
    barred = not row["ranked"] or row["unit"] == "count"
    if barred or (known is not None and known < intervals.FEWEST_PUPILS):
        return (*(None if o is None else "not tested" for o in others), "none")
    basis = "interval"
    if limits is None:
        if row["interval"] != "wilson" or known is None:
            return None
        basis, limits = "approximate", intervals.wilson(row["value"] / 100 * known, known)
    tested = row["england"]
    if tested is not None and row["interval"] == "wilson" and row["e_denominator"]:
        tested = 100 * row["e_numerator"] / row["e_denominator"]
    least = intervals.floor(row["decimals"], row["unit"])
    words = [
        None if printed is None
        else intervals.word(limits, row["value"], printed, against, least, row["polarity"])
        for printed, against in zip(others, (tested, row["neighbour_mean"]), strict=True)
    ]  # fmt: skip
    return (*words, basis)


@EVERY
def test_every_position_by_interval_is_what_its_limits_say(release: Release, step: int) -> None:
    rows = _rows(release, f"{POSITIONS} and hash(b.area_code) % {step} = 0")
    cohorts = _cohorts(rows)
    key = ("vintage", "indicator_id", "area_code", "time_identifier", "breakdown", "sen_group",
           "time_period")  # fmt: skip
    wrong, seen = [], 0
    for row in rows:
        told = tuple(row[f"position_{n}"] for n in ("england", "neighbours", "basis"))
        expected = _expected(row, cohorts.get(tuple(row[k] for k in key)))
        if expected is None:
            if told[2] not in ("persistent", "none"):
                wrong.append(row)
            continue
        seen += expected[2] in ("interval", "approximate")
        if told != expected:
            wrong.append({"expected": expected, "told": told, **row})
    assert not wrong, _report(wrong)
    assert seen > 200_000 / step


@pytest.mark.parametrize("table", ["observation", "level", "benchmark"])
def test_no_figure_of_sessions_has_limits_in_any_table(release: Release, table: str) -> None:
    rows = _rows(
        release,
        f"select count(*) as n, count(lower) + count(upper) as limits from {table} "
        "join indicator using (indicator_id) where value_type = 'session_rate'",
    )
    assert rows[0]["n"] > 1000 and rows[0]["limits"] == 0


def test_no_gap_of_sessions_has_limits_and_no_level_of_them_is_tested(release: Release) -> None:
    rows = _rows(
        release,
        "select count(gap_lower) + count(change_previous_lower) + count(change_baseline_lower) "
        "as limits from gap join indicator using (indicator_id) where value_type = 'session_rate'",
    )
    assert rows == [{"limits": 0}]
    found = _rows(
        release,
        "select distinct position_basis from benchmark join indicator using (indicator_id) "
        "where value_type = 'session_rate' and position_basis is not null",
    )
    assert {r["position_basis"] for r in found} <= {"persistent", "none"}
    ranges = _rows(
        release,
        "select count(rank_lower) as ranges from benchmark join indicator using (indicator_id) "
        "where value_type = 'session_rate'",
    )
    assert ranges == [{"ranges": 0}]


def test_a_figure_lies_inside_its_limits_and_a_rank_inside_its_range(release: Release) -> None:
    outside = _rows(
        release,
        "select count(*) as n from benchmark where value < lower or value > upper "
        "or rank < rank_lower or rank > rank_upper or rank_upper > rank_of",
    )
    assert outside == [{"n": 0}]
    lone = _rows(
        release,
        "select count(*) as n, sum((not is_latest)::int) as older from benchmark "
        "where rank_lower is not null",
    )
    assert lone[0]["n"] > 10_000 and lone[0]["older"] == 0
