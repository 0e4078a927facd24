"""Loops, interlocks, alarms, phases and malfunctions as tables of numbers: data for the kernels of ``tick.py``.

Each table has an integer part and a float part, one row per thing, in the order of the plant description.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from biotwin.errors import DescriptionError, UnknownName, known
from biotwin.plant.description import LimitBand, Quantity
from biotwin.plant.plant import Plant
from biotwin.quantity import si

CONDITIONS = {"high": 0, "high_high": 0, "low": 1, "low_low": 1, "deviation": 2, "bad_quality": 3}
MODES = ("manual", "automatic", "cascade")
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Control(NamedTuple):
    """Columns are named at the head of ``tick.py``."""

    loops: Ints
    tuning: Floats
    outputs: Ints
    spans: Floats
    alarms: Ints
    thresholds: Floats
    interlocks: Ints
    trips: Floats
    forces: Ints
    forced: Floats
    limits: Ints
    bands: Floats
    phases: Ints
    actions: Ints
    acted: Floats
    transitions: Ints
    passed: Floats
    faults: Ints
    worst: Floats


def control_tables(plant: Plant) -> Control:
    """The tables of a plant; raises ``DescriptionError`` where a reference or a unit does not fit."""
    builder = _Builder(plant)
    parts: list[Any] = [
        *builder.loops(), *builder.alarms(), *builder.interlocks(), *builder.limits(), *builder.phases(),
        *builder.faults(),
    ]
    return Control(*parts)


def limit_rows(plant: Plant) -> list[tuple[str, int, LimitBand]]:
    """Every limit of every instrument in the table's order: tag, number within the tag, the limit."""
    return [(tag, i, band) for tag, d in plant.unit.instruments.items() for i, band in enumerate(d.limits)]


