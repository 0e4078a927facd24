"""The data sheet: complete, in both languages, printable."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from biotwin.naming import printed_tag
from biotwin.plant.library import drawer
from biotwin.views.datasheet import cause_and_effect, datasheet, parameter_notes, quantity_text


def first_cells(sheet, slug):
    return [row[0] for row in sheet.table(slug).rows]


def test_nothing_of_the_plant_is_missing(plant, language):
    sheet, unit = datasheet(plant, language), plant.unit
    assert first_cells(sheet, "equipment") == [printed_tag(n) for n in unit.equipment]
    assert first_cells(sheet, "instruments") == [printed_tag(n) for n in unit.instruments]
    assert first_cells(sheet, "loops") == [printed_tag(n) for n in unit.loops]
    assert sorted(first_cells(sheet, "alarms")) == sorted(unit.alarms)
    assert first_cells(sheet, "phases") == list(unit.phases)
    assert len(sheet.table("causes").rows) == len(unit.interlocks)
    assert len(sheet.table("limits").rows) == sum(len(i.limits) for i in unit.instruments.values())
    assert len(sheet.table("analysers").rows) == sum(len(a.analytes) for a in unit.analysers.values())
    struck = sum(row[-1].count(",") + 1 for row in sheet.table("malfunctions").rows)
    assert struck == len(plant.malfunctions)


def test_every_row_is_as_long_as_its_head(plant, language):
    for table in datasheet(plant, language).tables:
        assert all(len(row) == len(table.heads) for row in table.rows), table.slug


def test_the_most_urgent_alarms_come_first(plant):
    priorities = [row[6] for row in datasheet(plant, "en").table("alarms").rows]
    assert priorities == sorted(priorities)


def test_causes_meet_effects(plant):
    table = cause_and_effect(plant, "en")
    for row, interlock in zip(table.rows, plant.unit.interlocks.values(), strict=True):
        marked = {head for head, cell in zip(table.heads[2:], row[2:], strict=True) if cell}
        assert marked == set(interlock.forces)


def test_languages_differ_where_they_must(plant):
    french, english = datasheet(plant, "fr").markdown(), datasheet(plant, "en").markdown()
    assert "Verrouillages" in french
    assert "Verrouillages" not in english
    assert french.count("\n|") == english.count("\n|")


def test_the_sheet_prints_as_html_and_as_markdown(plant, language, undrawn):
    for one in (plant, undrawn):
        sheet = datasheet(one, language)
        root = ElementTree.fromstring(sheet.html())
        assert len(root.findall(".//table")) == len(sheet.tables)
        assert not any("style" in node.attrib for node in root.iter())
        tables = [line for line in sheet.markdown().splitlines() if line.startswith("|")]
        assert len(tables) == sum(len(t.rows) + 2 for t in sheet.tables)


def test_what_a_drawer_says_of_its_parameters_is_told():
    notes = parameter_notes("valve")
    assert "fail-closed" in notes["fail_position"]
    assert set(notes) <= set(drawer("valve").parameters)


@pytest.mark.parametrize(("given", "french", "english"), [
    ("37 degC", "37\u202f°C", "37\u202f°C"), ("0.02 K", "0,02\u202fK", "0.02\u202fK"), ("60/min", "60/min", "60/min"),
    (0.5, "0,5", "0.5"), ("200 W/m**2/K", "200\u202fW/m²/K", "200\u202fW/m²/K"), ("soon", "soon", "soon"),
])
def test_quantities_are_printed_as_the_trade_writes_them(given, french, english):
    assert quantity_text(given, "fr") == french
    assert quantity_text(given, "en") == english
