"""Packed beds: transport in finite volumes, binding at equilibrium, pH; on one block of floats, in place."""
