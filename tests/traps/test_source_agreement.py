"""How far two publications agree, measured again in the publishers' files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import mean

import duckdb
import pytest

from sendgap.catalogue.model import Splice
from sendgap.config import paths
from tests.oracle import second_tool
from tests.oracle.files import Files
from tests.oracle.publishers import Figures, Names
from tests.support import shared_data
from tests.traps.handling import SEN2, SHIPPED, Reader

#: The files of each source that is part of a splice.
FILES = {
    "sen2": [SEN2],
    "sen2_earlier": ["raw/sen2_2023/sen2_mi.csv.gz"],
    "sen2_placements": ["raw/sen2_2022/sen2_estab_caseload.csv.gz",
                        "raw/sen2_2022/sen2_estab_new_plans.csv.gz"],
    "absence_characteristics": ["tidy/absence_by_sen_la.csv.gz"],
    "absence_bands": ["raw/absence_bands/absence_bands_distributions.zip"],
    "lait": ["lait/bds_long_0.parquet"],
    "phonics_characteristics": ["tidy/send_ap_dashboard/ks1_phonics.csv.gz"],
}  # fmt: skip

SPLICES = [
    (indicator.id, splice)
    for indicator in SHIPPED.catalogue.indicators.values() for splice in indicator.splices
    if indicator.id != "phonics_year1"  # the two differ there, and a test of its own measures it
]  # fmt: skip


@pytest.fixture(scope="module")
def files() -> Files:
    return Files(shared_data(), Names.read(paths().reference))


Pair = tuple[Figures, Figures]
Compared = Callable[[str], Pair]


@pytest.fixture
def compared(files: Files, monkeypatch: pytest.MonkeyPatch) -> Compared:
    """Both sides of the comparison with the tool whose title begins with some words."""

    def sides(beginning: str) -> Pair:
        kept: dict[str, Pair] = {}
        monkeypatch.setattr(
            second_tool,
            "against_tool",
            lambda _indicator, title, tool, other, *_rest, **_more: kept.update(
                {title: (tool, other)}
            ),
        )
        for _ in second_tool.tool_checks(files):
            found = [title for title in kept if title.startswith(beginning)]
            if found:
                return kept[found[0]]
        raise AssertionError(f"no comparison is called {beginning}")

    return sides


def measured(pair: Pair) -> Iterator[tuple[str, list[float]]]:
    """For each group and period, how much the first publication is above the other."""
    one, other = pair
    places = sorted(one.keys() & other.keys())
    for group, period in sorted({(key[2], key[0]) for key in places}):
        yield group, [
            float(one[key] - other[key]) for key in places
            if (key[2], key[0]) == (group, period)
            and key[1].startswith(("E06", "E08", "E09", "E10"))
        ]  # fmt: skip


def test_destinations_are_lower_in_the_tool_by_a_point_and_never_joined(
    compared: Compared,
) -> None:
    lower = {"no_sen": (0.3, 0.9), "ehc_plan": (0.8, 1.5), "sen_support": (1.4, 1.8)}
    years = list(measured(compared("Sustained destinations")))
    assert len(years) == 12
    for group, differences in years:
        least, most = lower[group]
        assert least <= -mean(differences) <= most, group


#: Comparisons of ``tests/oracle`` in which two publications agree at the decimals printed.
EQUAL = {
    "Pupils with an EHC plan": (0.05, 900),
    "Pupils on SEN support": (0.05, 900),
    "20 weeks excluding exceptions": (0.05, 900),
    "Requests declined": (0.05, 900),
    "Appeal rate": (0.05, 1_300),
}


@pytest.mark.parametrize("name", EQUAL)
def test_publications_that_agree_at_one_decimal(compared: Compared, name: str) -> None:
    half, least = EQUAL[name]
    differences = [abs(d) for _, group in measured(compared(name)) for d in group]
    assert len(differences) > least
    assert max(differences) <= half + 1e-9


def test_attainment_8_is_taken_from_the_tool_because_the_other_is_provisional(
    compared: Compared,
) -> None:
    by_year = [group for _, group in measured(compared("Attainment 8 without SEN"))]
    *final, provisional = by_year
    assert max(abs(d) for year in final for d in year) == 0
    assert len([d for d in provisional if d]) > 100
    assert max(map(abs, provisional)) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("indicator", "splice"), SPLICES, ids=[indicator for indicator, _ in SPLICES]
)
def test_the_agreement_of_a_splice_is_what_is_measured(
    reader: Reader, indicator: str, splice: Splice
) -> None:
    """Each series is read past the period in which the other takes over."""
    data = shared_data()
    entry = SHIPPED.catalogue.indicators[indicator]
    ends = [one.last for one in entry.series if one.source_id in splice.sources]
    handling = SHIPPED.only(indicator)
    for source in splice.sources:
        handling = handling.series(
            indicator, source, lambda one: replace(one, last=max(ends), withheld=())
        )
    names = [data / name for source in splice.sources for name in FILES[source]]
    held = reader.read(handling, *names)
    one, other = (str(held.folder / f"{source}.parquet") for source in splice.sources)
    keys = "breakdown, sen_group, time_identifier, time_period, area_code"
    with duckdb.connect() as connection:
        compared, alike = connection.execute(
            "select count(*), count(*) filter (coalesce(abs(a.value - b.value) < 1e-5, true) and "
            "coalesce(a.denominator = b.denominator, true)) "
            f"from read_parquet($one) a join read_parquet($other) b using ({keys}) "
            "where coalesce(a.denominator, a.value) is not null "
            "and coalesce(b.denominator, b.value) is not null",
            {"one": one, "other": other},
        ).fetchall()[0]
    said = re.findall(r"[\d,]+ of [\d,]+|all [\d,]+", splice.agreement)
    whole = f"all {compared:,}" if alike == compared else f"{alike:,} of {compared:,}"
    assert whole in said
