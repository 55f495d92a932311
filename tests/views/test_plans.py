"""Plans and placements: what each view says, in every state, and what publishers printed."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest

from sendgap import Release
from sendgap.errors import NoAnswerError, UnknownNameError
from sendgap.terms import SenGroup
from sendgap.views.model import NoAnswer, Words
from sendgap.views.plans import VIEWS, plans
from sendgap.views.plans_model import Bars, Dots, Panel, Plans, Steps
from sendgap.views.request import Request
from tests.support import shared_data
from tests.views.test_templates import NEVER

#: Two that gave no placements, one withheld in part, tiny ones, new ones, one that has closed.
SPREAD = ("886", "919", "873", "812", "936", "201", "420", "942", "909", "E92000001", "E12000007")


def view(release: Release, area: str, name: str, *asked: str, **more: object) -> Plans:
    found = answer(release, area, name, *asked, **more)
    assert isinstance(found, Plans)
    return found


def answer(release: Release, area: str, name: str, *asked: str, **more: object) -> Plans | NoAnswer:
    code = release.areas.find(area).area_code
    return plans(release, Request(code, "", SenGroup.EHC_PLAN, **more), name, *asked)  # type: ignore[arg-type]


def panel(found: Plans, key: str) -> Panel:
    return next(p for p in found.panels if p.key == key)


def rows(found: Plans, key: str) -> dict[str, tuple[str, ...]]:
    table = panel(found, key).table
    assert table is not None
    return {row[0]: row[1:] for row in table.rows}


def check_words(said: Words) -> None:
    for text in (said.context, said.finding, *said.badges, *said.sentences, *said.caveats):
        lowered = text.lower()
        for allowed in ("because of covid-19", "because too few pupils", "plans due a review"):
            lowered = lowered.replace(allowed, "")
        found = [word for word in NEVER if word in lowered]
        assert not found, (found, text)
        assert "gap" not in lowered, text
    assert all(line.endswith(".") for line in said.sentences)
    assert len(said.badges) <= 4


@pytest.mark.parametrize("name", VIEWS)
def test_texts_and_tables_keep_the_rules_in_every_state(release: Release, name: str) -> None:
    for area in SPREAD:
        for which in ("all", "new") if name in ("needs", "placement") else ("all",):
            found = answer(release, area, name, which, "count")
            check_words(found.words)
            if isinstance(found, NoAnswer):
                assert found.message
                continue
            assert found.words.sources
            assert len(found.words.finding.split()) <= 40, found.words.finding
            assert found.chart.table.rows and found.definitions
            keys = [p.key for p in found.panels]
            assert len(keys) == len(set(keys))
            for each in found.panels:
                if each.figure is not None:
                    assert 0 < len(each.figure.chart.alt) <= 150
                    assert each.figure.chart.description
                if each.table is not None:
                    width = len(each.table.columns)
                    assert all(len(row) == width for row in each.table.rows)
                    assert all(cell for row in each.table.rows for cell in row), each.key


def test_no_better_or_worse_is_said_without_a_direction(release: Release) -> None:
    for name in ("prevalence", "needs", "placement", "requests"):
        found = view(release, "Kent", name)
        said = " ".join([found.words.finding, *found.words.sentences]).lower()
        assert "better" not in said.replace("neither better nor worse", "")
        assert "worse" not in said.replace("neither better nor worse", "")
        assert "1st being" not in said


def test_how_many_in_kent(release: Release) -> None:
    found = view(release, "Kent", "prevalence")
    assert found.words.finding == (
        "In Kent 5.8% of pupils had an EHC plan and 13.1% were on SEN support in January 2025; "
        "England 5.3% and 14.2%."
    )
    shares = [p for p in found.panels if p.is_half]
    assert len(shares) == 2
    for share in shares:
        assert share.table is not None and len(share.table.rows) == 10
    said = " ".join(found.words.sentences)
    assert "from 7,043 in January 2016 to 20,635 in January 2025, 193% more" in said
    assert rows(found, "ages")["11 to 15"][:2] == ("39.6%", "8,174")


def test_needs_keep_the_unknown_and_what_is_withheld(release: Release) -> None:
    found = view(release, "Surrey", "needs")
    figure = found.panels[0].figure
    assert isinstance(figure, Dots)
    assert [row.label for row in figure.rows if row.is_apart] == ["Need not recorded"]
    assert figure.rows[-1].is_apart
    held = {row.label: row.own for row in figure.rows}
    assert held["Severe learning difficulty"].value is None
    assert held["Severe learning difficulty"].printed == "withheld"
    assert rows(found, "needs")["Severe learning difficulty"][2].startswith("3.2%")
    assert any("Surrey's numbers of plans" in line for line in found.words.caveats)
    nothing = answer(release, "Surrey", "needs", "new")
    assert isinstance(nothing, NoAnswer)
    assert "is not published" in nothing.message and "Need not recorded" not in nothing.message


def test_a_neighbour_without_a_figure_is_counted_out(release: Release) -> None:
    """Surrey's two needs are withheld: its neighbours' averages rest on nine."""
    code = release.areas.find("Surrey").area_code
    area = next(
        a for a in release.areas.local_authorities()
        if code in [n.area.area_code for n in release.areas.neighbours(a.area_code, "2025-05")]
    )  # fmt: skip
    cell = rows(view(release, area.area_code, "needs"), "needs")["Severe learning difficulty"]
    assert cell[2].endswith("(9/10)")


@pytest.mark.parametrize(
    ("area", "year", "before"),
    [("Cambridgeshire", "Jan 2025", "January 2024"), ("Hackney", "Jan 2024", "")],
)
def test_an_authority_that_gave_no_placements(
    release: Release, area: str, year: str, before: str
) -> None:
    found = view(release, area, "placement")
    bars = panel(found, "years").figure
    assert isinstance(bars, Bars)
    bar = next(b for b in bars.bars if b.label == year)
    assert not bar.segments and bar.reason == "x"
    assert bar.total_printed.replace(",", "").isdigit()
    assert any("gave no placements" in line for line in found.words.caveats)
    if before:
        assert f"The newest are of {before}." in found.words.finding
        assert [p.key for p in found.panels] == ["years", "totals"]


def test_what_is_not_classified_is_always_drawn(release: Release) -> None:
    for area in ("886", "204", "E92000001"):
        bars = panel(view(release, area, "placement"), "years").figure
        assert isinstance(bars, Bars)
        assert bars.classes[-1] == "Not known or not classified"
        assert all(len(bar.segments) == len(bars.classes) for bar in bars.bars if bar.segments)


def test_a_class_is_not_compared_across_a_change_of_what_it_counts(release: Release) -> None:
    found = view(release, "Kent", "placement")
    moved = [s for s in found.words.sentences if s.startswith("Since January 2019")]
    assert len(moved) == 5
    assert not any("Elsewhere" in s or "Not known" in s for s in moved)
    bars = panel(found, "years").figure
    assert isinstance(bars, Bars)
    assert [(r.position, r.letter) for r in bars.rules] == [
        (2019.5, "a"), (2022.5, "b"), (2024.5, "c"),
    ]  # fmt: skip
    assert len(panel(found, "years").notes) == 4


def test_a_new_area_starts_when_it_starts(release: Release) -> None:
    bars = panel(view(release, "Cumberland", "placement"), "years").figure
    assert isinstance(bars, Bars)
    assert [bar.label for bar in bars.bars] == ["Jan 2024", "Jan 2025"]
    closed = view(release, "Cumbria", "placement")
    assert "The newest are of January 2023." in closed.words.finding


@pytest.mark.parametrize("area", ["City of London", "Isles of Scilly"])
def test_few_plans_are_not_set_against_anybody(release: Release, area: str) -> None:
    found = view(release, area, "needs")
    assert {row[-1] for row in rows(found, "needs").values()} == {"too few plans"}
    for name in ("needs", "placement", "requests", "timeliness"):
        said = view(release, area, name).words.sentences
        assert any(line.startswith("Only ") for line in said), name
        assert not any("1st being" in line or "since" in line.lower() for line in said)


def test_steps_name_what_they_are_a_share_of(release: Release) -> None:
    found = view(release, "Kent", "requests")
    steps = panel(found, "steps").figure
    assert isinstance(steps, Steps)
    assert [(s.printed, s.said) for s in steps.steps] == [
        ("4,001", ""), ("3,802", "95.0% of requests received"),
        ("1,602", "42.1% of requests decided"), ("2,200", "57.9% of requests decided"),
        ("3,197", ""), ("2,695", "84.3% of assessments ended"),
        ("502", "15.7% of assessments ended"),
    ]  # fmt: skip
    assert [s.start for s in steps.steps].count(True) == 2
    years = panel(found, "years").table
    assert years is not None and [r[0] for r in years.rows][:2] == ["2024", "2023"]


def test_on_time_in_kent_with_england_and_its_range(release: Release) -> None:
    found = view(release, "Kent", "timeliness")
    assert found.words.finding == (
        "In Kent 33.3% of new EHC plans were issued within 20 weeks in 2024 (excluding "
        "exceptions); England 46.4%, authorities 3.2% to 100.0%."
    )
    link = found.onward[0]
    assert link.page == "compare" and dict(link.keys)["view"] == "small-numbers"


def test_one_plan_makes_no_percentage_in_the_finding(release: Release) -> None:
    said = view(release, "Isles of Scilly", "timeliness").words
    assert "%" not in said.finding and "1 new EHC plan in 2024" in said.finding
    assert any(line.startswith("Only 1 new EHC plan: ") for line in said.sentences)


def test_what_to_mind_says_which_outcome_it_is_about(release: Release) -> None:
    lines = view(release, "Southend-on-Sea", "requests").words.caveats
    joined = next(line for line in lines if "publications are joined" in line)
    apart = next(line for line in lines if "ot compare figures before 2022" in line)
    assert joined.startswith("Requests for assessment; Requests declined: ")
    assert apart.startswith("Assessments that led to a plan: ")
    assert any(line.startswith("z: ") for line in lines)


def test_the_appeal_rate_prints_its_basis(release: Release) -> None:
    found = view(release, "Hertfordshire", "timeliness")
    appeals = panel(found, "appeals")
    assert "In 2024: 4.4% of all appealable decisions (613 of 13,889)." in appeals.notes
    trial = next(n for n in appeals.notes if "in development" in n)
    assert "27.9% (613 of 2,195)" in trial and "neither ranked nor drawn" in trial
    assert appeals.table is not None
    assert not any("27.9" in cell for row in appeals.table.rows for cell in row)
    assert not any("27.9" in line for line in (found.words.finding, *found.words.sentences))


def test_only_what_is_looked_at_is_compared(release: Release) -> None:
    for name in VIEWS:
        found = view(release, "Kent", name, compare=())
        said = " ".join([found.words.finding, *found.words.sentences])
        assert "England" not in said and "neighbours" not in said.lower(), name
    table = panel(view(release, "Kent", "needs", compare=("england",)), "needs").table
    assert table is not None and "Neighbours' average" not in table.columns


def test_the_older_neighbour_list_gives_other_averages(release: Release) -> None:
    new, old = (
        rows(view(release, "Kent", "needs", vintage=v), "needs")["Autistic spectrum disorder"][2]
        for v in ("2025-05", "2021-04")
    )
    assert new != old


def test_an_unknown_view_names_those_there_are(release: Release) -> None:
    with pytest.raises(UnknownNameError):
        answer(release, "Kent", "costs")


def test_a_catalogue_without_the_page_says_so(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "catalogue", replace(release.catalogue, plans=None))
    with pytest.raises(NoAnswerError, match=r"plans\.yaml"):
        answer(release, "Kent", "needs")


def test_outcomes_without_any_figure_leave_a_plain_answer(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a release without a publication: nothing is held, and the page says so."""
    page, none = release.catalogue.plans, "stakeholder_confidence"
    assert page is not None
    bare = replace(
        page,
        how_many=replace(page.how_many, shares=(none,), number=none),
        needs=replace(page.needs, all=none),
        placement=replace(page.placement, all=none, totals=(none,)),
        requests=replace(page.requests, received=none),
        timeliness=replace(page.timeliness, limits=(("excluding exceptions", none),)),
    )
    monkeypatch.setattr(release, "catalogue", replace(release.catalogue, plans=bare))
    for name in VIEWS:
        found = answer(release, "Kent", name)
        assert isinstance(found, NoAnswer)
        assert "nobody publishes figures" in found.message


