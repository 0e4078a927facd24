"""What the tests of the science share: a living culture as state, quantities with units, a stepper of fifteen lines."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

import numpy as np

from biotwin.equipment.stirred_bioreactor import model
from biotwin.equipment.stirred_bioreactor.model import Inputs, Parameters, Start, State
from biotwin.kinetics import composite, overflow
from biotwin.quantity import registry, unit_of

LAWS = {
    "composite": (composite.specific_rates, composite.SETS["modern"]),
    "overflow": (overflow.specific_rates, overflow.SETS["hybridoma"]),
}
VESSEL = Parameters()
BUSY = Inputs(
    stirrer_speed=1.1, sparge_air=0.004, sparge_oxygen=0.002, sparge_carbon_dioxide=0.0003, sparge_nitrogen=0.0002,
    overlay_air=0.001, overlay_carbon_dioxide=0.0001, liquid_flow=1e-6, glucose_flow=4e-4, glutamine_flow=3e-5,
    inorganic_carbon_flow=1e-5, strong_ion_flow=2e-5, osmole_flow=1e-3, antifoam_flow=1e-9, harvest_flow=2e-7,
    sample_flow=1e-7, vent_opening=0.8, jacket_temperature=308.0, ph=6.98, sparger_fouling=0.2, belt_slip=0.1,
    sparger_tear=0.1, surfactant_loss=0.3, contamination_rate=1.0, mycoplasma_rate=1e-9, foam_production=2.0,
    exhaust_filter_blockage=0.3,
)


def culture(**changes: float) -> State:
    """A culture of a week, with a little of everything."""
    x = model.initial(VESSEL, Start(viable_density=9e12, viability=0.93, glucose=18.0, glutamine=1.2, lactate=14.0,
                                    ammonia=3.3, osmolality=345.0, dissolved_oxygen=0.4, antifoam=0.01))
    return x._replace(**{
        "lysed_cells": 4e11, "product": 2.5, "galactosylated": 0.7, "aggregates": 0.03, "host_cell_protein": 0.4,
        "cell_time": 2.6e18, "foam": 0.05, "filter_wetness": 0.2, "bacteria": 3e10, "mycoplasma": 0.1,
        "temperature": 307.0, **changes,
    })


def cultures(number: int) -> Iterator[State]:
    """Cultures scattered around that one, seeded."""
    noise = np.random.default_rng(20).lognormal(0.0, 0.3, (number, len(State._fields)))
    for row in noise:
        x = State(*(float(v * s) for v, s in zip(culture(), row, strict=True)))
        yield x._replace(temperature=300.0 + 5.0 * float(row[0]), mycoplasma=min(x.mycoplasma, 1.0))


def with_units(values: Any) -> Any:
    """A NamedTuple of floats as one of Pint quantities, by its annotations."""
    hints = get_type_hints(type(values), include_extras=True)
    quantity = registry().Quantity
    return type(values)(*(quantity(v, unit_of(hints[n])) for n, v in zip(values._fields, values, strict=True)))


def constants() -> Iterator[tuple[Any, str, Any]]:
    """Every module, name and value of an annotated tuple of constants in the twin's laws."""
    for name, module in list(sys.modules.items()):
        if not name.startswith(("biotwin.properties", "biotwin.kinetics", "biotwin.equipment.stirred_bioreactor")):
            continue
        for key, value in list(vars(module).items()):
            if isinstance(value, tuple) and hasattr(value, "_fields"):
                yield module, key, value


def positive_step(
    slope: Callable[[np.ndarray], np.ndarray], x: np.ndarray, h: float, stiff: int
) -> np.ndarray:
    """ROS2-W with gamma = 1 + 1/sqrt 2, whose column is the chord of the slope down to none of the stiff amount."""
    gh, k1, empty = (1.0 + 1.0 / math.sqrt(2.0)) * h, slope(x), x.copy()
    reach = max(x[stiff], 1e-9)
    empty[stiff] -= reach
    column = (k1 - slope(empty)) / reach

    def solved(v: np.ndarray) -> np.ndarray:
        return v + gh * v[stiff] / (1.0 - gh * column[stiff]) * column

    k1 = solved(k1)
    return x + h * (1.5 * k1 + 0.5 * solved(slope(x + h * k1) - 2.0 * k1))
