"""Pages and commands searched for hidden figures, and what another person gets of them."""

from __future__ import annotations

import itertools

import pytest
from streamlit.testing.v1 import AppTest

from sendgap.cli import main
from sendgap.store import Release
from sendgap.store.local import LocalRelease, Person
from sendgap.ui import begin
from sendgap.views.local_areas import GROUPS, outcomes
from sendgap.views.local_model import LOCAL_KINDS
from tests.local.searching import told
from tests.pages.visits import visit


def page_text(at: AppTest) -> str:
    """All that a page sends to the browser."""
    return "\n".join(str(getattr(element, "proto", "")) for element in at._tree)


PAGES = [
    (begin.LOCAL, {"loc": "school", "ind": "persistent_absence", "grp": "ehc_plan"}),
    (begin.LOCAL, {"loc": "cluster", "ind": "ks2_rwm_expected", "order": "size"}),
    (begin.LOCAL, {"loc": "cluster", "unit": "cluster:C01"}),
    (begin.OUTCOME, {"area": "cluster:C01", "ind": "persistent_absence"}),
    (begin.GRID, {"area": "cluster:C01"}),
    (begin.START, {"area": "cluster:C01"}),
]


@pytest.mark.parametrize(("page", "asked"), PAGES, ids=str)
def test_t11_t12_no_page_sends_a_hidden_figure(
    local: LocalRelease, secrets: set[str], page: str, asked: dict[str, str]
) -> None:
    text = page_text(visit(page, **asked))
    assert "Practice" in text and not told(text, secrets)


def test_t12_counterpart_a_careless_page_would_be_found_out(
    local: LocalRelease, secrets: set[str], careless: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Views of its own: those of the honest database are kept for other tests.
    monkeypatch.setattr(
        "sendgap.ui.cached._name", lambda builder: f"careless {builder.__qualname__}"
    )
    assert told(page_text(visit(PAGES[0][0], **PAGES[0][1])), secrets)


@pytest.mark.long
@pytest.mark.parametrize("kind", [kind for kind in LOCAL_KINDS if kind != "set"])
@pytest.mark.parametrize("group", GROUPS)
def test_t12_no_page_of_any_kind_group_or_outcome_sends_one(
    release: Release, local: LocalRelease, secrets: set[str], kind: str, group: str
) -> None:
    for indicator in outcomes(release, local):
        at = visit(begin.LOCAL, loc=kind, ind=indicator, grp=str(group))
        assert not told(page_text(at), secrets), indicator


@pytest.mark.parametrize(("page", "asked"), PAGES, ids=str)
def test_t11_a_page_seen_by_one_person_is_not_there_for_another(
    local: LocalRelease, monkeypatch: pytest.MonkeyPatch, page: str, asked: dict[str, str]
) -> None:
    """The same link, after the views are kept, for a person who is not at the machine."""
    names = {name for kind in ("school", "cluster", "dspl") for name in local.names(kind).values()}
    mine = page_text(visit(page, **asked))
    assert any(name in mine for name in names)
    monkeypatch.setattr("sendgap.ui.door.person", lambda: Person("x", is_at_machine=False))
    theirs = page_text(visit(page, **asked))
    assert not any(name in theirs for name in names)


# Commands --------------------------------------------------------------------------------

COMMANDS = [
    *(["values", "--indicator", name, "--format", form]
      for name, form in itertools.product(("persistent_absence", "ehcp_prevalence"),
                                          ("csv", "json", "table"))),
    ["reconciled", "--format", "csv"], ["status"], ["set", "list"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_t11_no_command_tells_a_hidden_figure(
    local: LocalRelease, secrets: set[str], command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["local", *command]) == 0
    said = capsys.readouterr()
    assert not told(said.out + said.err, secrets) and said.out


def test_t11_counterpart_a_careless_command_would_be_found_out(
    local: LocalRelease, secrets: set[str], careless: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["local", *COMMANDS[0]]) == 0
    assert told(capsys.readouterr().out, secrets)
