"""The text about an outcome in two years: finding, sentences, caveats, table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sendgap.terms import Polarity
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, GapRow, LevelRow
from sendgap.views.model import Chart, NoAnswer, Table, Words
from sendgap.views.notes import caveats
from sendgap.views.slope_model import Slope
from sendgap.views.wording import WITH_GROUP

Row = GapRow | LevelRow


def words(
    frame: Frame, by: str, slopes: Sequence[Slope], before: Row, now: Row,
    periods: Sequence[tuple[str, str]],
) -> Words:  # fmt: skip
    """Everything in words."""
    own, first, last = slopes[0], frame.label(before.time_period), frame.label(now.time_period)
    group = f" {WITH_GROUP[frame.group]}" if len(frame.indicator.groups()) > 1 else ""
    if by == "gap":
        finding = (
            f"{frame.short} in {frame.area.in_text}: the gap {_did(own)}, {own.before_printed} "
            f"in {first} to {own.now_printed} in {last}; the level{group} {own.levels[0]} to "
            f"{own.levels[1]}."
        )
    else:
        finding = (
            f"{frame.short} in {frame.area.in_text}: {own.before_printed}{group} in {first}, "
            f"{own.now_printed} in {last}. It {_did(own)}."
        )
    badges = [f"{first} to {last}", "Whole-number source" if now.decimals == 0 else "",
              "Provisional" if own.provisional else ""]  # fmt: skip
    return Words(
        context=(
            f"{frame.area.name} · {GROUP_LABELS[frame.group]} · {frame.short} · "
            f"{'gap' if by == 'gap' else 'level'} · {first} to {last}"
        ),
        finding=finding,
        badges=tuple(b for b in badges if b),
        sentences=tuple(_sentences(frame, by, slopes)),
        caveats=tuple(_caveats(frame, by, slopes, before, now)),
        sources=frame.sources(periods),
    )


def _did(slope: Slope) -> str:
    if slope.moved.startswith("too few"):
        return "rests on too few pupils to tell a change"
    return slope.moved.replace("(", "(it ") if slope.moved.startswith("changed") else slope.moved


def _sentences(frame: Frame, by: str, slopes: Sequence[Slope]) -> Iterable[str]:
    """What the comparators did over the same years, and how many neighbours did so."""
    what = "gap" if by == "gap" else "level"
    for slope in slopes[1:]:
        if slope.role in ("neighbours", "region", "england") and slope.is_joined:
            yield (
                f"{slope.label}: the {what} {_did(slope)}, {slope.before_printed} to "
                f"{slope.now_printed}."
            )
    near = [s for s in slopes if s.role == "neighbour" and s.is_joined]
    if near:
        count = Counter(s.moved.split(" ")[0] for s in near)
        up, down = ("widened", "narrowed") if by == "gap" else ("rose", "fell")
        little = count["changed"] + count["did"]
        yield (
            f"Of {len(near)} statistical neighbours with both years, the {what} {up} in "
            f"{count[up]}, {down} in {count[down]} and changed little in {little}."
        )
    if by != "gap" and frame.indicator.polarity is not Polarity.NONE:
        better = "Higher" if frame.indicator.polarity is Polarity.HIGHER_IS_BETTER else "Lower"
        yield f"{better} is better."


def _caveats(
    frame: Frame, by: str, slopes: Sequence[Slope], before: Row, now: Row
) -> Iterable[str]:
    yield (
        "Both years are on one basis. A change that rounding of published figures could make is "
        "given as changed little; What moved the gap tells whether chance could make one."
    )
    if by == "gap":
        yield "A gap narrows where the level rises, where the other pupils' falls, or both."
    apart = [f"{s.label} ({s.moved})" for s in slopes if not s.is_joined]
    if apart:
        yield f"Not drawn: {'; '.join(apart)}."
    rows: list[Row] = [before, now]
    levels = [row for row in rows if isinstance(row, LevelRow)]
    held = {frame.area.area_code: levels}
    said = caveats(frame, rows, [], {}, held) if levels else caveats(frame, rows, [], {}, {})
    named = ("No published ",)
    yield from (line for line in said if not line.startswith(named))


def chart(frame: Frame, by: str, slopes: Sequence[Slope], before: Row, now: Row) -> Chart:
    """The names of the chart, its long description and the table."""
    first, last = frame.label(before.time_period), frame.label(now.time_period)
    own, name = slopes[0], frame.area.la_code or frame.area.area_code
    drawn = [s for s in slopes if s.is_joined]
    what = "gap" if by == "gap" else "level"
    alt = (
        f"Slope chart, {len(drawn)} lines, {first} to {last}: {frame.area.short_name} {what} "
        f"{own.before_printed} to {own.now_printed}."
    )
    description = (
        f"Each line joins an area's {what} in {first}, at the left, to that in {last}, at the "
        "right. "
        + "; ".join(f"{s.label} {s.before_printed} to {s.now_printed}, {s.moved}" for s in drawn)
        + "."
    )
    heads = ["Area", first, last, "Change"]
    if by == "gap":
        heads = ["Area", f"Gap {first}", f"Gap {last}", "Change of the gap",
                 f"Level {first}", f"Level {last}"]  # fmt: skip
    rows = tuple(
        (s.label, s.before_printed, s.now_printed, s.moved, *(s.levels if by == "gap" else ()))
        for s in slopes
    )
    caption = f"{frame.short}, {GROUP_LABELS[frame.group]}, {what}, {first} and {last}"
    table = Table(caption, tuple(heads), rows, key_columns=(0, 3))
    return Chart(
        alt[:150], description, table,
        f"sendgap-baseline-to-latest-{frame.indicator.id}-{name}-{frame.group}-{by}",
    )  # fmt: skip


def refused(frame: Frame, message: str) -> NoAnswer:
    """Two years that are not set against each other, with the reason."""
    context = f"{frame.area.name} · {GROUP_LABELS[frame.group]} · {frame.short}"
    rows = frame.levels([frame.area.area_code], [frame.group])
    return NoAnswer(
        words=Words(
            context, message, (), (), (frame.area.note,) if frame.area.note else (),
            frame.sources((r.source_id, r.time_period) for r in rows),
        ),
        message=message,
        definition=frame.definition(),
        offers=(("Start from the usual year", {"since": "", "yr": ""}),)
        if frame.request.since
        else (),
    )  # fmt: skip
