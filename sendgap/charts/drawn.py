"""The charts of a view: one list, from which a page, a download and a document draw.

A new kind of view adds one line to :data:`WAYS`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import plotly.graph_objects as go

from sendgap.charts import over_time, paper
from sendgap.charts.beeswarm import beeswarm
from sendgap.charts.funnel import funnel
from sendgap.charts.heat import heat
from sendgap.charts.hexagon_map import hexagon_map
from sendgap.charts.level_and_gap import level_and_gap
from sendgap.charts.one_place import one_place
from sendgap.charts.plans import figure as plans_figure
from sendgap.charts.ranking import ranking
from sendgap.charts.ribbon import ribbon
from sendgap.charts.side_by_side import side_by_side
from sendgap.charts.slope import slope
from sendgap.charts.small_multiples import FEW_PANELS, small_multiples, small_years
from sendgap.charts.spine import spine
from sendgap.charts.waterfall import waterfall
from sendgap.views.area_map import AreaMap
from sendgap.views.area_model import OurArea
from sendgap.views.compare_model import CompareAreas
from sendgap.views.funnel_model import SmallNumbers
from sendgap.views.grid_model import Grid
from sendgap.views.journey_model import Journey
from sendgap.views.local_model import LocalAreas, LocalOne
from sendgap.views.model import GapOverTime, SideBySide, Words
from sendgap.views.moved_model import WhatMoved
from sendgap.views.plans_model import Figure, Plans
from sendgap.views.slope_model import BaselineToLatest
from sendgap.views.sources import source_line
from sendgap.views.spread import Spread

#: Charts of many columns need more room on paper than others.
WIDE = 1040


@dataclass(frozen=True)
class Drawn:
    """One chart: its key, its caption where it stands beside another, and its names.

    The figure is made when it is first asked for, and so is its form for phones where it has
    one.
    """

    key: str
    alt: str
    file_name: str
    make: Callable[[], go.Figure]
    caption: str = ""
    #: Pixels across on paper.
    width: int = paper.WIDTH
    make_narrow: Callable[[], go.Figure] | None = None

    @cached_property
    def figure(self) -> go.Figure:
        """The figure."""
        return self.make()

    @cached_property
    def narrow(self) -> go.Figure:
        """The figure as phones show it."""
        return self.make_narrow() if self.make_narrow else self.figure


#: Charts of the views drawn last, by the view's identity, which is held so that no other object
#: can take it. Views are frozen and kept for all visitors: their figures are made once.
_KEPT: OrderedDict[int, tuple[Any, tuple[Drawn, ...]]] = OrderedDict()
_MOST_KEPT = 60
_lock = Lock()


def figures(view: Any) -> tuple[Drawn, ...]:
    """The charts of a view in their order; none for a view that is a table or words."""
    way = WAYS.get(type(view))
    if way is None:
        return ()
    with _lock:
        held = _KEPT.get(id(view))
        if held is None:
            held = _KEPT[id(view)] = (view, tuple(way(view)))
        _KEPT.move_to_end(id(view))
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return held[1]


def named(view: Any, *keys: str) -> tuple[Drawn, ...]:
    """Those of a view's charts that have these keys."""
    return tuple(each for each in figures(view) if each.key in keys)


def svg(charts: Sequence[Drawn], words: Words, release_id: str) -> bytes:
    """The charts of a view as one SVG: finding above, source and release below."""
    return paper.svg(_panels(charts), **_around(charts, words, release_id))


def png(charts: Sequence[Drawn], words: Words, release_id: str) -> bytes:
    """As :func:`svg`, as PNG."""
    return paper.png(_panels(charts), **_around(charts, words, release_id))


def _panels(charts: Sequence[Drawn]) -> list[tuple[str, go.Figure]]:
    return [(each.caption if len(charts) > 1 else "", each.figure) for each in charts]


def _around(charts: Sequence[Drawn], words: Words, release_id: str) -> dict[str, Any]:
    return {
        "title": words.finding,
        "context": words.context,
        "alt": " ".join(each.alt for each in charts),
        "width": max(each.width for each in charts),
        "foot": [*map(source_line, words.sources), f"sendgap, release {release_id}."],
    }


# Each kind of view -------------------------------------------------------------------


