"""A tube pump: feeds, base, antifoam and glucose, with the faults of tubes and rollers."""
