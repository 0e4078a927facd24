"""The few words that the picture adds to the plant's own, in both languages, and how text is fitted into a box."""

from __future__ import annotations

import re

_WORDS = {
    "picture": ("Synoptique", "Synoptic"), "harvest": ("Récolte", "Harvest"), "transfer": ("Transfert", "Transfer"),
    "exhaust": ("Évent", "Vent"),
    "filter": ("Filtre d’évent", "Exhaust filter"),
    "sight_glass": ("Hublot", "Sight glass"), "gauge": ("Manomètre", "Gauge"),
    "sparge_air": ("Air", "Air"), "sparge_oxygen": ("O₂", "O₂"), "sparge_carbon_dioxide": ("CO₂", "CO₂"),
    "sparge_nitrogen": ("N₂", "N₂"), "overlay_air": ("Air, ciel", "Air, overlay"),
    "overlay_carbon_dioxide": ("CO₂, ciel", "CO₂, overlay"),
    "temperature": ("Température", "Temperature"), "ph": ("pH", "pH"), "dissolved_oxygen": ("pO₂", "DO"),
    "pressure": ("Pression", "Pressure"), "weight": ("Masse", "Weight"), "foam_height": ("Mousse", "Foam"),
    "speed": ("Agitation", "Stirrer"), "stirrer_power": ("Puissance", "Power"),
    "exhaust_oxygen": ("O₂", "O₂"), "exhaust_carbon_dioxide": ("CO₂", "CO₂"),
    "filter_pressure_drop": ("Δp filtre", "Filter Δp"), "chilled_valve": ("Eau froide", "Chilled"),
    "serum": ("Sérum", "Serum"), "tissues": ("Tissus", "Tissues"),
    "permeate": ("Perméat", "Permeate"), "drain": ("Égout", "Drain"), "bag": ("Poche", "Bag"),
    "carbon_dioxide": ("CO₂", "CO₂"), "stage": ("Récipient", "Vessel"), "gauge_ratio": ("Pirani/cap.", "Pirani/cap."),
    "washing": ("Lavage", "Washing"), "preheating": ("Entrée", "Infeed"), "hot_zone": ("Zone chaude", "Hot zone"),
    "cooling": ("Refroidissement", "Cooling"), "grade_a": ("Classe A", "Grade A"), "peroxide": ("H₂O₂", "H₂O₂"),
    "trays": ("Plateaux", "Trays"), "uv": ("UV", "UV"), "conductivity_cell": ("κ", "κ"), "ph_cell": ("pH", "pH"),
    "line_pressure": ("Ligne", "Line"), "permittivity": ("Capacitance", "Capacitance"),
}
_FORMULA = re.compile(r"(?<![A-Za-z])(?:p?CO2|p?O2|N2|Na2CO3|NaHCO3|H2O)(?![A-Za-z0-9])")
_DANGLING = {"from", "over", "with", "into", "vers", "pour", "avec", "dans", "sous"}
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def word(key: str, language: str) -> str:
    """The picture's own word; empty where it has none."""
    pair = _WORDS.get(key)
    return "" if pair is None else pair[0 if language == "fr" else 1]


def chemical(text: str) -> str:
    """``CO2`` as ``CO₂``."""
    return _FORMULA.sub(lambda found: found[0].translate(_SUBSCRIPT), text)


def width(text: str, size: float) -> float:
    """About how wide ``text`` is at a font size: an upper estimate for open grotesques such as Plex Sans."""
    narrow, wide = set("iljtfrI.,;:'’!|· -–()"), set("MWmw%@")
    return size * sum(0.34 if c in narrow else 0.86 if c in wide else 0.64 if c.isupper() else 0.56 for c in text)


def tag_width(tag: str, size: float) -> float:
    """Tags are set in a monospace."""
    return 0.61 * size * len(tag)


def fitted_tag(tag: str, room: float, size: float) -> str:
    """The tag, cut where it is longer than its box."""
    return tag if tag_width(tag, size) <= room else tag[: int(room / (0.61 * size)) - 1] + "…"


def fitted(text: str, room: float, size: float) -> str:
    """The leading words for which there is ``room``, no dangling preposition or number; empty where none fits."""
    words = text.split(" ")
    while words and width(" ".join(words), size) > room:
        words.pop()
        while len(words) > 1 and _dangles(words[-1]):
            words.pop()
    return " ".join(words).rstrip(" ,;:")


def _dangles(last: str) -> bool:
    """Whether a title may not end with this word."""
    return (len(last) < 4 and last.islower()) or last.isdecimal() or last in _DANGLING


def wrapped(text: str, room: float, size: float) -> list[str]:
    """At most two lines."""
    if width(text, size) <= room:
        return [text]
    first = fitted(text, room, size)
    rest = fitted(text.removeprefix(first).lstrip(" ,;:"), room, size)
    return [line for line in (first, rest) if line]
