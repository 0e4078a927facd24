"""The chances of a tick, for every member at once."""

from __future__ import annotations

import numpy as np
from numba import njit
from numba import uint64 as at

from biotwin.randomness import deviate, fraction, normals, philox


@njit(nogil=True)
def draw(real, noise, keys, lanes, counter):  # type: ignore[no-untyped-def]
    """``randomness.draw`` of every member at once, to the bit. ``noise`` is its table and the array behind ``real``;
    ``keys`` is int64[lane, stream], ``lanes`` scratch: float64[4, streams that always matter * lanes].
    """
    table, fleet = noise
    chance, value = lanes[0], lanes[1]
    width = keys.shape[0]
    always = chance.size // width
    for m in range(width):
        for i in range(always):
            word, _ = philox(np.uint64(keys[m, i]), np.uint64(counter), np.uint64(0))
            chance[m * always + i] = fraction(word)
    normals(lanes)
    for m in range(width):
        for i in range(always):
            fleet[at(table[i, 0]), m] = value[m * always + i]
        for i in range(always, keys.shape[1]):
            matters = fleet[at(table[i, 1]), m] != 0.0
            fleet[at(table[i, 0]), m] = deviate(keys[m, i], counter) if matters else 0.0
