"""Words are explained once, briefly, and under the names that people use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sendgap.catalogue.glossary import Term, terms_in
from sendgap.catalogue.load import Catalogue
from sendgap.config import PROJECT
from sendgap.errors import CatalogueError

SHIPPED = PROJECT / "data" / "catalogue"


@pytest.fixture(scope="module")
def glossary() -> dict[str, Term]:
    return dict(Catalogue.load(SHIPPED).glossary)


def test_every_term_is_explained_in_at_most_45_words(glossary: dict[str, Term]) -> None:
    assert len(glossary) > 50
    for term in glossary.values():
        assert 4 <= len(term.means.split()) <= 45, term.id
        assert term.means.endswith("."), term.id


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("EHCP", "ehc_plan"), ("statement", "statement"), ("SENDIST", "appeal"),
        ("fixed-term exclusion", "suspension"), ("INMSS", "inmss"), ("AP", "alternative_provision"),
        ("EHE", "home_education"), ("ASD", "asd"), ("autism", "asd"), ("SEMH", "semh"),
        ("EOTAS", "eotas"), ("School Action", "sen_support"), ("pp", "percentage_point"),
        ("similar authorities", "statistical_neighbour"), ("SEND", "sen"), ("GLD", "gld"),
        ("SATs", "key_stage_2"), ("PRU", "alternative_provision"), ("EHCNA", "needs_assessment"),
    ],
)  # fmt: skip
def test_what_people_call_it_is_known(glossary: dict[str, Term], said: str, term: str) -> None:
    found = [
        t.id
        for t in glossary.values()
        if said.casefold() in {n.casefold() for n in (t.term, *t.forms, *t.also)}
    ]
    assert found == [term]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("An EHC needs assessment leads to a plan.", ["needs_assessment"]),
        ("EHCPs and EHC plans", ["ehc_plan"]),
        ("Neighbours of the authority", ["statistical_neighbour"]),
        ("Local authorities in Kent", ["local_authority"]),
        ("A gapless line, a signed statement", []),
        ("He said AP, not ap", ["alternative_provision"]),
        ("pupils without SEN", ["no_sen"]),
        ("statements of SEN", ["statement"]),
        ("persistent absence, then SEN support, then persistent absence",
         ["persistent_absence", "sen_support"]),
    ],
)  # fmt: skip
def test_terms_are_found_in_a_text_in_its_order(
    glossary: dict[str, Term], text: str, terms: list[str]
) -> None:
    assert [t.id for t in terms_in(glossary.values(), [text])] == terms


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("long:\n  term: long word\n  means: " + "word " * 46 + "\n", "45 words at most"),
        ("twin:\n  term: twin\n  means: One of two of a kind.\n  also: [EHCP]\n",
         "'EHCP' also stands under ehc_plan"),
        ("odd:\n  term: odd\n  means: It is not even at all.\n  colour: red\n", "colour"),
        ("bare:\n  term: bare\n", "means"),
    ],
)  # fmt: skip
def test_faults_are_told(tmp_path: Path, entry: str, said: str) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(SHIPPED, folder)
    with (folder / "glossary.yaml").open("a", encoding="utf-8") as file:
        file.write(entry)
    with pytest.raises(CatalogueError) as refusal:
        Catalogue.load(folder)
    assert any("glossary.yaml" in str(p) and said in str(p) for p in refusal.value.problems)


def test_a_catalogue_without_a_glossary_loads(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(SHIPPED, folder)
    (folder / "glossary.yaml").unlink()
    assert not Catalogue.load(folder).glossary
