"""Settings: ``base`` is shared; ``local`` (make run), ``production`` and ``test`` are the three that can be chosen."""
