"""Pins of local views: codes of the unit, answered from served cells, nothing without them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sendgap.report import kinds
from sendgap.report.documents import Wanted, document_of, pinned, view_of
from sendgap.report.markdown import markdown
from sendgap.report.typed import Typed
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.ui.selection import Selection, from_query, to_query
from sendgap.views.local_pins import LOCAL_WAYS
from sendgap.views.local_units import Units, units_of
from sendgap.views.pins import WAYS, answer, label, pin_of, pins_of, text_of
from tests.local.small import opened, part

CHOSEN = Selection("", "overall_absence", SenGroup.ANY_SEN, unit="dspl:D1", loc="dspl")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRelease]:
    demo = part(["C01", "C02", "C10"], ["202324", "202425"], ["possible_sessions",
                                                              "missed_sessions"])  # fmt: skip
    with opened(tmp_path_factory.mktemp("data"), demo) as held:
        yield held


@pytest.fixture(scope="module")
def units(local: LocalRelease) -> Units:
    return units_of(local)


@pytest.mark.parametrize("view", sorted(WAYS))
def test_a_pin_of_a_local_view_comes_back_from_its_text(
    release: Release, units: Units, view: str
) -> None:
    pin = pin_of(view, CHOSEN)
    if view not in LOCAL_WAYS:
        assert pin is None
        return
    assert pin is not None and pin.area == "practice:dspl:D1"
    assert pins_of(text_of([pin]), release, units) == ((pin,), ())
    assert (
        label(release, pin, units).split(" · ")[1] == "Practice DSPL area 1 (DSPL area, invented)"
    )


@pytest.mark.parametrize("view", sorted(LOCAL_WAYS))
def test_a_pin_is_answered_with_what_the_page_shows(
    release: Release, local: LocalRelease, view: str
) -> None:
    pin = pin_of(view, CHOSEN)
    assert pin is not None
    shown = LOCAL_WAYS[view](release, local, "dspl:D1", "overall_absence", SenGroup.ANY_SEN).view
    assert answer(release, pin, local=local) == shown


def test_without_the_local_figures_a_pin_is_left_out_and_names_no_one(
    release: Release, units: Units
) -> None:
    pin = pin_of("over-time", CHOSEN)
    assert pin is not None
    link = to_query(CHOSEN) | {"pin": text_of([pin])}
    chosen, said = from_query(link, release)
    assert chosen.pins == () and "Practice" not in " ".join(said)
    assert any(line.startswith("Pin 1 is left out: it is of a school, cluster") for line in said)
    assert from_query(link, release, units=units)[0].pins == (pin,)


def test_a_pin_of_another_authority_s_unit_is_left_out(release: Release, units: Units) -> None:
    for text in ("over-time.919:dspl:D1.overall_absence.any_sen",
                 "over-time.practice:dspl:D77.overall_absence.any_sen",
                 "ranking.practice:dspl:D1.overall_absence.any_sen",
                 "over-time.practice:dspl:D1.overall_absence.any_sen.yr-202324"):  # fmt: skip
        found, said = pins_of(text, release, units)
        assert found == () and len(said) == 1


def test_a_meeting_sheet_says_what_is_invented(release: Release, local: LocalRelease) -> None:
    pin = pin_of("over-time", CHOSEN)
    assert pin is not None
    wanted = Wanted(pins=(pin,), local=local)
    (shown,) = pinned(release, wanted)
    assert shown.label.endswith("Over time") and "invented" in shown.label
    view = view_of(release, kinds.MEETING_SHEET, wanted)
    made = markdown(document_of(release, view, wanted, Typed(), "", ())).decode()
    assert "(made-up data for practice)" in made
