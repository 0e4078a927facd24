"""The last leg: absurd patients and absurd shipments stay finite, keep their balances and never go below nothing."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.patient import model as patient
from tests.drawers.lumped import heun

FEW = settings(max_examples=40, deadline=None, derandomize=True)
DAY = 86400.0
PART = st.floats(0.0, 1.0)
advance = {patient: heun(patient.equations, patient.State)}


def _drawn(shape: Any, **fields: Any) -> Any:
    """Tuples of ``shape`` with these fields drawn, the others at their defaults."""
    return st.fixed_dictionaries(fields).map(lambda values: shape(**values))


def _flown(model: Any, x: Any, p: Any, inputs: list[Any], dt: float, ticks: int) -> Any:
    """State after ``ticks`` of each inputs in turn; every reading on the way is finite, every balance closed."""
    forms = {n: sum(w * getattr(x, f) for f, w in terms.items()) for n, terms in model.BALANCES.items()}
    for u in inputs:
        for _ in range(ticks):
            x = advance[model](x, u, p, dt)
            assert all(math.isfinite(v) for v in (*x, *model.readings(x, u, p)))
    for name, terms in model.BALANCES.items():
        parts = [w * getattr(x, f) for f, w in terms.items()]
        assert abs(sum(parts) - forms[name]) <= 1e-9 * max(*map(abs, parts), 1e-12), name
    return x


doses = _drawn(
    patient.Inputs,
    infusion_rate=st.sampled_from([0.0, 1e-9, 1e-6, 1.0]), subcutaneous_rate=st.sampled_from([0.0, 1e-9, 1e-3]),
    active_fraction=PART, aggregate_fraction=PART, antibodies=PART, extravasation=PART, protein_loss=PART,
)
patients = _drawn(
    patient.Parameters,
    body_weight=st.floats(0.5, 300.0), clearance_factor=st.floats(0.0, 20.0), volume_factor=st.floats(0.05, 20.0),
    peripheral_factor=st.floats(0.05, 20.0), target_capacity=st.sampled_from([0.0, 1e-10, 1e-7]),
)


@FEW
@given(p=patients, inputs=st.lists(doses, min_size=1, max_size=4), dt=st.sampled_from([0.1, 10.0, 60.0]))
def test_an_absurd_patient_keeps_every_microgram(p: Any, inputs: list[Any], dt: float) -> None:
    x = _flown(patient, patient.initial(p, patient.Start()), p, inputs, dt, 20)
    assert all(v >= 0.0 for v in x)
    assert x.active_central <= x.central * (1.0 + 1e-9)
    assert x.aggregates_supplied <= x.supplied * (1.0 + 1e-9)


def test_a_patient_never_treated_shows_nothing() -> None:
    x = _flown(patient, patient.initial(patient.Parameters(), patient.Start()), patient.Parameters(),
               [patient.Inputs(antibodies=1.0, protein_loss=1.0)], 60.0, 10)
    assert not any(x)


def test_a_lot_of_half_its_potency_looks_right_to_a_protein_assay() -> None:
    p, x, y = patient.Parameters(), *[patient.initial(patient.Parameters(), patient.Start())] * 2
    for _ in range(90):
        x = advance[patient](x, patient.Inputs(infusion_rate=7e-8), p, 60.0)
        y = advance[patient](y, patient.Inputs(infusion_rate=7e-8, active_fraction=0.5), p, 60.0)
    good, weak = (patient.readings(s, patient.Inputs(), p) for s in (x, y))
    assert weak.serum_concentration == good.serum_concentration
    assert weak.active_concentration == pytest.approx(0.5 * good.active_concentration, rel=1e-12)


def test_a_dose_beside_the_vein_comes_late_and_in_part() -> None:
    p, seen = patient.Parameters(), []
    for beside in (0.0, 1.0):
        x, peak, when = patient.initial(p, patient.Start()), 0.0, 0.0
        for n in range(60 * 24):
            u = patient.Inputs(infusion_rate=1e-7 if n < 2 else 0.0, extravasation=beside)
            x = advance[patient](x, u, p, 3600.0)
            if x.central > peak:
                peak, when = x.central, n * 3600.0
        seen.append((peak, when, x.auc))
    assert seen[1][0] < 0.5 * seen[0][0]
    assert 2.0 * DAY < seen[1][1] < 10.0 * DAY
    assert seen[1][2] == pytest.approx(p.bioavailability * seen[0][2], rel=0.1)
