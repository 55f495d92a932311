"""Draws a view in the order every page keeps: finding, chart, words, table, source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from sendgap.charts.drawn import Drawn, png, svg
from sendgap.ui import cached, downloads, state, words
from sendgap.views.local_words import PRACTICE
from sendgap.views.model import Chart, Definition, NoAnswer, SourceNote, Table, Words
from sendgap.views.sources import details

CHART_SETTINGS = {"displayModeBar": False, "displaylogo": False, "responsive": True}
#: Rows that a page prints; longer tables are cut and come whole in the downloads.
MOST_ROWS = 60
_MARKDOWN = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>$~|#:"})


def plain(text: str) -> str:
    """Text in which nothing is taken for Markdown."""
    return text.translate(_MARKDOWN)


def title(text: str) -> None:
    """The page's heading, which is also the browser's title; its terms are explained below."""
    st.title(plain(words.note(text)), anchor=False)
    st.set_page_config(page_title=f"{text} – sendgap")


def heading(said: Words) -> None:
    """Context, finding, badges, and the words to be explained."""
    with st.container(key="context"):
        st.markdown(plain(words.note(said.context)))
    title(said.finding)
    if said.badges:
        with st.container(key="badges", horizontal=True, gap="small"):
            for badge in said.badges:
                st.markdown(plain(words.note(badge)), width="content")
    words.keep_place()


def notices(lines: Sequence[str]) -> None:
    """Lines about what a link asked for and could not have."""
    if lines:
        st.info("  \n".join(plain(line) for line in lines))


def practice(is_invented: bool) -> None:
    """The banner over figures of children who do not exist."""
    if is_invented:
        st.html(f'<p class="practice">{PRACTICE}</p>')


def protected(lines: Sequence[str]) -> None:
    """The box about local figures: thresholds, rounding, what was hidden, who can see it."""
    if lines:
        with st.container(border=True, key="disclosure"):
            st.markdown("**How children are protected here**")
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def charts(drawn: Sequence[Drawn]) -> None:
    """A view's charts: one across the page, two beside each other under their captions."""
    if len(drawn) == 2:
        for column, each in zip(st.columns([55, 45]), drawn, strict=True):
            with column:
                st.header(each.caption, anchor=False)
                chart(each.figure, alt=each.alt, key=each.key)
        return
    for each in drawn:
        chart(each.figure, alt=each.alt, key=each.key)


def chart(figure: go.Figure, *, alt: str, key: str) -> None:
    """One figure with its accessible name, whose words are the chart's."""
    words.note(alt)
    st.plotly_chart(figure, theme=None, config=CHART_SETTINGS, alt=alt, key=key, width="stretch")


def description(text: str) -> None:
    """The chart in words, for those who cannot see it."""
    with st.expander("Describe this chart"):
        st.markdown(plain(words.note(text)))


def box(head: str, lines: Sequence[str], *, key: str) -> None:
    """Lines in a frame, under a head."""
    with st.container(border=True, key=key):
        st.markdown(f"**{plain(head)}**")
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def in_words(sentences: Sequence[str]) -> None:
    """What the figures say."""
    if sentences:
        st.header("In words", anchor=False)
        _list(sentences, key="words")


def _list(lines: Sequence[str], *, key: str) -> None:
    with st.container(key=key):
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def table(shown: Table, *, key: str = "table", most: int | None = MOST_ROWS) -> None:
    """A real table under its caption; phones see the key columns first. ``most`` rows are
    printed, or all."""
    st.markdown(f"**{plain(shown.caption)}**")
    if not folding(shown, key):
        fold(f"folded-{key}", shown)
    with st.container(key=f"folded-{key}"):
        rows = [[plain(cell) for cell in row] for row in shown.rows[:most]]
        data = pd.DataFrame(rows, columns=[plain(c) for c in shown.columns])
        st.table(data.set_index(data.columns[0]), border="horizontal", alt=shown.caption)
    if most and len(shown.rows) > most:
        st.caption(f"The first {most} of {len(shown.rows)} rows; the files have all of them.")


def folding(shown: Table, key: str) -> bool:
    """Whether all columns are to be seen on phones; asks where there are more than the key ones."""
    if len(shown.key_columns) >= len(shown.columns):
        return True
    with st.container(key=f"show-all-{key}"):
        return st.toggle("Show all columns", key=f"all-columns-{key}")


def fold(key: str, shown: Table) -> None:
    """CSS that leaves out columns on phones, until all of them are asked for."""
    hidden = [p + 1 for p in range(len(shown.columns)) if p not in shown.key_columns]
    cells = ", ".join(f".st-key-{key} tr > *:nth-child({place})" for place in hidden)
    st.html(f"<style>@media (max-width: 640px) {{ {cells} {{ display: none; }} }}</style>")


File = tuple[str, str, str, Callable[[], bytes]]


