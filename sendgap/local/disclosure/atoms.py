"""The smallest numbers that cells are sums of, and what ties them to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendgap.local.counts import ROLL, Counts
from sendgap.local.measures import PARTS, Counting, LocalMeasure, LocalMeasures
from sendgap.local.places import Places, UnitKind
from sendgap.terms import SenGroup

Numbers = NDArray[np.float64]

#: The three groups that do not overlap, and those whose pupils have a primary need.
LEAVES = PARTS[SenGroup.ALL_PUPILS]
WITH_NEED = PARTS[SenGroup.ANY_SEN]

_MOMENTS = ["denominator", "numerator_squares", "products", "denominator_squares"]
_NOBODY = (0.0,) * 6

#: No pupil is suspended more often in a year than there are sessions.
MOST_EVENTS = 380.0


@dataclass(frozen=True, slots=True)
class Tie:
    """A sum of atoms, each times its factor, that everyone knows to be 0 or more, or 0."""

    atoms: tuple[int, ...]
    factors: tuple[float, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Atom:
    """What one atom counts. ``amount`` is a sum of sessions, events or scores."""

    subject: str
    place: str
    period: str
    group: SenGroup
    amount: bool


@dataclass(slots=True)
class Atoms:
    """True numbers by what is counted, place, school year and group; in memory only.

    ``universe`` names for each indicator the pupils it is counted of; outcomes counted of
    the same pupils share them. ``block`` is the place of a school, in a school year, in
    measures that are given for DSPL areas only. ``largest`` is the most one pupil adds;
    ``moments`` are the denominator and the sums of squares and products of its pupils.
    """

    measures: list[LocalMeasure] = field(default_factory=list)
    universe: dict[str, str] = field(default_factory=dict)
    cuts: list[str] = field(default_factory=list)
    block: dict[tuple[str, str], str] = field(default_factory=dict)
    atoms: list[Atom] = field(default_factory=list)
    true: list[float] = field(default_factory=list)
    moments: list[tuple[float, float, float, float]] = field(default_factory=list)
    largest: list[float] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    number: dict[tuple[str, str, str, SenGroup], int] = field(default_factory=dict)

    def add(self, atom: Atom, true: float, largest: float,
            moments: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)) -> None:  # fmt: skip
        """One more atom."""
        self.number[atom.subject, atom.place, atom.period, atom.group] = len(self.atoms)
        self.atoms.append(atom)
        self.true.append(true)
        self.largest.append(largest)
        self.moments.append(moments)

    def find(self, subject: str, places: Iterable[str], period: str,
             groups: Iterable[SenGroup]) -> list[int]:  # fmt: skip
        """The atoms of these places and groups that are there."""
        wanted = (self.number.get((subject, *key)) for key in product(places, (period,), groups))
        return [number for number in wanted if number is not None]

    def pupils_of(self, measure: LocalMeasure) -> str:
        """The subject of the pupils that a measure is counted of."""
        return f"pupils:{self.universe[measure.indicator_id]}"

    def tie(self, exact: bool = False, **terms: tuple[float, Iterable[int]]) -> None:
        """Tie sums of atoms; a tie that the return breaks is left out."""
        atoms = [(atom, factor) for factor, found in terms.values() for atom in found]
        total = sum(self.true[atom] * factor for atom, factor in atoms)
        if atoms and (total == 0 if exact else total >= 0):
            self.ties.append(Tie(tuple(a for a, _ in atoms), tuple(f for _, f in atoms), exact))


def part_subject(measure: LocalMeasure, cut: str = "total") -> str:
    """The subject of those who reached a measure, or of its sum."""
    return f"{measure.indicator_id}:{cut}"


def collect(counts: Counts, places: Places, measures: LocalMeasures) -> Atoms:
    """The atoms of all measures that the counts hold, zeros filled in, and their ties."""
    tables = dict(iter(counts.rows.groupby("indicator_id", sort=True)))
    atoms = Atoms()
    atoms.block = dict(_blocks(counts, places))
    roll = tables.get(ROLL)
    known: dict[str, pd.Series[float]] = {}
    if roll is not None:
        known[ROLL] = _pupils(roll)
        _add(atoms, f"pupils:{ROLL}", roll, "pupils", amount=False)
    for measure in measures.measures.values():
        table = roll if measure.count is Counting.GROUP else tables.get(measure.indicator_id)
        if table is None:
            continue
        atoms.measures.append(measure)
        _share_pupils(atoms, measure, table, known)
        if measure.count is Counting.NEED:
            _add_needs(atoms, measure, table)
        elif measure.count is not Counting.GROUP:
            _add(atoms, part_subject(measure), table, "numerator", amount=measure.is_sum)
    _tie(atoms, measures)
    return atoms


def _blocks(counts: Counts, places: Places) -> Iterator[tuple[tuple[str, str], str]]:
    """Each school's DSPL area in each school year, as the place of needs."""
    for period in counts.periods:
        for school in places.schools:
            yield (school.urn, period), "block:"
        for unit in places.units([UnitKind.DSPL]):
            for urn in places.schools_of(unit, period):
                yield (urn, period), f"block:{unit.unit_id}"


