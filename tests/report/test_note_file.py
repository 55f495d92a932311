"""The note file: what was typed comes back, and a damaged file changes nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sendgap.cli import main
from sendgap.errors import NoteFileError
from sendgap.report.note_file import MOST_BYTES, from_bytes, read, to_bytes
from sendgap.report.typed import Action, Typed
from sendgap.store import Release
from sendgap.views.visit_note import visit_note

TYPED = Typed(
    visit_date="3 March 2027", author="A & B", commentary={"1.1": 'Ours\n"so" <b>'},
    edited={"1.3": "Mine."}, actions=(Action("Meet", "We", "May", "Minutes"),),
    confirmed=frozenset({"x"}), sections=("1.1", "1.3"), priorities="None",
)  # fmt: skip


@pytest.fixture(scope="module")
def saved(release: Release) -> bytes:
    code = release.areas.find("Kent").area_code
    return to_bytes(visit_note(release, code, today=date(2026, 7, 1)), TYPED)


def test_what_was_typed_and_printed_comes_back(release: Release, saved: bytes) -> None:
    note = from_bytes(saved, "kent.json", "E10000016")
    assert note.typed == TYPED
    assert note.figures == visit_note(release, "E10000016", today=date(2026, 7, 1)).printed
    assert note.written == "2026-07-01"


def _with(saved: bytes, **changed: object) -> bytes:
    return json.dumps({**json.loads(saved), **changed}).encode()


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b[: len(b) // 2],
        lambda b: b"",
        lambda b: b"\xff\xfe\x00",
        lambda b: b"[1, 2]",
        lambda b: b"[" * 100_000,
        lambda b: b.replace(b'"value":', b'"value": NaN, "x":', 1),
        lambda b: _with(b, version=2),
        lambda b: _with(b, format="something else"),
        lambda b: _with(b, figures=[{"value": 1}]),
        lambda b: _with(b, typed={"commentary": {"1.1": 5}}),
        lambda b: _with(b, written="2026-13-40"),
        lambda b: _with(b, extra=1),
        lambda b: b + b" " * MOST_BYTES,
    ],
)
def test_a_damaged_file_is_refused_in_words(saved: bytes, damage) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NoteFileError, match="nothing was changed"):
        from_bytes(damage(saved), "kent.json")


def test_a_note_of_another_area_is_refused(saved: bytes) -> None:
    with pytest.raises(NoteFileError, match="the note is of E10000016"):
        from_bytes(saved, "kent.json", "E06000033")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoteFileError, match="missing.json"):
        read(tmp_path / "missing.json")


def test_the_command_line_goes_on_from_a_note(
    release: Release, saved: bytes, tmp_path: Path
) -> None:
    note, out = tmp_path / "kent.json", tmp_path / "kent.md"
    note.write_bytes(saved)
    asked = ["report", "visit-note", "--area", "Kent", "--format", "md", "--out", str(out)]
    assert main([*asked, "--note", str(note)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "3 March 2027" in text and "Ours" in text and "Changes since the last note" in text


@pytest.mark.parametrize("bad", ["area", "note", "folder", "no area"])
def test_a_refusal_leaves_the_document_as_it_was(
    bad: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "note.md"
    out.write_text("as it was", encoding="utf-8")
    note = tmp_path / "bad.json"
    note.write_text("{", encoding="utf-8")
    where = out / "inside" / "x.md" if bad == "folder" else out
    asked = ["report", "visit-note", "--format", "md", "--out", str(where)]
    asked += ["--area", "Kentt" if bad == "area" else "Kent"] if bad != "no area" else []
    asked += ["--note", str(note)] if bad == "note" else []
    assert main(asked) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said and len(said.strip()) > 20
    assert out.read_text(encoding="utf-8") == "as it was"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.json", "note.md"]
