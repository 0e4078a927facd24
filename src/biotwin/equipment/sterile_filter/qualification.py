"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.equipment.sterile_filter.model import Inputs, Parameters, Start, State, advance, initial, readings

MILLILITRE_A_MINUTE = 1.0e-6 / 60.0
WETTED = Start(wetted=1.0)


def decline(*, used: float, steps: int) -> float:
    """Flow over its first value at constant pressure after K t = ``used``, in ``steps`` ticks."""
    p = Parameters(holdup=0.0)
    u = Inputs(flow=1.0)
    first = p.area * p.permeability * u.supply_pressure * p.water_viscosity / p.viscosity
    x, tick = initial(p, WETTED), used / (2.0 * first / (p.capacity * p.area)) / steps
    for _ in range(steps):
        x = advance(x, u, p, tick)
    y = advance(x, u, p, 1.0e-6 * tick)
    return y.outflow / first


def pressure_rise(*, used: float, steps: int) -> float:
    """Pressure over its first value at constant flow after K t = ``used``."""
    p = Parameters(holdup=0.0)
    flow = 1.0e-5
    tick = used * p.capacity * p.area / (2.0 * flow) / steps
    x = initial(p, WETTED)
    for _ in range(steps):
        x = advance(x, Inputs(flow=flow), p, tick)
    return readings(x, Inputs(flow=flow), p).resistance_ratio


def forward_flow(*, pressure: float) -> float:
    """Gas flow (mL/min) of a sound, wetted 10-inch filter at a test pressure (Pa)."""
    p = Parameters()
    return readings(initial(p, WETTED), Inputs(test_pressure=pressure), p).gas_flow / MILLILITRE_A_MINUTE


def reduction(*, hole: float, flux: float) -> float:
    """Log10 reduction of a filter with a hole (m) at a challenge flux (m/s)."""
    p = Parameters(holdup=0.0)
    u = Inputs(flow=flux * p.area, flaw=hole)
    return readings(advance(initial(p, WETTED), u, p, 1.0), u, p).log_reduction


def smallest_failing_hole() -> float:
    """Diameter (um) of the smallest hole that the bubble point test finds."""
    p, x = Parameters(), initial(Parameters(), WETTED)
    return next(d for d in range(1, 200)
                if readings(x, Inputs(flaw=d * 1.0e-6), p).bubble_point < p.lowest_bubble_point) * 1.0


def product_wet_test(*, rinse: float) -> float:
    """Gas flow (mL/min) after use and a rinse of ``rinse`` m3 of water per m2."""
    p = Parameters()
    x = initial(p, WETTED)
    for _ in range(60):
        x = advance(x, Inputs(flow=1.4e-5), p, 60.0)
    x = advance(x, Inputs(water_flow=rinse * p.area / 60.0), p, 60.0)
    return readings(x, Inputs(), p).gas_flow / MILLILITRE_A_MINUTE


def balance_error(*, hours: float) -> float:
    """Largest open part of the liquid's balance over what came in, at changing ticks, pressures and flaws."""
    p, x, came, worst = Parameters(), State(*initial(Parameters(), Start())), 0.0, 0.0
    for n in range(round(hours * 60.0)):
        u = Inputs(flow=1.0e-5 * (n % 4), supply_pressure=1.0e3 * (1 + n % 50), flaw=6.0e-5 * (n % 2), foulant=20.0)
        tick = (0.1, 1.0, 60.0, 600.0)[n % 4]
        x, came = advance(x, u, p, tick), came + u.flow * tick
        worst = max(worst, abs(x.upstream + x.filtered - came) / max(came, 1.0e-9))
    return worst
