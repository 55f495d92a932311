"""sendgap: how far children with special educational needs are behind, and whether it closes.

>>> from sendgap import open_release
>>> release = open_release()                                          # doctest: +SKIP
>>> release.gaps("ks2_rwm_expected", area="Hertfordshire")            # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sendgap.store import Release, open_release

__all__ = ["Release", "open_release"]


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for: commands that need no database
    start without it."""
    if name in __all__:
        from sendgap import store

        return getattr(store, name)
    raise AttributeError(name)
