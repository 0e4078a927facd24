"""The patient who receives the lot: where an antibody goes, how long it stays, and how much of it is active."""
