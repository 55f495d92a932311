"""The file of the page about plans and placements is checked with the whole catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sendgap.catalogue.load import Catalogue
from sendgap.config import PROJECT
from sendgap.errors import CatalogueError

SHIPPED = PROJECT / "data" / "catalogue"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(SHIPPED, copy)
    return copy


def problems(folder: Path) -> str:
    with pytest.raises(CatalogueError) as caught:
        Catalogue.load(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("number: ehcp_caseload", "number: ehcp_caselode", "'ehcp_caselode'"),
        ('["placement:unit"]', '["placement:units"]', "no figures by 'placement:units'"),
        ('["placement:unit"]', '["placement:mainstream"]', "stands in two groups"),
        ('      - "placement:eotas"\n', "", "'placement:eotas' stands in no class"),
        ('unknown: "need:unknown"', 'unknown: "need:none"', "no figures by 'need:none'"),
        ("  mediation: mediation_requests\n", "", "mediation"),
        ('"age:3", "age:4"]', '"age:3", "age:44"]', "no figures by 'age:44'"),
        ("  appeals: tribunal_appeal_rate\n", "  appeal: tribunal_appeal_rate\n", "appeal"),
    ],
)
def test_a_fault_is_told_with_the_file(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "plans.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    told = problems(folder)
    assert "plans.yaml" in told and said in told


def test_a_missing_schema_is_told(folder: Path) -> None:
    (folder / "plans.schema.json").unlink()
    assert "plans.schema.json" in problems(folder)


def test_a_catalogue_may_have_no_such_page(folder: Path) -> None:
    (folder / "plans.yaml").unlink()
    assert Catalogue.load(folder).plans is None


def test_the_classes_hold_every_cut_once() -> None:
    catalogue = Catalogue.load(SHIPPED)
    assert catalogue.plans is not None
    placed = [cut for _, cuts in catalogue.plans.placement.classes for cut in cuts]
    for indicator_id in (catalogue.plans.placement.all, catalogue.plans.placement.new):
        held = {series.breakdown for series in catalogue.indicators[indicator_id].series}
        assert sorted(placed) == sorted(held)
