"""Every rating of the framework page by its rule, and every number the command line's."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from sendgap.catalogue.load import Catalogue
from sendgap.config import paths
from sendgap.errors import CatalogueError, UnknownNameError
from sendgap.store import Release
from sendgap.targets import Target, read
from sendgap.terms import SenGroup
from sendgap.views import numbers, rating
from sendgap.views.framework import framework_view
from sendgap.views.framework_held import Held, measures_of
from sendgap.views.framework_model import FrameworkRow, FrameworkView
from sendgap.views.framework_rows import rows
from sendgap.views.headline import ProfileRow, SeriesRow
from sendgap.views.request import Request
from tests.views.test_wording import check_words

TODAY = date(2026, 11, 22)
HERTS = "E10000015"
KS2, DSPL = "ks2_rwm_expected", "dspl_same_area"


def view(
    release: Release, area: str, framework: str = "hertfordshire", targets: Any = (), **asked: Any
) -> FrameworkView:
    request = Request(release.areas.find(area).area_code, "", SenGroup.EHC_PLAN)
    return framework_view(release, replace(request, **asked), framework, targets, TODAY)


def row(found: FrameworkView, item: str, group: str = "ehc_plan") -> FrameworkRow:
    """The row that is counted for an item, or its first."""
    own = [r for r in found.rows if r.item == item and r.group in (None, SenGroup(group))]
    return next((r for r in own if r.use == "counted"), own[0])


# The rule, written a second time as a table of what is Green and what is Red.
GREEN = {
    (position, trend, quarter)
    for position in ("better", "similar")
    for trend in ("better", "little")
    for quarter in ("A", "B", "C", None)
}
RED = {("worse", trend, q) for trend in ("worse", "little") for q in ("B", "C", "D", None)}


@pytest.mark.parametrize(
    ("position", "trend", "quarter"),
    list(product(("better", "similar", "worse"), ("better", "little", "worse"), (*"ABCD", None))),
)
def test_every_branch_of_the_rule(position: str, trend: str, quarter: str | None) -> None:
    found = rating.rate(position=position, trend=trend, quarter=quarter, whom="them", since="2019")
    case = (position, trend, quarter)
    assert found.name == ("Green" if case in GREEN else "Red" if case in RED else "Amber")
    assert "2019" in found.reason and "them" in found.reason


def world(release: Release, **level: Any) -> Held:
    """Hertfordshire with one hand-made level at key stage 2, and its figure of 2018/19."""
    series = level.pop("series", None)
    made = {
        "area_code": HERTS, "indicator_id": KS2, "measure": "value", "reference": "none",
        "time_identifier": "Academic year", "time_period": "202425", "value": 20.0,
        "symbol": None, "reference_value": None, "england": 9.0, "neighbour_mean": 10.0,
        "neighbour_count": 10, "rank": 5, "rank_of": 150, "tied": 1, "quartile": "B",
        "median": 9.0, "change_baseline": 5.0, "baseline_period": "201819",
        "position_england": "similar", "position_neighbours": "better",
        "position_basis": "interval", "status": "final", "source_id": "lait", "decimals": 0,
        "is_open": True,
    } | level  # fmt: skip
    now = ProfileRow(**made)
    if series is None:
        series = [(201819, 15.0, "a", 200.0), (202425, now.value, "a", 200.0)]
    key = (KS2, "total", "ehc_plan")
    lines = [
        SeriesRow(KS2, "Academic year", str(period), value, None, "final", basis, "lait", "lait",
                  0, pupils)
        for period, value, basis, pupils in series
    ]  # fmt: skip
    request = Request(HERTS, "", SenGroup.EHC_PLAN)
    return Held(release, request, release.areas.by_code(HERTS), {key: now}, {}, {key: lines}, {})


def rated(held: Held, today: date = TODAY, **changed: Any) -> FrameworkRow:
    framework = held.release.catalogue.frameworks["hertfordshire"]
    item = next(i for i in framework.items if i.id == "g")
    asked = next(iter(measures_of(held.release, framework, item)))
    asked = replace(asked, measure=replace(asked.measure, **changed))
    return rows(held, [asked], (), today)[0]


@pytest.mark.parametrize(
    ("level", "name", "words"),
    [
        ({}, "Green", "better than statistical neighbours; moved the better way since 2018/19"),
        ({"quartile": "D"}, "Amber", "worst quarter"),
        ({"position_neighbours": "worse"}, "Amber", "worse than statistical neighbours"),
        ({"position_neighbours": "worse", "value": 15.0}, "Red", "no clear move since 2018/19"),
        ({"position_neighbours": "worse", "value": 9.0, "quartile": "A"}, "Amber", "worse way"),
        ({"value": 9.0}, "Amber", "moved the worse way"),
        ({"value": 17.0}, "Green", "no clear move"),
        ({"value": None, "symbol": "c"}, "Not rated", "hidden by the publisher"),
        ({"value": None, "symbol": "none"}, "Not rated", "none is published"),
        ({"position_neighbours": "not tested"}, "Not rated",
         "not tested against statistical neighbours"),
        ({"position_neighbours": None}, "Not rated", "not tested"),
        ({"series": [(201819, 15.0, "a", 200.0), (202425, 20.0, "b", 200.0)]},
         "Not rated", "no earlier figure on the same basis"),
        ({"series": [(202425, 20.0, "a", 200.0)]}, "Not rated", "no earlier figure"),
        ({"series": [(201819, 15.0, "a", 200.0), (202425, 20.0, "a", 29.0)]},
         "Not rated", "fewer than 30 pupils"),
        ({"series": [(201819, 15.0, "a", 29.0), (202425, 20.0, "a", None)]},
         "Not rated", "fewer than 30 pupils"),
        ({"series": [(201819, 15.0, "a", 30.0), (202425, 20.0, "a", None)]}, "Green", "better"),
    ],
)  # fmt: skip
def test_a_hand_made_figure_is_rated_or_says_why_not(
    release: Release, level: dict[str, Any], name: str, words: str
) -> None:
    found = rated(world(release, **level))
    assert found.data.name == name, found.data
    assert words in found.data.reason


def test_a_move_that_chance_could_make_is_none(release: Release) -> None:
    held = world(release, value=9.0)
    key = (KS2, "total", "ehc_plan")
    assert rated(replace(held, changes={key: (-9.0, 1.0)})).data.name == "Green"
    assert rated(replace(held, changes={key: (-9.0, -1.0)})).data.name == "Amber"


def test_a_stale_figure_and_context_are_not_rated(release: Release) -> None:
    held = world(release)
    assert "out of date" in rated(held, today=date(2035, 1, 1)).data.reason
    assert rated(held, use="context").data.name == "Not rated"


def test_a_framework_may_rate_against_england(release: Release) -> None:
    held = world(release, position_england="worse", value=15.0)
    assert rated(held).data.name == "Green"
    found = rated(held, against="england").data
    assert found.name == "Red" and "worse than England" in found.reason


def number(text: str) -> float:
    found = re.search(r"[−-]?[\d,]+\.?\d*", text)
    assert found, text
    return float(found[0].replace("−", "-").replace(",", ""))


def _check_numbers(release: Release, found: FrameworkView, code: str) -> int:
    """Each row's figures are those of ``benchmark`` for the same question."""
    seen = 0
    for shown in found.rows:
        indicator = release.catalogue.indicators[shown.indicator_id]
        if not indicator.series or indicator.value_type == "category" or shown.group is None:
            continue
        said = _benchmark(release, shown, code, "value")
        if said is None:
            assert shown.level == "none"
            continue
        seen += 1
        if said["value"] is None:
            assert shown.level == numbers.symbol_word(said["symbol"])
            assert not shown.data.is_rated
            continue
        _check_level(shown, said, is_count=indicator.unit == "count")
        gap = _benchmark(release, shown, code, "gap") if indicator.has_gap else None
        if gap and gap["value"] is not None:
            assert said_gap(shown.gap) == pytest.approx(gap["value"], abs=1e-9)
    return seen


