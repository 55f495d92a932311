"""The catalogue's entries are whole, and every fault in them is told at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from sendgap.catalogue.load import Catalogue
from sendgap.config import PROJECT
from sendgap.errors import CatalogueError, UnknownNameError
from sendgap.terms import IntervalType, TimeIdentifier, ValueType

SHIPPED = PROJECT / "data" / "catalogue"
FILES = sorted((SHIPPED / "indicators").glob("*.yaml"))
KS2 = "indicators/ks2_rwm_expected.yaml"
ABSENCE = "indicators/overall_absence.yaml"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(SHIPPED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(SHIPPED, copy)
    return copy


def put(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    content = path.read_text(encoding="utf-8")
    assert old in content, old
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as refusal:
        Catalogue.load(folder)
    return [str(problem) for problem in refusal.value.problems]


# What is shipped


def test_the_shipped_catalogue_has_no_fault(catalogue: Catalogue) -> None:
    assert set(catalogue.indicators) == {path.stem for path in FILES}
    assert set(catalogue.headline) <= set(catalogue.indicators)
    assert len(set(catalogue.headline)) == len(catalogue.headline) == 12


def sentences(content: Any) -> Iterator[str]:
    """Every text of an entry that is prose: ``text`` of a caution is, that of a series is
    the name of a column."""
    if isinstance(content, list):
        for item in content:
            yield from sentences(item)
    elif isinstance(content, dict):
        for key, value in content.items():
            if key in ("definition", "why_it_matters", "how_to_read", "cannot_say", "reason",
                       "agreement", "return_needed"):  # fmt: skip
                yield value
            elif key == "text" and content.keys() == {"first", "last", "text"}:
                yield value
            else:
                yield from sentences(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_prose_is_whole_sentences(path: Path) -> None:
    found = list(sentences(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert len(found) >= 4
    for text in found:
        assert text.strip().endswith("."), text
        assert text[0].isupper() or text[0].isdigit(), text
        assert "  " not in text.strip(), text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_series_is_on_one_basis_in_every_period(path: Path, catalogue: Catalogue) -> None:
    for series in catalogue.indicators[path.stem].series:
        for year in range(int(series.first[:4]), int(series.last[:4]) + 1):
            period = f"{year}{(year + 1) % 100:02d}" if len(series.first) == 6 else str(year)
            bases = [b for b in series.basis if b.first <= period <= b.last]
            assert len(bases) == 1, (series.source_id, period)
            assert series.basis_in(period) == bases[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_said_of_periods_lies_inside_the_series(path: Path, catalogue: Catalogue) -> None:
    for series in catalogue.indicators[path.stem].series:
        said = [period.partition(" ")[0] for period in series.missing]
        said += [*series.provisional, *series.revised]
        said += [withheld.time_period for withheld in series.withheld]
        said += [period for c in series.cautions for period in (c.first, c.last)]
        for period in said:
            assert len(period) == len(series.first), period
        for caution in series.cautions:
            assert caution.first <= caution.last
        kind = TimeIdentifier.CALENDAR_YEAR in series.time_identifiers
        assert kind == (len(series.first) == 4)


def test_sessions_never_have_an_interval(catalogue: Catalogue) -> None:
    sessions = [i for i in catalogue.indicators.values() if i.value_type is ValueType.SESSION_RATE]
    assert sessions
    assert {i.interval for i in sessions} == {IntervalType.NONE}


def test_an_unknown_indicator_names_the_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownNameError, match="ks2_rwm_expected"):
        catalogue.indicator("ks2_rwm")


# Faults of one file: where, what was found, what to write

Fault = tuple[str, str, str, tuple[str, ...]]

#: File, text, what takes its place, and words of the message.
FAULTS: dict[str, Fault] = {
    "an unknown theme": (
        KS2, "theme: attainment", "theme: results",
        ("ks2_rwm_expected.yaml: theme: found 'results'", "write one of early_years, attainment"),
    ),
    "a value outside a list": (
        KS2, "polarity: higher_is_better", "polarity: up",
        ("polarity: found 'up'", "write one of higher_is_better, lower_is_better, none"),
    ),
    "a field that is missing": (
        KS2, "stage: ks2\n", "", ("'stage' is a required property", "copy an existing file"),
    ),
    "a field that is not known": (
        KS2, "stage: ks2\n", "stage: ks2\nkeystage: 2\n", ("'keystage' was unexpected",),
    ),
    "a field of a series that is not known": (
        KS2, "    decimals: 0\n", "    decimals: 0\n    digits: 1\n",
        ("series[0]: ", "'digits' was unexpected", "write a series with source, table"),
    ),
    "a sentence without a full stop": (
        KS2, "all pupils eligible.\n", "all pupils eligible\n",
        ("definition: found", "ending in a full stop"),
    ),
    "a period without quotes": (
        KS2, 'first: "201516"', "first: 201516", ("first: found 201516", "in quotes"),
    ),
    "a period as a key without quotes": (
        KS2, '{"201920": covid', "{201920: covid", ("key '201920' is no text", "in quotes"),
    ),
    "a key that stands twice": (
        KS2, "unit: percent\n", "unit: percent\nunit: score\n", ("line 5: 'unit' stands twice",),
    ),
    "a date that does not exist": (
        KS2, 'last: "2026-11-21"', 'last: "2026-02-30"',
        ("reviewed.last: found '2026-02-30'", "YYYY-MM-DD"),
    ),
    "a date without quotes that does not exist": (
        KS2, 'last: "2026-11-21"', "last: 2026-02-30", ("write it as YAML in UTF-8",),
    ),
    "an unknown SEN group": (
        KS2, "      no_sen: {", "      none: {", ("groups", "found 'none'", "one of no_sen"),
    ),
    "an unknown symbol": (
        KS2, "covid, \"202021\"", "cancelled, \"202021\"",
        ("found 'cancelled'", "covid, none, not_yet, x or z"),
    ),
    "too many decimals": (KS2, "    decimals: 0", "    decimals: 9", ("decimals: found 9",)),
    "no YAML": (KS2, "label: ", "label: [", ("line", "write it as YAML in UTF-8")),
    "an empty series": (KS2, "series:\n", "series: []\nmore:\n", ("series: found []",)),
    "a source that is not listed": (
        KS2, "source: lait", "source: light",
        ("series 1: source: found 'light'", "write one of lait, ks2_characteristics"),
    ),
    "a table that the source does not have": (
        KS2, "table: measures", "table: figures", ("series 1: table: found 'figures'",),
    ),
    "a series without a table": (
        KS2, "    table: measures\n", "", ("series 1: table: found 'none'", "one of measures"),
    ),
    "a series without a column": (
        KS2, "    value: Values\n", "",
        ("series 1: groups.all_pupils: no column holds the figure",),
    ),
    "a breakdown that is not listed": (
        ABSENCE, "breakdown: phase:primary", "breakdown: phase:nursery",
        ("breakdown: found 'phase:nursery'",),
    ),
    "a benchmark of a breakdown that is not listed": (
        ABSENCE, 'benchmarked: [total, "phase:primary"', 'benchmarked: [total, "phase:first"',
        ("benchmarked: found 'phase:first'",),
    ),
    "a splice of a source without a series": (
        "indicators/phonics_year1.yaml", "sources: [phonics_characteristics, lait]",
        "sources: [phonics_characteristics, sen2]", ("splices: found 'sen2'",),
    ),
    "counts lent by a source without a series": (
        KS2, "from: ks2_characteristics", "from: sen2", ("lend_counts: found 'sen2'",),
    ),
    "a reference that is none": (
        ABSENCE, "references: [no_sen]", "references: [any_sen]",
        ("references[0]: found 'any_sen'", "no_sen, all_pupils, england_no_sen"),
    ),
    "a reference without a better direction": (
        KS2, "polarity: higher_is_better", "polarity: none",
        ("references: a reference without a better direction", "write []"),
    ),
    "an interval on sessions": (
        ABSENCE, "interval: none", "interval: wilson",
        ("interval: wilson with session_rate", "write none"),
    ),
    "an interval of rates on a proportion": (
        KS2, "interval: wilson", "interval: rate", ("interval: rate with proportion",),
    ),
    "a review before the last": (
        KS2, 'next: "2027-11-21"', 'next: "2020-11-21"', ("reviewed: next is 2020-11-21",),
    ),
    "a first period after the last": (
        KS2, 'last: "202223"', 'last: "201718"', ("series 2: first: found '201819' after",),
    ),
    "a calendar year in a series of school years": (
        KS2, 'last: "202223"', 'last: "2022"', ("series 2: last: found '2022'", "four digits"),
    ),
    "a basis that ends too early": (
        KS2, 'last: "202425"\n        reason', 'last: "202324"\n        reason',
        ("series 1: basis: no basis covers 202425", "without holes"),
    ),
    "a hole between bases": (
        KS2, '- id: "2018"\n        first: "201718"', '- id: "2018"\n        first: "201819"',
        ("series 1: basis: '2018' starts in 201819 and '2016' ends in 201617",),
    ),
    "bases that overlap": (
        KS2, '- id: "2018"\n        first: "201718"', '- id: "2018"\n        first: "201617"',
        ("series 1: basis: '2018' starts in 201617",),
    ),
    "decimals that start too late": (
        KS2, "    decimals: 0\n", '    decimals: {"201819": 0}\n',
        ("series 1: decimals: nothing said for 201516",),
    ),
    "a group twice in one source": (
        KS2, "source: ks2_characteristics\n    table: ks2_attainment",
        "source: lait\n    table: measures", ("series 2: no_sen of total from lait stands twice",),
    ),
    "a headline that is no indicator": (
        "headline.yaml", "- ks2_rwm_expected", "- ks2_rwm",
        ("headline.yaml, entry 3: found 'ks2_rwm'", "has a file"),
    ),
    "a guard that is no indicator": (
        "identification.yaml", "ehcp_prevalence", "ehcp_prevalent",
        ("identification.yaml: ehc_plan: found 'ehcp_prevalent'", "has a file"),
    ),
    "a guard of another group": (
        "identification.yaml", "ehc_plan: ehcp_prevalence", "no_sen: ehcp_prevalence",
        ("identification.yaml: no_sen: found 'no_sen'", "write one of ehc_plan, sen_support"),
    ),
    "a guard without figures of its group": (
        "identification.yaml", "ehc_plan: ehcp_prevalence", "ehc_plan: sen_support_prevalence",
        ("identification.yaml: ehc_plan: found 'ehc_plan'", "write one of sen_support"),
    ),
    "a stage that is no indicator": (
        "stages.yaml", "outcome: eyfs_gld", "outcome: eyfs",
        ("stages.yaml, entry 1: found 'eyfs'", "has a file"),
    ),
    "a stage without places": (
        "stages.yaml", "outcome: eyfs_gld", "outcome: ehcp_prevalence",
        ("stages.yaml, entry 1: ehcp_prevalence has no places", "a better direction"),
    ),
    "a stage out of its age": (
        "stages.yaml", "age: 5}", "age: 7}", ("stages.yaml: age 6 after 7", "youngest first"),
    ),
    "a stage that stands twice": (
        "stages.yaml", "outcome: phonics_year1", "outcome: eyfs_gld",
        ("stages.yaml: eyfs_gld stands twice", "keep one"),
    ),
    "a stage without its age": (
        "stages.yaml", "{outcome: eyfs_gld, age: 5}", "eyfs_gld",
        ("stages.yaml: not a list of stages", "outcome: id, age: years"),
    ),
    "a theme without a label": (
        "themes.yaml", "absence: Attendance", "absence: 3",
        ("themes.yaml: not a list of id: label", "one id: label a line"),
    ),
    "a known file without columns": (
        "recognised.yaml", "by setting: [setting_type, placements]", "by setting: setting_type",
        ("recognised.yaml: not lists of columns",),
    ),
    "a source without a licence": (
        "sources.yaml", "  licence: Open Government Licence v3.0\n", "",
        ("sources.yaml: lait: 'licence' is a required property", "write a source with"),
    ),
    "a source whose id is no file name": (
        "sources.yaml", "\ntribunal:", "\nTribunal data:", ("found 'Tribunal data'", "underscores"),
    ),
    "a symbol without a known meaning": (
        "sources.yaml", '"-": x', '"-": missing', ("found 'missing'", "one of c, x, z, low"),
    ),
    "an area column of no known kind": (
        "sources.yaml", "area: [{name: LA and Regions}]", "area: [{postcode: LA and Regions}]",
        ("found 'postcode'", "write one of la_code, gss, name"),
    ),
    "an edition that is no date": (
        "sources.yaml", 'edition: "2026-04-08"', 'edition: "2026-04-31"',
        ("lait.edition: found '2026-04-31'", "the publication date"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_file_and_what_to_write(folder: Path, fault: str) -> None:
    file, old, new, words = FAULTS[fault]
    put(folder, file, old, new)
    report = problems(folder)
    name = Path(file).name
    assert any(line.startswith(name) and "; " in line for line in report)
    assert [w for w in words if not any(w in line for line in report)] == []
    assert not [line for line in report if not line.startswith((name, "headline"))], report


def test_a_reference_group_that_no_series_has_is_told(folder: Path) -> None:
    put(folder, ABSENCE, "references: [no_sen]", "references: [england_all_pupils]")
    content = (folder / ABSENCE).read_text(encoding="utf-8")
    (folder / ABSENCE).write_text(content.replace("all_pupils: {", "any_sen: {"), encoding="utf-8")
    (line,) = problems(folder)
    assert "references: found 'england_all_pupils' without figures; write one of no_sen" in line


@pytest.mark.parametrize("name", ["themes.yaml", "breakdowns.yaml", "headline.yaml", KS2,
                                  "sources.yaml", "recognised.yaml"])  # fmt: skip
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"# words only\n", "the file is empty"),
        (b"\xff\xfe", "write it as YAML in UTF-8"),
        (b"a: &a [*a]\n", "an entry contains itself"),
        (b"? [a, b]\n: c\n", "is no text"),
        (b"!!python/object:os.system {}\n", "write it as YAML in UTF-8"),
        (b"7\n", ""),
    ],
)
def test_a_file_that_is_no_entry_is_told_once(
    folder: Path, name: str, content: bytes, words: str
) -> None:
    (folder / name).write_bytes(content)
    own = [line for line in problems(folder) if line.startswith(Path(name).name)]
    assert len(own) == 1
    assert words in own[0]


@pytest.mark.parametrize("name", ["themes.yaml", "breakdowns.yaml", "headline.yaml",
                                  "sources.yaml", "recognised.yaml", "sources.schema.json",
                                  "indicator.schema.json"])  # fmt: skip
def test_a_missing_file_is_told_and_not_everything_that_names_it(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (line,) = problems(folder)
    assert line.startswith(f"{name}: ") and "missing" in line and "restore it" in line


def test_a_file_name_that_is_no_id_is_told(folder: Path) -> None:
    (folder / ABSENCE).rename(folder / "indicators" / "Overall absence.yaml")
    report = problems(folder)
    assert "Overall absence.yaml: the file's name is no id; name it with small letters" in report[0]
    assert "found 'overall_absence'" in report[1]


def test_the_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    chosen = (
        "a field that is missing", "a value outside a list", "an interval on sessions",
        "a headline that is no indicator", "a known file without columns",
        "a theme without a label", "a benchmark of a breakdown that is not listed",
    )  # fmt: skip
    for fault in chosen:
        file, old, new, _ = FAULTS[fault]
        put(folder, file, old, new)
    report = "\n".join(problems(folder))
    for words in (
        "polarity: found 'up'", "interval: wilson with session_rate",
        "found 'ks2_rwm'", "recognised.yaml: not lists of columns", "themes.yaml: not a list",
        "benchmarked: found 'phase:first'",
    ):  # fmt: skip
        assert words in report
    with pytest.raises(CatalogueError, match=r"^the catalogue has problems \(7\):"):
        Catalogue.load(folder)


def test_two_faults_of_one_file_are_told_together(folder: Path) -> None:
    put(folder, KS2, "unit: percent", "unit: percentage")
    put(folder, KS2, "stage: ks2", "stage: juniors")
    report = problems(folder)
    assert [line.split(":")[1].strip() for line in report] == ["stage", "unit"]
