"""Pins: views put aside for a report, set under a chart and listed in the sidebar."""

from __future__ import annotations

from dataclasses import fields, replace

import streamlit as st

from sendgap.store import Release
from sendgap.ui import door, state
from sendgap.ui.selection import VIEWS, Selection, to_query
from sendgap.views.local_units import PRACTICE_CODE, kind_of, parted
from sendgap.views.pins import MOST, Pin, label, pin_of, text_of

#: The scripts of the pages that pins stand on, as seen from ``app.py``.
SCRIPTS = {page: f"pages/{page}.py" for page in ("gap", "compare", "grid", "plans", "journey")}


def button(chosen: Selection, where: str, view: str = "") -> None:
    """Pin the view that is open, or take its pin away; ``where`` tells two buttons apart."""
    pin = pin_of(view or chosen.view, chosen)
    if pin is None:
        return
    is_pinned, is_full = pin in chosen.pins, len(chosen.pins) >= MOST
    st.button(
        "Unpin" if is_pinned else "Pin to report",
        key=f"{where}pin",
        icon=":material/keep_off:" if is_pinned else ":material/keep:",
        on_click=state.pin,
        args=(without(chosen, pin) if is_pinned else (*chosen.pins, pin),),
        width="stretch" if "folded" in where else "content",
        disabled=is_full and not is_pinned,
        help=f"{MOST} pins are the most that a report holds: remove one first."
        if is_full and not is_pinned
        else None,
    )


def without(chosen: Selection, pin: Pin) -> tuple[Pin, ...]:
    """The pins but one."""
    return tuple(each for each in chosen.pins if each != pin)


def panel(release: Release, chosen: Selection) -> None:
    """What is pinned, each with the way to it and a button that removes it."""
    if not chosen.pins:
        return
    with st.popover(f"Pinned ({len(chosen.pins)})", width="stretch"):
        for number, pin in enumerate(chosen.pins, start=1):
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                _line(release, chosen, number, pin)
        st.caption("Pins travel with the link of every page.")


def _line(release: Release, chosen: Selection, number: int, pin: Pin) -> None:
    """One pin: the way to it and a button that removes it."""
    name = f"{number}. {label(release, pin, door.units())}"
    st.page_link(SCRIPTS[pin.page], label=name, query_params=_query(chosen, pin), width="content")
    st.button(
        f"Remove {number}", key=f"unpin-{text_of([pin])}", icon=":material/close:",
        on_click=state.pin, args=(without(chosen, pin),), type="tertiary",
    )  # fmt: skip


def _query(chosen: Selection, pin: Pin) -> dict[str, str]:
    """The keys that open a pinned view, with all pins."""
    said = {field.name: getattr(pin, field.name) for field in fields(Pin)}
    said["view"] = pin.view if pin.view in VIEWS else chosen.view
    said |= {"ind": pin.ind or chosen.ind, "unit": ""}
    if unit := parted(pin.area):
        whose = "" if unit[0] == PRACTICE_CODE else unit[0]
        said |= {"area": whose, "unit": unit[1], "loc": kind_of(unit[1])}
    return to_query(replace(chosen, **said))
