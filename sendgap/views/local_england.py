"""England's newest published figures, to stand beside local ones."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.views import numbers
from sendgap.views.headline import label
from sendgap.views.local_model import LocalMark
from sendgap.views.request import Request
from sendgap.views.spine import middle
from sendgap.views.standings import StandingRow, standings


def england(
    release: Release, local: LocalRelease, indicators: Sequence[Indicator], group: SenGroup
) -> dict[str, LocalMark]:
    """England's newest published figure of each outcome with its year, as every page prints
    it: where none is published, the median of authorities under its own name."""
    code = str(local.about.get("la_code") or "")
    areas = release.areas.local_authorities()
    area = next((a for a in areas if code and a.la_code == code), areas[0])
    found = standings(release, Request(area.area_code, "", group), indicators, [group])
    rows = {i.id: (i, found.any_level(i, group)) for i in indicators}
    return {key: _mark(i, row) for key, (i, row) in rows.items()}


def _mark(indicator: Indicator, row: StandingRow | None) -> LocalMark:
    if row is None or (row.england is None and row.median is None):
        return LocalMark("england", "England", None, numbers.symbol_word(None), "")
    name = "England" if row.england is not None else "Median of authorities"
    value = row.england if row.england is not None else row.median
    years = label(indicator, row.time_period)
    return LocalMark("england", name, value, middle(indicator, row), years)
