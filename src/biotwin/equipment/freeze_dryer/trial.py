"""The dryer alone on a test bench: cycles flown tick by tick with the pressure held by a plain loop on the bleed."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from biotwin.equipment.freeze_dryer.model import Inputs, Parameters, Readings, Start, State, advance, initial, readings

HOUR = 3600.0
MILLITORR = 0.133322
SINGLE = Parameters(centre_count=398.0, edge_count=0.0, corner_count=0.0, glass_capacity=0.0, bound_moisture=0.0)
"""LyoPRONTO's standard case: one class, no glass, no bound water."""


class Run(NamedTuple):
    """A flown cycle: ``time`` in h and what was read after each tick, the start included."""

    time: tuple[float, ...]
    seen: tuple[Readings, ...]

    def at(self, signal: str, hour: float) -> float:
        """A reading at an instant, interpolated."""
        for n in range(1, len(self.time)):
            if self.time[n] >= hour - 1.0e-9:
                part = (hour - self.time[n - 1]) / (self.time[n] - self.time[n - 1])
                before, after = (float(getattr(self.seen[m], signal)) for m in (n - 1, n))
                return before + part * (after - before)
        return float(getattr(self.seen[-1], signal))

    def when(self, signal: str, level: float) -> float:
        """Hour at which a reading first passes a level from below, interpolated."""
        values = [getattr(s, signal) for s in self.seen]
        n = next(n for n, value in enumerate(values) if value >= level)
        if n == 0:
            return self.time[0]
        part = (level - values[n - 1]) / (values[n] - values[n - 1])
        return self.time[n - 1] + part * (self.time[n] - self.time[n - 1])


def fly(
    p: Parameters, x: State, plan: Callable[[float, Readings], Inputs], hours: float, tick: float,
    until: Callable[[Readings], bool] = lambda _: False,
) -> Run:
    """A cycle under ``plan``, which gives the inputs at an hour from what was last read."""
    y = readings(x, plan(0.0, readings(x, Inputs(), p)), p)
    time, seen = [0.0], [y]
    for n in range(round(hours * HOUR / tick)):
        u = plan(n * tick / HOUR, y)
        x = advance(x, u, p, tick)
        y = readings(x, u, p)
        time.append((n + 1) * tick / HOUR)
        seen.append(y)
        if until(y):
            break
    return Run(tuple(time), tuple(seen))


class HeldPressure:
    """Vacuum open, coil cold, the bleed integrates the miss of the chamber's pressure."""

    def __init__(self, shelf: float, pressure: float, opening: float = 0.17) -> None:
        self.shelf, self.pressure, self.opening = shelf, pressure, opening

    def __call__(self, hour: float, y: Readings) -> Inputs:
        self.opening = min(max(self.opening + 0.003 * (self.pressure - y.chamber_pressure), 0.0), 1.0)
        return Inputs(shelf_target=self.shelf, bleed_opening=self.opening, vacuum_valve=1.0, condenser_duty=1.0)


@lru_cache(maxsize=16)
def primary(shelf: float, millitorr: float, tick: float = 10.0, hours: float = 40.0) -> Run:
    """LyoPRONTO's standard vial, from -35 degC at 1 K/min to ``shelf`` (K), until it is dry."""
    pressure = millitorr * MILLITORR
    start = Start(temperature=237.34, shelf_temperature=238.15, coil_temperature=204.0, pressure=pressure, frozen=1.0)
    held = HeldPressure(shelf, pressure, pressure / 116.0)
    return fly(SINGLE, initial(SINGLE, start), held, hours, tick, until=lambda y: y.centre_dried >= 0.99999)


@lru_cache(maxsize=2)
def freezing() -> Run:
    """LyoPRONTO's freezing example: 15.8 degC, shelf from 10 to -40 degC at 1 K/min."""
    start = Start(temperature=288.95, shelf_temperature=283.15)
    return fly(SINGLE, initial(SINGLE, start), lambda *_: Inputs(shelf_target=233.15), 3.0, 6.0)


@lru_cache(maxsize=2)
def secondary() -> Run:
    """ContLyo's cake (10.2 mm, 215 kg/m3, 2590 J/kg/K, 7 W/m2/K) as one heat capacity, 0.5 K/min to 312 K."""
    cake = 215.0 * 0.0102 * 3.8e-4
    p = SINGLE._replace(
        contact=7.0, gas_conduction=0.0, solids_capacity=2590.0, bound_moisture=0.0603,
        desorption=1.2e-3, desorption_energy=5920.0, ramp=0.5 / 60.0,
    )
    start = Start(temperature=264.09, shelf_temperature=264.09, coil_temperature=204.0, pressure=10.0, dried=1.0,
                  excipient=cake / 2.0e-6)
    return fly(p, initial(p, start), lambda *_: Inputs(shelf_target=312.0, vacuum_valve=1.0, condenser_duty=1.0),
               6.0, 10.0)


@lru_cache(maxsize=4)
def batch(loss: float = 0.0, tick: float = 20.0) -> Run:
    """The default batch of three classes at 0 degC and 150 mTorr; refrigeration may fail after 3 h."""
    held = HeldPressure(273.15, 150.0 * MILLITORR)
    start = Start(temperature=235.15, shelf_temperature=238.15, coil_temperature=204.0, pressure=20.0, frozen=1.0)

    def plan(hour: float, y: Readings) -> Inputs:
        return held(hour, y)._replace(refrigeration_loss=loss if hour >= 3.0 else 0.0)

    p = Parameters()
    return fly(p, initial(p, start), plan, 6.0 if loss else 20.0, tick)
