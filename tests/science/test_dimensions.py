"""Every law, run once on Pint quantities: the dimension that comes out is the one annotated."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest

from biotwin.equipment.stirred_bioreactor import model
from biotwin.equipment.stirred_bioreactor.culture import environment
from biotwin.equipment.stirred_bioreactor.model import Readings, State
from biotwin.kinetics.contract import Rates
from biotwin.properties import agitation, gases
from biotwin.quantity import registry, unit_of
from tests.science.bench import BUSY, LAWS, VESSEL, constants, culture, with_units

CULTURE = culture()


@pytest.fixture
def _constants_with_units(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in constants():
        monkeypatch.setattr(module, name, with_units(value))


def wrong(found: Any, kind: type, per: str = "") -> list[str]:
    """Fields whose dimension is not the annotated one (over ``per``)."""
    units, hints = registry(), get_type_hints(kind, include_extras=True)
    return [
        f"{name}: {getattr(value, 'dimensionality', '1')}"
        for name, value in zip(found._fields, found, strict=True)
        if units.Quantity(1.0, unit_of(hints[name]) + per).dimensionality
        != units.Quantity(value).dimensionality
    ]


@pytest.mark.usefixtures("_constants_with_units")
@pytest.mark.parametrize("name", LAWS)
def test_a_rate_law_gives_rates(name: str) -> None:
    law, k = LAWS[name]
    found = law(environment(with_units(CULTURE), registry().Quantity(7.0, "")), with_units(k))
    assert wrong(found, Rates) == []


@pytest.mark.usefixtures("_constants_with_units")
@pytest.mark.parametrize("name", LAWS)
def test_the_vessel_gives_derivatives_and_readings(name: str) -> None:
    law, k = LAWS[name]
    state, inputs, parameters, figures = (with_units(v) for v in (CULTURE, BUSY, VESSEL, k))
    assert wrong(model.equations(state, inputs, parameters, law, figures), State, per="/s") == []
    assert wrong(model.readings(state, inputs, parameters, law, figures), Readings) == []


@pytest.mark.usefixtures("_constants_with_units")
def test_properties_have_their_dimensions() -> None:
    q = registry().Quantity
    assert gases.henry(q(310.15, "K"), gases.OXYGEN).check("[substance]/[length]**3/[pressure]")
    assert agitation.smallest_eddy(q(0.03, "W/kg"), q(1e-6, "W/kg")).to("um").magnitude == pytest.approx(58.2, rel=0.02)


def test_a_forgotten_dimension_is_found() -> None:
    law, k = LAWS["composite"]
    with pytest.raises(Exception, match=r"dimension|convert"):
        law(environment(with_units(CULTURE), registry().Quantity(7.0, "")), k)
