"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.equipment.freeze_dryer import trial, vial
from biotwin.equipment.freeze_dryer.model import Inputs, Parameters, Start, State, advance, at_centre, centre, initial
from biotwin.equipment.freeze_dryer.model import readings as read
from biotwin.equipment.freeze_dryer.trial import HOUR, MILLITORR, SINGLE, Run
from biotwin.finding import Result

AREA = 398.0 * 3.14e-4
"""Product area of LyoPRONTO's 398 vials, m2."""
HOTTEST_SHELF = 393.15
"""120 degC, the bound of LyoPRONTO's optimiser example."""


def _shown(run: Run, signal: str, hour: float, hours: list[float], references: list[float], offset: float) -> Result:
    twin = tuple(run.at(signal, h) + offset for h in hours)
    return Result(run.at(signal, hour) + offset, tuple(hours), twin, tuple(references))


def ice(*, celsius: float) -> float:
    """Vapour pressure over ice, Torr."""
    return float(vial.ice_pressure(273.15 + celsius, SINGLE)) / 133.322


def standard(*, signal: str, hour: float, hours: list[float], references: list[float], scale: float = 1.0) -> Result:
    """A temperature (degC) or the dried part of the standard case, through time."""
    run, offset = trial.primary(293.15, 150.0), -273.15 if signal.endswith("temperature") else 0.0
    return _shown(run, signal, hour, hours, references, offset)


def standard_end(*, part: str) -> float:
    """Of the standard case: ``hours`` to the end, ``bottom`` (degC) there, ``final`` and ``peak`` flux (kg/h/m2)."""
    run = trial.primary(293.15, 150.0)
    if part == "peak":
        return max(y.vapour_flow for y in run.seen) * HOUR / AREA
    end = run.when("centre_dried", 0.9999)
    if part == "hours":
        return end
    # The last instants empty the vial, not dry it: the figures are those at 99.9 %.
    late = run.when("centre_dried", 0.999)
    if part == "bottom":
        return run.at("bottom_temperature", late) - 273.15
    return run.at("vapour_flow", late) * HOUR / AREA


def standard_begin(*, part: str) -> float:
    """Of the standard case at its first instant: ``sublimation``, ``bottom`` (degC), ``flux`` (kg/h/m2)."""
    y = trial.primary(293.15, 150.0).seen[0]
    if part == "flux":
        return y.vapour_flow * HOUR / AREA
    return (y.sublimation_temperature if part == "sublimation" else y.bottom_temperature) - 273.15


def vial_figure(*, part: str) -> float:
    """Frozen ``length`` (cm), ``heat`` (W/m2/K at 150 mTorr), ``resistance`` of the dry cake (cm2 h Torr/g)."""
    p = SINGLE
    if part == "length":
        return float(vial.frozen_length(at_centre(initial(p, Start()), p), p)) * 100.0
    pressure = 150.0 * MILLITORR
    x = initial(p, Start(temperature=250.0, frozen=1.0, dried=1.0 - 1.0e-9))
    d = vial.drying(centre(x), at_centre(x, p), 263.15, pressure, 0.0, p)
    if part == "heat":
        return float(d.heat / (p.centre_count * p.vial_area))
    return float(p.centre_count * p.product_area / d.flow / 47995.9)


def freezing(*, part: str) -> float:
    """Hour of ``nucleation``, or the product's temperature (degC) at hour ``part``."""
    run = trial.freezing()
    if part == "nucleation":
        return run.when("frozen", 1.0e-6)
    return run.at("centre_product", float(part)) - 273.15


def design_space(*, celsius: float, millitorr: float, part: str) -> float:
    """Highest bottom temperature (degC, ``warmest``) or ``hours`` of primary drying at a shelf and a pressure."""
    run = trial.primary(273.15 + celsius, millitorr, 30.0)
    if part == "hours":
        return run.when("centre_dried", 0.9999)
    late = run.when("centre_dried", 0.999)
    return max(y.bottom_temperature for h, y in zip(run.time, run.seen, strict=True) if h <= late) - 273.15


