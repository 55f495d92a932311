"""Each sentence a page may write is written somewhere, and none says what it must not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.terms import SEN_GROUPS, VINTAGES, SenGroup
from sendgap.views.chance_words import chance, places_uncertain
from sendgap.views.compare_areas import compare_areas
from sendgap.views.frame import Frame
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.intervals import Intervals
from sendgap.views.model import NoAnswer
from sendgap.views.request import Request
from sendgap.views.side_by_side import side_by_side
from sendgap.views.small_numbers import small_numbers
from sendgap.views.standings import few_pupils
from sendgap.views.what_moved import what_moved
from sendgap.views.wording import Voice, moved_text, participle

SPREAD = ("919", "886", "882", "201", "420", "942", "839", "330", "356", "301", "857", "931")

#: What no generated text may hold: causes, praise and blame, verdicts without a test,
#: progress, predictions, and words that are not used of children.
NEVER = (
    "because of", "due to", "as a result", "thanks to", "caused", "significant", "underperform",
    "failing", "outlier", "normal pupils", "suffer", "sen kids", "best in england",
    "worst in england", "% gap", "value added", "will ", "predict", "forecast", "on track",
    "good news", "poor ", "excellent", "average of averages", " nan", "none%", "{", "}", "  ",
)  # fmt: skip
#: Words of the publisher's own reasons and of the method, which judge nobody.
ALLOWED = ("because of covid-19", "due to covid-19", "plans due a review")
#: "because" stands only before the arithmetic split and the reasons for hiding a figure.
BECAUSE = (
    r"It (narrowed|widened) (only )?because ",
    r"because too few pupils",
    r"because of COVID-19",
)

TEMPLATES = {
    "level, rate": r"^In [^,]+, [\d.]+% of .+; for those without SEN it was [\d.]+%\.$",
    "level, score": r"on average",
    "children": r"^That is [\d,]+ of [\d,]+ .+\.",
    "each point": r"Each 1 pp is about [\d,]+ of them\.$",
    "gap": r"a gap of [\d.]+ percentage points",
    "gap the other way": r"do better, by [\d.]+ percentage points",
    "no clear gap": r"^There is no clear gap\.$",
    "level against gap, high": r"on the better side of England's",
    "level against gap, low": r"A narrower gap here goes with a weaker level",
    "comparison": r"^The gap is [\d.]+ pp wider than the average of \d+ statistical neighbours",
    "about the same": r"^The gap is about the same as England's",
    "place": r"1st being the narrowest",
    "range": r"^Across \d+ authorities the level runs from",
    "trend": r"^Since .+ the gap has (narrowed|widened) by",
    "changed little": r"^Since .+ the gap has changed little",
    "beside others": r"so .+ closed (faster|more slowly)\.$",
    "what moved": r"^It (narrowed|widened) because the figure .+ (rose|fell) .+\.$",
    "others fell": r"^It narrowed only because those without SEN did worse",
    "group changed": r"rose from [\d.]+% to [\d.]+% of pupils \(basis: .+like-for-like group\.$",
    "group the same": r"were about the same share of pupils",
    "chance of a change, yes": r"^The change is larger than chance alone would usually produce\.$",
    "chance of a change, no": r"^With [\d,]+ .+, a change of this size could be chance\.$",
    "chance, cannot": r"^The source gives no pupil numbers, so chance cannot be judged\.$",
    "to match": r"^To match statistical neighbours \(.+\), about [\d,]+ (more|fewer) of [\d,]+ ",
    "false alarms": r"chance alone would put about [\d.]+ outside the 95% limits",
    "stand out": r"Benjamini-Hochberg\), ",
    "whole numbers": r"^Published to whole numbers",
    "small": r"So few need care",
    "missing": r"no figure for the City of London in",
    "break": r"^Do not compare figures before",
    "provisional": r"is provisional \(p\) and may change\.$",
    "no direction": r"^Higher is neither better nor worse\.$",
}


def _questions(release: Release) -> list[tuple[Indicator, SenGroup]]:
    return [(i, g) for i in release.catalogue.indicators.values()
            for g in SEN_GROUPS if g in i.groups()]  # fmt: skip


def _texts(release: Release, request: Request) -> Iterator[str]:
    """Everything that any view writes about one request."""
    views = [
        gap_over_time(release, request), side_by_side(release, request),
        what_moved(release, request), compare_areas(release, request, among="england", by="gap"),
        small_numbers(release, request, by="gap"), small_numbers(release, request, by="level"),
    ]  # fmt: skip
    held = [view for view in views if not isinstance(view, NoAnswer)]
    for view in views:
        words = view.words
        yield from (words.context, words.finding, *words.badges, *words.sentences, *words.caveats)
        yield from [view.message] if isinstance(view, NoAnswer) else []
    for view in held:
        yield from (view.chart.alt, view.chart.description)
        yield from getattr(view, "guard", ())
        yield getattr(view, "not_drawn", "")


def _periods(release: Release, indicator: Indicator) -> tuple[str, ...]:
    """The newest period, and the newest that has numbers of pupils."""
    return tuple(
        {"latest": None, **dict.fromkeys(p for _, p in indicator_counts(release, indicator))}
    )


def indicator_counts(release: Release, indicator: Indicator) -> list[tuple[str, str]]:
    table = release.values(indicator.id, breakdown=indicator.default_breakdown, area="919")
    counted = table[table["denominator"].notna()]
    return [("919", str(counted["time_period"].max()))] if len(counted) else []


def refuse(texts: Iterable[str]) -> int:
    """Fail on any text that says what it must not; how many were read."""
    count = 0
    for text in texts:
        count += 1
        lowered = text.lower()
        for allowed in ALLOWED:
            lowered = lowered.replace(allowed, "~")
        found = [word for word in NEVER if word in lowered]
        assert not found, f"{found} in {text!r}"
        rest = text
        for pattern in BECAUSE:
            rest = re.sub(pattern, "", rest)
        assert "because" not in rest.lower(), text
        assert not re.search(r"\bE\d{8}\b", text), text
    return count


@pytest.fixture(scope="module")
def said(release: Release) -> list[str]:
    """The text of every outcome and group for a spread of areas, each area in turn."""
    found: list[str] = []
    for turn, (indicator, group) in enumerate(_questions(release)):
        for area in (SPREAD[turn % 12], *(("201",) if turn % 4 == 0 else ("886",))):
            for period in _periods(release, indicator):
                code = release.areas.find(area).area_code
                request = Request(code, indicator.id, group, period=period,
                                  breakdown=indicator.default_breakdown)  # fmt: skip
                try:
                    found += _texts(release, request)
                except Exception as error:  # an area without the period says so by name
                    assert type(error).__name__ == "UnknownNameError", (request, error)
    for request in itertools.islice(_without_a_gap(release), 3):
        found += _texts(release, request)
    return found


def _without_a_gap(release: Release) -> Iterator[Request]:
    """Areas with enough pupils whose gap is nothing, few as they are."""
    for indicator, group in _questions(release):
        if indicator.has_gap:
            table = release.benchmark(indicator.id, sen_group=group.value, measure="gap")
            few = few_pupils(release, group, VINTAGES[0])
            for code in table[table["value"].abs() < 1e-9]["area_code"]:
                if code not in few:
                    yield Request(code, indicator.id, group,
                                  breakdown=indicator.default_breakdown)  # fmt: skip


def test_nothing_generated_says_what_it_must_not(said: list[str]) -> None:
    assert refuse(said) > 10_000


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_template_is_written_somewhere(said: list[str], kind: str) -> None:
    assert any(re.search(TEMPLATES[kind], text) for text in said), TEMPLATES[kind]


@pytest.mark.long
def test_nothing_generated_of_any_area_says_what_it_must_not(release: Release) -> None:
    """Every outcome and group for every eighth authority in turn, so that all authorities are
    met with many outcomes; each view of each."""
    areas = release.areas.local_authorities()
    for turn, (indicator, group) in enumerate(_questions(release)):
        for area in areas[turn % 8 :: 8]:
            request = Request(area.area_code, indicator.id, group,
                              breakdown=indicator.default_breakdown)  # fmt: skip
            refuse(_texts(release, request))


def _made_up(
    release: Release, held: dict[str, tuple[float, float]]
) -> tuple[Frame, Voice, Intervals]:
    request = Request(release.areas.find("919").area_code, "ks2_rwm_expected", SenGroup.SEN_SUPPORT)
    frame = Frame.of(release, request)
    voice = Voice(frame.indicator, frame.group, frame.reference)
    keys = {(what, frame.area.area_code, "sen_support", "202223"): limits
            for what, limits in held.items()}  # fmt: skip
    return frame, voice, Intervals(frame, keys)


def test_a_difference_inside_the_interval_could_be_chance(release: Release) -> None:
    frame, voice, held = _made_up(release, {"value": (24.0, 28.0)})
    (row,) = [r for r in frame.levels([frame.area.area_code], [frame.group])
              if r.time_period == "202223"]  # fmt: skip
    others = {"statistical neighbours": 25.0, "England": 22.0}
    assert list(chance(frame, voice, row, others, held)) == [
        "With 2,276 pupils, a difference of this size from statistical neighbours could be chance.",
        "The difference from England is larger than chance alone would usually produce.",
    ]
    edge = list(chance(frame, voice, row, {"England": 24.0}, held))
    assert "could be chance" in edge[0]


def test_few_pupils_and_no_interval_are_not_judged(release: Release) -> None:
    frame, voice, held = _made_up(release, {"value": (24.0, 28.0)})
    (row,) = [r for r in frame.levels([frame.area.area_code], [frame.group])
              if r.time_period == "202223"]  # fmt: skip
    few = row._replace(denominator=29.0)
    assert list(chance(frame, voice, few, {"England": 10.0}, held)) == []
    assert list(chance(frame, voice, row, {"England": 10.0}, replace(held, held={}))) == []


def test_a_place_is_given_with_how_far_it_could_be_off(release: Release) -> None:
    frame, voice, held = _made_up(release, {"rank of value": (38.0, 97.0), "rank of gap": (2, 11)})
    area = frame.area.area_code
    assert list(places_uncertain(voice, held, area, "202223")) == [
        "The place is uncertain: by level it could be 38th to 97th, by gap it could be 2nd to 11th."
    ]
    assert list(places_uncertain(voice, held, area, "201819")) == []


def test_pupils_to_match_equal_a_plain_count(release: Release) -> None:
    """The fewest whole pupils that reach the neighbours' average, tried one by one."""
    request = Request(release.areas.find("886").area_code, "ehcp_20_weeks", SenGroup.EHC_PLAN)
    view = gap_over_time(release, request)
    said = next(s for s in view.words.sentences if s.startswith("To match"))
    row = release.benchmark("ehcp_20_weeks", area="886").iloc[0]
    level = release.values("ehcp_20_weeks", area="886", period=row["time_period"]).iloc[0]
    more = 0
    while 100 * (level["numerator"] + more) / level["denominator"] < row["neighbour_mean"] - 1e-9:
        more += 1
    assert (
        f"about {more} more of 2,354 new EHC plans would have been issued within 20 weeks" in said
    )


def test_sessions_are_never_turned_into_pupils(release: Release) -> None:
    for indicator in release.catalogue.indicators.values():
        if indicator.value_type == "session_rate":
            for group in indicator.groups():
                request = Request(release.areas.find("886").area_code, indicator.id, group,
                                  breakdown=indicator.default_breakdown)  # fmt: skip
                view = gap_over_time(release, request)
                assert not any(s.startswith("To match") for s in view.words.sentences)


def test_phrases_bend_after_would_have() -> None:
    assert participle("were persistently absent") == "been persistently absent"
    assert participle("had a review meeting on record") == "had a review meeting on record"
    assert participle("reached the expected standard") == "reached the expected standard"


def test_a_movement_says_which_way() -> None:
    assert moved_text(2.0, "percent", 0) == "rose 2 pp"
    assert moved_text(-0.31, "score", 1) == "fell 0.3 points"
    assert moved_text(0.2, "percent", 0) == "did not move"
