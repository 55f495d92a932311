"""What a document about one area is made of: sections with tables, sentences and sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sendgap.catalogue.areas import Area
from sendgap.views.model import Definition, GapOverTime, SourceNote


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is printed, and its number for a workbook where it has one."""

    text: str
    number: float | None = None
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class NoteTable:
    """A table of figures: caption, heads, rows and the meaning of its letters.

    ``texts`` are the columns that hold words; all others hold numbers.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    texts: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as a document prints it: what a later document is set against.

    ``whose`` is empty for the area's own figure, else ``england`` or the list of neighbours
    that it is the average of.
    """

    indicator_id: str
    sen_group: str
    breakdown: str
    time_identifier: str
    time_period: str
    value: float | None
    symbol: str | None
    text: str
    name: str = ""
    whose: str = ""

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What and whose the figure is, whatever its period."""
        return (
            self.indicator_id, self.sen_group, self.breakdown, self.time_identifier, self.whose
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoteSection:
    """One numbered section with all that the release says in it.

    ``absent`` says which lines have no source. ``to_confirm`` are statements that the writer
    has to confirm before an old outcome goes in.
    """

    number: str
    heading: str
    part: str
    tables: tuple[NoteTable, ...]
    charts: tuple[GapOverTime, ...]
    sentences: tuple[str, ...]
    absent: tuple[str, ...]
    sources: tuple[SourceNote, ...]
    definitions: tuple[Definition, ...]
    printed: tuple[Printed, ...]
    to_confirm: tuple[str, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether data fill it; else it needs the writer's words."""
        return bool(self.tables)

    @property
    def title(self) -> str:
        return f"{self.number} {self.heading}"


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the last note: newer figures, and older ones that were revised."""

    newer: tuple[str, ...]
    revised: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Glance:
    """The first page: where the area stands out, and what to ask."""

    stronger: NoteTable | None
    look_into: NoteTable | None
    questions: tuple[str, ...]
    rule: str
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class AboutArea:
    """What every document about one area says of itself."""

    area: Area
    region: str
    release_id: str
    data_as_at: str
    vintage: str
    vintage_label: str
    neighbours: tuple[tuple[str, str], ...]
    today: date
    link: str


@dataclass(frozen=True, slots=True)
class VisitNote:
    """Everything a visit note prints that comes from the release."""

    about: AboutArea
    title: str
    glance: Glance
    sections: tuple[NoteSection, ...]
    prompts: tuple[str, ...]

    @property
    def finding(self) -> str:
        """How much of the note data fill, as the page's heading."""
        filled = sum(section.is_filled for section in self.sections)
        words = len(self.sections) - filled
        return (
            f"Draft visit note for {self.about.area.in_text}: {len(self.sections)} sections, "
            f"{filled} filled from data, {words} need your words."
        )

    @property
    def printed(self) -> tuple[Printed, ...]:
        """Every figure of the area that stands in the note, once."""
        found = {(p.key, p.time_period): p for s in self.sections for p in s.printed}
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """An annual report: a summary in plain words, then the list, section by section."""

    about: AboutArea
    title: str
    years: int
    plain: tuple[str, ...]
    plain_title: str
    sections: tuple[NoteSection, ...]
    prompts: tuple[str, ...]
