"""The control system's part of a tick: table-driven kernels, the same for every plant (columns below).

Before the equipment moves: ``malfunctions`` ramp, ``control`` computes the loops (PID, positional, conditional
integration), interlocks ``override``. After the sensors have read: ``annunciate`` (alarms in their ISA-18.2
states), ``trip`` (interlock conditions), ``watch`` (limits), ``recipe`` (ISA-88 phases). Tables are handed over one
by one: a tuple of them all would be copied at each call. Slots are unsigned (``at``), as in ``plant/source``. What
happens is written as a fact: time, kind, index, value.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numba import uint64 as at

from biotwin.plant.whole import ACTIVE, ENDED, HELD, PHASE, PHASE_SINCE, READY, RECIPE_MODE, TOLD

PV, QUALITY, SP, OUT, INTEGRAL, PREVIOUS, MODE, FIRST, LAST, SIGN = range(10)
GAIN, TI, TD, BAND, SP_LOW, SP_HIGH, OUT_LOW, OUT_HIGH = range(8)
A_VALUE, A_QUALITY, A_CONDITION, A_SETPOINT, A_STATE, A_MASK, A_PRIORITY = range(7)
NORMAL, UNACKNOWLEDGED, ACKNOWLEDGED, RETURNED, SHELVED = range(5)
MANUAL, AUTOMATIC, CASCADE = range(3)
(PHASE_STARTED, PHASE_ENDED, ALARM_RAISED, ALARM_RETURNED, ALARM_UNSHELVED, INTERLOCK_TRIPPED, INTERLOCK_CLEARED,
 LOT_ENDED, LIMIT_CROSSED, LIMIT_RESTORED, PHASE_READY) = range(11)
KERNEL_FACTS = ("phase_started", "phase_ended", "alarm_raised", "alarm_returned", "alarm_unshelved",
                "interlock_tripped", "interlock_cleared", "lot_ended", "limit_crossed", "limit_restored",
                "phase_ready")
NONE = -1


@njit(nogil=True, forceinline=True)
def _say(facts, n, time, kind, index, value):  # type: ignore[no-untyped-def]
    if n < facts.shape[0]:
        facts[n, 0], facts[n, 1], facts[n, 2], facts[n, 3] = time, kind, index, value
    return n + 1


@njit(nogil=True, forceinline=True)
def malfunctions(real, whole, faults, worst, dt):  # type: ignore[no-untyped-def]
    """Severities move towards their targets and set their inputs; at rest nothing is touched."""
    if whole[ACTIVE] == 0:
        return
    busy = 0
    for i in range(faults.shape[0]):
        s = faults[i, 1]
        severity, target = real[at(s)], real[at(s + 1)]
        if severity != target:
            step = real[at(s + 2)] * dt
            severity = min(severity + step, target) if target > severity else max(severity - step, target)
            real[at(s)] = severity
            real[at(faults[i, 0])] = worst[i, 0] + severity * (worst[i, 1] - worst[i, 0])
            if severity == 0.0:
                real[at(faults[i, 0])] = worst[i, 0]
        if severity != target:
            busy += 1
    whole[ACTIVE] = busy


@njit(nogil=True, forceinline=True)
def _spread(real, whole, loops, outputs, spans, i, out):  # type: ignore[no-untyped-def]
    """Hand a loop's output to what it drives, along the split ranges."""
    for j in range(loops[i, FIRST], loops[i, LAST]):
        slave = outputs[j, 1]
        if slave >= 0 and whole[at(loops[slave, MODE])] != CASCADE:
            continue
        start, end, low, high = spans[j, 0], spans[j, 1], spans[j, 2], spans[j, 3]
        share = min(max((out - start) / (end - start), 0.0), 1.0)
        real[at(outputs[j, 0])] = low + share * (high - low)


@njit(nogil=True, forceinline=True)
def _held(whole, loops, outputs, interlocks, forces, i):  # type: ignore[no-untyped-def]
    """Whether an interlock forces something that the loop drives: then it must not integrate."""
    for k in range(interlocks.shape[0]):
        if whole[at(interlocks[k, 2])] == 1:
            for f in range(interlocks[k, 3], interlocks[k, 4]):
                for j in range(loops[i, FIRST], loops[i, LAST]):
                    if forces[f, 0] == outputs[j, 0]:
                        return True
    return False


@njit(nogil=True, forceinline=True)
def _any_active(whole, interlocks):  # type: ignore[no-untyped-def]
    """Whether any interlock holds something, asked once for all loops."""
    active = False
    for k in range(interlocks.shape[0]):
        active |= whole[at(interlocks[k, 2])] == 1
    return active


