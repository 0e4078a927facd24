"""Ensembles: many flights of one scenario, each fully described by data, flown inline or in processes, equal to the bit."""
