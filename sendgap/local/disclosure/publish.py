"""Counts to cells that may be shown.

``publish(counts, places, measures, indicators, run_id=..., known=(), earlier=None)`` takes

- ``counts``: :class:`~sendgap.local.counts.Counts` of all school years to be shown;
- ``places``: :class:`~sendgap.local.places.Places`;
- ``measures``: :class:`~sendgap.local.measures.LocalMeasures`;
- ``indicators``: the catalogue's, by id, for the kind of value and its decimals;
- ``known``: figures that are out already, from whoever published them
  (:class:`~sendgap.local.disclosure.model.Known`);
- ``earlier``: what this layer let out before (:class:`~.model.Published`), so that the two
  together give nothing away (R9);

and gives :class:`~sendgap.local.disclosure.model.Published`, or raises
:class:`~sendgap.local.disclosure.model.NotSafeError`. ``publish_set`` adds one unit chosen by
a person to what is out (R8), and raises the same where it cannot be.
"""

from __future__ import annotations
