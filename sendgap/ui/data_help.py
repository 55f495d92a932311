"""What is held, from where, how it was checked, how to load more, and what the words mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

import streamlit as st

from sendgap.catalogue.glossary import Term
from sendgap.config import PROJECT, paths
from sendgap.export import METHOD
from sendgap.store import Release
from sendgap.store.between import earlier_releases
from sendgap.ui import begin, cached, show, tables, words
from sendgap.ui.selection import (
    ACCESSIBILITY,
    CHANGES,
    CHECKS,
    DATA_VIEWS,
    HELD,
    LOAD,
    WORDS,
    Selection,
)
from sendgap.ui.show import plain
from sendgap.views.changed import changed as changed_view
from sendgap.views.held import HeldView, accepted
from sendgap.views.held_years import LEGEND, HeldYears, Row, held_years
from sendgap.views.loads import checks as checks_view
from sendgap.views.model import Definition

OGL = (
    "Contains public sector information licensed under the "
    "[Open Government Licence v3.0]"
    "(https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/)."
)
#: Years that are drawn until all are asked for; the files have all of them.
YEARS = 10


def page(release: Release, chosen: Selection, said: tuple[str, ...]) -> None:
    """The view that is chosen."""
    show.notices(said)
    drawn: dict[str, Callable[[Release, Selection], None]] = {
        HELD: held,
        CHECKS: checks,
        LOAD: load,
        CHANGES: changes,
        WORDS: explained,
        ACCESSIBILITY: accessibility,
    }
    drawn[chosen.view](release, chosen)
    st.caption(f"Release {release.release_id}")


def _head(finding: str, chosen: Selection) -> None:
    """The heading, its words, and under it the control that chooses the view."""
    show.title(finding)
    words.keep_place()
    with st.container(horizontal=True, key="controls"):
        show.one_of("View", "view", DATA_VIEWS, chosen.view)


def held(release: Release, chosen: Selection) -> None:
    """Outcomes by year, publications, and what is withheld."""
    view = cached.what_is_held(release)
    _head(view.finding, chosen)
    st.header("Outcomes by year", anchor=False)
    st.markdown(" · ".join(f"**{plain(mark)}** {plain(text)}" for mark, text in LEGEND))
    years = cached.view(held_years, release, view.states)
    _matrix(years, chosen)
    st.header("Outcomes by publication", anchor=False)
    show.table(view.matrix, key="matrix", most=None)
    st.header("Sources and licences", anchor=False)
    st.markdown(OGL)
    show.table(view.sources, key="sources")
    if view.withheld.rows:
        st.header("Withheld", anchor=False)
        show.table(view.withheld, key="withheld")
    whole = years.table(years.rows)
    show.table_files(
        {"Years": whole, "Publications of outcomes": view.matrix, "Sources": view.sources,
         "Withheld": view.withheld},
        "sendgap-what-we-hold",
    )  # fmt: skip


def _matrix(years: HeldYears, chosen: Selection) -> None:
    """The outcomes that are asked for, each a link to it, over ten years or all."""
    with st.container(horizontal=True, key="table-controls"):
        text = st.text_input(
            "Find an outcome", key="find-outcome", placeholder="A word of its name"
        )
        theme = st.selectbox(
            "Theme", years.themes, key="theme", index=None, placeholder="All themes"
        )
    rows = years.matching(text, theme)
    if not rows:
        st.markdown(f"No outcome matches “{plain(text)}”.")
        return
    more = len(years.years) - YEARS
    label = f"Show {more} earlier years"
    most = None if more <= 0 or st.toggle(label, key="all-years") else YEARS
    tables.linked(years.table(rows, most), [_link(row, chosen) for row in rows], key="years")


def _link(row: Row, chosen: Selection) -> str:
    return begin.outcome_address(chosen, row.indicator_id)


def checks(release: Release, chosen: Selection) -> None:
    """What was checked, what came in, what agrees and what is known to differ."""
    view = cached.view(checks_view, release, paths().published)
    _head(view.finding, chosen)
    st.header("What every file is checked for", anchor=False)
    st.markdown("\n".join(f"- {plain(line)}" for line in view.screened))
    st.header("Agreement", anchor=False)
    st.markdown(
        plain(
            "Published figures are worked out a second time: from the counts printed beside them, "
            "from another publication, from their parts, or from the authorities they add up. "
            "Where the cause of a difference is not known it is called not explained."
        )
    )
    show.table(view.agreement, key="agreement")
    show.table(view.outcomes, key="outcomes", most=None)
    st.caption("Every difference in full stands in docs/verification.md of the project.")
    st.header("Files loaded", anchor=False)
    show.table(view.loaded, key="loaded")
    st.header("Known faults in the files", anchor=False)
    show.table(view.traps, key="traps")
    show.table_files(
        {"Agreement": view.agreement, "Outcomes": view.outcomes, "Files loaded": view.loaded,
         "Known faults": view.traps},
        "sendgap-checks",
    )  # fmt: skip


def load(release: Release, chosen: Selection) -> None:
    """How figures come in, and which files are read."""
    _document("loading-data.md", chosen)
    st.header("Which files are read", anchor=False)
    view = cached.view(accepted, release)
    shown = replace(view, columns=view.columns[:-1], rows=tuple(row[:-1] for row in view.rows))
    tables.linked(shown, [row[-1] for row in view.rows], key="accepted")
    show.table_files({"Files that are read": view}, "sendgap-files-read")


def changes(release: Release, chosen: Selection) -> None:
    """What the newest release prints otherwise than the one before."""
    others = earlier_releases(release)[:1]
    view = cached.view(changed_view, release, *others)
    _head(view.finding, chosen)
    if not view.outcomes:
        return
    show.table(view.summary, key="summary", most=None)
    names = [name for _, name in view.outcomes]
    name = st.selectbox("Outcome", names, key="changed-outcome")
    show.table(view.of(name), key="changed")
    show.table_files({"By outcome": view.summary, "Figures": view.figures}, "sendgap-changes")


def explained(release: Release, chosen: Selection) -> None:
    """Terms, method, symbols and the definition of every outcome."""
    view = cached.what_is_held(release)
    _head("What the words, symbols and figures mean", chosen)
    wanted = st.text_input("Find a word or an outcome", key="find-word").strip().casefold()
    st.header("Words", anchor=False)
    terms = sorted(release.catalogue.glossary.values(), key=lambda t: t.term.casefold())
    st.html(_definitions([t for t in terms if _matches(t, wanted)]) or "<p>None match.</p>")
    if not wanted:
        _method(view)
    st.header("Outcomes", anchor=False)
    found = [d for _, d in view.definitions if wanted in f"{d.label} {d.definition}".casefold()]
    st.html("".join(map(_outcome, found)) or "<p>None match.</p>")
    st.header("Licence", anchor=False)
    st.markdown(OGL)


def _method(view: HeldView) -> None:
    st.header("How figures are computed", anchor=False)
    for head, text in METHOD:
        if head not in ("Symbols", "Licence"):
            st.markdown(f"**{plain(head)}**  \n{plain(text)}")
    st.header("Symbols", anchor=False)
    st.markdown("\n".join(f"- {plain(line)}" for line in view.symbols))


def _matches(term: Term, wanted: str) -> bool:
    return wanted in " ".join((term.term, *term.forms, *term.also)).casefold()


def _definitions(terms: list[Term]) -> str:
    items = "".join(f"<dt>{escape(t.term)}</dt><dd>{words.told(t)}</dd>" for t in terms)
    return f'<dl class="glossary">{items}</dl>' if items else ""


def _outcome(definition: Definition) -> str:
    """An outcome's definition, opened in place."""
    lines = "".join(
        f"<p><b>{escape(head)}</b><br>{escape(text)}</p>" for head, text in show.parts(definition)
    )
    return (
        f'<details class="outcome"><summary>{escape(definition.label)}</summary>{lines}</details>'
    )


def accessibility(_: Release, chosen: Selection) -> None:
    """The accessibility statement."""
    _document("accessibility.md", chosen)


def _document(name: str, chosen: Selection) -> None:
    """A page of ``docs`` with its own heading as the page's."""
    text = (PROJECT / "docs" / name).read_text(encoding="utf-8")
    heading, _, rest = text.partition("\n")
    _head(heading.removeprefix("# "), chosen)
    st.markdown(rest)