def _ints(rows: list[list[int]], width: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _floats(rows: list[list[float]], width: int) -> Floats:
    return np.array(rows, dtype=np.float64).reshape(len(rows), width)


class _Builder:
    def __init__(self, plant: Plant) -> None:
        self.plant = plant
        self.file = f"content/plants/{plant.slug}/plant.yaml"
        self.loop_index = {tag: i for i, tag in enumerate(plant.unit.loops)}
        self.phase_index = {slug: i for i, slug in enumerate(plant.unit.phases)}

    def _slot(self, short: str, place: str) -> int:
        signal = self.plant.signals.get(self.plant.address(short))
        if signal is None:
            raise UnknownName(f"{short!r} names no signal.", where=f"{self.file} ({place})")
        return signal.slot

    def _instrument(self, tag: str, place: str) -> tuple[int, int, str]:
        """Slots of value and quality, and the SI unit, of an instrument."""
        if tag not in self.plant.unit.instruments:
            raise UnknownName(f"{tag!r} is no instrument.", where=f"{self.file} ({place})",
                              next_step=known(self.plant.unit.instruments))
        return self._slot(f"{tag}.value", place), self._slot(f"{tag}.quality", place), self.plant.measured[tag]

    def _si(self, value: Quantity, unit: str, place: str) -> float:
        return si(value, unit, where=f"{self.file} ({place})")

    def _ms(self, value: Quantity, place: str) -> int:
        return round(self._si(value, "s", place) * 1000)

    def _whole(self, name: str) -> int:
        return self.plant.whole_slots[self.plant.address(name)]

    def _phase(self, slug: str, place: str) -> int:
        if slug not in self.phase_index:
            raise UnknownName(f"{slug!r} is no phase.", where=f"{self.file} ({place})",
                              next_step=known(self.phase_index))
        return self.phase_index[slug]

    def _mask(self, phases: list[str], place: str) -> int:
        return sum(1 << self._phase(p, place) for p in phases) if phases else -1

    # --- loops ---------------------------------------------------------------------------------------------------

    def loops(self) -> tuple[Ints, Floats, Ints, Floats]:
        rows: list[list[int]] = []
        tuning: list[list[float]] = []
        outputs: list[list[int]] = []
        spans: list[list[float]] = []
        for tag, loop in self.plant.unit.loops.items():
            place = f"loops.{tag}"
            value, quality, unit = self._instrument(loop.measures, place) if loop.measures else (-1, -1, "1")
            low, high = (self._si(v, unit, place) for v in loop.setpoint_range)
            if not high > low:
                raise DescriptionError("the set-point range is empty.", where=f"{self.file} ({place})")
            first = len(outputs)
            for output in loop.outputs:
                slot, slave, driven = self._driven(output.drives, place)
                outputs.append([slot, slave])
                spans.append([output.from_, output.to, self._si(output.low, driven, place),
                              self._si(output.high, driven, place)])
            rows.append([value, quality, *(self._slot(f"{tag}.{n}", place) for n in
                                           ("setpoint", "output", "integral", "previous")),
                         self._whole(f"{tag}.mode"), first, len(outputs), 1 if loop.direct else -1])
            ends = [v for o in loop.outputs for v in (o.from_, o.to)]
            tuning.append([loop.gain / (high - low), self._si(loop.integral_time, "s", place),
                           self._si(loop.derivative_time, "s", place),
                           self._si(loop.dead_band, f"delta_{unit}" if unit == "K" else unit, place),
                           low, high, min(ends), max(ends)])
        return _ints(rows, 10), _floats(tuning, 8), _ints(outputs, 2), _floats(spans, 4)

    def _driven(self, drives: str, place: str) -> tuple[int, int, str]:
        """Slot, slave loop (-1 for none) and SI unit of what an output moves."""
        owner, _, attribute = drives.partition(".")
        if owner in self.loop_index and attribute == "setpoint":
            return self._slot(drives, place), self.loop_index[owner], self.plant.signal(drives).unit
        signal = self.plant.signals.get(self.plant.address(drives))
        if signal is None or signal.causality != "input":
            raise UnknownName(f"{drives!r} is neither an input nor a loop's set-point.",
                              where=f"{self.file} ({place})")
        return signal.slot, -1, signal.unit

    # --- alarms and interlocks -----------------------------------------------------------------------------------

    def alarms(self) -> tuple[Ints, Floats]:
        rows: list[list[int]] = []
        thresholds: list[list[float]] = []
        for tag, alarm in self.plant.unit.alarms.items():
            place = f"alarms.{tag}"
            value, quality, unit = self._instrument(alarm.on, place)
            setpoint = self._slot(f"{alarm.loop}.setpoint", place) if alarm.loop else -1
            if alarm.condition == "deviation" and setpoint < 0:
                raise DescriptionError("a deviation alarm needs a loop.", where=f"{self.file} ({place})")
            difference = "delta_degC" if unit == "K" else unit
            absolute = alarm.condition != "deviation"
            rows.append([value, quality, CONDITIONS[alarm.condition], setpoint, self._whole(f"{tag}.state"),
                         self._mask(alarm.phases, place), alarm.priority])
            thresholds.append([self._si(alarm.threshold, unit if absolute else difference, place),
                               self._si(alarm.dead_band, difference, place),
                               float(self._ms(alarm.on_delay, place)), float(self._ms(alarm.off_delay, place))])
        return _ints(rows, 7), _floats(thresholds, 4)

    def interlocks(self) -> tuple[Ints, Floats, Ints, Floats]:
        rows: list[list[int]] = []
        trips: list[list[float]] = []
        forces: list[list[int]] = []
        forced: list[list[float]] = []
        for tag, interlock in self.plant.unit.interlocks.items():
            place = f"interlocks.{tag}"
            value, _, unit = self._instrument(interlock.on, place)
            first = len(forces)
            for target, wanted in interlock.forces.items():
                slot, _, driven = self._driven(target, place)
                forces.append([slot])
                forced.append([self._si(wanted, driven, place)])
            rows.append([value, CONDITIONS[interlock.condition], self._whole(f"{tag}.active"), first, len(forces)])
            difference = "delta_degC" if unit == "K" else unit
            trips.append([self._si(interlock.threshold, unit, place), self._si(interlock.dead_band, difference, place),
                          float(self._ms(interlock.on_delay, place)), float(self._ms(interlock.off_delay, place))])
        return _ints(rows, 5), _floats(trips, 4), _ints(forces, 1), _floats(forced, 1)

    def limits(self) -> tuple[Ints, Floats]:
        rows: list[list[int]] = []
        bands: list[list[float]] = []
        for tag, i, band in limit_rows(self.plant):
            place = f"instruments.{tag}.limits[{i}]"
            value, _, unit = self._instrument(tag, place)
            low = -np.inf if band.low is None else self._si(band.low, unit, place)
            high = np.inf if band.high is None else self._si(band.high, unit, place)
            rows.append([value, self._whole(f"{tag}.limit{i}.outside"), self._mask(band.phases, place)])
            bands.append([low, high, float(self._ms(band.dwell, place))])
        return _ints(rows, 3), _floats(bands, 3)

    # --- phases --------------------------------------------------------------------------------------------------

    def phases(self) -> tuple[Ints, Ints, Floats, Ints, Floats]:
        rows: list[list[int]] = []
        actions: list[list[int]] = []
        acted: list[list[float]] = []
        transitions: list[list[int]] = []
        passed: list[list[float]] = []
        for slug, phase in self.plant.unit.phases.items():
            place = f"phases.{slug}"
            row = [self._ms(phase.scan, place), len(actions)]
            self._actions(slug, actions, acted)
            row += [len(actions), len(transitions)]
            for t in phase.transitions:
                value, _, unit = self._instrument(t.on, place) if t.on else (-1, -1, "1")
                after = -1 if t.after is None else self._ms(t.after, place)
                transitions.append([self._phase(t.to, place), after, value, CONDITIONS[t.condition]])
                passed.append([self._si(t.threshold, unit, place)])
            for follower in phase.next:
                self._phase(follower, place)
            rows.append([*row, len(transitions), int(phase.ends_lot)])
        return (_ints(rows, 6), _ints(actions, 2), _floats(acted, 1), _ints(transitions, 4), _floats(passed, 1))

    def _actions(self, slug: str, actions: list[list[int]], acted: list[list[float]]) -> None:
        place = f"phases.{slug}"
        phase = self.plant.unit.phases[slug]
        for tag, action in phase.loops.items():
            if tag not in self.loop_index:
                raise UnknownName(f"{tag!r} is no loop.", where=f"{self.file} ({place})",
                                  next_step=known(self.loop_index))
            unit = self.plant.signal(f"{tag}.setpoint").unit
            if action.setpoint is not None:
                actions.append([0, self._slot(f"{tag}.setpoint", place)])
                acted.append([self._si(action.setpoint, unit, place)])
            if action.output is not None:
                actions.append([0, self._slot(f"{tag}.output", place)])
                acted.append([action.output])
            if action.mode is not None:
                if action.mode not in self.plant.unit.loops[tag].modes:
                    raise UnknownName(f"{tag} has no mode {action.mode!r}.", where=f"{self.file} ({place})",
                                      next_step=known(self.plant.unit.loops[tag].modes))
                actions.append([1, self._whole(f"{tag}.mode")])
                acted.append([float(MODES.index(action.mode))])
        for target, wanted in phase.sets.items():
            slot, _, unit = self._driven(target, place)
            actions.append([0, slot])
            acted.append([self._si(wanted, unit, place)])

    # --- malfunctions --------------------------------------------------------------------------------------------

    def faults(self) -> tuple[Ints, Floats]:
        found = self.plant.malfunctions.values()
        return (_ints([[m.slot, m.severity_slot] for m in found], 2),
                _floats([[m.healthy, m.worst] for m in found], 2))