def _pupils(table: pd.DataFrame) -> pd.Series[float]:
    """Pupils by place, school year and group, without those of nobody."""
    found = table.drop_duplicates(["place", "time_period", "sen_group"])
    found = found[found["pupils"] > 0].set_index(["place", "time_period", "sen_group"])
    return found["pupils"].sort_index()


def _share_pupils(
    atoms: Atoms, measure: LocalMeasure, table: pd.DataFrame, known: dict[str, pd.Series[float]]
) -> None:
    """Give a measure the pupils of one before it where they are the same, or its own."""
    pupils = _pupils(table)
    same = next((name for name, held in known.items() if held.equals(pupils)), None)
    name = same or measure.indicator_id
    atoms.universe[measure.indicator_id] = name
    if same is None:
        known[name] = pupils
        _add(atoms, f"pupils:{name}", table, "pupils", amount=False)


def _add(atoms: Atoms, subject: str, table: pd.DataFrame, column: str, *, amount: bool) -> None:
    """One atom for each place, school year and group; a group without a row is nobody."""
    keys = zip(table["place"], table["time_period"], table["sen_group"], strict=True)
    figures = table[[column, "largest", *_MOMENTS]].itertuples(index=False, name=None)
    held = dict(zip(keys, figures, strict=True))
    for place, period in sorted({key[:2] for key in held}):
        for group in LEAVES:
            true, largest, *moments = held.get((place, period, group), _NOBODY)
            a, b, c, d = moments
            atoms.add(Atom(subject, place, period, group, amount), float(true), float(largest),
                      (float(a), float(b), float(c), float(d)))  # fmt: skip


def _add_needs(atoms: Atoms, measure: LocalMeasure, table: pd.DataFrame) -> None:
    """Pupils by need in each DSPL area: the smallest place that needs are given for."""
    atoms.cuts = sorted(table["breakdown"].unique())
    keys = zip(table["place"], table["time_period"], strict=True)
    table = table.assign(place=[atoms.block.get(key, "block:") for key in keys])
    together = ["place", "time_period", "sen_group", "breakdown"]
    summed = table.groupby(together, as_index=False)["numerator"].sum()
    rows = summed[together].itertuples(index=False, name=None)
    held = dict(zip(rows, summed["numerator"], strict=True))
    for place, period in sorted({key[:2] for key in held}):
        for group, cut in product(WITH_NEED, atoms.cuts):
            atom = Atom(part_subject(measure, cut), place, period, group, False)
            atoms.add(atom, float(held.get((place, period, group, cut), 0.0)), 1.0)


def _tie(atoms: Atoms, measures: LocalMeasures) -> None:
    """What everyone knows: a part is not more than its whole, and needs add up."""
    for measure in atoms.measures:
        if measure.count is Counting.NEED:
            _tie_needs(atoms, measure)
            continue
        if measure.count is Counting.HOME:
            _tie_homes(atoms, measure)
        for atom in [a for a in atoms.atoms if a.subject == part_subject(measure)]:
            _tie_part(atoms, measure, measures, atom)
    for universe in sorted(set(atoms.universe.values()) - {ROLL}):
        for atom in [a for a in atoms.atoms if a.subject == f"pupils:{universe}"]:
            at = ([atom.place], atom.period, [atom.group])
            roll = atoms.find(f"pupils:{ROLL}", *at)
            if roll:
                own = atoms.find(atom.subject, *at)
                atoms.tie(whole=(1.0, roll), part=(-1.0, own))
    _tie_year_groups(atoms)


