"""Makes catalogue types from entries that have passed their schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sendgap.catalogue.framework import Framework, FrameworkItem, FrameworkMeasure
from sendgap.catalogue.model import (
    AreaColumn,
    Basis,
    Caution,
    Columns,
    DenominatorOf,
    Indicator,
    Phrases,
    Recognised,
    Selector,
    Series,
    Source,
    Splice,
    Table,
    Withheld,
)
from sendgap.terms import (
    GeographicLevel,
    IntervalType,
    Polarity,
    Reference,
    SenGroup,
    Symbol,
    TimeIdentifier,
    ValueType,
)

Entry = Mapping[str, Any]

#: Sorts after every period.
_ALWAYS = "999999"

#: The parts of a figure that columns are named for.
_FIGURES = ("value", "numerator", "denominator", "lower", "upper")


def recognised_from(content: Entry) -> tuple[Recognised, ...]:
    """The file families that are known and skipped."""
    return tuple(Recognised(name, tuple(columns)) for name, columns in content.items())


def framework_from(framework_id: str, entry: Entry) -> Framework:
    """A framework from its entry in ``frameworks.yaml``."""
    against = entry.get("against", "neighbours")
    return Framework(
        id=framework_id,
        title=entry["title"],
        short=entry.get("short", entry["title"]),
        outcomes=dict(entry.get("outcomes", {})),
        items=tuple(
            FrameworkItem(
                id=item_id,
                label=item["label"],
                outcomes=tuple(item.get("outcomes", ())),
                wording=_sentence(item.get("wording", item["label"])),
                note=_sentence(item.get("note", "")),
                measures=tuple(_measure(each, against) for each in item.get("measures", ())),
            )
            for item_id, item in entry["items"].items()
        ),
        against=against,
    )


def _measure(entry: Entry, against: str) -> FrameworkMeasure:
    return FrameworkMeasure(
        indicator_id=entry["indicator"],
        use=entry.get("use", "counted"),
        groups=tuple(SenGroup(group) for group in entry.get("groups", ())),
        breakdown=entry.get("breakdown", ""),
        against=entry.get("against", against),
    )


def source_from(source_id: str, entry: Entry) -> Source:
    """A source from its entry in ``sources.yaml``."""
    return Source(
        id=source_id,
        publication=entry["publication"],
        publisher=entry["publisher"],
        licence=entry["licence"],
        url=entry["url"],
        edition=entry["edition"],
        latest_period=entry["latest_period"],
        next_update=entry["next_update"],
        stale_after=date.fromisoformat(entry["stale_after"]),
        symbols=dict(entry["symbols"]),
        tables=tuple(_table(source_id, key, table) for key, table in entry["tables"].items()),
    )


def _table(source_id: str, table_id: str, entry: Entry) -> Table:
    england = entry.get("england")
    return Table(
        id=table_id,
        source_id=source_id,
        columns=tuple(entry["columns"]),
        area=tuple(AreaColumn(*item) for pair in entry["area"] for item in pair.items()),
        blank_area=tuple(entry.get("blank_area", ())),
        england=next(iter(england.items())) if england else None,
        period=entry.get("period"),
        as_at=entry.get("as_at"),
        time_identifier=entry.get("time_identifier"),
        drop=tuple((column, tuple(values)) for column, values in entry.get("drop", {}).items()),
        levels=_levels(entry),
        headerless=entry.get("headerless", False),
        mislabelled=dict(entry.get("mislabelled", {})),
        other_labels=entry.get("other_labels", ""),
        edition=entry.get("edition"),
    )


def _levels(entry: Entry) -> tuple[GeographicLevel, ...]:
    return tuple(GeographicLevel(item) for item in entry.get("levels", list(GeographicLevel)))


def indicator_from(indicator_id: str, entry: Entry) -> Indicator:
    """An indicator from the content of its file."""
    identifier = TimeIdentifier(entry["time_identifier"])
    return Indicator(
        id=indicator_id,
        label=entry["label"],
        theme=entry["theme"],
        stage=entry["stage"],
        unit=entry["unit"],
        polarity=Polarity(entry["polarity"]),
        value_type=ValueType(entry["value_type"]),
        interval=IntervalType(entry["interval"]),
        phrases=Phrases(**entry["phrases"]),
        definition=_sentence(entry["definition"]),
        why_it_matters=_sentence(entry["why_it_matters"]),
        how_to_read=_sentence(entry["how_to_read"]),
        cannot_say=_sentence(entry["cannot_say"]),
        references=tuple(Reference(item) for item in entry["references"]),
        time_identifier=identifier,
        period_style=entry["period_style"],
        baseline=entry.get("baseline"),
        benchmarked=tuple(entry.get("benchmarked", ["total"])),
        series=tuple(
            _series(rank, item, identifier)
            for rank, item in enumerate(_cut(entry.get("series", ())), start=1)
        ),
        return_needed=_sentence(entry.get("return_needed", "")),
        splices=tuple(
            Splice(tuple(item["sources"]), _sentence(item["agreement"]))
            for item in entry.get("splices", ())
        ),
        lend_counts=tuple((item["from"], item["to"]) for item in entry.get("lend_counts", ())),
        frameworks=tuple(entry.get("frameworks", ())),
        synonyms=tuple(entry.get("synonyms", ())),
        reviewed=date.fromisoformat(entry["reviewed"]["last"]),
        next_review=date.fromisoformat(entry["reviewed"]["next"]),
    )


def _cut(entries: Iterable[Entry]) -> Iterator[Entry]:
    """One entry per breakdown: those of ``breakdowns`` take the place of the entry that
    lists them, each with its own columns and filters on top of the shared ones."""
    for entry in entries:
        cuts = entry.get("breakdowns")
        if cuts is None:
            yield entry
            continue
        shared = {key: value for key, value in entry.items() if key != "breakdowns"}
        for breakdown, own in cuts.items():
            where = {**shared.get("where", {}), **own.get("where", {})}
            yield {**shared, **own, "where": where, "breakdown": breakdown}


def _series(rank: int, entry: Entry, default: TimeIdentifier) -> Series:
    decimals = entry["decimals"]
    steps = {"0": decimals} if isinstance(decimals, int) else decimals
    shared = {key: entry[key] for key in (*_FIGURES, "text", "numerator_where") if key in entry}
    over = entry.get("denominator_of")
    return Series(
        rank=rank,
        source_id=entry["source"],
        table_ids=tuple(_listed(entry.get("table", []))),
        breakdown=entry.get("breakdown", "total"),
        time_identifiers=tuple(
            TimeIdentifier(item) for item in entry.get("time_identifiers", [default])
        ),
        groups={
            SenGroup(group): _selector(entry.get("where", {}), shared, selector)
            for group, selector in entry["groups"].items()
        },
        period_rule=entry.get("period_rule", "as_published"),
        first=entry["first"],
        last=entry["last"],
        levels=_levels(entry),
        decimals=tuple(sorted(steps.items())),
        missing={period: Symbol(item) for period, item in entry.get("missing", {}).items()},
        provisional=tuple(entry.get("provisional", ())),
        revised=tuple(entry.get("revised", ())),
        basis=tuple(Basis(**item) for item in entry.get("basis", ()))
        or (Basis("all", "0", _ALWAYS, ""),),
        cautions=tuple(Caution(**item) for item in entry.get("cautions", ())),
        withheld=tuple(
            _withheld(item, area)
            for item in entry.get("withheld", ())
            for area in _listed(item["area_code"])
        ),
        value_from_counts=entry.get("value_from_counts", False),
        numerator_from_value=entry.get("numerator_from_value", False),
        add_rows=tuple(entry.get("add_rows", ())),
        denominator_of=DenominatorOf(over["indicator"], over.get("breakdown", "total"))
        if over
        else None,
        placeholder_zeros=entry.get("placeholder_zeros", False),
        derived=entry.get("derived"),
        ranked=entry.get("ranked", True),
    )


def _withheld(entry: Entry, area_code: str) -> Withheld:
    return Withheld(
        area_code,
        entry["time_period"],
        tuple(SenGroup(group) for group in entry["groups"]),
        entry["reason"],
    )


def _selector(where: Entry, shared: Entry, entry: Entry) -> Selector:
    own = {**shared, **entry}
    rows = {**where, **entry.get("where", {})}
    return Selector(
        where=_picked(rows),
        numerator_where=_picked(own.get("numerator_where", {})),
        **{part: _columns(own.get(part)) for part in _FIGURES},
        text=own.get("text"),
        decimals=entry.get("decimals"),
    )


def _picked(where: Entry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((column, tuple(_listed(values))) for column, values in where.items())


def _columns(entry: str | list[str] | None) -> Columns | None:
    """Columns to add up; one written with a minus before it is taken away."""
    if not entry:
        return None
    names = _listed(entry)
    return Columns(tuple((-1, n[1:]) if n.startswith("-") else (1, n) for n in names))


def _listed(entry: str | list[str]) -> list[str]:
    return [entry] if isinstance(entry, str) else entry


def _sentence(text: str) -> str:
    """Folded YAML text on one line."""
    return " ".join(text.split())
