"""What waiting does to a lot: what grows in it, what dies, what sticks together. Exact over any time.

Teaching laws, their rates of the right order and their shape the usual one; nothing here is qualified.
"""

from __future__ import annotations

import math

from biotwin.materials import Material
from biotwin.materials.attributes import FREEZING, HEAT_CAPACITY, protein_concentration, sucrose_concentration

DOUBLING = 2.0 * 3600.0
"""Of a bioburden at 20 degC in a protein pool, s: between the hour of rich media and the day of buffers. Teaching."""
DOUBLED_BY = 10.0
"""K that double any rate: a Q10 of 2 (recalled). At 5 degC a population takes some 6 h to double."""
GROWTH_STOPS = 277.15
"""Below 4 degC nothing grows. Teaching value (psychrophiles leave it out)."""
MOST = 1.0e15
"""CFU per m3 at which growth ends: 1e9 per mL, a full culture (recalled)."""
DRY = 500.0
"""kg of protein per m3 of water above which it is a cake: no antibody dissolves to half of it. In a cake nothing grows
or sticks on the scale of a wait. Teaching value."""
AGGREGATION = 2.0e-10
"""Share of the monomer that sticks, per second and per g/L, at 20 degC: 0.03 % in a day at 20 g/L. Teaching."""
KEPT_BY_SUCROSE = 0.05
FORMULATED = 20.0
"""The same in a formulation, which more sucrose than this (g/L) tells: at 50 g/L and 5 degC some 0.6 % a year; liquid
antibodies are stored for two years at 0.2 to 1 % a year (recalled). Teaching values."""

DYING = 0.01 / 3600.0
"""Of the viable cells, per second at 37 degC: they starve where nothing feeds them. Teaching value within the death
rates of starved CHO cultures, 0.005 to 0.05 per hour (recalled); a dead cell is counted, it is not gone."""
BODY = 310.15


def held(material: Material, seconds: float, temperature: float) -> Material:
    """The material after ``seconds`` (>= 0) at ``temperature`` (K)."""
    if seconds <= 0.0 or material.volume <= 0.0:
        return material
    if protein_concentration(material) > DRY:
        return material._replace(heat=HEAT_CAPACITY * material.volume * (temperature - FREEZING))
    warmth = 2.0 ** ((temperature - 293.15) / DOUBLED_BY)
    grown = _grown(material, seconds, temperature, warmth)
    rate = AGGREGATION * (KEPT_BY_SUCROSE if sucrose_concentration(material) > FORMULATED else 1.0)
    stuck = material.monomer * -math.expm1(-rate * warmth * protein_concentration(material) * seconds)
    share = stuck / material.monomer if material.monomer > 0.0 else 0.0
    died = material.viable_cells * -math.expm1(-DYING * 2.0 ** ((temperature - BODY) / DOUBLED_BY) * seconds)
    return material._replace(
        viable_cells=material.viable_cells - died, dead_cells=material.dead_cells + died,
        bioburden=grown, monomer=material.monomer - stuck, hmw=material.hmw + stuck,
        acidic=material.acidic * (1.0 - share), basic=material.basic * (1.0 - share),
        heat=HEAT_CAPACITY * material.volume * (temperature - FREEZING),
    )


def _grown(material: Material, seconds: float, temperature: float, warmth: float) -> float:
    """Colony-forming units after the wait."""
    if temperature <= GROWTH_STOPS or material.bioburden <= 0.0:
        return material.bioburden
    doublings = min(seconds * warmth / DOUBLING, 100.0)
    return min(material.bioburden * 2.0**doublings, max(MOST * material.volume, material.bioburden))
