"""Every file at hand is taken or skipped by name; none is unknown."""

from __future__ import annotations

from tests.ingest.conftest import CATALOGUE, World
from tests.support import shared_data


def test_every_file_is_known(world: World) -> None:
    folder = shared_data()
    earlier = {path.name for path in (folder / "raw" / "sen2_2025_earlier_revision").iterdir()}
    verdicts = world.load(folder, dry_run=True)
    refused = {v.member for v in verdicts if v.verdict == "refused"}
    # An earlier edition beside the newer one says its own date or is refused.
    assert refused <= earlier
    assert all("--edition" in p.write for v in verdicts for p in v.problems)
    taken = {v.what.partition(":")[0] for v in verdicts if "not loaded" in v.what}
    assert taken == set(CATALOGUE.sources)
    skipped = [v for v in verdicts if v.verdict == "skipped" and "not loaded" not in v.what]
    assert len(skipped) > 40 and all(v.what for v in skipped)