def said_gap(text: str) -> float:
    """The gap with its sign, from words that say which way round it is."""
    if text.startswith("No gap to "):
        return 0.0
    return -number(text.rsplit(" by ", 1)[1]) if text.startswith("Better than ") else number(text)


def _benchmark(
    release: Release, shown: FrameworkRow, code: str, measure: str
) -> dict[str, Any] | None:
    assert shown.group
    table = release.benchmark(
        shown.indicator_id, area=code, sen_group=shown.group.value, breakdown=shown.breakdown,
        measure=measure,
    )  # fmt: skip
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return {str(key): value for key, value in rows[0].items()} if rows else None


def _check_level(shown: FrameworkRow, said: dict[str, Any], *, is_count: bool) -> None:
    assert number(shown.level) == pytest.approx(said["value"], abs=1e-9)
    if not is_count:
        assert shown.neighbours.word in (said["position_neighbours"] or "", "too few pupils")
        if said["neighbour_mean"] is not None:
            mean = number(shown.neighbours.printed)
            assert mean == pytest.approx(said["neighbour_mean"], abs=0.0500001)
        if said["england"] is not None:
            assert number(shown.england.printed) == pytest.approx(said["england"], abs=1e-9)
    if said["baseline_period"] and said["change_baseline"] is not None:
        before, now = re.findall(r"[−\d.,£]+(?:%| per 100)?(?= (?:in|now))", shown.since)
        change = number(now) - number(before)
        assert change == pytest.approx(said["change_baseline"], abs=1e-6), shown
    if shown.data.is_rated:
        assert (said["position_neighbours"] == "worse") >= (shown.data.name == "Red")
        assert not (shown.data.name == "Green" and said["quartile"] == "D")


