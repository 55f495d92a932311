"""The program's handling of publishers' traps, whole and with one part taken away.

What the program knows about a publication stands in its catalogue and its tables of areas.
A :class:`Handling` is one state of both; its methods give another in which one rule is
missing, so that a test can show what the rule is for.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sendgap.build.release import build_file
from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.catalogue.model import Indicator, Selector, Series, Source, Table
from sendgap.ingest.load import LoadOptions, Verdict, load
from sendgap.store import Release
from tests.ingest.conftest import AREAS, CATALOGUE

#: A figure as a person meets it: a number, words, or the symbol in its place.
Cell = float | str | None

NO_ROW = "no row"

#: The publication of plans among the publishers' files.
SEN2 = "raw/sen2_2025/education-health-and-care-plans_2025.zip"


@dataclass(frozen=True, repr=False)
class Handling:
    """A catalogue and areas to load publishers' files with."""

    catalogue: Catalogue
    areas: Areas

    def only(self, *indicators: str) -> Handling:
        """Nothing but these indicators, so that small files need few columns."""
        kept = {name: self.catalogue.indicators[name] for name in indicators}
        return self._with(indicators=kept)

    def years(self, first: int, last: int) -> Handling:
        """Nothing but the whole of each indicator in periods that begin in these years, so
        that a release is built in a moment."""
        return self._with(indicators={
            name: replace(one, benchmarked=("total",), series=tuple(
                replace(series, first=max(series.first, _period(series, first)),
                        last=min(series.last, _period(series, last)))
                for series in one.series
                if series.breakdown == "total" and int(series.first[:4]) <= last
                and int(series.last[:4]) >= first
            ))
            for name, one in self.catalogue.indicators.items()
        })  # fmt: skip

    def indicator(self, indicator_id: str, **changes: Any) -> Handling:
        """An indicator with other fields."""
        changed: Indicator = replace(self.catalogue.indicators[indicator_id], **changes)
        return self._with(indicators={**self.catalogue.indicators, indicator_id: changed})

    def series(
        self, indicator_id: str, source_id: str, change: Callable[[Series], Series]
    ) -> Handling:
        """An indicator whose series of one source are changed."""
        series = tuple(
            change(one) if one.source_id == source_id else one
            for one in self.catalogue.indicators[indicator_id].series
        )
        return self.indicator(indicator_id, series=series)

    def source(self, source_id: str, **changes: Any) -> Handling:
        """A source with other fields."""
        changed: Source = replace(self.catalogue.sources[source_id], **changes)
        return self._with(sources={**self.catalogue.sources, source_id: changed})

    def table(self, source_id: str, table_id: str, **changes: Any) -> Handling:
        """A table of a source with other fields."""
        tables: list[Table] = [
            replace(table, **changes) if table.id == table_id else table
            for table in self.catalogue.sources[source_id].tables
        ]
        return self.source(source_id, tables=tuple(tables))

    def unrecognised(self, name: str) -> Handling:
        """A catalogue that does not know the files skipped under this name."""
        kept = tuple(family for family in self.catalogue.recognised if family.name != name)
        assert len(kept) < len(self.catalogue.recognised), name
        return self._with(recognised=kept)

    def forgetting(self, *spellings: str) -> Handling:
        """Areas without these folded spellings and codes."""
        known = self.areas.alias_rows()
        kept = tuple(row for row in known if row[0] not in spellings)
        assert len(kept) <= len(known) - len(spellings), spellings
        return Handling(self.catalogue, replace(self.areas, _aliases=kept))

    def meaning(self, spelling: str, area_code: str) -> Handling:
        """Areas in which a folded spelling stands for another area."""
        rows = [(s, k, area_code if s == spelling else c) for s, k, c in self.areas.alias_rows()]
        assert rows != self.areas.alias_rows(), spelling
        return Handling(self.catalogue, replace(self.areas, _aliases=tuple(rows)))

    def in_region(self, area_code: str, region_code: str) -> Handling:
        """Areas in which one lies in another region."""
        moved = replace(self.areas.by_code(area_code), region_code=region_code)
        by_code = {area.area_code: area for area in self.areas} | {area_code: moved}
        return Handling(self.catalogue, replace(self.areas, _by_code=by_code))

    def with_neighbours(self, choose: Callable[[str, str], tuple[str, str]]) -> Handling:
        """Areas whose neighbours are those of ``choose(vintage, area_code)``."""
        sets = {
            (vintage, area.area_code): self.areas.neighbours(code, other)
            for area in self.areas
            for vintage in ("2025-05", "2021-04")
            for other, code in [choose(vintage, area.area_code)]
        }
        return Handling(self.catalogue, replace(self.areas, _neighbours=sets))

    def _with(self, **changes: Any) -> Handling:
        return Handling(replace(self.catalogue, **changes), self.areas)


def _period(series: Series, year: int) -> str:
    return str(year) if len(series.first) == 4 else f"{year}{(year + 1) % 100:02d}"


SHIPPED = Handling(CATALOGUE, AREAS)


