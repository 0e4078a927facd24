"""The recipe in the operator's hand, by keyboard alone: semi-automatic, a phase that is ready, a hold, a restart."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import Seat, tab_to


def test_the_operator_holds_the_recipe_and_starts_what_is_ready(open_page: OpenPage) -> None:
    page = open_page("/", person="author")
    page.goto("/scenarios/capture-first-cycle/")
    page.locator("main .actions button").first.click()
    expect(page.locator("button.freeze")).to_be_enabled(timeout=90_000)  # the first flight of a column reads its kernel
    seat, recipe, dialog = Seat(page), page.locator("cbd-phases"), page.locator("cbd-phase-dialog dialog")
    page.keyboard.press("Enter")
    page.keyboard.press("m")
    expect(recipe.get_by_role("button", name="SEMI-AUTO")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("u")
    tab_to(page, "prochaine phase", most=20)
    page.keyboard.press("Enter")
    expect(recipe.get_by_role("button", name=re.compile("Prête.*Charge"))).to_be_visible(timeout=60_000)
    seat.running(False)
    expect(recipe).to_contain_text(re.compile(r"Équilibrage \(1/"))
    page.keyboard.press("h")
    expect(recipe.get_by_role("group", name=re.compile("Recette.*SUSPENDUE"))).to_be_visible()
    expect(recipe).to_contain_text("Prêt à passer à")
    page.keyboard.press("p")
    expect(dialog).to_contain_text("La recette est suspendue")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(recipe).not_to_contain_text("SUSPENDUE")
    page.keyboard.press("p")
    expect(dialog).to_contain_text("prête")
    page.keyboard.press("Enter")
    expect(recipe).to_contain_text(re.compile(r"Charge \(2/"))
    expect(recipe).not_to_contain_text("Prête")
    page.keyboard.press("5")
    mine = page.locator("cbd-journal section").first
    for done in ("Recette en semi-automatique", "Recette suspendue", "Recette relancée", "Phase démarrée"):
        expect(mine).to_contain_text(done)
    expect(page.locator("cbd-journal section").last).to_contain_text("Prêt à passer à\u202f: Charge")
