"""The house's rule: a part imports only parts above it, and each keeps to its work."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "sendgap"

#: Parts in the order in which they may lean on each other: each on those before it.
ORDER = [
    {"terms", "errors", "config", "text"},
    {"catalogue"},
    {"targets"},
    {"statistics"},
    {"ingest"},
    {"build"},
    {"store"},
    {"local"},
    {"lists", "output", "export"},
    {"views"},
    {"charts"},
    {"report"},
    {"cli_tell"},
    {"cli_report", "cli_local"},
    {"cli", "__main__"},
    {"ui"},
]
RANK = {part: place for place, parts in enumerate(ORDER) for part in parts}


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _part(path: Path) -> str:
    inside = path.relative_to(PACKAGE).parts
    return inside[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_part_imports_only_parts_above_it(path: Path) -> None:
    part = _part(path)
    if part == "__init__":
        return
    wrong = [
        name
        for name in _imports(path)
        if name.startswith("sendgap.")
        and (other := name.split(".")[1]) in RANK
        and RANK[other] > RANK[part]
    ]
    assert not wrong, f"{part} leans on {wrong}"


def test_every_part_has_a_place_in_the_house() -> None:
    parts = {_part(path) for path in _modules()} - {"__init__"}
    assert parts <= RANK.keys()


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_ui_imports_streamlit_and_only_charts_import_plotly(path: Path) -> None:
    roots = {name.split(".")[0] for name in _imports(path)}
    assert "streamlit" not in roots or _part(path) == "ui"
    assert "plotly" not in roots or _part(path) in ("charts", "ui")


def test_statistics_import_numbers_and_words_only() -> None:
    allowed = {"__future__", "collections", "dataclasses", "enum", "typing", "numpy", "scipy"}
    for path in _modules():
        if _part(path) != "statistics":
            continue
        for name in _imports(path):
            ours = name.split(".")[1:2] if name.startswith("sendgap.") else ["statistics"]
            assert name.split(".")[0] in allowed | {"sendgap"}, f"{path.name} imports {name}"
            assert ours[0] in ("terms", "errors", "statistics"), f"{path.name} leans on {name}"


def test_pages_ask_views_and_hold_no_sql_pandas_or_plotly() -> None:
    pages = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
    assert len(pages) > 1
    for path in pages:
        text = path.read_text(encoding="utf-8")
        roots = {name.split(".")[0] for name in _imports(path)}
        assert not roots & {"pandas", "plotly", "duckdb"}, path.name
        assert len(text.splitlines()) <= 90, f"{path.name} is more than reading, asking, drawing"


def test_no_python_names_an_indicator() -> None:
    ids = {p.stem for p in (ROOT / "data" / "catalogue" / "indicators").glob("*.yaml")}
    assert ids
    for path in [*_modules(), ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not said & ids, f"{path.name} names {said & ids}"


def test_files_stay_readable() -> None:
    for path in _modules():
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 330, f"{path.relative_to(ROOT)} has {len(lines)} lines"


def test_every_named_query_is_asked_for() -> None:
    asked = "\n".join(path.read_text(encoding="utf-8") for path in _modules())
    for query in (PACKAGE / "store" / "sql").glob("*.sql"):
        assert f'"{query.stem}"' in asked, f"{query.name} is never used"
