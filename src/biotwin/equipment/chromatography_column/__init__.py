"""A packed column with its flow path: what flows in binds, waits and leaves, as its isotherm and its pH allow."""
