"""Every number a view prints is the number the command line gives for the same question.

The view's text is parsed back to numbers and compared with the release's own tables, for
every outcome and group and a spread of areas; all areas in the long run.
"""

from __future__ import annotations

import pytest

from sendgap import Release
from sendgap.catalogue.model import Indicator
from sendgap.terms import SEN_GROUPS, SenGroup
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.model import GapOverTime, NoAnswer, SideBySide
from sendgap.views.request import Request
from sendgap.views.side_by_side import side_by_side

SPREAD = ("919", "886", "882", "201", "420", "942", "839", "330", "E12000006", "E92000001")


def _number(text: str) -> float | None:
    """The number at the start of a printed cell, or ``None`` for a word or letter."""
    cleaned = text.replace("\N{MINUS SIGN}", "-").replace(",", "").split(" ")[0].strip("%£")
    try:
        return float(cleaned)
    except ValueError:
        return None


def _questions(release: Release) -> list[tuple[Indicator, SenGroup]]:
    return [
        (indicator, group)
        for indicator in release.catalogue.indicators.values()
        if indicator.series
        for group in (SEN_GROUPS if indicator.has_gap else indicator.groups())
        if group in indicator.groups()
    ]


def _request(area_code: str, indicator: Indicator, group: SenGroup) -> Request:
    return Request(area_code, indicator.id, group, breakdown=indicator.default_breakdown)


def _check_gap_lines(release: Release, view: GapOverTime, request: Request) -> int:
    table = release.gaps(
        request.indicator_id, area=request.area_code, sen_group=request.sen_group.value
    ).set_index("time_period")
    checked = 0
    for line, column in zip((*view.levels, view.gaps[0]), ("sen_value", "reference_value", "gap"),
                            strict=True):  # fmt: skip
        assert [p.time_period for p in line.points] == list(table.index)
        for point in line.points:
            expected = table.loc[point.time_period, column]
            if point.value is None:
                assert expected != expected
                assert point.symbol
            else:
                assert point.value == expected
                assert _number(point.printed) == pytest.approx(expected, abs=1e-9)
                checked += 1
    return checked


def _check_level_line(release: Release, view: GapOverTime, request: Request) -> int:
    table = release.values(
        request.indicator_id, area=request.area_code, sen_group=request.sen_group.value
    ).set_index("time_period")
    own = view.levels[0].points
    assert [p.time_period for p in own] == list(table.index)
    for point in own:
        expected = table.loc[point.time_period, "value"]
        if point.value is None:
            assert expected != expected
        else:
            decimals = len(point.printed.partition(".")[2].rstrip("% per10"))
            assert _number(point.printed) == pytest.approx(expected, abs=0.5000001 * 10**-decimals)
    return len(own)


def _check(release: Release, request: Request) -> int:
    view = gap_over_time(release, request)
    if isinstance(view, NoAnswer):
        held = release.values(
            request.indicator_id, area=request.area_code, sen_group=request.sen_group.value
        )
        assert held["value"].notna().sum() == 0
        assert view.message
        return 0
    if view.gaps:
        return _check_gap_lines(release, view, request)
    return _check_level_line(release, view, request)


def test_lines_over_time_equal_the_command_line_for_a_spread_of_areas(release: Release) -> None:
    checked = 0
    for turn, (indicator, group) in enumerate(_questions(release)):
        for name in SPREAD[turn % 3 :: 3]:
            area = release.areas.find(name).area_code
            checked += _check(release, _request(area, indicator, group))
    assert checked > 2000


@pytest.mark.long
def test_lines_over_time_equal_the_command_line_for_every_authority(release: Release) -> None:
    """Each outcome for every third authority, in turn, so that all authorities are met."""
    checked = 0
    authorities = release.areas.local_authorities()
    for turn, (indicator, group) in enumerate(_questions(release)):
        for area in authorities[turn % 3 :: 3]:
            checked += _check(release, _request(area.area_code, indicator, group))
    assert checked > 10_000


def _rows_agree(release: Release, view: SideBySide, request: Request) -> None:
    indicator = release.catalogue.indicator(request.indicator_id)
    codes = [row.area_code for row in view.rows if row.area_code]
    kind = {"period": view.rows[0].sen.time_period, "sen_group": request.sen_group.value}
    if indicator.has_gap and view.reference_group:
        gaps = release.gaps(indicator.id, area=codes, **kind).set_index("area_code")["gap"]
        for row in view.rows:
            if row.area_code and row.gap is not None:
                assert row.gap == gaps[row.area_code]
                assert _number(row.gap_printed) == pytest.approx(row.gap, abs=1e-9)
    own = release.benchmark(indicator.id, area=request.area_code, **kind)
    mean = [row for row in view.rows if row.role == "neighbours"]
    if mean and len(own):
        assert mean[0].sen.value == pytest.approx(own["neighbour_mean"].iloc[0])


def test_side_by_side_equals_the_command_line(release: Release) -> None:
    seen = 0
    for turn, (indicator, group) in enumerate(_questions(release)):
        for name in SPREAD[turn % 3 : 8 : 3]:
            request = _request(release.areas.find(name).area_code, indicator, group)
            view = side_by_side(release, request)
            if isinstance(view, SideBySide):
                _rows_agree(release, view, request)
                seen += 1
    assert seen > 100
