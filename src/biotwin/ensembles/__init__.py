"""Ensembles: many flights of one scenario, each described by data, flown here or in processes, equal to the bit."""
