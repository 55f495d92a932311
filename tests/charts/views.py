"""View models made by hand: each state a chart must draw, with round numbers."""

from __future__ import annotations

from dataclasses import replace

from sendgap.terms import Polarity, SenGroup
from sendgap.views.model import (
    AreaRow,
    Axis,
    Band,
    Break,
    Chart,
    Definition,
    GapOverTime,
    Line,
    Point,
    SideBySide,
    Table,
    Words,
)

WORDS = Words("context", "finding", (), (), (), ())
DEFINITION = Definition("Outcome", "what", "why", "how", "not", "Higher is better.")
CHART = Chart("alt", "description", Table("caption", ("Year",), (("2020",),)), "file")
PERCENT = Axis("% of pupils", 0, "%", 0, 76)


def point(
    year: int, value: float | None, *, symbol: str | None = None, segment: int = 0, **more: bool
) -> Point:
    printed = f"{value:g}%" if value is not None else str(symbol)
    return Point(str(year), year, str(year), value, printed, symbol, segment=segment, **more)


def line(role: str, label: str, points: list[Point], group: SenGroup | None = None) -> Line:
    return Line(role, label, tuple(points), group)


def over_time() -> GapOverTime:
    """2016 to 2025: a break before 2018, no figures in 2020 and 2021, 2019 suppressed for
    the group, a zero in 2022, 2025 provisional."""
    covid = [point(y, None, symbol="covid", segment=9) for y in (2020, 2021)]
    sen = [
        point(2016, 3), point(2017, 5),
        point(2018, 8, segment=1), point(2019, None, symbol="c", segment=2), *covid,
        point(2022, 0, segment=4), point(2023, 8, segment=4), point(2024, 9, segment=4),
        point(2025, 10, segment=4, provisional=True),
    ]  # fmt: skip
    reference = [
        point(2016, 68), point(2017, 74),
        point(2018, 76, segment=1), point(2019, 76, segment=1), *covid,
        point(2022, 70, segment=3), point(2023, 72, segment=3), point(2024, 74, segment=3),
        point(2025, 75, segment=3, provisional=True),
    ]  # fmt: skip
    gap = [
        replace(s, value=r.value - s.value, printed=f"{r.value - s.value:g} pp")
        if s.value is not None and r.value is not None
        else s
        for s, r in zip(sen, reference, strict=True)
    ]
    others = {
        "neighbours": ("Neighbours' average", 1),
        "region": ("East of England", 2),
        "england": ("England", 3),
    }
    return GapOverTime(
        words=WORDS,
        definition=DEFINITION,
        chart=CHART,
        levels=(
            line("sen", "EHC plan", sen, SenGroup.EHC_PLAN),
            line("reference", "No SEN", reference, SenGroup.NO_SEN),
        ),
        gaps=(
            line("area", "Northamptonshire", gap, SenGroup.EHC_PLAN),
            *(line(role, label, shifted(gap, by)) for role, (label, by) in others.items()),
        ),
        level_axis=PERCENT,
        gap_axis=Axis("Gap, percentage points", 0, "", 0, 76),
        bands=(Band(2019.5, 2021.5, "No figures (COVID-19)"),),
        breaks=(Break(2017.5, "new basis 2018", "writing changed"),),
        ticks=tuple((float(y), f"{y - 1}/{y % 100}") for y in range(2016, 2026)),
        gap_alt="gap alt",
        polarity=Polarity.HIGHER_IS_BETTER,
    )


def shifted(points: list[Point], by: float) -> list[Point]:
    return [replace(p, value=p.value + by) if p.value is not None else p for p in points]


def without_gap() -> GapOverTime:
    """An area's level beside its comparators."""
    own = [point(2023, 40), point(2024, 56)]
    return replace(
        over_time(),
        levels=(
            line("area", "Southend-on-Sea", own, SenGroup.EHC_PLAN),
            line("neighbours", "Neighbours' average", shifted(own, 3)),
            line("england", "England", shifted(own, -10)),
        ),
        gaps=(),
        gap_axis=None,
        bands=(),
        breaks=(),
        ticks=((2023.0, "2023"), (2024.0, "2024")),
    )


def row(
    role: str, label: str, sen: Point, reference: Point | None, gap: float | None, printed: str
) -> AreaRow:
    return AreaRow(role, label, None, sen, reference, gap, printed)


def side_by_side() -> SideBySide:
    """An area, the average, a hidden neighbour, a reversed gap, England not published."""
    hidden = point(2025, None, symbol="c")
    nothing = point(2025, None, symbol="none")
    return SideBySide(
        words=WORDS,
        definition=DEFINITION,
        chart=CHART,
        rows=(
            row("area", "Hertfordshire", point(2025, 10), point(2025, 75), 65, "65 pp"),
            row("neighbours", "Neighbours' average", point(2025, 9.9), point(2025, 75), 65.1,
                "65.1 pp"),
            row("neighbour", "Trafford", point(2025, 0), point(2025, 83), 83, "83 pp"),
            row("neighbour", "Bexley", hidden, point(2025, 70), None, "c"),
            row("neighbour", "Bury", point(2025, 80), point(2025, 75), -5, "−5 pp"),
            row("england", "England", nothing, None, None, "none"),
        ),
        axis=Axis("% of pupils", 0, "%", 0, 83),
        sen_group=SenGroup.EHC_PLAN,
        sen_label="EHC plan",
        reference_group=SenGroup.NO_SEN,
        reference_label="No SEN",
    )  # fmt: skip
