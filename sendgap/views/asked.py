"""From codes to a question: what a link or a pin says, as a view is asked it."""

from __future__ import annotations

from typing import Protocol

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views.choices import choices
from sendgap.views.request import Request


class Asked(Protocol):
    """The codes of one state: three-digit numbers for areas, slugs for kinds of period."""

    @property
    def area(self) -> str: ...
    @property
    def ind(self) -> str: ...
    @property
    def grp(self) -> SenGroup: ...
    @property
    def cmp(self) -> tuple[str, ...]: ...
    @property
    def yr(self) -> str: ...
    @property
    def since(self) -> str: ...
    @property
    def term(self) -> str: ...
    @property
    def bd(self) -> str: ...
    @property
    def snv(self) -> str: ...
    @property
    def beside(self) -> tuple[str, ...]: ...


def slug(identifier: str) -> str:
    """A kind of period as a link writes it: "Autumn term" as "autumn_term"."""
    return identifier.lower().replace(" ", "_")


def request_of(asked: Asked, release: Release) -> Request:
    """The question about one outcome; an empty ``term`` is the outcome's own."""
    identifiers = [name for name, _ in choices(release, asked.ind).time_identifiers]
    return Request(
        area_code=release.areas.find(asked.area).area_code,
        indicator_id=asked.ind,
        sen_group=asked.grp,
        compare=asked.cmp,
        breakdown=asked.bd,
        time_identifier=next((n for n in identifiers if slug(n) == asked.term), None),
        period=asked.yr,
        vintage=asked.snv,
        chosen=_codes(asked, release),
        since=asked.since,
    )


def area_request_of(asked: Asked, release: Release) -> Request:
    """The question about all headline outcomes of an area."""
    area = release.areas.find(asked.area).area_code
    return Request(area, "", asked.grp, vintage=asked.snv, chosen=_codes(asked, release))


def _codes(asked: Asked, release: Release) -> tuple[str, ...]:
    return tuple(release.areas.find(code).area_code for code in asked.beside)
