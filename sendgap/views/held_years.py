"""Which outcome is held of which year, for whom, how provisional and how much is hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sendgap.store import Release
from sendgap.views.model import Table
from sendgap.views.periods import ends_in

#: How a cell is read; the same words stand above the table and in its files.
LEGEND = (
    ("E", "a published figure of England"),
    ("R", "figures of regions"),
    ("L", "figures of local authorities"),
    ("p", "provisional: the figures may still change"),
    ("c 4%", "that share of the authorities' figures is hidden to protect children"),
    ("–", "nothing is held"),
)
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome: its theme, and a cell for each year that has figures."""

    indicator_id: str
    name: str
    theme: str
    state: str
    cells: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class HeldYears:
    """The rows in the catalogue's order, and the years of any of them, newest first."""

    rows: tuple[Row, ...]
    years: tuple[int, ...]
    themes: tuple[str, ...]

    def table(self, rows: tuple[Row, ...], most: int | None = None) -> Table:
        """Some rows over the newest ``most`` years, or over all."""
        years = self.years[:most]
        body = tuple(
            (row.name, row.state, *(row.cells.get(year, NOTHING) for year in years)) for row in rows
        )
        heads = ("Outcome", "State", *map(str, years))
        return Table("What is held of each year", heads, body, (0, 1, 2, 3))

    def matching(self, text: str, theme: str | None) -> tuple[Row, ...]:
        """The rows of a theme in whose name or theme the text stands."""
        wanted = text.strip().casefold()
        return tuple(
            row
            for row in self.rows
            if theme in (None, row.theme)
            and wanted in f"{row.name} {row.theme} {row.state}".casefold()
        )


def held_years(release: Release, states: tuple[tuple[str, str], ...]) -> HeldYears:
    """The matrix of outcomes and years; ``states`` gives each outcome's state by its id.

    An outcome stands by its usual cut and kind of period. A year is the one a period ends in.
    """
    cells: dict[str, dict[int, str]] = defaultdict(dict)
    for found in release.frame("held_by_period").to_dict("records"):
        indicator = release.catalogue.indicator(str(found["indicator_id"]))
        usual = (indicator.default_breakdown, indicator.time_identifier.value)
        if (found["breakdown"], found["time_identifier"]) == usual and _holds(found):
            cells[indicator.id][ends_in(str(found["time_period"]))] = _cell(found)
    known, themes = dict(states), release.catalogue.themes
    rows = tuple(
        Row(i.id, i.phrases.short, themes[i.theme], known.get(i.id, "missing"), cells[i.id])
        for i in release.catalogue.indicators.values()
    )
    years = sorted({year for row in rows for year in row.cells}, reverse=True)
    return HeldYears(rows, tuple(years), tuple(dict.fromkeys(row.theme for row in rows)))


def _holds(found: Mapping[object, object]) -> bool:
    return bool(found["has_england"] or found["has_regions"] or found["filled"] or found["hidden"])


def _cell(found: Mapping[object, object]) -> str:
    """ "E R L p c 4%": who has figures, whether they may change, how many are hidden."""
    filled, hidden = int(str(found["filled"])), int(str(found["hidden"]))
    marks = [("E", found["has_england"]), ("R", found["has_regions"]), ("L", filled)]
    said = [letter for letter, there in marks if there]
    if found["provisional"]:
        said.append("p")
    if hidden:
        share = 100 * hidden / (filled + hidden)
        said.append(f"c {share:.0f}%" if share >= 1 else "c <1%")
    return " ".join(said)