def test_links_lead_to_outcomes_that_are_held(release: Release) -> None:
    for name in VIEWS:
        found = view(release, "Kent", name)
        assert found.onward
        for each in found.onward:
            keys = dict(each.keys)
            indicator = release.catalogue.indicator(keys["ind"])
            assert keys["grp"] in [g.value for g in indicator.groups()]
            assert keys.get("bd", "total") in {s.breakdown for s in indicator.series}


# Against the publisher's own files ------------------------------------------------------


def published(member: str) -> list[dict[str, str]]:
    path = shared_data() / "raw/sen2_2025/education-health-and-care-plans_2025.zip"
    with zipfile.ZipFile(path) as archive:
        text = archive.read(f"data/{member}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


COLUMNS = {
    "Mainstream school": "mainstream_la_maintained mainstream_academy mainstream_free_school",
    "State-funded special school": "special_la_maintained special_academy_free",
    "Independent or non-maintained school":
        "mainstream_independent special_independent special_non_maintained",
    "Further education": "fe_total",
    "of these: alternative provision": "ap_pru_total",
    "of these: educated at home by choice": "elective_home_education",
    "of these: placement not known": "placement_unknown",
    "All plans": "ehcplans",
}  # fmt: skip


def test_numbers_placed_are_the_publishers(release: Release) -> None:
    """Every fifth authority's numbers of January 2025, from the columns of the file itself."""
    held = {
        row["old_la_code"]: row for row in published("caseload")
        if row["time_period"] == "202425" and row["breakdown_topic"] == "All EHC plans"
        and row["geographic_level"] == "Local authority"
    }  # fmt: skip
    met = 0
    for area in release.areas.local_authorities()[::5]:
        row = held[area.la_code or ""]
        found = view(release, area.area_code, "placement", "all", "count")
        shown = rows(found, "years")
        if row["fe_total"] == "x":
            assert shown["Further education"][0] == "x"
            continue
        for label, columns in COLUMNS.items():
            expected = sum(int(row[c]) for c in columns.split())
            assert shown[label][0].replace(",", "") == str(expected), (area.name, label)
            met += 1
    assert met > 200


def test_requests_are_the_publishers(release: Release) -> None:
    """Agreed is worked out as decided without declined; the file has a column of its own."""
    asked = {
        row["old_la_code"]: row for row in published("requests")
        if row["time_period"] == "2024" and row["geographic_level"] == "Local authority"
        and row["breakdown"] == "All requests for EHC needs assessments"
    }  # fmt: skip
    ended = {
        row["old_la_code"]: row for row in published("assessments")
        if row["time_period"] == "2024" and row["geographic_level"] == "Local authority"
        and row["breakdown"] == "All EHC needs assessments"
    }  # fmt: skip
    met = 0
    for area in release.areas.local_authorities()[::6]:
        shown = rows(view(release, area.area_code, "requests"), "steps")
        row, end = asked[area.la_code or ""], ended[area.la_code or ""]
        for label, value in (
            ("Requests received", row["requests_received_in_year"]),
            ("Agreed to assess", row["requests_decided_to_assess"]),
            ("Declined", row["requests_decided_not_to_assess"]),
            ("Assessments ended", end["assess_in_year"]),
            ("Plan issued", end["assess_issued"]),
        ):
            if value.isdigit():
                assert shown[label][0].replace(",", "") == value, (area.name, label)
                met += 1
        if end["assess_issued_pc"] not in ("x", "z", "") and end["assess_in_year"] != "0":
            assert float(shown["Plan issued"][1].rstrip("%")) == float(end["assess_issued_pc"])
    assert met > 100


@pytest.mark.parametrize(
    ("area", "cells"), [("Kent", ("42.5%", "39.0%")), ("England", ("38.6%", "30.4%"))]
)
def test_special_schools_as_the_publisher_totals_them(
    release: Release, area: str, cells: tuple[str, str]
) -> None:
    held = {
        row["time_period"]: row for row in published("caseload")
        if row["breakdown_topic"] == "All EHC plans"
        and (row["la_name"] == area or (area, row["geographic_level"]) == ("England", "National"))
    }  # fmt: skip
    shown = rows(view(release, area, "placement"), "totals")
    for cell, (year, period) in zip(cells, ((2019, "201819"), (2025, "202425")), strict=True):
        printed = shown[f"In special schools, published total, January {year}"][0]
        row = held[period]
        assert printed == cell
        assert float(cell.rstrip("%")) == pytest.approx(
            100 * int(row["special_total"]) / int(row["ehcplans"]), abs=0.05
        )
