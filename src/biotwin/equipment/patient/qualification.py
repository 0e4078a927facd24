"""Objective tests of this drawer: what ``reference.yaml`` calls. The references are biexponential closed forms."""

from __future__ import annotations

from math import exp, log, sqrt

from biotwin.equipment.patient.model import BALANCES, Inputs, Parameters, Start, State, equations, initial, readings
from biotwin.finding import Result
from biotwin.stepping.rosenbrock import rosenbrock

DAY = 86400.0


def _derivatives(x: tuple[float, ...], context: tuple[Inputs, Parameters]) -> State:
    return equations(State(*x), *context)


_STEP = rosenbrock(_derivatives, -1, len(State._fields)).py_func  # type: ignore[attr-defined]
"""The plant's own stepper, interpreted: compiling it would take longer than these runs."""


def _fly(p: Parameters, doses: list[tuple[float, float]], dose: float, until: float, tick: float) -> list[State]:
    """States at every tick; ``doses`` are the (begin, end) of infusions of ``dose`` kg each, on whole ticks."""
    x, seen = list(initial(p, Start())), []
    seen.append(State(*x))
    for n in range(round(until / tick)):
        middle = (n + 0.5) * tick
        rate = sum(dose / (end - begin) for begin, end in doses if begin < middle < end)
        _STEP(x, (Inputs(infusion_rate=rate), p), tick)
        seen.append(State(*x))
    return seen


def _biexponential(p: Parameters, doses: list[tuple[float, float]], dose: float, t: float) -> float:
    """Serum concentration by the textbook sum of two exponentials, superposed over the infusions."""
    k10, k12 = p.clearance / p.central_volume, p.distribution_clearance / p.central_volume
    k21 = p.distribution_clearance / p.peripheral_volume
    total, product = k10 + k12 + k21, k10 * k21
    root = sqrt(total * total - 4.0 * product)
    fast, slow = (total + root) / 2.0, (total - root) / 2.0
    found = 0.0
    for begin, end in doses:
        if t <= begin:
            continue
        rate = dose / (end - begin)
        for k, weight in ((fast, (fast - k21) / (fast - slow)), (slow, (k21 - slow) / (fast - slow))):
            running = 1.0 - exp(-k * (min(t, end) - begin))
            found += rate * weight / (k * p.central_volume) * running * exp(-k * max(t - end, 0.0))
    return found


def serum_concentration(*, dose: float, infusion: float, every: float, doses: int, until: float, tick: float) -> Result:
    """Serum concentration (kg/m3) of the default patient at ``until`` after repeated infusions."""
    p = Parameters()
    plan = [(n * every, n * every + infusion) for n in range(doses)]
    seen = _fly(p, plan, dose, until, tick)
    time = tuple(n * tick for n in range(len(seen)))
    twin = tuple(readings(x, Inputs(), p).serum_concentration for x in seen)
    return Result(twin[-1], time, twin, tuple(_biexponential(p, plan, dose, t) for t in time))


def exposure(*, dose: float, days: float, tick: float) -> float:
    """Clearance (m3/s) that dose over AUC gives once nearly all is eliminated."""
    x = _fly(Parameters(), [(0.0, 5400.0)], dose, days * DAY, tick)[-1]
    return dose / x.auc


def balance_error(*, dose: float, days: float, tick: float) -> float:
    """Largest open part of both balances, over the dose, with a lot of 70 % potency, a depot and a target."""
    p = Parameters(target_capacity=1.0e-10)
    u = Inputs(infusion_rate=dose / 5400.0, active_fraction=0.7, extravasation=0.3, antibodies=0.5, protein_loss=0.5)
    x, worst = list(initial(p, Start(serum_concentration=0.05))), 0.0
    first = {name: sum(w * getattr(State(*x), f) for f, w in terms.items()) for name, terms in BALANCES.items()}
    for n in range(round(days * DAY / tick)):
        _STEP(x, (u if n * tick < 5400.0 else u._replace(infusion_rate=0.0), p), tick)
        now = State(*x)
        for name, terms in BALANCES.items():
            worst = max(worst, abs(sum(w * getattr(now, f) for f, w in terms.items()) - first[name]) / dose)
    return worst


