"""One lot through many units: a sequence of sessions, each of which receives what the one before delivered (ADR 12)."""

from biotwin.chain.chain import Chain, Station, chain_slugs, load_chain
from biotwin.chain.flying import Waiting, autopilot, begun, flown, waiting
from biotwin.chain.lot import Leg, Lot, Remark

__all__ = [
    "Chain", "Leg", "Lot", "Remark", "Station", "Waiting", "autopilot", "begun", "chain_slugs", "flown", "load_chain",
    "waiting",
]
