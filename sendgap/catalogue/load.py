"""Reads the catalogue: YAML entries to frozen types, all problems reported at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sendgap.catalogue.checks import cross_checks
from sendgap.catalogue.make import indicator_from, recognised_from, source_from
from sendgap.catalogue.model import Indicator, Recognised, Source, Table
from sendgap.catalogue.schema import Schema, read_yaml
from sendgap.errors import CatalogueError, Problem, UnknownNameError
from sendgap.text import nearest


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every indicator, source, theme and breakdown, validated together."""

    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    recognised: tuple[Recognised, ...]
    themes: Mapping[str, str]
    breakdowns: Mapping[str, str]
    headline: tuple[str, ...]

    @classmethod
    def load(cls, folder: Path) -> Catalogue:
        """Read ``folder``; raises :class:`CatalogueError` naming every problem."""
        problems: list[Problem] = []
        themes = _mapping(folder / "themes.yaml", problems)
        breakdowns = _mapping(folder / "breakdowns.yaml", problems)
        headline = read_yaml(folder / "headline.yaml", problems) or []
        sources = _sources(folder, problems)
        recognised = recognised_from(read_yaml(folder / "recognised.yaml", problems) or {})
        indicators = dict(_indicators(folder, themes, problems))
        catalogue = cls(indicators, sources, recognised, themes, breakdowns, tuple(headline))
        problems.extend(cross_checks(catalogue))
        if problems:
            raise CatalogueError(problems)
        return catalogue

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id; raises :class:`UnknownNameError` with the nearest."""
        if indicator_id in self.indicators:
            return self.indicators[indicator_id]
        raise UnknownNameError("indicator", indicator_id, nearest(indicator_id, self.indicators))

    def tables(self) -> Iterator[Table]:
        """Every table of every source."""
        for source in self.sources.values():
            yield from source.tables


def _mapping(path: Path, problems: list[Problem]) -> dict[str, str]:
    content = read_yaml(path, problems)
    if isinstance(content, dict) and all(isinstance(v, str) for v in content.values()):
        return {str(key): value for key, value in content.items()}
    if content is not None:
        problems.append(Problem(path.name, "not a list of id: label", "write one id: label a line"))
    return {}


def _sources(folder: Path, problems: list[Problem]) -> dict[str, Source]:
    content = read_yaml(folder / "sources.yaml", problems)
    schema = Schema(folder / "sources.schema.json")
    if content is None or not schema.check(content, "sources.yaml", problems):
        return {}
    return {key: source_from(key, entry) for key, entry in content.items()}


def _indicators(
    folder: Path, themes: Mapping[str, str], problems: list[Problem]
) -> Iterator[tuple[str, Indicator]]:
    schema = Schema(folder / "indicator.schema.json")
    order = {theme: place for place, theme in enumerate(themes)}
    made: list[Indicator] = []
    for path in sorted((folder / "indicators").glob("*.yaml")):
        content: Any = read_yaml(path, problems)
        if content is not None and schema.check(content, path.name, problems):
            made.append(indicator_from(path.stem, content))
    for indicator in sorted(made, key=lambda i: (order.get(i.theme, len(order)), i.id)):
        yield indicator.id, indicator
