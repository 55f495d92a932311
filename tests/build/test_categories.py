"""An outcome in words: it is shown, it can be withheld, and its newest period is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.build import small
from tests.build.small import AUTHORITIES, LAST, World

OUTCOME = "Typically positive"


def category(**more: Any) -> dict[str, Any]:
    series = {
        "source": "printed", "table": "table", "text": "v", "levels": ["Local authority"],
        "first": LAST, "last": LAST, "decimals": 0, "groups": {"all_pupils": {}}, **more,
    }  # fmt: skip
    return {
        "unit": "category", "value_type": "category", "polarity": "none", "references": [],
        "series": [series],
    }  # fmt: skip


def outcomes(tmp_path: Path, areas: list[str], **more: Any) -> Path:
    figures: dict[small.Place, small.Figure] = {
        ("printed", "all_pupils", LAST, code): OUTCOME for code in areas
    }
    return small.build(World(figures, polarity="none", extra=category(**more)), tmp_path / "world")


def test_words_stand_in_the_place_of_a_value_and_have_a_newest_period(tmp_path: Path) -> None:
    release = outcomes(tmp_path, AUTHORITIES[:20])
    told = small.rows(release, "select distinct value, value_text, symbol from observation")
    assert set(told) == {(None, OUTCOME, None), (None, None, "none")}
    assert small.rows(release, "select time_period from latest") == [(LAST,)]


def test_words_for_few_authorities_are_no_newest_period(tmp_path: Path) -> None:
    release = outcomes(tmp_path, AUTHORITIES[:5])
    assert small.rows(release, "select time_period from latest") == []


def test_words_known_to_be_wrong_are_withheld(tmp_path: Path) -> None:
    wrong = {
        "area_code": AUTHORITIES[0], "time_period": LAST, "groups": ["all_pupils"],
        "reason": "The file holds no inspection for this area.",
    }  # fmt: skip
    release = outcomes(tmp_path, AUTHORITIES, withheld=[wrong])
    told = small.rows(
        release, "select value_text, symbol from observation order by area_code limit 2"
    )
    assert told == [(None, "withheld"), (OUTCOME, None)]
