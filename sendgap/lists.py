"""What is there: areas, indicators, sources and the state of the figures, as tables."""

from __future__ import annotations

from datetime import date

import pandas as pd

from sendgap.store import Release


def areas(release: Release) -> pd.DataFrame:
    """Every area with its codes, region, dates and what became of it."""
    return pd.DataFrame(
        {
            "area_code": area.area_code,
            "la_code": area.la_code,
            "area_name": area.name,
            "geographic_level": area.level.value,
            "region": region.name if (region := release.areas.region_of(area)) else None,
            "opened": area.opened,
            "closed": area.closed,
            "predecessors": " ".join(area.predecessors) or None,
            "successors": " ".join(area.successors) or None,
            "note": area.note or None,
        }
        for area in release.areas
    )


def indicators(release: Release) -> pd.DataFrame:
    """Every indicator: what it is, its groups, references and kinds of period."""
    return pd.DataFrame(
        {
            "indicator_id": i.id,
            "label": i.label,
            "theme": release.catalogue.themes[i.theme],
            "unit": i.unit,
            "polarity": i.polarity.value,
            "sen_groups": " ".join(g.value for g in i.groups()),
            "references": " ".join(r.value for r in i.references) or None,
            "time_identifier": i.time_identifier.value,
            "breakdowns": " ".join(dict.fromkeys(s.breakdown for s in i.series)),
            "sources": " ".join(dict.fromkeys(s.source_id for s in i.series)),
        }
        for i in release.catalogue.indicators.values()
    )


def sources(release: Release) -> pd.DataFrame:
    """Every publication with the edition held and its licence."""
    return release.frame("editions")


def status(release: Release, today: date | None = None) -> pd.DataFrame:
    """What is held of each indicator and source, and how fresh it is.

    ``state`` is ``stale`` once the source's date has passed, ``provisional`` where the
    newest figures may change, else ``current``.
    """
    now = today or date.today()
    held = release.frame("held")
    held["sen_groups"] = [" ".join(groups) for groups in held["sen_groups"]]
    known = release.catalogue.sources
    held["edition"] = held["source_id"].map(dict(_editions(release)))
    held["state"] = [
        "stale" if known[source].stale_after < now else "provisional" if provisional else "current"
        for source, provisional in zip(held["source_id"], held["has_provisional"], strict=True)
    ]
    present = set(held["indicator_id"])
    missing = [i for i in release.catalogue.indicators if i not in present]
    if missing:
        # Whole numbers stay whole beside empty cells.
        held = held.astype({"authorities": object, "figures": object})
        held = pd.concat([held, pd.DataFrame({"indicator_id": missing, "state": "missing"})])
    return held


def _editions(release: Release) -> list[tuple[object, object]]:
    table = release.frame("editions")
    return list(zip(table["source_id"], table["edition"], strict=True))
