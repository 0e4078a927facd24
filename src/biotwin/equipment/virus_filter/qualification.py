"""Objective tests of the filter: what ``reference.yaml`` calls. Each flies it through time by Heun's method."""

from __future__ import annotations

from math import exp

from biotwin.equipment.virus_filter import model
from biotwin.equipment.virus_filter.model import Inputs, Parameters, Readings, Start, State
from biotwin.finding import Result

PRESSING = Inputs(air_opening=0.4, vent_opening=0.6, outlet_opening=1.0, load_product=17.9, load_aggregates=0.11)
"""Two bar of the five that the supply has."""
RELEASED = PRESSING._replace(air_opening=0.0, vent_opening=1.0)
PLAIN = Parameters(large=1.0, prefilter_resistance=0.0, prefilter_capacity=1e-12, aggregate_retention=1.0,
                   holdup=1e-4, plugging=0.0, intrinsic_viscosity=0.0, shared=0.0, diffusion=0.0, drain_time=1.0)
"""A filter alone: no prefilter, no viscosity, hardly any hold-up."""


class Rig:
    """A filter under test, its tank full of pool."""

    def __init__(self, p: Parameters, u: Inputs, volume: float, tick: float = 2.0) -> None:
        self.p, self.u, self.tick, self.time = p, u, tick, 0.0
        content = {"tank_product": u.load_product, "tank_aggregates": u.load_aggregates, "tank_parvovirus": 1.0,
                   "tank_enveloped": 1.0, "loaded_volume": 1.0, "loaded_product": u.load_product,
                   "loaded_aggregates": u.load_aggregates}
        begin = model.initial(p, Start(volume=volume))
        self.x = begin._replace(**{name: value * volume for name, value in content.items()})

    def see(self) -> Readings:
        y: Readings = model.readings(self.x, self.u, self.p)
        return y

    def step(self) -> Readings:
        """One tick, then what stands on the skid."""
        first = model.equations(self.x, self.u, self.p)
        ahead = State(*(a + self.tick * b for a, b in zip(self.x, first, strict=True)))
        second = model.equations(ahead, self.u, self.p)
        self.x = State(*(a + 0.5 * self.tick * (b + c) for a, b, c in zip(self.x, first, second, strict=True)))
        self.time += self.tick
        return self.see()

    def filled(self) -> Rig:
        """With the pool already in the housing and the pressure up, nothing yet filtered."""
        pool, held = self.u, self.p.holdup
        self.x = self.x._replace(pressure=2.0e5, held_product=pool.load_product * held, held_parvovirus=held,
                                 held_aggregates=pool.load_aggregates * held, held_enveloped=held)
        return self


def selective_plugging(*, ratio: float) -> float:
    """(32) Change of the log reduction when plugging has left ``ratio`` of the flux and wide pores stay open."""
    rig = Rig(PLAIN._replace(plugging=120.0), PRESSING, 1.0).filled()
    begin = y = rig.see()
    while y.flux > ratio * begin.flux:
        before, y = y, rig.step()
    share = (before.flux - ratio * begin.flux) / (before.flux - y.flux)
    found = before.gold_log_reduction + share * (y.gold_log_reduction - before.gold_log_reduction)
    return found - begin.gold_log_reduction


def flux_decline(*, mechanism: str, kt: float) -> Result:
    """(26) J/J0 at constant pressure after K t, beside Hermia's integrated law."""
    strength = {"complete": {"complete": 120.0}, "intermediate": {"plugging": 120.0}}[mechanism]
    rig = Rig(PLAIN._replace(**strength), PRESSING, 1.0).filled()
    first = rig.see().flux
    rate = 120.0 * PRESSING.load_aggregates * first
    time, twin = [0.0], [1.0]
    while rig.time < kt / rate:
        twin.append(rig.step().flux / first)
        time.append(rig.time)
    share = (kt / rate - time[-2]) / (time[-1] - time[-2])
    exact = tuple(exp(-rate * t) if mechanism == "complete" else 1.0 / (1.0 + rate * t) for t in time)
    return Result(twin[-2] + share * (twin[-1] - twin[-2]), tuple(time), tuple(twin), exact)


def pooled(*, leak: float, worse: float, share: float) -> float:
    """Log reduction of a bag whose last ``share`` passed by a defect: an arithmetic mean of passages."""
    rig = Rig(PLAIN._replace(leak=leak), PRESSING, 0.1).filled()
    y = rig.see()
    while y.liquid_volume < 0.0999:
        broken = y.liquid_volume >= (1.0 - share) * 0.1
        rig.u = PRESSING._replace(breach=worse if broken else 0.0)
        y = rig.step()
    return y.log_reduction


def _until(rig: Rig, volume: float) -> Readings:
    y = rig.see()
    while y.liquid_volume < volume:
        y = rig.step()
    return y


def healthy_lot(*, signal: str, volume: float) -> float:
    """A reading after ``volume`` of the usual pool at 2 bar, without interruption."""
    return float(getattr(_until(Rig(Parameters(), PRESSING, 0.3), volume), signal))


def released(*, minutes: float, volume: float) -> float:
    """Highest transmission after a pressure release of so many minutes, over that before it."""
    rig = Rig(Parameters(), PRESSING, 0.3)
    before = _until(rig, volume).passing_log_reduction
    rig.u = RELEASED
    end = rig.time + 60.0 * minutes
    while rig.time < end:
        rig.step()
    rig.u, worst = PRESSING, before
    for _ in range(150):
        y = rig.step()
        worst = min(worst, y.passing_log_reduction) if y.pressure > 1.0e5 else worst
    return float(10.0 ** (before - worst))


def prefilter_helps(*, volume: float) -> float:
    """Flux that is left with a prefilter over that without, after ``volume`` of pool."""
    left = []
    for bypass in (0.0, 1.0):
        rig = Rig(Parameters(), PRESSING._replace(prefilter_bypass=bypass), 0.3)
        _until(rig, volume)
        left.append(rig.x.open)
    return left[0] / left[1]


def unaccounted(*, hours: float) -> float:
    """Largest part of any content that the books lose over a run with every malfunction at a third."""
    u = PRESSING._replace(breach=0.003, prefilter_bypass=0.3, fouling_gain=1.0, outlet_throttled=0.2, dry=0.3,
                          diversion=0.2, sample_flow=1e-7, return_flow=2e-6, load_flow=1e-5, buffer_flow=1e-6)
    rig = Rig(Parameters(), u, 0.3)
    start = rig.x
    while rig.time < 3600.0 * hours:
        rig.step()
    worst = 0.0
    for weights in model.BALANCES.values():
        sums = [sum(w * getattr(s, name) for name, w in weights.items()) for s in (start, rig.x)]
        worst = max(worst, abs(sums[1] - sums[0]) / max(abs(getattr(rig.x, name)) for name in weights))
    return worst
