"""Releases one after another: nothing that was ever shown helps to place a few pupils (R9)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sendgap.errors import LocalError
from sendgap.local.counts import Counts
from sendgap.local.disclosure import publish as publishing
from sendgap.local.disclosure.model import CELL_KEYS, NotSafeError, Published
from sendgap.local.load import load_file
from sendgap.local.places import Member, UnitKind
from sendgap.local.setting import Setting
from sendgap.store.local import AT_MACHINE, open_local
from tests.local.attacker import ADDED, PREVALENCE, Attacker
from tests.local.small import csv, loaded_as_real, part, setting
from tests.local.tables import RESULT, Table, table
from tests.local.test_attacks import secrets, served
from tests.local.test_served import school_counts

SMALL = part(["C01", "C02", "C10", "C11"], ["202425"], ["possible_sessions", "missed_sessions"])


def corrected(given: Table, seed: int) -> Table:
    """The same return with a few results changed, and a pupil more in a school's cohort."""
    draw = np.random.default_rng(seed)
    rows = given.counts.rows.copy()
    results = rows.index[rows["indicator_id"] == RESULT]
    for row in draw.permutation(results)[: int(draw.integers(1, 4))]:
        by = int(draw.integers(1, 3)) * int(draw.choice([-1, 1]))
        reached = int(np.clip(rows.at[row, "numerator"] + by, 0, rows.at[row, "pupils"]))
        rows.loc[row, ["numerator", "numerator_squares", "products"]] = reached
    return Table(Counts(rows), given.places)


def single_year(seed: int) -> Table:
    """A random authority with results of one school year."""
    while True:
        given = table(seed)
        held = set(given.counts.rows["indicator_id"])
        if len(given.counts.periods) == 1 and RESULT in held:
            return given
        seed += 10_000


def truth(given: Table, cell: pd.Series) -> tuple[float, float]:
    """Pupils and numerator of a cell, added up from the counted rows."""
    rows = given.counts.rows
    unit = next(u for u in given.places.units() if (u.kind, u.unit_id) == tuple(cell.iloc[:2]))
    urns = given.places.schools_of(unit, cell["time_period"])
    phase = cell["breakdown"].partition(":")[2]
    urns = {u for u in urns if not phase or given.places.by_urn[u].phase == phase}
    name = cell["indicator_id"]
    rows = rows[rows["place"].isin(urns)]
    if name in PREVALENCE:
        roll = rows[rows["indicator_id"] == "roll"]
        own = roll[roll["sen_group"] == PREVALENCE[name]]
        return float(roll["pupils"].sum()), float(own["pupils"].sum())
    mine = rows[(rows["indicator_id"] == name) & rows["sen_group"].isin(ADDED[cell["sen_group"]])]
    return float(mine["pupils"].sum()), float(mine["numerator"].sum())


def told_together(given: Table, last: Published, earlier: list[Published]) -> Attacker:
    """An attacker who takes what was told before and has not moved to be as it was."""
    attacker = Attacker(given.places, given.counts.periods)
    attacker.learn(last.cells)
    for release in earlier:
        shown = release.cells[release.cells["value"].notna()]
        same = [truth(given, cell) == (cell["pupils"], cell["numerator"])
                for _, cell in shown.iterrows()]  # fmt: skip
        attacker.learn(shown[same])
    return attacker


def told_of_moves(given: Table, attacker: Attacker, earlier: list[Published]) -> list[str]:
    """Numbers that moved by one to five pupils of which the attacker can tell that they did."""
    told = []
    for release in earlier:
        shown = release.cells[release.cells["value"].notna()]
        for _, cell in shown[shown["unit_kind"] != "authority"].iterrows():
            if cell["indicator_id"] != RESULT:
                continue
            now, before = truth(given, cell)[1], float(cell["numerator"])
            if 1 <= abs(now - before) <= 5:
                unit = next(u for u in given.places.units() if u.unit_id == cell["unit_id"]
                            and u.kind == cell["unit_kind"])  # fmt: skip
                urns = attacker.schools(unit, cell["time_period"], cell["breakdown"])
                asked = attacker.total(RESULT, urns, [cell["time_period"]], cell["sen_group"])
                low, high = attacker.bounds(asked)
                far = (before, before + 6) if now > before else (max(before - 6, 0), before)
                if low > far[0] or high < min(far[1], truth(given, cell)[0]):
                    told.append(f"{before:g} to {now:g}: {low:g} to {high:g}")
    return told


