"""What *What moved the gap* draws: the change of a gap as the steps that add up to it."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import SenGroup
from sendgap.views.model import Axis, Chart, Definition, Words


@dataclass(frozen=True, slots=True)
class Step:
    """One movement's part in the change, in the gap's unit; positive widens.

    ``role`` is ``sen``, ``reference``, ``mix`` or ``total``; ``printed`` is the part with its
    sign, ``word`` what it does to the gap, ``moved`` what the figure behind it did.
    """

    role: str
    label: str
    value: float
    printed: str
    word: str
    moved: str
    group: SenGroup | None = None


@dataclass(frozen=True, slots=True)
class WhatMoved:
    """The change of one area's gap between two periods on one basis.

    ``steps`` add up to the last of them, the change; there are none where ``not_drawn`` says
    why. ``guard`` says whether the group itself has changed, and what that rests on.
    """

    words: Words
    definition: Definition
    chart: Chart
    steps: tuple[Step, ...]
    not_drawn: str
    axis: Axis
    guard: tuple[str, ...]
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Spans:
    """The periods that can be set against each other: (period, label), newest first.

    ``since`` are those on one basis with the chosen later period.
    """

    until: tuple[tuple[str, str], ...]
    since: tuple[tuple[str, str], ...]
    usual: str
