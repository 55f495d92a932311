"""Pins: views that a person has put aside for a report, as codes that fit in a link.

A pin is written ``over-time.919.ks2_rwm_expected.ehc_plan.yr-202324``: the view, the area,
the outcome (empty for a view of many), the group, then what differs from the usual. Pins
are parted by ``~``. A pin answers with the same view model as the page it was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sendgap.errors import UnknownNameError
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.targets import Target
from sendgap.terms import VINTAGES, SenGroup, TimeIdentifier
from sendgap.views.area_map import area_map
from sendgap.views.asked import area_request_of, request_of, slug
from sendgap.views.choices import GROUP_LABELS, choices
from sendgap.views.compare_areas import compare_areas
from sendgap.views.compare_model import AMONG, BY
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.grid import grid
from sendgap.views.grid_model import MARKS
from sendgap.views.journey import journey
from sendgap.views.local_pins import LOCAL_WAYS, unit_code, unit_label
from sendgap.views.local_units import NO_UNITS, Units, parted
from sendgap.views.periods import period_label
from sendgap.views.plans import plans
from sendgap.views.request import COMPARATORS
from sendgap.views.side_by_side import side_by_side
from sendgap.views.slopes import baseline_to_latest
from sendgap.views.small_numbers import small_numbers
from sendgap.views.spread import spread
from sendgap.views.what_moved import what_moved

#: Pins that a report holds.
MOST = 12
#: Which plans, and whether classes are drawn as shares or as numbers.
PLANS, SHOWN = ("all", "new"), ("share", "count")
_PERIOD = re.compile(r"\d{4}|\d{6}")
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Pin:
    """One view put aside, in the codes that links use. ``beside`` is the set of areas that a
    person has put together; ``area`` may be a local unit, as ``919:dspl:D1``."""

    view: str
    area: str
    ind: str
    grp: SenGroup
    cmp: tuple[str, ...] = COMPARATORS
    yr: str = "latest"
    since: str = ""
    term: str = ""
    bd: str = "total"
    snv: str = VINTAGES[0]
    among: str = AMONG[0]
    by: str = BY[0]
    mark: str = MARKS[0]
    plans: str = PLANS[0]
    shown: str = SHOWN[0]
    beside: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """The page that the view stands on."""
        return WAYS[self.view].page


Context = tuple[tuple[Target, ...], date]
Builder = Callable[[Release, Pin, Context], Any]


@dataclass(frozen=True, slots=True)
class Way:
    """How a view is asked again: its page, its name, the codes that it depends on besides
    area and group, its builder, and its group where it has only one."""

    page: str
    title: str
    keys: tuple[str, ...]
    build: Builder
    group: SenGroup | None = None


_CUT = ("ind", "term", "bd")


def _over_time(release: Release, pin: Pin, context: Context) -> Any:
    return gap_over_time(release, request_of(pin, release), context[0])


def _side_by_side(release: Release, pin: Pin, context: Context) -> Any:
    return side_by_side(release, request_of(pin, release))


def _what_moved(release: Release, pin: Pin, context: Context) -> Any:
    return what_moved(release, request_of(pin, release))


def _compared(release: Release, pin: Pin, context: Context) -> Any:
    return compare_areas(release, request_of(pin, release), among=pin.among, by=pin.by)


def _small_numbers(release: Release, pin: Pin, context: Context) -> Any:
    return small_numbers(release, request_of(pin, release), by=pin.by)


def _grid(release: Release, pin: Pin, context: Context) -> Any:
    return grid(release, area_request_of(pin, release), pin.by, pin.mark, context[1])


def _change(release: Release, pin: Pin, context: Context) -> Any:
    return baseline_to_latest(release, request_of(pin, release), pin.by)


def _map(release: Release, pin: Pin, context: Context) -> Any:
    return area_map(release, request_of(pin, release), by=pin.by)


def _spread(release: Release, pin: Pin, context: Context) -> Any:
    return spread(release, request_of(pin, release), by=pin.by)


def _journey(release: Release, pin: Pin, context: Context) -> Any:
    return journey(release, area_request_of(pin, release), context[1])


def _plans(release: Release, pin: Pin, context: Context) -> Any:
    asked = replace(area_request_of(pin, release), compare=pin.cmp)
    return plans(release, asked, pin.view, pin.plans, pin.shown)


def _plans_way(title: str, *keys: str) -> Way:
    return Way("plans", title, ("cmp", "snv", *keys), _plans, SenGroup.EHC_PLAN)


#: Every view that can be pinned; another takes one line here.
WAYS: dict[str, Way] = {
    "over-time": Way("gap", "Over time", (*_CUT, "cmp", "snv"), _over_time),
    "side-by-side": Way(
        "gap", "Areas side by side", (*_CUT, "cmp", "yr", "snv", "beside"), _side_by_side
    ),
    "what-moved": Way("gap", "What moved the gap", (*_CUT, "yr", "since", "snv"), _what_moved),
    "ranking": Way(
        "compare", "Ranking", (*_CUT, "cmp", "yr", "snv", "among", "by", "beside"), _compared
    ),
    "level-and-gap": Way(
        "compare", "Level and gap", (*_CUT, "cmp", "yr", "snv", "among", "beside"), _compared
    ),
    "small-numbers": Way(
        "compare", "Small numbers", (*_CUT, "cmp", "yr", "snv", "by", "beside"), _small_numbers
    ),
    "map": Way("compare", "Map", (*_CUT, "cmp", "yr", "snv", "by", "beside"), _map),
    "spread": Way("compare", "Spread", (*_CUT, "cmp", "yr", "snv", "by", "beside"), _spread),
    "prevalence": _plans_way("How many"),
    "needs": _plans_way("Needs", "plans"),
    "placement": _plans_way("Where placed", "plans", "shown"),
    "requests": _plans_way("Requests to plans"),
    "timeliness": _plans_way("On time and appeals"),
    "journey": Way("journey", "Early years to 19", ("snv",), _journey),
    "heat": Way("grid", "Heat map", ("snv", "by", "mark", "beside"), _grid),
    "change": Way(
        "grid", "Baseline to latest", (*_CUT, "yr", "since", "snv", "by", "beside"), _change
    ),
}


def pin_of(view: str, asked: Any) -> Pin | None:
    """The pin of a view as a selection has it; nothing where the view cannot be pinned."""
    way = WAYS.get(view)
    if way is None:
        return None
    if unit := getattr(asked, "unit", ""):
        code = unit_code(asked.area, unit)
        return Pin(view, code, asked.ind, asked.grp) if code and view in LOCAL_WAYS else None
    said = {key: getattr(asked, key) for key in way.keys}
    return Pin(view, asked.area, said.pop("ind", ""), way.group or asked.grp, **said)


def answer(
    release: Release, pin: Pin, *, targets: tuple[Target, ...] = (), today: date | None = None,
    local: LocalRelease | None = None,
) -> Any:  # fmt: skip
    """The view model that the page shows, or its ``NoAnswer``; ask with pins that
    :func:`pins_of` has given, and with the ``local`` figures whose units it was given."""
    if (unit := parted(pin.area)) and local is not None:
        return LOCAL_WAYS[pin.view](release, local, unit[1], pin.ind, pin.grp).view
    return WAYS[pin.view].build(release, pin, (targets, today or date.today()))


#: What a page is about that is not about one outcome.
ABOUT = {"grid": "All outcomes", "plans": "Plans and placements", "journey": "All stages"}


def label(release: Release, pin: Pin, units: Units = NO_UNITS) -> str:
    """A pin in words."""
    outcome = release.catalogue.indicators[pin.ind].phrases.short if pin.ind else ABOUT[pin.page]
    unit = parted(pin.area)
    area = unit_label(units, unit[1]) if unit else release.areas.find(pin.area).short_name
    title = WAYS[pin.view].title + (" by gap" if pin.by == "gap" else "")
    parts = [outcome, area, GROUP_LABELS[pin.grp], title]
    if pin.bd != "total":
        parts.insert(1, release.catalogue.breakdowns[pin.bd])
    years = [year for year in (pin.since, pin.yr) if year not in ("", "latest")]
    parts += [" to ".join(_year(release, pin, year) for year in years)] if years else []
    return " · ".join(parts)


def _year(release: Release, pin: Pin, period: str) -> str:
    indicator = release.catalogue.indicators[pin.ind]
    identifiers = {slug(name): name for name, _ in choices(release, pin.ind).time_identifiers}
    identifier = TimeIdentifier(identifiers.get(pin.term, indicator.time_identifier))
    return period_label(period, indicator.period_style, identifier)


# As text -----------------------------------------------------------------------------

_RARE = tuple(field for field in fields(Pin) if field.name not in ("view", "area", "ind", "grp"))


def text_of(pins: Iterable[Pin]) -> str:
    """Pins as a link carries them."""
    return "~".join(_written(pin) for pin in pins)


def _written(pin: Pin) -> str:
    parts = [pin.view, pin.area, pin.ind, str(pin.grp)]
    for field in _RARE:
        value = getattr(pin, field.name)
        if value != field.default:
            words = value if isinstance(value, str) else ",".join(value) or _NONE
            parts.append(f"{field.name}-{words}")
    return ".".join(parts)


def pins_of(
    text: str, release: Release, units: Units = NO_UNITS
) -> tuple[tuple[Pin, ...], tuple[str, ...]]:
    """The pins of a link, each once, and a line for each that is not known and left out.
    ``units`` are the local ones that may be chosen."""
    found: list[Pin] = []
    notices: list[str] = []
    for number, part in enumerate(filter(None, text.split("~")), start=1):
        try:
            pin = _read(part.strip(), release, units)
        except (UnknownNameError, ValueError) as fault:
            notices.append(f"Pin {number} is left out: {fault}")
            continue
        if pin not in found:
            found.append(pin)
    if len(found) > MOST:
        notices.append(f"A report holds {MOST} pins: the first {MOST} are kept.")
    return tuple(found[:MOST]), tuple(notices)


def _read(part: str, release: Release, units: Units) -> Pin:
    view, area, ind, group, *rest = part.split(".") + [""] * (3 - part.count("."))
    way = WAYS.get(view)
    if way is None:
        raise ValueError(f"view “{view}” is not known.")
    if group not in tuple(SenGroup):
        raise ValueError(f"group “{group}” is not known.")
    if "ind" in way.keys and ind not in release.catalogue.indicators:
        raise ValueError(f"outcome “{ind}” is not known.")
    said: dict[str, Any] = {}
    for word in rest:
        key, _, value = word.partition("-")
        if key not in way.keys or key == "ind":
            raise ValueError(f"“{word}” is not known.")
        said[key] = _value(key, value, ind, release)
    ind = ind if "ind" in way.keys else ""
    if unit := parted(area):
        return _of_unit(Pin(view, ":".join(unit), ind, SenGroup(group), **said), unit, units)
    return Pin(view, _area(area, release), ind, SenGroup(group), **said)


def _of_unit(pin: Pin, unit: tuple[str, str], units: Units) -> Pin:
    """The pin with its unit's whole code; only what local views depend on may be asked."""
    if not units.holds(*unit):
        raise ValueError("it is of a school, cluster or DSPL area that is not loaded here.")
    whole = Pin(pin.view, unit_code(units.la_code, unit[1]), pin.ind, pin.grp)
    if pin.view not in LOCAL_WAYS or replace(pin, area=whole.area) != whole:
        raise ValueError(f"view “{pin.view}” is not known for a school, cluster or DSPL area.")
    return whole


def _area(asked: str, release: Release) -> str:
    try:
        code = release.areas.find(asked).la_code
    except UnknownNameError:
        code = None
    if code is None:
        raise ValueError(f"area “{asked}” is not known.")
    return code


def _value(key: str, value: str, ind: str, release: Release) -> str | tuple[str, ...]:
    if key in ("cmp", "beside"):
        parts = [] if value == _NONE else value.split(",")
        if key == "beside":
            return tuple(_area(part, release) for part in parts)
        return tuple(c for c in COMPARATORS if c in parts)
    if key in ("yr", "since"):
        is_known = _PERIOD.fullmatch(value) is not None
    else:
        is_known = value in _options(key, ind, release)
    if not is_known:
        raise ValueError(f"“{key}-{value}” is not known.")
    return value


def _options(key: str, ind: str, release: Release) -> tuple[str, ...]:
    if key == "bd":
        return tuple(code for code, _ in choices(release, ind).breakdowns)
    if key == "term":
        return tuple(slug(name) for name, _ in choices(release, ind).time_identifiers)
    return {"snv": VINTAGES, "among": AMONG, "by": BY, "mark": MARKS, "plans": PLANS,
            "shown": SHOWN}[key]  # fmt: skip
