"""Figures that were shown until now and are not any more, told by outcome and school year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from sendgap.local.disclosure.model import CELL_KEYS

#: Outcomes named in the line before the rest are counted.
_MOST = 8


def lost_lines(now: pd.DataFrame, before: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """How many figures are lost by a release, of which outcomes; no unit and no number."""
    keys = list(CELL_KEYS)
    shown = before.loc[before["value"].notna(), keys]
    kept = now.loc[now["value"].notna(), keys]
    both = shown.merge(kept, on=keys, how="left", indicator=True)
    gone = both[both["_merge"] == "left_only"]
    if gone.empty:
        return []
    pairs = zip(gone["indicator_id"].astype(str), gone["time_period"].astype(str), strict=True)
    counted = Counter(pairs)
    parts = [
        f"{names.get(name, name)} {period[:4]}/{period[4:]} ({count})"
        for (name, period), count in counted.most_common(_MOST)
    ]
    rest = len(counted) - _MOST
    more = f", and {rest} more" if rest > 0 else ""
    return [
        f"{len(gone)} figures that were shown are not any more, because they moved by fewer than "
        f"six pupils, or others like them did: {', '.join(parts)}{more}. "
        "'python -m sendgap local undo' goes back to what was shown"
    ]
