"""Pupil rows to numbers by school, SEN group, outcome and year, counted in memory.

``count_pupils(pupils, measures, places, source="")`` takes a pandas DataFrame, Arrow table
or DuckDB relation of checked rows, one a pupil and school year:

======================= ============================================================
column                  holds
======================= ============================================================
``urn``                 the school's number, text
``time_period``         the school year, as ``202425``
``sen``                 a SEN code of ``local.yaml``: N, K, E, and S, A, P until 2014/15
``primary_need``        the value of a ``need:`` breakdown (``asd``), or missing
``home_dspl``           the DSPL area where the pupil lives, or missing
``possible_sessions``,  whole numbers, missed no more than possible; both missing where
``missed_sessions``     the pupil is in no absence return
``suspensions``         a whole number, or missing where there is no return of them
``permanently_excluded`` 0 or 1, or missing likewise
an indicator's id       0 or 1 for a proportion, a number for a score, missing where the
                        pupil is not in the cohort
======================= ============================================================

Columns that a return has not may be left out, except the first three. Rows are never
written anywhere; what is given back is :class:`~sendgap.local.counts.Counts`.
"""

from __future__ import annotations
