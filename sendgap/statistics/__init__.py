"""Intervals, tests and decompositions: pure functions over numpy arrays.

Every function takes arrays of one shape, or single numbers beside them, and answers with
arrays of that shape. A missing value is NaN and makes its own answer missing, never
another's. What cannot be true is refused by an error that names the rows. Nothing is read,
written or remembered. ``docs/method.md`` states each method with its worked examples.
"""
