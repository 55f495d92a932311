"""The page that tells how to add an indicator is followed word for word."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from sendgap.cli import main
from sendgap.config import PROJECT
from tests.support import shared_data
from tests.worlds import text, zip_file

PAGE = (PROJECT / "docs" / "adding-an-indicator.md").read_text(encoding="utf-8")
ENTRY = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = re.findall(r"python -m sendgap (ingest|values) ?(.*)", PAGE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the page's entry added to the catalogue."""
    data = tmp_path / "data"
    for part in ("catalogue", "reference"):
        shutil.copytree(PROJECT / "data" / part, data / part)
    named = re.search(r"`data/catalogue/indicators/(\w+\.yaml)`", PAGE)
    assert named and len(ENTRY) == 1
    path = data / "catalogue" / "indicators" / named[1]
    assert not path.exists()
    # The other indicators only make the release larger, but for those another file names.
    others = [p for p in (data / "catalogue").glob("*.yaml") if p.name != "headline.yaml"]
    named_elsewhere = " ".join(p.read_text(encoding="utf-8") for p in others)
    for other in path.parent.glob("*.yaml"):
        if other.stem not in named_elsewhere:
            other.unlink()
    (data / "catalogue" / "headline.yaml").write_text(f"- {path.stem}\n", encoding="utf-8")
    path.write_text(ENTRY[0], encoding="utf-8")
    monkeypatch.setenv("SENDGAP_DATA", str(data))
    return data


def england(capsys: pytest.CaptureFixture[str], archive: Path) -> str:
    (ingest, _), (values, arguments) = COMMANDS
    assert main([ingest, str(archive)]) == 0
    capsys.readouterr()
    assert main([values, *arguments.split(), "--format", "csv"]) == 0
    header, row = capsys.readouterr().out.splitlines()
    return dict(zip(header.split(","), row.split(","), strict=True))["value"]


def test_the_page_adds_an_indicator_to_a_small_file(
    folder: Path, tmp_path: Path, capsys: Any
) -> None:
    row = {
        "time_period": "202425", "time_identifier": "Academic year",
        "geographic_level": "National", "country_code": "E92000001",
        "open_supp_intern": "3", "open_apprentice": "41",
    }  # fmt: skip
    archive = zip_file(tmp_path / "plans.zip", {"data/w.csv": text("internships", [row])})
    assert float(england(capsys, archive)) == 41


def test_the_page_prints_the_published_figure(folder: Path, capsys: Any) -> None:
    (archive,) = (shared_data() / "raw" / "sen2_2025").glob("*.zip")
    said = re.search(r"prints ([\d,]+) for England", PAGE)
    assert said
    assert float(england(capsys, archive)) == int(said[1].replace(",", ""))
