"""Leak-rate test of a vessel under vacuum by its pressure rise."""
