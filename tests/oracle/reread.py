"""Every published figure held against a second reading of its publisher's file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.oracle.compare import same
from tests.oracle.files import Files
from tests.oracle.inputs import Inputs, read
from tests.oracle.loaded import COLUMNS, read_again

PROJECT = Path(__file__).resolve().parents[2]
CATALOGUE = PROJECT / "data" / "catalogue"


@dataclass(slots=True)
class Reread:
    """The inputs, how many figures each indicator has, and those read differently."""

    inputs: Inputs
    figures: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def say(self, indicator_id: str) -> str:
        """How many of an indicator's figures were read the same twice."""
        figures = self.figures.get(indicator_id, 0)
        return f"{figures - len(self.wrong.get(indicator_id, ())):,} of {figures:,}"


@cache
def reread(files: Files) -> Reread:
    """Read everything again and compare; done once."""
    published = PROJECT / "data" / "published"
    done = Reread(read(CATALOGUE, PROJECT / "data" / "reference", published))
    again = read_again(done.inputs, files.names, CATALOGUE, published, files.data)
    for key in sorted(again.keys() | done.inputs.figures.keys()):
        printed, loaded = again.get(key, {}), done.inputs.figures.get(key, {})
        wrong = [f"{key} {code}: in one only" for code in printed.keys() ^ loaded.keys()]
        for code in printed.keys() & loaded.keys():
            held = tuple(loaded[code][column] for column in COLUMNS)
            if not all(same(p, h) for p, h in zip(printed[code], held, strict=True)):
                wrong.append(f"{key} {code}: {printed[code]} printed, {held} loaded")
        done.figures[key[0]] = done.figures.get(key[0], 0) + len(printed.keys() | loaded.keys())
        if wrong:
            done.wrong.setdefault(key[0], []).extend(wrong)
    return done
