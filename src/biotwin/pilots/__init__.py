"""Pilots: hands that fly a scenario without a person. A script, nothing at all, a search for what is wrong."""
