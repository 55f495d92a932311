"""*Schools and DSPL areas*: what it says and draws is what disclosure control let out."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from sendgap.store.local import AT_MACHINE, LocalRelease, Person
from sendgap.ui import begin
from sendgap.ui.door import is_here
from tests.local.small import published_alone
from tests.pages.visits import captions, charts, heading, html, links, notice, text, visit


@pytest.fixture
def local(practice: LocalRelease) -> LocalRelease:
    return practice


def test_without_local_data_the_page_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(published_alone(tmp_path)))
    monkeypatch.setattr("sendgap.ui.door.person", lambda: AT_MACHINE)
    at = visit(begin.LOCAL)
    assert heading(at) == "This needs a local file." and charts(at) == 0
    assert text(at).startswith("Your authority's data manager can load this.")
    (folded,) = [e for e in at.expander if e.label == "For the data manager"]
    assert "local template pupils" in folded.code[0].value
    assert not any("python" in m.value for m in at.main.markdown if m not in folded.markdown)


def test_without_local_data_an_area_is_chosen_and_links_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(published_alone(tmp_path)))
    at = visit(begin.LOCAL)
    assert "Compare areas: Kent beside the others" not in _labels(at)
    at.sidebar.selectbox[0].set_value("886").run()
    assert at.query_params["area"] == "886"
    assert "Compare areas: Kent beside the others" in _labels(at)


def _labels(at: AppTest) -> list[str]:
    return [link.proto.label for link in at.get("page_link")]


def table_of(at: AppTest) -> pd.DataFrame:
    """The figures of the page, a column for each head."""
    (body,) = [e.proto.body for e in at.get("html") if 'class="linked"' in e.proto.body]
    rows = [
        [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in re.findall(r"<tr.*?</tr>", body, flags=re.DOTALL)
    ]
    return pd.DataFrame(rows[1:], columns=rows[0]).set_index(rows[0][0])


def test_areas_are_compared_and_the_invented_say_so(local: LocalRelease) -> None:
    at = visit(begin.LOCAL, ind="overall_absence")
    assert "All 2 DSPL areas" in heading(at).replace("all", "All")
    assert "Made-up data for practice. Not real schools." in html(at)
    assert "How children are protected here" in text(at)


def test_it_opens_with_an_outcome_that_shows_more_than_it_hides(local: LocalRelease) -> None:
    at = visit(begin.LOCAL)
    assert not any(cell == "c" for cell in table_of(at)["SEN support"])


@pytest.mark.parametrize("kind", ["dspl", "cluster", "school"])
@pytest.mark.parametrize("group", ["sen_support", "any_sen", "ehc_plan"])
def test_the_outcome_it_opens_with_is_chosen_for_the_group(
    local: LocalRelease, kind: str, group: str
) -> None:
    at = visit(begin.LOCAL, loc=kind, grp=group)
    opened = at.query_params["ind"]
    held = local.held()
    mine = held[(held["unit_kind"] == kind) & (held["sen_group"] == group)]
    sums = mine.groupby("indicator_id")[["shown", "hidden"]].sum()
    part = sums["shown"] / sums.sum(axis=1)
    assert part[opened] > 0.5 or part[opened] == part.max()
    assert at.query_params["grp"] == group


@pytest.mark.parametrize("kind", ["dspl", "cluster", "school"])
@pytest.mark.parametrize("indicator", ["persistent_absence", "ks2_rwm_expected"])
def test_no_hidden_number_is_in_a_chart(local: LocalRelease, kind: str, indicator: str) -> None:
    at = visit(begin.LOCAL, loc=kind, ind=indicator, grp="sen_support")
    cells = local.cells(indicator, kinds=[kind, "authority"])
    told = cells.loc[cells["value"].notna(), ["value", "lower", "upper"]]
    shown = {round(v, 6) for v in told.stack().dropna()}
    drawn = []
    for chart in at.get("plotly_chart"):
        for trace in json.loads(chart.proto.spec)["data"]:
            drawn += [round(v, 6) for v in trace["y"] if v is not None]
    assert set(drawn) <= shown
    assert cells["value"].isna().any() or kind != "school"


def test_schools_stand_a_to_z_whatever_they_hide(local: LocalRelease) -> None:
    at = visit(begin.LOCAL, loc="school", ind="ks2_rwm_expected")
    names = list(table_of(at).index)
    assert len(names) > 10 and names == sorted(names)
    assert set(names) <= set(local.units("school")["name"])


def test_one_area_beside_those_it_lies_in(local: LocalRelease) -> None:
    at = visit(begin.LOCAL, loc="cluster", unit="cluster:C01", grp="sen_support")
    assert heading(at).startswith("Practice cluster 01, SEN support")
    assert "Practice DSPL area 1" in table_of(at).columns


@pytest.mark.parametrize("kind", ["dspl", "cluster", "school"])
@pytest.mark.parametrize("group", ["sen_support", "any_sen", "ehc_plan"])
def test_one_place_is_drawn_with_its_interval_and_over_the_years(
    local: LocalRelease, kind: str, group: str
) -> None:
    key = local.units(kind)["unit_id"].iloc[1]
    at = visit(begin.LOCAL, loc=kind, unit=f"{kind}:{key}", grp=group)
    drawn = [json.loads(c.proto.spec)["data"] for c in at.get("plotly_chart")]
    assert drawn and {"own", "interval", "authority"} <= {t["meta"] for t in drawn[0]}
    assert "What is not shown, and why" in text(at)
    assert "95% interval" in table_of(at).columns
    told = [link for link in links(at) if link.startswith("gap?")]
    assert len(told) == len(table_of(at))


def test_a_school_stands_beside_similar_ones_or_it_is_said_why(local: LocalRelease) -> None:
    school = f"school:{local.units('school')['unit_id'].iloc[0]}"
    at = visit(begin.LOCAL, loc="school", unit=school)
    said = captions(at).replace("\\", "")
    assert "never by results" in said and "of the nearest 5 stay on average" in said
    compared = [t.value for t in at.table if "Weight" in t.value.columns]
    assert len(compared) == 1 and "Eligible for free school meals" in compared[0].index
    links = [label for label in _labels(at) if label in local.names("school").values()]
    assert len(links) == 5


def test_each_unit_of_a_comparison_leads_to_itself(local: LocalRelease) -> None:
    at = visit(begin.LOCAL, loc="cluster", ind="overall_absence")
    names = list(table_of(at).index)
    addresses = [link for link in links(at) if link.startswith("local?")]
    assert len(addresses) == len(names)
    query = dict(parse_qsl(addresses[1].partition("?")[2]))
    assert heading(visit(begin.LOCAL, **query)).startswith(f"{names[1]}, SEN support")


def test_many_units_are_drawn_in_part_until_all_are_asked_for(local: LocalRelease) -> None:
    at = visit(begin.LOCAL, loc="school", ind="overall_absence", grp="sen_support")
    shown = [cell for cell in table_of(at)["SEN support"] if cell not in ("c", "x", "z")]
    assert len(shown) > 6

    def panels(chart: Any) -> int:
        return sum(key.startswith("xaxis") for key in json.loads(chart.proto.spec)["layout"])

    wide, phone = at.get("plotly_chart")
    assert (panels(wide), panels(phone)) == (min(12, len(shown)), 6)
    (toggle,) = [t for t in at.toggle if "small charts" in t.label]
    toggle.set_value(True).run()
    assert [panels(chart) for chart in at.get("plotly_chart")] == [len(shown)] * 2


def test_an_unknown_place_gives_a_notice(local: LocalRelease) -> None:
    at = visit(begin.LOCAL, unit="school:1", within="dspl:D77")
    assert "“school:1” is no place" in notice(at)


def test_an_outcome_that_is_not_counted_locally_gives_a_notice(local: LocalRelease) -> None:
    at = visit(begin.LOCAL, ind="ehcp_20_weeks")
    assert "not counted here for DSPL areas" in notice(at)


def test_a_person_who_is_not_at_the_machine_sees_nothing(
    practice_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(practice_data))
    monkeypatch.setattr("sendgap.ui.door.person", lambda: Person("x", is_at_machine=False))
    at = visit(begin.LOCAL)
    assert "only on the computer" in text(at)
    assert charts(at) == 0 and not at.table and "Practice" not in text(at) + html(at)


@pytest.mark.parametrize(
    ("address", "headers", "here"),
    [
        (None, {}, True),
        (None, {"Host": "127.0.0.1:8501"}, True),
        ("::1", {"Host": "[::1]:8501"}, True),
        ("127.0.0.1", {"Host": "localhost:8501"}, True),
        ("10.0.0.7", {"Host": "localhost:8501"}, False),
        (None, {"Host": "sendgap.example"}, False),
        (None, {"Host": "localhost", "X-Forwarded-For": "10.0.0.7"}, False),
        ("nonsense", {}, False),
    ],
)
def test_only_this_machine_is_here(
    address: str | None, headers: dict[str, str], here: bool
) -> None:
    assert is_here(address, headers) is here
