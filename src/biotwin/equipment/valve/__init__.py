"""A control or on-off valve that travels at a finite rate and knows its end positions."""
