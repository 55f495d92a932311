"""Which cluster and DSPL area a unit lies in, by the membership of the newest school year."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
import pytest

from sendgap.store.local import LocalRelease
from sendgap.views.local_units import around, parted

NAMES: dict[str, dict[str, str]] = {
    "dspl": {"D1": "North", "D2": "South"},
    "cluster": {"C1": "Hill"},
    "school": {"1": "A", "2": "B"},
    "set": {},
}


class Held:
    """A local release of two schools, one of which has moved from D1 to D2."""

    about = {"authority_id": "E1", "authority": "Shire"}

    def members(self) -> pd.DataFrame:
        rows = [("dspl", "D1", "1", "", "202324"), ("dspl", "D2", "1", "202425", ""),
                ("dspl", "D2", "2", "", ""), ("cluster", "C1", "1", "", ""),
                ("cluster", "C1", "2", "", ""), ("set", "gone", "2", "", "")]  # fmt: skip
        return pd.DataFrame(rows, columns=["unit_kind", "unit_id", "urn", "first", "last"])

    def held(self) -> pd.DataFrame:
        return pd.DataFrame({"time_period": ["202324", "202425"]})

    def names(self, kind: str) -> dict[str, str]:
        return NAMES[kind]


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("school:1", ["cluster:C1", "dspl:D2"]), ("school:2", ["cluster:C1", "dspl:D2"]),
        ("cluster:C1", ["dspl:D2"]), ("dspl:D2", []),
    ],
)  # fmt: skip
def test_a_unit_lies_where_it_lies_now_and_in_what_is_held(unit: str, wanted: list[str]) -> None:
    local: Any = Held()
    assert list(around(cast(LocalRelease, local), unit)) == [*wanted, "authority:E1"]


@pytest.mark.parametrize("asked", ["919", "Herts", "", "dspl:", "919:dspl:", "919:x:D1", ":"])
def test_what_names_no_unit_is_none(asked: str) -> None:
    assert parted(asked) is None
