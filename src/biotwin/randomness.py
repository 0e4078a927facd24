"""Noise is a function of (seed, key, counter): no generator has a state, so nothing depends on the order of asking.

Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11) with the published test
vectors in the tests. The key of a stream is the session's seed mixed with blake2b-64 of the stream's address
(never Python's ``hash``); the counter is simulated time in milliseconds.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numba import njit
from numba import uint64 as at

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_CENTRE = 0.425
_FAR = 1.4e-11
"""A little above exp(-25), where the quantile's middle ratio ends."""


def stream_key(seed: int, address: str) -> int:
    """The 64-bit key of the stream at ``address`` under a 128-bit ``seed``, as a signed integer (int64 buffers)."""
    material = seed.to_bytes(16, "little") + address.encode()
    return int.from_bytes(hashlib.blake2b(material, digest_size=8).digest(), "little", signed=True)


@njit(nogil=True, cache=True, forceinline=True)
def philox(key, low, high):  # type: ignore[no-untyped-def]
    """Two uint64 words from a 64-bit ``key`` and a 128-bit counter (``low``, ``high``), all uint64."""
    c0, c1 = low & _LOW, low >> _32
    c2, c3 = high & _LOW, high >> _32
    k0, k1 = key & _LOW, key >> _32
    for _ in range(10):
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (p1 >> _32) ^ c1 ^ k0, p1 & _LOW, (p0 >> _32) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0 | (c1 << _32), c2 | (c3 << _32)


@njit(nogil=True, cache=True, forceinline=True)
def fraction(word):  # type: ignore[no-untyped-def]
    return (np.float64(word >> np.uint64(11)) + 0.5) * 1.1102230246251565e-16


@njit(nogil=True, cache=True)
def uniform(key, counter):  # type: ignore[no-untyped-def]
    """A number strictly between 0 and 1 (53 bits) for an int64 ``key`` and ``counter``."""
    word, _ = philox(np.uint64(key), np.uint64(counter), np.uint64(0))
    return fraction(word)


@njit(nogil=True, cache=True)
def normal(u):  # type: ignore[no-untyped-def]
    """The standard normal quantile of 0 < ``u`` < 1: Wichura's AS 241 (PPND16, 1988), relative error 1e-16."""
    q = u - 0.5
    if abs(q) <= _CENTRE:
        return q * _ratio_centre(_CENTRE * _CENTRE - q * q)
    r = 0.5 - abs(q)
    r = np.sqrt(-np.log(r))
    value = _ratio_middle(r - 1.6) if r <= 5.0 else _ratio_tail(r - 5.0)
    return value if q > 0.0 else -value


@njit(nogil=True, cache=True)
def deviate(key, counter):  # type: ignore[no-untyped-def]
    """A standard normal for an int64 ``key`` and ``counter``."""
    return normal(uniform(key, counter))


@njit(nogil=True)
def draw(real, noise, keys, lanes, counter):  # type: ignore[no-untyped-def]
    """``deviate`` of many streams at once, to the bit, into slots of ``real``.

    ``noise`` is int64[m, 2]: the slot, and the slot that must not be 0 for chance to matter; -1 where it always does,
    and these come first. ``lanes`` is scratch, float64[4, k] for those k.
    """
    chance, value = lanes[0], lanes[1]
    always = chance.size
    for i in range(always):
        word, _ = philox(np.uint64(keys[i]), np.uint64(counter), np.uint64(0))
        chance[i] = fraction(word)
    normals(lanes)
    for i in range(always):
        real[at(noise[i, 0])] = value[i]
    for i in range(always, keys.size):
        real[at(noise[i, 0])] = deviate(keys[i], counter) if real[at(noise[i, 1])] != 0.0 else 0.0


@njit(nogil=True, forceinline=True)
def normals(lanes):  # type: ignore[no-untyped-def]
    """``normal`` of the first row into the second, to the bit; the other two are scratch.

    Each loop does one thing, for all side by side in the processor's vector lanes. The few in the tails are gathered
    and done again; those far out, one in 1e11, one by one.
    """
    chance, value, tail, place = lanes[0], lanes[1], lanes[2], lanes[3]
    tails = 0
    for i in range(chance.size):
        q = chance[i] - 0.5
        value[i] = q * _ratio_centre(_CENTRE * _CENTRE - q * q)
    for i in range(chance.size):
        q = abs(chance[i] - 0.5)
        tail[at(tails)], place[at(tails)] = 0.5 - q, i
        tails += q > _CENTRE
    for i in range(tails):
        tail[i] = -np.log(tail[i])
    for i in range(tails):
        tail[i] = _ratio_middle(np.sqrt(tail[i]) - 1.6)
    for i in range(tails):
        u = chance[at(place[i])]
        z = tail[i] if 0.5 - abs(u - 0.5) > _FAR else abs(normal(u))
        value[at(place[i])] = z if u > 0.5 else -z


@njit(nogil=True, cache=True, forceinline=True, error_model="numpy")
def _ratio_centre(r):  # type: ignore[no-untyped-def]
    top = (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
        + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
        + 133.14166789178437745) * r + 3.387132872796366608)
    bottom = (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
        + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
        + 42.313330701600911252) * r + 1.0)
    return top / bottom


@njit(nogil=True, cache=True, forceinline=True, error_model="numpy")
def _ratio_middle(r):  # type: ignore[no-untyped-def]
    top = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
        + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
        + 4.6303378461565452959) * r + 1.42343711074968357734)
    bottom = (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
        + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
        + 2.05319162663775882187) * r + 1.0)
    return top / bottom


@njit(nogil=True, cache=True, error_model="numpy")
def _ratio_tail(r):  # type: ignore[no-untyped-def]
    top = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
        + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
        + 5.4637849111641143699) * r + 6.6579046435011037772)
    bottom = (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
        + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
        + 0.59983220655588793769) * r + 1.0)
    return top / bottom
