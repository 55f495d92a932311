"""What does an adviser take to a visit? One authority on every theme, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from sendgap.catalogue.areas import Area
from sendgap.errors import NoAnswerError
from sendgap.store import Release
from sendgap.terms import VINTAGES, GeographicLevel, SenGroup
from sendgap.text import capital
from sendgap.views.area_model import Headline, OurArea
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.model import NoAnswer
from sendgap.views.note_changes import changes
from sendgap.views.note_model import AboutArea, Cell, Glance, NoteTable, Printed, VisitNote
from sendgap.views.note_sections import Asked, sections
from sendgap.views.note_tables import PROVISIONAL
from sendgap.views.our_area import our_area
from sendgap.views.periods import day, month
from sendgap.views.request import Request

#: The groups whose outcomes stand on the first page.
GROUPS = (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT)
MOST, QUESTIONS = 5, 3
RULE = (
    "Stronger and weaker are by the level of pupils with SEN beside that of statistical "
    "neighbours, never by the gap; an entry that has not improved comes before one that has."
)
#: What a point rests on, in a word.
RESTS_ON = {
    "interval": "test of chance",
    "approximate": "approximate test",
    "persistent": "3 years running",
}
CAPTIONS = {"stronger": "Stronger points", "look_into": "Points to look into"}
TOO_FEW = (
    "So few pupils with SEN are counted here that many figures are hidden, and none is called "
    "stronger or weaker."
)


def visit_note(
    release: Release,
    area_code: str,
    *,
    vintage: str = VINTAGES[0],
    confirmed: frozenset[str] = frozenset(),
    before: Sequence[Printed] | None = None,
    today: date | None = None,
) -> VisitNote:
    """The visit note of one authority as of ``today``.

    ``confirmed`` are outcomes whose old words the adviser vouches for; ``before`` are the
    figures of the last note. Raises :class:`NoAnswerError` for a place that is no authority.
    """
    area = authority(release, area_code)
    plan = release.catalogue.reports["visit_note"]
    day_of = today or date.today()
    views = {g: our_area(release, Request(area_code, "", g, vintage=vintage), day_of)
             for g in GROUPS}  # fmt: skip
    judged = not any(isinstance(v, OurArea) and v.too_few for v in views.values())
    asked = Asked(area, vintage, confirmed=confirmed, judged=judged, today=day_of)
    found = sections(release, plan, asked)
    now = tuple({(p.key, p.time_period): p for s in found for p in s.printed}.values())
    glance = Glance(
        stronger=_points(views, "stronger"),
        look_into=_points(views, "look_into"),
        questions=_questions(views, plan.questions),
        rule=RULE if judged else TOO_FEW,
        changes=changes(before, now) if before is not None else None,
    )
    about = about_area(release, area, vintage, day_of)
    return VisitNote(about, plan.title, glance, found, plan.prompts)


def authority(release: Release, area_code: str) -> Area:
    """The authority with this code; documents are of authorities that exist now."""
    area = release.areas.by_code(area_code)
    name = capital(area.in_text)
    if area.level is not GeographicLevel.LOCAL_AUTHORITY:
        raise NoAnswerError(f"{name} is no local authority: choose one for this document.")
    if area.closed is not None:
        others = " or ".join(release.areas.by_code(c).in_text for c in area.successors)
        raise NoAnswerError(f"{name} no longer exists: choose {others}.")
    return area


def about_area(release: Release, area: Area, vintage: str, today: date) -> AboutArea:
    """What a document says of its area and its data."""
    region = release.areas.region_of(area)
    editions = [str(row[1]) for row in release.rows("edition_dates")]
    named = release.areas.neighbours(area.area_code, vintage)
    keys = {"area": area.la_code or area.area_code, "grp": GROUPS[0].value, "snv": vintage}
    return AboutArea(
        area=area,
        region=region.name if region else "",
        release_id=release.release_id,
        data_as_at=day(max(editions)) if editions else "",
        vintage=vintage,
        vintage_label=month(vintage),
        neighbours=tuple((n.area.name, n.closeness) for n in named),
        today=today,
        link=f"?{urlencode(keys)}",
    )


def _entries(
    views: dict[SenGroup, OurArea | NoAnswer], side: str
) -> list[tuple[SenGroup, Headline]]:
    """Outcomes of both groups on one side, those that have not improved first among the weaker."""
    found: list[tuple[SenGroup, Headline]] = [
        (group, outcome)
        for group, view in views.items()
        if isinstance(view, OurArea) and not view.too_few
        for outcome in getattr(view, side)
    ]
    if side == "stronger":
        return sorted(found, key=lambda e: e[1].rank_share or 1.0)[:MOST]
    return sorted(found, key=lambda e: (e[1].improving, -(e[1].rank_share or 0.0)))[:MOST]


def _points(views: dict[SenGroup, OurArea | NoAnswer], side: str) -> NoteTable | None:
    """The outcomes on one side: level first, statistical neighbours, place, the gap beside it."""
    found = _entries(views, side)
    if not found:
        return None
    heads: tuple[str, ...] = (
        "Outcome", "Level", "Statistical neighbours", "England", "Place by level", "Gap",
        "Rests on",
    )  # fmt: skip
    texts: tuple[int, ...] = (0, 4, 5, 6)
    if side == "look_into":
        heads, texts = (*heads, "Improving"), (*texts, 7)
    rows = []
    for group, o in found:
        england = "none published" if o.england.printed.startswith("No ") else o.england.printed
        name = f"{o.name}, {GROUP_LABELS[group]}, {o.period_label}"
        level = f"{o.level} p" if o.provisional else o.level
        cells = [name, level, o.neighbours.printed, england, o.place, o.gap,
                 RESTS_ON.get(o.neighbours.basis or "", "")]  # fmt: skip
        cells += (["yes" if o.improving else "no"]) if side == "look_into" else []
        rows.append(tuple(Cell(text) for text in cells))
    notes = (PROVISIONAL,) if any(o.provisional for _, o in found) else ()
    return NoteTable(CAPTIONS[side], heads, tuple(rows), notes, texts)


def _questions(views: dict[SenGroup, OurArea | NoAnswer], usual: Sequence[str]) -> tuple[str, ...]:
    """Questions that the weaker points raise, filled up with the plan's own."""
    weaker = {outcome.indicator_id: (group, outcome)
              for group, outcome in reversed(_entries(views, "look_into"))}  # fmt: skip
    raised = list(reversed(weaker.values()))[:2]
    return tuple([*map(_question, raised), *usual][:QUESTIONS])


def _question(entry: tuple[SenGroup, Headline]) -> str:
    group, o = entry
    return (
        f"{o.name}, {GROUP_LABELS[group]} ({o.level}; statistical neighbours "
        f"{o.neighbours.printed}): what does the authority make of this, and which "
        "statistical neighbour could it ask?"
    )


def all_authorities(release: Release) -> Iterable[Area]:
    """Every authority that exists now, A to Z."""
    return sorted(release.areas.local_authorities(), key=lambda a: a.name)
