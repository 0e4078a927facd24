"""The catalogue of errors: each says what is wrong, where, and what to do next, in words a teacher can use.

``where`` is an address that the reader can open: ``content/plants/x/plant.yaml:14``, a field, a tag.
"""

from __future__ import annotations


class BiotwinError(Exception):
    """Anything that the twin refuses to do; ``code`` is stable and translatable, the text is English."""

    code = "error"

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        self.what, self.where, self.next_step = what, where, next_step
        super().__init__(f"{where}: {what}" if where else what)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head} {self.next_step}".rstrip()


class DescriptionError(BiotwinError):
    """A plant, a scenario or a drawer's data file does not say what it must."""

    code = "description_invalid"


class UnknownName(DescriptionError):
    """A reference leads nowhere; the message lists what is known."""

    code = "name_unknown"


class DimensionError(DescriptionError):
    """A quantity has the wrong dimension, or none where one is needed."""

    code = "dimension_wrong"


class OutOfRange(BiotwinError):
    """A value lies outside the range that its signal declares."""

    code = "out_of_range"


class InputInvalid(BiotwinError):
    """An input cannot be understood or names nothing in the plant: it is not journaled and changes nothing."""

    code = "input_invalid"


class StateNotFinite(BiotwinError):
    """A tick produced NaN or infinity: the session is frozen at the last good tick and keeps its journal."""

    code = "state_not_finite"


class SnapshotInvalid(BiotwinError):
    """A snapshot is damaged, or was made by another plant, schema or engine."""

    code = "snapshot_invalid"


class EngineMismatch(BiotwinError):
    """A journal was written by another engine build or on another platform: bits may differ."""

    code = "engine_mismatch"


class ReplayDiverged(BiotwinError):
    """A replay does not reproduce a digest that the journal carries."""

    code = "replay_diverged"


class MissingPeer(BiotwinError):
    """A program or a server that was asked for is not there."""

    code = "missing_peer"


def known(names: object) -> str:
    """``Known: a, b, c.`` for the end of a message, sorted, at most twenty names."""
    ordered = sorted(str(n) for n in names)  # type: ignore[attr-defined]
    tail = ", …" if len(ordered) > 20 else ""
    return f"Known: {', '.join(ordered[:20])}{tail}." if ordered else "None is known."
