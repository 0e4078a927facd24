"""A passive shipping box: insulation, packs that melt, the lot inside, and what the trip does to it."""
