"""A thermal mass-flow controller: one gas, metered in normal volume, delivered in moles."""
