"""Publishers' files read a second time, to hold every cell of ``data/published`` against.

Only the catalogue's own words are shared with the program: which file, which rows, which
columns. Reading, areas, periods, sums and symbols are done again here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from tests.oracle.inputs import ENGLAND, Inputs, SeriesKey, listed, of_series
from tests.oracle.publishers import HALF, Names, number, table

#: What a cell of ``data/published`` is made of, in the order of :data:`Cell`.
COLUMNS = ("value", "value_text", "numerator", "denominator", "lower", "upper", "symbol")
Cell = tuple[
    Fraction | None, str | None, Fraction | None, Fraction | None, Fraction | None,
    Fraction | None, str | None,
]  # fmt: skip

#: Columns of a figure with the sign they are added with; none where it has no such part.
Signed = tuple[tuple[int, str], ...]
#: A figure as printed, or as added up of several; nothing where there is no such part.
Printed = str | Fraction | None

PARTS = ("value", "numerator", "denominator", "lower", "upper")
SCALES = {"percent": 100, "per_100_pupils": 100}
AREA, LABEL = "area of the row", "period of the row"


@dataclass(frozen=True, slots=True)
class Use:
    """One group of one series: where its figures stand in a table."""

    indicator_id: str
    source: str
    breakdown: str
    group: str
    identifiers: tuple[str, ...]
    rule: str
    first: str
    last: str
    where: Mapping[str, list[str]]
    counted: Mapping[str, list[str]]
    parts: Mapping[str, Signed]
    text: str | None
    add_rows: bool
    from_counts: bool
    from_value: bool
    scale: int


def read_again(
    inputs: Inputs, names: Names, catalogue: Path, published: Path, data: Path
) -> dict[SeriesKey, dict[str, Cell]]:
    """Every figure catalogued: its parts by series and area."""
    sources = yaml.safe_load((catalogue / "sources.yaml").read_text(encoding="utf-8"))
    found: dict[SeriesKey, dict[str, Cell]] = {}
    for source, table_id, path, member in _files(published, data):
        entry, meant = sources[source]["tables"][table_id], sources[source]["symbols"]
        uses = list(_uses(inputs, source, table_id))
        columns = tuple(entry["columns"]) if entry.get("headerless") else ()
        frame = _placed(_wanted(table(path, member, columns), entry, uses), entry, names)
        for use in uses:
            for key, code, cell in _cells(frame, entry, use, meant):
                found.setdefault(key, {}).setdefault(code, cell)
    _to_predecessors(inputs, found)
    return found


def _files(published: Path, data: Path) -> Iterator[tuple[str, str, Path, str]]:
    with (published / "loads.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, _, member = row["file_name"].partition("!")
            paths = sorted(data.rglob(name))
            assert paths, f"{name} is not among the publishers' files"
            yield row["source_id"], row["table_id"], paths[0], member


def _uses(inputs: Inputs, source: str, table_id: str) -> Iterator[Use]:
    for indicator_id, indicator in inputs.indicators.items():
        for entry in indicator["series"]:
            if entry["source"] == source and table_id in listed(entry.get("table", [])):
                for group, selector in entry["groups"].items():
                    yield _use(indicator_id, indicator, entry, group, {**entry, **selector})


def _use(
    indicator_id: str, indicator: dict[str, Any], entry: dict[str, Any], group: str,
    own: dict[str, Any],
) -> Use:  # fmt: skip
    """``own`` is the series' entry with the group's words over it."""
    where = {**entry["where"], **entry["groups"][group].get("where", {})}
    return Use(
        indicator_id, entry["source"], entry["breakdown"], group,
        tuple(of_series(entry, indicator)), entry.get("period_rule", "as_published"),
        entry["first"], entry["last"],
        where={column: listed(values) for column, values in where.items()},
        counted={c: listed(values) for c, values in own.get("numerator_where", {}).items()},
        parts={name: tuple(map(_signed, listed(own.get(name, [])))) for name in PARTS},
        text=own.get("text"), add_rows="add_rows" in entry,
        from_counts=entry.get("value_from_counts", False),
        from_value=entry.get("numerator_from_value", False),
        scale=SCALES.get(indicator["unit"], 1),
    )  # fmt: skip


def _signed(name: str) -> tuple[int, str]:
    return (-1, name[1:]) if name.startswith("-") else (1, name)


# Rows, areas and periods -------------------------------------------------------------


def _wanted(frame: pd.DataFrame, entry: dict[str, Any], uses: list[Use]) -> pd.DataFrame:
    """Rows and columns that some series asks for, less those the catalogue drops."""
    needed = {name for use in uses for part in use.parts.values() for _, name in part}
    needed |= {name for use in uses for name in (*use.where, *use.counted)}
    needed |= {use.text for use in uses if use.text} | set(entry.get("drop", ()))
    needed |= {column for pair in entry["area"] for column in pair.values()}
    needed |= {entry[n] for n in ("period", "time_identifier") if n in entry}
    for column in set.intersection(*(set(use.where) for use in uses)):
        asked = {value for use in uses for value in use.where[column]}
        frame = frame[frame[column].map(_trimmed).isin(asked)]
    frame = frame.drop_duplicates()[[*sorted(needed | set(entry.get("england", ())))]]
    frame = frame.apply(lambda column: column.map(_trimmed))
    for column, values in entry.get("drop", {}).items():
        frame = frame[~frame[column].isin(values)]
    return frame


def _trimmed(value: object) -> str:
    return "" if value is None or value != value else str(value).strip()


def _placed(frame: pd.DataFrame, entry: dict[str, Any], names: Names) -> pd.DataFrame:
    """The rows with their area and the label of their period."""
    columns = [column for pair in entry["area"] for column in pair.values()]
    columns += entry.get("england", ())
    spelled = list(zip(*(frame[column] for column in columns), strict=True))
    known = {row: _area(dict(zip(columns, row, strict=True)), entry, names) for row in set(spelled)}
    label = frame[entry["period"]] if "period" in entry else entry["as_at"]
    return frame.assign(**{AREA: [known[row] for row in spelled], LABEL: label})


def _area(row: dict[str, str], entry: dict[str, Any], names: Names) -> str | None:
    blank = {"", *entry.get("blank_area", ())}
    for pair in entry["area"]:
        for kind, column in pair.items():
            if row[column] not in blank and (code := names.code(kind, row[column])):
                return code
    national = entry.get("england", {})
    return ENGLAND if any(row[column] == value for column, value in national.items()) else None


def period_of(label: str, rule: str) -> str | None:
    """The period a label stands for.

    >>> period_of("2025 (prov)", "academic_year_ending"), period_of("2016-17", "calendar_year")
    ('202425', None)
    >>> period_of("2016-17 (OT)", "financial_year")
    '201617'
    """
    head, tail = label[:4], label[4:].strip()
    if not head.isdigit():
        return None
    year = int(head)
    if rule == "as_published":
        return label if label.isdigit() and len(label) in (4, 6) else None
    if rule in ("academic_year_slash", "financial_year"):
        sign, note = ("/", ("",)) if rule == "academic_year_slash" else ("-", ("", "(OT)"))
        right = tail[:1] == sign and tail[1:3].isdigit() and tail[3:].strip() in note
        return head + tail[1:3] if right else None
    if tail and not tail.startswith("("):
        return None
    years = {
        "calendar_year": head, "academic_year_starting": f"{year}{(year + 1) % 100:02d}",
        "academic_year_ending": f"{year - 1}{year % 100:02d}",
    }  # fmt: skip
    return years[rule]


# Cells -------------------------------------------------------------------------------


def _cells(
    frame: pd.DataFrame, entry: dict[str, Any], use: Use, meant: Mapping[str, str]
) -> Iterator[tuple[SeriesKey, str, Cell]]:
    taken = frame[AREA].notna()
    for column, values in use.where.items():
        taken &= frame[column].isin(values)
    places: dict[tuple[SeriesKey, str], list[dict[str, str]]] = {}
    rows: Any = frame[taken].to_dict("records")
    for row in rows:
        key = _key(row, entry, use)
        if key is not None:
            places.setdefault((key, row[AREA]), []).append(row)
    for (key, code), found in places.items():
        kept = found if use.add_rows else found[:1]
        yield key, code, _cell(kept, use, meant)


def _key(row: Mapping[str, str], entry: dict[str, Any], use: Use) -> SeriesKey | None:
    identifier = row[entry["time_identifier"]] if "time_identifier" in entry else None
    if identifier is not None and identifier not in use.identifiers:
        return None
    label = row[LABEL]
    period = entry.get("mislabelled", {}).get(f"{label} {identifier}") or period_of(label, use.rule)
    if period is None or not use.first <= period <= use.last:
        return None
    return (
        use.indicator_id, use.source, use.breakdown, use.group, identifier or use.identifiers[0],
        period,
    )  # fmt: skip


def _cell(rows: list[dict[str, str]], use: Use, meant: Mapping[str, str]) -> Cell:
    if use.text:
        return _category(rows[0][use.text], meant)
    printed = {name: _added(_of_row(row, use, name) for row in rows) for name in PARTS}
    value, part, whole, lower, upper = (_figure(printed[name], meant) for name in PARTS)
    if use.from_value and value is not None and whole is not None:
        part = Fraction(int(value * whole / use.scale + HALF))
    if use.from_counts:
        value = part / whole * use.scale if whole and part is not None else None
    symbol = None if value is not None else _symbol(printed, whole, use, meant)
    return value, None, part, whole, lower, upper, symbol


def _category(text: str, meant: Mapping[str, str]) -> Cell:
    symbol = meant.get(text)
    return None, None if symbol else text, None, None, None, None, symbol


def _of_row(row: Mapping[str, str], use: Use, name: str) -> Printed:
    columns = use.parts[name]
    if not columns:
        return None
    if name == "numerator" and any(row[c] not in values for c, values in use.counted.items()):
        return Fraction(0)
    if len(columns) == 1 and columns[0][0] > 0:
        return row[columns[0][1]]
    return _added(_times(sign, row[column]) for sign, column in columns)


def _times(sign: int, text: str) -> Printed:
    figure = number(text)
    return text if figure is None else figure if sign > 0 else -figure


def _added(items: Iterable[Printed]) -> Printed:
    """The sum of what is printed, or the first that is no number; one alone stays as it is."""
    printed = list(items)
    if len(printed) == 1:
        return printed[0]
    figures = [item if isinstance(item, Fraction) else number(item or "") for item in printed]
    for item, figure in zip(printed, figures, strict=True):
        if figure is None:
            return item
    return sum((figure for figure in figures if figure is not None), Fraction(0))


def _figure(printed: Printed, meant: Mapping[str, str]) -> Fraction | None:
    if printed is None or isinstance(printed, Fraction):
        return printed
    return Fraction(0) if meant.get(printed) == "0" else number(printed)


def _symbol(
    printed: Mapping[str, Printed], whole: Fraction | None, use: Use, meant: Mapping[str, str]
) -> str:
    """Why there is no figure: what is printed in its place, or a denominator of nought."""
    texts = [p for p in (printed[name] for name in PARTS[:3]) if isinstance(p, str)]
    signs = {text: meant[text] for text in texts if meant.get(text, "0") != "0"}
    if use.from_counts and whole == 0:
        return "z"
    said = [sign for text, sign in signs.items() if text]
    if said or whole == 0:
        return said[0] if said else "z"
    return signs.get("", "none")


def _to_predecessors(inputs: Inputs, found: dict[SeriesKey, dict[str, Cell]]) -> None:
    """Figures named like an area that had not begun are its namesake's from before."""
    namesakes = [
        (later, former)
        for former in inputs.places.values()
        for later in inputs.places.values()
        if former.name.startswith(f"{later.name} (")
    ]
    for key, cells in found.items():
        for later, former in namesakes:
            moves = former.open_in(key[5]) and not later.open_in(key[5])
            if moves and later.code in cells and former.code not in cells:
                cells[former.code] = cells.pop(later.code)
