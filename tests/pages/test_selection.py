"""Links carry codes, reopen the same selection, and say what they could not have."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendgap.store import Release
from sendgap.terms import VINTAGES, SenGroup
from sendgap.ui.downloads import csv, plain_cell
from sendgap.ui.selection import (
    COMPARE_VIEWS,
    DATA_VIEWS,
    GRID_VIEWS,
    OUTCOME_VIEWS,
    PLANS_VIEWS,
    SPARKLINES,
    VIEWS,
    Selection,
    from_query,
    release_key,
    request,
    to_query,
    with_view_of,
)
from sendgap.ui.show import plain
from sendgap.views.asked import request_of, slug
from sendgap.views.choices import choices
from sendgap.views.compare_model import AMONG, BY
from sendgap.views.grid_model import MARKS
from sendgap.views.model import Table
from sendgap.views.pins import MOST, PLANS, SHOWN, WAYS, pin_of
from sendgap.views.request import COMPARATORS

FULL = Selection(
    area="919",
    ind="suspension_rate",
    grp=SenGroup.SEN_SUPPORT,
    cmp=("neighbours", "region"),
    yr="202324",
    term="autumn_term",
    bd="phase:primary",
    snv="2021-04",
    view="side-by-side",
)


@pytest.mark.parametrize(
    "chosen", [FULL, replace(FULL, cmp=()), Selection("882", "eyfs_gld", SenGroup.EHC_PLAN)]
)
def test_a_link_reopens_its_selection(release: Release, chosen: Selection) -> None:
    assert from_query(to_query(chosen), release) == (chosen, ())


@st.composite
def any_selection(draw: st.DrawFn, release: Release) -> Selection:
    """A state that the app can be in: what an outcome has, and whatever else is known."""
    ind = draw(st.sampled_from(sorted(release.catalogue.indicators)))
    held = choices(release, ind)
    codes = st.sampled_from([a.la_code or "" for a in release.areas.local_authorities()])
    kept = draw(st.lists(st.sampled_from(COMPARATORS), unique=True))
    years = st.sampled_from(["201819", "202425", "2024"])
    terms = ["", *(slug(name) for name, _ in held.time_identifiers[1:])]
    chosen = Selection(
        area=draw(codes),
        ind=ind,
        grp=draw(st.sampled_from([group for group, _ in held.groups])),
        cmp=tuple(c for c in COMPARATORS if c in kept),
        yr=draw(years | st.just("latest")),
        since=draw(years | st.just("")),
        term=draw(st.sampled_from(terms)),
        bd=draw(st.sampled_from([code for code, _ in held.breakdowns])),
        snv=draw(st.sampled_from(VINTAGES)),
        view=draw(st.sampled_from(sorted(VIEWS))),
        among=draw(st.sampled_from(AMONG)),
        by=draw(st.sampled_from(BY)),
        mark=draw(st.sampled_from(MARKS)),
        plans=draw(st.sampled_from(PLANS)),
        shown=draw(st.sampled_from(SHOWN)),
        beside=tuple(draw(st.lists(codes, unique=True, max_size=40))),
    )
    views = draw(st.lists(st.sampled_from(sorted(WAYS)), unique=True, max_size=MOST))
    others = [pin_of(view, chosen) for view in views]
    return replace(chosen, pins=tuple(pin for pin in others if pin))


PAGES = (OUTCOME_VIEWS, COMPARE_VIEWS, GRID_VIEWS, PLANS_VIEWS, DATA_VIEWS)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_every_state_comes_back_from_its_link(release: Release, data: st.DataObject) -> None:
    chosen = data.draw(any_selection(release))
    link = urlencode(to_query(chosen), safe=",:")
    again, said = from_query(dict(parse_qsl(link)), release)
    # The view that a page opens with is left out of its links, and the page fills it in.
    page = next(v for v in PAGES if chosen.view in v)
    assert (with_view_of(again, page), said) == (chosen, ())


def test_a_pin_asks_what_its_page_asks(release: Release) -> None:
    pin = pin_of("side-by-side", FULL)
    assert pin is not None
    assert request_of(pin, release) == request(FULL, release)


def test_every_view_can_be_pinned_but_the_one_without_a_chart() -> None:
    drawn = {view for view in VIEWS if view not in DATA_VIEWS}
    assert {view for view in drawn if pin_of(view, FULL) is None} == {SPARKLINES}


def test_a_copied_link_says_which_release_it_was_made_with(release: Release) -> None:
    now = {"area": "919", "rel": release_key(release)}
    assert from_query(now, release)[1] == ()
    before = {"area": "919", "rel": "2025-01-31-0123"}
    assert from_query(before, release)[1] == (
        "This link was made with data of 31 January 2025; figures have been updated.",
    )
    rebuilt = {"area": "919", "rel": release.release_id[:10] + "-zzzz"}
    assert "a figure may differ" in from_query(rebuilt, release)[1][0]
    assert from_query({"rel": "x"}, release)[1] == ("Release “x” is not known.",)
    assert "rel" not in to_query(from_query(before, release)[0])


def test_a_link_holds_codes_and_leaves_rare_defaults_out() -> None:
    assert to_query(Selection("919", "eyfs_gld", SenGroup.EHC_PLAN)) == {
        "area": "919",
        "cmp": "neighbours,region,england",
        "grp": "ehc_plan",
        "ind": "eyfs_gld",
    }


@pytest.mark.parametrize("spelling", ["Hertfordshire", "E10000015", "919", " HERTFORDSHIRE "])
def test_any_code_or_name_becomes_the_three_digit_code(release: Release, spelling: str) -> None:
    assert from_query({"area": spelling}, release)[0].area == "919"


def test_an_empty_link_has_defaults_and_no_notice(release: Release) -> None:
    chosen, said = from_query({}, release)
    assert chosen.area == "" and said == ()
    assert chosen.ind == release.catalogue.headline[0]
    assert chosen.grp is SenGroup.EHC_PLAN


def test_each_unknown_value_gets_one_line(release: Release) -> None:
    asked = {"area": "Nowhere", "ind": "x", "grp": "x", "cmp": "x", "bd": "x", "term": "x"}
    chosen, said = from_query(asked, release)
    assert len(said) == len(asked)
    assert chosen == from_query({"cmp": "none"}, release)[0]


def test_a_selection_is_a_question_with_stable_codes(release: Release) -> None:
    asked = request(FULL, release)
    assert asked.area_code == "E10000015"
    assert asked.time_identifier == "Autumn term"
    assert (asked.period, asked.breakdown, asked.vintage) == ("202324", "phase:primary", "2021-04")


def test_text_is_never_taken_for_markdown() -> None:
    assert plain("5 A*-C, $3 <b> :red[x]") == "5 A\\*-C, \\$3 \\<b\\> \\:red\\[x\\]"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x"])
def test_no_cell_of_a_file_is_a_formula(cell: str) -> None:
    assert plain_cell(cell)[0] not in "=+-@"


def test_csv_opens_in_excel_with_its_dashes() -> None:
    made = csv(Table("caption", ("Year", "Gap"), (("2024", "\N{MINUS SIGN}0.7 pp"),)))
    assert made.decode("utf-8-sig").splitlines() == ["Year,Gap", "2024,\N{MINUS SIGN}0.7 pp"]
    assert made.startswith(b"\xef\xbb\xbf")
