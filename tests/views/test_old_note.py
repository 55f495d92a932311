"""The older documents' tables come out again, number by number, with what they derive."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from sendgap.config import paths
from sendgap.store import Release
from sendgap.views.old_note import old_note
from sendgap.views.old_note_model import OldNote, OldTable
from tests.support import shared_data
from tests.views.test_wording import NEVER

#: A year, a school year or a span of years: heads and not figures.
YEARS = r"(?:19|20)\d\d\s*(?:[-–/]\s*\d{1,4})?"
NUMBER = r"(?<![\w.])[+-]?£?\d[\d,]*(?:\.\d+)?"
#: Numbers of the Kent note's sections that stand in headings, prose and the chart's axis.
PROSE = {
    "1.2": [1.2, 1.2, 2],
    "1.3": [63, 14, 150, 80, 0, 19, 1.5, 1.7, 1.9, 2.1, 2.3, 2.5, 2.7],
    "2.1": [2.2] * 6, "2.2": [1.2], "2.3": [5, 15], "2.4": [1, 1.2], "3.2": [1, 2, 50, 16],
    "4.3": [43, 43, 18, 18], "4.4": [10000] * 4,
}  # fmt: skip
#: Figures that stand in prose without their sign: "a reduction of 14%".
UNSIGNED = {"1.3": [-80, -14], "2.4": [-1]}
FILES = {
    "kent_2006": "kent-sen-adviser-visit-note-2006.txt",
    "south_west_2011": "south-west-sen-hub-report-2011.txt",
    "southend_2013": "southend-sen-strategy-2013-16.txt",
    "hertfordshire_2015": "hertfordshire-send-strategy-2015-18.txt",
    "dfe_2018": "dfe-national-send-position-2018.txt",
}


@pytest.fixture(scope="module")
def note(release: Release) -> OldNote:
    return old_note(release)


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return pd.read_csv(paths().published / "historic.csv", dtype={"time_period": str})


def tables(note: OldNote) -> Iterator[OldTable]:
    for document in note.documents:
        yield from document.tables


def document_text(name: str) -> str:
    return (shared_data().parent / "documents" / FILES[name]).read_text(encoding="utf-8")


def numbers_of(text: str) -> Counter[float]:
    found = re.findall(NUMBER, re.sub(YEARS, " ", text))
    return Counter(float(re.sub("[£,+]", "", each)) for each in found)


def test_every_number_of_every_table_of_the_kent_note_is_kept_and_no_other(
    facts: pd.DataFrame, note: OldNote
) -> None:
    parts = re.split(r"(?m)^(\d\.\d)\.? ", document_text("kent_2006"))
    place = {table.id: table.place for table in tables(note)}
    kent = facts[facts.source_id == "kent_2006"]
    kent = kent.assign(place=kent.table_id.map(place))
    for section, body in zip(parts[1::2], parts[2::2], strict=True):
        printed = numbers_of(body.partition("Commentary")[0])
        printed.subtract(PROSE.get(section, []))
        printed.update(UNSIGNED.get(section, []))
        kept = Counter(kent[kent.place == section].value.dropna())
        assert +printed == kept, section
    assert len(kent) == 192


def drawn(note: OldNote, document: str) -> dict[str, list[str]]:
    """The cells of a document's tables that hold figures, by place."""
    found: dict[str, list[str]] = {}
    for table in note.document(document).tables:
        cells = [cell for row in table.figures.rows for cell in row[2:] if cell[-1:] != "e"]
        found.setdefault(table.place, []).extend(cells)
    return found


def test_every_cell_drawn_stands_in_its_document(note: OldNote) -> None:
    for document in FILES:
        text = document_text(document)
        plain = re.sub(r"[,£%+]", "", text)
        for place, cells in drawn(note, document).items():
            for cell in cells:
                wanted = re.sub(r"[,£%]| p$", "", cell).replace("−", "")
                assert wanted in plain, (document, place, cell)


def test_kents_tables_are_drawn_as_they_stand(note: OldNote) -> None:
    by_id = {table.id: table.figures for table in tables(note)}
    rows = by_id["kent_1_3_percent"].rows
    text = document_text("kent_2006")
    for row in rows:
        line = r"\s+".join(re.escape(cell.removesuffix("%")) for cell in row[2:])
        assert re.search(row[1] + r"\s+" + line, text), row
    assert by_id["kent_1_3_percent"].columns[2:] == tuple(str(y) for y in range(1999, 2006))
    assert by_id["kent_4_3_with"].rows[1][-1] == "71% p"
    assert by_id["kent_3_2_ks2"].rows[1][-1] == "none"


def _line(facts: pd.DataFrame, measure: str, area: str) -> pd.DataFrame:
    own = facts[(facts.indicator_id == measure) & (facts.breakdown == "total")]
    return own[own.area_code == area].dropna(subset=["value"]).sort_values("time_period")


KENT, ENGLAND = "E10000016", "E92000001"


def test_every_derived_figure_is_worked_out_a_second_way(
    facts: pd.DataFrame, note: OldNote
) -> None:
    """Sums over the kept facts, by what each label says it is."""
    seen: Counter[str] = Counter()
    labels = {t.id: dict(_labels(t)) for t in tables(note)}
    for table in tables(note):
        for made in table.worked_out:
            measure = labels[table.id].get(made.label.split(", ")[0])
            kind, value = _second(facts, table, made.label, measure)
            if kind:
                seen[kind] += 1
                assert made.value == pytest.approx(value), made.label
    assert seen["difference"] > 40 and seen["change"] > 15 and seen["position"] > 8
    assert seen["population"] == 6


