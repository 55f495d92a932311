"""Generated sentences: grammar from the catalogue, numbers from the release.

Each sentence stays inside its evidence: no causes, no judgement of schools, nothing
called better or worse than its printed precision allows. Differences are stated as
arithmetic; whether chance could make them is said where it is tested, and where it
cannot be, that is said too.
"""

from __future__ import annotations

from sendgap.catalogue.model import Indicator
from sendgap.terms import Polarity, Reference, SenGroup, ValueType
from sendgap.views import numbers
from sendgap.views.people import counted, singular

WITH_GROUP = {
    SenGroup.EHC_PLAN: "with an EHC plan",
    SenGroup.SEN_SUPPORT: "on SEN support",
    SenGroup.ANY_SEN: "with SEN",
    SenGroup.NO_SEN: "without SEN",
    SenGroup.ALL_PUPILS: "in all",
}

#: The same as what someone has, for shares of children by their SEN provision: an
#: indicator asks for it with "{having}" in its phrase, and for the cut with "{cut}".
HAVING_GROUP = {
    SenGroup.EHC_PLAN: "had an EHC plan",
    SenGroup.SEN_SUPPORT: "were on SEN support",
    SenGroup.ANY_SEN: "had SEN",
    SenGroup.NO_SEN: "had no identified SEN",
    SenGroup.ALL_PUPILS: "were counted",
}

#: Chance cannot be judged without pupil numbers; with them it is not tested here.
NO_COUNTS = "The source gives no pupil numbers, so chance cannot be judged."
WHOLE_NUMBERS = (
    "Published to whole numbers; gaps within 2 pp of each other are treated as the same."
)


def rounding_floor(decimals: int) -> float:
    """Differences of two gaps up to this much may come from rounding alone.

    Each gap is a difference of two figures printed to ``decimals``, so it may be off by
    one unit of the last printed place, and a difference of two gaps by two.

    >>> rounding_floor(0)
    2.0
    """
    return 2.0 * 10.0**-decimals + 1e-9 if decimals else 2.0


def moved_text(change: float, unit: str, decimals: int) -> str:
    """What a level did: "rose 2 pp", "fell 3 pp", "did not move"."""
    shown = round(change, decimals)
    if shown == 0:
        return "did not move"
    return f"{'rose' if shown > 0 else 'fell'} {numbers.gap(abs(shown), unit, decimals)}"


def participle(did: str) -> str:
    """What somebody did, after "would have".

    >>> participle("were issued within 20 weeks"), participle("had reached level 2 by 19")
    ('been issued within 20 weeks', 'reached level 2 by 19')
    """
    if did.startswith("were "):
        return f"been {did.removeprefix('were ')}"
    first = did.removeprefix("had ").split(" ")[0]
    return did.removeprefix("had ") if first.endswith("ed") else did


