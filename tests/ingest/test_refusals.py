"""A file that cannot be used is refused in plain words, and nothing that is held changes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sendgap.ingest import published
from tests.ingest.conftest import World
from tests.worlds import COLUMNS, csv_file, lait_file, text, zip_file

BARNET = {"old_la_code": "302", "new_la_code": "E09000003", "la_name": "Barnet"}
NEET = text("neet", [BARNET, {**BARNET, "old_la_code": "303", "new_la_code": ""}])
PLANS = text(
    "timeliness", [{**BARNET, "plans_issued_den_ex": "8", "plans_issued_20_weeks_ex": "5"}]
)


def tribunal(**cells: str) -> str:
    row = {"la_name": "Kent", "appeals_registered": "1", "appealable_decisions": "4"}
    return text("tribunal", [row, {**row, "la_name": "Barnet", **cells}])


def neet(**cells: str) -> str:
    return text("neet", [BARNET, {**BARNET, "old_la_code": "303", "new_la_code": "", **cells}])


def progress(value: str, lower: str, upper: str) -> str:
    """Progress 8 of a year with its published limits."""
    cells = {
        "time_period": "202223", "geographic_level": "Local authority", "region_name": "",
        "la_name": "Waltham Forest",
        "characteristic_sen_description": "Any SEN", "avg_p8score": value,
        "p8score_ci_low": lower, "p8score_ci_upp": upper,
    }  # fmt: skip
    return f"{','.join(cells)}\n{','.join(cells.values())}\n"


def write(name: str, content: str | bytes) -> Callable[[Path], Path]:
    """Makes the file in a folder."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def cut_zip(folder: Path) -> Path:
    path = zip_file(folder / "cut.zip", {"neet.csv": NEET})
    path.write_bytes(path.read_bytes()[:-30])
    return path


def damaged_zip(folder: Path) -> Path:
    """A zip whose list is whole and whose member is not."""
    path = zip_file(folder / "damaged.zip", {"neet.csv": NEET * 50})
    content = bytearray(path.read_bytes())
    content[150:160] = bytes(10)
    path.write_bytes(bytes(content))
    return path


def locked_zip(folder: Path) -> Path:
    """A zip that asks for a password: its flags say so."""
    path = zip_file(folder / "locked.zip", {"neet.csv": NEET})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    return path


def without(family: str, column: str) -> str:
    columns = [name if name != column else "renamed" for name in COLUMNS[family]]
    return text(family, [], columns=columns)


