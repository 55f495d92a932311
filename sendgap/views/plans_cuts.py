"""One outcome by all its cuts: an area's figures beside those it is set against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.text import and_list
from sendgap.views import numbers
from sendgap.views.breaks import breaks_in
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.model import SourceNote, Words
from sendgap.views.notes import caveats
from sendgap.views.request import Request

#: Neighbours with figures from which an average is shown.
FEWEST_NEIGHBOURS = 7
#: Plans below which a figure is not set against another.
FEWEST_PLANS = 30


class CutPlace(NamedTuple):
    """The neighbours' mean of one cut and period, and the position against England."""

    mean: float | None
    neighbours: int
    position: str | None


@dataclass(frozen=True, slots=True)
class Cuts:
    """The rows of every cut of an indicator, by (cut, area, period)."""

    frame: Frame
    rows: dict[tuple[str, str, str], LevelRow]
    places: dict[tuple[str, str], CutPlace]
    neighbours: tuple[str, ...]
    names: tuple[str, ...] = field(default=())
    #: Totals of another outcome, for areas that give no cuts.
    totals: dict[tuple[str, str], float] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: Frame, *, period: str | None = None) -> Cuts:
        """Every cut for the area, its neighbours and comparators."""
        release, request = frame.release, frame.request
        listed = release.areas.neighbours(frame.area.area_code, request.vintage)
        wanted = listed if "neighbours" in request.compare else ()
        neighbours = tuple(n.area.area_code for n in wanted)
        codes = [frame.area.area_code, *neighbours, *frame.comparator_codes().values()]
        asked = {
            "indicator": frame.indicator.id,
            "time_identifier": frame.identifier.value,
            "group": frame.group.value,
        }
        rows = release.rows("levels_by_cut", areas=codes, period=period, **asked)
        places = release.rows(
            "places_by_cut", area=frame.area.area_code, vintage=request.vintage, **asked
        )
        return cls(
            frame,
            {(str(cut), str(rest[0]), str(rest[2])): LevelRow(*rest) for cut, *rest in rows},
            {(str(cut), str(time)): CutPlace(*rest) for cut, time, *rest in places},
            neighbours,
            tuple(n.area.short_name for n in wanted),
        )

    def row(self, cut: str, area: str, period: str) -> LevelRow | None:
        return self.rows.get((cut, area, period))

    def own(self, cut: str, period: str) -> LevelRow | None:
        return self.row(cut, self.frame.area.area_code, period)

    def periods(self) -> list[str]:
        """Every period of the area, oldest first."""
        code = self.frame.area.area_code
        return sorted({period for _, area, period in self.rows if area == code})

    def has(self, area: str, period: str) -> bool:
        """Whether an area has any figure in a period."""
        return any(
            row.value is not None
            for (_, code, time), row in self.rows.items()
            if code == area and time == period
        )

    def total(self, area: str, period: str) -> float | None:
        """All that the cuts are parts of."""
        for (_, code, time), row in self.rows.items():
            if code == area and time == period and row.denominator is not None:
                return row.denominator
        return self.totals.get((area, period))

    def share(self, cuts: Iterable[str], area: str, period: str) -> Part | None:
        """What several cuts make together; nothing where none is counted in the period."""
        found = [r for c in cuts if (r := self.row(c, area, period)) is not None]
        return part(found) if found else None

    def mean(self, cuts: Sequence[str], period: str) -> tuple[float | None, int]:
        """The neighbours' plain average of what cuts make together, and of how many."""
        if len(cuts) == 1:
            place = self.places.get((cuts[0], period))
            return (place.mean, place.neighbours) if place else (None, 0)
        shares = [self.share(cuts, code, period) for code in self.neighbours]
        known = [s.share for s in shares if s is not None and s.share is not None]
        mean = sum(known) / len(known) if len(known) >= FEWEST_NEIGHBOURS else None
        return mean, len(known)

    def absent(self, period: str) -> tuple[str, ...]:
        """A line about neighbours that have no figure at all in a period."""
        names = [
            name for code, name in zip(self.neighbours, self.names, strict=True)
            if not self.has(code, period)
        ]  # fmt: skip
        if not names:
            return ()
        verb = "neighbour has" if len(names) == 1 else "neighbours have"
        few = ""
        if len(self.neighbours) - len(names) < FEWEST_NEIGHBOURS:
            few = f" With fewer than {FEWEST_NEIGHBOURS} the average is not shown."
        return (
            f"{len(names)} {verb} no figure for {self.frame.label(period)}: {', '.join(names)}."
            f"{few}",
        )

    def caveats(self, cuts: Iterable[str], *, has_rules: bool = False) -> tuple[str, ...]:
        """What to mind about the cuts, each line once; rules of a chart say breaks themselves."""
        said: list[str] = []
        for cut in cuts:
            own = self.own_rows(cut)
            frame = replace(self.frame, request=replace(self.frame.request, breakdown=cut))
            levels = {self.frame.area.area_code: own}
            for code in frame.comparator_codes().values():
                levels[code] = [r for (c, a, _), r in self.rows.items() if c == cut and a == code]
            breaks = [] if has_rules else breaks_in(frame, own)[2]
            said += caveats(frame, own, breaks, {}, levels)
        return tuple(dict.fromkeys(said))

    def own_rows(self, cut: str) -> list[LevelRow]:
        code = self.frame.area.area_code
        return [row for (c, area, _), row in self.rows.items() if c == cut and area == code]

    def sources(self) -> tuple[SourceNote, ...]:
        code = self.frame.area.area_code
        used = {(r.source_id, r.time_period) for (_, a, _), r in self.rows.items() if a == code}
        return self.frame.sources(sorted(used))