@pytest.mark.parametrize("framework", ["hertfordshire", "southend", "dfe_2018", "kent"])
def test_every_number_is_the_command_lines(release: Release, framework: str) -> None:
    for name in ("919", "882", "201", "942"):
        area = release.areas.find(name)
        found = view(release, name, framework)
        assert _check_numbers(release, found, area.area_code) > 8 or name == "201"


def test_every_authority_has_its_page_and_says_only_what_may_be_said(release: Release) -> None:
    frameworks = tuple(release.catalogue.frameworks)
    ratings: set[str] = set()
    for turn, area in enumerate(release.areas.local_authorities()):
        found = view(release, area.area_code, frameworks[turn % len(frameworks)])
        check_words(found.words)
        assert len(found.words.finding.split()) <= 38, found.words.finding
        assert all(cell for cells in found.chart.table.rows for cell in cells), area.name
        assert all(r.data.reason for r in found.rows)
        for group, counted in found.counts.items():
            own = [r for r in found.rows if r.group is group and r.use == "counted"]
            assert sum(counted.values()) == len(own)
        ratings |= {r.shown.name for r in found.rows}
    assert ratings == {"Green", "Amber", "Red", "Not rated"}


def test_hertfordshires_letters_stand_under_their_outcomes(release: Release) -> None:
    found = view(release, "Hertfordshire")
    assert [item.id for item in found.items] == list("abcdefghijklmno")
    assert [[i.id for i in (*o.elsewhere, *o.items)] for o in found.outcomes] == [
        list("abcde"), list("fghijklmn"), list("co"), list("ao"), ["o"],
    ]  # fmt: skip
    drawn = [item.id for outcome in found.outcomes for item in outcome.items]
    assert sorted(drawn) == list("abcdefghijklmno")
    states = {item.id: item.state for item in found.items}
    assert [i for i, s in states.items() if s == "context"] == ["a", "b"]
    assert [i for i, s in states.items() if s == "local"] == ["d", "e", "o"]
    assert found.words.finding.startswith("Of 15 indicators in Hertfordshire: EHC plan ")
    for group in (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT):
        assert {r.item for r in found.rows if r.group is group and r.use == "counted"} >= set(
            "fghijklmn"
        )


def test_few_pupils_are_not_rated(release: Release) -> None:
    for framework in release.catalogue.frameworks:
        found = view(release, "City of London", framework)
        sen = [r for r in found.rows if r.group in (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT)]
        assert not any(r.data.is_rated for r in sen)


def targets(release: Release, folder: Path, *lines: str) -> tuple[Target, ...]:
    heads = (
        "area,indicator,sen_group,time_period,target,source,override,override_by,override_on,"
        "override_rating,delivery,delivery_by,delivery_on"
    )
    path = folder / "targets.csv"
    path.write_text("\n".join((heads, *lines)) + "\n", encoding="utf-8")
    return read(path, release.catalogue, release.areas)


def test_a_target_rates_the_figure_of_its_own_year(release: Release, tmp_path: Path) -> None:
    level = number(row(view(release, "919"), "g").level)
    for goal, name in ((level, "Green"), (level + 30, "Red"), (level + 1, "Amber")):
        found = targets(release, tmp_path, f"919,{KS2},ehc_plan,2024/25,{goal},plan,,,,,,,")
        shown = row(view(release, "919", targets=found), "g")
        limits = release.benchmark(KS2, area="919", sen_group="ehc_plan").iloc[0]
        if name == "Amber" and not limits["lower"] == limits["lower"]:
            name = "Red"
        assert shown.shown.name == name
        assert "(target); data say" in shown.printed
        assert f"Data say {shown.data.name}:" in shown.why
    later = targets(release, tmp_path, f"919,{KS2},ehc_plan,2027/28,{level + 6},plan,,,,,,,")
    shown = row(view(release, "919", targets=later), "g")
    assert shown.target is None and shown.shown == shown.data
    assert "not met yet" in shown.target_said[0]


