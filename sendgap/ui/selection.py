"""What is chosen, and the URL keys that say it: codes, never labels.

Everything here is plain: text in, a selection out, a line for each value that is not
known. What a link does not say takes its default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sendgap.catalogue.areas import Area
from sendgap.report.kinds import NAMES as DOCUMENTS
from sendgap.report.kinds import VISIT_NOTE
from sendgap.store import Release
from sendgap.terms import SEN_GROUPS, VINTAGES, SenGroup
from sendgap.ui.areas_asked import chosen_set, place
from sendgap.views.asked import request_of, slug
from sendgap.views.choices import GROUP_LABELS, choices
from sendgap.views.compare_model import AMONG, BY
from sendgap.views.grid_model import MARKS
from sendgap.views.local_areas import GROUPS as LOCAL_GROUPS
from sendgap.views.local_model import LOCAL_KINDS, ORDERS
from sendgap.views.local_units import NO_UNITS, Units, kind_of, whose_of
from sendgap.views.periods import day
from sendgap.views.pins import PLANS, SHOWN, Pin, pins_of, text_of
from sendgap.views.request import COMPARATORS, Request

KEYS = ("area", "cmp", "set", "grp", "ind", "yr", "since", "term", "bd", "snv", "view", "among",
        "by", "mark", "fw", "plans", "shown", "doc", "loc", "within", "unit", "order", "pin",
        "rel", "from")  # fmt: skip
OVER_TIME, SIDE_BY_SIDE, WHAT_MOVED = "over-time", "side-by-side", "what-moved"
RANKING, LEVEL_AND_GAP, SMALL_NUMBERS = "ranking", "level-and-gap", "small-numbers"
MAP, SPREAD = "map", "spread"
#: The views of each page that has several; the first is the one it opens with.
OUTCOME_VIEWS = {
    OVER_TIME: "Over time",
    SIDE_BY_SIDE: "Areas side by side",
    WHAT_MOVED: "What moved the gap",
}
COMPARE_VIEWS = {
    RANKING: "Ranking",
    MAP: "Map",
    SPREAD: "Spread",
    LEVEL_AND_GAP: "Level and gap",
    SMALL_NUMBERS: "Small numbers",
}
HEAT, CHANGE, SPARKLINES = "heat", "change", "sparklines"
GRID_VIEWS = {HEAT: "Heat map", CHANGE: "Baseline to latest", SPARKLINES: "Sparklines"}
HOW_MANY, NEEDS, PLACEMENT, REQUESTS, TIMELINESS = (
    "prevalence", "needs", "placement", "requests", "timeliness"
)  # fmt: skip
PLANS_VIEWS = {
    HOW_MANY: "How many",
    NEEDS: "Needs",
    PLACEMENT: "Where placed",
    REQUESTS: "Requests to plans",
    TIMELINESS: "On time and appeals",
}
HELD, CHECKS, LOAD, CHANGES = "held", "checks", "load", "changes"
WORDS, ACCESSIBILITY = "words", "accessibility"
DATA_VIEWS = {
    HELD: "What we hold",
    CHECKS: "Checks",
    LOAD: "Load",
    CHANGES: "Changes",
    WORDS: "Words and method",
    ACCESSIBILITY: "Accessibility",
}
VIEWS = OUTCOME_VIEWS | COMPARE_VIEWS | GRID_VIEWS | PLANS_VIEWS | DATA_VIEWS
LATEST, NOTHING = "latest", "none"
COMPARED = COMPARATORS


@dataclass(frozen=True, slots=True)
class Selection:
    """One state of the app. ``area`` is a three-digit code, empty before one is chosen; ``unit``
    a school, cluster or DSPL area inside it (``dspl:D1``; the invented authority has no code);
    an empty ``term`` is the outcome's own kind of period; ``beside`` are the three-digit codes
    of areas that a person has put together; ``since`` is the period that ``yr`` is set against,
    empty for the usual one; ``pins`` are the views put aside for a report."""

    area: str
    ind: str
    grp: SenGroup
    cmp: tuple[str, ...] = COMPARED
    yr: str = LATEST
    since: str = ""
    term: str = ""
    bd: str = "total"
    snv: str = VINTAGES[0]
    view: str = OVER_TIME
    among: str = AMONG[0]
    by: str = BY[0]
    beside: tuple[str, ...] = ()
    mark: str = MARKS[0]
    #: An outcomes framework, empty for the first.
    fw: str = ""
    plans: str = PLANS[0]
    shown: str = SHOWN[0]
    #: A document of the reports page.
    doc: str = VISIT_NOTE
    pins: tuple[Pin, ...] = ()
    unit: str = ""
    #: Local units of a kind, inside another one (``dspl:D1``).
    loc: str = next(iter(LOCAL_KINDS))
    within: str = ""
    order: str = ORDERS[0]

    @property
    def place(self) -> str:
        """What the area chooser stands on: a local unit, or the authority."""
        return self.unit or self.area


Answer = tuple[str, str]
Groups = Mapping[str, str] | None


def default_indicator(release: Release) -> str:
    """The first headline outcome that is held."""
    held = release.catalogue.indicators
    return next((i for i in release.catalogue.headline if i in held), next(iter(held)))


def from_query(
    query: Mapping[str, str], release: Release, *, groups: Groups = None, units: Units = NO_UNITS
) -> tuple[Selection, tuple[str, ...]]:
    """The selection a link asks for, and a line for each value that is not known.

    ``groups`` are those of a page about many outcomes; without it, the outcome's own. ``units``
    are the local ones that may be chosen.
    """
    notices: list[str] = []
    area, unit = place(query, release, units, notices)

    def read(key: str, reader: Callable[[str], Answer], default: str) -> str:
        asked = query.get(key, "").strip()
        value, notice = reader(asked) if asked else (default, "")
        notices.extend([notice] if notice else [])
        return value

    ind = read("ind", lambda asked: _indicator(asked, release), default_indicator(release))
    chosen = Selection(
        area=area,
        unit=unit,
        ind=ind,
        grp=choices(release, ind).groups[0][0],
        cmp=_compare(query.get("cmp", "").strip(), notices),
        yr=query.get("yr", "").strip() or LATEST,
        since=query.get("since", "").strip(),
        snv=read("snv", _one_of(VINTAGES, "Neighbour list"), VINTAGES[0]),
        view=read("view", _one_of(tuple(VIEWS), "View"), OVER_TIME),
        among=read("among", _one_of(AMONG, "Group of areas"), AMONG[0]),
        by=read("by", _one_of(BY, "Order"), BY[0]),
        mark=read("mark", _one_of(MARKS, "Kind of mark"), MARKS[0]),
        doc=read("doc", _one_of(tuple(DOCUMENTS), "Document"), VISIT_NOTE),
        fw=read("fw", lambda asked: _framework(asked, release), ""),
        plans=read("plans", _one_of(PLANS, "Kind of plans"), PLANS[0]),
        shown=read("shown", _one_of(SHOWN, "Kind of figure"), SHOWN[0]),
        beside=chosen_set(query.get("set", "").strip(), release, notices),
        loc=read("loc", _one_of(tuple(LOCAL_KINDS), "Kind of place"), next(iter(LOCAL_KINDS))),
        within=query.get("within", "").strip(),
        order=read("order", _one_of(ORDERS, "Order"), ORDERS[0]),
    )
    pins, left_out = pins_of(query.get("pin", "").strip(), release, units)
    chosen = replace(chosen, pins=pins, loc=kind_of(unit) if unit else chosen.loc)
    notices += [*left_out, *_older(query.get("rel", "").strip(), release)]
    wanted = {key: query.get(key, "").strip() for key in ("grp", "bd", "term")}
    chosen, said = fitted(chosen, wanted, release, groups=groups)
    return chosen, (*notices, *said)


def fitted(
    chosen: Selection, wanted: Mapping[str, str], release: Release, *, groups: Groups = None
) -> tuple[Selection, tuple[str, ...]]:
    """The selection with a group, cut and kind of period that its outcome has; a local unit
    has the groups that local figures are shown for."""
    held = choices(release, chosen.ind)
    groups = {str(g): GROUP_LABELS[g] for g in LOCAL_GROUPS} if chosen.unit else groups
    label = release.catalogue.indicators[chosen.ind].phrases.short
    options = {
        "grp": ("Group", dict(groups or {str(group): name for group, name in held.groups})),
        "bd": ("Breakdown", dict(held.breakdowns)),
        "term": ("Term", {slug(name): text for name, text in held.time_identifiers}),
    }
    found: dict[str, str] = {}
    notices: list[str] = []
    for key, (kind, known) in options.items():
        asked, default = wanted.get(key, ""), next(iter(known))
        found[key] = asked if asked in known else default
        if asked and asked not in known:
            notices.append(f"{kind} “{asked}” is not held for {label}: {known[default]} is shown.")
    term = "" if found["term"] == next(iter(options["term"][1])) else found["term"]
    group = SenGroup(found["grp"])
    return replace(chosen, grp=group, bd=found["bd"], term=term), tuple(notices)


def _older(asked: str, release: Release) -> list[str]:
    """What to say of a link that was copied from another release."""
    if not asked or release.release_id.startswith(asked):
        return []
    try:
        date.fromisoformat(asked[:10])
    except ValueError:
        return [f"Release “{asked}” is not known."]
    if release.release_id.startswith(asked[:10]):
        return [f"The data of {day(asked[:10])} have been built anew since this link was made: "
                "a figure may differ."]  # fmt: skip
    return [f"This link was made with data of {day(asked[:10])}; figures have been updated."]


def release_key(release: Release) -> str:
    """What a copied link says of the release: its date and the start of its fingerprint."""
    return release.release_id[:15]


def with_place(chosen: Selection, code: str, units: Units) -> Selection:
    """The selection with what the area chooser stands on: a local unit, or an authority."""
    if code not in units.names:
        return replace(chosen, area=code, unit="")
    return replace(chosen, area=units.la_code, unit=code, loc=kind_of(code))


def _indicator(asked: str, release: Release) -> Answer:
    if asked in release.catalogue.indicators:
        return asked, ""
    default = default_indicator(release)
    label = release.catalogue.indicators[default].phrases.short
    return default, f"Outcome “{asked}” is not known: {label} is shown."


def _framework(asked: str, release: Release) -> Answer:
    first, *others = release.catalogue.frameworks
    if asked in (first, *others):
        return "" if asked == first else asked, ""
    return "", f"Framework “{asked}” is not known: the usual one is shown."


def _compare(asked: str, notices: list[str]) -> tuple[str, ...]:
    if not asked:
        return COMPARED
    parts = [] if asked == NOTHING else [part.strip() for part in asked.split(",")]
    notices.extend(f"Comparison “{p}” is not known." for p in parts if p not in COMPARATORS)
    return tuple(c for c in COMPARATORS if c in parts)


def _one_of(known: tuple[str, ...], kind: str) -> Callable[[str], Answer]:
    def read(asked: str) -> Answer:
        if asked in known:
            return asked, ""
        return known[0], f"{kind} “{asked}” is not known: the usual one is shown."

    return read


def headline_groups(release: Release) -> dict[str, str]:
    """The SEN groups that any headline outcome has figures for, with their names."""
    held = release.catalogue.indicators
    found = {g for i in release.catalogue.headline if i in held for g in held[i].groups()}
    return {str(group): GROUP_LABELS[group] for group in SEN_GROUPS if group in found}


def with_view_of(chosen: Selection, views: Mapping[str, str]) -> Selection:
    """The selection with a view that the page has."""
    return chosen if chosen.view in views else replace(chosen, view=next(iter(views)))


def to_query(chosen: Selection, **changed: str) -> dict[str, str]:
    """The keys of a link that reopens the selection; defaults of rare keys are left out."""
    chosen = replace(chosen, unit=changed.pop("unit", chosen.unit))
    query = {
        "area": f"{whose_of(chosen.area)}:{chosen.unit}" if chosen.unit else chosen.area,
        "ind": chosen.ind,
        "grp": str(chosen.grp),
        "cmp": ",".join(chosen.cmp) or NOTHING,
        "set": ",".join(chosen.beside),
        "pin": text_of(chosen.pins),
    }
    rare = {"yr": (LATEST,), "since": ("",), "term": ("",), "bd": ("total",), "snv": VINTAGES[:1],
            "view": (OVER_TIME, RANKING, HEAT, HOW_MANY, HELD), "among": AMONG[:1], "by": BY[:1],
            "mark": MARKS[:1], "fw": ("",), "plans": PLANS[:1], "shown": SHOWN[:1],
            "loc": tuple(LOCAL_KINDS)[:1], "within": ("",), "order": ORDERS[:1],
            "doc": (VISIT_NOTE,)}  # fmt: skip
    for key, defaults in rare.items():
        if (value := getattr(chosen, key)) not in defaults:
            query[key] = value
    query |= changed
    return {key: query[key] for key in KEYS if query.get(key)}


def area_of(chosen: Selection, release: Release) -> Area:
    """The chosen local authority."""
    return release.areas.find(chosen.area)


def request(chosen: Selection, release: Release) -> Request:
    """The selection as a question to a view."""
    return request_of(chosen, release)


def area_request(chosen: Selection, release: Release) -> Request:
    """The selection as a question about all headline outcomes of the area."""
    return Request(area_of(chosen, release).area_code, "", chosen.grp, vintage=chosen.snv)


def plans_request(chosen: Selection, release: Release) -> Request:
    """The selection as a question about plans and placements in the area."""
    return Request(
        area_of(chosen, release).area_code, "", SenGroup.EHC_PLAN, chosen.cmp, vintage=chosen.snv
    )
