"""Who is like whom at a load: from what is published, never from what is hidden."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from sendgap.local.alike import ABOUT, COVERED, PRINTED, SIMILAR, USED, Alike, alike, facts_of
from sendgap.local.demo import Demonstration, demonstration
from sendgap.local.disclosure.model import CELL_FIGURES, CELL_KEYS
from sendgap.local.lists import Lists, places
from sendgap.local.load import load_file
from sendgap.local.places import Places, Unit, UnitKind
from sendgap.local.similar import NEAREST
from sendgap.store.local import AT_MACHINE, open_local
from tests.local.small import CATALOGUE, csv, part, setting
from tests.local.test_context import CONTEXT

WHOLE = demonstration(CATALOGUE)
SMALL = part(["C01", "C02", "C10", "C11"], ["202425"], ["possible_sessions", "missed_sessions"])
BARE = ["urn", "name", "phase", "type"]


def of(demo: Demonstration) -> Places:
    return places(Lists(demo.schools, demo.groups), Unit(UnitKind.AUTHORITY, "practice", "P"))


def cells(rows: list[dict[str, object]] | None = None) -> pd.DataFrame:
    """Served cells; one of another matter where none are given."""
    plain = {"unit_kind": "authority", "unit_id": "practice", "indicator_id": "overall_absence",
             "breakdown": "total", "sen_group": "all_pupils", "time_period": "202425", "years": 1,
             "pupils": 900.0, "schools": 9.0, "value": 6.0, "symbol": "", "rule": "",
             "run_id": "r"}  # fmt: skip
    found = pd.DataFrame([plain | row for row in (rows or [{}])])
    return found.reindex(columns=[*CELL_KEYS, *CELL_FIGURES])


FOUND = alike(CONTEXT, WHOLE.schools, of(WHOLE), cells())


def number(demo: Demonstration, column: str) -> pd.Series:
    return pd.to_numeric(demo.schools.set_index("urn")[column], errors="coerce")


def listed(found: Alike, kind: str) -> pd.DataFrame:
    return found.similar[found.similar["unit_kind"] == kind]


def test_the_invented_authority_has_lists_for_nearly_all() -> None:
    about = FOUND.about[FOUND.about["units"] >= 12]
    assert set(about["compared"]) == {"school:primary", "school:secondary", "cluster"}
    assert (about["withheld"] == "").mean() > 0.9
    assert (about.loc[about["withheld"] == "", "stability"] >= 0.6).all()
    per = listed(FOUND, "cluster").groupby("unit_id").size()
    assert (per == NEAREST).all()


def test_a_school_is_set_beside_schools_of_its_phase_alone() -> None:
    phases = WHOLE.schools.set_index("urn")["phase"]
    rows = listed(FOUND, "school")
    assert len(rows) > 100
    assert (rows["unit_id"].map(phases) == rows["similar_id"].map(phases)).all()


def test_infant_schools_are_set_beside_infant_schools_alone() -> None:
    schools = WHOLE.schools.copy()
    primary = schools.index[schools["phase"] == "primary"]
    schools.loc[primary[:15], "oldest"] = 7
    found = alike(CONTEXT, schools, of(WHOLE), cells())
    infants = set(schools.loc[primary[:15], "urn"])
    rows = listed(found, "school")
    assert len(rows[rows["unit_id"].isin(infants)]) > 50
    assert (rows["unit_id"].isin(infants) == rows["similar_id"].isin(infants)).all()
    sizes = found.about.groupby("compared")["units"].first()
    assert sizes["school:infant"] == 15 and sizes["school:primary"] == len(primary) - 15


def test_with_few_units_all_others_are_shown() -> None:
    special = WHOLE.schools.loc[WHOLE.schools["phase"] == "special", "urn"]
    rows = listed(FOUND, "school")
    for urn in special:
        mine = rows[rows["unit_id"] == urn]
        assert set(mine["similar_id"]) == set(special) - {urn} and set(mine["closeness"]) == {""}


def test_weights_of_each_comparison_add_up_to_one() -> None:
    sums = FOUND.used.groupby("compared")["weight"].sum()
    assert len(sums) > 4
    for compared, total in sums.items():
        assert total == pytest.approx(1) or compared == "school:nursery", compared


def test_the_invented_context_is_drawn_apart_from_the_pupils(tmp_path: Path) -> None:
    for name in ("demonstration.yaml", "context.yaml"):
        text = (CATALOGUE / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("seed: 20250117", "seed: 1"), encoding="utf-8")
    other = demonstration(tmp_path)
    assert not other.schools.equals(WHOLE.schools)
    pd.testing.assert_frame_equal(other.pupils, WHOLE.pupils)


def test_the_invented_context_goes_together_as_published_figures_do() -> None:
    primary = WHOLE.schools.set_index("urn")["phase"] == "primary"
    names = ["fsm", "idaci", "sen_support", "stable"]
    together = pd.DataFrame({name: number(WHOLE, name)[primary] for name in names}).corr("spearman")
    assert together.at["fsm", "idaci"] > 0.6 and together.at["fsm", "sen_support"] > 0.25
    assert together.at["fsm", "stable"] < -0.2


def areas_by_hand(demo: Demonstration) -> pd.DataFrame:
    """Clusters' figures by pandas: pupils summed, everything else by its pupils."""
    table = demo.groups[demo.groups["group_kind"] == "cluster"].merge(demo.schools, on="urn")
    for name in CONTEXT.variables:
        if name != "rural":
            table[name] = pd.to_numeric(table[name], errors="coerce")
    table["rural"] = table["rural"].str.startswith("Rural").astype(float)
    table["sen"] = table["pupils"] * (table["sen_support"] + table["ehc_plan"]) / 100
    rows = {}
    for key, mine in table.groupby("group_id"):
        row = {"pupils": float(mine["pupils"].sum())}
        for name in ("fsm", "idaci", "eal", "stable", "rural", "sen_support", "ehc_plan"):
            row[name] = float(np.average(mine[name], weights=mine["pupils"]))
        for name, out_of in (("asd", "sen"), ("semh", "sen"), ("slcn", "sen"),
                             ("sen_places", "pupils")):  # fmt: skip
            known = mine[mine[name].notna() & mine[out_of].notna()]
            share = min(1.0, known[name].sum() / known[out_of].sum()) if len(known) else np.nan
            covered = known["pupils"].sum() / mine["pupils"].sum()
            row[name] = share if covered >= COVERED else np.nan
        rows[str(key)] = row
    return pd.DataFrame(rows).T


