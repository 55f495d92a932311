"""Views of a school, cluster or DSPL area that can be pinned, and how pins name it."""

from __future__ import annotations

import re
from collections.abc import Callable

from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.views.local_beside import local_beside
from sendgap.views.local_outcome import LocalOutcome
from sendgap.views.local_over_time import local_over_time
from sendgap.views.local_units import Units, called, whose_of

#: Each view that is about one outcome of one unit.
LOCAL_WAYS: dict[str, Callable[[Release, LocalRelease, str, str, SenGroup], LocalOutcome]] = {
    "over-time": local_over_time,
    "side-by-side": local_beside,
}
#: Pins part their codes with a full stop, and each other with a tilde.
_FITS = re.compile(r"[^.~]+")


def unit_code(la_code: str, unit: str) -> str:
    """A unit with its authority as a pin writes it; empty where its code cannot be written."""
    code = f"{whose_of(la_code)}:{unit}"
    return code if _FITS.fullmatch(code) else ""


def unit_label(units: Units, unit: str) -> str:
    """A unit's name with its kind, and that it is invented where it is."""
    return called(units, unit) if unit in units.names else "a local area"
