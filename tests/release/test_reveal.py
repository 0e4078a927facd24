"""The debrief: truth beside result, the power of each test, what no test reveals; and what a screen is given before."""

from __future__ import annotations

import math

import msgspec
import pytest

from biotwin.release import Overview, Reveal, begin, overview, reveal, unattended
from biotwin.release import inputs as i
from biotwin.release.reveal import conforms
from tests.release.lots import PRODUCT, VIALS, ask, book, case, crossing, lot, with_product
from tests.release.test_oos import MISTAKEN, opened, phase_one, waited


def one(found, slug):
    return next(test for test in found.tests if test.test == slug)


def test_a_few_contaminated_vials_are_certified_and_the_debrief_says_so():
    of = case(with_product(PRODUCT._replace(bioburden=VIALS * 1e-3)))
    state = unattended(of).state
    found = reveal(of, state)
    assert state.disposition.outcome == "certified"
    assert not found.conforming
    sterility = one(found, "product.sterility")
    assert not sterility.conforms
    assert sterility.power == pytest.approx(0.0198, abs=5e-5)
    unseen = {u.name: u.truth for u in found.unseen}
    assert unseen["sterility"] == pytest.approx(100.0 * (1.0 - math.exp(-1e-3)))


def test_the_share_of_such_lots_that_pass_is_what_the_debrief_says():
    file = with_product(PRODUCT._replace(bioburden=VIALS * 0.05))
    passed = []
    for seed in range(600):
        of = case(file, seed)
        state = opened(of, "product.sterility")
        passed.append(state.results[0].inside)
    stated = one(reveal(of, state), "product.sterility").passing
    chance = book().tests["product.sterility"].mistakes["contaminated_plate"].description.chance
    assert sum(passed) / 600 == pytest.approx(stated * (1.0 - chance), abs=4.0 * math.sqrt(stated * (1 - stated) / 600))


def test_what_went_wrong_in_the_laboratory_is_told():
    found = reveal(MISTAKEN, phase_one(MISTAKEN))
    assert [r.mistake for r in one(found, "substance.hcp").results] == ["dilution"]
    assert one(found, "substance.hcp").conforms


@pytest.mark.parametrize(("slug", "good", "bad"), [
    ("product.sterility", 0.9e-4, 1.1e-4), ("product.ccit", 1.1e-4, 2e-3), ("product.visible", 2e-4, 0.02),
    ("substance.hcp", 100.4e-6, 100.6e-6)])
def test_what_is_called_conforming(slug, good, bad):
    test = book().tests[slug]
    assert conforms(test, good)
    assert not conforms(test, bad)


def test_a_sound_lot_may_fail_and_its_chance_is_the_product():
    found = reveal(case(), begin())
    assert found.conforming
    assert 0.99 < found.passing < 1.0
    assert found.passing == pytest.approx(math.prod(test.passing for test in found.tests))


def test_what_was_waved_through_and_what_was_misjudged_is_told():
    of = case(lot(records=(crossing(level="critical"), crossing(level="normal_operating_range"))))
    state, _ = ask(of, begin(), i.ReviewRecords())
    state, _ = ask(of, state, i.AcceptObservation("obs-2", "small"))
    for item in (i.OpenDeviation(("obs-1",), "none_needed"), i.ClassifyDeviation("dev-1", "major", ("none",)),
                 i.NameCause("dev-1", "probe_drift")):
        state, _ = ask(of, state, item)
    found = reveal(of, state)
    (deviation,) = found.deviations
    assert (deviation.grade, deviation.expert_grade) == ("major", "critical")
    assert (deviation.cause_right, deviation.expert_affects, deviation.affects_lot) == (False, True, False)
    assert found.overlooked == ()


def test_a_screen_and_a_debrief_are_json_in_both_languages():
    of = MISTAKEN
    state = waited(of, ask(of, phase_one(of), i.Invalidate("oos-1"))[0])
    for language, text in (("fr", "non détecté"), ("en", "not detected")):
        shown = overview(of, state, language)
        assert msgspec.json.decode(msgspec.json.encode(shown), type=Overview) == shown
        assert [t.verdict for t in shown.tests if t.slug == "substance.hcp"] == ["passes"]
        clean = with_product(PRODUCT._replace(endotoxin=0.0))
        blank = overview(case(clean), opened(case(clean), "product.endotoxin"), language)
        assert next(t for t in blank.tests if t.slug == "product.endotoxin").results[0].text == text
    found = reveal(of, state)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Reveal) == found


def test_a_screen_shows_limits_and_results_on_the_same_grid():
    of = case()
    for test in overview(of, opened(of, "substance.potency"), "fr").tests:
        spec = book().tests[test.slug]
        for limit, stated in ((test.low, spec.line.low), (test.high, spec.line.high)):
            assert (limit is None) == (stated is None)
            assert limit is None or spec.ticks(spec.value(limit * 10**test.digits)) == limit * 10**test.digits
