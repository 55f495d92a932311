"""Loading local returns: whole or not at all, every loss agreed to, each step undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sendgap.cli import main
from sendgap.errors import LocalError, RefusedError, UnknownNameError
from sendgap.local import release as releasing
from sendgap.local.counts import Counts
from sendgap.local.demo import Demonstration
from sendgap.local.disclosure import publish as publishing
from sendgap.local.disclosure.model import CELL_KEYS, NotSafeError
from sendgap.local.load import load_demonstration, load_file
from sendgap.local.returns.problems import ReturnError
from sendgap.local.setting import Setting
from sendgap.store.local import AT_MACHINE, Person, open_local
from tests.local.small import csv, part, setting

SMALL = part(["C01", "C02", "C10", "C11"], ["202425"], ["possible_sessions", "missed_sessions"])


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    """Lists and pupils of a small authority, loaded as Hertfordshire's."""
    folder = tmp_path_factory.mktemp("data")
    found = setting(folder)
    load_file(found, csv(SMALL.schools, folder / "schools.csv"), authority="Hertfordshire")
    load_file(found, csv(SMALL.groups, folder / "groups.csv"))
    load_file(found, csv(SMALL.pupils, folder / "pupils.csv"))
    return found


def test_what_is_shown_is_what_the_rows_say(loaded: Setting) -> None:
    local = open_local(AT_MACHINE, loaded.where)
    cells = local.cells("overall_absence", kinds=["dspl", "authority"])
    shown = cells[cells["value"].notna()]
    assert len(shown) > 5
    area = SMALL.groups[SMALL.groups["group_kind"] == "dspl"].set_index("urn")["group_id"]
    rows = SMALL.pupils.assign(dspl=SMALL.pupils["urn"].map(area))
    codes = {"no_sen": ["N"], "sen_support": ["K"], "ehc_plan": ["E"], "any_sen": ["K", "E"],
             "all_pupils": ["N", "K", "E"]}  # fmt: skip
    for cell in shown.to_dict("records"):
        mine = rows[rows["sen"].isin(codes[cell["sen_group"]])]
        if cell["unit_kind"] == "dspl":
            mine = mine[mine["dspl"] == cell["unit_id"]]
        rate = 100 * mine["missed_sessions"].sum() / mine["possible_sessions"].sum()
        assert cell["value"] == pytest.approx(rate, abs=0.05001), cell
        assert cell["pupils"] == len(mine)


def test_no_file_that_is_served_holds_a_pupil(loaded: Setting) -> None:
    local = open_local(AT_MACHINE, loaded.where)
    cells = local.all_cells()
    hidden = cells[cells["symbol"] == "c"]
    assert len(hidden) and hidden[["numerator", "value", "lower", "upper"]].isna().all().all()
    names = {path.name for path in loaded.where.local.iterdir()}
    assert not any("pupils" in name and not name.startswith("counts-") for name in names)
    counts = pd.read_parquet(next(loaded.where.local.glob("restricted/counts-pupils-*.parquet")))
    assert "pupil" not in counts and len(counts) < len(SMALL.pupils)


def test_only_the_person_at_the_machine_is_let_in(loaded: Setting) -> None:
    with pytest.raises(LocalError, match="only on the computer"):
        open_local(Person("somebody", is_at_machine=False), loaded.where)


def test_a_faulty_row_stops_the_load_until_its_loss_is_agreed(tmp_path: Path) -> None:
    fresh = setting(tmp_path)
    load_file(fresh, csv(SMALL.schools, tmp_path / "s.csv"), authority="Kent")
    before = fresh.folder.current()
    faulty = SMALL.pupils.copy()
    faulty.loc[faulty.index[:2], "sen"] = "Q"
    path = csv(faulty, tmp_path / "pupils.csv")
    with pytest.raises(ReturnError, match="unknown SEN code"):
        load_file(fresh, path)
    with pytest.raises(ReturnError, match="2 with a fault"):
        load_file(fresh, path, leave_out=1)
    assert fresh.folder.current() == before
    done = load_file(fresh, path, leave_out=2)
    assert any("2 of" in line and "as agreed" in line for line in done.lines)
    undone, now = fresh.folder.undo()
    assert undone.step_id == done.step.step_id and now == before


