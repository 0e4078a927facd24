"""How names and units are printed: tags after ISA-5.1 (``TT-101``), units as the field writes them in each language."""

from __future__ import annotations

import re

import msgspec

from biotwin.quantity import display

_TAG = re.compile(r"^([a-z]+)(\d+)(.*)$")
_UNITS = {
    "degC": ("°C", "°C"), "1/min": ("tr/min", "rpm"), "1e6/mL": ("10⁶/mL", "10⁶/mL"), "mmol/L": ("mM", "mM"),
    "1": ("", ""), "1e9": ("10⁹", "10⁹"),
    "delta_degC": ("°C", "°C"), "min": ("min", "min"), "d": ("j", "d"), "m^3": ("m³", "m³"),
    "W/m^3": ("W/m³", "W/m³"), "mmol/L/h": ("mM/h", "mM/h"), "1/h": ("1/h", "1/h"), "h": ("h", "h"),
    "mosmol/kg": ("mOsm/kg", "mOsm/kg"), "mosmol/L": ("mOsm/L", "mOsm/L"), "cfu/mL": ("UFC/mL", "CFU/mL"),
    "cfu/L": ("UFC/L", "CFU/L"), "mg*day/L": ("mg·j/L", "mg·d/L"), "mbar*L/s": ("mbar·L/s", "mbar·L/s"),
}


class Format(msgspec.Struct, frozen=True):
    """``unit`` as printed (``% sat.``), affine map from SI, number of decimals."""

    unit: str
    scale: float
    offset: float
    digits: int


def printed_tag(name: str) -> str:
    """``tt101`` as ``TT-101``; ``at103_low`` as ``AT-103``; anything else in capitals."""
    found = _TAG.match(name.rpartition("/")[2])
    return f"{found[1].upper()}-{found[2]}" if found else name.rpartition("/")[2].upper()


def is_tag(name: str) -> bool:
    """Whether a name is a tag on the plant's drawings (``xv314``), and no word of the description (``isolator``)."""
    return _TAG.match(name.rpartition("/")[2]) is not None


def printed_unit(unit: str, language: str) -> str:
    """The unit's symbol in a language."""
    pair = _UNITS.get(unit)
    return unit if pair is None else pair[0 if language == "fr" else 1]


def format_of(unit: str, si_unit: str, digits: int, language: str, *, label: str | None = None) -> Format:
    """How a SI number is shown in ``unit``; ``label`` replaces the printed symbol."""
    shown = display(unit, of=si_unit, digits=digits)
    return Format(printed_unit(unit, language) if label is None else label, shown.scale, shown.offset, digits)
