"""One instrument loop: lag, noise, drift, range, resolution, and how it fails."""
