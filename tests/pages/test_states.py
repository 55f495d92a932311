"""What each page says where figures are missing: worlds made of the committed figures, cut down.

Each world is a data folder of its own with a few outcomes, built in some seconds. A page must
have a heading, never fail, and say in words what is missing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sendgap.build.release import build
from sendgap.config import Paths, paths
from sendgap.ui import begin
from tests.pages.visits import captions, charts, heading, html, text, visit

pytestmark = pytest.mark.long

#: Outcomes of a world: one or two of each page's.
KEPT = (
    "eyfs_gld", "ks2_rwm_expected", "ks4_attainment8", "overall_absence", "ehcp_20_weeks",
    "ehcp_prevalence", "sen_support_prevalence", "ehcp_placement", "ehcp_primary_need",
)  # fmt: skip
NUMBERS = "value, numerator, denominator, lower, upper"
WORLDS = {
    "without attainment": "select * from was where indicator_id not in "
    "('ks2_rwm_expected', 'ks4_attainment8')",
    "one year": "select * from was qualify time_period = "
    "max(time_period) over (partition by indicator_id)",
    "all suppressed": "select * replace ('c' as symbol, 'c' as symbol_published, "
    + ", ".join(f"null::double as {name}" for name in NUMBERS.split(", "))
    + ") from was",
}
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "our area": (begin.START, {}),
    "over time": (begin.OUTCOME, {"ind": "ks2_rwm_expected"}),
    "side by side": (begin.OUTCOME, {"ind": "ks2_rwm_expected", "view": "side-by-side"}),
    "what moved": (begin.OUTCOME, {"ind": "ks2_rwm_expected", "view": "what-moved"}),
    "ranking": (begin.COMPARE, {"ind": "ks2_rwm_expected"}),
    "map": (begin.COMPARE, {"ind": "ks2_rwm_expected", "view": "map"}),
    "spread": (begin.COMPARE, {"ind": "ks2_rwm_expected", "view": "spread"}),
    "level and gap": (begin.COMPARE, {"ind": "ks2_rwm_expected", "view": "level-and-gap"}),
    "small numbers": (begin.COMPARE, {"ind": "ehcp_20_weeks", "view": "small-numbers"}),
    "heat map": (begin.GRID, {}),
    "baseline to latest": (begin.GRID, {"view": "change", "ind": "ks2_rwm_expected"}),
    "sparklines": (begin.GRID, {"view": "sparklines"}),
    "journey": (begin.JOURNEY, {}),
    "how many": (begin.PLANS, {}),
    "needs": (begin.PLANS, {"view": "needs"}),
    "where placed": (begin.PLANS, {"view": "placement"}),
    "requests": (begin.PLANS, {"view": "requests"}),
    "on time": (begin.PLANS, {"view": "timeliness"}),
    "framework": (begin.FRAMEWORK, {}),
    "reports": (begin.REPORTS, {}),
    "held": (begin.DATA, {}),
    "checks": (begin.DATA, {"view": "checks"}),
    "changes": (begin.DATA, {"view": "changes"}),
    "words": (begin.DATA, {"view": "words"}),
}
#: Words that say something is missing, hidden, single or not drawn.
SAYS = (
    "not published", "no figure", "no gap", "hidden", "not available", "suppressed", "no earlier",
    "not loaded", "no data", "not held", "only one", "not shown", "not drawn", "not given",
    "not ranked", "not rated", "no comparable", "nothing to compare", "no outcome", "no local",
)  # fmt: skip


@pytest.fixture(scope="module", params=WORLDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which only the figures of one world were published."""
    folder = tmp_path_factory.mktemp(request.param.replace(" ", "_"))
    shutil.copytree(paths().published, folder / "published")
    with duckdb.connect() as connection:
        for path in (folder / "published").glob("*.parquet"):
            connection.execute(
                f"create or replace table was as from '{path}' where indicator_id in {KEPT}"
            )
            connection.execute(
                f"copy ({WORLDS[request.param]} order by all) to '{path}' (compression zstd)"
            )
    build(Paths(folder))
    return folder


@pytest.fixture
def inside(world: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SENDGAP_DATA", str(world))
    yield world


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize("area", ["919", "420"])
def test_a_page_says_what_is_missing(inside: Path, place: str, area: str) -> None:
    page, query = PAGES[place]
    at = visit(page, area=area, **query)
    assert heading(at)
    if charts(at) or page == begin.DATA:
        return  # there is something to show
    said = "\n".join([heading(at), text(at), html(at), captions(at), _tables(at)]).casefold()
    assert any(word in said for word in SAYS), said[:600]


def _tables(at: object) -> str:
    tables = getattr(at, "table", [])
    return "\n".join(t.value.to_csv() for t in tables).replace("\\", "")
