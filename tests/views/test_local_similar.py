"""Similar ones of a unit: by what, how close, how steadily, and what the list could still say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sendgap.cli import main
from sendgap.local.load import load_demonstration
from sendgap.store import Release
from sendgap.store.local import AT_MACHINE, LocalRelease, open_local
from sendgap.views.local_areas import GROUPS
from sendgap.views.local_one import local_one
from sendgap.views.local_similar import similar_to
from tests.local.small import opened, part, setting
from tests.views.test_local import COLUMNS, number

CLUSTERS = ["C01", "C02", "C10", "C11"]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRelease]:
    with opened(tmp_path_factory.mktemp("data"), part(CLUSTERS, ["202425"], COLUMNS[:2])) as held:
        yield held


def test_similar_schools_are_told_with_weights_steadiness_and_closeness(
    release: Release, local: LocalRelease
) -> None:
    listed = 0
    for urn in local.units("school")["unit_id"]:
        view = local_one(release, local, f"school:{urn}", GROUPS[0])
        about = local.similar_about("school", str(urn)).iloc[0]
        assert (view.similar_by is None) is bool(about["is_everyone"])
        if view.similar_by is None or about["withheld"]:
            continue
        assert view.similar_heading in ("Similar primary schools", "Similar secondary schools")
        heads = [name for name, *_ in view.similar_by.rows]
        assert len(heads) == len(set(heads)) > 8
        listed += 1
        weights = [number(weight) for _, weight, *_ in view.similar_by.rows if "%" in weight]
        assert sum(weights) == pytest.approx(100, abs=len(weights) / 2)
        assert [u.key for u in view.similar] == [
            f"school:{key}" for key in local.similar("school", str(urn))["similar_id"]
        ]
        assert f"{about['stability']:.0%} of the nearest 5 stay on average" in view.similar_said
        assert f"by {len(weights)} facts about pupils and never by results" in view.similar_said
        assert {u.closeness for u in view.similar} <= {
            "very close",
            "close",
            "less close",
            "not close",
        }
        assert view.similar_pupils is not None and "invented" in view.similar_pupils.caption
        named = [row[0] for row in view.similar_pupils.rows]
        assert named == [local.names("school")[str(urn)], *(u.name for u in view.similar)]
        heads = [*view.similar_pupils.columns]
        assert not any(
            word in head for head in heads for word in ("SEN", "plan", "Number", "utism")
        )
    assert listed > 10


def test_too_few_areas_are_all_shown_or_it_is_said_that_there_are_no_others(
    release: Release, local: LocalRelease
) -> None:
    view = local_one(release, local, "dspl:D1", GROUPS[0])
    assert [unit.closeness for unit in view.similar] == [""] and view.similar_pupils is None
    assert view.similar_said.startswith("The only other one here: too few to choose")
    assert view.similar_heading == "The other DSPL areas"


def test_a_school_list_without_context_says_what_could_be_added(
    release: Release, tmp_path: Path
) -> None:
    where = setting(tmp_path)
    demo = part(CLUSTERS, ["202425"], COLUMNS[:2])
    bare = replace(demo, schools=demo.schools[["urn", "name", "phase", "type"]])
    load_demonstration(where, bare)
    held = open_local(AT_MACHINE, where.where)
    urn = str(held.units("school")["unit_id"].iloc[0])
    view = local_one(release, held, f"school:{urn}", GROUPS[0])
    assert "eligible for free school meals" in view.similar_said
    assert "data manager can add them to the list of schools" in view.similar_said
    assert view.similar_pupils is None and view.similar_by is not None
    assert {row[3] for row in view.similar_by.rows} <= {"not known", "shown in this release"}
    held.close()


def test_the_command_tells_the_same_list_and_names_near_ones(
    local: LocalRelease, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(local.path.parents[1]))
    urn = str(local.units("school")["unit_id"].iloc[0])
    assert main(["local", "similar", f"school:{urn}", "--format", "csv"]) == 0
    told = capsys.readouterr()
    rows = [line.split(",") for line in told.out.splitlines()]
    assert rows[0] == ["position", "similar_id", "name", "closeness"]
    assert [row[1] for row in rows[1:]] == local.similar("school", urn)["similar_id"].tolist()
    assert told.err.strip() == similar_to(local, "school", urn).said
    assert main(["local", "similar", "cluster:c1"]) == 1
    assert "Did you mean cluster:C" in capsys.readouterr().err
