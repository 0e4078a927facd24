"""What a test is about: a number that is true of a sample, whether or not anybody can measure it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from biotwin.errors import UnknownName, known
from biotwin.materials import ATTRIBUTES, Material
from biotwin.materials.attributes import ph, protein
from biotwin.release.lot import STATES, Sample, reconstituted

SUCROSE = 0.3423
"""kg/mol."""
HISTIDINE = 0.1552
"""kg/mol."""
ANTIBODY = 148.0
"""kg/mol (downstream.md 3.1.3: 148 kDa)."""
WATER = 1000.0
"""kg/m3."""


class Truth(NamedTuple):
    """``value`` of the material as prepared and of the true states; its SI unit."""

    value: Callable[[Material, dict[str, float]], float]
    unit: str


def _per(amount: float, containers: float) -> float:
    return amount / containers if containers > 0.0 else 0.0


def osmolality(m: Material) -> float:
    """Osmoles per volume, mol/m3, every small molecule counted whole (osmotic coefficients of 1)."""
    small = 2.0 * m.salt + abs(m.strong_ions) + m.acetate + m.tris + m.phosphate + m.citrate + m.histidine + m.solutes
    return (small + m.sucrose / SUCROSE + protein(m) / ANTIBODY) / m.volume if m.volume > 0.0 else 0.0


def residual_moisture(m: Material) -> float:
    """Water over the whole of a cake, kg/kg."""
    water = WATER * m.volume
    solids = protein(m) + m.sucrose + m.polysorbate + HISTIDINE * m.histidine
    return water / (water + solids) if water + solids > 0.0 else 0.0


def contaminated_share(m: Material) -> float:
    """Share of containers with at least one living germ, germs falling into containers by chance."""
    return -math.expm1(-_per(m.bioburden, m.containers))


def visible_share(m: Material) -> float:
    """Share of containers with at least one visible particle."""
    return -math.expm1(-_per(m.visible_particles, m.containers))


def solution_ph(m: Material, states: dict[str, float]) -> float:
    """What the unit that made the solution says, else the electroneutrality of the vector."""
    return float(states["ph"]) if "ph" in states else ph(m)


_OF_MATERIAL: dict[str, tuple[Callable[[Material], float], str]] = {
    "osmolality": (osmolality, "mol/m^3"),
    "residual_moisture": (residual_moisture, "1"),
    "contaminated_share": (contaminated_share, "1"),
    "visible_share": (visible_share, "1"),
    "particles_per_container": (lambda m: _per(m.particles, m.containers), "1"),
    "main_fraction": (lambda m: (m.monomer - m.acidic - m.basic) / m.monomer if m.monomer > 0.0 else 0.0, "1"),
}


def _truths() -> dict[str, Truth]:
    def of(value: Callable[[Material], float]) -> Callable[[Material, dict[str, float]], float]:
        return lambda material, states: float(value(material))

    def state(name: str) -> Callable[[Material, dict[str, float]], float]:
        return lambda material, states: float(states.get(name, 0.0))

    found = {name: Truth(of(a.value), a.unit) for name, a in ATTRIBUTES.items()}
    found |= {name: Truth(of(value), unit) for name, (value, unit) in _OF_MATERIAL.items()}
    found |= {name: Truth(state(name), unit) for name, unit in STATES.items() if name not in found}
    return found | {"solution_ph": Truth(solution_ph, "1")}


TRUTHS: dict[str, Truth] = _truths()
"""Every attribute of a material, what follows for containers, and the true states beside it."""


def truth(name: str, where: str = "") -> Truth:
    """The truth of that name; raises ``UnknownName``."""
    if name not in TRUTHS:
        raise UnknownName(f"{name!r} is true of no sample.", where=where, next_step=known(TRUTHS))
    return TRUTHS[name]


def value_of(name: str, sample: Sample, water: float) -> float:
    """The true value in a sample; ``water`` is added to each container first (m3, 0 for the sample as it is)."""
    material = reconstituted(sample.material, water) if water > 0.0 else sample.material
    return truth(name).value(material, sample.states)
