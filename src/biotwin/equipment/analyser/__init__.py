"""One analyte of one laboratory analyser: error, detection limit, range, delay and cost."""
