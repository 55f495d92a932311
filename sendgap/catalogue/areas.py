"""Areas, every spelling and code they have been published under, and their neighbours.

One entity has one stable code, its newest GSS code. Text from a publisher or a person
is folded, then looked up; nothing is guessed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sendgap.catalogue import areas_read as read
from sendgap.catalogue import hexagons as hexagon_map
from sendgap.catalogue.hexagons import Hexagon
from sendgap.catalogue.place import Area, Neighbour, fold, in_text
from sendgap.errors import CatalogueError, Problem, UnknownNameError
from sendgap.terms import VINTAGES, GeographicLevel

__all__ = ["Area", "Areas", "Neighbour", "fold", "in_text"]


@dataclass(frozen=True, slots=True)
class Areas:
    """All areas, found by any code, name or alias, with their statistical neighbours."""

    _by_code: Mapping[str, Area]
    _aliases: tuple[tuple[str, str, str], ...]
    _names: Mapping[str, str]
    _neighbours: Mapping[tuple[str, str], tuple[Neighbour, ...]]
    _hexagons: Mapping[str, Hexagon]

    @classmethod
    def load(cls, reference_folder: Path) -> Areas:
        """Read the reference tables; every problem in them is reported at once."""
        problems: list[Problem] = []
        tables = {name: read.table(reference_folder / name, problems) for name in read.COLUMNS}
        by_code = read.areas(tables[read.AREAS], problems)
        read.check_links(by_code, problems)
        aliases, names = read.aliases(tables[read.ALIASES], by_code, problems)
        neighbours = read.neighbours(tables[read.NEIGHBOURS], by_code, problems)
        hexagons = hexagon_map.read(reference_folder, by_code, problems)
        if problems:
            raise CatalogueError(problems)
        return cls(
            MappingProxyType(by_code), aliases, MappingProxyType(names),
            MappingProxyType(neighbours), MappingProxyType(hexagons),
        )  # fmt: skip

    def __iter__(self) -> Iterator[Area]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def by_code(self, code: str) -> Area:
        """The area with this stable code."""
        area = self._by_code.get(code)
        if area is None:
            raise UnknownNameError("area", code, self.nearest(code))
        return area

    def find(self, text: str) -> Area:
        """The area that a code, a three-digit code, a name or an alias stands for."""
        code = self._names.get(fold(text))
        if code is None:
            raise UnknownNameError("area", text, self.nearest(text))
        return self._by_code[code]

    def local_authorities(self, time_period: str | None = None) -> tuple[Area, ...]:
        """Local authorities open in the period; without one, those that exist now."""
        return tuple(
            area
            for area in self
            if area.level is GeographicLevel.LOCAL_AUTHORITY
            and (area.closed is None if time_period is None else area.open_in(time_period))
        )

    def earlier_namesake(self, area_code: str, time_period: str) -> str | None:
        """The predecessor of the same name that a figure must belong to, if any.

        Publications that name areas without codes print "Dorset" for the county that was
        abolished in 2019 and for the authority that replaced it.
        """
        area = self.by_code(area_code)
        if area.open_in(time_period):
            return None
        for code in area.predecessors:
            earlier = self.by_code(code)
            namesake = earlier.name.partition(" (")[0] == area.name
            if namesake and earlier.open_in(time_period):
                return code
        return None

    def region_of(self, area: Area) -> Area | None:
        """The region an area lies in; none for England and for a region itself."""
        return None if area.region_code is None else self._by_code[area.region_code]

    def neighbours(self, area_code: str, vintage: str) -> tuple[Neighbour, ...]:
        """The statistical neighbours in order; empty where the model names none."""
        if vintage not in VINTAGES:
            raise UnknownNameError("neighbour vintage", vintage, VINTAGES)
        return self._neighbours.get((vintage, self.by_code(area_code).area_code), ())

    def hexagon(self, area_code: str) -> Hexagon | None:
        """The place on the map of equal hexagons; none for authorities that have closed."""
        return self._hexagons.get(area_code)

    def alias_rows(self) -> list[tuple[str, str, str]]:
        """Folded alias, kind and area code, each once, for joining in bulk."""
        return list(self._aliases)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Up to three names of areas whose spellings come nearest."""
        folded = fold(text)
        spellings = {alias for alias, kind, _ in self._aliases if kind == "name"}
        close = difflib.get_close_matches(folded, sorted(spellings), n=12, cutoff=0.6)
        known = [folded] if folded in self._names else close
        names = (self._by_code[self._names[spelling]].name for spelling in known)
        return tuple(dict.fromkeys(names))[:3]