class Voice:
    """The sentences about one indicator, group and reference."""

    def __init__(
        self, indicator: Indicator, group: SenGroup, reference: Reference | None, cut: str = ""
    ) -> None:
        self.indicator, self.group, self.reference = indicator, group, reference
        self.cut = cut

    @property
    def unit(self) -> str:
        return self.indicator.unit

    @property
    def others(self) -> str:
        """Whom the group is set against: "those without SEN", "all children"."""
        people = self.indicator.phrases.people
        if self.reference is None:
            return ""
        own = {
            SenGroup.NO_SEN: "those without SEN",
            SenGroup.ALL_PUPILS: f"all {people}",
        }[self.reference.group]
        return f"{own} in England" if self.reference.is_england else own

    @property
    def _several(self) -> bool:
        """Whether the outcome has figures for several groups, so that one must be named."""
        return len(self.indicator.groups()) > 1

    def level_text(self, value: float, decimals: int) -> str:
        return numbers.level(value, self.unit, decimals)

    def finding(
        self, area: str, period: str, sen: str, other: str | None, gap: float | None, decimals: int
    ) -> str:
        """The page's headline: levels first, the gap beside them."""
        short = self.indicator.phrases.short + (f" ({self.cut})" if self.cut else "")
        with_group = WITH_GROUP[self.group]
        if other is None or gap is None:
            about = f" {with_group}" if self._several else ""
            return f"{short} in {area}, {period}: {sen}{about}."
        return (
            f"{short} in {area}, {period}: {sen} {with_group}, {other} for {self.others}"
            f"{self._gap_clause(gap, decimals)}."
        )

    def _gap_clause(self, gap: float, decimals: int) -> str:
        if gap > 0:
            return f", a gap of {numbers.gap_words(gap, self.unit, decimals)}"
        if gap < 0:
            ahead = numbers.gap_words(-gap, self.unit, decimals)
            return f". Those {WITH_GROUP[self.group]} do better, by {ahead}"
        return ", no gap"

    def level(self, area: str, period: str, sen: str, other: str | None) -> str:
        """What the level says, in the value type's own grammar."""
        people = self.indicator.phrases.people
        phrase = self.indicator.phrases.did
        did = phrase.format(having=HAVING_GROUP[self.group], cut=self.cut)
        is_phrase = "{having}" not in phrase
        cut = f" ({self.cut})" if self.cut and "{cut}" not in phrase else ""
        group = WITH_GROUP[self.group]
        who = f"{people} {group}" if self._several and is_phrase else people
        kind = self.indicator.value_type
        if kind in (ValueType.SCORE, ValueType.SESSION_RATE):
            what = f"{sen} of sessions" if kind is ValueType.SESSION_RATE else f"{sen} on average"
            return f"In {period} {who} in {area} {did} {what}{cut}{self._against(other)}."
        did += cut
        if kind is ValueType.EVENT_RATE:
            rate = sen.removesuffix(" per 100")
            against = (
                f"; for {self.others} there were {other.removesuffix(' per 100')}" if other else ""
            )
            return f"In {period} there were {rate} {did} for every 100 {who} in {area}{against}."
        if kind is ValueType.COUNT:
            cut = f" ({self.cut})" if self.cut else ""
            return f"In {period} there were {sen} {who}{cut} in {area}."
        return f"In {period}, {sen} of {who} in {area} {did}{self._against(other)}."

    def _against(self, other: str | None) -> str:
        return f"; for {self.others} it was {other}" if other else ""

    def children(self, numerator: float, denominator: float) -> str | None:
        """How many children (in absence, sessions) a percentage is; nothing under 10, care
        under 30."""
        people = counted(self.indicator)
        if denominator < 10 or self.unit != "percent":
            return None
        text = f"That is {numerator:,.0f} of {denominator:,.0f} {people}."
        if denominator < 30:
            one = 100 / denominator
            text += f" So few need care: one more or less changes the figure by about {one:.0f} pp."
        elif denominator >= 100 and self.indicator.value_type is not ValueType.SESSION_RATE:
            text += f" Each 1 pp is about {denominator / 100:,.0f} of them."
        return text

    def gap_versus(
        self, value: float, other: float, whom: str, decimals: int, other_decimals: int
    ) -> str:
        """The gap beside a comparator's: wider, narrower, or within rounding."""
        theirs = numbers.gap(other, self.unit, other_decimals)
        difference = round(value - other, other_decimals)
        if abs(difference) <= rounding_floor(decimals):
            return f"The gap is about the same as {whom} ({theirs})."
        word = "wider" if difference > 0 else "narrower"
        by = numbers.gap(abs(difference), self.unit, other_decimals)
        return f"The gap is {by} {word} than {whom} ({theirs})."

    def level_versus(self, value: float, parts: list[tuple[str, float, int]]) -> str:
        """The level beside comparators', without a verdict: "England 9%, …"."""
        said = ", ".join(f"{whom} {self.level_text(v, d)}" for whom, v, d in parts)
        return f"For comparison: {said}."

    def clash(self, *, sen_ahead: bool, gap_wider: bool) -> str | None:
        """Where level and gap point different ways, say how both can be true."""
        group = WITH_GROUP[self.group]
        if sen_ahead and gap_wider:
            return (
                f"The level {group} is on the better side of England's; {self.others} are "
                "further ahead of theirs, so the gap is wider."
            )
        if not sen_ahead and not gap_wider:
            return "A narrower gap here goes with a weaker level for both groups."
        return None

    def places(self, area: str, by_level: str | None, by_gap: str | None) -> str | None:
        """The level's place with the gap's beside it, never the gap's alone."""
        if by_level is None:
            return None
        best = "highest" if self.indicator.polarity is Polarity.HIGHER_IS_BETTER else "lowest"
        text = f"By level {area} is {by_level}, 1st being the {best}"
        return f"{text}; by gap {by_gap}, 1st being the narrowest." if by_gap else f"{text}."

    def trend(
        self, since: str, change: float, before: str, now: str, decimals: int, moved: str
    ) -> str:
        """What the gap did since a period, with who moved."""
        if abs(change) <= rounding_floor(decimals):
            return f"Since {since} the gap has changed little ({before} to {now}): {moved}."
        word = "narrowed" if change < 0 else "widened"
        by = numbers.gap(abs(change), self.unit, decimals)
        return f"Since {since} the gap has {word} by {by} ({before} to {now}): {moved}."

    def moved(self, sen: tuple[str, str], other: tuple[str, str]) -> str:
        """Who moved: "with an EHC plan 8% to 10%, those without SEN 76% to 75%"."""
        return (
            f"{WITH_GROUP[self.group]} {sen[0]} to {sen[1]}, {self.others} {other[0]} to {other[1]}"
        )

    def what_moved(self, change: float, sen: str, other: str) -> str:
        """The arithmetic split in words: which side rose or fell, and by how much."""
        word = "narrowed" if change < 0 else "widened"
        return (
            f"It {word} because {self._level_of_group} {sen} and {self._level_of_others} {other}."
        )

    @property
    def _level_of_group(self) -> str:
        return f"the figure {WITH_GROUP[self.group]}"

    @property
    def _level_of_others(self) -> str:
        return f"that for {self.others}"

    def others_fell(self) -> str:
        """The flag of a gap that narrowed without any gain for the group."""
        people = self.indicator.phrases.people
        return (
            f"It narrowed only because {self.others} did worse: {people} {WITH_GROUP[self.group]} "
            "did no better."
        )

    def beside_others(self, area: str, own: float, others: float, decimals: int) -> str:
        """What the neighbours' average did over the same years, and who closed faster."""
        places = numbers.mean_decimals(decimals)
        by = numbers.gap(abs(others), self.unit, places)
        did = f"{'narrowed' if others < 0 else 'widened'} by {by}"
        did = "did not change" if round(others, places) == 0 else did
        text = f"The neighbours' average gap {did} over the same years"
        if abs(own - others) <= rounding_floor(decimals):
            return f"{text}: about the same as in {area}."
        if own < 0 and others < 0:
            return f"{text}, so {area} closed {'faster' if own < others else 'more slowly'}."
        if own > 0 and others > 0:
            return f"{text}; the gap in {area} widened by {'more' if own > others else 'less'}."
        return f"{text}; the gap in {area} {'narrowed' if own < 0 else 'widened'}."

    def chance(self, whom: str, count: float, *, is_clear: bool) -> str:
        """Whether the difference of the level from a comparator could be chance."""
        if is_clear:
            return f"The difference from {whom} is larger than chance alone would usually produce."
        people = self.indicator.phrases.people
        return f"With {count:,.0f} {people}, a difference of this size from {whom} could be chance."

    def to_match(self, whom: str, level: float, count: float, of: float, decimals: int) -> str:
        """What a difference amounts to in pupils."""
        more = "more" if self.indicator.polarity is Polarity.HIGHER_IS_BETTER else "fewer"
        printed = self.level_text(level, numbers.mean_decimals(decimals))
        people = self.indicator.phrases.people
        return (
            f"To match {whom} ({printed}), about {count:,.0f} {more} of {of:,.0f} {people} would "
            f"have {participle(self.indicator.phrases.did)}."
        )

    def place_uncertain(self, by_level: str, by_gap: str) -> str | None:
        """Between which places an area could stand."""
        parts = [f"by {what} it could be {p}" for what, p in (("level", by_level), ("gap", by_gap))
                 if p]  # fmt: skip
        return f"The place is uncertain: {', '.join(parts)}." if parts else None

    def no_clear_gap(self, gap: float, decimals: int) -> str | None:
        """That there is none beyond what the rounding of both sides can make."""
        return "There is no clear gap." if abs(gap) <= 10.0**-decimals + 1e-9 else None

    def steady(self, since: str, *, narrowed: bool) -> str:
        """A trend that chance does not explain."""
        return f"The gap has {'narrowed' if narrowed else 'widened'} steadily since {since}."

    def small(self, count: float) -> str:
        """The warning for figures that rest on few."""
        one = 100 / count
        people = counted(self.indicator)
        people = singular(people) if round(count) == 1 else people
        return (
            f"Only {count:,.0f} {people}: read with care. One child changes the figure by about "
            f"{one:.0f} pp."
        )

    def no_direction(self) -> str:
        return "Higher is neither better nor worse."