def files(
    about: Chart,
    said: Words,
    definition: Definition,
    drawn: Sequence[Drawn] = (),
    more: Callable[[str], None] | None = None,
    *,
    key: str = "",
) -> None:
    """The table and the charts as files, each made when asked for: a row, on phones folded
    into one button. ``more`` puts what belongs beside them, told where it stands; ``key``
    tells the tables of one page apart."""
    kinds = _files(about, said, definition, drawn)
    with st.container(horizontal=True, key=f"downloads{key}"):
        _download(about.file_name, kinds, key)
        if more:
            more(key)
    with (
        st.container(key=f"downloads-folded{key}"),
        st.popover("Download or pin" if more else "Download", width="stretch"),
    ):
        _download(about.file_name, kinds, f"{key}folded-")
        if more:
            more(f"{key}folded-")


def _files(about: Chart, said: Words, definition: Definition, drawn: Sequence[Drawn]) -> list[File]:
    found: list[File] = [
        ("CSV", "csv", downloads.CSV_TYPE, lambda: downloads.csv(about.table)),
        ("Excel", "xlsx", downloads.EXCEL_TYPE,
         lambda: downloads.excel(about.table, said, definition)),
    ]  # fmt: skip
    if drawn:
        name = cached.release().release_id
        found += [
            ("PNG", "png", downloads.PNG_TYPE, lambda: png(drawn, said, name)),
            ("SVG", "svg", downloads.SVG_TYPE, lambda: svg(drawn, said, name)),
        ]
    return found


def _download(name: str, kinds: Sequence[File], where: str) -> None:
    for label, ending, kind, made in kinds:
        st.download_button(
            f"Download {label}", made, f"{name}.{ending}", kind, on_click="ignore",
            key=f"{where}{ending}", width="stretch" if "folded" in where else "content",
        )  # fmt: skip


def table_files(named: Mapping[str, Table], file_name: str) -> None:
    """Tables as a workbook with a sheet each, and the first of them as CSV."""
    first = next(iter(named.values()))
    with st.container(horizontal=True, key=f"files-{file_name}"):
        st.download_button(
            "Download Excel", lambda: downloads.workbook(named), f"{file_name}.xlsx",
            downloads.EXCEL_TYPE, on_click="ignore", key=f"xlsx-{file_name}",
        )  # fmt: skip
        st.download_button(
            f"Download CSV ({first.caption[0].lower()}{first.caption[1:]})",
            lambda: downloads.csv(first), f"{file_name}.csv", downloads.CSV_TYPE,
            on_click="ignore", key=f"csv-{file_name}",
        )  # fmt: skip


def sources(said: Words) -> None:
    """Where figures are from and what to mind; never folded away."""
    st.header("Source and caveats", anchor=False)
    for note in said.sources:
        st.markdown(_source(note))
    if said.caveats:
        _list(said.caveats, key="caveats")


def _source(note: SourceNote) -> str:
    where = f"[{plain(note.publication)}]({note.url})" if note.url else plain(note.publication)
    rest = f", {details(note)}. Next update: {note.next_update}. {note.licence}."
    return f"Source: {where}{plain(rest)}"


def read_more(*definitions: Definition) -> None:
    """What each outcome is and how to read it."""
    with st.expander("Read more: what this measures and what it cannot say"):
        for definition in definitions:
            defined(definition)


def defined(definition: Definition) -> None:
    """The definition in full."""
    for head, text in parts(definition):
        st.markdown(f"**{plain(head)}**  \n{plain(text)}")


def parts(definition: Definition) -> tuple[tuple[str, str], ...]:
    """A definition's headings, each with its text."""
    return (
        (definition.label, definition.definition.strip()),
        ("Why it matters", definition.why_it_matters.strip()),
        ("How to read it", f"{definition.direction} {definition.how_to_read.strip()}"),
        ("What it cannot say", definition.cannot_say.strip()),
    )


def one_of(label: str, field: str, labels: Mapping[str, str], value: str) -> None:
    """A choice between a few, such as the views of a page; it stands below the badges."""
    st.segmented_control(
        label,
        list(labels),
        format_func=labels.__getitem__,
        key=state.widget(field, value),
        required=True,
    )


def nothing(
    answer: NoAnswer,
    link: Callable[[str, dict[str, str]], None],
    controls: Callable[[], None] | None = None,
) -> None:
    """The state without a chart: what is missing, why, the page's controls, and links to
    what there is."""
    with st.container(key="context"):
        st.markdown(plain(words.note(answer.words.context)))
    title(answer.message)
    words.keep_place()
    if controls:
        controls()
    for label, keys in answer.offers:
        link(label, keys)
    in_words(answer.words.sentences)
    if answer.table:
        table(answer.table, key="said")
    if answer.words.sources or answer.words.caveats:
        sources(answer.words)
    if answer.definition:
        read_more(answer.definition)


def refusal(message: str) -> None:
    """The page where no figures can be shown, with what to do about it."""
    title("There are no figures to show")
    st.markdown(plain(message))
