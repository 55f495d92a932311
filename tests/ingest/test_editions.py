"""Editions follow one another, loads are whole, and equal input gives equal bytes."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendgap.ingest import published
from sendgap.ingest.changes import CHANGES
from sendgap.ingest.report import as_lines
from tests.ingest.conftest import World
from tests.support import shared_data
from tests.worlds import csv_file, lait_file, text, zip_file

BARNET, BEXLEY = {"old_la_code": "302"}, {"old_la_code": "303"}
COMMITTED = Path(__file__).resolve().parents[2] / "data" / "published"


def edition(folder: Path, name: str, value: str, *years: str) -> Path:
    rows = [{**BARNET, "time_period": year, "NEET_NK_EHCP_percent": value} for year in years]
    return csv_file(folder / name, "neet", rows)


def plan_figures(world: World) -> list[tuple[Any, ...]]:
    columns = ("time_period", "value", "edition", "sen_group")
    return [row[:3] for row in world.figures("neet_scorecard", *columns) if row[3] == "ehc_plan"]


def test_the_newer_edition_stays_whichever_comes_first(tmp_path: Path) -> None:
    old = edition(tmp_path, "old.csv", "7", "2021", "2022")
    new = edition(tmp_path, "new.csv", "8", "2022", "2023")
    dated = {old: "2022-07-01", new: "2023-07-13"}
    kept = []
    for order in ((old, new), (new, old)):
        world = World(tmp_path / order[0].stem)
        verdicts = [world.take(file, edition=dated[file])[0] for file in order]
        kept.append(world.bytes())
    assert kept[0] == kept[1]
    assert plan_figures(world) == [
        ("2021", 7.0, "2022-07-01"),
        ("2022", 8.0, "2023-07-13"),
        ("2023", 8.0, "2023-07-13"),
    ]
    assert "figures held" not in verdicts[1].what


def test_a_load_that_changes_nothing_says_that_newer_figures_stay(
    world: World, tmp_path: Path
) -> None:
    world.take(edition(tmp_path, "new.csv", "8", "2022"), edition="2023-07-13")
    before = plan_figures(world)
    old = edition(tmp_path, "old.csv", "7", "2022")
    (verdict,) = world.take(old, edition="2022-07-01")
    assert len(verdict.changes) == 1
    assert verdict.what == "neet_scorecard: neet_la, older than the figures held, which stay"
    assert plan_figures(world) == before


def test_changed_figures_are_told_the_same_way_round_whichever_edition_comes_first(
    tmp_path: Path,
) -> None:
    old = edition(tmp_path, "old.csv", "7", "2021", "2022")
    new = edition(tmp_path, "new.csv", "8.25", "2022", "2023")
    dated = {old: "2022-07-01", new: "2023-07-13"}
    kept = []
    for order in ((old, new), (new, old)):
        world = World(tmp_path / order[0].stem)
        first, last = (world.take(file, edition=dated[file])[0] for file in order)
        assert first.changes == ()
        (change,) = last.changes
        assert (change.area_name, change.time_period) == ("Barnet", "2022")
        assert (change.edition_before, change.before) == ("2022-07-01", "7")
        assert (change.edition_after, change.after) == ("2023-07-13", "8.25")
        said = "\n".join(as_lines([last]))
        assert "1 figure differs between the editions of 2022-07-01 and 2023-07-13" in said
        assert "neet_or_not_known, ehc_plan, Barnet, 2022: 7 became 8.25" in said
        kept.append(world.bytes()[CHANGES])
    assert kept[0] == kept[1]


def test_a_figure_that_only_one_edition_prints_is_told(world: World, tmp_path: Path) -> None:
    rows = [BARNET, BEXLEY]
    world.take(csv_file(tmp_path / "a.csv", "neet", rows), edition="2023-07-01")
    (verdict,) = world.take(csv_file(tmp_path / "b.csv", "neet", rows[:1]), edition="2024-07-01")
    assert {(c.area_name, c.after) for c in verdict.changes} == {("Bexley", "none")}
    assert {c.sen_group for c in verdict.changes} >= {"no_sen", "sen_support", "ehc_plan"}
    assert {code for (code,) in world.figures("neet_scorecard", "area_code")} == {"E09000003"}


def test_an_edition_may_bring_a_newer_period_and_figures_that_differ(
    world: World, tmp_path: Path
) -> None:
    world.take(edition(tmp_path, "first.csv", "7", "2023"))
    world.take(edition(tmp_path, "next.csv", "8", "2023", "2024"), edition="2024-07-13")
    assert plan_figures(world) == [("2023", 8.0, "2024-07-13"), ("2024", 8.0, "2024-07-13")]


def test_a_newer_edition_of_the_tool_brings_the_next_year_of_each_measure(
    world: World, tmp_path: Path
) -> None:
    rows = [
        ("KS2RWM_Expected_STD", "2026", "Kent", "60"),
        ("16-17_not known_NEET", "2026", "Kent", "5"),
    ]
    world.take(lait_file(tmp_path / "l.parquet", rows), edition="2027-04-01")
    assert world.figures("lait", "time_period", "value") == [("202526", 60.0), ("2026", 5.0)]


def test_periods_left_out_on_purpose_stay_out_of_a_newer_edition(
    world: World, tmp_path: Path
) -> None:
    rows = [
        {"cohort_19_in": year, "la_code_3": "302", "number_in_ss_cohort": "8", "l2_by19": "6",
         "l2_by19_rate": "75"}
        for year in ("2022", "2023", "2025", "2026")
    ]  # fmt: skip
    world.take(csv_file(tmp_path / "l.csv", "level2", rows), edition="2026-12-01")
    assert set(world.figures("level_2_3_by_19", "time_period")) == {("202122",), ("202526",)}


def test_the_record_says_what_was_loaded(world: World, tmp_path: Path) -> None:
    file = zip_file(tmp_path / "z.zip", {"a/n.csv": text("neet", [BARNET, BEXLEY])})
    world.take(file, edition="2024-01-31")
    (record,) = published.loads(world.published)
    assert (record.source_id, record.table_id) == ("neet_scorecard", "neet_la")
    assert (record.file_name, record.edition) == ("z.zip!a/n.csv", "2024-01-31")
    assert (record.rows_read, record.rows_taken) == (2, 8)
    assert record.licence == "Open Government Licence v3.0"
    assert len(record.sha256) == 64
    plain = csv_file(tmp_path / "n.csv", "neet", [BARNET, BEXLEY])
    world.take(plain, edition="2024-01-31")
    assert {load.sha256 for load in published.loads(world.published)} == {record.sha256}


def test_a_file_loaded_again_has_one_entry_in_the_record(world: World, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "n.csv", "neet", [BARNET])
    world.take(file)
    path = world.published / published.LOADS
    path.write_text(path.read_text().replace(",Department for Education,", ",A department,"))
    world.take(file)
    (record,) = published.loads(world.published)
    assert record.publisher == "Department for Education"


@pytest.mark.parametrize("arguments", [("check",), ("ingest", "--dry-run")])
def test_screening_writes_nothing(
    world: World, tmp_path: Path, command: Any, arguments: tuple[str, ...]
) -> None:
    file = csv_file(tmp_path / "n.csv", "neet", [BARNET])
    answer = command(*arguments, file)
    assert answer.status == 0
    assert "taken   n.csv (neet_scorecard: neet_la, 4 figures, edition 2023-07-13)" in answer.out
    assert list(world.folder.iterdir()) == []


def test_an_edition_that_is_no_date_is_a_usage_error(command: Any, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        command("check", tmp_path, "--edition", "2024-13-01")
    assert stop.value.code == 2


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_and_members_does_not_matter(tmp_path: Path, seed: int) -> None:
    codes = ("302", "303", "304", "305", "306")
    tables = {
        "n.csv": ("neet", [{"old_la_code": c, "NEET_NK_EHCP_percent": c} for c in codes]),
        "m.csv": ("sen2_mi", [{"old_la_code": c, "inreq_ehc": c} for c in codes]),
        "o.csv": ("neet", [{"old_la_code": c, "time_period": "2022"} for c in codes]),
    }
    kept = []
    for mixer in (random.Random(seed), random.Random(seed + 100)):
        names = mixer.sample(list(tables), len(tables))
        mixed = {n: text(tables[n][0], mixer.sample(tables[n][1], len(codes))) for n in names}
        world = World(tmp_path / str(len(kept)))
        world.take(zip_file(tmp_path / "z.zip", dict(mixed)))
        kept.append({k: v for k, v in world.bytes().items() if k.endswith(".parquet")})
    assert kept[0] == kept[1]
    assert len(kept[0]) == 2


YEARS = st.lists(st.sampled_from(("2021", "2022", "2023")), min_size=1, unique=True)
DAYS = st.sampled_from(("2021-07-01", "2022-07-01", "2023-07-13"))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(DAYS, YEARS), min_size=1, max_size=4, unique_by=lambda load: load[0]))
def test_for_each_period_the_newest_edition_stays(loads: list[tuple[str, list[str]]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = World(folder / "data")
        for number, (day, years) in enumerate(loads):
            world.take(edition(folder, "n.csv", str(number), *years), edition=day)
        expected = [
            (
                year,
                *max((day, number) for number, (day, years) in enumerate(loads) if year in years),
            )
            for year in sorted({year for _, years in loads for year in years})
        ]
        assert plan_figures(world) == [(y, float(n), day) for y, day, n in expected]


# Whole or not at all


def two_sources(folder: Path, value: str) -> Path:
    rows = {"old_la_code": "302"}
    return zip_file(
        folder / f"{value}.zip",
        {
            "m.csv": text("sen2_mi", [{**rows, "inreq_ehc": value}]),
            "n.csv": text("neet", [{**rows, "NEET_NK_EHCP_percent": value}]),
        },
    )


@pytest.mark.parametrize("step", range(5))
@pytest.mark.parametrize("failure", [PermissionError(13, "Access is denied", "f"), SystemExit(9)])
def test_a_load_that_fails_at_any_step_leaves_every_byte(
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
    failure: BaseException,
) -> None:
    world.take(two_sources(tmp_path, "5"))
    before = world.bytes()
    calls = iter(range(100))
    replace = os.replace

    def failing(source: Path, target: Path) -> None:
        if next(calls) == step:
            raise failure
        replace(source, target)

    monkeypatch.setattr(published.os, "replace", failing)
    with pytest.raises(type(failure)):
        world.load(two_sources(tmp_path, "6"), edition="2026-01-01")
    assert world.bytes() == before
    monkeypatch.undo()
    world.take(two_sources(tmp_path, "6"), edition="2026-01-01")
    assert world.bytes().keys() == {*before, CHANGES}
    assert plan_figures(world) == [("2023", 6.0, "2026-01-01")]


def test_a_first_load_that_fails_leaves_no_folder(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise PermissionError(13, "Access is denied", "f")

    monkeypatch.setattr(published.os, "replace", failing)
    with pytest.raises(PermissionError):
        world.load(two_sources(tmp_path, "5"))
    assert not world.published.exists()


@pytest.mark.parametrize("placed", range(4))
def test_a_load_killed_while_putting_files_in_place_is_finished_by_the_next(
    world: World, tmp_path: Path, placed: int
) -> None:
    """A kill runs no clean-up: the folder is laid out as it would be found."""
    world.take(two_sources(tmp_path, "5"))
    old = world.bytes()
    whole = World(tmp_path / "whole")
    whole.take(two_sources(tmp_path, "5"))
    whole.take(two_sources(tmp_path, "6"), edition="2026-01-01")
    new = whole.bytes()
    for number, name in enumerate(new):
        ending = "" if number < placed else published.NEW
        (world.published / (name + ending)).write_bytes(new[name])
    (world.published / published.PENDING).write_text("\n".join(new), encoding="utf-8")
    assert len(old) == 3
    other = edition(tmp_path, "other.csv", "7", "2021")
    world.take(other, edition="2021-07-01")
    whole.take(other, edition="2021-07-01")
    assert world.bytes() == whole.bytes()
    assert [row[:2] for row in plan_figures(world)] == [("2021", 7.0), ("2023", 6.0)]


def test_a_load_killed_before_it_was_decided_is_undone_by_the_next(
    world: World, tmp_path: Path
) -> None:
    world.take(two_sources(tmp_path, "5"))
    before = world.bytes()
    (world.published / "neet_scorecard.parquet.new").write_bytes(b"half a fi")
    (world.published / "pending.txt.new").write_bytes(b"neet_sc")
    published.settle(world.published)
    assert world.bytes() == before


# The publishers' own files

PLANS = "raw/sen2_2025/education-health-and-care-plans_2025.zip"
EARLIER = "raw/sen2_2025_earlier_revision"
FILES = (
    "lait/bds_long_0.parquet",
    "tidy/send_ap_dashboard/ks2_attainment.csv",
    "tidy/send_ap_dashboard/ks1_phonics.csv.gz",
    "tidy/send_ap_dashboard/ks4_attainment.csv",
    "tidy/send_ap_dashboard/ks4_destinations.csv.gz",
    "tidy/send_ap_dashboard/ks4_destinations_nat.csv",
    "tidy/send_ap_dashboard/destinations_1618.csv.gz",
    "tidy/send_ap_dashboard/destinations_1618_nat.csv",
    "tidy/send_ap_dashboard/absence.csv.gz",
    "tidy/send_ap_dashboard/mainstream_with_sen.csv",
    "tidy/send_ap_dashboard/provider_types.csv.gz",
    "tidy/send_ap_dashboard/specialist_spend.csv",
    "tidy/send_ap_dashboard/dsg_deficit.csv",
    "tidy/send_ap_dashboard/ap_ofsted_schl.csv.gz",
    "tidy/send_ap_dashboard/ofsted.csv",
    "tidy/ks4_la_characteristics_201819.csv.gz",
    "raw/ees_upload_samples/KS4_2018_LA_Char_Testdata.zip",
    "raw/ees_upload_samples/exclusions_by_characteristic.zip",
    "raw/eyfsp_2022",
    "raw/absence_bands",
    "tidy/absence_by_sen_la.csv.gz",
    "tidy/absence_by_sen_primary_need_la.parquet",
    "tidy/attendance_by_sen_la_202526.csv.gz",
    "tidy/suspensions_exclusions_by_sen_la_termly.csv.gz",
    "raw/neet",
    PLANS,
    "raw/sen2_2022/sen2_estab_caseload.csv.gz",
    "raw/sen2_2022/sen2_estab_new_plans.csv.gz",
    "raw/sen2_2023/sen2_mi.csv.gz",
    "tidy/send_tribunal_appeals_2014_2024.csv.gz",
    "raw/level2_3_by_19/LA_Dashboard_2022_without_Scilly.csv.gz",
)


def test_the_committed_figures_are_what_the_publishers_files_give(world: World) -> None:
    folder = shared_data()
    world.take(*(folder / name for name in reversed(FILES)))
    committed = {p.name: p.read_bytes() for p in sorted(COMMITTED.iterdir())}
    # Figures of older documents come from a transcription and have a test of their own.
    committed.pop("historic.csv")
    made = world.bytes()
    assert made.keys() == committed.keys()
    assert not [name for name in made if made[name] != committed[name]]


def test_an_earlier_revision_of_a_release_is_not_taken_for_the_release(world: World) -> None:
    folder = shared_data()
    world.take(folder / PLANS)
    said = world.refuse(folder / EARLIER / "timeliness_20_week.csv.gz")
    assert "3 figures differ from those held of the same edition, 2025-07-01" in said


def test_two_editions_of_a_release_load_in_either_order(tmp_path: Path) -> None:
    """The wrong period that the earlier one prints for new plans' needs is put right."""
    folder = shared_data()
    dated: tuple[tuple[Path, str | None], ...] = (
        (folder / EARLIER, "2025-06-26"),
        (folder / PLANS, None),
    )
    kept, listed = [], []
    for order in (dated, dated[::-1]):
        world = World(tmp_path / str(len(kept)))
        verdicts = [v for path, day in order for v in world.take(path, edition=day)]
        kept.append(world.bytes())
        listed.append({change for v in verdicts for change in v.changes})
        editions = {e for (e,) in world.figures("sen2", "edition")}
        assert editions == {"2025-07-01"}
        assert "sen_needs" in " ".join(v.what for v in verdicts)
    assert kept[0] == kept[1] and listed[0] == listed[1]
    lines = kept[0][CHANGES].decode().splitlines()[1:]
    assert len(lines) == len(listed[0]) == 6
    assert {(c.indicator_id, c.area_name, c.before, c.after) for c in listed[0]} == {
        ("annual_review_decision_4_weeks", "Wandsworth", "x", "49.9"),
        ("annual_reviews_held", "Wandsworth", "x", "93.1452"),
        ("ehcp_20_weeks", "Lewisham", "x", "94.8187"),
        ("ehcp_20_weeks_all", "Lewisham", "x", "94.8187"),
        ("ehcp_over_one_year", "Lewisham", "x", "4.1451"),
        ("mediation_requests", "Barnet", "x", "0"),
    }
