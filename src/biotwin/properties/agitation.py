"""What an impeller does to a liquid: power, dissipation, mixing time, the smallest eddies.

Symbols of the correlations: Po power number, N speed, D impeller, T tank, H liquid height, epsilon dissipation.
"""

from __future__ import annotations

from biotwin.operators import law, maximum, power
from biotwin.properties.liquids import BROTH_LIQUID
from biotwin.quantity import KilogramPerCubicMetre, Metre, Number, PerSecond, Second, Watt, WattPerKilogram


@law
def impeller_power(speed: PerSecond, diameter: Metre, power_number: Number, density: KilogramPerCubicMetre) -> Watt:
    """Po rho N^3 D^5, turbulent (Re > 1e4), gassing neglected: at 0.01 vvm it takes away a few percent."""
    square = diameter * diameter
    return power_number * density * speed * speed * speed * square * square * diameter


@law
def mixing_time(
    tank: Metre, height: Metre, impeller: Metre, dissipation: WattPerKilogram, floor: WattPerKilogram
) -> Second:
    """theta95 = 5.9 T^(2/3) eps^(-1/3) (D/T)^(-1/3), times (H/T)^2.43 where the liquid is taller than the tank is wide.

    Source: Nienow and Ruszkowski; Cooke for tall vessels (recalled, [D] in upstream.md 2.B). ``floor`` keeps an
    unstirred vessel finite.
    """
    tall = power(maximum(height / tank, 1.0), 2.43)
    return 5.9 * power(tank * tank * tank / (impeller * maximum(dissipation, floor)), 1.0 / 3.0) * tall


@law
def smallest_eddy(dissipation: WattPerKilogram, floor: WattPerKilogram) -> Metre:
    """Kolmogorov's length (nu^3/eps)^(1/4), m."""
    nu = BROTH_LIQUID.viscosity / BROTH_LIQUID.density
    return power(nu * nu * nu / maximum(dissipation, floor), 0.25)
