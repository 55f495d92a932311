"""What is taken away carries its method, definitions and licences."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sendgap.errors import NoAnswerError
from sendgap.export import export
from sendgap.store import Release

ASKED = {"indicators": ["ks2_rwm_expected"], "area": ["Hertfordshire", "England"]}


def test_csv_comes_with_a_text_on_method_beside_it(release: Release, tmp_path: Path) -> None:
    table, method = export(release, tmp_path / "gaps.csv", **ASKED)
    rows = pd.read_csv(table, dtype={"time_period": str})
    same = release.gaps("ks2_rwm_expected", area=["Hertfordshire", "England"])
    assert list(rows.columns) == list(same.columns)
    assert len(rows) == len(same)
    text = method.read_text(encoding="utf-8")
    indicator = release.catalogue.indicator("ks2_rwm_expected")
    for words in (release.release_id, indicator.definition, indicator.cannot_say,
                  "Open Government Licence", "Gap: "):  # fmt: skip
        assert words in text


def test_parquet_keeps_every_value_as_it_is(release: Release, tmp_path: Path) -> None:
    table, _ = export(release, tmp_path / "values.parquet", table="values", **ASKED)
    same = release.values("ks2_rwm_expected", area=["Hertfordshire", "England"])
    assert pd.read_parquet(table)["value"].tolist()[-1] == same["value"].tolist()[-1]
    assert len(pd.read_parquet(table)) == len(same)


def test_a_workbook_opens_with_tables_definitions_sources_and_method(
    release: Release, tmp_path: Path
) -> None:
    (path,) = export(release, tmp_path / "book.xlsx", **ASKED)
    sheets = pd.read_excel(path, sheet_name=None, dtype={"time_period": str})
    assert list(sheets) == ["values", "gaps", "indicators", "sources", "method"]
    gaps = sheets["gaps"]
    row = gaps[(gaps.area_name == "Hertfordshire") & (gaps.time_period == "202425")
               & (gaps.sen_group == "ehc_plan")]  # fmt: skip
    assert row.gap.item() == 65
    assert sheets["indicators"].indicator_id.tolist() == ["ks2_rwm_expected"]


def test_another_ending_is_refused_and_nothing_written(release: Release, tmp_path: Path) -> None:
    with pytest.raises(NoAnswerError, match=r"\.csv, \.xlsx or \.parquet"):
        export(release, tmp_path / "gaps.docx", **ASKED)
    assert list(tmp_path.iterdir()) == []


def test_gaps_of_indicators_without_a_gap_say_what_to_export(
    release: Release, tmp_path: Path
) -> None:
    with pytest.raises(NoAnswerError, match="--table values"):
        export(release, tmp_path / "gaps.csv", indicators=["ehcp_20_weeks"])
