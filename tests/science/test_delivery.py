"""The last leg: absurd patients and absurd shipments stay finite, keep their balances and never go below nothing."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import casadi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.infusion_bag import model as bag
from biotwin.equipment.patient import model as patient
from biotwin.equipment.shipper import model as shipper
from biotwin.equipment.transport_lane import model as lane
from biotwin.equipment.vial_filler import model as filler
from biotwin.plant.compiler import compile_plant
from biotwin.quantity import registry, unit_of
from tests.drawers.bench import annotations
from tests.drawers.lumped import heun
from tests.science.bench import with_units

FEW = settings(max_examples=40, deadline=None)
DAY = 86400.0
PART = st.floats(0.0, 1.0)
advance = {m: heun(m.equations, m.State) for m in (patient, shipper, filler)}


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
    sample_flow=st.sampled_from([0.0, 1e-8]),
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


def test_a_risk_is_a_part_of_a_population_and_lies_between_its_bounds() -> None:
    p, slow, fast = patient.Parameters(), *[patient.initial(patient.Parameters(), patient.Start())] * 2
    for n in range(90):
        slow = advance[patient](slow, patient.Inputs(infusion_rate=7e-8, aggregate_fraction=0.01), p, 60.0)
        rate = 2.1e-7 if n < 30 else 0.0
        fast = advance[patient](fast, patient.Inputs(infusion_rate=rate, aggregate_fraction=0.05), p, 60.0)
    calm, hasty = (patient.readings(x, patient.Inputs(), p) for x in (slow, fast))
    assert hasty.dose_given == pytest.approx(calm.dose_given, rel=1e-9)
    assert hasty.reaction_risk > 2.0 * calm.reaction_risk
    assert hasty.immunogenicity_risk > calm.immunogenicity_risk
    for y in (calm, hasty):
        assert 0.0 < y.reaction_risk_low < y.reaction_risk < y.reaction_risk_high < 1.0
        assert 0.0 < y.immunogenicity_risk_low < y.immunogenicity_risk < y.immunogenicity_risk_high < 1.0


gestures = _drawn(
    bag.Inputs,
    vials=st.sampled_from([0.0, 2.0, 7.0, 1e6]), diluent_flow=st.sampled_from([0.0, 1e-8, 1e-4]),
    agitation=PART, transfer_flow=st.sampled_from([0.0, 1e-8, 1e-3]), draw=st.sampled_from([0.0, 5e-8, 1e-2]),
    clamp=PART, slow_cake=PART, free_flow=PART, leak=PART,
)


@FEW
@given(lot=st.sampled_from([0.0, 3.0, 1e4]), content=st.sampled_from([0.0, 2.5e-4, 1.0]),
       inputs=st.lists(gestures, min_size=1, max_size=5), dt=st.sampled_from([0.1, 10.0, 600.0]))
def test_an_absurd_pharmacy_loses_no_vial_and_no_milligram(lot: float, content: float, inputs: Any, dt: float) -> None:
    p = bag.Parameters()
    x = bag.initial(p, bag.Start(containers=lot, content=content, aggregate_fraction=0.02, potency=0.9))
    whole = lot * content
    for u in inputs:
        for _ in range(10):
            x = bag.advance(x, u, p, dt)
            y = bag.readings(x, u, p)
            assert all(math.isfinite(v) and v >= -1e-15 * max(whole, 1.0) for v in (*x, *y))
            assert x.unopened + x.opened == pytest.approx(lot, rel=1e-12)
    protein = (y.store_monomer + y.store_hmw + y.left_monomer + y.left_hmw + y.bag_product + x.given_monomer
               + x.given_hmw + x.leaked_monomer + x.leaked_hmw)
    assert protein == pytest.approx(whole, rel=1e-9, abs=1e-15)
    active = y.store_active + y.left_active + x.bag_active + x.given_active + x.leaked_active + x.spoiled
    assert active == pytest.approx(0.9 * whole, rel=1e-9, abs=1e-15)


def test_shaking_foams_aggregates_and_hides_part_of_the_dose() -> None:
    p, seen = bag.Parameters(), []
    for agitation in (0.3, 1.0):
        x = bag.initial(p, bag.Start())
        for n in range(900):
            x = bag.advance(x, bag.Inputs(diluent_flow=1e-7 * (n < 100), agitation=agitation), p, 1.0)
        for _ in range(900):
            x = bag.advance(x, bag.Inputs(transfer_flow=2e-8), p, 1.0)
        seen.append(bag.readings(x, bag.Inputs(), p))
    assert seen[1].vial_aggregates > 3.0 * seen[0].vial_aggregates
    assert seen[1].bag_product < seen[0].bag_product


hours = _drawn(
    lane.Inputs, leg=st.sampled_from([1.0, 2.0, 5.0]), leg_length=st.sampled_from([0.0, 3600.0, 1e6]), waits=PART,
    sheltered=PART, conditioned=PART, held_temperature=st.floats(240.0, 320.0), delay=st.sampled_from([0.0, 1e5]),
    cooling_lost=PART, roof_missing=PART,
)


@FEW
@given(inputs=st.lists(hours, min_size=1, max_size=6), dt=st.sampled_from([1.0, 600.0, 7200.0]))
def test_an_absurd_lane_keeps_its_clock_and_its_weather(inputs: list[Any], dt: float) -> None:
    p, x = lane.Parameters(), lane.initial(lane.Parameters(), lane.Start())
    for u in inputs:
        for _ in range(15):
            x = lane.advance(x, u, p, dt)
            y = lane.readings(x, u, p)
            assert all(math.isfinite(v) for v in (*x, *y))
            assert 0.0 <= x.hour < p.day
            assert y.remaining >= 0.0
            assert min(p.outdoor - p.swing, u.held_temperature) - 0.1 <= y.air
            assert y.ambient <= max(p.outdoor + p.swing, u.held_temperature) + p.solar_gain * p.sunshine * 1.002 + 0.1
    assert x.leg == inputs[-1].leg


def test_a_leg_left_and_taken_up_again_goes_on_only_under_its_number() -> None:
    p, x = lane.Parameters(), lane.initial(lane.Parameters(), lane.Start())
    for leg, expected in ((1.0, 600.0), (1.0, 1200.0), (2.0, 600.0), (1.0, 600.0)):
        x = lane.advance(x, lane.Inputs(leg=leg), p, 600.0)
        assert x.leg_time == expected


trips = _drawn(
    shipper.Inputs,
    ambient=st.sampled_from([1.0, 200.0, 253.15, 278.15, 303.15, 345.0, 500.0]), lid_opening=PART, lid_ajar=PART,
    puncture=PART, packs_shifted=PART, logger_misplaced=PART, exchange=st.sampled_from([0.0, 1e-3]),
    exchange_temperature=st.sampled_from([80.0, 253.15, 276.15, 320.0]), accepted=PART,
)
boxes = _drawn(
    shipper.Start,
    pack_temperature=st.floats(80.0, 330.0), content_temperature=st.floats(80.0, 330.0),
    wall_temperature=st.floats(80.0, 330.0), product=st.sampled_from([0.0, 1e-6, 0.004, 1.0]),
    volume=st.sampled_from([0.0, 1e-6, 0.002, 0.05]), containers=st.sampled_from([1.0, 100.0, 1e4]), potency=PART,
)


@FEW
@given(start=boxes, inputs=st.lists(trips, min_size=1, max_size=4), dt=st.sampled_from([0.1, 10.0, 60.0]))
def test_an_absurd_trip_loses_neither_heat_nor_protein(start: Any, inputs: list[Any], dt: float) -> None:
    p = shipper.Parameters()
    x = _flown(shipper, shipper.initial(p, start), p, inputs, dt, 20)
    assert all(v >= 0.0 for name, v in x._asdict().items() if name != "heat_supplied")
    y = shipper.readings(x, inputs[-1], p)
    assert 0.0 <= y.potency <= 1.0
    assert 0.0 <= y.aggregate_fraction <= 1.0
    assert 0.0 <= y.ice_fraction <= 1.0
    assert y.warm_time + y.cold_time <= y.elapsed * (1.0 + 1e-12)


@FEW
@given(start=boxes)
def test_temperatures_read_back(start: Any) -> None:
    p = shipper.Parameters()
    y = shipper.readings(shipper.initial(p, start), shipper.Inputs(), p)
    assert y.content_temperature == pytest.approx(start.content_temperature, rel=1e-12)
    assert y.pack_temperature == pytest.approx(start.pack_temperature, rel=1e-12)
    assert y.mean_kinetic_temperature == pytest.approx(max(start.content_temperature, p.coldest), rel=1e-9)


def _trip(start: Any, ambients: list[float]) -> Any:
    p = shipper.Parameters()
    x = shipper.initial(p, start)
    for kelvins in ambients:
        for _ in range(60):
            x = advance[shipper](x, shipper.Inputs(ambient=kelvins), p, 60.0)
    return x


def test_ice_harms_once_as_it_forms_and_not_while_it_lasts() -> None:
    frozen = shipper.Start(pack_temperature=253.15)
    short, long = (_trip(frozen, [263.15] * hours) for hours in (100, 160))
    p = shipper.Parameters()
    assert shipper.readings(short, shipper.Inputs(), p).ice_fraction == 1.0
    assert short.aggregated == pytest.approx(0.005 * 0.004 + p.freeze_loss * 0.995 * 0.004, rel=0.05)
    assert long.aggregated == pytest.approx(short.aggregated, rel=1e-3)
    twice = _trip(frozen, [263.15] * 100 + [303.15] * 100 + [253.15] * 150)
    assert twice.aggregated > 1.8 * short.aggregated


def test_a_dried_cake_has_nothing_to_freeze() -> None:
    cold = [263.15] * 100
    cake, wet = (_trip(shipper.Start(pack_temperature=253.15, volume=v), cold) for v in (1e-6, 2e-3))
    assert cake.cold_time > 80 * 3600.0
    assert cake.aggregated < 0.2 * wet.aggregated


def test_fresh_packs_bring_back_what_a_warm_trip_has_melted() -> None:
    p, x = shipper.Parameters(), _trip(shipper.Start(), [308.15] * 60)
    assert shipper.readings(x, shipper.Inputs(), p).pack_molten == 1.0
    for _ in range(60):
        x = advance[shipper](x, shipper.Inputs(exchange=1.0 / 300.0, lid_opening=0.3), p, 60.0)
    assert shipper.readings(x, shipper.Inputs(), p).pack_molten < 0.05
    assert shipper.readings(x, shipper.Inputs(accepted=1.0), p).fit_accepted == x.containers * float(
        x.warm_time <= p.warm_allowance)


def test_a_truck_that_fails_for_a_night_is_borne_by_packs_and_not_without_them() -> None:
    night = [278.15] * 6 + [308.15] * 10 + [278.15] * 6
    kept, forgotten = _trip(shipper.Start(), night), _trip(shipper.Start(pack_temperature=298.15), night)
    assert kept.warm_time == 0.0
    assert forgotten.warm_time > 10 * 3600.0
    assert forgotten.active < kept.active
    assert forgotten.kinetic_time / forgotten.elapsed > 3.0 * kept.kinetic_time / kept.elapsed


runs = _drawn(
    filler.Inputs,
    command=st.floats(-1.0, 3.0), dose=st.sampled_from([1e-7, 1e-5, 1e-2]), trim=st.floats(-3.0, 3.0),
    refill=st.sampled_from([0.0, 1e-6]), deviate=st.floats(-6.0, 6.0), spread_deviate=st.floats(-12.0, 6.0),
    bias=st.floats(-0.5, 0.5), drift_rate=st.sampled_from([0.0, 1e-6, -1e-2]), air=PART, jam=PART,
    stoppers_raised=PART, weigher_bias=st.floats(-0.5, 0.5),
)


@FEW
@given(bulk=st.sampled_from([0.0, 1e-9, 0.02, 10.0]), inputs=st.lists(runs, min_size=1, max_size=4),
       dt=st.sampled_from([0.1, 10.0, 60.0]))
def test_an_absurd_filling_line_loses_no_product_and_no_vial(bulk: float, inputs: list[Any], dt: float) -> None:
    p = filler.Parameters()
    x = _flown(filler, filler.initial(p, filler.Start(bulk=bulk)), p, inputs, dt, 20)
    assert all(v >= 0.0 for name, v in x._asdict().items() if name != "drift")
    assert all(v >= 0.0 for v in filler.readings(x, inputs[-1], p))
    assert x.raised_accepted <= x.accepted * (1.0 + 1e-9)


def test_bias_of_dose_and_of_weigher_look_alike_until_the_bulk_is_weighed() -> None:
    p, used, shown = filler.Parameters(), [], []
    for fault in ({"bias": 0.008}, {"weigher_bias": 0.008}):
        x, u = filler.initial(p, filler.Start()), filler.Inputs(command=1.0, **fault)
        for _ in range(60):
            x = advance[filler](x, u, p, 10.0)
        used.append((0.02 - x.bulk) / x.filled)
        shown.append(filler.readings(x, u, p).weighed_mean)
    assert shown[0] == pytest.approx(shown[1], rel=1e-12)
    assert used[0] > used[1] * 1.007


COLD = [(pack, kept, u) for pack in (240.0, 277.9, 300.0) for kept in (250.0, 272.3, 272.6, 276.0)
        for u in (shipper.Inputs(ambient=233.15, lid_ajar=0.3), shipper.Inputs(ambient=313.15, puncture=0.5))]


def test_frozen_and_melting_boxes_are_the_same_to_casadi_and_to_units() -> None:
    """The bench of the drawers is warm: here is the other side of both melting points."""
    p, units, state = shipper.Parameters(), registry(), casadi.SX.sym("x", len(shipper.State._fields))
    hints = annotations(shipper.State)
    for pack, kept, u in COLD:
        x = shipper.initial(p, shipper.Start(pack_temperature=pack, content_temperature=kept))
        plain = shipper.equations(x, u, p)
        graph = shipper.equations(shipper.State(*casadi.vertsplit(state)), u, p)
        found = casadi.Function("slopes", [state], [casadi.vertcat(*graph)])(list(x)).full().ravel().tolist()
        assert found == pytest.approx(list(plain), rel=1e-12, abs=1e-300)
        measured = shipper.equations(*(with_units(v) for v in (x, u, p)))
        for name, value in measured._asdict().items():
            assert units.Quantity(value).check(units.Unit(unit_of(hints[name])) / units.second), name
            assert units.Quantity(value).to_base_units().magnitude == pytest.approx(getattr(plain, name), rel=1e-12)
    freezing = [shipper.equations(shipper.initial(p, shipper.Start(content_temperature=t, pack_temperature=250.0)),
                                  shipper.Inputs(), p).aggregated for t in (272.3, 272.7)]
    assert freezing[0] > 1e3 * freezing[1]


PLANT = """
schema: 1
slug: delivery
title: {fr: Livraison, en: Delivery}
area: dsp
units:
  lane1:
    title: {fr: Trajet, en: Lane}
    equipment:
      vf1: {class: vial_filler}
      box: {class: shipper, start: {pack_temperature: 3 degC}}
      p1: {class: patient, parameters: {body_weight: 82 kg},
           inputs: {active_fraction: box.potency, aggregate_fraction: box.aggregate_fraction}}
    instruments:
      tt1: {title: {fr: Enregistreur, en: Logger}, measures: box.logger_place, range: [-30 degC, 60 degC], unit: degC}
    loops:
      hic1: {title: {fr: Cadence, en: Line speed}, outputs: [{drives: vf1.command}]}
    phases:
      trip: {title: {fr: Trajet, en: Trip}, instruction: {fr: Suivez., en: Follow.},
             scan: 1 s, loops: {hic1: {output: 0.5}},
             ends_lot: true}
