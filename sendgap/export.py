"""Tidy tables to take away, with the method and caveats that belong to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from sendgap.catalogue.model import Indicator
from sendgap.errors import NoAnswerError
from sendgap.lists import sources
from sendgap.output import as_csv, as_excel, as_parquet, write
from sendgap.store import Release

#: How to read what is exported; the same words go into every file.
METHOD = (
    ("Gap", "How far pupils with SEN fare worse: reference minus SEN where higher is better, "
     "SEN minus reference where lower is better. A positive gap is always disadvantage and a "
     "fall is always narrowing."),
    ("Values", "Percentages run from 0 to 100. A gap is the difference of the two figures as "
     "printed by the publisher."),
    ("Symbols", "c suppressed; x not available; z not applicable; low rounds to zero; none not "
     "published; covid no figures because of COVID-19; not_yet not published yet; no_area the "
     "authority did not exist; break another basis; no_common_source no source has both sides; "
     "impossible outside the possible range; withheld known to be wrong."),
    ("Neighbours", "neighbour_mean is the plain mean over the ten statistical neighbours with a "
     "figure, empty below seven. neighbour_pooled adds up pupils where all of them have counts."),
    ("Rank", "1 is best (highest or lowest by direction, narrowest for gaps) among authorities "
     "open in the period with a figure; tied says how many share the place."),
    ("Limits", "lower and upper, gap_lower and gap_upper hold 95% intervals where numbers of "
     "pupils or published limits exist: Wilson's for percentages, Newcombe's for their gaps. They "
     "speak of chance in which children these were. Absence by sessions never has one."),
    ("Position", "Better, similar or worse than England or the neighbours' mean by the interval; "
     "position_basis says approximate where an earlier year's number of pupils stands in, and "
     "persistent where three years on one side stand in for a test."),
    ("Licence", "Contains public sector information licensed under the Open Government Licence "
     "v3.0."),
)  # fmt: skip


def export(
    release: Release,
    out: Path,
    *,
    table: str = "gaps",
    indicators: Iterable[str] | None = None,
    area: Iterable[str] | None = None,
) -> list[Path]:
    """Write the asked-for figures to ``out``; the paths written.

    A workbook carries the tables, method, definitions and sources as sheets. CSV and
    Parquet carry ``table`` and leave the rest in a text file beside it.
    """
    chosen = [release.catalogue.indicator(i) for i in indicators or release.catalogue.indicators]
    places = list(area) if area is not None else None
    kind = out.suffix.lower()
    if kind == ".xlsx":
        sheets = {name: _table(release, name, chosen, places) for name in ("values", "gaps")}
        sheets |= {"indicators": _definitions(chosen), "sources": sources(release)}
        sheets["method"] = pd.DataFrame(METHOD, columns=["what", "how to read it"])
        write(as_excel(sheets), out)
        return [out]
    writers: dict[str, Callable[[pd.DataFrame], str | bytes]] = {
        ".csv": as_csv,
        ".parquet": as_parquet,
    }
    if kind not in writers:
        raise NoAnswerError(
            f"{out.name}: found {kind or 'no ending'!r}; write a name ending in "
            ".csv, .xlsx or .parquet."
        )
    write(writers[kind](_table(release, table, chosen, places)), out)
    beside = out.with_name(out.stem + ".method.txt")
    write(_method_text(release, chosen), beside)
    return [out, beside]


def _table(
    release: Release, name: str, chosen: list[Indicator], area: list[str] | None
) -> pd.DataFrame:
    ask: Callable[..., pd.DataFrame] = getattr(release, name)
    parts = [ask(i.id, area=area) for i in chosen if name != "gaps" or i.has_gap]
    if not parts:
        raise NoAnswerError("None of these indicators has a gap: export --table values instead.")
    table: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return table


def _definitions(chosen: list[Indicator]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator_id": i.id,
            "label": i.label,
            "unit": i.unit,
            "polarity": i.polarity.value,
            "definition": i.definition,
            "how to read it": i.how_to_read,
            "what it cannot say": i.cannot_say,
        }
        for i in chosen
    )


def _method_text(release: Release, chosen: list[Indicator]) -> str:
    lines = [f"sendgap release {release.release_id}", ""]
    lines += [f"{what}: {how}" for what, how in METHOD]
    for i in chosen:
        lines += ["", f"{i.label} ({i.id}, {i.unit})", i.definition, i.how_to_read, i.cannot_say]
    lines += ["", "Sources"]
    used = {series.source_id for i in chosen for series in i.series}
    for row in sources(release).itertuples():
        if row.source_id in used:
            lines.append(
                f"{row.publication}, {row.publisher}, {row.edition}, {row.licence}: {row.url}"
            )
    return "\n".join(lines) + "\n"
