"""Can I trust it? What is held, from where, how fresh, and what the words mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sendgap.catalogue.model import Indicator
from sendgap.lists import status
from sendgap.store import Release
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import definition_of
from sendgap.views.model import Definition, Table
from sendgap.views.numbers import SYMBOL_MEANINGS
from sendgap.views.periods import day, ends_in, period_label


@dataclass(frozen=True, slots=True)
class HeldView:
    """The finding, the tables and the definitions of *Data and help*."""

    finding: str
    release_id: str
    matrix: Table
    sources: Table
    withheld: Table
    symbols: tuple[str, ...]
    definitions: tuple[tuple[str, Definition], ...]
    #: Each outcome's state by its id: current, provisional, stale, or why it is missing.
    states: tuple[tuple[str, str], ...] = ()


def held_view(release: Release, today: date | None = None) -> HeldView:
    """What the current release holds, as of ``today``."""
    table = status(release, today)
    records: list[dict[str, object]] = [
        {str(key): value for key, value in row.items()} for row in table.to_dict("records")
    ]
    held = [row for row in records if isinstance(row["source_id"], str)]
    ids = {row["indicator_id"] for row in held}
    provisional = {r["indicator_id"] for r in held if r["state"] == "provisional"}
    newest = max((ends_in(str(r["last_period"])) for r in held), default=0)
    missing = [i for i in release.catalogue.indicators.values() if i.id not in ids]
    local = sum(not i.series for i in missing)
    needed = f" {local} need a local return." if local else ""
    finding = (
        f"{len(ids)} outcomes are held, {len(provisional)} with provisional figures; the newest "
        f"figures are of {newest}.{needed}"
        if held
        else "No figures are held yet."
    )
    return HeldView(
        finding=finding,
        release_id=release.release_id,
        matrix=_matrix(release, held, missing),
        sources=_sources(release, today or date.today()),
        withheld=_withheld(release),
        symbols=tuple(SYMBOL_MEANINGS.values()),
        definitions=_definitions(release),
        states=_states(held, missing),
    )


#: States of an outcome, in the order of what matters most about its newest figures.
STATES = ("current", "provisional", "stale")
LOCAL, NOT_LOADED = "needs a local return", "not loaded"


def _states(held: list[dict[str, object]], missing: list[Indicator]) -> tuple[tuple[str, str], ...]:
    """An outcome is as fresh as the freshest source it has."""
    found: dict[str, str] = {}
    for row in held:
        name, state = str(row["indicator_id"]), str(row["state"])
        known = found.get(name, state)
        found[name] = min(known, state, key=STATES.index)
    found |= {i.id: NOT_LOADED if i.series else LOCAL for i in missing}
    return tuple(found.items())


def _matrix(release: Release, held: list[dict[str, object]], missing: list[Indicator]) -> Table:
    """One row per outcome and source of its yearly total (or first cut): groups, years,
    places; then the outcomes of which nothing is held."""
    rows: list[tuple[str, ...]] = []
    for row in held:
        indicator = release.catalogue.indicator(str(row["indicator_id"]))
        own = row["time_identifier"] == indicator.time_identifier.value
        if row["breakdown"] != indicator.default_breakdown or not own:
            continue
        style = indicator.period_style
        first, last = (period_label(str(row[k]), style) for k in ("first_period", "last_period"))
        wide = (("England", row["has_england"]), ("regions", row["has_regions"]))
        places = [name for name, there in wide if there]
        places.append(f"{row['authorities']} authorities")
        groups = [label for g, label in GROUP_LABELS.items() if g in str(row["sen_groups"]).split()]
        rows.append(
            (
                indicator.phrases.short,
                release.catalogue.sources[str(row["source_id"])].publication,
                ", ".join(groups),
                first if first == last else f"{first} to {last}",
                ", ".join(places),
                "yes" if row["has_counts"] else "no",
                str(row["state"]),
            )
        )
    for indicator in missing:
        state = (
            "missing: its publication is not loaded"
            if indicator.series
            else ("missing: nobody publishes it, it needs a local return")
        )
        rows.append((indicator.phrases.short, "none", "none", "none", "none", "no", state))
    return Table(
        "What is held of each outcome",
        ("Outcome", "Publication", "Groups", "Years", "Places", "Pupil numbers", "State"),
        tuple(rows),
        (0, 3),
    )


def _sources(release: Release, today: date) -> Table:
    rows = []
    for row in release.frame("editions").to_dict("records"):
        source = release.catalogue.sources[str(row["source_id"])]
        if not isinstance(row["edition"], str):
            continue
        fresh = "older than two editions" if source.stale_after < today else "in date"
        rows.append(
            (
                source.publication,
                source.publisher,
                day(str(row["edition"])),
                source.next_update,
                fresh,
                source.licence,
            )
        )
    return Table(
        "Publications, editions and licences",
        ("Publication", "Publisher", "Edition of", "Next update", "State", "Licence"),
        tuple(rows),
        (0, 2),
    )


def accepted(release: Release) -> Table:
    """Every table of a publication that is read: the columns it is known by, and where from."""
    loaded = dict(release.rows("edition_dates"))
    rows = [
        (
            source.publication,
            table.id.replace("_", " "),
            ", ".join(table.columns),
            day(str(loaded[source.id])) if source.id in loaded else "not loaded",
            source.next_update,
            source.url,
        )
        for source in release.catalogue.sources.values()
        for table in source.tables
    ]
    return Table(
        "Publications and the columns by which their files are known",
        ("Publication", "Table", "Columns it must have", "Edition held", "Next update", "Address"),
        tuple(rows),
        (0, 2),
    )


def _withheld(release: Release) -> Table:
    """Published figures that are not shown: one row per outcome, area, period and reason."""
    merged: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for row in release.frame("withheld").to_dict("records"):
        indicator = release.catalogue.indicator(str(row["indicator_id"]))
        label = period_label(str(row["time_period"]), indicator.period_style)
        key = (indicator.phrases.short, str(row["area_name"]), label, str(row["reason"]))
        merged[key].append(str(row["sen_group"]))
    rows = [
        (name, area, period, _labels(groups), reason)
        for (name, area, period, reason), groups in merged.items()
    ]
    return Table(
        "Published figures that are not shown",
        ("Outcome", "Area", "Year", "Groups", "Why"),
        tuple(rows),
        (0, 4),
    )


def _labels(groups: list[str]) -> str:
    return ", ".join(label for group, label in GROUP_LABELS.items() if group in groups)


def _definitions(release: Release) -> tuple[tuple[str, Definition], ...]:
    return tuple((i.id, definition_of(i)) for i in release.catalogue.indicators.values())
