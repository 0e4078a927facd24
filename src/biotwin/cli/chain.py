"""``biotwin chain SLUG``: fly a whole lot on autopilot and print what each station received and delivered."""

from __future__ import annotations

import argparse
import sys
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from biotwin.chain import Chain, Leg, Lot

HEAD = f"{'station':<23}{'time':>9}{'waited':>9}{'volume in':>12}{'out':>10}{'protein in':>13}{'out':>11}{'yield':>8}"


def add(commands: Any) -> None:
    """Describe the command line."""
    p = commands.add_parser("chain", help="fly a lot through a whole chain on autopilot")
    p.add_argument("slug")
    p.add_argument("--seed", type=int, default=1, help="decides everything that chance decides (default 1)")
    p.add_argument("--case", default="", help="what happens to this lot (default: nothing)")
    p.add_argument("--saves", action="store_true", help="with somebody at the stops of the case who notices in time")
    p.add_argument("--until", default="", metavar="STATION", help="stop before this station")
    p.add_argument("--pool", type=int, default=0, metavar="N", help="pool in N portions of the lot before")
    p.add_argument("--trace", default="", metavar="CONTAINER", help="say what this container came of and went into")
    p.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when the lot has been through."""
    from biotwin.chain import autopilot, begun, load_chain
    from biotwin.quantity import display

    chain = load_chain(arguments.slug)
    if arguments.until:
        chain.station(arguments.until)
    if arguments.pool:
        _pools(chain, arguments.until)
    start = perf_counter()
    lot = begun(chain, arguments.seed, arguments.case)
    if arguments.pool:
        lot = _pooled(chain, lot, arguments.pool, arguments.saves)
    lot = autopilot(chain, lot, until=arguments.until, saving=arguments.saves,
                    told=lambda station: print(f"{station} …", file=sys.stderr))
    print(HEAD)
    for leg in lot.passages:
        print(_row(leg))
    if lot.release is not None:
        print(f"release: {lot.release.outcome} {lot.release.reason}".rstrip())
    for slug, value in lot.legs[-1].reports.items() if len(lot.legs) == len(chain.order) else ():
        handover = chain.stations[lot.legs[-1].station].handover
        d = handover.description.reports[slug]
        shown = display(d.unit, of=handover.units[slug], digits=d.digits).shown(value)
        print(f"{d.title.en}: {shown:.{d.digits}f} {d.unit}")
    print(f"{lot.time / 86_400_000:.1f} days of the lot in {perf_counter() - start:.2f} s")
    if arguments.trace:
        _trace(lot, arguments.trace)
    return 0


def _trace(lot: Lot, name: str) -> None:
    """Where a container of the lot leads, back and forward, with the flights that made what is named."""
    from biotwin.chain.genealogy import genealogy
    from biotwin.errors import UnknownName, known

    found = genealogy(lot)
    names = [one.name for one in found.containers]
    if name not in names:
        raise UnknownName(f"the lot has no container {name!r}.", next_step=known(names))
    flights = {passage.target: passage.digest[:12] for passage in found.passages}
    for way, others in (("came of", found.ancestors(name)), ("went into", found.descendants(name))):
        print(f"{name} {way}:")
        for other in others:
            print(f"  {other:<38}{flights.get(other, '')}".rstrip())


def _pools(chain: Chain, until: str = "") -> str:
    """The first station that pools lots. Raises ``DescriptionError`` where a flight ``until`` a station flies none."""
    from biotwin.errors import DescriptionError

    here = next((slug for slug, station in chain.stations.items() if station.pools is not None), "")
    if not here:
        raise DescriptionError(f"no station of {chain.slug} pools lots.", next_step="Leave --pool out.")
    if until and chain.order.index(until) <= chain.order.index(here):
        raise DescriptionError(f"lots are pooled at {here}, and the lot stops before {until}.",
                               next_step=f"Leave --pool out, or fly on beyond {here}.")
    return here


def _pooled(chain: Chain, lot: Lot, portions: int, saving: bool) -> Lot:
    """The lot up to the first station that pools lots, with so many portions chosen there."""
    from biotwin.chain import autopilot, pooling, stocked

    lot = stocked(chain, autopilot(chain, lot, until=_pools(chain), saving=saving))
    if lot.store is not None:
        print(f"lot {lot.store.lot} in store: {lot.store.known(lot.time) or 'not decided yet'}", file=sys.stderr)
    return pooling(chain, lot, portions)


def _row(leg: Leg) -> str:
    from biotwin.materials.attributes import protein

    before, after = protein(leg.received), protein(leg.delivered)
    share = f"{100 * after / before:7.1f}%" if before > 0 else f"{'':>8}"
    return (f"{leg.name:<23}{leg.duration / 3.6e6:8.1f}h{leg.waited / 3.6e6:8.1f}h{1e3 * leg.received.volume:11.3f}L"
            f"{1e3 * leg.delivered.volume:9.2f}L{1e3 * before:12.3f}g{1e3 * after:10.3f}g{share}")
