"""Outcomes framework says what its view says, in every state."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sendgap.config import paths
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui import begin
from sendgap.views.framework import framework_view
from sendgap.views.framework_model import FrameworkView
from sendgap.views.request import Request
from tests.pages.visits import heading, html, links, notice, text, visit

PAGE = begin.FRAMEWORK


def view(release: Release, area: str, framework: str = "hertfordshire") -> FrameworkView:
    request = Request(release.areas.find(area).area_code, "", SenGroup.EHC_PLAN)
    return framework_view(release, request, framework)


def test_without_an_area_it_asks_for_one() -> None:
    assert heading(visit(PAGE)) == "Choose a local authority to begin."


def test_every_item_rating_and_reason_is_the_views(release: Release) -> None:
    at, found = visit(PAGE, area="919"), view(release, "919")
    said = " ".join(html(at).split())
    assert heading(at) == found.words.finding
    for item in found.items:
        assert " ".join(f"{item.id} {item.wording}".split()) in said
    for row in found.rows:
        for words in (row.name, row.level, row.gap_moved, row.why, row.shown.marked):
            assert row.use == "local" or " ".join(words.split()) in said, (row.item, words)
    for outcome in found.outcomes:
        assert outcome.title in text(at) and outcome.counts in text(at)
    for line in (*found.rules, *found.words.sentences, *found.words.caveats):
        assert line in text(at)
    assert said.count("see outcome") == 4


def test_rows_link_to_their_outcome_group_and_cut(release: Release) -> None:
    found = [href for href in links(visit(PAGE, area="882", snv="2021-04")) if "gap?" in href]
    assert len(found) == len(view(release, "882").rows)
    assert all("area=882" in href and "snv=2021-04" in href for href in found)
    wanted = "bd=placement:elective_home_education"
    assert sum(wanted in href for href in found) == 1
    assert sum("grp=sen_support" in href for href in found) > 8


def test_another_list_is_chosen_by_its_key_and_an_unknown_one_is_said(release: Release) -> None:
    at = visit(PAGE, area="882", fw="southend")
    assert heading(at) == view(release, "882", "southend").words.finding
    assert at.selectbox(key="pick_fw").value == "southend"
    other = visit(PAGE, area="882", fw="<b>nowhere")
    assert "Framework “<b>nowhere” is not known: the usual one is shown." in notice(other)
    assert heading(other) == view(release, "882").words.finding


def test_few_pupils_and_no_such_area_are_told() -> None:
    at = visit(PAGE, area="201")
    assert "none of 15 indicators can be rated" in heading(at)
    assert "Area “Atlantis” is not known." in notice(visit(PAGE, area="Atlantis"))


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of one's own with the same release."""
    here = paths()
    shutil.copytree(here.catalogue, tmp_path / "catalogue")
    shutil.copytree(here.reference, tmp_path / "reference")
    (tmp_path / "releases").symlink_to(here.releases, target_is_directory=True)
    monkeypatch.setenv("SENDGAP_DATA", str(tmp_path))
    return tmp_path


def test_the_board_and_delivery_stand_on_the_page_as_text(own_data: Path) -> None:
    (own_data / "targets.csv").write_text(
        "area,indicator,sen_group,time_period,target,source,override,override_by,override_on,"
        "override_rating,delivery,delivery_by,delivery_on\n"
        '919,ks2_rwm_expected,ehc_plan,2024/25,,Board,"<i>visits</i>",A & B,2026-07-01,Red,Amber,'
        "C,2026-07-02\n",
        encoding="utf-8",
    )
    said = " ".join(html(visit(PAGE, area="919")).split())
    assert "■ R Red (Board)" in said
    assert "“<i>visits</i>” (A & B, 1 July 2026)." in said and "Data say Green:" in said
    assert "Delivery, entered by hand" in said and "▲ A Amber (C, 2 July 2026)" in said


def test_a_faulty_targets_file_is_told_and_the_page_stands(own_data: Path) -> None:
    (own_data / "targets.csv").write_text("area,indicator\nKent,x\n", encoding="utf-8")
    at = visit(PAGE, area="919")
    assert "targets.csv" in notice(at) and heading(at).startswith("Of 15 indicators")
    assert json.dumps(html(at)).count("(Board)") == 0


def test_short_names_fit_the_chooser(release: Release) -> None:
    names = [f.short for f in release.catalogue.frameworks.values()]
    at = visit(begin.FRAMEWORK, area="919")
    (chooser,) = [s for s in at.sidebar.selectbox if s.label == "Framework or list"]
    assert list(chooser.options) == names and max(map(len, names)) <= 26


def test_phones_see_ratings_first_and_figures_when_asked_for() -> None:
    at = visit(begin.FRAMEWORK, area="919")
    toggles = [t for t in at.toggle if t.label == "Show the figures and reasons"]
    hidden = [b for b in (e.proto.body for e in at.get("html")) if ".st-key-fw-" in b]
    assert len(hidden) == len(toggles) > 1
    toggles[0].set_value(True).run()
    assert len([e for e in at.get("html") if ".st-key-fw-" in e.proto.body]) == len(toggles) - 1
