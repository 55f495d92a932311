"""What a page says first is explained there, and no abbreviation goes unexplained."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from sendgap.catalogue.glossary import Term
from sendgap.store import Release
from sendgap.ui import begin, words
from tests.pages.visits import visit

VISITS = [
    (begin.START, {}),
    (begin.START, {"area": "919"}),
    (begin.START, {"area": "201", "grp": "sen_support"}),
    (begin.OUTCOME, {"area": "919", "ind": "ks2_rwm_expected"}),
    (begin.OUTCOME, {"area": "882", "ind": "ehcp_20_weeks"}),
    (begin.OUTCOME, {"area": "886", "ind": "suspension_rate", "view": "side-by-side"}),
    (begin.OUTCOME, {"area": "886", "ind": "ks2_rwm_expected", "view": "what-moved"}),
    (begin.OUTCOME, {"area": "201", "ind": "ks2_rwm_expected"}),
    (begin.COMPARE, {"area": "919", "ind": "tribunal_appeal_rate"}),
    (begin.COMPARE, {"area": "882", "ind": "ehcp_20_weeks", "view": "small-numbers"}),
]
#: Capitals that are names, files or letters of their own.
NOT_TERMS = {"CSV", "UK"}


def _html(at: AppTest) -> tuple[str, str]:
    """The row of terms, and all other HTML, both without their tags."""
    bodies = [element.proto.body for element in at.get("html")]
    rows = [b for b in bodies if 'class="terms"' in b]
    rest = " \n".join(b for b in bodies if b not in rows)
    rest = re.sub(r"<style>.*?</style>|<[^>]+>", " ", rest, flags=re.DOTALL)
    return "".join(rows), unescape(rest)


def _shown(at: AppTest) -> str:
    """What the main part of the page says, as a reader finds it."""
    elements = [*at.main.title, *at.main.header, *at.main.markdown, *at.main.caption, *at.main.info]
    tables = [" \n".join(_cells(t.value)) for t in at.main.table]
    said = " \n".join([*(e.value for e in elements), *tables, _html(at)[1]])
    return said.replace("\\", "")


def _cells(table: pd.DataFrame) -> list[str]:
    heads = [*table.columns, table.index.name, *table.index]
    return [str(cell) for cell in (*heads, *table.to_numpy().ravel())]


def _standing_in(text: str, glossary: dict[str, Term]) -> set[str]:
    """The terms in a text, found by taking the longest out of it one after another."""
    ways = [(way, t.id, 0) for t in glossary.values() for way in t.capitals]
    ways += [(way, t.id, re.IGNORECASE) for t in glossary.values() for way in t.written]
    found = set()
    for way, term, flags in sorted(ways, key=lambda w: -len(w[0])):
        ending = "(?:y|ies)" if way.endswith("y") else "s?"
        stem = re.escape(way[:-1] if way.endswith("y") else way)
        text, count = re.subn(rf"(?<![\w-]){stem}{ending}(?!\w)", "\n", text, flags=flags)
        if count:
            found.add(term)
    return found


@pytest.mark.parametrize(("page", "query"), VISITS)
def test_every_term_of_the_finding_is_explained_there(
    page: str, query: dict[str, str], release: Release
) -> None:
    at = visit(page, **query)
    row = unescape(_html(at)[0])
    glossary = dict(release.catalogue.glossary)
    standing = _standing_in(at.title[0].value.replace("\\", ""), glossary)
    missing = {i for i in standing if glossary[i].means not in row}
    assert row and not missing
    alts = " \n".join(chart.proto.alt for chart in at.get("plotly_chart"))
    anywhere = _standing_in(f"{_shown(at)} \n{alts}", glossary) | _standing_in(
        " \n".join(link.proto.label for link in at.get("page_link")), glossary
    )
    extra = [t.id for t in glossary.values() if t.means in row and t.id not in anywhere]
    assert not extra


@pytest.mark.parametrize(("page", "query"), VISITS)
def test_a_page_explains_few_words_and_leads_to_all(page: str, query: dict[str, str]) -> None:
    row = _html(visit(page, **query))[0]
    area = f"area={query['area']}&amp;" if query else ""
    assert row.count("<p>") <= words.MOST and row.count("<dt>") <= words.MORE
    assert f'href="data?{area}view=words"' in row


def test_the_start_page_explains_words_after_the_choice_of_an_area() -> None:
    at = visit(begin.START)
    order = [e.type for e in at.main if e.type == "selectbox" or 'class="terms"' in _body(e)]
    assert order == ["selectbox", "html"]


def _body(element: Element) -> str:
    return str(getattr(element.proto, "body", ""))


@pytest.mark.parametrize(("page", "query"), VISITS)
def test_no_abbreviation_on_a_page_goes_unexplained(
    page: str, query: dict[str, str], release: Release
) -> None:
    known = " ".join(
        w for t in release.catalogue.glossary.values() for w in (t.term, *t.forms, *t.also)
    )
    found = set(re.findall(r"\b[A-Z]{2,}\b", _shown(visit(page, **query))))
    assert not {a for a in found if not re.search(rf"\b{a}", known)} - NOT_TERMS


def test_no_abbreviation_in_the_catalogue_goes_unexplained(release: Release) -> None:
    known = " ".join(
        w for t in release.catalogue.glossary.values() for w in (t.term, *t.forms, *t.also)
    )
    said = "\n".join(
        f"{i.label}\n{i.definition}\n{i.why_it_matters}\n{i.how_to_read}\n{i.cannot_say}"
        for i in release.catalogue.indicators.values()
    )
    found = set(re.findall(r"\b[A-Z]{2,}\b", said))
    assert found
    assert not {a for a in found if not re.search(rf"\b{a}", known)} - NOT_TERMS


def test_a_row_ends(release: Release) -> None:
    terms = list(release.catalogue.glossary.values())
    row = words.row(terms)
    assert len(terms) > words.MOST + words.MORE
    assert f"{words.MORE} more words" in row and row.count("<dt>") == words.MORE


def test_a_row_has_few_terms_and_the_rest_together(release: Release) -> None:
    terms = list(release.catalogue.glossary.values())
    row = words.row(terms[: words.MOST + 3])
    assert row.count("<details>") == words.MOST + 1
    assert "3 more words" in row
    assert all(unescape(row).count(t.means) == 1 for t in terms[: words.MOST + 3])
