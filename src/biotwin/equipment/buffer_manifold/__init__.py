"""The valves before a column: which liquid the pump draws, and a gradient between two of them."""
