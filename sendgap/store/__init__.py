"""Opening the current release read-only: one method per named query."""

from sendgap.store.release import Release, open_release

__all__ = ["Release", "open_release"]
