"""Our totals beside the authority's published figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from sendgap.catalogue.model import Indicator
from sendgap.errors import SendgapError
from sendgap.local.disclosure.model import Published
from sendgap.local.places import UnitKind
from sendgap.store import Release

#: One row per outcome, cut, SEN group and school year of the whole authority.
COLUMNS = ("indicator_id", "breakdown", "sen_group", "time_period", "ours", "published",
           "difference", "source_id", "note")  # fmt: skip

_KEY = ["breakdown", "sen_group", "time_period"]


def reconcile(
    published: Published, release: Release | None, area_code: str,
    indicators: Iterable[Indicator],
) -> pd.DataFrame:  # fmt: skip
    """Every figure of the whole authority with the published one and the difference.

    ``note`` says why there is none to compare with. Differences are in the outcome's unit.
    """
    cells = published.cells
    own = cells[(cells["unit_kind"] == UnitKind.AUTHORITY) & cells["value"].notna()]
    rows = []
    by_id = {indicator.id: indicator for indicator in indicators}
    for indicator_id in sorted(set(own["indicator_id"])):
        found = _published(release, by_id.get(indicator_id), area_code)
        mine = own[(own["indicator_id"] == indicator_id) & (own["years"] == 1)]
        for *key, ours in _rows(mine):
            value, source = found.get((key[0], key[1], key[2]), (None, ""))
            note = "" if value is not None else "nothing published to compare with"
            rows.append((indicator_id, *key, ours, value, _less(ours, value), source, note))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(table: pd.DataFrame) -> Iterator[tuple[str, str, str, float]]:
    for cut, group, period, value in table[[*_KEY, "value"]].to_numpy():
        yield str(cut), str(group), str(period), float(value)


def _less(ours: float, published: float | None) -> float | None:
    return None if published is None else round(ours - published, 4)


def _published(
    release: Release | None, indicator: Indicator | None, area_code: str
) -> dict[tuple[str, str, str], tuple[float | None, str]]:
    """Published figures of the authority by cut, group and school year."""
    if release is None or indicator is None or not indicator.series or not area_code:
        return {}
    found: dict[tuple[str, str, str], tuple[float | None, str]] = {}
    for cut in dict.fromkeys(series.breakdown for series in indicator.series):
        try:
            table = release.values(indicator.id, area=area_code, breakdown=cut)
        except SendgapError:
            continue
        filled = table[table["value"].notna()]
        sources = [str(name) for name in filled["source_id"]]
        for (_, group, period, value), source in zip(_rows(filled), sources, strict=True):
            found[(cut, group, period)] = (value, source)
    return found