@njit(nogil=True, forceinline=True)
def _error(real, loops, band, i):  # type: ignore[no-untyped-def]
    """Signed error of a loop, zero inside its dead band, continuous at its edge."""
    e = (real[at(loops[i, SP])] - real[at(loops[i, PV])]) * -loops[i, SIGN]
    if e > band:
        return e - band
    return e + band if e < -band else 0.0


@njit(nogil=True, forceinline=True)
def control(real, whole, loops, tuning, outputs, spans, interlocks, forces, dt):  # type: ignore[no-untyped-def]
    """Every loop computes once, in the order of the description, masters before slaves."""
    holding = _any_active(whole, interlocks)
    for i in range(loops.shape[0]):
        low, high = tuning[i, OUT_LOW], tuning[i, OUT_HIGH]
        out = real[at(loops[i, OUT])]
        automatic = whole[at(loops[i, MODE])] != MANUAL and loops[i, PV] >= 0
        if automatic and real[at(loops[i, QUALITY])] < 2.0:
            e = _error(real, loops, tuning[i, BAND], i)
            p = tuning[i, GAIN] * e
            d = 0.0
            if tuning[i, TD] > 0.0:
                rate = (real[at(loops[i, PV])] - real[at(loops[i, PREVIOUS])]) / dt
                d = tuning[i, GAIN] * tuning[i, TD] * rate * loops[i, SIGN]
            integral = real[at(loops[i, INTEGRAL])]
            if tuning[i, TI] > 0.0:
                moved = integral + p * dt / tuning[i, TI]
                wanted = p + moved + d
                inside = low <= wanted <= high or (wanted > high and p < 0.0) or (wanted < low and p > 0.0)
                if inside and not (holding and _held(whole, loops, outputs, interlocks, forces, i)):
                    integral = moved
            else:
                integral = 0.0
            real[at(loops[i, INTEGRAL])] = integral
            out = min(max(p + integral + d, low), high)
            real[at(loops[i, OUT])] = out
        elif loops[i, PV] >= 0:
            # bumpless: while a person (or a bad sensor) holds the output, the integral follows it
            follow = out - tuning[i, GAIN] * _error(real, loops, tuning[i, BAND], i) if tuning[i, TI] > 0.0 else 0.0
            real[at(loops[i, INTEGRAL])] = follow
        if loops[i, PV] >= 0:
            real[at(loops[i, PREVIOUS])] = real[at(loops[i, PV])]
        _spread(real, whole, loops, outputs, spans, i, out)


@njit(nogil=True, forceinline=True)
def override(real, whole, interlocks, forces, forced):  # type: ignore[no-untyped-def]
    """Active interlocks force their inputs, last of all."""
    for i in range(interlocks.shape[0]):
        if whole[at(interlocks[i, 2])] == 1:
            for j in range(interlocks[i, 3], interlocks[i, 4]):
                real[at(forces[j, 0])] = forced[j, 0]


@njit(nogil=True, forceinline=True)
def trip(real, whole, interlocks, trips, time, facts, n):  # type: ignore[no-untyped-def]
    """Interlock conditions after the sensors have read; returns the number of facts."""
    for i in range(interlocks.shape[0]):
        value, slot = real[at(interlocks[i, 0])], interlocks[i, 2]
        sign = 1.0 if interlocks[i, 1] == 0 else -1.0
        excess = sign * (value - trips[i, 0])
        active = whole[at(slot)] == 1
        if not (excess < -trips[i, 1] if active else excess > 0.0):
            whole[at(slot + 1)] = NONE
            continue
        if whole[at(slot + 1)] < 0:
            whole[at(slot + 1)] = time
        if time - whole[at(slot + 1)] >= trips[i, 3 if active else 2]:
            whole[at(slot)], whole[at(slot + 1)] = np.int64(not active), NONE
            n = _say(facts, n, time, INTERLOCK_CLEARED if active else INTERLOCK_TRIPPED, i, value)
    return n


@njit(nogil=True, forceinline=True)
def watch(real, whole, limits, bands, time, facts, n):  # type: ignore[no-untyped-def]
    """Limits after the sensors have read: a crossing, or a return, that has lasted its dwell; returns the facts."""
    phase_bit = np.int64(1) << whole[PHASE]
    for i in range(limits.shape[0]):
        value, slot = real[at(limits[i, 0])], limits[i, 1]
        outside = (limits[i, 2] & phase_bit) != 0 and (value < bands[i, 0] or value > bands[i, 1])
        if outside == (whole[at(slot)] == 1):
            whole[at(slot + 1)] = NONE
            continue
        if whole[at(slot + 1)] < 0:
            whole[at(slot + 1)] = time
        if time - whole[at(slot + 1)] >= bands[i, 2]:
            whole[at(slot)], whole[at(slot + 1)] = np.int64(outside), NONE
            n = _say(facts, n, time, LIMIT_CROSSED if outside else LIMIT_RESTORED, i, value)
    return n


