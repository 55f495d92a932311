"""Data and help: each view by its link, with figures that plain SQL and the record give too."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest

from sendgap.cli import _parser
from sendgap.config import PROJECT, paths
from sendgap.store import Release
from sendgap.ui import begin, downloads
from sendgap.ui.selection import DATA_VIEWS
from sendgap.views.changed import NONE, changed
from sendgap.views.held import accepted, held_view
from sendgap.views.held_years import NOTHING, HeldYears, held_years
from sendgap.views.loads import checks
from sendgap.views.model import Table
from tests.pages.visits import captions, heading, html, links, notice, text, visit


@pytest.fixture
def years(release: Release) -> HeldYears:
    return held_years(release, held_view(release).states)


@pytest.mark.parametrize("view", DATA_VIEWS)
def test_each_view_opens_by_its_link_and_keeps_the_area(view: str) -> None:
    at = visit(begin.DATA, area="919", view=view)
    assert heading(at)
    assert at.query_params["area"] == "919"
    assert at.query_params.get("view", "held") == view
    at.switch_page(begin.START).run()
    assert "Hertfordshire" in heading(at)


def test_a_view_needs_no_area() -> None:
    at = visit(begin.DATA, view="checks")
    assert "files are loaded" in heading(at)
    assert at.query_params["view"] == "checks"
    at.get("button_group")[0].set_value("load").run()
    assert at.query_params["view"] == "load"


def test_an_unknown_view_says_so() -> None:
    assert "View “attic” is not known" in notice(visit(begin.DATA, view="attic"))


def test_every_outcome_has_a_row_that_leads_to_it(years: HeldYears, release: Release) -> None:
    at = visit(begin.DATA, area="919")
    assert [row.indicator_id for row in years.rows] == list(release.catalogue.indicators)
    found = [link for link in links(at) if link.startswith("gap?")]
    assert len(found) == len(years.rows)
    assert all("area=919" in link for link in found)


def test_cells_are_what_plain_sql_counts(years: HeldYears, release: Release) -> None:
    """Every cell against a count of its own in the release."""
    with duckdb.connect(str(release.path), read_only=True) as connection:
        for row in years.rows:
            indicator = release.catalogue.indicators[row.indicator_id]
            counted = connection.execute(
                """
                select case when length(time_period) = 4 then time_period::int
                    else left(time_period, 4)::int + 1 end as year,
                    count(value) + count(value_text),
                    count(*) filter (area_code = 'E92000001' and (value is not null
                        or value_text is not null)) > 0,
                    count(*) filter (area_code ~ '^E(06|07|08|09|10)' and symbol = 'c'),
                    count(*) filter (area_code ~ '^E(06|07|08|09|10)' and (value is not null
                        or value_text is not null))
                from observation where indicator_id = ? and breakdown = ? and time_identifier = ?
                group by year
                """,
                [indicator.id, indicator.default_breakdown, indicator.time_identifier.value],
            ).fetchall()
            expected = {year: rest for year, *rest in counted if rest[0] or rest[2]}
            assert set(row.cells) == set(expected), row.indicator_id
            for year, (_, england, hidden, filled) in expected.items():
                cell = row.cells[year].split()
                assert ("E" in cell) == england and ("L" in cell) == (filled > 0)
                assert ("c" in cell) == (hidden > 0)
                if hidden and 100 * hidden / (hidden + filled) >= 1:
                    assert cell[-1] == f"{100 * hidden / (hidden + filled):.0f}%"


def test_states_are_those_of_the_status_command(years: HeldYears) -> None:
    states = {row.state for row in years.rows}
    assert {"current", "stale", "needs a local return"} <= states
    for row in years.rows:
        assert (row.state == "needs a local return") == (not row.cells)


def test_outcomes_are_filtered_by_word_and_theme(years: HeldYears) -> None:
    at = visit(begin.DATA)
    at.text_input(key="find-outcome").set_value("tribunal").run()
    assert "SEND Tribunal appeal rate" in html(at)
    assert "Attainment 8" not in html(at)
    at.text_input(key="find-outcome").set_value("moonlight").run()
    assert "No outcome matches “moonlight”." in text(at)
    themed = years.matching("", years.themes[0])
    assert themed and all(row.theme == years.themes[0] for row in themed)
    assert years.table(years.rows, 3).columns[2:] == tuple(map(str, years.years[:3]))
    assert NOTHING in {cell for row in years.table(years.rows).rows for cell in row}


def test_the_record_of_loads_is_whole(release: Release) -> None:
    view = checks(release, paths().published)
    with (paths().published / "loads.csv").open(encoding="utf-8") as file:
        record = list(csv.DictReader(file))
    assert len(view.loaded.rows) == len(record)
    assert f"{len(record)} files are loaded." in view.finding
    taken = sum(int(row[4].replace(",", "")) for row in view.loaded.rows)
    assert taken == sum(int(row["rows_taken"]) for row in record)


def test_agreement_is_what_the_verification_page_says(release: Release) -> None:
    view = checks(release, paths().published)
    *parts, whole = view.agreement.rows
    assert whole[0] == "all"
    for column in (3, 4, 5, 6):
        numbers = [int(row[column].replace(",", "")) for row in parts]
        assert sum(numbers) == int(whole[column].replace(",", ""))
    assert len(view.outcomes.rows) == len(release.catalogue.indicators)
    unexplained = [int(row[5].replace(",", "") or 0) for row in view.outcomes.rows]
    assert unexplained == sorted(unexplained, reverse=True)
    # A check of two outcomes together stands under each of them.
    assert sum(unexplained) >= int(whole[6].replace(",", ""))
    assert len(view.traps.rows) >= 34


def test_every_table_that_is_read_is_listed(release: Release) -> None:
    rows = accepted(release).rows
    assert len(rows) == len(list(release.catalogue.tables()))
    assert all(row[-1].startswith("https://") for row in rows)


def test_the_commands_on_the_page_are_real() -> None:
    said = (PROJECT / "docs" / "loading-data.md").read_text(encoding="utf-8")
    parser = _parser()
    lines = [
        line.split() for line in said.split("`") if line.strip().startswith("python -m sendgap")
    ]
    assert len(lines) >= 4
    for words in lines:
        assert parser.parse_args(words[3:]).command == words[3]
    assert parser.parse_args(["ingest", "PATH", "--replace"]).replace


@pytest.fixture
def earlier(release: Release, tmp_path: Path) -> Iterator[Path]:
    """A release before this one: two figures are other ones, one is not there yet."""
    path = tmp_path / "sendgap-2020-01-01-earlier.duckdb"
    shutil.copy(release.path, path)
    with duckdb.connect(str(path)) as connection:
        key = (
            "indicator_id = 'ks4_attainment8' and time_period = '202425' and sen_group = 'ehc_plan'"
        )
        connection.execute(
            f"update observation set value = value - 3 where {key} and area_code = 'E10000015'"
        )
        connection.execute(
            f"update observation set value = value + 1 where {key} and area_code = 'E10000016'"
        )
        connection.execute(f"delete from observation where {key} and area_code = 'E06000033'")
    yield path


def test_changes_lists_what_differs_largest_first(release: Release, earlier: Path) -> None:
    view = changed(release, earlier)
    assert view.finding.startswith("3 figures differ between release 2020-01-01-earlier and ")
    assert "in 1 of" in view.finding
    (summary,) = view.summary.rows
    assert summary[1:4] == ("2", "1", "0")
    rows = {row[1]: row for row in view.figures.rows}
    assert rows["Hertfordshire"][7] == "+3" and rows["Kent"][7] == "\N{MINUS SIGN}1"
    assert rows["Southend-on-Sea"][5] == NONE
    places = [row[1] for row in view.of(summary[0]).rows]
    assert places.index("Hertfordshire") < places.index("Kent")
    value = release.values(
        "ks4_attainment8", area="Hertfordshire", sen_group="ehc_plan", period="202425"
    )
    assert float(rows["Hertfordshire"][6]) == value["value"].iloc[0]


def test_a_single_release_has_nothing_to_be_set_against(release: Release, tmp_path: Path) -> None:
    shutil.copy(release.path, tmp_path / release.path.name)
    alone = Release(tmp_path / release.path.name, release.catalogue, release.areas)
    assert "Only one release is on disk" in changed(alone).finding
    alone.close()


def test_a_release_of_the_same_figures_differs_in_none(release: Release, tmp_path: Path) -> None:
    same = tmp_path / "sendgap-same.duckdb"
    shutil.copy(release.path, same)
    assert changed(release, same).finding.startswith("No figure differs")


def test_the_statement_says_what_does_not_work() -> None:
    at = visit(begin.DATA, view="accessibility")
    assert heading(at) == "Accessibility statement"
    for said in (
        "WCAG) version 2.2",
        "What does not, and why",
        "has **not** been tested with people",
    ):
        assert said in text(at)


def test_files_hold_the_tables_as_they_stand(years: HeldYears) -> None:
    table = years.table(years.rows)
    other = Table("Other", ("A",), (("=1",),))
    book = openpyxl.load_workbook(io.BytesIO(downloads.workbook({"Years": table, "Other": other})))
    assert book.sheetnames == ["Years", "Other"]
    assert book["Years"].max_row == len(table.rows) + 1
    rows = list(csv.reader(io.StringIO(downloads.csv(table).decode("utf-8-sig"))))
    assert tuple(rows[0]) == table.columns
    assert len(rows) == len(table.rows) + 1


def test_each_view_names_its_release(release: Release) -> None:
    for view in DATA_VIEWS:
        assert release.release_id in captions(visit(begin.DATA, view=view))
