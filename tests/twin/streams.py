"""Random commands that a plant understands, as a Hypothesis strategy: all that seats and instructors can do."""

from __future__ import annotations

from hypothesis import strategies as st

from biotwin.plant.plant import Plant
from biotwin.session import inputs as i
from biotwin.session.machine import machine_of


def commands(plant: Plant) -> st.SearchStrategy[i.Input]:
    """One input that ``validate`` accepts."""
    unit, at = plant.unit, plant.address
    kinds: list[st.SearchStrategy[i.Input]] = [_loop(plant)]
    if unit.alarms:
        alarm = st.sampled_from([at(a) for a in unit.alarms])
        kinds += [alarm.map(i.AcknowledgeAlarm), alarm.map(i.UnshelveAlarm),
                  st.builds(i.ShelveAlarm, alarm, st.integers(1, 8 * 3_600_000))]
    if unit.analysers:
        kinds.append(st.lists(st.sampled_from([at(a) for a in unit.analysers]), min_size=1, max_size=4).map(
            lambda names: i.TakeSample(tuple(names))))
    if unit.field:
        kinds.append(st.sampled_from(_actions(plant)))
    kinds.append(st.sampled_from(plant.phases).map(i.StartPhase))
    kinds.append(st.sampled_from([i.SetRecipeMode("automatic"), i.SetRecipeMode("semi_automatic"), i.HoldRecipe(),
                                  i.RestartRecipe()]))
    kinds.append(st.builds(i.InjectMalfunction, st.sampled_from(sorted(plant.malfunctions)), st.floats(0.0, 1.0),
                           st.integers(0, 3_600_000)))
    return st.one_of(kinds)


def _loop(plant: Plant) -> st.SearchStrategy[i.Input]:
    tuning = machine_of(plant).control.tuning

    def of(pair: tuple[int, str]) -> st.SearchStrategy[i.Input]:
        row, tag = pair
        address = plant.address(tag)
        return st.one_of(
            st.sampled_from(plant.unit.loops[tag].modes).map(lambda mode: i.SetMode(address, mode)),
            st.floats(tuning[row, 4], tuning[row, 5]).map(lambda value: i.SetSetpoint(address, value)),
            st.floats(tuning[row, 6], tuning[row, 7]).map(lambda value: i.SetOutput(address, value)),
        )

    return st.sampled_from(list(enumerate(plant.unit.loops))).flatmap(of)


def _actions(plant: Plant) -> list[i.FieldAction]:
    return [
        i.FieldAction(plant.address(station), verb, argument)
        for station, description in plant.unit.field.items()
        for verb, v in description.verbs.items() for argument in (v.arguments or [""])
    ]


def entries(plant: Plant, *, start: int, end: int, most: int) -> st.SearchStrategy[list[i.Entry]]:
    """A journal between two simulated times, in order."""
    timed = st.lists(st.tuples(st.integers(start, end), commands(plant)), max_size=most)
    return timed.map(lambda rows: [
        i.Entry(n, time, "test", item) for n, (time, item) in enumerate(sorted(rows, key=lambda r: r[0]), 1)
    ])
