"""The benches on which the small drawers are tried: one healthy run each, and what each malfunction must show.

A bench settles on ``inputs``, then goes on with ``inputs`` changed by ``step``; a malfunction's ``signal`` must
then leave the healthy run by more than ``band``, its normal band.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_type_hints

import yaml

import biotwin
from biotwin.quantity import si, unit_of
from tests.drawers.aseptic import ASEPTIC
from tests.drawers.closing import CLOSING
from tests.drawers.delivery import DELIVERY
from tests.drawers.holding import HOLDING
from tests.drawers.lumped import LUMPED, model_of
from tests.drawers.packed import PACKED
from tests.drawers.upstream import UPSTREAM

EQUIPMENT = Path(biotwin.__file__).parent / "equipment"
TICKED = ("sensor", "peristaltic_pump", "valve", "mass_flow_controller", "stirrer_drive", "feed_vessel", "jacket_loop",
          "depth_filter", "disc_stack_centrifuge", "hold_tank", "transport_lane",
          "buffer_manifold")
STEPPED = ("freeze_dryer", "steam_sterilisation", "pressure_rise")
"""Ticked too, by an implicit step or by points kept at ticks: a minute is not sixty seconds to the last bit."""
SPLIT = ("inactivation_tank", "infusion_bag", *ASEPTIC, *UPSTREAM)
"""Drawers whose tick is a splitting: exact in each step, first order in the tick."""
UNTICKED = {"analyser": "measured", "sampler": "sampling"}
DRAWERS = (*TICKED, *STEPPED, *SPLIT, *LUMPED, *UNTICKED)
WITH_LAWS = ("ultrafiltration", "virus_filter")
"""Lumped drawers, most with a choice of laws; their benches stand in ``with_laws.py``."""
DISTRIBUTED = ("chromatography_column",)
"""Drawers whose state is a block; their benches stand in ``test_distributed.py``."""
FOLDERS = (*DRAWERS, *WITH_LAWS, *DISTRIBUTED)
DEVIATES = (0.3, -1.2, 0.7, 1.9, -0.4, -2.1, 0.1, 1.1, -0.8, 0.5)
STEP_ON = {"command": 0.8}


@dataclass(frozen=True)
class Bench:
    """A healthy run of one drawer: ticks of ``dt`` seconds, settled first."""

    parameters: dict[str, float]
    start: dict[str, float]
    inputs: dict[str, float]
    step: dict[str, float]
    shows: dict[str, tuple[str, float]] = field(default_factory=dict)
    dt: float = 10.0
    settling: int = 30
    ticks: int = 60
    means: tuple[str, ...] = ()
    """States that are means over the last tick: its length shows in them, and must."""
    rounding: float = 1.0e-15
    """By how much compiled and interpreted laws may differ: the order of roundings, where a law is long."""


_DRIVEN = ("stuck", "slow", "dead", "biased", "drifting", "hunting")


def _driven(signal: str, band: float, **more: tuple[str, float]) -> dict[str, tuple[str, float]]:
    return {**dict.fromkeys(_DRIVEN, (signal, band)), **more}


CENTRATE = {"flow": 5.6e-4, "product": 3.0, "aggregates": 0.05, "hcp": 0.3, "dna": 0.01, "cells": 1.0e10, "debris": 1.0}

BENCHES: dict[str, Bench] = {
    "sensor": Bench(
        {"low": 6.0, "high": 8.0, "lag": 30.0, "noise": 0.005, "resolution": 0.01, "offset": 0.02,
         "natural_drift": 1.0e-8},
        {"value": 7.0}, {"measured": 7.0}, {"measured": 7.4},
        {**dict.fromkeys(("biased", "noisy", "stuck", "slow", "dead"), ("value", 0.05)), "drifting": ("value", 0.02)},
        ticks=1440,
    ),
    "peristaltic_pump": Bench(
        {"maximum_flow": 1.0e-5, "lag": 5.0}, {"wear": 1.0e5}, {"command": 0.4}, STEP_ON,
        {**dict.fromkeys(("stuck", "slow", "dead", "under_delivers", "hunting", "airlocked"), ("flow", 1.0e-6)),
         "drifting": ("flow", 1.0e-9), "occluded": ("line_pressure", 5.0e4)},
    ),
    "valve": Bench(
        {}, {"position": 0.2}, {"command": 0.2}, STEP_ON, _driven("position", 0.05, drifting=("position", 1e-3)),
    ),
    "mass_flow_controller": Bench(
        {"maximum_flow": 1.0e-3, "lag": 5.0}, {"fraction": 0.2}, {"command": 0.2}, STEP_ON,
        _driven("flow", 2.0e-3, drifting=("flow", 2.0e-5), supply_lost=("indicated", 1.0e-4)),
    ),
    "stirrer_drive": Bench(
        {}, {"speed": 0.5}, {"command": 0.2}, STEP_ON, _driven("speed", 0.1, drifting=("speed", 1e-3)),
    ),
    "feed_vessel": Bench(
        {"glucose": 420.0, "substitute_glucose": 0.0, "density": 1150.0, "tare": 2.0}, {"volume": 0.05},
        {"draw": 2.0e-6}, {}, {"wrong_bottle": ("glucose_flow", 1.0e-4), "clamped": ("weight", 0.1)},
    ),
    "jacket_loop": Bench(
        {}, {"temperature": 310.0}, {"command": 0.2, "vessel_heat": 300.0}, {"command": -0.5},
        {"stuck": ("temperature", 1.0), "biased": ("temperature", 1.0), "chilled_water_lost": ("temperature", 1.0),
         "pump_dead": ("temperature", 1.0), "exchanger_fouled": ("temperature", 1.0)}, dt=60.0,
    ),
    "depth_filter": Bench(
        {}, {"flushed": 0.05}, CENTRATE, {},
        {"blocked_capsule": ("inlet_pressure", 3.0e3), "bypass": ("turbidity", 10.0), "weak_adsorption": ("hcp", 0.02),
         "leak": ("leak_flow", 1.0e-6)},
        means=("product_out", "aggregates_out", "hcp_out", "dna_out", "cells_out", "debris_out", "leachables_out"),
    ),
    "freeze_dryer": Bench(
        {}, {"temperature": 240.0, "shelf_temperature": 250.0, "coil_temperature": 204.0, "pressure": 20.0,
             "frozen": 1.0},
        {"shelf_target": 258.0, "bleed_opening": 0.17, "vacuum_valve": 1.0, "condenser_duty": 1.0},
        {"shelf_target": 273.0},
        {"refrigeration_lost": ("coil_temperature", 1.0), "chamber_leaks": ("chamber_pressure", 5.0),
         "vacuum_pump_dead": ("chamber_pressure", 5.0), "shelf_pump_dead": ("shelf_temperature", 1.0),
         "shelf_heater_dead": ("shelf_temperature", 1.0), "duct_closing": ("chamber_pressure", 2.0),
         "probe_out": ("centre_product", 1.0), "pirani_off": ("pirani_pressure", 2.0)}, rounding=1.0e-11,
    ),
    "inactivation_tank": Bench(
        {}, {"volume": 0.1, "ph": 3.8}, {"stirrer_speed": 1.0, "jacket_temperature": 303.15}, {"acid_flow": 2.0e-6},
        {"impeller_loose": ("shaft_speed", 0.1), "leg_unswept": ("slow_ph", 0.05),
         "transfer_skipped": ("log_reduction", 0.3), "acid_diluted": ("ph", 0.05),
         "jacket_fouled": ("temperature", 0.5)},
    ),
    "disc_stack_centrifuge": Bench(
        {}, {"speed": 1.0, "volume": 0.01}, {**CENTRATE, "command": 1.0, "cells": 2.0e13, "debris": 4.0},
        {"discharge": 1.0},
        {"discharge_stuck": ("bowl_fill", 0.1), "bowl_slow": ("turbidity", 50.0), "valve_throttled": ("hcp", 0.05),
         "air_entrained": ("hcp", 0.05), "seal_leak": ("waste_flow", 1.0e-5)},
        settling=6, ticks=12,
        means=("outflow", "product_out", "aggregates_out", "hcp_out", "dna_out", "cells_out", "debris_out", "waste",
               "product_waste", "aggregates_waste", "hcp_waste", "dna_waste", "cells_waste", "debris_waste"),
    ),
    "steam_sterilisation": Bench(
        {"pump_speed": 0.02, "worst_leak": 1.0e-5},
        {"temperature": 385.0, "steam_pressure": 1.6e5, "air_pressure": 4.0e4},
        {"steam_valve": 0.15, "vent_valve": 0.2, "drain_valve": 1.0}, {"steam_valve": 0.3},
        {"air_trapped": ("steam_temperature", 0.5), "trap_blocked": ("leg_temperature", 0.5),
         "leg_cold": ("leg_temperature", 0.5), "steam_lost": ("pressure", 5.0e3),
         "vent_filter_wet": ("air_fraction", 0.02), "steam_valve_stuck": ("pressure", 5.0e3),
         "door_leaks": ("pressure", 5.0e3)}, rounding=1.0e-11,
    ),
    "pressure_rise": Bench(
        {"settling": 60.0, "length": 600.0}, {}, {"pressure": 10.0, "running": 1.0}, {"pressure": 12.0},
        {"volume_mistaken": ("leak_rate", 1.0e-3)}, ticks=90,
    ),
    "analyser": Bench(
        {"relative_error": 0.05, "absolute_error": 0.1, "low": 1.1, "high": 83.0, "bias": 0.05}, {},
        {"true_value": 20.0}, {}, {"biased": ("value", 2.0), "imprecise": ("value", 2.0), "dead": ("quality", 0.5)},
    ),
    "sampler": Bench(
        {}, {}, {"requested": 2.0e-5, "purge": 1.0e-5}, {},
        {"diaphragm_torn": ("contamination_probability", 1.0e-3), "blocked": ("withdrawn", 1.0e-6)},
    ),
    **{slug: Bench(**bench) for slug, bench in (UPSTREAM | DELIVERY | HOLDING | ASEPTIC | CLOSING | PACKED).items()},
}
"""What each malfunction shows on the bench of its drawer."""

OTHER_STEPS: dict[tuple[str, str], tuple[dict[str, float], str, float]] = {
    ("peristaltic_pump", "leak"): ({"command": 0.0}, "flow", 1.0e-7),
    ("valve", "leak"): ({"command": 0.0}, "opening", 0.05),
    ("mass_flow_controller", "leak"): ({"command": 0.0}, "flow", 1.0e-3),
    ("freeze_dryer", "bleed_stuck"): ({"bleed_opening": 0.6}, "chamber_pressure", 5.0),
    ("freeze_dryer", "press_jammed"): ({"stopper_press": 1.0}, "stopper", 0.1),
    ("jacket_loop", "chilled_valve_leaks"): ({"command": 0.2}, "temperature", 1.0),
    ("steam_sterilisation", "vacuum_pump_weak"): ({"steam_valve": 0.0, "vacuum_valve": 1.0}, "pressure", 5.0e3),
    ("jacket_loop", "heater_dead"): ({"command": 0.4}, "heater_power", 1000.0),
    ("sterile_filter", "fouls_fast"): ({"flow": 2.0e-5}, "resistance_ratio", 0.1),
    ("depth_filter", "channelling"): ({**dict.fromkeys(CENTRATE, 0.0), "flow": 5.6e-4}, "held_product", 0.01),
}
"""Malfunctions that show only after another step: (step, signal, band)."""


@dataclass(frozen=True)
class Drawer:
    """One drawer with its bench, its malfunctions and its laws."""

    slug: str
    model: Any
    bench: Bench
    malfunctions: dict[str, dict[str, Any]]

    @property
    def parameters(self) -> Any:
        return self.model.Parameters(**self.bench.parameters)

    def inputs(self, **changes: float) -> Any:
        return self.model.Inputs(**{**self.bench.inputs, **changes})

    def start(self) -> Any:
        return self.model.initial(self.parameters, self.model.Start(**self.bench.start))

    def shows(self, malfunction: str) -> tuple[dict[str, float], str, float]:
        """Step, signal and band of a malfunction on this bench."""
        other = OTHER_STEPS.get((self.slug, malfunction))
        return other or (self.bench.step, *self.bench.shows[malfunction])

    def worst(self, malfunction: str) -> float:
        """The input's value at severity 1, SI."""
        entry = self.malfunctions[malfunction]
        if isinstance(entry["worst"], dict):
            return float(entry["worst"]["span"]) * (self.parameters.high - self.parameters.low)
        return si(entry["worst"], unit_of(annotations(self.model.Inputs)[entry["input"]]))

    def fly(self, step: dict[str, float], *, law: Callable[..., Any] | None = None, **fault: float) -> list[Any]:
        """Readings of each tick after settling; ``law(model)`` may give other (advance, readings)."""
        p, bench = self.parameters, self.bench
        if self.slug in UNTICKED:
            measure = law or getattr(self.model, UNTICKED[self.slug])
            return [measure(self.inputs(**({"deviate": d} if self.slug == "analyser" else {}), **step, **fault), p)
                    for d in DEVIATES]
        advance, readings = law or (self.model.advance, self.model.readings)
        x, seen = self.start(), []
        noisy = "deviate" in self.model.Inputs._fields
        for n in range(bench.settling + bench.ticks):
            late = {**step, **fault} if n >= bench.settling else {}
            u = self.inputs(**({"deviate": DEVIATES[n % 10]} if noisy else {}), **late)
            x = advance(x, u, p, bench.dt)
            if n >= bench.settling:
                seen.append((readings(x, u, p), x))
        return seen


def annotations(shape: Any) -> dict[str, Any]:
    """Field annotations of a NamedTuple, resolved."""
    return get_type_hints(shape, include_extras=True)


def drawer(slug: str) -> Drawer:
    text = (EQUIPMENT / slug / "malfunctions.yaml").read_text(encoding="utf-8")
    return Drawer(slug, model_of(slug), BENCHES[slug], yaml.safe_load(text))
