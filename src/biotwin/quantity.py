"""Quantities: SI floats inside, a dimension in every annotation, Pint at two edges only (reading YAML, showing).

``Kelvin = Annotated[float, Unit("K")]`` is a plain float to Python and Numba; the tests read the annotation, run
each law once on Pint quantities, and the dimension that comes out must be the one annotated.
Amount of cells is a count (dimensionless, unit ``cell`` = 1). Osmoles are counted as mol.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, get_args

from biotwin.errors import DimensionError


@dataclass(frozen=True, slots=True)
class Unit:
    """The SI unit that an annotated float is in."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Role:
    """What the kernel itself must provide in an input: ``deviate`` (a standard normal, one per tick)."""

    name: str


Number = Annotated[float, Unit("1")]
Deviate = Annotated[float, Unit("1"), Role("deviate")]
Cells = Annotated[float, Unit("1")]
CellsPerCubicMetre = Annotated[float, Unit("1/m^3")]
CellSecondsPerCubicMetre = Annotated[float, Unit("s/m^3")]
Second = Annotated[float, Unit("s")]
PerSecond = Annotated[float, Unit("1/s")]
Metre = Annotated[float, Unit("m")]
SquareMetre = Annotated[float, Unit("m^2")]
CubicMetre = Annotated[float, Unit("m^3")]
MetrePerSecond = Annotated[float, Unit("m/s")]
CubicMetrePerSecond = Annotated[float, Unit("m^3/s")]
Kilogram = Annotated[float, Unit("kg")]
KilogramPerSecond = Annotated[float, Unit("kg/s")]
KilogramPerCubicMetre = Annotated[float, Unit("kg/m^3")]
Kelvin = Annotated[float, Unit("K")]
Pascal = Annotated[float, Unit("Pa")]
Mol = Annotated[float, Unit("mol")]
MolPerSecond = Annotated[float, Unit("mol/s")]
MolPerCubicMetre = Annotated[float, Unit("mol/m^3")]
MolPerCubicMetrePascal = Annotated[float, Unit("mol/m^3/Pa")]
MolPerKilogram = Annotated[float, Unit("mol/kg")]
MolPerCell = Annotated[float, Unit("mol")]
MolPerCellSecond = Annotated[float, Unit("mol/s")]
KilogramPerCellSecond = Annotated[float, Unit("kg/s")]
CellsPerMol = Annotated[float, Unit("1/mol")]
Joule = Annotated[float, Unit("J")]
Watt = Annotated[float, Unit("W")]
WattPerCubicMetre = Annotated[float, Unit("W/m^3")]
WattPerKelvin = Annotated[float, Unit("W/K")]
WattPerSquareMetre = Annotated[float, Unit("W/m^2")]
SquareMetreKelvinPerWatt = Annotated[float, Unit("m^2*K/W")]
WattPerMetreKelvin = Annotated[float, Unit("W/m/K")]
WattPerSquareMetreKelvin = Annotated[float, Unit("W/m^2/K")]
JoulePerMol = Annotated[float, Unit("J/mol")]
JoulePerKilogramKelvin = Annotated[float, Unit("J/kg/K")]
JoulePerMolKelvin = Annotated[float, Unit("J/mol/K")]
PerMetre = Annotated[float, Unit("1/m")]
MetrePerSecondSquared = Annotated[float, Unit("m/s^2")]
PascalPerSecond = Annotated[float, Unit("Pa/s")]
PascalSecond = Annotated[float, Unit("Pa*s")]
PascalSecondPerMetre = Annotated[float, Unit("Pa*s/m")]
FaradPerMetre = Annotated[float, Unit("F/m")]
FaradSquareMetre = Annotated[float, Unit("F*m^2")]
CubicMetrePerKilogramSecond = Annotated[float, Unit("m^3/kg/s")]
WattPerKilogram = Annotated[float, Unit("W/kg")]
MolPerCubicMetreSecond = Annotated[float, Unit("mol/m^3/s")]
PerSecondSquared = Annotated[float, Unit("1/s^2")]
JoulePerCubicMetreKelvin = Annotated[float, Unit("J/m^3/K")]
JoulePerKelvin = Annotated[float, Unit("J/K")]
PascalSecondPerCubicMetre = Annotated[float, Unit("Pa*s/m^3")]
MetrePerKilogram = Annotated[float, Unit("m/kg")]
SquareMetrePerKilogram = Annotated[float, Unit("m^2/kg")]
CubicMetrePerKilogram = Annotated[float, Unit("m^3/kg")]
KilogramPerSquareMetre = Annotated[float, Unit("kg/m^2")]
JoulePerKilogram = Annotated[float, Unit("J/kg")]
KilogramSecondPerCubicMetre = Annotated[float, Unit("kg*s/m^3")]
KilogramPerMol = Annotated[float, Unit("kg/mol")]
MetrePerSecondPascal = Annotated[float, Unit("m/s/Pa")]
CubicMetrePerMol = Annotated[float, Unit("m^3/mol")]
KilogramPerCubicMetreSecond = Annotated[float, Unit("kg/m^3/s")]
SiemensPerMetre = Annotated[float, Unit("S/m")]
SiemensSquareMetrePerMol = Annotated[float, Unit("S*m^2/mol")]
Newton = Annotated[float, Unit("N")]
NewtonPerMetre = Annotated[float, Unit("N/m")]
PerPascal = Annotated[float, Unit("1/Pa")]
SquareMetrePerSecond = Annotated[float, Unit("m^2/s")]


