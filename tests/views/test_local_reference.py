"""What local figures are set against: no SEN, of the same years, and only of shown ones."""

from __future__ import annotations

from typing import cast

import pandas as pd
import pytest

from sendgap.catalogue.load import Catalogue
from sendgap.config import paths
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import Reference, SenGroup
from sendgap.views import local_figures as figures
from sendgap.views.local_outcome import England, Reading
from sendgap.views.local_unit import Figure, gap_words

INDICATORS = Catalogue.load(paths().catalogue).indicators
YEARS = ("202223", "202324", "202425")
#: Of each year's pupils without SEN: how many there are and how many reached it.
NO_SEN = ((200, 150), (210, 149), (190, 141))


def frame(hidden: str = "") -> pd.DataFrame:
    """One DSPL area's cells: all SEN of three years together, no SEN year by year."""
    rows = [("any_sen", YEARS[-1], 3, 120.0, 30.0, 25.0, "")]
    for year, (pupils, reached) in zip(YEARS, NO_SEN, strict=True):
        told = (
            (None, None, "c") if year == hidden else (reached, round(100 * reached / pupils, 1), "")
        )
        rows.append(("no_sen", year, 1, float(pupils), *told))  # type: ignore[arg-type]
    names = ["sen_group", "time_period", "years", "pupils", "numerator", "value", "symbol"]
    table = pd.DataFrame(rows, columns=names).assign(
        unit_kind="dspl", unit_id="D1", name="Area 1", indicator_id="ks2_rwm_expected",
        breakdown="total", lower=None, upper=None,
    )  # fmt: skip
    return table.astype({"numerator": float, "value": float, "lower": float, "upper": float})


def test_years_together_are_set_against_the_same_years_without_sen() -> None:
    indicator = INDICATORS["ks2_rwm_expected"]
    cells = figures.cells(frame(), indicator)
    own = figures.newest(figures.of_group(cells, "any_sen"))
    beside = figures.same_years(indicator, cells, SenGroup.NO_SEN, own)
    whole = round(100 * sum(x for _, x in NO_SEN) / sum(n for n, _ in NO_SEN), 1)
    assert own is not None and beside is not None
    assert (beside.value, beside.pupils, beside.years) == (whole, 600.0, 3)
    assert own.gap == pytest.approx(whole - 25.0)


@pytest.mark.parametrize("hidden", YEARS)
def test_a_hidden_year_leaves_the_years_together_without_a_gap(hidden: str) -> None:
    indicator = INDICATORS["ks2_rwm_expected"]
    cells = figures.cells(frame(hidden), indicator)
    own = figures.newest(figures.of_group(cells, "any_sen"))
    assert own is not None and own.gap is None
    assert figures.same_years(indicator, cells, SenGroup.NO_SEN, own) is None


def test_no_local_gap_is_to_all_pupils() -> None:
    published = {i.default_reference for i in INDICATORS.values()}
    assert Reference.ALL_PUPILS in published
    local = {figures.reference_of(i) for i in INDICATORS.values()}
    assert local == published - {Reference.ALL_PUPILS}


@pytest.mark.parametrize(("name", "is_alike"), [("eyfs_gld", False), ("ks2_rwm_expected", True)])
def test_a_published_gap_stands_beside_a_local_one_only_if_both_are_to_the_same_pupils(
    release: Release, name: str, is_alike: bool
) -> None:
    published = release.gaps(name, area="England", sen_group="sen_support")["gap"].notna()
    assert published.any()
    nowhere = cast(LocalRelease, None)  # England's figures are read from the release alone.
    indicator = release.catalogue.indicators[name]
    reading = Reading(release, nowhere, "dspl:D1", SenGroup.SEN_SUPPORT, indicator, {}, {})
    england = England.of(reading)
    assert england.levels and bool(england.gaps) is is_alike


def test_a_gap_is_named_for_what_it_is_to() -> None:
    indicator = INDICATORS["eyfs_gld"]
    table = frame().assign(indicator_id="eyfs_gld")
    cells = figures.cells(table, indicator)
    own = figures.newest(figures.of_group(cells, "any_sen"))
    beside = figures.same_years(indicator, cells, SenGroup.NO_SEN, own)
    assert own is not None and own.gap is not None
    said = gap_words(Figure(indicator, SenGroup.ANY_SEN, own, beside, None))
    assert said.startswith("Gap to children without SEN: ")
