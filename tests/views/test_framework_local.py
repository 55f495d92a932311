"""The items of a framework that only an authority's own local returns can fill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sendgap.local.load import load_file
from sendgap.local.setting import Setting
from sendgap.store import Release
from sendgap.store.local import AT_MACHINE, LocalRelease, open_local
from sendgap.targets import Target
from sendgap.terms import SenGroup
from sendgap.views.framework import framework_view
from sendgap.views.framework_local import ALONE
from sendgap.views.framework_model import FrameworkRow, FrameworkView
from sendgap.views.local_framework import NOT_LOADED, local_framework
from sendgap.views.request import Request
from tests.local.small import csv, part, setting
from tests.views.test_wording import check_words

TODAY = date(2026, 11, 22)
HERTS, KENT = "E10000015", "E10000016"
CLUSTERS = ["C01", "C02", "C03", "C04", "C10", "C11", "C12", "C13"]
DEMO = part(CLUSTERS, ["202324", "202425"], ["home_dspl"])
AREAS = DEMO.groups[DEMO.groups["group_kind"] == "dspl"].set_index("urn")["group_id"]
#: Each pupil lives in one of the areas that are loaded.
PUPILS = DEMO.pupils.assign(
    home_dspl=DEMO.pupils["home_dspl"].where(
        DEMO.pupils["home_dspl"].isin(AREAS), DEMO.pupils["urn"].map(AREAS)
    )
)


def load(where: Setting, table: pd.DataFrame, folder: Path, name: str, **more: str) -> None:
    load_file(where, csv(table, folder / f"{name}.csv"), **more)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRelease]:
    """Returns of invented pupils, a survey and judgements, loaded as Hertfordshire's own."""
    folder = tmp_path_factory.mktemp("data")
    where = setting(folder)
    load(where, DEMO.schools, folder, "schools", authority="Hertfordshire")
    load(where, DEMO.groups, folder, "groups")
    load(where, PUPILS, folder, "pupils")
    areas = AREAS.unique()
    survey = pd.DataFrame(
        {"dspl_area": areas, "asked": 200, "answered": 100, "confident": 60,
         "time_period": "2024/25", "respondent_type": "parents"}
    )  # fmt: skip
    load(where, survey, folder, "survey")
    urns = DEMO.schools["urn"].tolist()
    judged = pd.DataFrame(
        {"time_period": "2024/25", "urn": urns, "provider_type": "school",
         "leadership_judgement": ["2" if n % 5 else "3" for n in range(len(urns))]}
    )  # fmt: skip
    load(where, judged, folder, "providers")
    held = open_local(AT_MACHINE, where.where)
    yield held
    held.close()


def view(
    release: Release, local: LocalRelease | None, area: str = HERTS, *targets: Target
) -> FrameworkView:
    request = Request(area, "", SenGroup.EHC_PLAN)
    return framework_view(release, request, "hertfordshire", targets, TODAY, local)


def rows(found: FrameworkView, item: str) -> list[FrameworkRow]:
    return [row for row in found.rows if row.item == item and row.use in ("counted", "local")]


def test_the_percentage_in_their_own_area_is_counted_from_the_pupils(
    release: Release, local: LocalRelease
) -> None:
    pupils = PUPILS[PUPILS["time_period"] == "202425"]
    mine = pupils.assign(is_near=pupils["urn"].map(AREAS) == pupils["home_dspl"])
    found = rows(view(release, local), "d")
    assert [row.group for row in found] == [SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT]
    for row, code in zip(found, "EK", strict=True):
        share = 100 * mine[mine["sen"] == code]["is_near"].mean()
        assert row.has_level and float(row.level.rstrip("%")) == pytest.approx(share, abs=0.051)
        assert row.period_label == "2024/25" and row.since.startswith("Since 2023/24: ")
        assert row.data.reason == ALONE and not row.data.is_rated


def test_a_survey_and_judgements_fill_their_items(release: Release, local: LocalRelease) -> None:
    found = view(release, local)
    (asked,), (judged,) = rows(found, "o"), rows(found, "e")
    assert (asked.level, asked.group_label, asked.group) == ("60.0%", "All", None)
    count = len(DEMO.schools)
    good = 100 * sum(bool(n % 5) for n in range(count)) / count
    assert float(judged.level.rstrip("%")) == pytest.approx(good, abs=0.51)
    assert not any(item.state == "local" for item in found.items)
    assert any(note.publication.startswith("Local returns") for note in found.words.sources)
    assert any("not official statistics" in line for line in found.words.caveats)
    check_words(found.words)


def test_published_rows_stand_as_they_did(release: Release, local: LocalRelease) -> None:
    with_local, without = view(release, local), view(release, None)
    published = [row for row in with_local.rows if row.item not in ("d", "e", "o")]
    assert published == [row for row in without.rows if row.item not in ("d", "e", "o")]
    assert [rows(without, item)[0].use for item in "deo"] == ["local"] * 3


def test_another_authority_is_not_filled(release: Release, local: LocalRelease) -> None:
    assert view(release, local, KENT) == view(release, None, KENT)


def _target(value: float, group: SenGroup = SenGroup.EHC_PLAN) -> Target:
    return Target(HERTS, "dspl_same_area", group, "202425", value, "SEND strategy")


@pytest.mark.parametrize(("away", "rating"), [(-1.0, "Green"), (1.0, "Amber"), (30.0, "Red")])
def test_a_target_rates_the_group_it_is_for(
    release: Release, local: LocalRelease, away: float, rating: str
) -> None:
    level = float(rows(view(release, local), "d")[0].level.rstrip("%"))
    of_plan, of_support = rows(view(release, local, HERTS, _target(level + away)), "d")
    assert of_plan.target is not None and of_plan.target.name == rating
    assert of_support.target is None
    later = replace(_target(level), time_period="202627")
    assert rows(view(release, local, HERTS, later), "d")[0].target is None


def test_a_dspl_area_has_the_survey_of_its_own_people(
    release: Release, local: LocalRelease
) -> None:
    unit = f"dspl:{next(iter(local.names('dspl')))}"
    found = local_framework(release, local, unit, "hertfordshire")
    (row,) = [row for row in found.shown.rows if row.item == "o"]
    assert row.level == "60.0%" and row.neighbours.printed == "60.0%" and row.group is None
    assert not found.is_invented and "Practice data" not in found.shown.words.badges
    missing = {item.id: item.without for item in found.shown.items if not item.rows}
    assert "o" not in missing and missing["c"] != NOT_LOADED
    school = local_framework(release, local, f"school:{DEMO.schools['urn'][0]}", "hertfordshire")
    without = {item.id: item.without for item in school.shown.items if not item.rows}
    assert without["o"] == NOT_LOADED
