"""Links carry codes, reopen the same selection, and say what they could not have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui.downloads import csv, plain_cell
from sendgap.ui.selection import Selection, from_query, request, to_query
from sendgap.ui.show import plain
from sendgap.views.model import Table

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