@cache
def _entry() -> dict[str, Any]:
    text = (paths().catalogue / "historic.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text)["tables"])


def _labels(table: OldTable) -> Iterator[tuple[str, str]]:
    for measure, words in _entry()[table.id]["measures"].items():
        yield words["label"].split(", ")[0], measure


def _second(
    facts: pd.DataFrame, table: OldTable, label: str, measure: str | None
) -> tuple[str, float]:
    if label.startswith("Pupils that"):
        area = KENT if "Kent" in label else ENGLAND
        number, rate = (
            _line(facts, m, area).set_index("time_period").value
            for m in ("appeals", "appeals_per_10000")
        )
        period = label[-7:].replace("/", "")
        return "population", number[period] / rate[period] * 10_000
    several = [m for _, m in _labels(table)]
    if measure is None or len({label for label, _ in _labels(table)}) != len(several):
        return "", 0.0
    if "less England" in label:
        ours, theirs = (_line(facts, measure, a).set_index("time_period").value
                        for a in (KENT, ENGLAND))  # fmt: skip
        period = re.sub(r"\D", "", label.rsplit(", ", 1)[1])
        return "difference", round(ours[period] - theirs[period], 2)
    if "share of the way" in label:
        own = facts[facts.indicator_id == measure]
        low, high = (own[own.breakdown == f"range:{e}"].value.item() for e in ("lowest", "highest"))
        return "position", 100 * (_line(facts, measure, KENT).value.iloc[-1] - low) / (high - low)
    if "change from" in label:
        line = _line(facts, measure, KENT if "Kent" in label else ENGLAND).value
        if not len(line):
            return "", 0.0
        if _entry()[table.id]["measures"][measure]["unit"] == "percent":
            return "change", line.iloc[-1] - line.iloc[0]
        return "change", 100 * (line.iloc[-1] / line.iloc[0] - 1)
    return "", 0.0


def test_what_the_documents_print_is_met_but_for_what_is_said(note: OldNote) -> None:
    checked = [w for t in tables(note) for w in t.worked_out if w.agrees is not None]
    differs = {w.label.split(",")[0]: (w.printed, w.document) for w in checked if not w.agrees}
    assert differs == {
        "Pupils in Southend's schools": ("2.8%", "2.7%"),
        "Children with a statement": ("3.1%", "3.2%"),
    }
    agreed = {(w.printed, w.document) for w in checked if w.agrees}
    assert {("−29.4%", "−29%"), ("13.4%", "13.4%"), ("8.42%", "8.42%"), ("−22.9%", "−23%"),
            ("£31,374", "£31,374"), ("15.4%", "15.4%"), ("20.43%", "20.43%")} <= agreed  # fmt: skip


def test_contradictions_that_are_told_follow_from_the_figures(note: OldNote) -> None:
    by_id = {table.id: table for table in tables(note)}
    together = {w.label.split(", ")[1].split(":")[0]: w.printed
                for w in by_id["kent_2_4_changes"].worked_out if "together" in w.label}  # fmt: skip
    assert together == {"Kent": "15.7%", "England": "64.6%"}
    told = by_id["kent_2_4_changes"].notes[0]
    assert all(each in told for each in (*together.values(), "around 15%", "50%"))
    assert round(11.65 - 2.41 + 6.19, 1) == 15.4 and "15.4%" in told
    assert round(29.48 + 12.44 + 13.05, 1) == 55.0 and "55.0%" in told
    text = document_text("kent_2006")
    assert "has been around 15%" in text and "around 50%" in text
    assert "a little below the national average" in text and round(100 * (41 - 30) / 41) == 27
    assert "0.5% - £20.4%" in text
    first = [10_000 * n / 2.99 for n in (18.5, 19.5)]
    last = [10_000 * n / 3.04 for n in (21.5, 22.5)]
    assert [round(x, -2) for x in (*first, *last)] == [61900, 65200, 70700, 74000]
    assert "61,900 to 65,200" in by_id["kent_4_4_appeals"].notes[0]
    deck = document_text("dfe_2018")
    assert "2.9% of 5-16 pop" in deck and "'2.8%'" in deck


def test_lines_of_section_251_say_that_they_have_no_source_and_others_what_took_their_place(
    note: OldNote, release: Release
) -> None:
    for table in tables(note):
        assert bool(table.today) != bool(table.no_source), table.id
        assert all(i in release.catalogue.indicators for i in table.today_ids)
        pounds = any("£" in cell for row in table.figures.rows for cell in row)
        if pounds and table.document_id == "kent_2006":
            assert "Section 251" in table.no_source
    said = [c for c in note.words.caveats if "Section 251" in c]
    assert len(said) == 8


def test_history_is_in_no_release_and_its_words_are_safe(note: OldNote, release: Release) -> None:
    with (paths().published / "historic.csv").open(encoding="utf-8") as file:
        held = {row["indicator_id"] for row in csv.DictReader(file)}
    assert not held & set(release.catalogue.indicators)
    assert "historic" not in release.catalogue.sources
    for text in (note.words.finding, *note.words.sentences, *note.words.caveats,
                 *(n for t in tables(note) for n in t.notes)):  # fmt: skip
        assert not [word for word in NEVER if word in text.lower()], text
    for table in tables(note):
        for each in filter(None, (table.figures, table.derived)):
            assert all(len(row) == len(each.columns) for row in each.rows)
            assert all(cell for row in each.rows for cell in row)


def test_without_kept_figures_there_are_no_rows(release: Release, tmp_path: Path) -> None:
    from sendgap.config import Paths

    made = old_note(release, Paths(tmp_path))
    assert not any(table.figures.rows for table in tables(made))
