"""What *Outcomes framework* draws: items under outcomes, each with rated rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from sendgap.terms import SenGroup
from sendgap.views.headline import NEIGHBOURS
from sendgap.views.model import Chart, Definition, Words
from sendgap.views.rating import Rating
from sendgap.views.standing import Standing


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """One measure of an item for one SEN group: its level, what stands beside it, its rating.

    ``use`` is ``counted``, ``beside`` or ``context``, or ``local`` where nobody publishes it.
    ``data`` is the rating by the figures, ``target`` that by a target for the figure's year,
    ``board`` what a board says instead; ``shown`` is the one that counts. ``group`` is nothing
    where the item has no groups of pupils.
    """

    item: str
    indicator_id: str
    breakdown: str
    name: str
    use: str
    group: SenGroup | None
    group_label: str
    period_label: str
    level: str
    has_level: bool
    provisional: bool
    neighbours: Standing
    england: Standing
    place: str
    since: str
    gap: str
    gap_moved: str
    data: Rating
    target: Rating | None = None
    target_said: tuple[str, ...] = ()
    board: Rating | None = None
    board_said: str = ""
    delivery: str = ""
    symbol: str | None = None
    source_id: str = ""
    #: Whose figure ``neighbours`` is.
    beside: str = NEIGHBOURS

    @property
    def shown(self) -> Rating:
        """The rating that counts: the board's before the target's before the data's."""
        return self.board or self.target or self.data

    @property
    def why(self) -> str:
        """The reason as printed; where something else than the data is shown, both."""
        if self.board:
            return f"{self.board_said} Data say {self.data.name}: {self.data.reason}."
        if self.target:
            return f"{self.target.reason} Data say {self.data.name}: {self.data.reason}."
        return f"{self.data.reason[:1].upper()}{self.data.reason[1:]}."

    @property
    def printed(self) -> str:
        """ "▲ A Amber (Board); data say Red", or the rating alone."""
        whose = "Board" if self.board else "target" if self.target else ""
        if not whose:
            return self.shown.marked
        return f"{self.shown.marked} ({whose}); data say {self.data.name}"


@dataclass(frozen=True, slots=True)
class FrameworkItemView:
    """One thing the framework asks for: its wording and the rows that answer it.

    ``state`` is ``rated``, ``context`` (never rated), ``local`` (needs a local file) or
    ``empty`` (nothing published, nothing asked for locally).
    """

    id: str
    wording: str
    note: str
    outcomes: tuple[str, ...]
    state: str
    rows: tuple[FrameworkRow, ...]
    #: What is said where there are no rows.
    without: str = "Nothing is published for this."


@dataclass(frozen=True, slots=True)
class FrameworkOutcome:
    """One outcome of the framework: its items, and how many ratings of each kind they have.

    ``items`` are those that stand here first; ``elsewhere`` have their rows under an earlier
    outcome. A framework without outcomes has one without a title.
    """

    id: str
    title: str
    counts: str
    items: tuple[FrameworkItemView, ...]
    elsewhere: tuple[FrameworkItemView, ...]


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """An outcomes framework for one area, newest year of each measure.

    ``chart.table`` has every row; ``rules`` are how it is rated.
    """

    words: Words
    definition: Definition
    chart: Chart
    framework_id: str
    title: str
    outcomes: tuple[FrameworkOutcome, ...]
    items: tuple[FrameworkItemView, ...]
    rules: tuple[str, ...]
    counts: dict[SenGroup, dict[str, int]] = field(default_factory=dict)
    delivery: bool = False

    @property
    def rows(self) -> tuple[FrameworkRow, ...]:
        """Every row once, in the framework's order."""
        return tuple(row for item in self.items for row in item.rows)
