"""A stirred tank that holds a pool at low pH: what swept corners and hanging drops leave untreated counts."""
