"""Objective tests of the skid: what ``reference.yaml`` calls. A number in parentheses is that of downstream.md 6.5.

The published case (lactose and protein, diafiltration-project) is in mol/m3; its laws are linear in the protein's unit,
so its mol/m3 are this drawer's kg/m3. It has neither hold-up nor Donnan nor volume exclusion: they are switched off.
"""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np

from biotwin.equipment.ultrafiltration import model
from biotwin.equipment.ultrafiltration.flux import Channel, Film, Osmotic, osmotic
from biotwin.equipment.ultrafiltration.model import LAWS, Inputs, Parameters, Readings, Start, State
from biotwin.finding import Result

HOUR, LITRE = 3600.0, 1e-3
CASE = Parameters(hold_up=0.0, product_sieving=0.0, excipient_partition=1.3, charge=0.0, specific_volume=0.0,
                  vortex_volume=1e-6, leg_volume=0.0, pass_damage=0.0, air_damage=0.0, intrinsic_viscosity=0.0,
                  channel_drop=2.0e4)
CASE_START = Start(volume=0.1, product=10.0, aggregate_fraction=0.0, salt=0.0, acid=0.0, base=0.0, excipient=150.0)
PUMPING = Inputs(feed_flow=8.333e-5, retentate_opening=0.2)


class Skid:
    """A skid under test."""

    def __init__(self, p: Parameters, start: Start, u: Inputs, law: str = "film", tick: float = 30.0) -> None:
        self.p, self.u, self.tick, self.time = p, u, tick, 0.0
        self.law = LAWS["flux"][law][0]
        self.figures: Any = {"film": Film, "osmotic": Osmotic}[law]()
        self.x = np.array(model.initial(p, start))

    def seen_at(self, x: np.ndarray) -> Readings:
        y: Readings = model.readings(State(*x.tolist()), self.u, self.p, self.law, self.figures)
        return y

    def see(self) -> Readings:
        return self.seen_at(self.x)

    def slope(self, x: np.ndarray, ratio: float) -> np.ndarray:
        u = self.u._replace(buffer_flow=ratio * self.seen_at(x).permeate_flow)
        return np.array(model.equations(State(*x.tolist()), u, self.p, self.law, self.figures))

    def step(self, ratio: float = 0.0) -> Readings:
        """One tick of Heun's method with an ideal ratio of buffer to permeate, then what stands on the skid."""
        first = self.slope(self.x, ratio)
        self.x = self.x + 0.5 * self.tick * (first + self.slope(self.x + self.tick * first, ratio))
        self.time += self.tick
        return self.see()


def case_permeate(*, concentration: float) -> float:
    """(34) Permeate flow, m3/s, of the published case at a protein concentration."""
    return Skid(CASE, CASE_START._replace(product=concentration), PUMPING).see().permeate_flow


def case_partition(*, concentration: float) -> float:
    """(39) Lactose in the permeate over lactose in the retentate at a protein concentration."""
    y = Skid(CASE, CASE_START._replace(product=concentration), PUMPING).see()
    return y.permeate_excipient / y.excipient


def case_time(*, target: float, tick: float = 30.0) -> Result:
    """(35) Seconds of ultrafiltration until the protein reaches ``target``; reference curve: the published end."""
    skid, before = Skid(CASE, CASE_START, PUMPING, tick=tick), CASE_START.product
    seen = [before]
    while seen[-1] < target and skid.time < 6.0 * HOUR:
        seen.append(skid.step().concentration)
    crossed = skid.time - tick * (seen[-1] - target) / (seen[-1] - seen[-2])
    times = tuple(tick * n for n in range(len(seen)))
    return Result(crossed, times, tuple(seen), (target,) * len(seen))


def case_open_loop(*, signal: str, ratio: float, hours: float, tick: float = 30.0) -> float:
    """(36) A reading after ``hours`` with buffer at ``ratio`` of the permeate."""
    skid = Skid(CASE, CASE_START, PUMPING, tick=tick)
    for _ in range(round(hours * HOUR / tick)):
        y = skid.step(ratio)
    return float(getattr(y, signal))


def washing(*, sieving: float, diavolumes: float) -> Result:
    """(40) What is left of a solute that passes with ``sieving``, after diavolumes at constant volume; closed form."""
    p = CASE._replace(product_sieving=sieving)
    skid = Skid(p, CASE_START._replace(volume=0.02, product=1.0), PUMPING, tick=10.0)
    seen, left = [0.0], [1.0]
    while seen[-1] < diavolumes:
        y = skid.step(1.0)
        seen.append(y.permeate_volume / 0.02)
        left.append(y.concentration)
    share = (diavolumes - seen[-2]) / (seen[-1] - seen[-2])
    value = float(np.exp(log(left[-2]) + share * (log(left[-1]) - log(left[-2]))))
    return Result(value, tuple(seen), tuple(left), tuple(float(np.exp(-sieving * n)) for n in seen))


