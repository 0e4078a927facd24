"""Noise: the published vectors, the shape of the law, and that nothing depends on the order of asking."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from numba import njit

from biotwin.randomness import deviate, draw, normal, normals, philox, stream_key, uniform

ONES = 2**64 - 1


@njit
def words(key, low, high):  # type: ignore[no-untyped-def]
    return philox(np.uint64(key), np.uint64(low), np.uint64(high))


@pytest.mark.parametrize(("key", "counter", "expected"), [
    (0, (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    (ONES, (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (0x299F31D0_A4093822, (0x85A308D3_243F6A88, 0x03707344_13198A2E),
     (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
], ids=["zeros", "ones", "pi"])
def test_philox_gives_the_published_vectors(
    key: int, counter: tuple[int, int], expected: tuple[int, int, int, int]
) -> None:
    first, second = words(np.uint64(key), np.uint64(counter[0]), np.uint64(counter[1]))
    found = (first & 0xFFFFFFFF, first >> 32, second & 0xFFFFFFFF, second >> 32)
    assert tuple(int(w) for w in found) == expected


def test_the_normal_quantile_is_wichuras() -> None:
    normal = NormalDist()
    for counter in range(4000):
        assert float(deviate(12345, counter)) == pytest.approx(normal.inv_cdf(float(uniform(12345, counter))), abs=1e-9)


def test_deviates_are_standard_normal() -> None:
    drawn = np.array([deviate(stream_key(7, "usp/br101/tt101"), t) for t in range(0, 20_000_000, 1000)])
    assert abs(drawn.mean()) < 4.0 / np.sqrt(drawn.size)
    assert abs(drawn.std() - 1.0) < 4.0 / np.sqrt(2.0 * drawn.size)
    assert 3.4 < np.abs(drawn).max() < 6.0


def test_uniform_never_reaches_its_ends() -> None:
    drawn = [float(uniform(3, t)) for t in range(20_000)]
    assert 0.0 < min(drawn) < 0.001
    assert 0.999 < max(drawn) < 1.0


def test_streams_are_strangers() -> None:
    one, other = (np.array([deviate(stream_key(1, a), t) for t in range(8000)]) for a in ("a/b/t1", "a/b/t2"))
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.05
    assert stream_key(1, "a/b/t1") != stream_key(2, "a/b/t1")
    assert stream_key(2**127, "x") != stream_key(0, "x")


def test_many_streams_at_once_are_each_stream_alone_to_the_bit() -> None:
    keys = np.array([stream_key(3, f"a/b/t{i}") for i in range(33)], dtype=np.int64)
    noise = np.array([(2 * i, -1 if i < 31 else 70 + i) for i in range(33)], dtype=np.int64)
    real, lanes = np.zeros(110), np.zeros((4, 31))
    real[70 + 31] = 1.0
    tails = 0
    for counter in range(0, 60_000_000, 60_000):
        draw(real, noise, keys, lanes, counter)
        alone = np.array([deviate(key, counter) for key in keys[:32]])
        tails += int(np.sum(np.abs(alone) > 1.5))
        assert real[0:64:2].tobytes() == alone.tobytes()
        assert real[64] == 0.0
    assert tails > 1_000


def test_the_quantile_of_many_is_that_of_each_to_the_bit_out_to_the_ends() -> None:
    ends = np.array([2.0**-54, 1e-15, 1e-12, 1.38e-11, 1.39e-11, 1.41e-11, 1e-9, 0.0749999, 0.075, 0.0750001, 0.3, 0.5])
    lanes = np.zeros((4, 2 * ends.size))
    lanes[0] = np.concatenate([ends, 1.0 - np.maximum(ends, 2.0**-53)])
    normals(lanes)
    assert lanes[1].tobytes() == np.array([normal(u) for u in lanes[0]]).tobytes()
    assert lanes[1].min() < -8.0 < 8.0 < lanes[1].max()