def _tie_year_groups(atoms: Atoms) -> None:
    """Pupils of different year groups are not the same pupils: together they are on the roll."""
    held: dict[str, set[str]] = {}
    for measure in atoms.measures:
        if measure.year_group:
            held.setdefault(measure.year_group, set()).add(atoms.pupils_of(measure))
    for subjects in product(*(sorted(found) for found in held.values())):
        for atom in [a for a in atoms.atoms if a.subject == f"pupils:{ROLL}"]:
            at = ([atom.place], atom.period, [atom.group])
            parts = [part for subject in subjects for part in atoms.find(subject, *at)]
            if len(parts) > 1:
                atoms.tie(whole=(1.0, atoms.find(atom.subject, *at)), parts=(-1.0, parts))


def _tie_part(atoms: Atoms, measure: LocalMeasure, measures: LocalMeasures, atom: Atom) -> None:
    """Those who reached it are some of the pupils; events are one or more for each pupil; a
    pupil adds no more than the most to a sum, and nobody adds nothing."""
    at = ([atom.place], atom.period, [atom.group])
    own, pupils = atoms.find(atom.subject, *at), atoms.find(atoms.pupils_of(measure), *at)
    if not atom.amount:
        atoms.tie(whole=(1.0, pupils), part=(-1.0, own))
    elif measure.most:
        atoms.tie(most=(measure.most, pupils), amount=(-1.0, own))
    beside = measures.measures.get(measure.part_of or measure.people)
    larger = atoms.find(part_subject(beside), *at) if beside else []
    if larger and measure.part_of:
        atoms.tie(whole=(1.0, larger), part=(-1.0, own))
    if larger and measure.people:
        atoms.tie(events=(1.0, own), people=(-1.0, larger))
        atoms.tie(most=(MOST_EVENTS, larger), events=(-1.0, own))


def _by_block(atoms: Atoms) -> list[tuple[str, str, list[str]]]:
    """Each DSPL area and school year with its schools; those of none together."""
    schools: dict[tuple[str, str], list[str]] = {}
    for (urn, period), place in atoms.block.items():
        schools.setdefault((place, period), []).append(urn)
    return [(place, period, sorted(urns)) for (place, period), urns in sorted(schools.items())]


def _tie_homes(atoms: Atoms, measure: LocalMeasure) -> None:
    """Who lives and learns in an area is on the roll of one of its schools, who lives there
    and learns elsewhere on that of another area's and does not live in that one."""
    blocks, roll = _by_block(atoms), f"pupils:{ROLL}"
    for (place, period, urns), group in product(blocks, LEAVES):
        home = place.removeprefix("block:")
        live = atoms.find(atoms.pupils_of(measure), [home], period, [group])
        stay = atoms.find(part_subject(measure), [home], period, [group])
        others = [other for other in blocks if other[1] == period and other[0] != place]
        elsewhere = [urn for _, _, found in others for urn in found]
        theirs = [other.removeprefix("block:") for other, _, _ in others]
        if stay:
            atoms.tie(here=(1.0, atoms.find(roll, urns, period, [group])), stay=(-1.0, stay))
            atoms.tie(
                there=(1.0, atoms.find(roll, elsewhere, period, [group])),
                stay_there=(-1.0, atoms.find(part_subject(measure), theirs, period, [group])),
                live=(-1.0, live), stay=(1.0, stay),
            )  # fmt: skip


def _tie_needs(atoms: Atoms, measure: LocalMeasure) -> None:
    """The needs of a DSPL area's pupils add up to its pupils with SEN."""
    for place, period, urns in _by_block(atoms):
        for group in WITH_NEED:
            cuts = [number for cut in atoms.cuts for number in
                    atoms.find(part_subject(measure, cut), [place], period, [group])]  # fmt: skip
            pupils = atoms.find(atoms.pupils_of(measure), urns, period, [group])
            atoms.tie(exact=True, pupils=(1.0, pupils), needs=(-1.0, cuts))