def test_a_miss_inside_the_interval_is_amber(release: Release, tmp_path: Path) -> None:
    said = release.benchmark("tribunal_appeal_rate", area="919").iloc[0]
    inside = (said["lower"] + said["value"]) / 2
    assert said["lower"] < inside < said["value"]
    for goal, name in ((inside, "Amber"), (said["lower"] / 2, "Red"), (said["value"], "Green")):
        found = targets(
            release, tmp_path, f"919,tribunal_appeal_rate,ehc_plan,2024,{goal},plan,,,,,,,"
        )
        assert row(view(release, "919", targets=found), "c").shown.name == name


def test_a_boards_rating_stands_beside_what_the_data_say(release: Release, tmp_path: Path) -> None:
    found = targets(
        release, tmp_path,
        f'919,{KS2},ehc_plan,2024/25,,Board,"new team, <b>",Jane O\'Neil,2026-07-01,amber,Red,'
        "Sam Lee,2026-07-02",
        f"919,{KS2},sen_support,2023/24,,Board,Red: old,Jane O'Neil,2025-07-01,,,,",
        f"919,{DSPL},ehc_plan,2024/25,,Board,seen by visits,Jane O'Neil,2026-07-01,Green,,,",
    )  # fmt: skip
    made = view(release, "919", targets=found)
    shown, data = row(made, "g"), row(view(release, "919"), "g").data
    assert shown.printed == f"▲ A Amber (Board); data say {data.name}"
    assert shown.why == (
        f"“new team, <b>” (Jane O'Neil, 1 July 2026). Data say {data.name}: {data.reason}."
    )
    assert shown.delivery == "■ R Red (Sam Lee, 2 July 2026)" and made.delivery
    other = row(made, "g", "sen_support")
    assert other.board is None and "Entered by hand for 2023/24" in other.target_said[0]
    assert row(made, "d").printed == "● G Green (Board); data say Not rated"
    assert "1 rated by the Board alone; 1 needing a local file" in made.outcomes[0].counts
    assert made.counts[SenGroup.EHC_PLAN] != view(release, "919").counts[SenGroup.EHC_PLAN] or (
        data.name == "Amber"
    )
    assert "2 rows have a rating by the Board, beside what the data say." in made.words.sentences


OWN = """
island:
  title: An island's own list
  against: england
  items:
    x1:
      label: Reading and maths at 11
      measures: [{indicator: ks2_rwm_expected, groups: [any_sen]}]
    x2: {label: Plans in time, measures: [{indicator: ehcp_20_weeks}]}
"""


def test_another_framework_needs_no_code(release: Release, tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(paths().catalogue, folder)
    path = folder / "frameworks.yaml"
    path.write_text(path.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    other = Release(release.path, Catalogue.load(folder), release.areas)
    found = view(other, "Kent", "island")
    assert [r.group for r in found.rows] == [SenGroup.ANY_SEN, SenGroup.EHC_PLAN]
    assert "England" in row(found, "x2").data.reason
    said = release.benchmark("ehcp_20_weeks", area="Kent").iloc[0]
    assert number(row(found, "x2").level) == pytest.approx(said["value"])
    other.close()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("indicator: ks2_rwm", "'ks2_rwm'"),
        ("indicator: ks2_rwm_expected, groups: [no_sen]", "'no_sen'"),
        ("indicator: ehcp_20_weeks, groups: [sen_support]", "'sen_support'"),
        ("indicator: ks2_rwm_expected, breakdown: \"phase:primary\"", "'phase:primary'"),
        ("indicator: ks2_rwm_expected, use: maybe", "'maybe'"),
        ("indicator: ks2_rwm_expected, colour: red", "colour"),
    ],
)  # fmt: skip
def test_a_framework_with_a_fault_is_refused(tmp_path: Path, wrong: str, said: str) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(paths().catalogue, folder)
    path = folder / "frameworks.yaml"
    text = OWN.replace("indicator: ehcp_20_weeks", wrong)
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    with pytest.raises(CatalogueError) as refusal:
        Catalogue.load(folder)
    assert any("frameworks.yaml" in str(p) and said in str(p) for p in refusal.value.problems)


def test_an_unknown_framework_names_the_known(release: Release) -> None:
    with pytest.raises(UnknownNameError, match="hertfordshire"):
        view(release, "919", "hertfordshir")