def _over_time(view: GapOverTime) -> Iterator[Drawn]:
    """Levels, and beside them the gap where the outcome has one."""
    name = view.chart.file_name
    yield Drawn("levels", view.chart.alt, name, lambda: over_time.levels(view), "Level")
    if view.gap_axis is not None and view.gaps:
        yield Drawn("gaps", view.gap_alt, f"{name}-gap", lambda: _gaps(view), "Gap")


def _gaps(view: GapOverTime) -> go.Figure:
    found = over_time.gaps(view)
    assert found is not None
    return found


def _side_by_side(view: SideBySide) -> Iterator[Drawn]:
    yield Drawn("beside", view.chart.alt, view.chart.file_name, lambda: side_by_side(view))


def _what_moved(view: WhatMoved) -> Iterator[Drawn]:
    """The steps, where the change is large enough to be split."""
    if view.steps:
        yield Drawn("moved", view.chart.alt, view.chart.file_name, lambda: waterfall(view))


def _compare(view: CompareAreas) -> Iterator[Drawn]:
    """The ranking, and level against gap where there is a gap."""
    name = view.chart.file_name
    yield Drawn("ranking", view.chart.alt, name, lambda: ranking(view))
    if view.gap_axis is not None:
        yield Drawn(
            "level-and-gap", view.scatter_alt, f"{name}-level-and-gap", lambda: level_and_gap(view)
        )


def _small_numbers(view: SmallNumbers) -> Iterator[Drawn]:
    yield Drawn("funnel", view.chart.alt, view.chart.file_name, lambda: funnel(view))


def _plans(view: Plans) -> Iterator[Drawn]:
    """The figure of each part that has one, under the part's head."""

    def way(shown: Figure) -> Callable[[], go.Figure]:
        return lambda: plans_figure(shown)

    for panel in view.panels:
        if panel.figure is not None:
            alt = panel.figure.chart.alt
            yield Drawn(panel.key, alt, panel.file_name, way(panel.figure), panel.head)


def _grid(view: Grid) -> Iterator[Drawn]:
    yield Drawn("heat", view.chart.alt, view.chart.file_name, lambda: heat(view), width=WIDE)


def _slopes(view: BaselineToLatest) -> Iterator[Drawn]:
    yield Drawn("slope", view.chart.alt, view.chart.file_name, lambda: slope(view))


def _journey(view: Journey) -> Iterator[Drawn]:
    yield Drawn("ribbon", view.chart.alt, view.chart.file_name, lambda: ribbon(view), width=WIDE)


def _map(view: AreaMap) -> Iterator[Drawn]:
    yield Drawn("map", view.chart.alt, view.chart.file_name, lambda: hexagon_map(view))


def _spread(view: Spread) -> Iterator[Drawn]:
    yield Drawn("spread", view.chart.alt, view.chart.file_name, lambda: beeswarm(view))


def _our_area(view: OurArea) -> Iterator[Drawn]:
    name = view.chart.file_name
    yield Drawn("spine", view.chart.alt, name, lambda: spine(view.spine), width=WIDE)


def _local(view: LocalAreas) -> Iterator[Drawn]:
    about = view.chart
    yield Drawn(
        "panels", about.alt, about.file_name, lambda: small_multiples(view),
        make_narrow=lambda: small_multiples(view, across=1, most=FEW_PANELS),
    )  # fmt: skip


def _one_place(view: LocalOne) -> Iterator[Drawn]:
    """All outcomes beside each other, and over the years where there are several."""
    name = view.chart.file_name
    if view.outcomes:
        yield Drawn(
            "place", view.chart.alt, name, lambda: one_place(view), "Beside others", WIDE,
            lambda: one_place(view, narrow=True),
        )  # fmt: skip
    if len(view.ticks) > 1 and any(o.has_years for o in view.outcomes):
        yield Drawn(
            "years", view.years_alt, f"{name}-years", lambda: small_years(view), "Over time", WIDE,
            lambda: small_years(view, across=1),
        )  # fmt: skip


WAYS: dict[type, Callable[[Any], Iterator[Drawn]]] = {
    GapOverTime: _over_time,
    SideBySide: _side_by_side,
    WhatMoved: _what_moved,
    CompareAreas: _compare,
    SmallNumbers: _small_numbers,
    Plans: _plans,
    Grid: _grid,
    BaselineToLatest: _slopes,
    Journey: _journey,
    AreaMap: _map,
    Spread: _spread,
    OurArea: _our_area,
    LocalAreas: _local,
    LocalOne: _one_place,
}
