"""Every number of a visit note is the command line's for the same question."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

import pytest

from sendgap.catalogue.reports import Form, ReportFigure
from sendgap.cli import main
from sendgap.store import Release
from sendgap.terms import VINTAGES, SenGroup
from sendgap.views.note_model import Cell, NoteSection, VisitNote
from sendgap.views.visit_note import visit_note

TODAY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _one_release(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line use the release that is open: it is asked some hundred times."""
    monkeypatch.setattr("sendgap.store.open_release", lambda: release)


def _note(release: Release, name: str) -> VisitNote:
    return visit_note(release, release.areas.find(name).area_code, today=TODAY)


def _cli(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    assert main([*arguments, "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def _asked(figure: ReportFigure, group: SenGroup) -> list[str]:
    asked = ["--indicator", figure.indicator_id, "--sen-group", group.value]
    asked += ["--breakdown", figure.breakdown]
    if figure.time_identifier:
        asked += ["--time-identifier", figure.time_identifier.value]
    return asked


def _same(text: str, number: str) -> bool:
    """Whether a printed figure is the command line's number, rounded to the printed places."""
    found = re.search(r"[−\d][\d,]*\.?\d*", text)
    assert found, text
    printed = found.group().replace("−", "-").replace(",", "")
    places = len(printed.partition(".")[2])
    return float(printed) == pytest.approx(float(number), abs=0.5 * 10.0**-places + 1e-9)


def _check(text: str, number: str) -> None:
    """A cell and what the command line says: the same number, or neither has one."""
    has_none = not re.search(r"\d", text) or text.startswith(("not shown", "no "))
    assert has_none == (number == ""), (text, number)
    assert has_none or _same(text, number), (text, number)


def _rows(section: NoteSection, columns: str) -> Iterator[tuple[Cell, ...]]:
    for table in section.tables:
        if columns in table.columns:
            yield from table.rows


LONG = pytest.mark.long


@pytest.mark.parametrize(
    "name",
    ["Kent", pytest.param("City of London", marks=LONG), pytest.param("Cumberland", marks=LONG)],
)
def test_every_range_is_the_command_lines(
    release: Release, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    note = _note(release, name)
    checked = gaps = 0
    for plan, section in zip(
        release.catalogue.reports["visit_note"].sections, note.sections, strict=True
    ):
        asked = [(f, g) for f in plan.figures for g in f.groups if Form.RANGE in f.forms]
        for (figure, group), cells in zip(asked, _rows(section, "England's range"), strict=True):
            found = _cli(capsys, "benchmark", *_asked(figure, group), "--area", name)
            spread = _cli(capsys, "distribution", *_asked(figure, group))[0]
            row = found[0] if found else {}
            is_count = "not compared" in cells[2].text
            for place, column in enumerate(
                ("value", "neighbour_mean", "region_value", "england"), 1
            ):
                if not (is_count and place == 2):
                    if row or place < 3:
                        _check(cells[place].text, row.get(column, ""))
            low, high = re.findall(r"(−?£?[−\d][\d,.]*)[^()]*\(", cells[5].text)
            assert _same(low, spread["minimum"]) and _same(high, spread["maximum"])
            _check_ends(cells[5].text, spread)
            if row.get("rank"):
                assert re.match(rf"=?{int(float(row['rank']))}\D", cells[6].text)
                assert f"of {int(float(row['rank_of']))}" in cells[6].text
            else:
                assert cells[6].text == "not ranked"
            _check_count(cells[2].text, row, is_count=is_count)
            if len(cells) > 7:
                gaps += _check_gap(capsys, name, figure, group, cells[7].text)
            checked += 1
    assert checked > 25 and gaps > 5  # the City of London has the fewest


def _check_ends(text: str, spread: dict[str, str]) -> None:
    """England's range names one or two authorities at an end, and counts more of them."""
    ends = re.fullmatch(r"\S+ \((.+)\) to \S+ \((.+)\)", text.replace(" points", ""))
    assert ends, text
    for said, end in zip(ends.groups(), ("minimum_areas", "maximum_areas"), strict=True):
        names = spread[end].split("; ")
        assert said == (", ".join(names) if len(names) < 3 else f"{len(names)} authorities")


def _check_count(text: str, row: dict[str, str], *, is_count: bool) -> None:
    """How many of the ten neighbours a mean rests on stands beside it unless it is all ten."""
    count = int(float(row.get("neighbour_count") or 0))
    said = re.search(r"\((\d+)/10\)", text)
    if is_count or count in (0, 10):
        assert said is None
    else:
        assert said and int(said.group(1)) == count


def _check_gap(
    capsys: pytest.CaptureFixture[str], name: str, figure: ReportFigure, group: SenGroup, text: str
) -> int:
    """The gap and its place; gives whether there is one."""
    if text == "no gap defined":
        # The command line refuses the question, or has no row to give.
        refused = main(["gaps", *_asked(figure, group), "--area", name, "--format", "csv"])
        assert refused or not capsys.readouterr().out.splitlines()[1:]
        capsys.readouterr()
        return 0
    asked = (*_asked(figure, group), "--area", name)
    level = _cli(capsys, "benchmark", *asked)
    held = [r for r in _cli(capsys, "gaps", *asked, "--period", "all") if level
            and r["time_period"] == level[0]["time_period"]]  # fmt: skip
    if text == "none":
        assert not held or held[0]["gap"] == ""
        return 0
    assert _same(text, held[0]["gap"])
    places = _cli(capsys, "benchmark", *asked, "--measure", "gap", "--period", "all")
    row = next(r for r in places if r["time_period"] == held[0]["time_period"])
    if row["rank"]:
        tied = int(float(row["tied"]))
        number = f"{'=' if tied > 1 else ''}{int(float(row['rank']))}"
        assert re.search(rf", {number}(st|nd|rd|th) of {int(float(row['rank_of']))}\b", text)
    else:
        assert ", " not in text
    return 1


@pytest.mark.parametrize("name", ["Kent", pytest.param("Isles of Scilly", marks=LONG)])
def test_every_figure_that_is_printed_is_the_command_lines(
    release: Release, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = _note(release, name).printed
    assert len(printed) > 100
    for key in {p.key for p in printed}:
        indicator, group, breakdown, identifier, whose = key
        asked = ("--indicator", indicator, "--sen-group", group, "--breakdown", breakdown,
                 "--time-identifier", identifier)  # fmt: skip
        if whose in ("", "england"):
            rows = _cli(capsys, "values", *asked, "--area", "England" if whose else name)
        else:
            beside = ("--area", name, "--neighbours", whose, "--period", "all")
            rows = _cli(capsys, "benchmark", *asked, *beside)
        said = {row["time_period"]: row for row in rows}
        for figure in (p for p in printed if p.key == key):
            row = said[figure.time_period]
            column = "value" if whose in ("", "england") else "neighbour_mean"
            _check(figure.text if figure.value is not None else "none", row[column])
            assert figure.value is not None or (figure.symbol or "") == row["symbol"]
    assert {p.whose for p in printed} == {"", "england", VINTAGES[0]}


def test_the_years_tables_hold_englands_and_the_neighbours_figures(
    release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    note = _note(release, "Kent")
    tables = [t for section in note.sections for t in section.tables]
    table = next(t for t in tables if t.caption.startswith("EHC plans within 20 weeks:"))
    asked = ("--indicator", "ehcp_20_weeks", "--sen-group", "ehc_plan")
    rows = _cli(capsys, "benchmark", *asked, "--area", "Kent", "--period", "all")
    held = {row["time_period"]: row for row in rows}
    by_name = {row[0].text: row[1:] for row in table.rows}
    for place, year in enumerate(table.columns[1:]):
        _check(by_name["England"][place].text, held[year]["england"])
        _check(by_name["Statistical neighbours"][place].text, held[year]["neighbour_mean"])
        _check(by_name["Kent"][place].text, held[year]["value"])


def test_the_change_of_a_count_is_worked_out_from_its_two_years(
    release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    section = next(s for s in _note(release, "Kent").sections if s.number == "1.3")
    cells = next(_rows(section, "Change in Kent"))
    asked = ("values", "--indicator", "ehcp_new", "--period", "all", "--area")
    for name, cell in (("Kent", cells[3]), ("England", cells[4])):
        values = [
            float(r["value"]) for r in _cli(capsys, *asked, name) if r["breakdown"] == "total"
        ]
        share = round(100 * (values[-1] - values[-2]) / values[-2])
        assert cell.text == f"{'rose' if share > 0 else 'fell'} {abs(share)}%"
