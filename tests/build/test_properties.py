"""What must hold in any world, however its figures fall."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.build import small
from tests.build.small import AUTHORITIES, ENGLAND, REGION, World
from tests.oracle.compare import compare_all
from tests.oracle.inputs import read
from tests.oracle.recompute import recompute

# Worlds are built from files, so a failing one is shown as found and not made smaller.

#: Few different numbers, so that ties are common; symbols and blanks among them.
PRINTED = st.one_of(
    st.integers(0, 40).map(lambda tenths: tenths / 10),
    st.sampled_from([0.0, 100.0, 0.30000000000000004, 28.749999999999996, 120.0, "c", "x", None]),
)
COUNTED = st.one_of(
    st.tuples(st.integers(0, 8), st.sampled_from([8, 16, 80, 0])), st.sampled_from(["c", None])
)
PLACES = [
    (group, period, code)
    for group in ("no_sen", "ehc_plan")
    for period in small.PERIODS
    for code in (*AUTHORITIES, ENGLAND, REGION)
]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A world with figures of both publications."""
    figures: dict[small.Place, small.Figure] = {}
    for source, kind in (("printed", PRINTED), ("counted", COUNTED)):
        found = draw(st.lists(kind, min_size=len(PLACES), max_size=len(PLACES)))
        for place, figure in zip(PLACES, found, strict=True):
            if figure is not None:
                figures[source, *place] = figure
    polarity = draw(st.sampled_from(["higher_is_better", "lower_is_better"]))
    interval = draw(st.sampled_from(["none", "wilson"]))
    return World(figures, polarity, extra={"interval": interval})


tried = settings(
    max_examples=6, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large,
                           HealthCheck.large_base_example],
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Callable[[World], Path]:
    folders = tempfile.TemporaryDirectory()
    count = iter(range(1_000_000))

    def make(world: World) -> Path:
        return small.build(world, Path(folders.name) / str(next(count)))

    make.folders = folders  # type: ignore[attr-defined]
    return make


def _gaps(path: Path) -> dict[tuple[Any, ...], float | None]:
    found = small.rows(path, "select area_code, time_period, reference, gap from gap")
    return {row[:3]: row[3] for row in found}


@tried
@given(world=worlds())
def test_a_release_is_what_a_second_path_makes_of_its_figures(
    made: Callable[[World], Path], world: World
) -> None:
    path = made(world)
    result = recompute(
        read(path.parent / "catalogue", path.parent / "reference", path.parent / "published")
    )
    for done in compare_all(result, path):
        assert not done.wrong, done.wrong[:5]


@tried
@given(world=worlds())
def test_swapping_which_way_is_better_turns_the_sign_of_every_gap(
    made: Callable[[World], Path], world: World
) -> None:
    other = {"higher_is_better": "lower_is_better", "lower_is_better": "higher_is_better"}
    gaps = _gaps(made(world))
    turned = _gaps(made(replace(world, polarity=other[world.polarity])))
    assert turned == {key: None if gap is None else 0.0 - gap for key, gap in gaps.items()}


@tried
@given(world=worlds())
def test_as_many_areas_are_strictly_better_as_the_rank_says_less_one(
    made: Callable[[World], Path], world: World
) -> None:
    found = small.rows(
        made(world),
        "select measure, reference, sen_group, time_period, value, rank, tied, rank_of "
        "from benchmark where rank is not null and vintage = '2025-05'",
    )
    high_is_best = world.polarity == "higher_is_better"
    assert found or not world.figures
    for *key, value, rank, tied, rank_of in found:
        beside = [row[4] for row in found if list(row[:4]) == key]
        up = high_is_best and key[0] == "value"
        assert rank - 1 == sum(other > value if up else other < value for other in beside)
        assert tied == beside.count(value)
        assert rank_of == len(beside)


@tried
@given(world=worlds(), picked=st.sets(st.sampled_from(AUTHORITIES), min_size=1, max_size=6))
def test_suppressing_a_figure_never_gives_a_number_and_says_why_there_is_none(
    made: Callable[[World], Path], world: World, picked: set[str]
) -> None:
    hidden = {
        place: "c" if place[1] == "ehc_plan" and place[3] in picked else figure
        for place, figure in world.figures.items()
    }
    path = made(replace(world, figures=hidden))
    for table, column in (("observation", "value"), ("gap", "gap")):
        numbers = small.rows(
            path,
            f"select area_code from {table} where {column} is not null and sen_group = 'ehc_plan'",
        )
        assert not {code for (code,) in numbers} & picked
        one = f"select count(*) from {table} where ({column} is null) = (symbol is null)"
        assert small.rows(path, one) == [(0,)]
    mean = "select neighbour_mean, rank from benchmark where value is null and rank is not null"
    assert small.rows(path, mean) == []


@tried
@given(world=worlds())
def test_the_order_of_published_rows_changes_nothing(
    made: Callable[[World], Path], world: World
) -> None:
    one, other = made(world), made(replace(world, order=-1))
    for table in ("observation", "gap", "distribution", "benchmark"):
        columns = small.rows(one, f"select column_name from (describe {table})")
        text = ", ".join(f"{name}::varchar" for (name,) in columns)
        question = f"select {text} from {table} order by all"
        assert small.rows(one, question) == small.rows(other, question)


@tried
@given(world=worlds(), value=st.integers(0, 1000))
def test_an_area_more_leaves_the_gaps_of_the_others_as_they_are(
    made: Callable[[World], Path], world: World, value: int
) -> None:
    stranger = "E06000099"
    more = {("printed", "ehc_plan", small.LAST, stranger): value / 10,
            ("printed", "no_sen", small.LAST, stranger): 50.0}  # fmt: skip
    # The source of a period is chosen for all areas: both sides must be there without it.
    both = {("printed", group, period, AUTHORITIES[0]): 1.0
            for group in ("no_sen", "ehc_plan")
            for period in small.PERIODS}  # fmt: skip
    before = made(replace(world, figures=world.figures | both))
    after = made(
        replace(
            world, figures=world.figures | both | more, authorities=(*AUTHORITIES, stranger)
        )  # fmt: skip
    )
    found = {key: gap for key, gap in _gaps(after).items() if key[0] != stranger}
    assert found == _gaps(before)


def test_a_floats_noise_never_parts_a_tie(made: Callable[[World], Path]) -> None:
    """Each pair of figures has the same printed gap and another float's remainder."""
    sides = [(0.3, 0.1), (0.7, 0.5), (1.1, 0.9), (2.2, 2.0), (64.1, 63.9), (8.7, 8.5), (0.9, 0.7)]
    assert len({reference - sen for reference, sen in sides}) > 1
    figures: dict[small.Place, small.Figure] = {}
    for code, (reference, sen) in zip(AUTHORITIES, sides, strict=False):
        figures["printed", "no_sen", small.LAST, code] = reference
        figures["printed", "ehc_plan", small.LAST, code] = sen
    found = small.rows(
        made(World(figures)),
        "select distinct rank, tied, value from benchmark "
        "where measure = 'gap' and reference = 'no_sen' and rank is not null",
    )
    assert found == [(1, len(sides), 0.2)]


def test_a_half_from_counts_goes_up(made: Callable[[World], Path]) -> None:
    figures: dict[small.Place, small.Figure] = {}
    for group in ("no_sen", "ehc_plan"):
        figures["counted", group, small.LAST, AUTHORITIES[0]] = (23, 80)
    found = small.rows(
        made(World(figures)), "select distinct shown from level where value is not null"
    )
    assert found == [(28.8,)]
