"""The line of saturation against the steam tables, and the worth of a second of heat against its definition."""

from __future__ import annotations

import math

import numba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotwin.equipment.depyrogenation_tunnel.model import Parameters as Tunnel
from biotwin.equipment.steam_sterilisation.model import Parameters as Vessel
from biotwin.equipment.stopper_processor.model import Parameters as Stoppers
from biotwin.properties import steam
from biotwin.properties.lethality import MOIST_REFERENCE, MOIST_Z, lethal_rate
from biotwin.properties.physics import PHYSICS
from biotwin.properties.steam import saturation_pressure, saturation_temperature
from biotwin.quantity import registry
from tests.science.bench import with_units

RELEASE_PRESSURE = ((300.0, 0.353658941e-2), (500.0, 0.263889776e1), (600.0, 0.123443146e2))
RELEASE_TEMPERATURE = ((0.1, 0.372755919e3), (1.0, 0.453035632e3), (10.0, 0.584149488e3))
"""IAPWS R7-97(2012), tables 35 and 36: K and MPa, nine figures, for checking a programme."""
TABLES = ((0.01, 0.611657), (20.0, 2.339), (60.0, 19.946), (100.0, 101.42), (110.0, 143.38), (115.0, 169.18),
          (120.0, 198.67), (125.0, 232.24), (130.0, 270.28), (140.0, 361.54), (150.0, 476.16), (200.0, 1554.9))
"""NIST steam tables (IAPWS-95, another equation than ours), degC and kPa, to the figures printed there."""


@pytest.mark.parametrize(("kelvin", "megapascal"), RELEASE_PRESSURE)
def test_pressure_is_that_of_the_release(kelvin: float, megapascal: float) -> None:
    assert f"{saturation_pressure(kelvin) * 1.0e-6:.9g}" == f"{megapascal:.9g}"


@pytest.mark.parametrize(("megapascal", "kelvin"), RELEASE_TEMPERATURE)
def test_temperature_is_that_of_the_release(megapascal: float, kelvin: float) -> None:
    assert f"{saturation_temperature(megapascal * 1.0e6):.9g}" == f"{kelvin:.9g}"


@pytest.mark.parametrize(("celsius", "kilopascal"), TABLES)
def test_the_line_is_that_of_the_tables(celsius: float, kilopascal: float) -> None:
    assert saturation_pressure(273.15 + celsius) == pytest.approx(1.0e3 * kilopascal, rel=2.5e-4)
    assert saturation_temperature(1.0e3 * kilopascal) == pytest.approx(273.15 + celsius, abs=0.01)


@given(kelvin=st.floats(250.1, 647.0))
def test_each_law_undoes_the_other(kelvin: float) -> None:
    assert saturation_temperature(saturation_pressure(kelvin)) == pytest.approx(kelvin, rel=1.0e-12)


@given(low=st.floats(-1.0e3, 2.0e3), high=st.floats(-1.0e3, 2.0e3))
def test_the_line_rises_and_is_held_at_its_ends(low: float, high: float) -> None:
    low, high = min(low, high), max(low, high)
    assert 90.0 < saturation_pressure(low) <= saturation_pressure(high) * (1.0 + 1.0e-12) < 22.1e6
    kelvins = saturation_temperature(1.0e4 * low), saturation_temperature(1.0e4 * high)
    assert 249.9 < kelvins[0] <= kelvins[1] * (1.0 + 1.0e-13) < 647.2


def test_the_broth_has_the_vapour_of_the_same_water() -> None:
    assert saturation_pressure(310.15) == pytest.approx(PHYSICS.water_vapour, rel=1.0e-3)


def test_a_kernel_computes_the_same_bits() -> None:
    pressure = numba.njit(lambda t: saturation_pressure(t))
    temperature = numba.njit(lambda p: saturation_temperature(p))
    for celsius, kilopascal in TABLES:
        assert pressure(273.15 + celsius) == saturation_pressure(273.15 + celsius)
        assert temperature(1.0e3 * kilopascal) == saturation_temperature(1.0e3 * kilopascal)


def test_the_laws_have_their_dimensions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steam, "LINE", with_units(steam.LINE))
    q = registry().Quantity
    assert saturation_pressure(q(373.124, "K")).to("kPa").magnitude == pytest.approx(101.325, rel=1.0e-4)
    assert saturation_temperature(q(1.0, "atm")).to("K").magnitude == pytest.approx(373.124, abs=1.0e-3)
    assert lethal_rate(q(384.25, "K"), q(394.25, "K"), q(10.0, "K")) == pytest.approx(0.1)


@pytest.mark.parametrize(("celsius", "rate"), [(121.1, 1.0), (111.1, 0.1), (131.1, 10.0), (101.1, 0.01)])
def test_ten_kelvins_are_ten_times_the_lethality(celsius: float, rate: float) -> None:
    assert lethal_rate(273.15 + celsius, MOIST_REFERENCE, MOIST_Z) == pytest.approx(rate, rel=1.0e-9)


@given(celsius=st.floats(90.0, 140.0), minutes=st.floats(1.0, 60.0))
def test_f0_is_the_integral_of_its_definition(celsius: float, minutes: float) -> None:
    """A rise from 89 degC at a constant slope has F0 in closed form: slope and z over ln 10."""
    steps, z = 4000, MOIST_Z / math.log(10.0)
    slope = (celsius - 89.0) / minutes
    heat = [362.15 + slope * minutes * i / steps for i in range(steps + 1)]
    rates = [lethal_rate(kelvin, MOIST_REFERENCE, MOIST_Z) for kelvin in heat]
    found = minutes / steps * (sum(rates) - 0.5 * (rates[0] + rates[-1]))
    closed = z / slope * (10.0 ** ((celsius - 121.1) / 10.0) - 10.0 ** ((89.0 - 121.1) / 10.0))
    assert found == pytest.approx(closed, rel=1.0e-4)


def test_every_drawer_counts_by_the_definition() -> None:
    assert (Vessel().reference, Vessel().z) == (Stoppers().reference, Stoppers().z) == (MOIST_REFERENCE, MOIST_Z)
    assert (MOIST_REFERENCE, MOIST_Z) == (394.25, 10.0)
    assert lethal_rate(523.15 + 46.4, Tunnel().reference, Tunnel().z) == pytest.approx(10.0)


def test_a_flame_kills_no_more_than_a_number_holds() -> None:
    assert lethal_rate(1.0e9, MOIST_REFERENCE, MOIST_Z) == pytest.approx(1.0e12)
    assert lethal_rate(0.0, MOIST_REFERENCE, MOIST_Z) == pytest.approx(0.0, abs=1.0e-30)
