"""A filling line for vials: doses that scatter and drift, stoppers, a check weigher that accepts or rejects."""
