"""Whether the tests notice a changed formula: ``python -m benchmarks.mutation [N/M] [MODULE…]``.

Changes the statistics one operator, number or comparison at a time, in memory only, and runs
``tests/statistics`` against each change. Prints those that no test noticed and the share
noticed. ``1/3`` takes every third change only, from the first. Needs a system that can fork
(Linux, macOS) and about twenty minutes of two free cores.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import importlib.machinery
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "sendgap" / "statistics"
#: Quick ones first: most changes are noticed there.
TESTS = (
    ("test_specification", "test_rows"),
    ("test_change", "test_areas", "test_properties", "test_second_implementation"),
)
WORKERS = 2
SECONDS = 120

OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Lt: ast.LtE, ast.LtE: ast.Lt,
    ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
NAMES = {
    "maximum": "minimum", "minimum": "maximum", "any": "all", "all": "any", "floor": "ceil",
    "ceil": "floor", "gammaincinv": "gammainccinv", "gammainccinv": "gammaincinv",
    "betaincinv": "betainccinv", "betainccinv": "betaincinv", "lower": "upper", "upper": "lower",
    "min": "max", "max": "min", "sum": "mean",
}  # fmt: skip

Change = tuple[str, ast.Module]


def changes(source: str) -> Iterator[Change]:
    """Every changed module, with a line that says what was changed."""
    tree = ast.parse(source)
    lines = source.splitlines()
    settled = {
        id(part)
        for cls in ast.walk(tree)
        if isinstance(cls, ast.ClassDef)
        for decorator in cls.decorator_list
        for part in ast.walk(decorator)
    }
    for number, node in enumerate(ast.walk(tree)):
        for kind in _kinds(node) if id(node) not in settled else ():
            changed = copy.deepcopy(tree)
            twin = next(each for place, each in enumerate(ast.walk(changed)) if place == number)
            said = _apply(twin, kind)
            line = getattr(node, "lineno", 0)
            yield f"{line}: {said}: {lines[line - 1].strip()}", ast.fix_missing_locations(changed)


def _kinds(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """How a node can be changed."""
    if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in OPERATORS:
        yield "operator", None
    elif isinstance(node, ast.Compare):
        yield from (("comparison", place) for place in range(len(node.ops)))
    elif isinstance(node, ast.UnaryOp):
        yield "sign", None
    elif isinstance(node, ast.If | ast.IfExp):
        yield "condition", None
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "flag", None
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield "number", 1
    elif isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield "name", None


def _apply(node: Any, kind: tuple[str, Any]) -> str:
    """Change a node in place and say how."""
    what, how = kind
    if what == "operator":
        node.op = OPERATORS[type(node.op)]()
        return type(node.op).__name__
    if what == "comparison":
        node.ops[how] = OPERATORS[type(node.ops[how])]()
        return type(node.ops[how]).__name__
    if what == "sign":
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else node.op
        if isinstance(node.op, ast.Invert | ast.Not):
            node.operand = ast.UnaryOp(copy.copy(node.op), node.operand)
        return "sign"
    if what == "condition":
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return "not"
    if what in ("flag", "number"):
        node.value = (not node.value) if what == "flag" else node.value + how
        return f"{node.value!r}"
    node.attr = NAMES[node.attr]
    return str(node.attr)


def _outcome(module: str, tree: ast.Module, number: int) -> int:
    """The tests' exit status with the module replaced, in a process of its own; 0 is unnoticed."""
    child = os.fork()
    if child:
        return _wait(child)
    try:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        os._exit(_run(module, tree))
    finally:
        os._exit(3)


def _run(module: str, tree: ast.Module) -> int:
    import pytest

    plain = importlib.machinery.SourceFileLoader.get_code
    path = FOLDER / f"{module}.py"

    def get_code(loader: Any, name: str) -> Any:
        if name == f"sendgap.statistics.{module}":
            return compile(tree, str(path), "exec")
        return plain(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
    for names in TESTS:
        tests = [str(PROJECT / "tests" / "statistics" / f"{name}.py") for name in names]
        status = pytest.main([*tests, "-x", "-q", "-m", "not long", "-p", "no:cacheprovider",
                              "-p", "no:faulthandler", "--tb=no", "--noconftest"])  # fmt: skip
        if status:
            return int(status)
    return 0


def _wait(child: int) -> int:
    for _ in range(SECONDS * 20):
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return 4


def _warm_up() -> None:
    """Import what every child needs, and none of what is changed; few tries for properties."""
    import duckdb  # noqa: F401
    import hypothesis.extra.numpy  # noqa: F401
    import pandas  # noqa: F401
    import pytest  # noqa: F401
    import scipy.optimize.elementwise  # noqa: F401
    import scipy.stats  # noqa: F401
    from hypothesis import settings

    settings.register_profile("few", max_examples=15, derandomize=True, database=None)
    settings.load_profile("few")


def main(asked: list[str]) -> int:
    """Change each module and print what went unnoticed."""
    os.chdir(PROJECT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    _warm_up()
    noticed = made = 0
    first, step = 1, 1
    if asked and "/" in asked[0]:
        first, step = (int(part) for part in asked.pop(0).split("/"))
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem == "__init__" or (asked and path.stem not in asked):
            continue
        all_changes = list(changes(path.read_text(encoding="utf-8")))[first - 1 :: step]
        with ThreadPoolExecutor(WORKERS) as pool:
            outcomes = list(
                pool.map(
                    lambda item, stem=path.stem: _outcome(stem, item[1][1], item[0]),
                    enumerate(all_changes),
                )
            )
        survivors = [said for (said, _), status in zip(all_changes, outcomes, strict=True)
                     if status == 0]  # fmt: skip
        made, noticed = made + len(all_changes), noticed + len(all_changes) - len(survivors)
        print(f"{path.stem}: {len(all_changes) - len(survivors)} of {len(all_changes)}", flush=True)
        for said in survivors:
            print(f"    {said}", flush=True)
    print(f"noticed {noticed} of {made}: {100 * noticed / max(made, 1):.1f}%")
    return 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
