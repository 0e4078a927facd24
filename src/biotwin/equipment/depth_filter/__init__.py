"""A dead-end filter of harvest: depth media and 0.22 um membranes that block, adsorb, hold up and break through."""