def unit_of(annotation: Any) -> str:
    """The SI unit symbol in an ``Annotated`` float; raises ``DimensionError`` where there is none."""
    for mark in get_args(annotation)[1:]:
        if isinstance(mark, Unit):
            return mark.symbol
    raise DimensionError(f"{annotation!r} carries no unit.", next_step="Annotate it with one from biotwin.quantity.")


def role_of(annotation: Any) -> str:
    """The kernel's role in an ``Annotated`` float, or an empty string."""
    for mark in get_args(annotation)[1:]:
        if isinstance(mark, Role):
            return mark.name
    return ""


@lru_cache(maxsize=1)
def registry() -> Any:
    """The one Pint registry, with the units that bioprocess people write."""
    import pint

    units: Any = pint.UnitRegistry(autoconvert_offset_to_baseunit=True, cache_folder=None)
    for line in (
        "cell = 1", "percent = 0.01", "vvm = 1/minute", "osmol = mol", "ntu = 1", "euro = [currency] = EUR",
        "ph_unit = 1", "cfu = 1",
    ):
        if line.split(" ")[0] not in units:
            units.define(line)
    return units


def si(value: float | int | str, unit: str, *, where: str = "") -> float:
    """``"37 degC"`` (or a bare number, taken as SI) as a float in ``unit``; raises ``DimensionError``."""
    if isinstance(value, bool) or value is None:
        raise DimensionError(f"{value!r} is no quantity; one in {unit} is needed.", where=where)
    number = float(value) if isinstance(value, (int, float)) else _converted(str(value), unit)
    if isinstance(number, str):
        raise DimensionError(
            f"{value!r} cannot be read as a quantity in {unit}.", where=where,
            next_step=f"Write a number and a unit of that dimension, for example '1 {unit}' ({number}).",
        )
    if not math.isfinite(number):
        raise DimensionError(f"{value!r} is not a finite number.", where=where)
    return number


@lru_cache(maxsize=8192)
def _converted(text: str, unit: str) -> float | str:
    """The magnitude in ``unit``, or the name of what went wrong: a plant says the same quantities over and over."""
    try:
        return float(registry().Quantity(text.replace("%", " percent")).to(unit).magnitude)
    except Exception as error:
        return type(error).__name__


@dataclass(frozen=True, slots=True)
class Display:
    """How a SI value is shown: shown = si * scale + offset, with ``digits`` decimals."""

    unit: str
    scale: float
    offset: float
    digits: int

    def shown(self, value: float) -> float:
        return value * self.scale + self.offset

    def si(self, shown: float) -> float:
        return (shown - self.offset) / self.scale


@lru_cache(maxsize=512)
def display(unit: str, *, of: str, digits: int = 1, where: str = "") -> Display:
    """The affine map from SI ``of`` to the shown ``unit``; raises ``DimensionError`` where they do not fit."""
    try:
        units = registry()
        target = units.parse_expression(unit.replace("%", "percent"), case_sensitive=True)
        if not hasattr(target, "units"):
            target = units.Quantity(target, "1")
        zero, one = (units.Quantity(v, of).to(target.units).magnitude / target.magnitude for v in (0.0, 1.0))
    except Exception:
        raise DimensionError(f"{unit!r} cannot show a quantity in {of}.", where=where) from None
    return Display(unit=unit, scale=float(one - zero), offset=float(zero), digits=digits)
