"""Heat that kills: how much a second at a temperature is worth at the reference. One definition, moist heat and dry.

The rate is 10 to the power of (T - reference)/z, and its integral over time is F: F0 with 121.1 degC and z = 10 K for
spores in saturated steam (downstream.md 3.8 and 6.7 [A]; Ph. Eur. 5.1.5 writes 121 degC), F_H with 250 degC and 46.4 K
for endotoxin in hot air (sources in the tunnel's drawer). The straight line is the definition; as a law of nature it
holds where z was measured, some 100 to 135 degC for spores (recalled).
"""

from __future__ import annotations

from biotwin.operators import exp, law, minimum
from biotwin.quantity import Kelvin, Number

DECADE = 2.302585092994046
"""Natural logarithm of ten."""
MOIST_REFERENCE, MOIST_Z = 394.25, 10.0
"""121.1 degC and 10 K (K): the definition of F0."""


@law
def lethal_rate(temperature: Kelvin, reference: Kelvin, z: Kelvin) -> Number:
    """Seconds at the reference that a second at ``temperature`` is worth; held from twelve decades on, a guard."""
    return exp(DECADE * minimum((temperature - reference) / z, 12.0))
