"""A freeze dryer with its batch of vials."""
