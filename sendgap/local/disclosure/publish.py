"""Counts to cells that may be shown: hide, protect, attack, and only then give out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np

from sendgap.catalogue.model import Indicator
from sendgap.local.counts import Counts
from sendgap.local.disclosure.audit import audit, key_of
from sendgap.local.disclosure.before import hold_to
from sendgap.local.disclosure.figures import served
from sendgap.local.disclosure.former import former
from sendgap.local.disclosure.grid import System, lay_out
from sendgap.local.disclosure.model import Known, Published
from sendgap.local.disclosure.protect import protect
from sendgap.local.disclosure.rules import Flags, Primary, already_out
from sendgap.local.disclosure.state import State
from sendgap.local.measures import LocalMeasures
from sendgap.local.places import Places


def publish(
    counts: Counts,
    places: Places,
    measures: LocalMeasures,
    indicators: Mapping[str, Indicator],
    *,
    run_id: str,
    known: Iterable[Known] = (),
    earlier: Published | Iterable[Published] | None = None,
    withheld: Collection[tuple[str, str]] = (),
) -> Published:
    """What may be shown of the counts, for every school, cluster, DSPL area and the authority.

    ``counts`` hold all school years to be shown. ``known`` are figures that are out already,
    from whoever published them; ``earlier`` is all that this layer let out before, so that
    they give nothing away together (R9). No cell is made of ``withheld`` outcomes, by id and
    school year (empty for all). Raises
    :class:`~sendgap.local.disclosure.model.NotSafeError`, and gives nothing, where a number
    of fewer than six pupils could be worked out.
    """
    before = [earlier] if isinstance(earlier, Published) else list(earlier or ())
    once = former([release.places for release in before], places, counts.periods)
    system = lay_out(counts, places, measures, once.schools, withheld).system()
    primary = Primary(system, {name: entry.polarity for name, entry in indicators.items()})
    out = _known_rows(system, known) | hold_to(system, primary, before, once)
    state = _protected(system, primary, places, out)
    cells = served(system, state.hidden, run_id)
    passed = audit(system, cells, primary.targets, state.worlds, out, run_id)
    return Published(cells, passed, counts.source, places)


def _known_rows(system: System, known: Iterable[Known]) -> Flags:
    """Rows that are out already; a rounded figure counts as if it were exact."""
    wanted = {
        (k.unit_kind, k.unit_id, k.indicator_id, k.breakdown, k.sen_group, k.time_period,
         k.years, k.part)
        for k in known
    }  # fmt: skip
    out = np.zeros(len(system.rows), dtype=bool)
    for cell in system.cells:
        key = key_of(cell)
        out[cell.whole] |= (*key, "denominator") in wanted
        out[cell.part] |= (*key, "numerator") in wanted
    return out


def _protected(system: System, primary: Primary, places: Places, out: Flags) -> State:
    """Protect with the authority's figures as they are, but those that leave no other way.

    What is out is held as if shown, and never protected: its number is known. A number that
    nothing can protect does not keep the others from it, so that the audit names it alone.
    """
    primary.targets.drop(out)
    fixed = already_out(system, primary.hidden) | out
    state = State(system, primary.hidden, primary.targets, fixed, out)
    while (failed := protect(state, places)) is not None:
        held = state.fixed & ~out & _of_subjects(state, failed)
        if not held.any():
            state.hopeless.add(failed)
        state.fixed = state.fixed & ~held
    return state


def _of_subjects(state: State, target: int) -> Flags:
    """The rows that count something a target counts, in one of its years."""
    atoms = state.system.atoms.atoms
    wanted = state.wanted.indices[state.wanted.indptr[target] : state.wanted.indptr[target + 1]]
    asked = {(atoms[atom].subject, atoms[atom].period) for atom in wanted}
    of = np.array([float((atom.subject, atom.period) in asked) for atom in atoms])
    return np.asarray(state.system.matrix @ of > 0)
