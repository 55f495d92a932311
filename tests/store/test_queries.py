"""The four tables and the named queries: columns, grain, refusals and many readers."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from pandas.testing import assert_frame_equal

import sendgap.store
from sendgap.config import PROJECT, Paths
from sendgap.errors import NoAnswerError, ReleaseError, UnknownNameError
from sendgap.store import Release, open_release
from sendgap.store.release import sql
from sendgap.terms import VINTAGES, Measure, Reference, ValueType

SQL = Path(sendgap.store.__file__).parent / "sql"

#: The contract: commands, files and people's own programs rely on these, in this order.
COLUMNS = {
    "values": (
        "indicator_id, area_code, la_code, area_name, geographic_level, time_period, "
        "time_identifier, breakdown, sen_group, value, value_text, numerator, denominator, lower, "
        "upper, symbol, symbol_published, status, basis, source_id, counts_source_id"
    ),
    "gaps": (
        "indicator_id, area_code, la_code, area_name, geographic_level, time_period, "
        "time_identifier, breakdown, sen_group, reference, sen_value, reference_value, gap, "
        "gap_lower, gap_upper, ratio, previous_period, change_previous, change_previous_reason, "
        "change_baseline, baseline_period, symbol, status, basis, source_id, "
        "change_previous_lower, change_previous_upper, change_baseline_lower, "
        "change_baseline_upper"
    ),
    "benchmark": (
        "indicator_id, measure, reference, sen_group, breakdown, time_period, time_identifier, "
        "area_code, la_code, area_name, value, lower, upper, symbol, sen_value, reference_value, "
        "england, region, region_value, neighbour_mean, neighbour_pooled, neighbour_count, "
        "neighbour_min, neighbour_max, vintage, rank, rank_of, tied, rank_lower, rank_upper, "
        "quartile, minimum, q25, median, q75, maximum, previous_period, change_previous, "
        "change_baseline, baseline_period, position_england, position_neighbours, position_basis, "
        "status, basis, source_id, change_previous_lower, change_previous_upper, "
        "change_baseline_lower, change_baseline_upper"
    ),
    "distribution": (
        "indicator_id, measure, reference, sen_group, breakdown, time_period, time_identifier, "
        "source_id, england, minimum, minimum_areas, q25, median, q75, maximum, maximum_areas, "
        "areas"
    ),
}

#: What makes a row of an answer the only one of its kind.
GRAIN = {
    "values": "area_code time_period sen_group",
    "gaps": "area_code time_period sen_group",
    "benchmark": "area_code time_period sen_group",
    "distribution": "time_period sen_group",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_has_the_columns_of_the_contract_in_their_order(
    release: Release, name: str
) -> None:
    table = getattr(release, name)("ks2_rwm_expected")
    assert list(table.columns) == COLUMNS[name].split(", ")


@pytest.mark.parametrize("name", COLUMNS)
def test_a_row_of_an_answer_stands_once_for_every_indicator(release: Release, name: str) -> None:
    for indicator in release.catalogue.indicators.values():
        refuses = (
            not indicator.series
            or (name == "gaps" and not indicator.has_gap)
            or (name != "values" and indicator.value_type is ValueType.CATEGORY)
        )
        if refuses:
            with pytest.raises(NoAnswerError, match=f"{indicator.id}|not published by anybody"):
                getattr(release, name)(indicator.id, period="all")
        else:
            table = getattr(release, name)(indicator.id, period="all")
            assert len(table), indicator.id
            assert not table.duplicated(GRAIN[name].split()).any(), indicator.id


def test_all_sources_stand_beside_each_other_once(release: Release) -> None:
    table = release.values("ks2_rwm_expected", source="all")
    assert table.source_id.nunique() == 2
    assert not table.duplicated(["area_code", "time_period", "sen_group", "source_id"]).any()


def test_thresholds_add_three_counts_that_make_up_the_areas(release: Release) -> None:
    table = release.distribution("ks2_rwm_expected", thresholds=(10.0, 65.5))
    assert list(table.columns)[-6:] == [
        "above_10", "at_10", "below_10", "above_65.5", "at_65.5", "below_65.5",
    ]  # fmt: skip
    assert (table.above_10 + table.at_10 + table.below_10 == table.areas).all()
    assert table.at_10.sum() > 0


def test_latest_is_one_period_of_all_areas(release: Release) -> None:
    for name in ("values", "gaps", "benchmark"):
        table = getattr(release, name)("ks2_rwm_expected", sen_group="ehc_plan", period="latest")
        assert set(table.time_period) == {"202425"}


def test_every_named_query_is_used_and_says_what_a_row_is() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / "sendgap").rglob("*.py")
    )
    for path in SQL.glob("*.sql"):
        assert re.search(rf'"{path.stem}"', text), f"{path.name} is not asked for anywhere"
        assert sql(path.stem).startswith(f"-- {path.stem}: "), path.name


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("vintage", VINTAGES)
def test_each_list_of_neighbours_answers_with_its_own_columns(
    release: Release, vintage: str, measure: Measure
) -> None:
    """The queries read the table that keeps the lists side by side; the view takes it apart."""
    columns = (
        "area_code, sen_group, vintage, neighbour_mean, neighbour_pooled, neighbour_count, "
        "neighbour_min, neighbour_max, position_neighbours, position_basis"
    )
    table = release.benchmark("ks2_rwm_expected", measure=measure, neighbours=vintage)
    with release._connection.cursor() as cursor:
        view = cursor.execute(
            f"select {columns} from benchmark where indicator_id = 'ks2_rwm_expected' "
            "and measure = $1 and vintage = $2 and is_latest and breakdown = 'total' "
            "and reference in ('none', 'no_sen')",
            [measure.value, vintage],
        ).df()
    key = ["sen_group", "area_code"]
    assert_frame_equal(
        table[list(view.columns)].sort_values(key, ignore_index=True),
        view.sort_values(key, ignore_index=True),
    )
    assert table.neighbour_mean.notna().any()


@pytest.mark.parametrize("reference", Reference)
def test_a_level_stands_beside_what_its_gap_is_set_against(
    release: Release, reference: Reference
) -> None:
    indicator = next(
        i for i in release.catalogue.indicators.values() if i.has_gap and reference in i.references
    )
    gaps = release.gaps(indicator.id, reference=reference, period="latest")
    levels = release.benchmark(indicator.id, reference=reference)
    both = levels.merge(gaps, on=["area_code", "sen_group", "time_period", "source_id"])
    assert both.reference_value_x.notna().any()
    assert both.reference_value_x.equals(both.reference_value_y)
    assert set(both.reference_x) == {reference}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"indicator": "ks2_rwm"}, ["indicator 'ks2_rwm'", "ks2_rwm_expected"]),
        ({"area": "Hertfordshre"}, ["area 'Hertfordshre'", "Hertfordshire"]),
        ({"sen_group": "ehc"}, ["SEN group 'ehc'", "ehc_plan"]),
        ({"period": "last year"}, ["period of ks2_rwm_expected 'last year'", "latest", "202425"]),
        ({"time_identifier": "Autumn"}, ["time identifier", "Academic year"]),
        ({"breakdown": "phase:nursery"}, ["breakdown", "total"]),
        ({"source": "lait2"}, ["source", "lait"]),
    ],
)
def test_a_name_that_is_not_known_is_refused_with_the_nearest(
    release: Release, asked: dict[str, str], words: list[str]
) -> None:
    with pytest.raises(UnknownNameError) as refusal:
        release.values(**{"indicator": "ks2_rwm_expected", **asked})  # type: ignore[arg-type]
    for word in words:
        assert word in str(refusal.value)


def test_an_indicator_without_a_gap_says_what_to_ask_instead(release: Release) -> None:
    for indicator in ("ehcp_20_weeks", "ehcp_prevalence"):
        with pytest.raises(NoAnswerError, match="ask 'values' or 'benchmark --measure value'"):
            release.gaps(indicator)


def test_many_readers_at_once_get_their_own_rows(release: Release) -> None:
    codes = [area.area_code for area in release.areas.local_authorities()]
    alone = {code: _gaps_of(release, code) for code in codes}
    asked = [codes[number % len(codes)] for number in range(8 * 200)]
    with ThreadPoolExecutor(max_workers=8) as readers:
        answers = list(readers.map(lambda code: (code, _gaps_of(release, code)), asked))
    assert len(answers) == 1600
    assert [code for code, rows in answers if rows != alone[code]] == []


def _gaps_of(release: Release, code: str) -> list[tuple[object, ...]]:
    question = release.ask("ks2_rwm_expected", area=code, measure="gap").parameters()
    wanted = "indicator areas groups reference breakdown time_identifier period".split()
    rows = release.rows("gaps", **{key: question[key] for key in wanted})
    assert {row[1] for row in rows} == {code}
    return rows


def _place(folder: Path) -> Paths:
    (folder / "releases").mkdir()
    return Paths(folder)


def test_without_a_release_it_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="python -m sendgap build"):
        open_release(_place(tmp_path))


def test_a_release_file_that_is_gone_is_said_like_none(tmp_path: Path) -> None:
    place = _place(tmp_path)
    (place.releases / "CURRENT").write_text("sendgap-gone.duckdb\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match="python -m sendgap build"):
        open_release(place)


@pytest.mark.parametrize("content", [b"", b"not a database at all"])
def test_a_half_made_release_is_refused_in_plain_words(tmp_path: Path, content: bytes) -> None:
    place = _place(tmp_path)
    (place.releases / "sendgap-half.duckdb").write_bytes(content)
    (place.releases / "CURRENT").write_text("sendgap-half.duckdb\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match="sendgap-half.duckdb"):
        open_release(place)


def test_a_database_that_is_no_release_is_refused_in_plain_words(tmp_path: Path) -> None:
    place = _place(tmp_path)
    duckdb.connect(str(place.releases / "sendgap-other.duckdb")).close()
    (place.releases / "CURRENT").write_text("sendgap-other.duckdb\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match="sendgap-other.duckdb"):
        open_release(place)