"""


def test_line_box_logger_and_patient_make_a_plant(tmp_path: Path) -> None:
    (tmp_path / "plant.yaml").write_text(PLANT, encoding="utf-8")
    plant = compile_plant(tmp_path)
    addresses = set(plant.signals)
    assert {"dsp/lane1/box.potency", "dsp/lane1/p1.active_concentration", "dsp/lane1/tt1.value"} <= addresses
    assert {group.slug for group in plant.groups} == {"vial_filler", "shipper", "patient", "sensor"}


def test_the_road_sticks_a_solution_together_and_no_cake() -> None:
    """Ten hours of truck: of a solution a share of some thousandth, of a dried cake nothing that could be told."""
    p, cold = shipper.Parameters(), shipper.Inputs(ambient=278.15)
    for volume, most in ((2.0e-3, 2e-3), (5.0e-7, 5e-5)):
        x = shipper.initial(p, shipper.Start(volume=volume))
        still = shipper.equations(x, cold, p).aggregated
        shaken = shipper.equations(x, cold._replace(shaking=1.0), p).aggregated
        share = 36_000.0 * (shaken - still) / x.monomer
        assert 0.0 < share < most
        assert (share > 5e-4) is (volume > 1e-3)


def test_a_liquid_vial_brings_its_volume_and_nothing_is_left_to_dissolve() -> None:
    p = bag.Parameters(dissolution=1.0)
    x = bag.initial(p, bag.Start(containers=4.0, solution=5.0e-6))
    for _ in range(60):
        x = bag.advance(x, bag.Inputs(vials=2.0), p, 1.0)
    y = bag.readings(x, bag.Inputs(), p)
    assert y.vial_volume == pytest.approx(1.0e-5)
    assert y.undissolved < 1e-6
    assert y.vial_concentration == pytest.approx(50.0, rel=1e-4)