@njit(nogil=True, forceinline=True)
def _excess(real, alarms, thresholds, i, band):  # type: ignore[no-untyped-def]
    """How far the alarm's condition is exceeded (> 0: it holds), with its dead band applied once raised."""
    condition, threshold = alarms[i, A_CONDITION], thresholds[i, 0]
    value = real[at(alarms[i, A_VALUE])]
    if condition == 3:
        return real[at(alarms[i, A_QUALITY])] - 1.5
    if condition == 2:
        return abs(value - real[at(alarms[i, A_SETPOINT])]) - threshold + band
    return (value - threshold if condition == 0 else threshold - value) + band


@njit(nogil=True, forceinline=True)
def annunciate(real, whole, alarms, thresholds, time, facts, n):  # type: ignore[no-untyped-def]
    """ISA-18.2 states of every alarm after the sensors have read; returns the number of facts."""
    phase_bit = np.int64(1) << whole[PHASE]
    for i in range(alarms.shape[0]):
        s = alarms[i, A_STATE]
        state, raised = whole[at(s)], whole[at(s + 2)] >= 0
        if state == SHELVED and time >= whole[at(s + 3)]:
            whole[at(s)] = NORMAL if not raised else UNACKNOWLEDGED
            state = whole[at(s)]
            n = _say(facts, n, time, ALARM_UNSHELVED, i, 0.0)
        enabled = (alarms[i, A_MASK] & phase_bit) != 0
        holds = enabled and _excess(real, alarms, thresholds, i, thresholds[i, 1] if raised else 0.0) > 0.0
        if holds == raised:
            whole[at(s + 1)] = NONE
            continue
        if whole[at(s + 1)] < 0:
            whole[at(s + 1)] = time
        delay = thresholds[i, 3] if raised else thresholds[i, 2]
        if enabled and time - whole[at(s + 1)] < delay:
            continue
        whole[at(s + 1)] = NONE
        whole[at(s + 2)] = time if holds else NONE
        if holds:
            if state != SHELVED:
                whole[at(s)] = UNACKNOWLEDGED
            n = _say(facts, n, time, ALARM_RAISED, i, real[at(alarms[i, A_VALUE])])
        else:
            if state == UNACKNOWLEDGED:
                whole[at(s)] = RETURNED
            elif state == ACKNOWLEDGED:
                whole[at(s)] = NORMAL
            n = _say(facts, n, time, ALARM_RETURNED, i, real[at(alarms[i, A_VALUE])])
    return n


@njit(nogil=True, forceinline=True)
def start_phase(real, whole, phases, actions, acted, phase, time, facts, n):  # type: ignore[no-untyped-def]
    """End the current phase, start another, do its actions; returns the number of facts."""
    n = _say(facts, n, time, PHASE_ENDED, whole[PHASE], 0.0)
    whole[PHASE], whole[PHASE_SINCE] = phase, time
    whole[READY] = whole[TOLD] = NONE
    for j in range(phases[phase, 1], phases[phase, 2]):
        if actions[j, 0] == 0:
            real[at(actions[j, 1])] = acted[j, 0]
        else:
            whole[at(actions[j, 1])] = np.int64(acted[j, 0])
    n = _say(facts, n, time, PHASE_STARTED, phase, 0.0)
    if phases[phase, 5] == 1:
        whole[ENDED] = 1
        n = _say(facts, n, time, LOT_ENDED, phase, 0.0)
    return n


@njit(nogil=True, forceinline=True)
def recipe(real, whole, phases, actions, acted, transitions, passed, time, facts, n):  # type: ignore[no-untyped-def]
    """The recipe's own transitions: the first whose time has come or whose threshold is passed.

    In semi-automatic, or held, it begins nothing by itself: the phase is ready, and that is said once.
    """
    phase, waits = whole[PHASE], whole[RECIPE_MODE] != 0 or whole[HELD] == 1
    ready = NONE
    for j in range(phases[phase, 3], phases[phase, 4]):
        after, slot = transitions[j, 1], transitions[j, 2]
        due = after < 0 or time - whole[PHASE_SINCE] >= after
        if due and slot >= 0:
            value = real[at(slot)]
            due = value > passed[j, 0] if transitions[j, 3] == 0 else value < passed[j, 0]
        if due:
            if not waits:
                return start_phase(real, whole, phases, actions, acted, transitions[j, 0], time, facts, n)
            ready = transitions[j, 0]
            break
    if waits:
        whole[READY] = ready
        if ready >= 0 and whole[TOLD] != ready:
            whole[TOLD] = ready
            n = _say(facts, n, time, PHASE_READY, ready, 0.0)
    return n
