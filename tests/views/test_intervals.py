"""Where a release holds intervals, tables and sentences have them; where not, none appear."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views.compare_areas import compare_areas
from sendgap.views.compare_model import CompareAreas
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.model import GapOverTime, SideBySide
from sendgap.views.request import Request
from sendgap.views.side_by_side import side_by_side

PERIOD, KS2 = "202223", "ks2_rwm_expected"


@pytest.fixture(scope="module")
def filled(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """A copy of the release with made-up intervals: two points to each side, five places."""
    path: Path = tmp_path_factory.mktemp("filled") / "sendgap-filled.duckdb"
    shutil.copyfile(release.path, path)
    where = f"where indicator_id in ('{KS2}', 'ehcp_20_weeks')"
    with duckdb.connect(str(path)) as made:
        made.execute(f"update observation set lower = value - 2, upper = value + 2 {where}")
        made.execute(f"update gap set gap_lower = gap - 2, gap_upper = gap + 2 {where}")
        made.execute(
            "update benchmark_both set rank_lower = greatest(rank - 5, 1), rank_upper = rank + 5 "
            f"{where} and rank is not null"
        )
    opened = Release(path, release.catalogue, release.areas)
    yield opened
    opened.close()


def ask(release: Release, indicator: str = KS2, period: str = PERIOD) -> Request:
    code = release.areas.find("Hertfordshire").area_code
    group = SenGroup.SEN_SUPPORT if indicator == KS2 else SenGroup.EHC_PLAN
    return Request(code, indicator, group, period=period)


def test_years_have_their_intervals(filled: Release) -> None:
    view = gap_over_time(filled, ask(filled, period="latest"))
    assert isinstance(view, GapOverTime)
    heads = view.chart.table.columns
    assert heads[1:6] == ("SEN support", "SEN support, 95% interval", "No SEN", "Gap",
                          "Gap, 95% interval")  # fmt: skip
    row = next(row for row in view.chart.table.rows if row[0] == "2022/23")
    assert row[2] == "24.0% to 28.0%" and row[5] == "44.0 pp to 48.0 pp"
    assert heads[view.chart.table.key_columns[-1]] == "Gap"
    covid = next(row for row in view.chart.table.rows if row[0] == "2020/21")
    assert covid[2] == "not given"


def test_an_outcome_without_a_gap_has_one_interval(filled: Release) -> None:
    view = gap_over_time(filled, ask(filled, "ehcp_20_weeks", "latest"))
    assert view.chart.table.columns[2] == "95% interval"  # type: ignore[union-attr]
    said = " ".join(view.words.sentences)
    assert "The difference from England is larger than chance alone would usually produce." in said
    assert "The place is uncertain: by level it could be 64th to 74th." in said


def test_areas_side_by_side_have_theirs_and_an_average_none(filled: Release) -> None:
    view = side_by_side(filled, ask(filled))
    assert isinstance(view, SideBySide)
    heads = view.chart.table.columns
    place = heads.index("Gap, 95% interval")
    rows = {row[0]: row for row in view.chart.table.rows}
    assert rows["Hertfordshire"][place] == "44.0 pp to 48.0 pp"
    assert next(row for name, row in rows.items() if "average" in name)[place] == "average"
    assert heads[view.chart.table.key_columns[-1]] == "Gap"


def test_every_authority_has_its_interval_and_how_far_its_place_could_be_off(
    filled: Release,
) -> None:
    view = compare_areas(filled, ask(filled), among="england", by="level")
    assert isinstance(view, CompareAreas)
    heads = view.chart.table.columns
    for head in ("SEN support, 95% interval", "Place could be", "Gap, 95% interval",
                 "Place by gap could be"):  # fmt: skip
        assert head in heads
    said = " ".join(view.words.sentences)
    assert (
        "The place is uncertain: by level it could be " in said and ", by gap it could be " in said
    )
    table = filled.benchmark(KS2, sen_group="sen_support", period=PERIOD).set_index("la_code")
    for row in view.rows:
        if row.level is not None:
            assert row.interval == f"{row.level - 2:.1f}% to {row.level + 2:.1f}%".replace("-", "−")
            first = int(table.loc[row.la_code, "rank_lower"])
            assert row.place_range.startswith(str(first))


def test_without_intervals_no_column_and_no_word_of_one(release: Release) -> None:
    held = release.rows(
        "intervals", indicator="ks4_attainment8", breakdown="total",
        time_identifier="Academic year", groups=["ehc_plan", "no_sen"], reference="no_sen",
        areas=None, period=None,
    )  # fmt: skip
    if held:
        pytest.skip("this release holds intervals of the outcome")
    request = Request(release.areas.find("919").area_code, "ks4_attainment8", SenGroup.EHC_PLAN)
    view = gap_over_time(release, request)
    assert isinstance(view, GapOverTime)
    assert not any("interval" in head for head in view.chart.table.columns)
    assert "could be chance" not in " ".join(view.words.sentences)
