"""Figures in words of the language in use."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

HOUR, DAY = 3_600_000, 86_400_000
THIN = "\u202f"


def amount(value: float, digits: int) -> str:
    return number_format(value, digits, use_l10n=True, force_grouping=True)


def mass(kilograms: float) -> str:
    """kg, g or mg, three figures or so."""
    for scale, unit in ((1.0, "kg"), (1e3, "g"), (1e6, "mg")):
        if kilograms * scale >= 1.0 or unit == "mg":
            return f"{amount(kilograms * scale, 2 if kilograms * scale < 100 else 0)}{THIN}{unit}"
    return ""


def volume(cubic_metres: float) -> str:
    if cubic_metres >= 1.0e-3:
        return f"{amount(1e3 * cubic_metres, 0)}{THIN}L"
    return f"{amount(1e6 * cubic_metres, 1)}{THIN}mL"


def length(duration: int) -> str:
    """A duration (ms) in days or hours."""
    if duration >= 2 * DAY:
        return f"{amount(duration / DAY, 1)}{THIN}{_('d')}"
    return f"{amount(duration / HOUR, 1)}{THIN}h"
