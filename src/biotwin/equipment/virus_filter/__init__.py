"""A parvovirus filter with its pressure tank and prefilter: what plugs it, what passes it, what its tests can tell."""