def _half_life(p: Parameters, dose: float, begin: float, end: float) -> float:
    seen = _fly(p, [(0.0, 5400.0)], dose, end * DAY, 1800.0)
    first, last = seen[round(begin * DAY / 1800.0)].central, seen[-1].central
    return (end - begin) * DAY * log(2.0) / log(first / last)


def terminal_half_life(
    *, dose: float, clearance: float, central_volume: float, forth: float, back: float, begin: float, end: float,
) -> float:
    """Half-life (s) between two days, of clearance m3/s, volume m3 and micro-constants 1/s as papers print them."""
    exchange = forth * central_volume
    p = Parameters(clearance=clearance, central_volume=central_volume, distribution_clearance=exchange,
                   peripheral_volume=exchange / back)
    return _half_life(p, dose, begin, end)


def typical_half_life(*, dose: float, begin: float, end: float) -> float:
    """Half-life (s) of the default patient between two days."""
    return _half_life(Parameters(), dose, begin, end)


def target_shortening(*, capacity: float, low: float, high: float) -> float:
    """Half-life at a high dose over that at a low one, with a target of ``capacity`` kg/s, days 7 to 14."""
    p = Parameters(target_capacity=capacity)
    return _half_life(p, high, 7.0, 14.0) / _half_life(p, low, 7.0, 14.0)


def accumulation(
    *, dose: float, clearance: float, central_volume: float, forth: float, back: float, every: float, doses: int,
) -> float:
    """Trough at the end of the last interval over that of the first, for a paper's micro-constants."""
    exchange = forth * central_volume
    p = Parameters(clearance=clearance, central_volume=central_volume, distribution_clearance=exchange,
                   peripheral_volume=exchange / back)
    plan = [(n * every, n * every + 5400.0) for n in range(doses)]
    seen = _fly(p, plan, dose, doses * every, 1800.0)
    return seen[-1].central / seen[round(every / 1800.0)].central


def _last_interval(p: Parameters, plan: list[float]) -> tuple[float, float, float]:
    """Trough and peak (kg/m3) and area (kg s/m3) of the last of three-weekly 90 min infusions of ``plan`` kg each."""
    x, trough, peak, area = list(initial(p, Start())), 0.0, 0.0, 0.0
    for dose in plan:
        before, peak = State(*x).auc, 0.0
        for n in range(round(21.0 * DAY / 1800.0)):
            _STEP(x, (Inputs(infusion_rate=dose / 5400.0 if n < 3 else 0.0), p), 1800.0)
            trough = readings(State(*x), Inputs(), p).serum_concentration
            peak = max(peak, trough)
        area = State(*x).auc - before
    return trough, peak, area


def _treated(weight: float, first: float, then: float, doses: int, **drug: float) -> tuple[float, float, float]:
    """``first`` and ``then`` in kg for each kg of the patient; ``drug``: parameters of one drug, default else."""
    p = Parameters(body_weight=weight, reference_weight=weight if drug else 70.0, **drug)
    return _last_interval(p, [first * weight, *[then * weight] * (doses - 1)])


def course_trough(*, weight: float, first: float, then: float, doses: int, **drug: float) -> float:
    """Trough (kg/m3) of the last dose of a three-weekly course."""
    return _treated(weight, first, then, doses, **drug)[0]


def course_peak(*, weight: float, first: float, then: float, doses: int, **drug: float) -> float:
    """Peak (kg/m3) of the last dose of a three-weekly course."""
    return _treated(weight, first, then, doses, **drug)[1]


def course_area(*, weight: float, first: float, then: float, doses: int, **drug: float) -> float:
    """Area under the curve (kg s/m3) of the last interval of a three-weekly course."""
    return _treated(weight, first, then, doses, **drug)[2]
