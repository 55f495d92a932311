"""Whatever a file holds, the answer is a verdict: no input makes the program stumble."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import tempfile
import zipfile
from pathlib import Path
from unittest import mock

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.cli import main
from tests.ingest.conftest import AREAS, CATALOGUE
from tests.worlds import COLUMNS, text, zip_file

ENDINGS = (".csv", ".csv.gz", ".zip", ".parquet", ".CSV", ".txt", ".xyz", "")

GOOD = {
    "neet": text("neet", [{"old_la_code": "302"}, {"old_la_code": "303", "la_name": 'A "b", c'}]),
    "tribunal": text(
        "tribunal",
        [{"la_name": "Kent", "appeals_registered": "1", "appealable_decisions": "1,400"}],
    ),
    "exclusions": text("exclusions", [{"new_la_code": "E09000003"}, {"la_name": "Kent"}]),
    "ks2": text("ks2", [{"la_name": "Kent", "characteristic": "No SEN"}]),
    "level2": text("level2", [{"la_code_3": "302", "l2_by19": "6"}]),
}

CELLS = st.one_of(
    st.sampled_from(
        ["", "-", "c", "nan", "-inf", "1e999", "1,0", "100%", "2024", "202425", "202526", "0000",
         "９９９９", "Kent", "E10000027", "302", '"', "'", "\0", "\ufeff", "ALL", "National",
         "Autumn term", "Calendar year", "9" * 400, "-1", "EHC plan", "Total"]
    ),
    st.text(max_size=12),
)  # fmt: skip


def check(name: str, content: bytes) -> tuple[int, str]:
    """Status and words of screening one file; whatever escapes fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        path = Path(folder) / name
        path.write_bytes(content)
        said = io.StringIO()
        with (
            mock.patch.dict(os.environ, {"SENDGAP_DATA": str(data)}),
            mock.patch.object(Catalogue, "load", return_value=CATALOGUE),
            mock.patch.object(Areas, "load", return_value=AREAS),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
        ):
            status = main(["check", str(path)])
        assert not list(data.iterdir())
        return status, said.getvalue()


def judged(name: str, content: bytes) -> None:
    status, said = check(name, content)
    assert status in (0, 1)
    assert ("refused" in said) == (status == 1), said


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(ENDINGS))
@example(b"PK\x03\x04", ".zip")
@example(b"PK\x05\x06" + bytes(18), ".zip")
@example(b"PAR1" + bytes(8) + b"PAR1", ".parquet")
@example(gzip.compress(b"\xff\xfe"), ".csv.gz")
@example(b'"' * 200_000, ".csv")
@example(b"a\rb\r", ".csv")
def test_any_bytes_get_a_verdict(content: bytes, ending: str) -> None:
    judged(f"file{ending}", content)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_mangled_file_gets_a_verdict(data: st.DataObject) -> None:
    """A whole file with a stretch of it cut, doubled or written over."""
    good = GOOD[data.draw(st.sampled_from(sorted(GOOD)))].encode()
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, len(good)))
    put = data.draw(
        st.sampled_from([b"", b'"', b",", b"\n", b"\r", b"\0", b"\xe9"]) | st.binary(max_size=8)
    )
    content = good[:start] + put * data.draw(st.integers(0, 3)) + good[end:]
    wrap = data.draw(st.sampled_from(["plain", "gz", "cut gz", "zip", "damaged zip"]))
    if "gz" in wrap:
        packed = gzip.compress(content, mtime=0)
        judged("file.csv.gz", packed[:-9] if wrap == "cut gz" else packed)
    elif "zip" in wrap:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("file.csv", content)
        raw = bytearray(out.getvalue())
        if wrap == "damaged zip":
            raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
        judged("file.zip", bytes(raw))
    else:
        judged("file.csv", content)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_any_cells_under_known_columns_get_a_verdict(family: str, data: st.DataObject) -> None:
    columns = COLUMNS[family]
    named = st.dictionaries(st.sampled_from(columns), CELLS, max_size=4)
    rows = data.draw(st.lists(named, min_size=1, max_size=4))
    judged("file.csv", text(family, rows).encode("utf-8", "replace"))


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_columns_put_in_another_order_are_read_all_the_same(data: st.DataObject) -> None:
    header, *rows = (line.split(",") for line in GOOD["exclusions"].splitlines())
    order = data.draw(st.permutations(range(len(header))))
    lines = [",".join(row[n] for n in order) for row in (header, *rows)]
    rows_taken = "exclusions_termly: exclusions_by_sen, 6 figures"
    assert rows_taken in check("file.csv", GOOD["exclusions"].encode())[1]
    assert rows_taken in check("file.csv", "\n".join(lines).encode())[1]


def test_a_zip_with_names_that_are_no_file_names_gets_a_verdict(tmp_path: Path) -> None:
    names = ("../out.csv", "a:b?.csv", "/etc/x.csv", "con.csv", "ü/✓.csv")
    path = zip_file(tmp_path / "z.zip", {name: GOOD["exclusions"] for name in names})
    status, said = check("z.zip", path.read_bytes())
    assert status == 0
    assert said.count("6 figures") == len(names)
    assert not (tmp_path / "out.csv").exists()
