"""The head of a plant's ``whole`` buffer: the same in every plant, and all that a compiled loop knows of plants."""

TIME, PHASE, PHASE_SINCE, ENDED, WAKE, ACTIVE, SCAN, HEAD = 0, 1, 2, 3, 4, 5, 6, 8
NEVER = 2**62
