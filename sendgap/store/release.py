"""The current release, opened read-only. Every call takes a cursor of its own.

A shared DuckDB connection gives one thread another's rows; a cursor per call is as quick
and safe. Releases are files of their own name, so a new one is opened beside an old one.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.config import Paths, paths
from sendgap.errors import NoAnswerError, ReleaseError
from sendgap.store.question import Names, Question, ask
from sendgap.terms import VINTAGES, Measure, ValueType

_SQL = Path(__file__).parent / "sql"


@cache
def sql(name: str) -> str:
    """The text of a named query."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


class Release:
    """One built database and the catalogue that explains it.

    The four tables (:meth:`values`, :meth:`gaps`, :meth:`benchmark`,
    :meth:`distribution`) take the same keywords as the command line and give the same
    rows as a DataFrame. Percentages run from 0 to 100, gaps are in the indicator's unit
    with disadvantage positive, and a cell without a number has its reason in ``symbol``.
    """

    def __init__(self, path: Path, catalogue: Catalogue, areas: Areas) -> None:
        self.path, self.catalogue, self.areas = path, catalogue, areas
        self._shared: dict[tuple[object, ...], tuple[tuple[Any, ...], ...]] = {}
        try:
            self._connection = duckdb.connect(str(path), read_only=True)
            self.release_id: str = self.rows("about")[0][0]
        except duckdb.Error as error:
            raise ReleaseError(f"The release {path.name} cannot be opened: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, name: str, **parameters: object) -> list[tuple[Any, ...]]:
        """A named query's rows."""
        with self._connection.cursor() as cursor:
            return cursor.execute(sql(name), parameters or None).fetchall()

    def shared(self, name: str, **parameters: Hashable) -> tuple[tuple[Any, ...], ...]:
        """The same, kept while the release is open: for what every area asks alike.

        A release never changes, and such answers are few and short.
        """
        key = (name, *sorted(parameters.items()))
        if key not in self._shared:
            given = {k: list(v) if isinstance(v, tuple) else v for k, v in parameters.items()}
            self._shared[key] = tuple(self.rows(name, **given))
        return self._shared[key]

    def frame(self, name: str, **parameters: object) -> pd.DataFrame:
        """A named query as a DataFrame."""
        with self._connection.cursor() as cursor:
            return cursor.execute(sql(name), parameters or None).df()

    def ask(self, indicator_id: str, **asked: object) -> Question:
        """A question with names resolved and the catalogue's defaults filled in."""
        return ask(self.catalogue, self.areas, indicator_id, **asked)  # type: ignore[arg-type]

    def values(
        self,
        indicator: str,
        *,
        area: Names = None,
        sen_group: Names = None,
        breakdown: str | None = None,
        time_identifier: str | None = None,
        period: str = "all",
        source: str | None = None,
    ) -> pd.DataFrame:
        """Published figures: one row per area, period and SEN group.

        Without ``source`` each period comes from the source chosen for it; ``"all"``
        gives every source's figures beside each other.
        """
        question = self.ask(
            indicator, area=area, sen_group=sen_group, breakdown=breakdown,
            time_identifier=time_identifier, period=period, source=source,
        )  # fmt: skip
        return self._answer(
            "values", question, "areas groups breakdown time_identifier period source"
        )

    def gaps(
        self,
        indicator: str,
        *,
        area: Names = None,
        sen_group: Names = None,
        reference: str | None = None,
        breakdown: str | None = None,
        time_identifier: str | None = None,
        period: str = "all",
    ) -> pd.DataFrame:
        """Gaps with both sides and changes: one row per area, period and SEN group."""
        question = self.ask(
            indicator, area=area, sen_group=sen_group, reference=reference, breakdown=breakdown,
            time_identifier=time_identifier, period=period, measure=Measure.GAP,
        )  # fmt: skip
        _must_have_gap(question)
        return self._answer(
            "gaps", question, "areas groups reference breakdown time_identifier period"
        )

    def benchmark(
        self,
        indicator: str,
        *,
        area: Names = None,
        sen_group: Names = None,
        reference: str | None = None,
        breakdown: str | None = None,
        time_identifier: str | None = None,
        period: str = "latest",
        measure: str = Measure.VALUE,
        neighbours: str = VINTAGES[0],
    ) -> pd.DataFrame:
        """Comparisons: one row per local authority, best first."""
        question = self.ask(
            indicator, area=area, sen_group=sen_group, reference=reference, breakdown=breakdown,
            time_identifier=time_identifier, period=period, measure=measure,
            neighbours=neighbours,
        )  # fmt: skip
        if question.measure is Measure.GAP:
            _must_have_gap(question)
        _must_be_benchmarked(question)
        return self._answer(
            "benchmark",
            question,
            "areas groups reference breakdown time_identifier period measure vintage",
        )

    def distribution(
        self,
        indicator: str,
        *,
        sen_group: Names = None,
        reference: str | None = None,
        breakdown: str | None = None,
        time_identifier: str | None = None,
        period: str = "latest",
        measure: str = Measure.VALUE,
        thresholds: tuple[float, ...] = (),
    ) -> pd.DataFrame:
        """The spread over authorities, and how many stand above, at and below thresholds."""
        question = self.ask(
            indicator, sen_group=sen_group, reference=reference, breakdown=breakdown,
            time_identifier=time_identifier, period=period, measure=measure,
        )  # fmt: skip
        if question.measure is Measure.GAP:
            _must_have_gap(question)
        _must_be_benchmarked(question)
        wanted = "groups reference breakdown time_identifier period measure"
        table = self._answer("distribution", question, wanted)
        return table if not thresholds else self._with_thresholds(table, question, thresholds)

    def _with_thresholds(
        self, table: pd.DataFrame, question: Question, thresholds: tuple[float, ...]
    ) -> pd.DataFrame:
        wanted = "groups reference breakdown time_identifier measure".split()
        given = {key: question.parameters()[key] for key in wanted}
        counts = self.rows(
            "thresholds", indicator=question.indicator.id, thresholds=list(thresholds), **given
        )
        found = {(group, period, limit): rest for group, period, limit, *rest in counts}
        for limit in thresholds:
            keys = [(g, p, limit) for g, p in zip(table.sen_group, table.time_period, strict=True)]
            for place, name in enumerate(("above", "at", "below")):
                table[f"{name}_{limit:g}"] = [found.get(key, (0, 0, 0))[place] for key in keys]
        return table

    def _answer(self, name: str, question: Question, wanted: str) -> pd.DataFrame:
        parameters = question.parameters()
        given = {key: parameters[key] for key in ("indicator", *wanted.split())}
        return self.frame(name, **given)


def _must_have_gap(question: Question) -> None:
    indicator = question.indicator
    if not indicator.has_gap:
        why = "no group to be set against" if not indicator.references else "no better direction"
        raise NoAnswerError(
            f"{indicator.id} has {why}, so it has levels and no gap: "
            f"ask 'values' or 'benchmark --measure value' for it."
        )


def _must_be_benchmarked(question: Question) -> None:
    indicator = question.indicator
    if indicator.value_type is ValueType.CATEGORY:
        raise NoAnswerError(
            f"{indicator.id} is words and not numbers, by which no area is ranked: "
            "ask 'values' for it."
        )
    if question.breakdown not in indicator.benchmarked:
        raise NoAnswerError(
            f"{indicator.id} is not compared between areas by {question.breakdown}: ask 'values' "
            f"for it, or compare {', '.join(indicator.benchmarked)}."
        )


def open_release(where: Paths | None = None) -> Release:
    """The current release of the data folder in force.

    Raises :class:`ReleaseError`, saying how to build one, where there is none.
    """
    place = where or paths()
    pointer = place.releases / "CURRENT"
    try:
        path = place.releases / pointer.read_text(encoding="utf-8").strip()
    except OSError:
        path = pointer
    if path == pointer or not path.is_file():
        raise ReleaseError("No release has been built yet: run 'python -m sendgap build'.")
    return Release(path, Catalogue.load(place.catalogue), Areas.load(place.reference))
