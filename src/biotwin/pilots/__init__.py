"""Pilots: hands that fly a scenario without a person. One reads a script, one does nothing, one looks for what is wrong."""
