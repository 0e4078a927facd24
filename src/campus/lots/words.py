"""Figures in words of the language in use."""

from __future__ import annotations

from math import floor, log10

from django.utils.formats import number_format
from django.utils.translation import gettext as _

HOUR, DAY = 3_600_000, 86_400_000
THIN = "\u202f"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def amount(value: float, digits: int) -> str:
    """A number with so many decimals; never a minus before a zero."""
    rounded = round(value, digits)
    return number_format(0.0 if rounded == 0.0 else rounded, digits, use_l10n=True, force_grouping=True)


def power(value: float, digits: int = 1) -> str:
    """A number of any size: plain where it can be read so, else as a power of ten."""
    if value == 0.0 or 0.01 <= abs(value) < 1e5:
        return amount(value, 0 if abs(value) >= 100 or value == 0.0 else digits + 1)
    exponent = floor(log10(abs(value)))
    return f"{amount(value / 10.0**exponent, digits)}{THIN}×{THIN}10{str(exponent).translate(RAISED)}"


def with_unit(text: str, unit: str) -> str:
    """A number as written, a narrow space, its unit where it has one."""
    return f"{text}{THIN}{unit}".strip()


def months(count: float) -> str:
    """So many months, with a decimal only where it is needed."""
    return amount(count, 1 if count % 1 else 0)


def mass(kilograms: float) -> str:
    """kg, g or mg, three figures or so."""
    if 0.0 < kilograms < 5e-9:
        return with_unit(f"<{THIN}{amount(0.01, 2)}", "mg")
    for scale, unit in ((1.0, "kg"), (1e3, "g"), (1e6, "mg")):
        if kilograms * scale >= 1.0 or unit == "mg":
            return with_unit(amount(kilograms * scale, 2 if kilograms * scale < 100 else 0), unit)
    return ""


def volume(cubic_metres: float) -> str:
    if cubic_metres >= 1.0e-3:
        return with_unit(amount(1e3 * cubic_metres, 0), "L")
    return with_unit(amount(1e6 * cubic_metres, 1), "mL")


def length(duration: int) -> str:
    """A duration (ms) in days or hours."""
    if duration >= 2 * DAY:
        return with_unit(amount(duration / DAY, 1), _("d"))
    return with_unit(amount(duration / HOUR, 1), "h")


def percent(share: float, digits: int = 1) -> str:
    return with_unit(amount(100.0 * share, digits), "%")


def conclusions(*, pulled: bool = False) -> dict[str, str]:
    """What an investigation may come to; of a pull on stability no release test fails."""
    confirmed = _("confirmed: the shelf life is shortened") if pulled else _("confirmed: the lot fails")
    return {"confirmed": confirmed, "unconfirmed": _("not confirmed"),
            "laboratory_error": _("mistake of the laboratory")}


def chance(share: float) -> str:
    """A probability, never rounded to certainty where it is none."""
    if 0.0 < share < 0.0005:
        return f"<{THIN}{amount(0.1, 1)}{THIN}%"
    if 0.9995 < share < 1.0:
        return f">{THIN}{amount(99.9, 1)}{THIN}%"
    return percent(share)


def shortened(text: str, letters: int) -> str:
    """The beginning of a text, cut behind a word, with an ellipsis; the whole where it is short enough."""
    if len(text) <= letters:
        return text
    cut = text[: letters - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"
