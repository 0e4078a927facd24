"""``biotwin golden PLANT``: between which values the instruments of healthy flights run; flown once, then kept."""

from __future__ import annotations

import argparse
from typing import Any

from biotwin.cli.progress import Bar, say
from biotwin.errors import OutOfRange


def add(commands: Any) -> None:
    """Describe the command line."""
    p = commands.add_parser("golden", help="compute the golden band of a plant")
    p.add_argument("plant")
    p.add_argument("-n", "--members", type=int, default=200, help="healthy flights, at least 200 (default)")
    p.add_argument("--workers", type=int)
    p.add_argument("--keep", action="store_true", help="write it beside the plant, as golden.json")
    p.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the band of each instrument in the middle of the flight, and where the file lies."""
    from biotwin.cli.sample import executor
    from biotwin.ensembles.golden import MEMBERS, golden_band, healthy_scenario, told
    from biotwin.plant.golden import write_golden
    from biotwin.session.library import content_folder

    if arguments.members < MEMBERS:
        raise OutOfRange(f"a golden band needs at least {MEMBERS} flights.", where="-n")
    with Bar("Flying healthy lots", arguments.members) as bar, executor(arguments.workers) as by:
        band = golden_band(arguments.plant, members=arguments.members, executor=by, told=lambda p: bar.to(p.done))
    say(f"{band.plant}: {band.members} healthy flights, {band.time[0] / 3.6e6:.1f} h to {band.time[-1] / 3.6e6:.1f} h")
    middle = band.time.size // 2
    for row, tag in enumerate(band.tags):
        print(f"{tag:12} {band.low[row, middle]:.6g} … {band.high[row, middle]:.6g} at "
              f"{band.time[middle] / 3.6e6:.1f} h (SI)")
    if arguments.keep:
        begins = healthy_scenario(arguments.plant).description.start.phase
        say(f"kept in {write_golden(content_folder() / 'plants', told(band, begins)).name}")
    return 0
