"""Figures drawn from view models: colours by role, every label beside its mark."""
