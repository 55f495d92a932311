"""What moved the gap of a school, cluster or DSPL area: why it is not told, and what is."""

from __future__ import annotations

from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.text import and_list, small_first
from sendgap.views.local_outcome import LocalOutcome, Reading
from sendgap.views.local_outcome_words import badges
from sendgap.views.local_words import practice
from sendgap.views.model import NoAnswer, Words

WHY = (
    "A change of a gap is taken apart with the numbers of pupils on both sides in both years. In a "
    "school, cluster or DSPL area a few pupils decide it, and its parts could give away what is "
    "hidden."
)


def local_not_split(
    release: Release, local: LocalRelease, unit: str, indicator_id: str, group: SenGroup
) -> LocalOutcome:
    """The state that says so, with the ways on."""
    reading = Reading.of(release, local, unit, indicator_id, group)
    short, others = reading.indicator.phrases.short, list(reading.names.values())[1:]
    said = Words(
        context=reading.context(),
        finding="",
        badges=badges(reading, None),
        sentences=(
            WHY,
            f"Over time, {small_first(short)} stands year by year, beside {and_list(others)}.",
        ),
        caveats=practice(local),
        sources=(),
    )
    message = f"What moved the gap is not told for a {reading.what}."
    return LocalOutcome(NoAnswer(said, message), ())