def diavolumes(*, sieving: float, removed: float) -> float:
    """(40) Diavolumes until ``removed`` of a solute is gone."""
    p = CASE._replace(product_sieving=sieving)
    skid, left, gone = Skid(p, CASE_START._replace(volume=0.02, product=1.0), PUMPING, tick=10.0), 1.0, 0.0
    while left > 1.0 - removed:
        before, at = left, gone
        y = skid.step(1.0)
        left, gone = y.concentration, y.permeate_volume / 0.02
    share = (log(before) - log(1.0 - removed)) / (log(before) - log(left))
    return at + share * (gone - at)


def concentration_yield(*, factor: float, retention: float) -> float:
    """(41) Protein left of that at the start when the volume has fallen by ``factor``."""
    p = CASE._replace(product_sieving=1.0 - retention)
    skid = Skid(p, CASE_START._replace(product=5.0), PUMPING, tick=30.0)
    y = skid.see()
    while y.liquid_volume > 0.1 / factor:
        before, y = y, skid.step()
    ends = [log(s.liquid_volume) for s in (before, y)]
    share = (ends[0] - log(0.1 / factor)) / (ends[0] - ends[1])
    kept = [s.liquid_volume * s.concentration / 0.5 for s in (before, y)]
    return float(kept[0] + share * (kept[1] - kept[0]))


def viscosity(*, concentration: float) -> float:
    """(43) Relative viscosity that the channel feels."""
    return Skid(Parameters(), Start(product=concentration), PUMPING, "osmotic").see().viscosity


def equilibrium(*, signal: str, charge: float, concentration: float, salt: float, diavolumes: float = 8.0) -> float:
    """A reading after diafiltration, at constant volume, of a charged protein into a 1:1 electrolyte of ``salt``.

    The buffer's pH is 6.0, ``ph`` is returned as the shift from it.
    """
    p = Parameters(charge=charge, product_sieving=0.0, leg_volume=0.0)
    buffer = Inputs(feed_flow=8.333e-5, retentate_opening=0.3, buffer_salt=0.9 * salt, buffer_acid=0.1 * salt,
                    buffer_base=0.1 * salt, buffer_excipient=200.0)
    skid = Skid(p, Start(volume=0.005, product=concentration, salt=100.0, acid=5.0, base=5.0), buffer, "osmotic")
    y = skid.see()
    while y.permeate_volume < diavolumes * 0.005:
        y = skid.step(1.0)
    return y.ph - 6.0 if signal == "ph" else float(getattr(y, signal))


def osmotic_flux(*, pressure: float, concentration: float) -> float:
    """Flux, m/s, of the osmotic law at a uniform transmembrane pressure and the reference crossflow."""
    found: float = osmotic(Channel(concentration, pressure, pressure, 2.8e-10, 1.0), Osmotic(stagnant=0.0))
    return found


def highest_concentration(*, hours: float) -> Result:
    """Protein, kg/m3, when the relief valve opens in a concentration with a fixed valve; drawn: feed pressure, bar."""
    skid = Skid(Parameters(), Start(volume=0.05, product=20.0), PUMPING, "osmotic", 60.0)
    y, seen = skid.see(), []
    while y.feed_pressure < 0.999 * skid.p.relief_pressure and skid.time < hours * HOUR:
        y = skid.step()
        seen.append(y.feed_pressure * 1e-5)
    times = tuple(60.0 * (n + 1) for n in range(len(seen)))
    return Result(y.concentration, times, tuple(seen), (4.0,) * len(seen))


def leg_tail(*, unflushed: float, diavolumes: float = 10.0) -> float:
    """Salt left after a diafiltration into water-like buffer, over what a perfectly mixed skid would have."""
    left = []
    for severity in (unflushed, 0.0):
        u = PUMPING._replace(leg_unflushed=severity, buffer_acid=10.0, buffer_base=10.0)
        skid = Skid(Parameters(charge=0.0), Start(volume=0.005, product=20.0), u, "osmotic")
        y = skid.see()
        while y.permeate_volume < diavolumes * 0.005:
            y = skid.step(1.0)
        left.append(y.salt)
    return left[0] / left[1]
