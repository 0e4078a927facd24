"""One lot through many units: a sequence of sessions, each of which receives what the one before delivered (ADR 12)."""

from biotwin.chain.cases import ChainCase, case_slugs, cases, load_case
from biotwin.chain.chain import Chain, Station, chain_slugs, load_chain
from biotwin.chain.flying import Waiting, autopilot, begun, flown, holds, kept_waiting, waiting
from biotwin.chain.lot import Leg, Lot, Release, Store
from biotwin.chain.pooling import most, pooling, stocked
from biotwin.chain.releasing import RELEASE, case_of, due, released
from biotwin.chain.reprocessing import decided, offered

__all__ = [
    "RELEASE", "Chain", "ChainCase", "Leg", "Lot", "Release", "Station", "Store", "Waiting", "autopilot", "begun",
    "case_of", "case_slugs", "cases", "chain_slugs", "decided", "due", "flown", "holds", "kept_waiting", "load_case",
    "load_chain", "most", "offered", "pooling", "released", "stocked", "waiting",
]
