"""Uninvited guests: a fast bacterium that eats, breathes and sours, and a mycoplasma that no probe sees."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import law, maximum, minimum
from biotwin.quantity import MolPerCell, MolPerCellSecond, MolPerCubicMetre, Number, PerSecond


class Bacterium(NamedTuple):
    """A facultative anaerobe such as *E. coli* or *Bacillus* from a bad connection; figures per colony-forming unit."""

    growth_maximum: PerSecond = 1.2 / 3600.0
    """1 to 2 1/h in rich medium at 37 degC (task's range, general microbiology)."""
    glucose_half: MolPerCubicMetre = 0.5
    """Teaching value, far above the true affinity (0.2 mmol/m3): the last glucose then lasts longer than a tick."""
    oxygen_half: MolPerCubicMetre = 0.006
    """As for the cells: both die of the same lack. Teaching value."""
    on_the_rest: Number = 0.2
    """Growth on amino acids and lactate, with oxygen only, relative to glucose: it goes on when the glucose is gone.
    Teaching value."""
    without_oxygen: Number = 0.5
    """Growth by fermentation relative to growth by respiration. Teaching value."""
    glucose: MolPerCell = 3.3e-15
    """Glucose per new cell: 0.3 pg dry matter at 0.5 g/g (general microbiology)."""
    oxygen: MolPerCell = 4.5e-15
    """Oxygen per new cell in respiration: 15 mmol/g/h at 1 1/h (general microbiology)."""
    acid: Number = 0.5
    """Lactate per glucose in respiration; without oxygen two. Teaching value."""
    lowest_ph: Number = 4.5
    ph_span: Number = 1.5
    """Growth falls to nothing from pH 6.0 to 4.5. Teaching value."""


class Mycoplasma(NamedTuple):
    """Load 0 (clean) .. 1 (as heavy as it gets)."""

    growth: PerSecond = 0.0866 / 3600.0
    """Doubling in 8 h; published doubling times go from 1 to 9 h, the slow end teaches patience. Recalled."""
    slowing: Number = 0.35
    """Growth of the culture lost at full load, from 0.2 to 0.4 (task's range)."""


class BacterialRates(NamedTuple):
    """Per colony-forming unit and second."""

    growth: PerSecond
    glucose: MolPerCellSecond
    oxygen: MolPerCellSecond
    acid: MolPerCellSecond


BACTERIUM = Bacterium()
MYCOPLASMA = Mycoplasma()


@law
def bacterial_rates(glucose: MolPerCubicMetre, oxygen: MolPerCubicMetre, ph: Number) -> BacterialRates:
    """Growth on glucose with or without oxygen, on other food with oxygen, and what it takes and leaves."""
    breath = oxygen / (oxygen + BACTERIUM.oxygen_half)
    fed = glucose / (glucose + BACTERIUM.glucose_half)
    acidity = minimum(maximum((ph - BACTERIUM.lowest_ph) / BACTERIUM.ph_span, 0.0), 1.0)
    grazing = BACTERIUM.growth_maximum * (1.0 - fed) * acidity * breath * BACTERIUM.on_the_rest
    breathing = BACTERIUM.growth_maximum * fed * acidity * breath
    fermenting = BACTERIUM.growth_maximum * fed * acidity * (1.0 - breath) * BACTERIUM.without_oxygen
    return BacterialRates(
        growth=breathing + fermenting + grazing,
        glucose=BACTERIUM.glucose * (breathing + fermenting),
        oxygen=BACTERIUM.oxygen * (breathing + grazing),
        acid=BACTERIUM.glucose * (BACTERIUM.acid * breathing + 2.0 * fermenting),
    )


@law
def mycoplasma_growth(load: Number, ingress: PerSecond) -> PerSecond:
    """Change of the load: what comes in, and logistic growth."""
    return (ingress + MYCOPLASMA.growth * load) * (1.0 - load)


@law
def growth_left(load: Number) -> Number:
    """Part of the culture's growth that a mycoplasma load leaves, 0.65 .. 1."""
    return 1.0 - MYCOPLASMA.slowing * load
