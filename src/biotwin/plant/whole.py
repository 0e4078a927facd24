"""The head of a plant's ``whole`` buffer: the same in every plant, and all that a compiled loop knows of plants.

Of the recipe: ``RECIPE_MODE`` (of ``RECIPE_MODES``), ``HELD`` (1: no phase begins); while it waits for the operator,
``READY`` is the phase whose transition is true now and ``TOLD`` the last that the operator was told of, else -1.
"""

TIME, PHASE, PHASE_SINCE, ENDED, WAKE, ACTIVE, SCAN, RECIPE_MODE, HELD, READY, TOLD, HEAD = *range(11), 12
RECIPE_MODES = ("automatic", "semi_automatic")
NEVER = 2**62
