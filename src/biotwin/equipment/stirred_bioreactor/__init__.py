"""A stirred, sparged and jacketed vessel in which cells grow: 2 L to 12,500 L by its parameters alone."""
