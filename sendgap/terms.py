"""The field's words, each spelled once.

The glossary on the *Data and help* page and the command line use these values as
they stand; labels for people live in the catalogue.
"""

from __future__ import annotations

from enum import StrEnum


class SenGroup(StrEnum):
    """A group of pupils by special educational needs provision."""

    NO_SEN = "no_sen"
    SEN_SUPPORT = "sen_support"
    EHC_PLAN = "ehc_plan"
    ANY_SEN = "any_sen"
    ALL_PUPILS = "all_pupils"


#: The groups whose figure is set against a reference.
SEN_GROUPS = (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT, SenGroup.ANY_SEN)


class Reference(StrEnum):
    """What a SEN group's figure is set against."""

    NO_SEN = "no_sen"
    ALL_PUPILS = "all_pupils"
    ENGLAND_NO_SEN = "england_no_sen"
    ENGLAND_ALL_PUPILS = "england_all_pupils"

    @property
    def group(self) -> SenGroup:
        """The group of pupils whose figure serves as the reference."""
        return SenGroup(self.value.removeprefix("england_"))

    @property
    def is_england(self) -> bool:
        """Whether England's figure is used instead of the area's own."""
        return self.value.startswith("england_")


class Polarity(StrEnum):
    """Which direction is better for the child; ``NONE`` for context."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NONE = "none"


class ValueType(StrEnum):
    """What kind of number an indicator is; it decides intervals and ratios."""

    PROPORTION = "proportion"
    SHARE = "share"
    SESSION_RATE = "session_rate"
    EVENT_RATE = "event_rate"
    SCORE = "score"
    AMOUNT = "amount"
    COUNT = "count"
    CATEGORY = "category"


#: Kinds of value that are a part of a whole: 0 to 100%, never more.
PROPORTIONS = frozenset({ValueType.PROPORTION, ValueType.SHARE})


class IntervalType(StrEnum):
    """How an interval may be put round a value; ``NONE`` where it may not."""

    WILSON = "wilson"
    RATE = "rate"
    PUBLISHED = "published"
    NONE = "none"


class Symbol(StrEnum):
    """Why there is no number, or why a number needs care.

    The first five are publishers' symbols; the others are given by sendgap.
    """

    SUPPRESSED = "c"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    LOW = "low"
    UNRELIABLE = "u"
    NOT_PUBLISHED = "none"
    COVID = "covid"
    NOT_YET = "not_yet"
    NO_AREA = "no_area"
    BREAK = "break"
    NO_COMMON_SOURCE = "no_common_source"
    IMPOSSIBLE = "impossible"
    WITHHELD = "withheld"


#: Symbols that stand beside a value instead of replacing it.
SYMBOLS_WITH_VALUE = frozenset({Symbol.UNRELIABLE})


class Status(StrEnum):
    """How settled a published figure is."""

    FINAL = "final"
    REVISED = "revised"
    PROVISIONAL = "provisional"


class TimeIdentifier(StrEnum):
    """What kind of period a figure covers."""

    ACADEMIC_YEAR = "Academic year"
    AUTUMN_TERM = "Autumn term"
    SPRING_TERM = "Spring term"
    SUMMER_TERM = "Summer term"
    AUTUMN_AND_SPRING_TERM = "Autumn and spring term"
    CALENDAR_YEAR = "Calendar year"
    FINANCIAL_YEAR = "Financial year"


#: The three terms of a school year, in order.
TERMS = (TimeIdentifier.AUTUMN_TERM, TimeIdentifier.SPRING_TERM, TimeIdentifier.SUMMER_TERM)


class GeographicLevel(StrEnum):
    """The kind of place an area is."""

    NATIONAL = "National"
    REGIONAL = "Regional"
    LOCAL_AUTHORITY = "Local authority"


class Measure(StrEnum):
    """What is compared: the SEN group's own value (level), or its gap."""

    VALUE = "value"
    GAP = "gap"


#: The statistical neighbour models held, newest first.
VINTAGES = ("2025-05", "2021-04")
