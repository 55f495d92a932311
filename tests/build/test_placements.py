"""Kinds of placement are exclusive: they add up to all plans in every area and year."""

from __future__ import annotations

import pandas as pd
import pytest

from sendgap.store import Release

HISTORY, NOW, NEW = "ehcp_placement_history", "ehcp_placement", "ehcp_new_placement"


def classes(release: Release, indicator_id: str) -> pd.DataFrame:
    """Numerators by area and period, one column per class."""
    cuts = dict.fromkeys(s.breakdown for s in release.catalogue.indicators[indicator_id].series)
    tables = [release.values(indicator_id, breakdown=cut) for cut in cuts]
    every = pd.concat(table for table in tables if len(table))
    return every[every["value"].notna()].pivot_table(
        index=["area_code", "time_period", "denominator"], columns="breakdown", values="numerator"
    )


@pytest.mark.parametrize("indicator_id", [NOW, NEW, HISTORY])
def test_the_classes_add_up_to_all_plans(release: Release, indicator_id: str) -> None:
    held = classes(release, indicator_id)
    assert len(held) > 900
    totals = held.sum(axis=1)
    denominators = held.index.get_level_values("denominator")
    assert (totals == denominators).all()


def test_what_is_left_over_is_always_drawn(release: Release) -> None:
    for indicator_id in (NOW, NEW, HISTORY):
        held = classes(release, indicator_id)
        rest = held["placement:not_classified"]
        assert rest.notna().all()
        assert (rest >= 0).all()
    # January 2024: two authorities gave no placements, and England says so.
    england = release.values(NOW, breakdown="placement:not_classified", area="England")
    left = england.set_index("time_period")["numerator"]
    assert left["202324"] > 3000 and left["202425"] == 0


def test_the_total_is_the_published_caseload(release: Release) -> None:
    caseload = release.values("ehcp_caseload").set_index(["area_code", "time_period"])["value"]
    for (area, period, total), _ in classes(release, NOW).iterrows():
        assert caseload[area, period] == total


def test_the_earlier_release_gives_the_same_classes(release: Release) -> None:
    """Two publications, read in different ways, agree in every area and year they share."""
    old, new = classes(release, HISTORY), classes(release, NOW).dropna(subset=["placement:unit"])
    both = old.index.intersection(new.index)
    assert len(both) > 600
    for cut in ("mainstream", "unit", "state_special", "independent", "alternative",
                "further_education", "early_years"):  # fmt: skip
        name = f"placement:{cut}"
        assert (old.loc[both, name] == new.loc[both, name]).all(), name
