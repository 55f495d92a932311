"""Schools or areas like one, by the pupils they serve: the list, its words and its tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sendgap.local.similar import CLOSENESS, NEAREST
from sendgap.store.local import LocalRelease
from sendgap.text import and_list
from sendgap.views.local_model import LOCAL_KINDS, LocalSimilar, SimilarUnit
from sendgap.views.model import Table

#: What the words for closeness mean.
CLOSE = (
    f"“{CLOSENESS[0][1].capitalize()}”: among the nearest {CLOSENESS[0][0]:.0%} of all pairs of "
    f"them; “{CLOSENESS[1][1]}” {CLOSENESS[1][0]:.0%}; “{CLOSENESS[2][1]}” {CLOSENESS[2][0]:.0%}."
)
FEW_NOTE = "x: not published, or of fewer than six children"


def similar_to(local: LocalRelease, kind: str, unit_id: str) -> LocalSimilar:
    """The units of the kind, and for a school of its phase, nearest to one; and why not, where
    there are none."""
    about = local.similar_about(kind, unit_id)
    if about.empty:
        return LocalSimilar((), "No list of similar ones is held for this place.")
    row = about.iloc[0]
    used = local.similar_used(str(row["compared"]))
    found = local.similar(kind, unit_id)
    units = tuple(
        SimilarUnit(f"{kind}:{key}", str(name), str(closeness))
        for key, name, closeness in found[["similar_id", "name", "closeness"]].to_numpy()
    )
    many = _many(str(row["compared"]))
    said = _said(row, units, used, many)
    if not row["is_everyone"]:
        said += _lacking(used, int(row["units"]))
    by = None if row["is_everyone"] else _compared_by(local, used, int(row["units"]), many)
    pupils = _pupils(local, unit_id, units, used) if kind == "school" else None
    heading = f"{'The other' if row['is_everyone'] else 'Similar'} {many}"
    return LocalSimilar(units, " ".join(said), heading, by, pupils)


def _many(compared: str) -> str:
    """What is compared: "primary schools", "clusters"."""
    kind, _, phase = compared.partition(":")
    return f"{phase.replace('_', ' ')} {LOCAL_KINDS[kind][1]}".strip()


def _said(row: pd.Series, units: Sequence[SimilarUnit], used: pd.DataFrame, many: str) -> list[str]:
    """By what they are alike and how steady the list is, or why there is none."""
    others = int(row["units"]) - 1
    if row["is_everyone"]:
        if not others:
            return [f"No list of similar ones: there are no other {many} here."]
        who = f"All {others} other {many}, A to Z" if others > 1 else "The only other one here"
        return [f"{who}: too few to choose the most similar from."]
    if row["withheld"]:
        return [f"No list of similar ones: {row['withheld']}"]
    count = int((used["weight"] > 0).sum())
    return [
        f"The {len(units)} of {others} other {many} whose pupils are most like these, by {count} "
        "facts about pupils and never by results.",
        *_near(units),
        CLOSE,
        f"How steady the list is: when one fact is left out or counts half or double, "
        f"{row['stability']:.0%} of the nearest {NEAREST} stay on average. It leans most on "
        f"“{_label(used, row['leans_on'])}”: without it {row['without']:.0%} stay.",
    ]


def _near(units: Sequence[SimilarUnit]) -> list[str]:
    if units[0].closeness in (CLOSENESS[0][1], CLOSENESS[1][1]):
        return []
    return ["None of them is close: few places here have pupils like these."]


def _label(used: pd.DataFrame, name: object) -> str:
    return str(used.loc[used["variable"] == name, "label"].iloc[0])


def _lacking(used: pd.DataFrame, of: int) -> list[str]:
    """What the list of schools could still say."""
    lacking = [str(label) for label in used.loc[2 * used["known"] <= of, "label"]]
    if not lacking:
        return []
    return [
        f"Known of too few: {and_list(lacking)}. These are published for each school, and the "
        "authority's data manager can add them to the list of schools."
    ]


def _compared_by(local: LocalRelease, used: pd.DataFrame, of: int, many: str) -> Table:
    rows = []
    for _, label, weight, known, source, years in used.to_numpy():
        where = "shown in this release" if source == "shown" else _published(local, years)
        rows.append(
            (
                _capital(label), f"{weight:.0%}" if weight else "left out", f"{known} of {of}",
                where if known else "not known",
            )
        )  # fmt: skip
    heads = ("Compared by", "Weight", "Known for", "Figures")
    return Table(f"What {many} are compared by", heads, tuple(rows))


def _published(local: LocalRelease, years: str) -> str:
    """Whose figures they are and of which school year: "published, 2024/25"."""
    return ", ".join(filter(None, ["invented" if local.is_invented else "published", years]))


def _pupils(
    local: LocalRelease, unit_id: str, units: Sequence[SimilarUnit], used: pd.DataFrame
) -> Table | None:
    """The published figures of a school and of those like it; none where none are known."""
    keys = [unit_id, *(unit.key.partition(":")[2] for unit in units)]
    rows = local.similar_printed(keys)
    if rows.empty or not units:
        return None
    heads = list(dict.fromkeys(rows["label"]))
    cells = {(key, label): said for key, _, label, said in rows.to_numpy()}
    names = [local.names("school")[unit_id], *(unit.name for unit in units)]
    of = _published(local, next((str(each) for each in used["years"] if each), ""))
    return Table(
        f"Their pupils: {of} ({FEW_NOTE})",
        ("School", *map(_capital, heads)),
        tuple(
            (name, *(cells.get((key, head), "x") for head in heads))
            for key, name in zip(keys, names, strict=True)
        ),
    )


def _capital(label: object) -> str:
    return f"{str(label)[0].upper()}{str(label)[1:]}"
