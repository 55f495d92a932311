"""Pins: short text that reopens a view exactly, and a line for what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendgap.charts.drawn import figures
from sendgap.store import Release
from sendgap.terms import SEN_GROUPS, VINTAGES, SenGroup
from sendgap.views import pins
from sendgap.views.asked import slug
from sendgap.views.choices import choices
from sendgap.views.compare_model import AMONG, BY
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.grid_model import MARKS
from sendgap.views.model import NoAnswer
from sendgap.views.pins import MOST, PLANS, SHOWN, WAYS, Pin, pins_of, text_of
from sendgap.views.request import COMPARATORS, Request

PLAIN = Pin("over-time", "919", "ks2_rwm_expected", SenGroup.EHC_PLAN)
FULL = Pin("side-by-side", "882", "suspension_rate", SenGroup.SEN_SUPPORT, ("england",),
           yr="202324", term="autumn_term", bd="phase:primary", snv="2021-04",
           beside=("330", "919"))  # fmt: skip
TODAY = date(2026, 7, 1)


def test_a_pin_is_short_and_holds_codes_only() -> None:
    assert text_of([PLAIN]) == "over-time.919.ks2_rwm_expected.ehc_plan"
    assert text_of([FULL]) == (
        "side-by-side.882.suspension_rate.sen_support.cmp-england.yr-202324.term-autumn_term"
        ".bd-phase:primary.snv-2021-04.beside-330,919"
    )


@st.composite
def any_pin(draw: st.DrawFn, release: Release) -> Pin:
    view = draw(st.sampled_from(sorted(WAYS)))
    keys = WAYS[view].keys
    held = release.catalogue.indicators
    ind = draw(st.sampled_from(sorted(held))) if "ind" in keys else ""
    codes = st.sampled_from([a.la_code for a in release.areas.local_authorities()])
    years = st.sampled_from(["201819", "202425", "2024"])
    said = {
        "cmp": st.lists(st.sampled_from(COMPARATORS), unique=True).map(
            lambda found: tuple(c for c in COMPARATORS if c in found)),
        "yr": years | st.just("latest"), "since": years | st.just(""),
        "snv": st.sampled_from(VINTAGES), "among": st.sampled_from(AMONG),
        "by": st.sampled_from(BY), "mark": st.sampled_from(MARKS),
        "plans": st.sampled_from(PLANS), "shown": st.sampled_from(SHOWN),
        "beside": st.lists(codes, unique=True, max_size=5).map(tuple),
    }  # fmt: skip
    if ind:
        held_of = choices(release, ind)
        said["bd"] = st.sampled_from([code for code, _ in held_of.breakdowns])
        said["term"] = st.sampled_from([slug(n) for n, _ in held_of.time_identifiers]) | st.just("")
    chosen = {key: draw(options) for key, options in said.items() if key in keys}
    return Pin(view, draw(codes) or "", ind, draw(st.sampled_from(SEN_GROUPS)), **chosen)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_pinned_comes_back(release: Release, data: st.DataObject) -> None:
    held = data.draw(st.lists(any_pin(release), max_size=MOST, unique=True))
    assert pins_of(text_of(held), release) == (tuple(held), ())


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet="abc919.~-,_:%é", max_size=60))
def test_any_text_gives_pins_or_lines_and_never_an_error(release: Release, text: str) -> None:
    found, said = pins_of(text, release)
    parts = [part for part in text.split("~") if part]
    assert len(found) + len(said) == len(parts)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("flat.919.ks2_rwm_expected.ehc_plan", "view “flat” is not known"),
        ("over-time.000.ks2_rwm_expected.ehc_plan", "area “000” is not known"),
        ("over-time.E12000006.ks2_rwm_expected.ehc_plan", "area “E12000006” is not known"),
        ("over-time.919.nothing.ehc_plan", "outcome “nothing” is not known"),
        ("over-time.919.ks2_rwm_expected.all", "group “all” is not known"),
        ("over-time.919.ks2_rwm_expected.ehc_plan.bd-x", "“bd-x” is not known"),
        ("over-time.919.ks2_rwm_expected.ehc_plan.among-region", "“among-region” is not known"),
        ("ranking.919.ks2_rwm_expected.ehc_plan.yr-next", "“yr-next” is not known"),
        ("over-time", "group “” is not known"),
    ],
)
def test_a_bad_pin_is_left_out_and_said(release: Release, text: str, said: str) -> None:
    good = text_of([PLAIN])
    found, notices = pins_of(f"{text}~{good}", release)
    assert found == (PLAIN,)
    assert len(notices) == 1 and notices[0].startswith("Pin 1 is left out: ")
    assert said in notices[0]


def test_a_report_holds_twelve_and_each_once(release: Release) -> None:
    many = [replace(PLAIN, ind=i) for i in list(release.catalogue.indicators)[: MOST + 2]]
    found, said = pins_of(text_of([*many, *many]), release)
    assert found == tuple(many[:MOST])
    assert said == ("A report holds 12 pins: the first 12 are kept.",)


def test_only_what_a_view_depends_on_is_pinned() -> None:
    early = replace(FULL, since="201819", by="gap")
    assert pins.pin_of("over-time", early) == replace(
        FULL, view="over-time", yr="latest", since="", by="level", beside=()
    )
    assert pins.pin_of("heat", early) == Pin(
        "heat", "882", "", SenGroup.SEN_SUPPORT, snv="2021-04", by="gap", beside=("330", "919")
    )
    assert pins.pin_of("sparklines", early) is None


def test_a_pin_answers_with_the_pages_own_view(release: Release) -> None:
    asked = Request("E10000015", "ks2_rwm_expected", SenGroup.EHC_PLAN)
    assert pins.answer(release, PLAIN) == gap_over_time(release, asked, ())


@pytest.mark.parametrize("view", WAYS)
def test_every_kind_of_pin_has_an_answer_with_charts_and_a_name(
    release: Release, view: str
) -> None:
    # The newest year of this outcome has no numbers of pupils.
    pin = pins.pin_of(view, replace(PLAIN, yr="202223"))
    assert pin is not None
    found = pins.answer(release, pin, today=TODAY)
    assert not isinstance(found, NoAnswer)
    assert found.words.finding and found.words.sources
    assert figures(found)
    assert WAYS[view].title in pins.label(release, pin)


def test_a_pin_without_figures_says_so(release: Release) -> None:
    """The newest year of this outcome has no numbers of pupils."""
    assert isinstance(pins.answer(release, replace(PLAIN, view="small-numbers")), NoAnswer)


def test_a_label_says_cut_and_years(release: Release) -> None:
    pin = Pin("what-moved", "919", "suspension_rate", SenGroup.EHC_PLAN, yr="202324",
              since="201819", bd="phase:primary")  # fmt: skip
    said = pins.label(release, pin)
    assert said.endswith("· Hertfordshire · EHC plan · What moved the gap · 2018/19 to 2023/24")
    assert release.catalogue.breakdowns["phase:primary"] in said
