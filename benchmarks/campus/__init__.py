"""What the benchmarks of the campus share: a real server, many seats in their own process, forked hosts to kill."""
