"""Who is looking, and the local figures that they may see.

Every page asks here, and here alone: a person who may not see local figures gets the same as
where none are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from sendgap.config import paths
from sendgap.errors import LocalError
from sendgap.store.local import LocalRelease, Person, local_name, open_local
from sendgap.views.local_units import NO_UNITS, Units, units_of


def person() -> Person:
    """Who is looking: only a browser on this machine is let in, until there is a login."""
    here = is_here(st.context.ip_address, st.context.headers)
    return Person("the person at this machine", is_at_machine=here)


def is_here(address: str | None, headers: Mapping[str, str]) -> bool:
    """Whether a request comes from this machine and asks for it by its own name.

    Streamlit gives no address for the machine itself. What a proxy hands on seems to come
    from here, so a request that says it was handed on is refused, and so is one that asks
    for another name.
    """
    if any(headers.get(name) for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip")):
        return False
    host = urlsplit(f"//{headers.get('Host', '')}").hostname or "localhost"
    return all(_is_loopback(name) for name in (address or "localhost", host))


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def opened(who: Person) -> LocalRelease | None:
    """The local figures in force; nothing where none are loaded or ``who`` may not see them.

    Raises :class:`LocalError` where their file cannot be opened.
    """
    name = local_name(paths())
    if not name or not who.is_at_machine:
        return None
    return _open(str(paths().local / name), who.is_at_machine)


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(path: str, is_at_machine: bool) -> LocalRelease:
    return open_local(Person("the person at this machine", is_at_machine))


def local() -> LocalRelease | None:
    """The local figures that the person looking may see. A file that cannot be opened is told
    of on the local figures' own page, and the published figures stand as if there was none."""
    try:
        return opened(person())
    except LocalError:
        return None


def units() -> Units:
    """The schools, clusters and DSPL areas that the person looking may choose."""
    held = local()
    return NO_UNITS if held is None else _units(str(held.path), held)


@st.cache_resource(max_entries=2, show_spinner=False)
def _units(path: str, _held: LocalRelease) -> Units:
    return units_of(_held)
