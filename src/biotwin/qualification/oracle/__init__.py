"""Tests against reference simulators, run with ``--oracle`` where these are installed; shaped as a drawer's."""
