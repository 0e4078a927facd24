"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from math import exp
from statistics import NormalDist

from biotwin.equipment.isolator.model import BALANCES, Inputs, Parameters, Start, State, advance, initial, readings
from biotwin.properties.counts import counted

NORMAL = NormalDist()


def recovery(*, changes: float) -> float:
    """Minutes in which an empty room falls to a hundredth, at ``changes`` an hour."""
    p = Parameters(room_changes=changes / 3600.0)
    x, u, seconds = initial(p, Start()), Inputs(people=0.0), 0
    first = x.room_small
    while x.room_small > 0.01 * first:
        x, seconds = advance(x, u, p, 1.0), seconds + 1
    return seconds / 60.0


def in_operation(*, reading: str, minutes: float) -> float:
    """A true concentration (1/m3) while the line runs at full speed, two people in the room."""
    p, u, x = Parameters(), Inputs(fan=1.0, line_speed=2.0), initial(Parameters(), Start())
    for _ in range(round(minutes)):
        x = advance(x, u, p, 60.0)
    return float(getattr(readings(x, u, p), reading))


def recovery_rate(*, of: str, hours: float) -> float:
    """Part of the plates that grow in a lot of ``hours`` after decontamination; gloves work twice an hour."""
    p, x = Parameters(), initial(Parameters(), Start())
    busy = Inputs(fan=1.0, line_speed=2.0)
    lot = [(40, Inputs(fan=1.0, generator=1.0, plates=0.0)), (60, Inputs(fan=1.0, aeration=1.0, plates=0.0))]
    for minutes, u in [*lot, *[(28, busy), (2, busy._replace(line_speed=0.0, intervention=1.0))] * round(2.0 * hours)]:
        for _ in range(minutes):
            x = advance(x, u, p, 60.0)
    return 1.0 - exp(-float(getattr(x, of)))


def shed_by(*, people: float, reading: str) -> float:
    """Concentration (1/m3) in the room after hours with so many people."""
    p, u, x = Parameters(), Inputs(fan=1.0, people=people), initial(Parameters(), Start())
    for _ in range(240):
        x = advance(x, u, p, 60.0)
    return float(getattr(readings(x, u, p), reading))


def media_fill(*, units: float, found: float) -> float:
    """Upper limit (95 %, one side) of the contaminated part when ``found`` of ``units`` grew, by our Poisson law."""
    low, high, tail = 0.0, 20.0, NORMAL.inv_cdf(0.05)
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if counted(middle, tail) > found else (middle, high)
    return high / units


def mean_of_counts(*, mean: float, draws: int) -> float:
    """Mean of the shown counts over the true one."""
    return sum(counted(mean, NORMAL.inv_cdf((n + 0.5) / draws)) for n in range(draws)) / draws / mean


def gassed(*, seconds: float, aerated: float, tick: float) -> float:
    """Peroxide in the gas (kg) after full dosing for ``seconds``, then aeration for ``aerated``."""
    p, x = Parameters(), initial(Parameters(), Start())
    for length, u in ((seconds, Inputs(generator=1.0)), (aerated, Inputs(aeration=1.0))):
        for _ in range(round(length / tick)):
            x = advance(x, u, p, tick)
    return x.gas


def wash_out_share() -> float:
    """Gas after an hour of aeration over what washing out alone would leave of it."""
    p = Parameters()
    return gassed(seconds=1800.0, aerated=3600.0, tick=10.0) / gassed(
        seconds=1800.0, aerated=0.0, tick=10.0) * 2.718281828 ** (3600.0 * p.aeration_flow / p.volume)


def balance_error(*, hours: float) -> float:
    """Largest open part of the peroxide's balance over what was made, at changing ticks and doors."""
    p, x, worst = Parameters(), State(*initial(Parameters(), Start())), 0.0
    for n in range(round(hours * 60.0)):
        u = Inputs(fan=n % 2, door=float(n % 7 == 0), generator=0.3 * (n % 4), aeration=float(n % 5 == 0))
        x = advance(x, u, p, (0.1, 1.0, 60.0, 600.0)[n % 4])
        for terms in BALANCES.values():
            parts = [w * getattr(x, f) for f, w in terms.items()]
            worst = max(worst, abs(sum(parts)) / max(x.dosed, 1.0e-12))
    return worst
