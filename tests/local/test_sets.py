"""Groups of schools that a person chooses: approved, shown, taken away, never unseen (R8)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sendgap.cli import main
from sendgap.errors import LocalError, UnknownNameError
from sendgap.local.disclosure.model import CELL_KEYS
from sendgap.local.load import load_file
from sendgap.local.sets import add_set, remove_set, sets_of
from sendgap.local.setting import Setting
from sendgap.store.local import AT_MACHINE, open_local
from tests.local.small import csv, loaded_as_real, part, setting

SMALL = part(["C01", "C02", "C10", "C11"], ["202425"], ["possible_sessions", "missed_sessions"])
URNS = sorted(SMALL.schools["urn"])
CLUSTERS = SMALL.groups[SMALL.groups["group_kind"] == "cluster"]
#: Two schools of each of three clusters.
ACROSS = frozenset(CLUSTERS.groupby("group_id").head(2)["urn"].head(6))


@pytest.fixture
def loaded(tmp_path: Path) -> Setting:
    return loaded_as_real(tmp_path, SMALL)


def cells(loaded: Setting) -> pd.DataFrame:
    return open_local(AT_MACHINE, loaded.where).all_cells().set_index(list(CELL_KEYS))


def of_sets(found: pd.DataFrame) -> pd.DataFrame:
    return found[found.index.get_level_values("unit_kind") == "set"]


def test_a_group_is_shown_beside_the_others_and_costs_them_nothing(loaded: Setting) -> None:
    before = cells(loaded)
    done = add_set(loaded, "North and  west", ACROSS)
    after = cells(loaded)
    own = of_sets(after)
    assert own["value"].notna().any()
    others = after.drop(own.index)
    pd.testing.assert_frame_equal(
        others.drop(columns="run_id").sort_index(), before.drop(columns="run_id").sort_index()
    )
    assert done.lines == (f"North and west, a group of 6 schools: {own['value'].notna().sum()} "
                          f"figures are shown and {(own['symbol'] == 'c').sum()} are hidden to "
                          "protect children",)  # fmt: skip
    assert open_local(AT_MACHINE, loaded.where).names("set") == {"north-and-west": "North and west"}


def test_its_figures_are_those_of_its_schools_pupils(loaded: Setting) -> None:
    add_set(loaded, "Ours", ACROSS)
    rows = SMALL.pupils[SMALL.pupils["urn"].isin(ACROSS)]
    own = of_sets(cells(loaded)).xs("overall_absence", level="indicator_id").reset_index()
    whole = own[(own["breakdown"] == "total") & own["value"].notna()]
    assert len(whole)
    codes = {"no_sen": ["N"], "sen_support": ["K"], "ehc_plan": ["E"], "any_sen": ["K", "E"],
             "all_pupils": ["N", "K", "E"]}  # fmt: skip
    for cell in whole.to_dict("records"):
        mine = rows[rows["sen"].isin(codes[cell["sen_group"]])]
        rate = 100 * mine["missed_sessions"].sum() / mine["possible_sessions"].sum()
        assert cell["value"] == pytest.approx(rate, abs=0.0501) and cell["pupils"] == len(mine)


def cluster(number: int) -> list[str]:
    return sorted(
        CLUSTERS[CLUSTERS["group_id"] == sorted(set(CLUSTERS["group_id"]))[number]]["urn"]
    )


@pytest.mark.parametrize(
    ("name", "urns", "says"),
    [
        ("Two", URNS[:2], "2 schools: choose 3 or more"),
        ("Unknown", [*URNS[:4], "1"], "school 1 is not in the list"),
        ("All but one", URNS[1:], "one school more or less than Kent"),
        ("More", [*cluster(0), cluster(1)[0]], "one school more or less than"),
        ("!", URNS[:5], "a name of 1 to 80"),
    ],
)
def test_a_group_that_would_give_a_school_away_is_refused(
    loaded: Setting, name: str, urns: list[str], says: str
) -> None:
    step = loaded.folder.current()
    with pytest.raises(LocalError, match=says):
        add_set(loaded, name, urns)
    assert loaded.folder.current() == step


def test_a_group_taken_away_still_stands_in_the_way_of_one_like_it(loaded: Setting) -> None:
    add_set(loaded, "Ours", ACROSS)
    told = of_sets(cells(loaded))
    done = remove_set(loaded, "ours")
    assert done.lines[0].startswith("Ours is shown no more")
    assert of_sets(cells(loaded)).empty and not sets_of(loaded, loaded.folder.current())
    with pytest.raises(LocalError, match="one school more or less than"):
        add_set(loaded, "Nearly ours", sorted(ACROSS)[1:])
    add_set(loaded, "Ours", ACROSS)
    again = of_sets(cells(loaded))
    columns = ["pupils", "numerator", "value", "symbol"]
    pd.testing.assert_frame_equal(again[columns], told[columns])


def test_a_group_lives_on_through_the_next_return(loaded: Setting, tmp_path: Path) -> None:
    add_set(loaded, "Ours", ACROSS)
    nexts = SMALL.pupils.assign(time_period="202526")
    load_file(loaded, csv(nexts, tmp_path / "next.csv"))
    assert set(of_sets(cells(loaded)).index.get_level_values("time_period")) == {"202425", "202526"}
    with pytest.raises(LocalError, match="called Ours already"):
        add_set(loaded, "ours", URNS[:5])
    with pytest.raises(UnknownNameError, match="Ours"):
        remove_set(loaded, "theirs")


def test_commands(
    loaded: Setting, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sendgap.cli_local._setting", lambda: loaded)
    monkeypatch.setenv("SENDGAP_DATA", str(loaded.where.data))
    assert main(["local", "set", "list"]) == 0
    schools = ", ".join(sorted(ACROSS))
    assert main(["local", "set", "add", "Ours", "--schools", schools, "--dry-run"]) == 0
    assert of_sets(cells(loaded)).empty
    assert main(["local", "set", "add", "Ours", "--schools", schools]) == 0
    assert main(["local", "set", "list"]) == 0
    said = capsys.readouterr().out
    assert "No group of schools has been added" in said and f"Ours: {schools}" in said
    values = ["local", "values", "--indicator", "overall_absence", "--level", "set"]
    assert main([*values, "--format", "csv"]) == 0
    assert "Ours" in capsys.readouterr().out
    assert main(["local", "set", "remove", "Ours"]) == 0
    assert main(["local", "set", "remove", "Ours"]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_nothing_is_grouped_before_anything_is_shown(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="No local figures are shown yet"):
        add_set(setting(tmp_path), "Ours", URNS[:4])
