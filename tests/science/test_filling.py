"""Vials that are taken back, off the line or in their trays: what they hold goes with them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.vial_filler.model import BALANCES, Inputs, Parameters, Start, equations, initial, readings
from biotwin.equipment.vial_filler.variables import State
from tests.drawers.lumped import heun

P = Parameters()
PART = st.floats(0.0, 1.0)
ADVANCE = heun(equations, State)
RUNS = st.fixed_dictionaries({
    "command": st.floats(0.1, 1.0), "glass_suspect": PART, "stoppers_raised": PART,
    "glass_endotoxin": st.sampled_from([0.0, 0.01]), "glass_particles": st.sampled_from([0.0, 20.0]),
    "stopper_germs": st.sampled_from([0.0, 1e-4]), "airborne": st.sampled_from([0.0, 1e3]),
    "burden_rate": st.sampled_from([0.0, 1.0]),
}).map(lambda fields: Inputs(**fields))
SPREAD = ("contaminated", "raised_accepted", "glass_particles", "accepted_volume")
"""What a vial holds whether it is suspect or not."""


def _flown(x: State, u: Inputs, dt: float, ticks: int) -> State:
    for _ in range(ticks):
        x = ADVANCE(x, u, P, dt)
    for terms in BALANCES.values():
        parts = [w * getattr(x, f) for f, w in terms.items()]
        assert abs(sum(parts)) <= 1e-9 * max(map(abs, parts))
    return x


def _per(x: State, held: str, vials: float) -> float:
    """Of what is held, per vial; less than one vial counts as one, as in the readings."""
    return float(getattr(x, held)) / max(vials, 1.0)


@settings(max_examples=40, deadline=None)
@given(runs=st.lists(RUNS, min_size=1, max_size=4), clearing=PART, apart=PART, dt=st.sampled_from([0.1, 1.0, 10.0]))
def test_a_vial_that_stays_holds_no_more_because_others_were_taken_back(
    runs: list[Inputs], clearing: float, apart: float, dt: float
) -> None:
    x = initial(P, Start(bulk=0.1))
    for u in runs:
        x = _flown(x, u, 10.0, 30)
    y = _flown(x, Inputs(clearing=clearing, setting_apart=apart), dt, 100)
    assert 0.0 < y.accepted <= x.accepted
    assert 0.0 <= y.suspect <= min(x.suspect, y.accepted * (1.0 + 1e-9))
    for held in SPREAD:
        assert 0.0 <= _per(y, held, y.accepted) <= _per(x, held, x.accepted) * (1.0 + 1e-9), held
        if y.accepted > 1.0:
            assert _per(y, held, y.accepted) == pytest.approx(_per(x, held, x.accepted), rel=1e-9), held
    for held, before, after in (("suspect_endotoxin", x.suspect, y.suspect),
                                ("glass_endotoxin", x.accepted - x.suspect, y.accepted - y.suspect)):
        assert 0.0 <= _per(y, held, after) <= _per(x, held, before) * (1.0 + 1e-9), held


def test_a_lot_of_suspect_glass_that_is_set_apart_leaves_no_dirt_behind() -> None:
    """Half an hour of it takes nearly all: the few vials left are no worse than the thousands were."""
    dirty = Inputs(command=1.0, glass_suspect=1.0, glass_endotoxin=0.01, glass_particles=20.0, stopper_germs=1e-4)
    x = _flown(initial(P, Start(bulk=0.05)), dirty, 10.0, 200)
    y = _flown(x, Inputs(setting_apart=1.0), 10.0, 180)
    before, after = (readings(s, Inputs(), P) for s in (x, y))
    assert 1.0 < after.accepted < 0.01 * before.accepted
    for name in ("contaminated_per_vial", "endotoxin_per_vial", "raised_share"):
        assert getattr(after, name) == pytest.approx(getattr(before, name), rel=1e-9), name
    assert after.glass_particles / after.accepted == pytest.approx(20.0)


def test_trays_with_a_few_suspect_vials_take_as_many_sound_neighbours() -> None:
    """Suspect glass leaves with its endotoxin, and of the rest a share that is that of the neighbours."""
    mixed = Inputs(command=1.0, glass_suspect=0.1, glass_endotoxin=0.01)
    x = _flown(initial(P, Start(bulk=0.05)), mixed, 10.0, 200)
    y = _flown(x, Inputs(setting_apart=1.0), 10.0, 180)
    gone = x.suspect - y.suspect
    assert y.suspect < 0.01 * x.suspect
    assert x.accepted - y.accepted == pytest.approx(P.margin * gone, rel=1e-9)
    assert y.suspect_endotoxin / y.suspect == pytest.approx(x.suspect_endotoxin / x.suspect, rel=1e-9)
    assert y.glass_endotoxin / (y.accepted - y.suspect) == pytest.approx(0.01, rel=1e-9)
