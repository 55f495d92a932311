"""What the newest release prints differently from the one before it, largest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.store.between import changed_values, earlier_releases
from sendgap.views import numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.model import Table
from sendgap.views.periods import period_label

#: Figures listed of one outcome; the files have all of them.
HEADS = ("Outcome", "Area", "Year", "Pupils", "Cut", "Before", "After", "Difference")
NONE = "not held"


@dataclass(frozen=True, slots=True)
class Changed:
    """The finding, how many figures differ by outcome, and every one of them, largest first.

    ``outcomes`` are the ids of the summary's rows, in its order.
    """

    finding: str
    summary: Table
    figures: Table
    outcomes: tuple[tuple[str, str], ...]

    def of(self, name: str) -> Table:
        """The figures of one outcome."""
        rows = tuple(row for row in self.figures.rows if row[0] == name)
        return Table(f"{name}: what differs, largest first", HEADS, rows, (1, 2, 6))


def changed(release: Release, earlier: Path | None = None) -> Changed:
    """The differences from ``earlier``, or from the newest other release on disk."""
    others = (earlier,) if earlier else earlier_releases(release)[:1]
    if not others:
        return _nothing(
            f"Only one release is on disk, {release.release_id}, so there is nothing to set it "
            "against. After the next load this page lists every figure that differs."
        )
    before = _name(others[0])
    found = changed_values(release, others[0])
    if found.empty:
        return _nothing(f"No figure differs between release {before} and {release.release_id}.")
    records = [_record(release, row) for row in found.to_dict("records")]
    figures = tuple(cells for _, cells in records)
    ids = dict.fromkeys(indicator for indicator, _ in records)
    counts = [(i, [cells for other, cells in records if other == i]) for i in ids]
    counts.sort(key=lambda pair: -len(pair[1]))
    rows = tuple(
        (
            rows[0][0],
            f"{sum(NONE not in (r[5], r[6]) for r in rows):,}",
            f"{sum(r[5] == NONE for r in rows):,}",
            f"{sum(r[6] == NONE for r in rows):,}",
            rows[0][7],
        )
        for _, rows in counts
    )
    one = "1 figure differs" if len(figures) == 1 else f"{len(figures):,} figures differ"
    return Changed(
        finding=f"{one} between release {before} and {release.release_id}, in {len(rows)} of "
        f"{len(release.catalogue.indicators)} outcomes.",
        summary=Table(
            f"From release {before} to {release.release_id}",
            ("Outcome", "Changed", "New", "Gone", "Largest difference"),
            rows,
            (0, 1),
        ),
        figures=Table("Every figure that differs, by outcome, largest first", HEADS, figures),
        outcomes=tuple((i, rows[0][0]) for i, rows in counts),
    )


def _nothing(said: str) -> Changed:
    return Changed(said, Table("", (), ()), Table("", HEADS, ()), ())


def _name(path: Path) -> str:
    return path.stem.removeprefix("sendgap-")


def _record(release: Release, row: Mapping[object, object]) -> tuple[str, tuple[str, ...]]:
    """An outcome's id and the cells that tell one difference."""
    indicator_id = str(row["indicator_id"])
    indicator = release.catalogue.indicators.get(indicator_id)
    name = indicator.phrases.short if indicator else indicator_id
    style = indicator.period_style if indicator else "academic_year"
    cut = str(row["breakdown"])
    before, after = _number(row["value_before"]), _number(row["value_after"])
    gone = before is None or after is None
    return indicator_id, (
        name,
        release.areas.by_code(str(row["area_code"])).short_name,
        period_label(str(row["time_period"]), style, str(row["time_identifier"])),
        next((said for g, said in GROUP_LABELS.items() if g == row["sen_group"]), ""),
        release.catalogue.breakdowns.get(cut, cut),
        _printed(indicator, before, row["word_before"]),
        _printed(indicator, after, row["word_after"]),
        "" if gone else _difference(float(after or 0) - float(before or 0)),
    )


def _number(value: object) -> float | None:
    return value if isinstance(value, float) and value == value else None


def _printed(indicator: Indicator | None, value: float | None, word: object) -> str:
    """A figure to four decimals at most, a symbol, or that there was none."""
    if value is None:
        return word if isinstance(word, str) else NONE
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def _difference(change: float) -> str:
    sign = "+" if change > 0 else numbers.MINUS if change < 0 else ""
    return sign + f"{abs(change):,.4f}".rstrip("0").rstrip(".")
