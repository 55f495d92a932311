"""What the page about plans and placements shows: its outcomes and how cuts are put together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sendgap.catalogue.model import Indicator
from sendgap.catalogue.schema import Schema, read_yaml
from sendgap.errors import Problem

NAME = "plans.yaml"

#: Labels of cuts that are put together, in their order.
Groups = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class HowMany:
    """Shares of pupils, by phase too; the number of plans, by bands of age too."""

    shares: tuple[str, ...]
    phases: tuple[str, ...]
    number: str
    number_note: str
    ages: Groups
    ages_note: str


@dataclass(frozen=True, slots=True)
class Needs:
    """Primary need of all and of new plans; ``unknown`` is the cut of those not recorded."""

    all: str
    new: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where all and new plans are placed; ``classes`` are drawn in their order, and
    ``totals`` are the publisher's own, which overlap them. ``near_home`` is the outcome of
    local returns about where pupils go to school."""

    all: str
    new: str
    classes: Groups
    totals: tuple[str, ...]
    totals_note: str
    near_home: str


@dataclass(frozen=True, slots=True)
class Requests:
    """The way from a request to a plan.

    ``declined`` is set over requests received, ``decided`` over those decided either way
    and ``assessed`` over assessments: their counts are the steps.
    """

    received: str
    declined: str
    decided: str
    assessed: str
    mediation: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Limits of time with the plans each is about, appeals and what they are a share of."""

    limits: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    appeals: str
    appeals_of: str
    in_development: str


@dataclass(frozen=True, slots=True)
class PlansPage:
    """The five views."""

    how_many: HowMany
    needs: Needs
    placement: Placement
    requests: Requests
    timeliness: Timeliness

    def indicators(self) -> Iterator[tuple[str, str]]:
        """Every indicator with the view that names it."""
        named = {
            "how_many": (*self.how_many.shares, self.how_many.number),
            "needs": (self.needs.all, self.needs.new),
            "placement": (
                self.placement.all, self.placement.new, *self.placement.totals,
                self.placement.near_home,
            ),
            "requests": (
                self.requests.received, self.requests.declined, self.requests.decided,
                self.requests.assessed, self.requests.mediation,
            ),
            "timeliness": (
                *(indicator for _, indicator in self.timeliness.limits),
                *self.timeliness.others,
                self.timeliness.appeals,
                self.timeliness.in_development,
            ),
        }  # fmt: skip
        for view, ids in named.items():
            yield from ((view, indicator_id) for indicator_id in ids)


def read_plans(folder: Path, problems: list[Problem]) -> PlansPage | None:
    """The page's file; a catalogue may have none."""
    path = folder / NAME
    if not path.exists():
        return None
    content = read_yaml(path, problems)
    try:
        schema = Schema(folder / "plans.schema.json")
    except (OSError, ValueError):
        found = "the schema is missing or not JSON"
        problems.append(Problem("plans.schema.json", found, "restore it from the project"))
        return None
    if content is None or not schema.check(content, NAME, problems):
        return None
    return _page(content)


def _page(content: Mapping[str, Any]) -> PlansPage:
    many, placed, time = content["how_many"], content["placement"], content["timeliness"]
    return PlansPage(
        how_many=HowMany(
            tuple(many["shares"]), tuple(many["phases"]), many["number"], many["number_note"],
            _groups(many["ages"]), many["ages_note"],
        ),
        needs=Needs(**content["needs"]),
        placement=Placement(
            placed["all"], placed["new"], _groups(placed["classes"]), tuple(placed["totals"]),
            placed["totals_note"], placed["near_home"],
        ),
        requests=Requests(**{**content["requests"], "notes": tuple(content["requests"]["notes"])}),
        timeliness=Timeliness(
            tuple(time["limits"].items()), tuple(time["others"]), time["appeals"],
            time["appeals_of"], time["in_development"],
        ),
    )  # fmt: skip


def _groups(content: Mapping[str, list[str]]) -> Groups:
    return tuple((label, tuple(cuts)) for label, cuts in content.items())


def plans_checks(
    page: PlansPage | None, indicators: Mapping[str, Indicator], entries: Collection[str]
) -> Iterator[Problem]:
    """Indicators that do not exist, cuts that have no figures, and cuts left out of a class."""
    if page is None:
        return
    for view, indicator_id in page.indicators():
        if indicator_id not in entries:
            yield Problem(
                f"{NAME}: {view}",
                f"found {indicator_id!r}",
                "write the id of an indicator that has a file",
            )
    for share in page.how_many.shares:
        yield from _cuts(indicators, share, page.how_many.phases, "how_many")
    bands = [cut for _, cuts in page.how_many.ages for cut in cuts]
    yield from _cuts(indicators, page.how_many.number, bands, "how_many")
    yield from _once(bands, "how_many")
    placed = [cut for _, cuts in page.placement.classes for cut in cuts]
    yield from _once(placed, "placement")
    for indicator_id in (page.placement.all, page.placement.new):
        yield from _cuts(indicators, indicator_id, placed, "placement")
        yield from _every(indicators, indicator_id, placed)
    for indicator_id in (page.needs.all, page.needs.new):
        yield from _cuts(indicators, indicator_id, [page.needs.unknown], "needs")


def _cuts(
    indicators: Mapping[str, Indicator], indicator_id: str, cuts: Iterable[str], view: str
) -> Iterator[Problem]:
    if indicator_id not in indicators:
        return
    held = {series.breakdown for series in indicators[indicator_id].series}
    for cut in cuts:
        if cut not in held:
            yield Problem(
                f"{NAME}: {view}",
                f"{indicator_id} has no figures by {cut!r}",
                "write a breakdown that a series of it has",
            )


def _once(cuts: list[str], view: str) -> Iterator[Problem]:
    for cut in dict.fromkeys(c for c in cuts if cuts.count(c) > 1):
        yield Problem(f"{NAME}: {view}", f"{cut!r} stands in two groups", "keep it in one of them")


def _every(
    indicators: Mapping[str, Indicator], indicator_id: str, placed: list[str]
) -> Iterator[Problem]:
    """Each cut of the figures stands in a class, so that classes add up to all plans."""
    if indicator_id not in indicators:
        return
    for cut in dict.fromkeys(series.breakdown for series in indicators[indicator_id].series):
        if cut not in placed:
            yield Problem(
                f"{NAME}: placement",
                f"{indicator_id} by {cut!r} stands in no class",
                "add it to one, so that the classes add up to all plans",
            )
