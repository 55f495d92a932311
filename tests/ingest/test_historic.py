"""A transcription of an older document is taken whole or refused whole."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sendgap import cli
from sendgap.catalogue.areas import Areas
from sendgap.catalogue.historic import Historic, read_historic
from sendgap.catalogue.load import Catalogue
from sendgap.config import paths
from sendgap.errors import CatalogueError, RefusedError
from sendgap.ingest.historic import FILE, HEADS, read, take

AREAS = Areas.load(paths().reference)


@pytest.fixture(scope="module")
def historic() -> Historic:
    return read_historic(paths().catalogue, list(Catalogue.load(paths().catalogue).indicators))


def written(folder: Path, *lines: str, heads: str = ",".join(HEADS)) -> Path:
    path = folder / "transcription.csv"
    path.write_text("\n".join((heads, *lines)) + "\n", encoding="utf-8")
    return path


def test_printed_figures_become_numbers_signs_and_periods(
    tmp_path: Path, historic: Historic
) -> None:
    path = written(
        tmp_path,
        'kent_2_2_support,support_services,Kent,2005-2006,"£9,285,371"',
        "kent_4_3_with,statements_18_weeks_all,Kent,2004/05,71*",
        "kent_4_3_with,statements_18_weeks_all,England,2004/05,n/a",
        "kent_3_2_ks2,ks2_below_3_maths,Kent,2005,%",
        "kent_1_3_new,new_statements_change,England lowest,2004-2005,-80%",
        "kent_4_4_partnership,parent_partnership_per_pupil,England,2005/06,£2.57",
    )
    take(path, tmp_path, historic, AREAS)
    found = {(f.measure_id, f.breakdown, f.area_code): f for f in read(tmp_path)}
    money = found["support_services", "total", "E10000016"]
    assert (money.value, money.time_period, money.decimals) == (9285371.0, "200506", 0)
    late = found["statements_18_weeks_all", "total", "E10000016"]
    assert (late.value, late.status) == (71.0, "provisional")
    absent = found["statements_18_weeks_all", "total", "E92000001"]
    assert (absent.value, absent.symbol, absent.symbol_published) == (None, "x", "n/a")
    assert found["ks2_below_3_maths", "total", "E10000016"].symbol == "none"
    assert found["new_statements_change", "range:lowest", "E92000001"].value == -80
    assert found["parent_partnership_per_pupil", "total", "E92000001"].decimals == 2


def test_what_is_kept_comes_out_of_a_transcription_byte_for_byte(
    tmp_path: Path, historic: Historic
) -> None:
    """The kept file, written out as a transcription and taken again, is the same file."""
    kept = paths().published / FILE
    named = {"range:lowest": "England lowest", "range:highest": "England highest"}
    lines = []
    for fact in read(paths().published):
        table = historic.tables[fact.table_id]
        area = named.get(fact.breakdown) or AREAS.by_code(fact.area_code).name
        period = fact.time_period
        period = period if len(period) == 4 else f"{period[:4]}/{period[4:]}"
        star = "*" if fact.status == "provisional" else ""
        figure = (
            fact.symbol_published
            if fact.value is None
            else (f"{fact.value:.{fact.decimals}f}{star}")
        )
        lines.append(",".join((table.id, fact.measure_id, f'"{area}"', period, figure)))
    take(written(tmp_path, *reversed(lines)), tmp_path, historic, AREAS)
    assert (tmp_path / FILE).read_bytes() == kept.read_bytes()


def test_every_fault_is_told_at_once_and_nothing_is_written(
    tmp_path: Path, historic: Historic
) -> None:
    (tmp_path / FILE).write_text("as it was", encoding="utf-8")
    path = written(
        tmp_path,
        "no_table,statements,Kent,2005,1",
        "kent_1_3_total,appeals,Kent,2005,1",
        "kent_1_3_total,statements,Atlantis,2005,1",
        "kent_1_3_total,statements,Kent,2004/05,1",
        "kent_4_4_appeals,appeals,Kent,2004/06,1",
        "kent_1_3_total,statements,Kent,2005,about ten",
        "kent_1_3_total,statements,Kent,2005",
        "kent_1_3_total,statements,Kent,1999,7",
        "kent_1_3_total,statements,886,1999,8",
    )
    with pytest.raises(RefusedError) as refusal:
        take(path, tmp_path, historic, AREAS)
    said = "\n".join(str(p) for p in refusal.value.problems)
    for words in ("line 2", "'no_table'", "line 3", "'Atlantis'", "line 5", "'2004/05'",
                  "'2004/06'", "'about ten'", "4 cells", "stands twice"):  # fmt: skip
        assert words in said
    assert (tmp_path / FILE).read_text(encoding="utf-8") == "as it was"


def test_a_file_that_is_no_transcription_is_refused(tmp_path: Path, historic: Historic) -> None:
    with pytest.raises(RefusedError, match="other heads"):
        take(written(tmp_path, heads="a,b"), tmp_path, historic, AREAS)
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(RefusedError, match="UTF-8"):
        take(tmp_path / "x.csv", tmp_path, historic, AREAS)


def test_damage_of_the_kept_file_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="cannot be read"):
        read(tmp_path)


def test_the_command_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(tmp_path))
    (tmp_path / "published").mkdir()
    path = written(tmp_path, "kent_1_3_total,statements,Kent,2005,6850")
    assert cli.main(["ingest", "--historic", str(path)]) == 0
    assert "1 figures of older documents kept" in capsys.readouterr().out
    with (tmp_path / "published" / FILE).open(encoding="utf-8") as file:
        assert [row["value"] for row in csv.DictReader(file)] == ["6850"]
    bad = written(tmp_path, "kent_1_3_total,statements,Kent,2005,?")
    assert cli.main(["ingest", "--historic", str(bad)]) == 1


def test_a_fault_of_the_catalogue_entry_is_told(tmp_path: Path) -> None:
    for name in ("historic.yaml", "historic.schema.json"):
        text = (paths().catalogue / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(
            text.replace("today: [ehcp_new]", "today: [ehcp_now]").replace(
                "of: statements_percent", "of: statement_percent", 1
            ),
            encoding="utf-8",
        )
    with pytest.raises(CatalogueError) as refusal:
        read_historic(tmp_path, list(Catalogue.load(paths().catalogue).indicators))
    said = "\n".join(str(p) for p in refusal.value.problems)
    assert "'ehcp_now'" in said and "'statement_percent'" in said
