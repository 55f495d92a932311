"""The national position: every year builds, and the counts are a second way's."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sendgap.catalogue.load import Catalogue
from sendgap.config import paths
from sendgap.errors import CatalogueError, UnknownNameError
from sendgap.store import Release
from sendgap.views.national import national_position
from sendgap.views.national_model import NationalPosition, NationalRow
from tests.support import shared_data
from tests.views.test_wording import check_words

TIMELY, APPEALS, REFUSED = "ehcp_20_weeks", "tribunal_appeal_rate", "assessment_requests_refused"


def view(release: Release, year: str = "latest") -> NationalPosition:
    found = national_position(release, year)
    assert isinstance(found, NationalPosition)
    return found


def row(found: NationalPosition, indicator: str) -> NationalRow:
    rows = [r for section in found.sections for r in section.rows]
    return next(r for r in rows if r.indicator_id == indicator)


def count(found: NationalRow, label: str) -> int:
    return next(c.number for c in found.counts if c.label.startswith(label))


def test_every_year_builds_and_its_words_are_safe(release: Release) -> None:
    years = view(release).years
    assert years[0] == view(release).year and "2017" in years
    for year in years:
        found = view(release, year)
        check_words(found.words)
        for section in found.sections:
            assert all(cell for cells in section.table.rows for cell in cells)
            for shown in section.rows:
                for each in shown.counts:
                    assert not each.names or len(each.names) == each.number
                    assert set(each.again) <= set(each.names) and each.number <= each.of


@pytest.mark.parametrize("year", ["2017", "2021", "latest"])
def test_counts_and_range_are_those_of_distribution(release: Release, year: str) -> None:
    found = view(release, year)
    for indicator, limits in ((TIMELY, (100.0, 90.0, 20.0)), (APPEALS, (0.0,))):
        shown = row(found, indicator)
        said = release.distribution(indicator, period=found.year, thresholds=limits).iloc[0]
        assert shown.now == pytest.approx(said["england"])
        assert shown.areas == said["areas"]
        low, high = (float(re.match(r"[\d.]+", text)[0]) for text in (shown.lowest, shown.highest))  # type: ignore[index]
        assert (low, high) == (said["minimum"], said["maximum"])
        if indicator == TIMELY:
            wanted = [int(said[k]) for k in ("at_100", "above_90", "below_20")]
            assert [count(shown, k) for k in ("at", "above", "below")] == wanted
        else:
            assert count(shown, "at 0%") == said["at_0"]


def test_growth_is_worked_out_from_the_figures_of_both_years(release: Release) -> None:
    found = view(release)
    for indicator in ("ehcp_new", "assessment_requests"):
        table = release.values(indicator)
        pivot = table.pivot_table(index="area_code", columns="time_period", values="value")
        now, before = pivot[found.year], pivot[str(int(found.year) - 1)]
        england = 100 * (now["E92000001"] / before["E92000001"] - 1)
        shown = row(found, indicator)
        assert shown.change == pytest.approx(england)
        assert shown.change_printed == f"{'+' if england > 0 else '−'}{abs(england):.1f}%"
        places = [a.area_code for a in release.areas.local_authorities(found.year)]
        both = pivot.loc[pivot.index.isin(places), [found.year, str(int(found.year) - 1)]].dropna()
        both = both[both[str(int(found.year) - 1)] > 0]
        grew = (both[found.year] > both[str(int(found.year) - 1)]).sum()
        assert count(shown, "above the year before") == pytest.approx(grew, abs=1)
        assert shown.areas == len(both)


def test_falls_over_two_years_are_of_printed_rates(release: Release) -> None:
    now, before = (
        release.benchmark(APPEALS, period=year).set_index("area_code").value
        for year in ("2017", "2015")
    )
    now, before = now.align(before, join="inner")
    assert count(row(view(release, "2017"), APPEALS), "lower than in 2015") == (now < before).sum()


def test_the_deck_of_2018_comes_out_again_but_for_what_is_recorded(release: Release) -> None:
    """What differs stands in docs/known-limits.md; all else of its figures is met."""
    deck = (shared_data().parent / "documents" / "dfe-national-send-position-2018.txt").read_text(
        encoding="utf-8"
    )
    found = view(release, "2017")
    timely, appeals = row(found, TIMELY), row(found, APPEALS)
    assert f"{timely.england} - England average" in deck
    assert "Range – 1.4% - 100%" in deck and "from 59% in 2016 to 65% in 2017" in deck
    assert timely.lowest.startswith("1.4%") and timely.highest.startswith("100.0%")
    assert (timely.england_before, round(timely.now or 0)) == ("58.6%", 65)
    full = timely.counts[0]
    assert "8 LAs achieved 100% (4 for second year running)" in deck
    assert (full.number, len(full.again)) == (8, 4)
    assert all(name in deck for name in full.names)
    assert "10 LAs under 20%" in deck and count(timely, "below") == 10
    assert "38 LAs over 90%" in deck and count(timely, "above") == 37
    assert "England rate 2017 – 1.5% (up from 1.2% in 2015)" in deck and appeals.england == "1.5%"
    assert row(view(release, "2015"), APPEALS).england == "1.2%"
    assert "Range in 2017 – 0.0% - 4.1%" in deck
    assert appeals.lowest.startswith("0.0%") and appeals.highest.startswith("4.1%")
    assert "65% of LAs (98)" in deck and count(appeals, "at or below") == 98
    assert "6 LAs had a rate of 0.0% in 2017" in deck and count(appeals, "at 0%") == 6
    assert "48 LAs have seen a reduction" in deck and count(appeals, "lower than") == 46
    assert "(78% agreed)" in deck and row(found, REFUSED).england == "77.4%"
    assert "93.3% of all EHC needs assessments led" in deck
    assert row(found, "assessments_plan_issued").england == "93.3%"
    assert "(2.9% of 5-16 pop)" in deck and row(found, "ehcp_prevalence").england == "2.9%"
    assert "16.8% more new EHC plans" in deck and row(found, "ehcp_new").change_printed == "+15.5%"
    held = row(found, "ehcp_caseload")
    assert "Increase of 11.3% from 2016 to 2017" in deck and "319,819" in deck
    assert (held.england, held.change_printed) == ("312,626", "+8.8%")


def test_an_unknown_year_names_the_known(release: Release) -> None:
    with pytest.raises(UnknownNameError, match="latest"):
        view(release, "1999")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("indicator: ehcp_new,", "indicator: ehcp_now,", "'ehcp_now'"),
        ('"placement:unit"', '"placement:moon"', "'placement:moon'"),
        ("shows: rest", "shows: best", "'best'"),
    ],
)
def test_a_fault_in_the_sections_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(paths().catalogue, folder)
    path = folder / "national.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError) as refusal:
        Catalogue.load(folder)
    assert any("national.yaml" in str(p) and said in str(p) for p in refusal.value.problems)
