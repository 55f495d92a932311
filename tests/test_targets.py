"""Targets: every fault told at once, and the statements a hub must be able to make."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendgap.errors import TargetsError
from sendgap.store import Release
from sendgap.targets import NEEDED, OVERRIDE, Target, read
from sendgap.terms import SenGroup
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.model import GapOverTime
from sendgap.views.request import Request

HEADS = ",".join((*NEEDED, *OVERRIDE))
KS2, PLANS = "ks2_rwm_expected", "ehcp_20_weeks"


def written(folder: Path, *lines: str, heads: str = HEADS) -> Path:
    path = folder / "targets.csv"
    path.write_text("\n".join((heads, *lines)) + "\n", encoding="utf-8")
    return path


def targets(release: Release, folder: Path, *lines: str) -> tuple[Target, ...]:
    return read(written(folder, *lines), release.catalogue, release.areas)


def problems(release: Release, path: Path) -> list[str]:
    with pytest.raises(TargetsError) as refusal:
        read(path, release.catalogue, release.areas)
    return [str(problem) for problem in refusal.value.problems]


def view(release: Release, found: tuple[Target, ...], area: str, indicator: str,
         group: str = "ehc_plan") -> GapOverTime:  # fmt: skip
    request = Request(release.areas.find(area).area_code, indicator, SenGroup(group))
    made = gap_over_time(release, request, found)
    assert isinstance(made, GapOverTime)
    return made


def test_without_a_file_there_are_none(release: Release, tmp_path: Path) -> None:
    assert read(tmp_path / "targets.csv", release.catalogue, release.areas) == ()


def test_every_fault_of_every_line_is_told_at_once(release: Release, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Hartfordshire,ks2_rwm,ehc_plan,2025/26,30,plan,,,",
        f"Kent,{KS2},no_such,2025,130,,,,",
        f"Kent,{KS2},ehc_plan,2025/27,x,plan,Amber,,yesterday",
        "Kent,ehcp_prevalence,ehc_plan,2025/26,4,plan,,,",
        f"Kent,{KS2},ehc_plan,2025/26,20,plan,,,",
        f"886,{KS2},ehc_plan,202526,21,plan,,,",
    )
    said = problems(release, path)
    for words in (
        "line 2, area: found 'Hartfordshire'; write Hertfordshire",
        "line 2, indicator: found 'ks2_rwm'; write ks2_rwm_expected",
        "line 3, sen_group: found 'no_such'; write one of",
        "line 3, time_period: found '2025'; write 2026/27",
        "line 3, target: found '130'; write a number from 0 to 100",
        "line 3, source: no source",
        "line 4, time_period: found '2025/27'",
        "line 4, target: found 'x'",
        "line 4, override_by: nothing",
        "line 4, override_on: found 'yesterday'; write the day, such as 2026-07-01",
        "line 5, indicator: ehcp_prevalence is neither better nor worse when it is higher",
        "line 7: the same target stands twice",
    ):
        assert any(words in line for line in said), (words, said)


@pytest.mark.parametrize(("content", "words"), [
    (b"area,indicator\n", "no column 'target'"),
    (b"\xff\xfe\x00", "not UTF-8 text; save it as CSV UTF-8"),
    (HEADS.encode() + b",colour\n", "column 'colour'; use only area"),
    (HEADS.encode() + b"\nKent,a,b,c,1,a plan, with a comma,x,y,2026-07-01,z\n", "more cells"),
])  # fmt: skip
def test_a_file_that_is_none_is_told(
    release: Release, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "targets.csv"
    path.write_bytes(content)
    assert any(words in line for line in problems(release, path))


def test_a_file_saved_by_a_spreadsheet_is_read(release: Release, tmp_path: Path) -> None:
    path = tmp_path / "targets.csv"
    text = f"{HEADS}\r\nKent,{PLANS},ehc_plan,2026,60%,the plan,,,\r\n,,,,,,,,\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    (target,) = read(path, release.catalogue, release.areas)
    assert (target.value, target.time_period, target.source) == (60.0, "2026", "the plan")


def test_a_target_exceeded_before_its_year_is_said_as_the_hub_said_it(
    release: Release, tmp_path: Path
) -> None:
    found = targets(release, tmp_path, f"Hertfordshire,{KS2},ehc_plan,2025/26,6.7,the plan,,,")
    made = view(release, found, "Hertfordshire", KS2)
    assert made.words.sentences[-1] == (
        "The target for 2025/26 (6.7%, set in the plan) was exceeded in 2024/25 by 3.3 percentage "
        "points."
    )
    assert made.targets is not None and made.targets.points[0].printed == "6.7%"
    assert made.chart.table.columns[-1] == "Target"
    assert made.chart.table.rows[0][0] == "2025/26" and made.chart.table.rows[0][-1] == "6.7%"
    assert made.ticks[-1] == (2026.0, "2025/26")


@pytest.mark.parametrize(("line", "area", "said"), [
    (f"Hertfordshire,{KS2},ehc_plan,2024/25,12,the plan,,,", "Hertfordshire",
     "The target for 2024/25 (12%, set in the plan) was missed by 2 percentage points."),
    (f"Hertfordshire,{KS2},ehc_plan,2024/25,10,the plan,,,", "Hertfordshire",
     "The target for 2024/25 (10%, set in the plan) was met in 2024/25."),
    (f"Hertfordshire,{KS2},ehc_plan,2027/28,16,the plan,,,", "Hertfordshire",
     "The target for 2027/28 (16%, set in the plan) is 6 percentage points above the figure in "
     "2024/25, not met yet: a rise of 2.0 percentage points a year for 3 years would meet it."),
    (f"Hertfordshire,{KS2},ehc_plan,2019/20,16,the plan,,,", "Hertfordshire",
     "The target for 2019/20 (16%, set in the plan) has no figure to be set beside."),
])  # fmt: skip
def test_met_missed_and_how_far(
    release: Release, tmp_path: Path, line: str, area: str, said: str
) -> None:
    assert said in view(release, targets(release, tmp_path, line), area, KS2).words.sentences


def test_where_lower_is_better_a_target_below_is_still_to_come(
    release: Release, tmp_path: Path
) -> None:
    found = targets(release, tmp_path, "Kent,persistent_absence,ehc_plan,2025/26,30,the plan,,,")
    said = view(release, found, "Kent", "persistent_absence").words.sentences[-1]
    assert "is 7.51 percentage points below the figure in 2024/25, not met yet: a fall" in said
    found = targets(release, tmp_path, "Kent,persistent_absence,ehc_plan,2024/25,40,the plan,,,")
    said = view(release, found, "Kent", "persistent_absence").words.sentences[-1]
    assert said.endswith("was met in 2024/25 with 2.49 percentage points to spare.")


def test_an_override_is_printed_with_name_and_day(release: Release, tmp_path: Path) -> None:
    line = f"Kent,{PLANS},ehc_plan,2024,50,the plan,Amber: new team,Jane Smith,2026-07-01"
    said = view(release, targets(release, tmp_path, line), "Kent", PLANS).words.sentences
    assert "was missed by 16.7 percentage points" in said[-2]
    assert said[-1] == (
        "Entered by hand for 2024: “Amber: new team” (Jane Smith, 1 July 2026); the figures stand "
        "as they are."
    )


def test_another_group_or_area_has_no_target(release: Release, tmp_path: Path) -> None:
    found = targets(release, tmp_path, f"Kent,{KS2},ehc_plan,2025/26,20,the plan,,,")
    for area, group in (("Kent", "sen_support"), ("Hertfordshire", "ehc_plan")):
        made = view(release, found, area, KS2, group)
        assert made.targets is None and "Target" not in made.chart.table.columns


def test_a_gap_is_said_as_the_hub_said_it(release: Release) -> None:
    """ "narrowed by 9.7 percentage points since 2006", in the words of the view of change."""
    from sendgap.views.moved_model import WhatMoved
    from sendgap.views.what_moved import what_moved

    request = Request(release.areas.find("882").area_code, "eyfs_gld", SenGroup.SEN_SUPPORT)
    found = what_moved(release, request)
    assert isinstance(found, WhatMoved)
    assert "since 2021/22 the gap has narrowed by 6.7 percentage points" in found.words.finding
