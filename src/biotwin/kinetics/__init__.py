"""Rate laws of cells: what a cell does per second in the surroundings it finds itself in."""
