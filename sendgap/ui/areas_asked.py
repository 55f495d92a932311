"""The areas that a link asks for: an authority, a local unit inside it, or a set of them."""

from __future__ import annotations

from collections.abc import Mapping

from sendgap.errors import UnknownNameError
from sendgap.store import Release
from sendgap.terms import GeographicLevel
from sendgap.text import capital
from sendgap.views.local_units import PRACTICE_CODE, Units, parted

#: Areas that a person may put together.
MOST_CHOSEN = 40


def place(
    query: Mapping[str, str], release: Release, units: Units, notices: list[str]
) -> tuple[str, str]:
    """The authority and the local unit in it that a link asks for; where the unit cannot be
    shown, the authority by itself."""
    asked, alone = query.get("area", "").strip(), query.get("unit", "").strip()
    meant = parted(asked) or (("", alone) if alone else None)
    if meant and units.holds(*meant):
        return units.la_code, meant[1]
    if meant:
        notices.append(not_held(meant[1], units))
        asked = asked if not parted(asked) else meant[0] if meant[0] != PRACTICE_CODE else ""
    area, notice = authority(asked, release) if asked else ("", "")
    notices.extend([notice] if notice else [])
    return area, ""


def not_held(unit: str, units: Units) -> str:
    """What is said of a local unit that cannot be shown; the same to all who may see none."""
    if units.names:
        return f"“{unit}” is no place of the local returns that are loaded."
    return "This is a link to a school, cluster or DSPL area: no local figures are loaded here."


def authority(asked: str, release: Release) -> tuple[str, str]:
    """The three-digit code of an authority, or why there is none."""
    try:
        area = release.areas.find(asked)
    except UnknownNameError as error:
        hint = f" Did you mean {' or '.join(error.nearest)}?" if error.nearest else ""
        return "", f"Area “{asked}” is not known.{hint}"
    if area.level is not GeographicLevel.LOCAL_AUTHORITY or area.la_code is None:
        return "", f"{capital(area.in_text)} is not a local authority: choose one."
    return area.la_code, ""


def chosen_set(asked: str, release: Release, notices: list[str]) -> tuple[str, ...]:
    """Three-digit codes of the areas put together, each once."""
    found: list[str] = []
    for part in filter(None, (part.strip() for part in asked.split(","))):
        code, notice = authority(part, release)
        notices.extend([notice] if notice else [])
        found.extend([code] if code else [])
    found = list(dict.fromkeys(found))
    if len(found) > MOST_CHOSEN:
        notices.append(f"A set holds {MOST_CHOSEN} areas: the first {MOST_CHOSEN} are used.")
    return tuple(found[:MOST_CHOSEN])