@dataclass(frozen=True)
class Held:
    """What a load left in a folder."""

    handling: Handling
    folder: Path
    verdicts: tuple[Verdict, ...]

    def cell(
        self,
        indicator: str,
        area: str,
        period: str,
        group: str = "ehc_plan",
        breakdown: str = "total",
        column: str = "value",
    ) -> Cell:
        """A published figure, or the symbol in its place."""
        files = str(self.folder / "*.parquet")
        with duckdb.connect() as connection:
            found = connection.execute(
                f"select {column}, symbol from read_parquet($files) "
                "where (indicator_id, area_code, time_period, sen_group, breakdown) = "
                "($indicator, $area, $period, $group, $breakdown)",
                {"files": files, "indicator": indicator, "area": area, "period": period,
                 "group": group, "breakdown": breakdown},
            ).fetchall()  # fmt: skip
        assert len(found) < 2, found
        return _shown(*found[0]) if found else NO_ROW

    def release(self) -> Release:
        """A release of nothing but these figures; to be closed."""
        target = self.folder / "made.duckdb"
        if not target.exists():
            catalogue, areas = self.handling.catalogue, self.handling.areas
            build_file(target, "made", catalogue, areas, self.folder)
        return Release(target, self.handling.catalogue, self.handling.areas)

    def shown(self, indicator: str, area: str, period: str, **asked: Any) -> Cell:
        """A figure of the release, or the symbol in its place."""
        with closing(self.release()) as release:
            return shown(release, indicator, area, period, **asked)

    def benchmark(self, indicator: str, area: str, period: str, **asked: Any) -> dict[str, Any]:
        """An authority's row of the benchmark, empty cells as ``None``."""
        with closing(self.release()) as release:
            rows = release.benchmark(
                indicator, area=area, sen_group=asked.pop("sen_group", "ehc_plan"),
                period=period, **asked,
            ).to_dict("records")  # fmt: skip
        assert len(rows) < 2
        return {name: None if value != value else value for row in rows
                for name, value in row.items() if isinstance(name, str)}  # fmt: skip


def shown(release: Release, indicator: str, area: str, period: str, **asked: Any) -> Cell:
    """A figure of a release, or the symbol in its place."""
    asked = {"sen_group": "ehc_plan", **asked}
    rows = release.values(indicator, area=area, period=period, **asked)
    assert len(rows) < 2
    if not len(rows):
        return NO_ROW
    value = rows["value"].item()
    return _shown(None if value != value else value, rows.symbol.item())


def _shown(value: Any, symbol: Any) -> Cell:
    return symbol if value is None else value


@dataclass(frozen=True)
class Reader:
    """Loads files into folders of their own."""

    base: Path

    def load(self, handling: Handling, *files: Path, **options: Any) -> list[Verdict]:
        """The verdicts on files loaded alone, whatever they are."""
        return self._load(handling, self._folder(), files, options)

    def read(self, handling: Handling, *files: Path, **options: Any) -> Held:
        """What files leave that are loaded alone; fails where one is refused."""
        return self.again(Held(handling, self._folder(), ()), *files, **options)

    def again(self, held: Held, *files: Path, **options: Any) -> Held:
        """What more files leave on top; fails where one is refused."""
        verdicts = self._load(held.handling, held.folder, files, options)
        told = "\n".join(str(problem) for verdict in verdicts for problem in verdict.problems)
        assert not told, f"refused: {told}"
        return Held(held.handling, held.folder, (*held.verdicts, *verdicts))

    def _folder(self) -> Path:
        return self.base / f"loaded-{len(list(self.base.glob('loaded-*')))}"

    @staticmethod
    def _load(
        handling: Handling, folder: Path, files: tuple[Path, ...], options: dict[str, Any]
    ) -> list[Verdict]:
        verdicts = load(
            files, catalogue=handling.catalogue, areas=handling.areas, folder=folder,
            options=LoadOptions(**options),
        )  # fmt: skip
        folder.mkdir(exist_ok=True)
        return verdicts


def needs(check: Callable[[Handling], object], *, without: Handling, fails: str,
          handled: Handling = SHIPPED) -> None:  # fmt: skip
    """``check`` holds with the handling, and without it fails with the words ``fails``."""
    check(handled)
    with pytest.raises(AssertionError, match=fails):
        check(without)


def all_rows(series: Series, *dropped: str) -> Series:
    """A series that no longer filters on these columns."""
    return _selecting(series, lambda one: replace(
        one, where=tuple(test for test in one.where if test[0] not in dropped)
    ))  # fmt: skip


def filtering(series: Series, column: str, *values: str) -> Series:
    """A series that filters on other values of a column."""
    return _selecting(series, lambda one: replace(
        one, where=tuple((c, values if c == column else held) for c, held in one.where)
    ))  # fmt: skip


def selecting(series: Series, **figures: Any) -> Series:
    """A series that reads other columns."""
    return _selecting(series, lambda one: replace(one, **figures))


def _selecting(series: Series, change: Callable[[Selector], Selector]) -> Series:
    groups = {group: change(one) for group, one in series.groups.items()}
    return replace(series, groups=groups)


def skipped_as(verdicts: list[Verdict]) -> list[str]:
    """The names under which files were skipped; fails where one was taken or refused."""
    assert {verdict.verdict for verdict in verdicts} == {"skipped"}, verdicts
    return [verdict.what for verdict in verdicts]
