"""What acid does to a zone in one tick: virus falls, monomer opens and sticks; each law is solved exactly."""

from __future__ import annotations

from biotwin.equipment.inactivation_tank.variables import Parameters
from biotwin.equipment.inactivation_tank.zones import Zone, protein
from biotwin.operators import exp, law
from biotwin.properties.titration import LN10, Charges, acidity_of
from biotwin.quantity import CubicMetrePerKilogramSecond, Kelvin, Number, PerSecond, Second


@law
def charges(z: Zone, p: Parameters) -> Charges:
    """Concentrations that set the zone's pH."""
    per_volume = 1.0 / (z.volume + p.least_volume)
    return Charges(z.strong_ions * per_volume, z.acetate * per_volume, z.tris * per_volume,
                   p.carboxyl * protein(z) * per_volume)


@law
def acidity(z: Zone, p: Parameters) -> Number:
    """pH of a zone."""
    return acidity_of(charges(z, p), p.molar)


@law
def inactivation_rate(ph: Number, temperature: Kelvin, p: Parameters) -> PerSecond:
    """Decades per second of an enveloped retrovirus; an Arrhenius line, a line in pH that bends at the knee."""
    warmth = p.inactivation_heat / p.reference_temperature - p.inactivation_heat / temperature
    faded = 1.0 / (1.0 + exp(2.0 * LN10 * (ph - p.inactivation_knee)))
    return p.inactivation * faded * exp(LN10 * p.inactivation_slope * (p.reference_ph - ph) + warmth)


@law
def open_share(ph: Number, temperature: Kelvin, p: Parameters) -> Number:
    """Part of the monomer that acid holds open once it has settled, 0..1."""
    warmth = p.unfolding_heat / p.unfolding_reference - p.unfolding_heat / temperature
    return 1.0 / (1.0 + exp(LN10 * (ph - p.unfolding_ph) - warmth))


@law
def association_rate(ph: Number, p: Parameters) -> CubicMetrePerKilogramSecond:
    """Second-order rate of open monomers: slow while acid charges them alike, fast once neutralised."""
    discharged = 1.0 / (1.0 + exp(2.0 * LN10 * (p.burst_ph - ph)))
    return p.association * (1.0 + p.burst * discharged)


@law
def held(z: Zone, temperature: Kelvin, p: Parameters, dt: Second) -> Zone:
    """The zone after ``dt``: opening (first order), then association (second order), and the virus."""
    ph = acidity(z, p)
    share = open_share(ph, temperature, p)
    kept = exp(-dt / p.folding_time)
    monomer = z.native + z.unfolded
    unfolded = share * monomer * (1.0 - kept) + z.unfolded * kept
    concentration = unfolded / (z.volume + p.least_volume)
    alone = unfolded / (1.0 + association_rate(ph, p) * concentration * dt)
    return Zone(
        volume=z.volume, strong_ions=z.strong_ions, acetate=z.acetate, tris=z.tris,
        native=z.native * (1.0 - share * (1.0 - kept)) + z.unfolded * ((1.0 - share) * (1.0 - kept)),
        unfolded=alone,
        aggregates=z.aggregates + (unfolded - alone),
        virus=z.virus * exp(-LN10 * inactivation_rate(ph, temperature, p) * dt),
    )
