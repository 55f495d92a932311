"""What every command tells: lines for the person on standard error, tables on standard output."""

from __future__ import annotations

import argparse
import logging
import sys
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
