"""Every example and every edge of the specification holds, and its page is current."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import sendgap.statistics
from tests.statistics.method_page import DOCUMENT, page
from tests.statistics.specification import Edge, Example, Method, agrees, attribute, parts

METHODS = [method for part in parts() for method in part.methods]
EXAMPLES = [(method, example) for method in METHODS for example in method.examples]
EDGES = [(method, edge) for method in METHODS for edge in method.edges]

#: Edges are stated to this many decimals.
EDGE_DECIMALS = 4


def _name(pair: object) -> str:
    return pair.says if isinstance(pair, Example | Edge) else getattr(pair, "name", "")


@pytest.mark.parametrize(("method", "example"), EXAMPLES, ids=_name)
def test_an_example_comes_out_as_its_source_has_it(method: Method, example: Example) -> None:
    answer = method.call(**example.given)
    for path, expected in example.gives.items():
        found = attribute(answer, path)
        assert agrees(found, expected, example.decimals), f"{path}: {found}, not {expected}"


@pytest.mark.parametrize(("method", "edge"), EDGES, ids=_name)
def test_an_edge_is_answered_or_refused(method: Method, edge: Edge) -> None:
    if edge.refuses:
        with pytest.raises(edge.refuses) as refusal:
            method.call(**edge.given)
        assert (refusal.value.rows or ((),))[0] == edge.row
        return
    answer = method.call(**edge.given)
    for path, expected in edge.gives.items():
        found = attribute(answer, path)
        assert agrees(found, expected, EDGE_DECIMALS), f"{path}: {found}, not {expected}"


def test_every_method_has_a_worked_example_and_says_what_it_answers() -> None:
    for method in METHODS:
        assert method.examples and method.answers.endswith(("?", ".")), method.name


def test_every_public_function_is_specified_or_serves_one_that_is() -> None:
    serving = {
        "mover", "gap", "least_dispersion", "share_of_plans", "funnel_limits",
        "normal_quantile", "tail", "standard_error",
    }  # fmt: skip
    stated = {method.call.__name__ for method in METHODS}
    folder = Path(sendgap.statistics.__file__).parent
    for path in sorted(folder.glob("*.py")):
        if path.stem in ("__init__", "errors", "inputs"):
            continue
        module = importlib.import_module(f"sendgap.statistics.{path.stem}")
        public = {
            name
            for name, thing in vars(module).items()
            if callable(thing)
            and getattr(thing, "__module__", "") == module.__name__
            and not isinstance(thing, type)
            and not name.startswith("_")
        }
        assert public <= stated | serving, public - stated - serving


def test_the_page_on_method_is_current() -> None:
    """Write it again with ``python -m tests.statistics.method_page``."""
    assert DOCUMENT.read_text(encoding="utf-8") == page()
