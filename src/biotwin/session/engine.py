"""Which engine computed this: a digest of every source that can change a result, and the platform's fingerprint.

Two runs are equal to the bit where both agree; elsewhere they are compared within a tolerance, and it is said so.
"""

from __future__ import annotations

import hashlib
import math
import platform
from functools import lru_cache
from pathlib import Path

SUFFIXES = (".py", ".yaml")
ABOVE = frozenset({"views", "qualification", "ensembles", "pilots", "cli", "content"})
"""Floors above the session: by the import contracts nothing that computes a result can reach them. And the content that
an installed package carries: plants and scenarios have digests of their own."""


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """blake2b of every source that can change a result, in path order: 32 hex digits."""
    root = Path(__file__).parents[1]
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(p for p in root.rglob("*") if p.suffix in SUFFIXES):
        below = path.relative_to(root)
        if below.parts[0] not in ABOVE:
            digest.update(str(below).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def platform_fingerprint() -> str:
    """Versions of numba, llvmlite and numpy, the CPU, and what the C library answers on a fixed vector."""
    import llvmlite
    import llvmlite.binding
    import numba
    import numpy

    answers = [f(x / 7.0) for x in range(1, 40) for f in (math.exp, math.log, math.cos, math.tanh)]
    answers += [math.pow(x / 3.0, 0.4) for x in range(1, 40)]
    parts = (
        numba.__version__, llvmlite.__version__, numpy.__version__, platform.machine(),
        llvmlite.binding.get_host_cpu_name(), ",".join(a.hex() for a in answers),
    )
    return hashlib.blake2b("|".join(parts).encode(), digest_size=16).hexdigest()
