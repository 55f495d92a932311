"""Observations to gaps and benchmarks: the tables of a release, built once."""
