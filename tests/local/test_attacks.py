"""No attack on what is served places a number of one to five pupils.

The attacker (``attacker.py``) is written apart from the program and holds the served cells
alone. He must find, for every number of one to five pupils, that it could be none and could
be six.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from sendgap.local.disclosure import publish as publishing
from sendgap.local.disclosure.model import NotSafeError, Published
from sendgap.local.disclosure.publish import publish
from tests.local.attacker import ADDED, Attacker
from tests.local.tables import (
    CATALOGUE,
    EVENTS,
    MEASURES,
    PERSISTENT,
    RESULT,
    SEVERE,
    SUSPENDED,
    Table,
    table,
)

Secret = tuple[dict[int, float], float]


def served(given: Table, **more: object) -> Published:
    return publish(given.counts, given.places, MEASURES, CATALOGUE.indicators, run_id="run", **more)  # type: ignore[arg-type]


def informed(given: Table, published: Published) -> Attacker:
    attacker = Attacker(given.places, given.counts.periods)
    attacker.learn(published.cells)
    return attacker


def secrets(given: Table, attacker: Attacker) -> Iterator[Secret]:
    """Every number of one to five pupils: pupils, who reached it, who did not, the rest."""
    rows = given.counts.rows
    keys = zip(
        rows["indicator_id"], rows["place"], rows["time_period"], rows["sen_group"], strict=True
    )
    true = dict(zip(keys, zip(rows["pupils"], rows["numerator"], strict=True), strict=True))
    for unit in given.places.units():
        for period in given.counts.periods:
            urns = given.places.schools_of(unit, period)
            for group, leaves in ADDED.items():
                for name in (RESULT, SUSPENDED, EVENTS, PERSISTENT, SEVERE):
                    held = [true.get((name, urn, period, leaf), (0, 0))
                            for urn in urns for leaf in leaves]  # fmt: skip
                    whole, part = (sum(column) for column in zip(*held, strict=True))
                    n = attacker.total(attacker.pupils(name), urns, [period], group)
                    x = attacker.total(name, urns, [period], group)
                    if 1 <= whole <= 5:
                        yield n, whole
                    if name != EVENTS and 1 <= part <= 5:
                        yield x, part
                    if name != EVENTS and 1 <= whole - part <= 5:
                        yield n | {column: -1.0 for column in x}, whole - part


def broken(given: Table, published: Published, most: int, seed: int = 0) -> list[str]:
    """Secrets that the attacker places, of ``most`` picked by chance."""
    attacker = informed(given, published)
    found = list(secrets(given, attacker))
    picked = np.random.default_rng(seed).permutation(len(found))[:most]
    told = []
    for place in picked:
        asked, true = found[place]
        low, high = attacker.bounds(asked)
        assert low <= true <= high, "the attacker's own equations are wrong"
        if low > 0 or high < 6:
            told.append(f"{true:g} is between {low:g} and {high:g}")
    return told


def attacked(seed: int, most: int) -> list[str]:
    """What an attack on one random table tells."""
    given = table(seed)
    try:
        published = served(given)
    except NotSafeError:
        return []
    return broken(given, published, most, seed)


@pytest.mark.parametrize("seed", range(2))
def test_no_number_of_one_to_five_is_placed(seed: int) -> None:
    assert attacked(seed, most=10) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1500))
def test_no_number_is_placed_in_five_hundred_tables(seed: int) -> None:
    assert attacked(seed, most=10) == []


def test_without_complementary_suppression_the_attack_succeeds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With R5 and the gate switched off, the same attacker places numbers of a few pupils."""
    monkeypatch.setattr(publishing, "protect", lambda state, places: None)
    monkeypatch.setattr(publishing, "audit", lambda *given: None)
    told = [line for seed in range(3) for line in attacked(seed, most=10)]
    assert len(told) >= 5


def test_without_complementary_suppression_the_gate_stays_shut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publishing, "protect", lambda state, places: None)
    with pytest.raises(NotSafeError):
        served(table(0))
