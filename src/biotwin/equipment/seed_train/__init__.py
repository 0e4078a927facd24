"""A seed train: one culture that moves from a thawed vial through ever larger vessels to the production inoculum."""
