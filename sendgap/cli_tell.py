"""What every command tells: lines for the person on standard error, tables on standard output."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sendgap.output import render, write

if TYPE_CHECKING:
    import pandas as pd

#: Exit statuses.
DONE, FAILED = 0, 1


def say(text: str) -> None:
    """A line about what is going on."""
    print(text, file=sys.stderr, flush=True)


def tell_progress() -> None:
    """From now on, say how far long work has come."""
    log = logging.getLogger("sendgap.local")
    log.setLevel(logging.INFO)
    if not log.handlers:
        log.addHandler(_Said())


@contextmanager
def only_our_words() -> Iterator[None]:
    """Nothing that a library prints by itself reaches standard output meanwhile: now and then
    the solver's own does, and a table is read from there."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


class _Said(logging.Handler):
    """Lines of the log as any other line about what is going on."""

    def emit(self, record: logging.LogRecord) -> None:
        say(f"  {record.getMessage()}")


def answer(table: pd.DataFrame, options: argparse.Namespace) -> int:
    """A command's table in the format asked for, on the screen or in a file."""
    content = render(table, options.format)
    if options.out:
        write(content, options.out)
        say(f"wrote {options.out} ({len(table)} rows)")
    elif isinstance(content, bytes):
        sys.stdout.buffer.write(content)
    else:
        print(content.rstrip("\n"))
    return DONE
