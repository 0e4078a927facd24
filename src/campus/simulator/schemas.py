"""What is kept carries a schema number: an older body is brought up to date when it is read, a newer one is refused.

The rows themselves are never rewritten. To change a shape: raise its number here, and say in ``UPGRADES`` how a body
of the number before becomes one of the new number. The wire has its own number (``protocol.VERSION``), compared at
``hello``; a snapshot's (``biotwin.session.state``) needs no upgrade, because a snapshot may always be deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from biotwin.errors import BiotwinError

CURRENT = {"journal": 2, "debrief": 1}


def _as_it_is(body: Any) -> Any:
    """Only kinds were added: what was written before reads as it did."""
    return body


UPGRADES: dict[str, dict[int, Callable[[Any], Any]]] = {"journal": {1: _as_it_is}, "debrief": {}}


class NewerSchema(BiotwinError):
    """What is kept was written by a newer campus."""

    code = "newer_schema"


def up_to_date(kind: str, schema: int, body: str) -> str:
    """A body (JSON) in today's shape. Raises ``NewerSchema``; ``KeyError`` where an upgrade was forgotten."""
    if schema > CURRENT[kind]:
        raise NewerSchema(f"The {kind} was written with schema {schema}; this build reads up to {CURRENT[kind]}.",
                          next_step="Upgrade the campus, then open it again.")
    if schema == CURRENT[kind]:
        return body
    value = msgspec.json.decode(body)
    for number in range(schema, CURRENT[kind]):
        value = UPGRADES[kind][number](value)
    return msgspec.json.encode(value).decode()
