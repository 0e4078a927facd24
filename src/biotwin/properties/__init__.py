"""Gases, water, buffers, media: laws of matter that know nothing of equipment."""
