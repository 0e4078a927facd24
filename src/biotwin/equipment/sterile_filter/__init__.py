"""A sterile filter: wetting, integrity tests, bioburden reduction, flaws that tests see and do not see."""
