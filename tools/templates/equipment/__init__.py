"""__title__: a drawer of the library."""