def test_a_refused_correction_changes_nothing(
    loaded: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "protect", lambda state, places: None)
    before = loaded.folder.current()
    fewer = SMALL.pupils.drop(index=SMALL.pupils.index[:2])
    with pytest.raises(NotSafeError, match="nothing was published"):
        load_file(loaded, csv(fewer, tmp_path / "pupils.csv"))
    assert loaded.folder.current() == before
    assert open_local(AT_MACHINE, loaded.where).all_cells()["value"].notna().any()


def test_outcomes_that_stand_in_the_way_are_all_named_with_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two outcomes that cannot be protected are found by trial, and left out when agreed to."""
    monkeypatch.setenv("SENDGAP_DATA", str(tmp_path))
    monkeypatch.setattr("sendgap.cli_local._setting", lambda: setting(tmp_path))
    bad = {"severe_absence": 2, "persistent_absence": 2}

    def refuse(counts: Counts, *given: object, withheld: set[tuple[str, str]], **more: Any) -> Any:
        left = sorted(set(bad) - {name for name, _ in withheld})
        if left:
            raise NotSafeError([], [(left[0], "202425")])
        return real(counts, *given, withheld=withheld, **more)  # type: ignore[arg-type]

    real = releasing.publish
    monkeypatch.setattr(releasing, "publish", refuse)
    for table, name in ((SMALL.schools, "s"), (SMALL.groups, "g"), (SMALL.pupils, "p")):
        csv(table, tmp_path / f"{name}.csv")
    assert main(["local", "groups", f"{tmp_path}/s.csv", "--authority", "Kent"]) == 0
    assert main(["local", "groups", f"{tmp_path}/g.csv"]) == 0
    assert main(["local", "load", f"{tmp_path}/p.csv"]) == 1
    said = capsys.readouterr().err
    assert not list((tmp_path / "local").rglob("counts-*"))
    (line,) = [line for line in said.splitlines() if line.startswith("python -m sendgap")]
    assert line.endswith("--withhold persistent_absence:2024/25 severe_absence:2024/25")
    assert main(line.replace("python -m sendgap ", "").split()) == 0
    cells = open_local(AT_MACHINE, setting(tmp_path).where).all_cells()
    assert set(bad).isdisjoint(cells["indicator_id"]) and len(cells)


def test_a_correction_of_a_few_pupils_shows_no_figure_that_moved_by_them(
    loaded: Setting, tmp_path: Path
) -> None:
    """Two releases that differ by a child or two would tell about them."""
    first = open_local(AT_MACHINE, loaded.where).all_cells()
    fewer = SMALL.pupils.drop(index=SMALL.pupils.index[:2])
    try:
        load_file(loaded, csv(fewer, tmp_path / "pupils.csv"))
    except NotSafeError:
        return
    second = open_local(AT_MACHINE, loaded.where).all_cells()
    loaded.folder.undo()
    both = first.merge(second, on=list(CELL_KEYS), suffixes=("", "_then"))
    assert len(both) > 100
    for name in ("pupils", "numerator"):
        assert not (both[name] - both[f"{name}_then"]).abs().between(1, 5).any(), name
    school = both[(both["unit_id"] == SMALL.pupils["urn"].iloc[0]) & (both["pupils"] > 0)]
    assert school["pupils"].notna().any() and school["pupils_then"].isna().any()


def test_an_outcome_that_cannot_be_shown_safely_is_left_out_on_request(tmp_path: Path) -> None:
    fresh = setting(tmp_path)
    load_file(fresh, csv(SMALL.schools, tmp_path / "s.csv"), authority="Kent")
    load_file(fresh, csv(SMALL.groups, tmp_path / "g.csv"))
    path = csv(SMALL.pupils, tmp_path / "pupils.csv")
    load_file(fresh, path, withhold=["severe_absence"])
    cells = open_local(AT_MACHINE, fresh.where).all_cells()
    assert "severe_absence" not in set(cells["indicator_id"])
    assert "persistent_absence" in set(cells["indicator_id"])
    with pytest.raises(UnknownNameError, match="Did you mean severe_absence"):
        load_file(fresh, path, withhold=["absense"])


def test_a_list_that_contradicts_itself_is_refused(loaded: Setting, tmp_path: Path) -> None:
    groups = SMALL.groups.copy()
    first = groups[groups["group_kind"] == "dspl"].iloc[0]
    other = {**first, "group_id": "D99", "group_name": "Another area"}
    twice = pd.concat([groups, pd.DataFrame([other])])
    with pytest.raises(RefusedError, match="at the same time"):
        load_file(loaded, csv(twice, tmp_path / "groups.csv"))


def test_the_invented_authority_never_goes_beside_real_data(loaded: Setting) -> None:
    with pytest.raises(LocalError, match="Real local data are loaded"):
        load_demonstration(loaded, SMALL)


def test_real_data_begin_afresh_after_the_demonstration(tmp_path: Path) -> None:
    fresh = setting(tmp_path)
    load_demonstration(fresh, SMALL)
    assert open_local(AT_MACHINE, fresh.where).is_invented
    done = load_file(fresh, csv(SMALL.schools, tmp_path / "s.csv"), authority="Kent")
    assert not done.step.invented and set(done.step.files) == {"schools"}


def test_pupils_need_a_list_of_schools_first(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="No list of schools"):
        load_file(setting(tmp_path), csv(SMALL.pupils, tmp_path / "pupils.csv"))


def test_the_first_list_needs_an_authority(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="--authority"):
        load_file(setting(tmp_path), csv(SMALL.schools, tmp_path / "schools.csv"))


def test_nothing_can_be_undone_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="nothing to undo"):
        setting(tmp_path).folder.undo()


def test_a_survey_shows_areas_only_where_every_one_has_enough(tmp_path: Path) -> None:
    small: Demonstration = SMALL
    fresh = setting(tmp_path)
    load_file(fresh, csv(small.schools, tmp_path / "s.csv"), authority="Kent")
    load_file(fresh, csv(small.groups, tmp_path / "g.csv"))
    areas = sorted(small.groups[small.groups["group_kind"] == "dspl"]["group_id"].unique())
    rows = [(f"{area}", 100, 50, 20) for area in areas]
    answered = _survey(fresh, rows, tmp_path)
    assert answered[answered["unit_kind"] == "dspl"]["value"].tolist() == [40.0] * len(areas)
    rows[0] = (areas[0], 100, 8, 7)
    answered = _survey(fresh, rows, tmp_path)
    assert answered[answered["unit_kind"] == "dspl"]["value"].isna().all()
    assert answered[answered["unit_kind"] == "authority"]["value"].notna().all()


def _survey(fresh: Setting, rows: list[tuple[str, int, int, int]], tmp_path: Path) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["dspl_area", "asked", "answered", "confident"])
    table = table.assign(time_period="2024/25", respondent_type="parents")
    load_file(fresh, csv(table, tmp_path / "survey.csv"))
    return open_local(AT_MACHINE, fresh.where).cells("stakeholder_confidence")


def test_commands_tell_faults_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert main(["local", "template", "pupils"]) == 0
    assert main(["local", "template", "pupils"]) == 1
    assert main(["local", "template", "children"]) == 1
    assert main(["local", "undo"]) == 1
    assert main(["local", "values", "--indicator", "overall_absence"]) == 1
    assert main(["local", "load", "nowhere.csv"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    csv(SMALL.schools.drop(columns="name"), tmp_path / "schools.csv")
    assert main(["local", "check", "schools.csv", "--kind", "schools"]) == 1
    csv(SMALL.schools.assign(phase="infant"), tmp_path / "schools.csv")
    capsys.readouterr()
    assert main(["local", "check", "schools.csv", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["left_out"] == found["rows"] == len(SMALL.schools)
