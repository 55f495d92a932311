"""Small helpers for words: lists of them, and the nearest names to one that is not known."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence


def and_list(words: Sequence[str]) -> str:
    """Words as a list in a sentence; empty for none.

    >>> and_list(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def small_first(text: str) -> str:
    """A label inside a sentence: its first letter small, an abbreviation or a name with a
    number left.

    >>> small_first("Further education"), small_first("SEN unit"), small_first("Attainment 8")
    ('further education', 'SEN unit', 'Attainment 8')
    """
    is_name = re.match(r"\w+ \d", text) is not None
    return text[:1].lower() + text[1:] if text[1:2].islower() and not is_name else text


def capital(text: str) -> str:
    """Words as a sentence begins: the first letter, also after a mark, the rest as it is.

    >>> capital("the Isles of Scilly"), capital("▲ better")
    ('The Isles of Scilly', '▲ Better')
    """
    place = next((n for n, letter in enumerate(text) if letter.isalpha()), 0)
    return text[:place] + text[place : place + 1].upper() + text[place + 1 :]


def nearest(asked: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Known names most like ``asked``: those that contain it first, then by spelling.

    >>> nearest("rwm", ["eyfs_gld", "ks2_rwm_expected"])
    ['ks2_rwm_expected']
    """
    folded = {name.casefold(): name for name in known}
    wanted = asked.casefold().strip()
    inside = [name for key, name in folded.items() if wanted and wanted in key]
    alike = [folded[key] for key in difflib.get_close_matches(wanted, folded, n=most, cutoff=0.5)]
    return list(dict.fromkeys([*inside, *alike]))[:most]


def file_name(*parts: str) -> str:
    """A download's name without its ending: what it is about in words that any disk takes.

    >>> file_name("St Helens & more", "ks2", "", "2023/24 to 2024/25")
    'sendgap-st-helens-more-ks2-2023-24-to-2024-25'
    """
    words = [re.sub(r"[^a-z0-9_]+", "-", part.lower()).strip("-") for part in parts]
    return "-".join(["sendgap", *filter(None, words)])