#: Each fault with the words that the message must have: where, what was found, what to do.
FAULTS: dict[str, tuple[Callable[[Path], Path], tuple[str, ...]]] = {
    "an empty file": (write("n.csv", ""), ("n.csv: the file is empty", "downloaded")),
    "an empty first line": (write("n.csv", "\n1,2\n"), ("n.csv: its first line is empty",)),
    "an empty zip": (lambda f: zip_file(f / "n.zip", {}), ("n.zip: the zip is empty",)),
    "a header only": (
        write("n.csv", NEET.splitlines()[0] + "\n"),
        ("n.csv: 0 rows and no figure", "load the whole file"),
    ),
    "a gzip cut short": (
        write("n.csv.gz", gzip.compress(NEET.encode())[:-12]),
        ("n.csv.gz: the compressed data are cut short or damaged", "download it again"),
    ),
    "a gzip cut in its header": (
        write("n.csv.gz", gzip.compress(NEET.encode())[:20]),
        ("n.csv.gz: it cannot be read", "downloaded"),
    ),
    "a gzip that is none": (write("n.csv.gz", NEET), ("n.csv.gz: it cannot be read",)),
    "a zip cut short": (cut_zip, ("cut.zip: the zip cannot be opened", "downloaded")),
    "a damaged zip": (damaged_zip, ("damaged.zip!neet.csv: it cannot be unpacked",)),
    "a zip with a password": (locked_zip, ("locked.zip!neet.csv: it cannot be unpacked",)),
    "a table in a zip that is no CSV": (
        lambda f: zip_file(f / "n.zip", {"n.parquet": b"PAR1"}),
        ("n.zip!n.parquet: only CSV files are read inside a zip",),
    ),
    "a Parquet file that is none": (
        write("n.parquet", b"PAR1 and nothing"),
        ("n.parquet: it cannot be read",),
    ),
    "another kind of file": (
        write("n.tsv", "a\tb\n"),
        ("n.tsv: it is not a CSV, CSV.GZ, Parquet or ZIP file",),
    ),
    "a line cut in the middle": (
        write("n.csv", NEET[: NEET.rindex("Barnet") + 3]),
        ("n.csv, line 3: it has 10 cells where the first line has 23", "cut short"),
    ),
    "a line with a cell too many": (
        write("n.csv", NEET.replace("303,", "303,,")),
        ("n.csv, line 3: it has 24 cells where the first line has 23",),
    ),
    "an open quotation mark": (
        write("n.csv", NEET.replace("303,", '303,"')),
        ("n.csv, line 3: a quotation mark is not closed",),
    ),
    "text that is not UTF-8": (
        write("n.csv", NEET.replace("303,,Barnet", "303,,Zo\xeb").encode("cp1252")),
        ("n.csv, line 3: it is not UTF-8 text", "CSV file in UTF-8"),
    ),
    "a first line that is not UTF-8": (
        write("n.csv", NEET.encode("utf-16")),
        ("n.csv: its first line is not UTF-8 text",),
    ),
    "columns of no publication": (
        write("n.csv", "name,colour\nBarnet,red\n"),
        ("belong to no publication that is known (name, colour)", "sendgap sources"),
    ),
    "one column renamed": (
        write("n.csv", without("neet", "NEET_NK_EHCP_percent")),
        ("it is nearest to neet_la but lacks the columns NEET_NK_EHCP_percent", "first line"),
    ),
    "one column renamed that is not needed to know the file": (
        write("n.csv", without("timeliness", "PC_plans_issued_20_weeks_ex")),
        ("it is timeliness_20_week but lacks the columns PC_plans_issued_20_weeks_ex",),
    ),
    "text in a number column": (
        write("t.csv", tribunal(appeal_rate="about 2")),
        ("t.csv, appeal_rate: text 'about 2' on 1 row, first on line 3", "'-', '..', 'x'"),
    ),
    "a decimal comma": (
        write("t.csv", tribunal(appeals_registered="12,5")),
        ("t.csv, appeals_registered: text '12,5' on 1 row, first on line 3",),
    ),
    "a number that is none": (
        write("t.csv", tribunal(appeals_registered="NaN")),
        ("text 'NaN' on 1 row, first on line 3", "write a number or one of the symbols"),
    ),
    "a number without end": (write("t.csv", tribunal(appeals_registered="inf")), ("text 'inf'",)),
    "a symbol that the source does not use": (
        write("n.csv", neet(NEET_NK_EHCP_percent="..")),
        ("n.csv, NEET_NK_EHCP_percent: text '..' on 1 row, first on line 3", "'c', 'z', 'x'"),
    ),
    "an empty cell where the source has none": (
        write("p.csv", PLANS.replace(",5,", ",,")),
        ("p.csv, plans_issued_20_weeks_ex: an empty cell on 1 row, first on line 2",),
    ),
    "an unknown area": (
        write("t.csv", tribunal(la_name="Barnett")),
        ("t.csv, la_name: area 'Barnett' is not known", "write Barnet", "area_alias.csv"),
    ),
    "an unknown code": (
        write("n.csv", neet(old_la_code="999")),
        ("area '999' is not known", "area_alias.csv"),
    ),
    "no area": (write("t.csv", tribunal(la_name="")), ("t.csv, la_name: area '' is not known",)),
    "the same figure twice": (
        write("n.csv", text("neet", [BARNET, BARNET])),
        ("n.csv, lines 2 and 3: 2 rows for neet_or_not_known, total", "keep one row"),
    ),
    "a school year labelled as a calendar year": (
        write("p.csv", PLANS.replace("2024,Calendar", "202425,Calendar")),
        ("p.csv, time_period: period '202425' labelled 'Calendar year'", "write the period"),
    ),
    "an unknown kind of period": (
        write("p.csv", PLANS.replace("Calendar year", "Calender year")),
        ("p.csv, time_period: period '2024' labelled 'Calender year'",),
    ),
    "an impossible school year": (
        write("e.csv", text("exclusions", [{**{"la_name": "Kent"}, "time_period": "202326"}])),
        ("e.csv, time_period: period '202326'",),
    ),
    "a period newer than the catalogue knows": (
        write("n.csv", neet(time_period="2024")),
        ("n.csv: figures for 2024, newer than the edition of 2023-07-13", "--edition"),
    ),
    "a term that the catalogue still waits for": (
        write(
            "e.csv",
            text(
                "exclusions",
                [{"la_name": "Kent", "time_period": "202425", "time_identifier": "Summer term"}],
            ),
        ),
        ("e.csv: figures for 202425 Summer term, newer than the edition of", "--edition"),
    ),
    "a newer year of one measure of many": (
        lambda f: lait_file(f / "l.parquet", [("KS2RWM_Expected_STD", "2026", "Kent", "60")]),
        ("l.parquet: figures for 202526, newer than the edition of 2026-04-08", "--edition"),
    ),
    "a count below zero": (
        write("t.csv", tribunal(appeals_registered="-3")),
        ("t.csv, line 3: ", "a count below zero (-3 of 4)", "zero or more"),
    ),
    "a part above its whole": (
        write("t.csv", tribunal(appeals_registered="5")),
        ("t.csv, line 3: tribunal_appeal_rate, E09000003, 2024: "
         "a numerator above its denominator (5 of 4)", "never more than its whole"),
    ),
    "limits the wrong way round": (
        write("a.csv", progress("0.30", "-0.10", "0.10")),
        ("a.csv, line 2: ks4_progress8, E09000031, 202223: 0.3 with limits -0.1 to 0.1",
         "the lower limit first"),
    ),
    "another publication under a known name": (
        write("UD_NEETNK_LA_dashboard_2023_final.csv", "la_name,pupils\nBarnet,3\n"),
        ("UD_NEETNK_LA_dashboard_2023_final.csv: its columns belong to no publication",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_plain_words_and_changes_nothing(
    world: World, tmp_path: Path, command: Any, fault: str
) -> None:
    world.take(csv_file(tmp_path / "held.csv", "tribunal", [
        {"la_name": "Kent", "time_period": "2014", "appeals_registered": "1",
         "appealable_decisions": "2"},
    ]))  # fmt: skip
    before = world.bytes()
    make, expected = FAULTS[fault]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    answer = command("ingest", make(inbox))
    said = answer.out + answer.err
    assert answer.status == 1
    assert world.bytes() == before
    assert not [words for words in expected if words not in said], said
    assert "Nothing was loaded" in answer.err
    assert " Error" not in said and "Traceback" not in said


def test_missing_paths_and_empty_folders_are_all_named(
    world: World, tmp_path: Path, command: Any
) -> None:
    (tmp_path / "hollow").mkdir()
    answer = command("ingest", tmp_path / "gone.csv", tmp_path / "hollow")
    assert answer.status == 1
    assert f"{tmp_path / 'gone.csv'}: no such file or folder" in answer.err
    assert f"{tmp_path / 'hollow'}: the folder is empty" in answer.err
    assert not world.published.exists()


def test_every_fault_of_a_file_is_told_at_once(world: World, tmp_path: Path) -> None:
    rows = [
        {"la_name": "Barnett", "appeals_registered": "many", "appealable_decisions": "4"},
        {"la_name": "Kent", "time_period": "24", "appeal_rate": "nil"},
    ]
    said = world.refuse(csv_file(tmp_path / "t.csv", "tribunal", rows))
    for words in ("'Barnett'", "'many'", "'nil'", "period '24'"):
        assert words in said


def test_a_file_of_other_places_names_a_few_of_them(world: World, tmp_path: Path) -> None:
    rows = [{"la_name": f"Place {n}", "appeal_rate": "1%"} for n in range(500)]
    said = world.refuse(csv_file(tmp_path / "t.csv", "tribunal", rows))
    assert "500 areas are not known, of which 20 are named here" in said
    assert len(said.splitlines()) == 21


def test_lines_are_counted_in_the_file_and_not_among_the_rows_in_use(
    world: World, tmp_path: Path
) -> None:
    other = {"la_name": "Kent", "basis": "other"}
    rows = [other, other, {"la_name": "Kent", "appeals_registered": "?"}, other]
    said = world.refuse(csv_file(tmp_path / "t.csv", "tribunal", rows))
    assert "text '?' on 1 row, first on line 4" in said


def test_one_bad_member_keeps_the_good_ones_out(world: World, tmp_path: Path) -> None:
    bad = PLANS.replace("Barnet", "Barnet").replace("302", "999")
    verdicts = world.load(
        zip_file(tmp_path / "two.zip", {"good.csv": NEET, "bad.csv": bad, "more.csv": NEET})
    )
    assert [v.verdict for v in verdicts] == ["skipped", "refused", "skipped"]
    assert verdicts[0].what == "neet_scorecard: neet_la: not loaded, another was refused"
    assert not world.published.exists()


def test_one_bad_file_keeps_the_good_ones_out(world: World, tmp_path: Path) -> None:
    good = csv_file(tmp_path / "good.csv", "neet", [BARNET])
    said = world.refuse(good, write("bad.csv", "a,b\n")(tmp_path))
    assert "bad.csv" in said and "good.csv" not in said


def changed(**cells: str) -> str:
    return text("neet", [{**BARNET, "NEET_NK_EHCP_percent": "10", **cells}])


def test_the_same_edition_with_other_figures_needs_leave(
    world: World, tmp_path: Path, command: Any
) -> None:
    world.take(csv_file(tmp_path / "n.csv", "neet", [BARNET]))
    other = write("other.csv", changed())(tmp_path)
    said = world.refuse(other)
    assert "other.csv: 1 figure differs from those held of the same edition, 2023-07-13" in said
    assert "--edition" in said and "--replace" in said
    world.take(other, replace=True)
    assert 10.0 in [value for (value,) in world.figures("neet_scorecard", "value")]


def test_a_symbol_in_the_place_of_a_figure_differs(world: World, tmp_path: Path) -> None:
    world.take(csv_file(tmp_path / "n.csv", "neet", [BARNET]))
    said = world.refuse(write("other.csv", changed(NEET_NK_EHCP_percent="c"))(tmp_path))
    assert "1 figure differs" in said


def test_fewer_figures_of_the_same_edition_need_leave(world: World, tmp_path: Path) -> None:
    bexley = {"old_la_code": "303"}
    world.take(csv_file(tmp_path / "n.csv", "neet", [BARNET, bexley]))
    cut = csv_file(tmp_path / "cut.csv", "neet", [BARNET])
    assert "4 figures are missing of those held of the same edition" in world.refuse(cut)
    world.take(cut, replace=True)
    assert len(world.figures("neet_scorecard", "value")) == 4


def test_other_areas_in_the_place_of_those_held_need_leave(world: World, tmp_path: Path) -> None:
    world.take(csv_file(tmp_path / "n.csv", "neet", [BARNET]))
    other = csv_file(tmp_path / "other.csv", "neet", [{"old_la_code": "303"}])
    assert "4 figures are missing" in world.refuse(other)


def test_the_same_file_again_changes_nothing(world: World, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "n.csv", "neet", [BARNET])
    world.take(file)
    before = world.bytes()
    world.take(file, file)
    assert world.bytes() == before


@pytest.mark.parametrize("name", ["neet_scorecard.parquet", "loads.csv"])
def test_figures_held_that_cannot_be_read_are_named(
    world: World, tmp_path: Path, command: Any, name: str
) -> None:
    file = csv_file(tmp_path / "n.csv", "neet", [BARNET])
    world.take(file)
    (world.published / name).write_bytes(b"source_id\nneet_scorecard\n")
    before = world.bytes()
    answer = command("ingest", file)
    assert answer.status == 1
    assert f"{name}: the file that holds earlier figures cannot be read" in answer.err
    assert "restore it" in answer.err
    assert world.bytes() == before


def test_a_place_that_cannot_be_written_is_named(
    world: World, tmp_path: Path, command: Any
) -> None:
    world.published.write_text("a file where the folder should be")
    answer = command("ingest", csv_file(tmp_path / "n.csv", "neet", [BARNET]))
    assert answer.status == 1
    assert str(world.published) in answer.err
    assert world.published.read_text() == "a file where the folder should be"


def test_a_full_disk_is_named_and_leaves_every_byte(
    world: World, tmp_path: Path, command: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.take(csv_file(tmp_path / "n.csv", "neet", [BARNET]))
    before = world.bytes()

    def full(_connection: object, target: Path) -> None:
        target.write_bytes(b"half")
        raise duckdb.IOException("IO Error: No space left on device")

    monkeypatch.setattr(published, "write", full)
    answer = command("ingest", write("next.csv", changed())(tmp_path), "--edition", "2024-01-01")
    assert answer.status == 1
    assert "the figures cannot be written" in answer.err
    assert "free space on the disk" in answer.err
    assert world.bytes() == before


def test_verdicts_can_be_had_as_json(world: World, tmp_path: Path, command: Any) -> None:
    file = zip_file(
        tmp_path / "z.zip",
        {"n.csv": NEET, "w.csv": "setting_type,placements\nAll,1\n", "bad.csv": "a,b\n1,2\n"},
    )
    answer = command("check", file, "--json")
    assert answer.status == 1
    good, known, bad = json.loads(answer.out)
    assert good == {
        "member": "z.zip!n.csv", "verdict": "skipped",
        "what": "neet_scorecard: neet_la: not loaded, another was refused",
        "rows_read": 2, "rows_taken": 8, "edition": "2023-07-13", "changes": [], "problems": [],
    }  # fmt: skip
    assert (known["verdict"], known["what"]) == (
        "skipped",
        "Alternative provision placements by setting",
    )
    assert bad["verdict"] == "refused"
    assert [sorted(problem) for problem in bad["problems"]] == [["found", "where", "write"]]
    assert bad["problems"][0]["where"] == "z.zip!bad.csv"
