"""Speed. Each module with ``measure() -> list[Figure]`` is a benchmark; ``python -m benchmarks`` runs all."""
