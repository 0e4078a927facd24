"""The few words that the picture adds to the plant's own, in both languages, and how text is fitted into a box."""

from __future__ import annotations

import re

NARROW = "\u202f"
_WORDS = {
    "picture": ("Synoptique", "Synoptic"), "harvest": ("Récolte", "Harvest"), "exhaust": ("Évent", "Exhaust"),
    "filter": ("Filtre d’évent", "Exhaust filter"), "jacket": ("Double enveloppe", "Jacket"),
    "sight_glass": ("Hublot", "Sight glass"), "gauge": ("Manomètre", "Gauge"), "hand": ("commande", "output"),
    "sparge_air": ("Air", "Air"), "sparge_oxygen": ("O₂", "O₂"), "sparge_carbon_dioxide": ("CO₂", "CO₂"),
    "sparge_nitrogen": ("N₂", "N₂"), "overlay_air": ("Air, ciel", "Air, overlay"),
    "overlay_carbon_dioxide": ("CO₂, ciel", "CO₂, overlay"),
    "temperature": ("température", "temperature"), "ph": ("pH", "pH"), "dissolved_oxygen": ("pO₂", "DO"),
    "pressure": ("pression", "pressure"), "weight": ("masse", "weight"), "foam_height": ("mousse", "foam"),
    "speed": ("agitation", "stirrer"), "stirrer_power": ("puissance", "power"),
    "exhaust_oxygen": ("O₂", "O₂"), "exhaust_carbon_dioxide": ("CO₂", "CO₂"),
    "filter_pressure_drop": ("perte de charge", "filter drop"), "chilled_valve": ("eau froide", "chilled"),
    "line_pressure": ("ligne", "line"), "permittivity": ("capacitance", "capacitance"),
}
_FORMULA = re.compile(r"(?<![A-Za-z])(?:p?CO2|p?O2|N2|Na2CO3|NaHCO3|H2O)(?![A-Za-z0-9])")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def word(key: str, language: str) -> str:
    """The picture's own word; empty where it has none."""
    pair = _WORDS.get(key)
    return "" if pair is None else pair[0 if language == "fr" else 1]


def chemical(text: str) -> str:
    """``CO2`` as ``CO₂``."""
    return _FORMULA.sub(lambda found: found[0].translate(_SUBSCRIPT), text)


def width(text: str, size: float) -> float:
    """About how wide ``text`` is at a font size: an upper estimate for open grotesques."""
    narrow, wide = set("iljtfrI.,;:'’!|· -–()"), set("MWmw%@")
    return size * sum(0.36 if c in narrow else 0.86 if c in wide else 0.59 for c in text)


def fitted(text: str, room: float, size: float) -> str:
    """As many whole words as ``room`` allows, an ellipsis where some are left out; empty where none fits."""
    if width(text, size) <= room:
        return text
    words = text.split(" ")
    while words:
        words.pop()
        short = " ".join(words).rstrip(" ,;:") + "…"
        if len(words) and width(short, size) <= room and len(words[-1]) > 2:
            return short
    return ""


def wrapped(text: str, room: float, size: float) -> list[str]:
    """At most two lines."""
    if width(text, size) <= room:
        return [text]
    words = text.split(" ")
    cut = next((i for i in range(len(words) - 1, 0, -1) if width(" ".join(words[:i]), size) <= room), 0)
    if not cut:
        return [fitted(text, room, size) or text[:8] + "…"]
    return [" ".join(words[:cut]), fitted(" ".join(words[cut:]), room, size)]
