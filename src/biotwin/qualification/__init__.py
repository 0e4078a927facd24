"""Qualification: every drawer's reference tests, run and reported. What passes and what fails is all that we claim."""