@dataclass(frozen=True, slots=True)
class Part:
    """What some cuts make of all: a share from their counts, or the symbol why not."""

    share: float | None
    count: float | None
    of: float | None
    symbol: str | None
    decimals: int

    @property
    def printed(self) -> str:
        if self.share is None:
            return numbers.symbol_word(self.symbol)
        return numbers.level(self.share, "percent", self.decimals)

    @property
    def number(self) -> str:
        if self.count is None:
            return numbers.symbol_word(self.symbol)
        return numbers.number(self.count, 0)


def part(rows: Sequence[LevelRow]) -> Part:
    """Rows of one area and period as one part; a row without a figure leaves none."""
    decimals = rows[0].decimals
    missing = next((row for row in rows if row.value is None), None)
    if missing is not None:
        return Part(None, None, None, missing.symbol or "none", decimals)
    if len(rows) == 1:
        row = rows[0]
        return Part(row.value, row.numerator, row.denominator, None, decimals)
    count, of = sum(row.numerator or 0.0 for row in rows), rows[0].denominator
    if not of:
        return Part(None, None, None, "z", decimals)
    return Part(round(100 * count / of, decimals), count, of, None, decimals)


def frame_of(
    release: Release, request: Request, indicator_id: str, cut: str = "total",
    group: SenGroup | None = None,
) -> Frame:  # fmt: skip
    """The frame of one of the page's outcomes, for its own group."""
    indicator = release.catalogue.indicator(indicator_id)
    groups = indicator.groups() or (request.sen_group,)
    asked = replace(
        request, indicator_id=indicator_id, breakdown=cut, sen_group=group or groups[0],
        time_identifier=None, period="latest",
    )  # fmt: skip
    return Frame.of(release, asked)


def few_plans(count: float) -> str:
    """The warning for shares of few plans."""
    if not count:
        return "There are no plans to share out."
    return (
        f"Only {numbers.number(count, 0)} plans: read with care. One child changes a share by "
        f"about {100 / count:.0f} pp."
    )


def of_all(frame: Frame) -> Frame:
    """The frame without its cut, to speak of the outcome as a whole."""
    return replace(frame, request=replace(frame.request, breakdown="total"))


def mean_printed(mean: float | None, count: int, decimals: int) -> str:
    """The neighbours' average with how many of ten it rests on."""
    if count == 0:
        return "none"
    if mean is None:
        return f"not shown ({count}/10)"
    text = numbers.level(mean, "percent", numbers.mean_decimals(decimals))
    return text if count == 10 else f"{text} ({count}/10)"


def context(frame: Frame, about: str, when: str) -> str:
    """The line that says what is being looked at."""
    compared = {"neighbours": "statistical neighbours", "england": "England"}
    if frame.region:
        compared["region"] = frame.region.name
    whom = [compared[c] for c in ("neighbours", "region", "england")
            if c in frame.request.compare and c in compared]  # fmt: skip
    parts = [frame.area.name, about, f"compared with {and_list(whom)}" if whom else "", when]
    return " · ".join(part for part in parts if part)


def joined_sources(*notes: Sequence[SourceNote]) -> tuple[SourceNote, ...]:
    """Each publication once, with all the periods that stand on the page."""
    found: dict[tuple[str, str], SourceNote] = {}
    for note in (n for each in notes for n in each):
        key = (note.publication, note.edition)
        held = found.get(key)
        if held is None:
            found[key] = note
        elif note.periods not in held.periods.split("; "):
            found[key] = replace(held, periods=f"{held.periods}; {note.periods}")
    return tuple(found.values())


def words(
    context_line: str, finding: str, badges: Iterable[str], sentences: Iterable[str],
    caveat_lines: Iterable[str], sources: Iterable[Sequence[SourceNote]],
) -> Words:  # fmt: skip
    """A view's words, each line once."""
    return Words(
        context=context_line,
        finding=finding,
        badges=tuple(dict.fromkeys(badges))[:4],
        sentences=tuple(dict.fromkeys(sentences)),
        caveats=tuple(dict.fromkeys(caveat_lines)),
        sources=joined_sources(*sources),
    )
