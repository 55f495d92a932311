"""What the views of plans and placements share: one outcome's newest figures, and its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sendgap.catalogue.plans import PlansPage
from sendgap.errors import NoAnswerError
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.text import small_first
from sendgap.views import numbers
from sendgap.views.cells import Places, level_cell, mean_cell
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.model import GapOverTime, NoAnswer, SourceNote, Table
from sendgap.views.plans_cuts import frame_of
from sendgap.views.plans_model import Mark, Onward, Panel
from sendgap.views.request import Request

COMPARATORS = {"neighbours": "Neighbours' average", "region": "Region", "england": "England"}


def page_of(release: Release) -> PlansPage:
    """What the page shows; raises ``NoAnswerError`` where the catalogue says nothing of it."""
    page = release.catalogue.plans
    if page is None:
        raise NoAnswerError(
            "This catalogue has no plans.yaml, which says what the page about plans and "
            "placements shows: restore it from the project."
        )
    return page


@dataclass(frozen=True, slots=True)
class Newest:
    """One outcome in the newest period of all areas: the area's row and its comparators'."""

    frame: Frame
    period: str
    own: LevelRow | None
    others: dict[str, LevelRow]
    places: Places

    @property
    def label(self) -> str:
        return self.frame.label(self.period)

    @property
    def value(self) -> float | None:
        return self.own.value if self.own else None

    @property
    def printed(self) -> str:
        return level_cell(self.frame, self.own)

    @property
    def england(self) -> str:
        """England's figure as printed; empty where it is not looked at or not there."""
        row = self.others.get("england")
        return level_cell(self.frame, row) if row and row.value is not None else ""

    @property
    def mean(self) -> str:
        """The neighbours' average as a cell."""
        anchor = self.own or next(iter(self.others.values()), None)
        return mean_cell(self.frame, self.places, "value", anchor) if anchor else "none"

    @property
    def spread(self) -> tuple[str, str] | None:
        """The lowest and the highest authority, as printed."""
        place = self.places.get(("value", self.period))
        if place is None or place.minimum is None or place.maximum is None:
            return None
        low, high = (numbers.level(v, self.frame.indicator.unit, place.decimals)
                     for v in (place.minimum, place.maximum))  # fmt: skip
        return low, high

    def cell(self, role: str) -> str:
        """A comparator's figure, or the word for why there is none."""
        if role == "neighbours":
            return self.mean
        return level_cell(self.frame, self.others.get(role))

    def marks(self) -> tuple[Mark, ...]:
        """The area's own figure, the neighbours' average and England's."""
        frame = self.frame
        found = [Mark("area", frame.area.short_name, self.value, self.printed)]
        place = self.places.get(("value", self.period))
        if "neighbours" in frame.request.compare and place and place.neighbour_mean is not None:
            found.append(Mark("neighbours", "Neighbours", place.neighbour_mean, self.mean))
        if self.england:
            found.append(Mark("england", "England", self.others["england"].value, self.england))
        return tuple(found)


def newest(release: Release, request: Request, indicator_id: str, cut: str = "total",
           period: str | None = None) -> Newest | None:  # fmt: skip
    """The newest figures of an outcome, or of one period; nothing where it has none at all."""
    frame = frame_of(release, request, indicator_id, cut)
    period = period or frame.latest("value")
    if period is None:
        return None
    codes = {"area": frame.area.area_code, **frame.comparator_codes()}
    rows = {
        row.area_code: row
        for row in frame.levels(codes.values(), [frame.group])
        if row.time_period == period
    }
    others = {r: rows[c] for r, c in codes.items() if r != "area" and c in rows}
    return Newest(frame, period, rows.get(frame.area.area_code), others, frame.places())


def roles(frame: Frame) -> dict[str, str]:
    """Comparators looked at, with the heads of their columns."""
    held = frame.comparator_codes()
    found = {}
    for role in frame.request.compare:
        if role == "neighbours" or role in held:
            found[role] = frame.area_label(role)
    return found


def lines(
    release: Release, request: Request, indicator_id: str, head: str, *, key: str,
    is_half: bool = True, group: SenGroup | None = None,
) -> tuple[Panel, GapOverTime | NoAnswer]:  # fmt: skip
    """One outcome over the years as a part of the page, with the view it is drawn from."""
    frame = frame_of(release, request, indicator_id, group=group)
    view = gap_over_time(release, frame.request)
    if isinstance(view, NoAnswer):
        return Panel(key, head, None, None, key, (view.message,), is_half=is_half), view
    about = view.chart
    return Panel(key, head, view, about.table, about.file_name, is_half=is_half), view


def over_the_years(frame: Frame) -> Onward:
    """The way to one outcome by itself."""
    keys = [("ind", frame.indicator.id), ("grp", frame.group.value), ("view", "")]
    if frame.cut:
        keys.append(("bd", frame.request.breakdown))
    return Onward("gap", f"{frame.short}: one outcome over the years", tuple(keys))


def everywhere(frame: Frame, name: str) -> Onward:
    """The way to one figure in every authority."""
    keys = (("ind", frame.indicator.id), ("grp", frame.group.value),
            ("bd", frame.request.breakdown), ("view", ""))  # fmt: skip
    return Onward("compare", f"{name} in every authority", keys)


def caveats_of(views: Iterable[tuple[str, GapOverTime | NoAnswer]]) -> list[str]:
    """What to mind: a line that not every outcome has starts with the outcomes it is about.

    What a letter means is of no outcome, and a line that names its own needs no name before it.
    """
    named = list(views)
    about: dict[str, list[str]] = {}
    for name, view in named:
        for line in view.words.caveats:
            about.setdefault(line, []).append(name)
    letters = numbers.SYMBOL_MEANINGS.values()
    return [
        line
        if len(names) == len(named) or line in letters or all(name in line for name in names)
        else f"{'; '.join(names)}: {small_first(line)}"
        for line, names in about.items()
    ]


def sources_of(views: Sequence[GapOverTime | NoAnswer]) -> list[tuple[SourceNote, ...]]:
    return [view.words.sources for view in views]


def beside(one: Newest) -> str:
    """Every comparator's figure that there is, as a list in a sentence."""
    parts = []
    for role, name in roles(one.frame).items():
        cell = one.cell(role)
        if cell[:1].isdigit():
            parts.append(f"{small_first(name) if role == 'neighbours' else name} {cell}")
    return ", ".join(parts)


def absent(newest_of: Newest) -> str:
    """Why the area has no figure for the newest period."""
    row = newest_of.own
    reason = numbers.symbol_reason(row.symbol if row else None)
    return (
        f"{newest_of.frame.short}: no figure for {newest_of.frame.area.in_text} in "
        f"{newest_of.label} ({reason})."
    )


def shortened(text: str) -> str:
    """An alternative text of at most 150 characters."""
    return text if len(text) <= 150 else text[:149].rsplit(" ", 1)[0] + "…"


def file_stem(frame: Frame, about: str) -> str:
    return f"sendgap-{about}-{frame.area.la_code or frame.area.area_code}"


def described(table: Table) -> str:
    """A table's rows in words, for people who cannot see the chart."""
    heads = table.columns[1:]
    said = [
        f"{row[0]}: " + ", ".join(f"{h} {c}" for h, c in zip(heads, row[1:], strict=True)) + "."
        for row in table.rows
    ]
    return f"{table.caption}. " + " ".join(said)