def test_an_areas_figures_are_those_of_its_schools_by_their_pupils(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: dict[str, dict[str, float]] = {}
    from sendgap.local import alike as module

    real = module.Comparison.of

    def watched(units: list[str], variables: list[module.Variable]) -> module.Comparison:
        if "C01" in units:
            for variable in variables:
                seen[variable.label] = dict(zip(units, variable.values, strict=True))
        return real(units, variables)

    monkeypatch.setattr(module.Comparison, "of", watched)
    alike(CONTEXT, WHOLE.schools, of(WHOLE), cells())
    by_hand = areas_by_hand(WHOLE)
    for name, variable in CONTEXT.variables.items():
        per = 100 if variable.is_percent else 1
        mine = pd.Series(seen[name])
        np.testing.assert_allclose(mine * per, by_hand.loc[mine.index, name], err_msg=name)


def test_special_schools_count_with_all_their_pupils() -> None:
    facts = facts_of(CONTEXT, WHOLE.schools)
    assert (facts.loc[facts["phase"] == "special", "sen_places"] == 0).all()
    used = FOUND.used[FOUND.used["variable"] == "sen_places"].set_index("compared")
    assert used.at["school:special", "weight"] == 0 and used.at["school:special", "known"] == 5
    assert used.at["dspl", "weight"] > 0


def test_a_list_without_context_falls_back_on_what_is_shown_and_no_hidden_figure_enters() -> None:
    bare = WHOLE.schools[BARE]
    primary = bare.loc[bare["phase"] == "primary", "urn"].tolist()
    draw = np.random.default_rng(5)
    rows: list[dict[str, object]] = []
    for place, urn in enumerate(primary):
        for indicator, group in (("sen_support_prevalence", "sen_support"),
                                 ("ehcp_prevalence", "ehc_plan")):  # fmt: skip
            is_hidden = group == "ehc_plan" and place % 9 == 0
            rows.append({
                "unit_kind": "school", "unit_id": urn, "indicator_id": indicator,
                "sen_group": group, "pupils": float(draw.integers(60, 500)),
                "value": float(draw.uniform(2, 30)), "symbol": "c" if is_hidden else "",
            })  # fmt: skip
    found = alike(CONTEXT, bare, of(WHOLE), cells(rows))
    poisoned = [row | {"value": 99.0} if row["symbol"] == "c" else row for row in rows]
    emptied = [row | {"value": np.nan} if row["symbol"] == "c" else row for row in rows]
    assert poisoned != rows
    same(found, alike(CONTEXT, bare, of(WHOLE), cells(poisoned)))
    same(found, alike(CONTEXT, bare, of(WHOLE), cells(emptied)))
    used = found.used[found.used["compared"] == "school:primary"].set_index("variable")
    assert used.loc[["pupils", "sen_support", "ehc_plan"], "source"].tolist() == ["shown"] * 3
    assert used["weight"].gt(0).sum() == 3
    changed = [row | {"value": 40.0 - float(str(row["value"]))} for row in rows]
    assert not found.about.equals(alike(CONTEXT, bare, of(WHOLE), cells(changed)).about)


def same(one: Alike, other: Alike) -> None:
    for name in ("similar", "about", "used", "printed"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_other_pupils_in_the_rows_give_the_same_lists(tmp_path: Path) -> None:
    """From rows to database: with a full school list nothing of the pupils' rows enters."""
    tables = []
    for turn, pupils in enumerate((SMALL.pupils, other_pupils(SMALL.pupils))):
        found = setting(tmp_path / str(turn))
        (tmp_path / str(turn)).mkdir()
        at = tmp_path / str(turn)
        load_file(found, csv(with_secret(SMALL.schools), at / "s.csv"), authority="Kent")
        load_file(found, csv(SMALL.groups, at / "groups.csv"))
        load_file(found, csv(pupils, at / "pupils.csv"))
        tables.append(kept(found.where.local / found.folder.current().database))
    one, other = tables
    assert not one["cell"].equals(other["cell"])
    for name in ("alike", "alike_about", "alike_used", "alike_printed"):
        pd.testing.assert_frame_equal(one[name], other[name])
    assert len(one["alike"]) and list(one["alike"].columns) == list(SIMILAR)
    assert list(one["alike_about"].columns) == list(ABOUT)
    assert list(one["alike_used"].columns) == list(USED)
    assert list(one["alike_printed"].columns) == list(PRINTED)
    nothing_of_the_list_is_kept(one)


def other_pupils(pupils: pd.DataFrame) -> pd.DataFrame:
    """The same rolls with SEN given to other pupils, and to more of them in some schools."""
    draw = np.random.default_rng(8)
    found = pupils.copy()
    found["sen"] = draw.permutation(found["sen"].to_numpy())
    return found


def kept(path: Path) -> dict[str, pd.DataFrame]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [row[0] for row in connection.execute("show tables").fetchall()]
        return {name: connection.table(name).df() for name in names}


#: Published of one school: its roll, its shares with SEN and its numbers by need.
SECRET = {"pupils": "5771", "sen_support": "13.37", "ehc_plan": "7.77", "asd": "613", "semh": "617",
          "slcn": "619", "sen_places": "331"}  # fmt: skip


def with_secret(schools: pd.DataFrame) -> pd.DataFrame:
    found = schools.astype(object).reset_index(drop=True)
    for name, figure in SECRET.items():
        found.loc[0, name] = figure
    return found


def nothing_of_the_list_is_kept(tables: dict[str, pd.DataFrame]) -> None:
    """No table that is served has a school's roll, shares with SEN or numbers by need."""
    shares = {f"{float(figure) / 100:.4f}" for figure in SECRET.values()}
    for name in tables.keys() - {"cell", "reconciled", "audit"}:
        table = tables[name]
        for column in table:
            for cell in table[column]:
                text = f"{cell:.4f}" if isinstance(cell, float) else str(cell)
                said = text.rstrip("0").rstrip(".") if "." in text else text
                assert said not in SECRET.values() and text not in shares, (name, column)


def test_what_is_printed_is_what_is_published_and_of_no_few_children() -> None:
    facts = facts_of(CONTEXT, WHOLE.schools)
    told = hidden = 0
    for urn, name, _, said in FOUND.printed.to_numpy():
        value, roll = facts.at[urn, name], facts.at[urn, "roll"]
        if said.endswith("%") and name != "idaci":
            assert float(said[:-1]) == pytest.approx(100 * value, abs=0.5)
            assert min(value, 1 - value) * roll >= 5.5
            told += 1
        elif name in ("fsm", "eal"):
            assert said == "x" and min(value, 1 - value) * roll < 6.5
            hidden += 1
    assert told > 80 and hidden > 5


def test_a_database_made_before_still_opens(tmp_path: Path) -> None:
    found = setting(tmp_path)
    load_file(found, csv(SMALL.schools[BARE], tmp_path / "schools.csv"), authority="Kent")
    load_file(found, csv(SMALL.groups, tmp_path / "groups.csv"))
    load_file(found, csv(SMALL.pupils, tmp_path / "pupils.csv"))
    path = found.where.local / found.folder.current().database
    with duckdb.connect(str(path)) as connection:
        for name in ("alike", "alike_about", "alike_used", "alike_printed"):
            connection.execute(f"drop table {name}")
    held = open_local(AT_MACHINE, found.where)
    assert held.similar_about("school", "900001").empty and len(held.units("school"))
    held.close()
