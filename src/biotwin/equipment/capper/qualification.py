"""Objective tests of this drawer: what ``reference.yaml`` calls. Normal areas and roots come from elsewhere here."""

from __future__ import annotations

from math import erfc, sqrt
from statistics import correlation

import numpy as np

from biotwin.equipment.capper.model import BALANCES, Inputs, Parameters, Start, State, equations, initial, readings
from biotwin.equipment.capper.seal import crimped, hardness, loose, remaining, strain_under, stress
from biotwin.stepping.rosenbrock import rosenbrock

DAY, YEAR = 86_400.0, 31_557_600.0


def _derivatives(x: tuple[float, ...], context: tuple[Inputs, Parameters]) -> State:
    return equations(State(*x), *context)


_STEP = rosenbrock(_derivatives, -1, len(State._fields)).py_func  # type: ignore[attr-defined]
"""The plant's own stepper, interpreted: compiling it would take longer than these runs."""


def kept_force(*, strain: float, age: float) -> float:
    """Seal force (N) of the default closure squeezed by this part of its flange, after this time (s)."""
    p = Parameters()
    return hardness(p, p.thickness) * stress(strain) * remaining(age, p)


def linearity(*, least: float, most: float) -> float:
    """Correlation of seal force and compression of the flange between two strains."""
    strains = [least + (most - least) * n / 20.0 for n in range(21)]
    return correlation(strains, [kept_force(strain=s, age=DAY) for s in strains])


def leak_at(*, force: float, plug_defects: float) -> float:
    """Part of the vials that leak among those held by this force (N), where so many plugs hold nothing."""
    return loose(force, 0.0, Parameters()._replace(plug_defects=plug_defects))


def driver() -> float:
    """Rank of the stopper's height among the parts whose scatter moves the seal force, 1 for the first."""
    p = Parameters()
    glass, cap = _moved(p, "finish", p.finish_scatter), _moved(p, "finish", p.cap_scatter)
    return 1.0 + sum(abs(other) > abs(_moved(p, "thickness", p.thickness_scatter)) for other in (glass, cap))


def growing() -> float:
    """How many of the stopper's height and outer diameter make the seal force grow."""
    p = Parameters()
    return float(sum(_moved(p, name, 1.0e-5) > 0.0 for name in ("thickness", "flange_diameter")))


def _moved(p: Parameters, field: str, by: float) -> float:
    """By how much the mean force (N) moves where a size is larger by so much (m), machine unchanged."""
    return crimped(Inputs(), p._replace(**{field: getattr(p, field) + by})).force - crimped(Inputs(), p).force


def levels_off() -> float:
    """What rubber loses in its second year over what it lost on its first day."""
    p = Parameters()
    return (remaining(YEAR, p) - remaining(2.0 * YEAR, p)) / (1.0 - remaining(DAY, p))


def inverse_error() -> float:
    """Largest miss of the strain under a load against the root of its cubic by eigenvalues."""
    worst = 0.0
    for n in range(1, 201):
        load = 0.01 * n
        roots = np.roots([1.0, 3.0 * load, 0.0, -1.0])
        kept = max(r.real for r in roots if abs(r.imag) < 1e-9)
        worst = max(worst, abs(strain_under(load) - (1.0 - kept)))
    return worst


def loose_error() -> float:
    """Largest miss of the part that leaks against a quadrature over forces, each with its own chance to leak."""
    p, worst = Parameters(), 0.0
    nodes = np.linspace(-9.0, 9.0, 3601)
    weights = np.exp(-0.5 * nodes**2) * (nodes[1] - nodes[0])
    for mean in range(0, 101, 5):
        for scatter in (1.0, 5.0, 15.0):
            chance = [0.5 * erfc(-(p.land_force - mean - scatter * z) / p.land_scatter / sqrt(2.0)) for z in nodes]
            reference = p.plug_defects * float(np.dot(weights, chance)) / sqrt(2.0 * np.pi)
            worst = max(worst, abs(loose(float(mean), scatter, p) - reference))
    return worst


def covered(*, vials: int, draws: int) -> float:
    """Part of samples of ten normal forces whose lower limit, as the tester computes it, lies below 99 % of vials."""
    dice = np.random.Generator(np.random.Philox(11))
    forces = dice.standard_normal((draws, vials))
    low = forces.mean(axis=1) - Parameters().check_factor * forces.std(axis=1, ddof=1)
    return float(np.mean(low < -2.3263478740408408))


def balance_error(*, tick: float, hours: float) -> float:
    """Largest open part of the balance of vials, and of the shares, with faults, trays and a changing infeed."""
    p, worst = Parameters(), 0.0
    x = list(initial(p, Start()))
    for n in range(round(hours * 3600.0 / tick)):
        u = Inputs(vials=3000.0 + 10.0 * n, command=0.3 * (n % 4), stoppers_high=0.02, caps_short=0.1 * (n % 3),
                   camera_blind=float(n % 7 == 0), confirming=float(n % 5 == 0), setting_apart=0.5 * (n % 2),
                   sensor_drift=0.1 * (n % 9), sample_flow=1.0e-5 * (n % 4))
        _STEP(x, (u, p), tick)
        for terms in BALANCES.values():
            worst = max(worst, abs(sum(w * getattr(State(*x), f) for f, w in terms.items())) / max(x[0], 1.0))
        y = readings(State(*x), u, p)
        shares = (y.accepted_share, y.doubtful_share, y.sampled_share, y.raised_share, y.faulty_share, y.apart_share,
                  y.waiting_share)
        worst = max(worst, abs(sum(shares) - 1.0))
    return worst
