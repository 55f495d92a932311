"""Schools, clusters and DSPL areas: counting pupils, and showing only what cannot expose one.

How a return becomes something to look at::

    pupil rows ──count_pupils──> Counts ──publish──> Published ──> the local database, pages
    school counts ────────────────┘

- :func:`sendgap.local.aggregate.count_pupils` counts checked pupil rows in memory into
  :class:`~sendgap.local.counts.Counts`: numbers by school, SEN group, outcome and year.
- :func:`sendgap.local.disclosure.publish.publish` takes Counts and
  :class:`~sendgap.local.places.Places` and gives
  :class:`~sendgap.local.disclosure.model.Published`: cells with a figure or a symbol, none
  of which tells what a hidden one holds. It raises
  :class:`~sendgap.local.disclosure.model.NotSafeError` where the audit fails.

Only Published may be stored in the served database, cached, drawn or exported. Counts are
held in memory, or in a file that is never served.
"""
