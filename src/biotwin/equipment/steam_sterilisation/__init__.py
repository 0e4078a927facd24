"""Sterilisation in place of a vessel by saturated steam."""