def _shelf_for(x: State, bottom: float, p: Parameters, pressure: float) -> float:
    low, high = bottom, HOTTEST_SHELF
    for _ in range(40):
        middle = 0.5 * (low + high)
        d = vial.drying(centre(x), at_centre(x, p), middle, pressure, x.stopper, p)
        low, high = (middle, high) if d.bottom < bottom else (low, middle)
    return low


def fastest(*, part: str) -> float:
    """Bottom kept at -5 degC by the hottest shelf, 150 mTorr: ``hours``, last ``shelf`` (degC), first ``flux``."""
    p, pressure, tick = SINGLE._replace(ramp=10.0), 150.0 * MILLITORR, 5.0
    start = Start(temperature=268.15, shelf_temperature=268.15, coil_temperature=204.0, pressure=pressure, frozen=1.0)
    x, held, hours, flux, last = initial(p, start), trial.HeldPressure(268.15, pressure), 0.0, 0.0, 0.0
    for n in range(2000):
        shelf = _shelf_for(x, 268.15, p, pressure)
        y = read(x._replace(shelf_temperature=shelf), Inputs(), p)
        flux = y.vapour_flow * HOUR / AREA if n == 0 else flux
        if y.centre_dried >= 0.9999:
            break
        hours, held.shelf = n * tick / HOUR, shelf
        x = advance(x._replace(shelf_temperature=shelf), held(hours, y), p, tick)
        last = shelf
    return {"hours": hours, "shelf": last - 273.15, "flux": flux}[part]


def equipment_line(*, millitorr: float) -> float:
    """Flux (kg/h/m2) that the duct settles at, read off two steady runs around this pressure without any bleed."""
    coil = 6144.96 / 28.18175
    points = []
    for conduction in (100.0, 900.0):
        p = SINGLE._replace(contact=conduction, air_conduction=1.0e4, resistance_0=2.0e4, resistance_1=0.0,
                            coil_capacity=1.0e12)
        start = Start(temperature=250.0, shelf_temperature=283.15, coil_temperature=coil, pressure=20.0, frozen=1.0)
        x, u = initial(p, start)._replace(coil_ice=1.0e4), Inputs(shelf_target=283.15, vacuum_valve=1.0)
        for _ in range(300):
            x = advance(x, u, p, 1.0)
        y = read(x, u, p)
        points.append((y.chamber_pressure / MILLITORR, y.vapour_flow * HOUR / AREA))
    (a, low), (b, high) = points
    return low + (millitorr - a) / (b - a) * (high - low)


def desorbing(*, signal: str, hour: float, hours: list[float], references: list[float]) -> Result:
    """Moisture (kg/kg) or product temperature (K) of ContLyo's batch case, through time."""
    return _shown(trial.secondary(), signal, hour, hours, references, 0.0)


def rate_of_rise(*, leak: float, minutes: float) -> float:
    """Rise (Pa) of the isolated, empty, cold dryer under a leak: the leak test of every morning."""
    p = SINGLE._replace(centre_count=0.0)
    x, u = initial(p, Start(pressure=5.0)), Inputs(leak=leak)
    begin = read(x, u, p).chamber_pressure
    for _ in range(int(minutes * 60.0)):
        x = advance(x, u, p, 1.0)
    return read(x, u, p).chamber_pressure - begin


def convergence_lag() -> float:
    """Hours from 99 % of all vials dry to a Pirani gauge within a tenth of its excess of the capacitance gauge."""
    run = trial.batch()
    excess = [y.pirani_pressure / y.chamber_pressure - 1.0 for y in run.seen]
    plateau = max(excess)
    end = next(h for h, e, y in zip(run.time, excess, run.seen, strict=True)
               if y.centre_dried > 0.5 and e < 0.1 * plateau)
    return end - run.when("centre_dried", 0.99)


def edge_lead() -> float:
    """Hours by which edge vials are dry before centre vials."""
    run = trial.batch()
    return run.when("centre_dried", 0.99) - run.when("edge_dried", 0.99)


def pressure_after_refrigeration_loss() -> float:
    """Chamber pressure over its set-point three hours after the coil has lost its refrigeration."""
    return trial.batch(1.0).seen[-1].chamber_pressure / (150.0 * MILLITORR)