def attack(seed: int) -> list[str]:
    """Three releases: the second corrects the first and is undone, the third corrects again."""
    first = single_year(seed)
    second, third = corrected(first, seed), corrected(first, seed + 1)
    try:
        one = served(first)
        two = served(second, earlier=[one])
        three = served(third, earlier=[one, two])
    except NotSafeError:
        return []
    attacker = told_together(third, three, [one, two])
    told = told_of_moves(third, attacker, [one, two])
    for asked, true in list(secrets(third, attacker))[:6]:
        low, high = attacker.bounds(asked)
        assert low <= true <= high, "the attacker's own equations are wrong"
        if low > 0 or high < 6:
            told.append(f"{true:g} is between {low:g} and {high:g}")
    return told


@pytest.mark.parametrize("seed", range(2))
def test_three_releases_tell_nothing_of_a_few_together(seed: int) -> None:
    assert attack(seed) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2000, 2100))
def test_a_hundred_corrections_undone_and_made_again_tell_nothing(seed: int) -> None:
    assert attack(seed) == []


def test_without_the_record_the_same_attack_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were releases not held to those before, moves of a few would be plain to see."""
    hold = publishing.hold_to
    monkeypatch.setattr(publishing, "hold_to", lambda system, primary, before, once: hold(
        system, primary, [], replace(once, of=[])))  # fmt: skip
    assert any(attack(seed) for seed in range(3))


def test_a_cluster_that_gains_a_school_does_not_tell_the_school_s_few_pupils() -> None:
    given = school_counts([9, 8, 14, 3, 12, 11, 16])
    members = given.places.members
    was = tuple(m for m in members if (m.kind, m.urn) != (UnitKind.CLUSTER, "103"))
    before = Table(given.counts, replace(given.places, members=was))
    one = served(before)
    two = served(given, earlier=one)
    both = (*members, *(Member(UnitKind.CLUSTER, "was", m.urn) for m in was
                        if m.kind is UnitKind.CLUSTER))  # fmt: skip
    attacker = Attacker(replace(given.places, members=both), given.counts.periods)
    attacker.learn(two.cells)
    attacker.learn(one.cells.replace({"unit_id": {"C": "was"}}))
    asked = attacker.total("pupils of roll", ["103"], ["202425"], "ehc_plan")
    low, high = attacker.bounds(asked)
    assert low == 0 and high >= 6


@pytest.fixture
def loaded(tmp_path: Path) -> Setting:
    return loaded_as_real(tmp_path, SMALL)


def shown(setting: Setting) -> pd.DataFrame:
    cells = open_local(AT_MACHINE, setting.where).all_cells()
    return cells[cells["value"].notna()].set_index(list(CELL_KEYS))


def moves(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series:
    """By how much the pupils of cells shown twice moved, below the authority."""
    both = before.add_suffix("_was").join(after, how="inner")
    both = both[both.index.get_level_values("unit_kind") != "authority"]
    by = pd.concat([both["pupils"] - both["pupils_was"],
                    both["numerator"] - both["numerator_was"]]).abs()  # fmt: skip
    return by.dropna()


def fewer(by: int) -> pd.DataFrame:
    return SMALL.pupils.drop(index=SMALL.pupils.index[:by])


def test_a_correction_of_a_few_pupils_hides_what_moved_and_keeps_the_rest(
    loaded: Setting, tmp_path: Path
) -> None:
    before = shown(loaded)
    done = load_file(loaded, csv(fewer(2), tmp_path / "again.csv"))
    after = shown(loaded)
    assert len(after) > 0.7 * len(before)
    assert not moves(before, after).between(1, 5).any() and (moves(before, after) == 0).any()
    (said,) = [line for line in done.lines if "not any more" in line]
    assert said.startswith(f"{len(before.index.difference(after.index))} figures")


def test_what_was_undone_is_not_forgotten(loaded: Setting, tmp_path: Path) -> None:
    before = shown(loaded)
    loaded.folder.undo()
    load_file(loaded, csv(fewer(2), tmp_path / "again.csv"))
    after = shown(loaded)
    assert not moves(before, after).between(1, 5).any() and len(after) > 0.5 * len(before)
    assert not after.index.difference(before.index).size, "what was hidden stays hidden"
    loaded.folder.undo()
    load_file(loaded, csv(SMALL.pupils, tmp_path / "p.csv"))
    assert not shown(loaded).index.difference(before.index).size


def test_pupils_numbers_go_with_the_step_that_is_undone(loaded: Setting, tmp_path: Path) -> None:
    kept = set(loaded.where.local.rglob("counts-*"))
    load_file(loaded, csv(fewer(40), tmp_path / "again.csv"))
    assert len(set(loaded.where.local.rglob("counts-*"))) == 2
    loaded.folder.undo()
    assert set(loaded.where.local.rglob("counts-*")) == kept
    assert len(list(loaded.where.local.glob("local-*.duckdb"))) == 2


def test_a_trial_says_what_would_be_and_changes_nothing(loaded: Setting, tmp_path: Path) -> None:
    before = {path.name for path in loaded.where.local.rglob("*")}
    step = loaded.folder.current()
    done = load_file(loaded, csv(fewer(2), tmp_path / "again.csv"), trial=True)
    assert any("not any more" in line for line in done.lines)
    assert {path.name for path in loaded.where.local.rglob("*")} == before
    assert loaded.folder.current() == step


def test_nothing_is_added_to_what_cannot_be_read(loaded: Setting, tmp_path: Path) -> None:
    step = loaded.folder.current()
    (loaded.where.local / step.database).write_bytes(b"not a database")
    with pytest.raises(LocalError, match="cannot be read"):
        load_file(loaded, csv(fewer(2), tmp_path / "again.csv"))
    assert loaded.folder.current() == step
    (loaded.where.local / step.database).unlink()
    done = load_file(loaded, csv(fewer(2), tmp_path / "again.csv"))
    assert any("is no longer held here" in line for line in done.lines)


def test_an_outcome_is_left_out_for_one_year(loaded: Setting, tmp_path: Path) -> None:
    path = csv(SMALL.pupils, tmp_path / "p.csv")
    load_file(loaded, path, withhold=["severe_absence:2024/25"])
    assert "severe_absence" not in shown(loaded).index.get_level_values("indicator_id")
    with pytest.raises(LocalError, match="severe_absence:2024/25"):
        load_file(loaded, path, withhold=["severe_absence:last year"])


def test_a_return_of_something_else_costs_no_figure(loaded: Setting, tmp_path: Path) -> None:
    before = shown(loaded)
    areas = sorted(set(SMALL.groups.loc[SMALL.groups["group_kind"] == "dspl", "group_id"]))
    survey(loaded, [(area, 100, 60) for area in areas], tmp_path)
    assert not before.index.difference(shown(loaded).index).size


def survey(fresh: Setting, rows: list[tuple[str, int, int]], tmp_path: Path) -> pd.Series:
    table = pd.DataFrame(rows, columns=["dspl_area", "answered", "confident"])
    table = table.assign(time_period="2024/25", respondent_type="parents", asked=400)
    load_file(fresh, csv(table, tmp_path / "survey.csv"))
    cells = open_local(AT_MACHINE, fresh.where).cells("stakeholder_confidence")
    return cells.set_index("unit_id")["value"]


def test_a_survey_corrected_by_a_few_answers_hides_what_moved(tmp_path: Path) -> None:
    fresh = setting(tmp_path)
    load_file(fresh, csv(SMALL.schools, tmp_path / "s.csv"), authority="Kent")
    load_file(fresh, csv(SMALL.groups, tmp_path / "g.csv"))
    groups = SMALL.groups
    areas = sorted(groups[groups["group_kind"] == "dspl"]["group_id"].unique())
    rows = [(area, 100, 60) for area in areas]
    assert survey(fresh, rows, tmp_path).notna().all()
    fresh.folder.undo()
    far = [(areas[0], 120, 70), *rows[1:]]
    assert survey(fresh, far, tmp_path).notna().all()
    few = [(areas[0], 122, 72), *rows[1:]]
    assert survey(fresh, few, tmp_path).isna().all()
    assert survey(fresh, rows, tmp_path).isna().all(), "what was hidden stays hidden"
