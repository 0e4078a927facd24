"""What people write on the command line, read: seeds, simulated times, speeds, changed numbers."""

from __future__ import annotations

from biotwin.ensembles.distributions import Normal, Override, Relative, Uniform
from biotwin.errors import DimensionError, OutOfRange
from biotwin.quantity import si


def seed(text: str) -> int:
    """A whole number, or hexadecimal after ``0x``; 0 to 2**128 - 1."""
    try:
        value = int(text, 0)
    except ValueError:
        raise OutOfRange(f"{text!r} is no seed.", where="--seed", next_step="Write a whole number or 0x….") from None
    if not 0 <= value < 2**128:
        raise OutOfRange("a seed lies between 0 and 2^128 - 1.", where="--seed")
    return value


def milliseconds(text: str, where: str) -> int:
    """``"5 day"`` or ``"36 h"`` as simulated milliseconds, not negative."""
    if text.strip().replace(".", "", 1).isdigit():
        raise DimensionError(f"{text!r} has no unit.", where=where, next_step=f"Write '{text} h' or '{text} day'.")
    value = round(si(text, "s", where=where) * 1000)
    if value < 0:
        raise OutOfRange(f"{text!r} lies before the start.", where=where)
    return value


def speed(text: str) -> float:
    """Simulated seconds per second; ``max`` is infinite."""
    if text == "max":
        return float("inf")
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not value > 0.0:
        raise OutOfRange(f"{text!r} is no speed.", where="--speed", next_step="Write max, or a number such as 60.")
    return value


def override(text: str) -> tuple[str, Override]:
    """``ADDRESS=VALUE`` in SI: ``0.3``, ``0.2..0.4`` (evenly), ``0.3+-0.05`` (normal), ``10%`` (around its own)."""
    address, _, value = text.partition("=")
    try:
        if ".." in value:
            low, high = (float(v) for v in value.split(".."))
            return address, Uniform(low, high)
        if "+-" in value:
            mean, deviation = (float(v) for v in value.split("+-"))
            return address, Normal(mean, deviation)
        if value.endswith("%"):
            return address, Relative(float(value[:-1]) / 100.0)
        return address, float(value)
    except ValueError:
        raise OutOfRange(
            f"{text!r} changes nothing.", where="--set",
            next_step="Write ADDRESS=0.3, ADDRESS=0.2..0.4, ADDRESS=0.3+-0.05 or ADDRESS=10%, in SI.",
        ) from None
