"""The trade's charts: every shipped file stands, every wrong name is told with its line, every limit is the plant's."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from biotwin.errors import DescriptionError, UnknownName
from biotwin.plant.compiler import compile_plant
from biotwin.plant.plant import Plant
from biotwin.quantity import si
from biotwin.session.library import content_folder, load_scenario
from biotwin.views.console import ControlChart, Curves, SamplingMap
from biotwin.views.console.charts import charts
from biotwin.views.console.making import console

PLANTS = content_folder() / "plants"
DESCRIBED = sorted(path.parent.name for path in PLANTS.glob("*/charts.yaml"))


def plant(slug: str) -> Plant:
    return compile_plant(PLANTS / slug)


def of(slug: str, language: str = "fr") -> dict[str, Curves | ControlChart | SamplingMap]:
    return {chart.slug: chart for chart in charts(plant(slug), PLANTS / slug, language)}


@pytest.mark.parametrize("slug", DESCRIBED)
def test_every_described_chart_stands_in_both_languages(slug: str) -> None:
    french, english = of(slug), of(slug, "en")
    assert french
    assert french.keys() == english.keys()
    instruments = {plant(slug).address(tag) for tag in plant(slug).unit.instruments}
    for chart in french.values():
        if isinstance(chart, Curves):
            assert {curve.address for curve in chart.curves} <= instruments
            assert {curve.axis for curve in chart.curves} == set(range(len(chart.axes)))
        encoded = msgspec.json.encode(chart)
        assert msgspec.json.decode(encoded)["kind"] in {"curves", "control", "map"}


def test_a_plant_without_the_file_has_no_chart() -> None:
    assert charts(plant("mab-usp-2l"), PLANTS / "mab-usp-2l", "fr") == ()


@pytest.mark.parametrize("slug", ["mab-capture-100l", "mab-cex-100l"])
def test_a_chromatogram_is_over_volume_with_uv_left_and_conductivity_and_ph_right(slug: str) -> None:
    chart = of(slug)["chromatogram"]
    assert isinstance(chart, Curves)
    assert [(axis.side, axis.format.unit) for axis in chart.axes] == [
        ("left", "mAU"), ("right", "mS/cm"), ("right", "pH")]
    assert chart.axes[0].format.scale == pytest.approx(1000.0)
    assert chart.volume is not None
    assert chart.volume.column == pytest.approx(0.1)
    assert chart.fraction is not None
    phases = plant(slug).unit.phases
    assert {block.address for block in chart.blocks} | {"end_of_lot"} == set(phases)
    assert chart.cycle in phases


def test_a_control_chart_takes_its_lines_from_the_instrument_and_its_alarms() -> None:
    chart = of("mab-fill-isolator")["fill_weight"]
    assert isinstance(chart, ControlChart)
    mean, scatter = chart.rows
    unit = plant("mab-fill-isolator").unit
    warning, action = unit.instruments["wt505"].limits
    assert mean.warning_low == pytest.approx(si(warning.low, "kg"))
    assert mean.action_high == pytest.approx(si(action.high, "kg"))
    assert mean.centre == pytest.approx((mean.warning_low + mean.warning_high) / 2)
    assert scatter.centre is None
    assert scatter.action_high == pytest.approx(si(unit.alarms["wt506_high"].threshold, "kg"))


def test_a_map_point_has_one_source_or_says_that_nothing_is_simulated() -> None:
    chart = of("mab-fill-isolator")["environment"]
    assert isinstance(chart, SamplingMap)
    for point in chart.points:
        sources = [point.instrument >= 0, bool(point.analyte), bool(point.verb), bool(point.note)]
        assert sum(sources) == 1
        assert 0 <= point.x <= chart.size[0]
        assert 0 <= point.y <= chart.size[1]
    limits = {point.mark: point.action for point in chart.points}
    assert limits["P1"] == pytest.approx(3520)
    assert limits["P2"] == pytest.approx(29)


def test_the_console_document_carries_the_charts_of_the_plant() -> None:
    document = console(load_scenario("capture-first-cycle"), "en")
    assert [chart.title for chart in document.charts] == ["Chromatogram"]
    assert console(load_scenario("discovery"), "en").charts == ()


CURVES = "schema: 1\ncharts:\n  one:\n    kind: curves\n    title: {fr: Un, en: One}\n"
AXIS = "    axes:\n      uv: {title: {fr: UV, en: UV}, unit: '1e-3', label: mAU}\n"
ACROSS = "    lines:\n      - {tag: at301, axis: uv, level: critical, end: high, title: {fr: A, en: A}}\n"
DRAWN = "    curves:\n      - {tag: at301, axis: uv, title: {fr: UV, en: UV}}\n"
MAP = "schema: 1\ncharts:\n  plan:\n    kind: map\n    title: {fr: Plan, en: Plan}\n    size: [10, 10]\n    points:\n"
ROWS = ("schema: 1\ncharts:\n  card:\n    kind: control\n    title: {fr: Carte, en: Chart}\n    count: wt310\n"
        "    every: 5\n    counted: {fr: Litres, en: Litres}\n    rows:\n")


@pytest.mark.parametrize(("text", "line", "said"), [
    (CURVES + AXIS + "    curves:\n      - {tag: at999, axis: uv, title: {fr: UV, en: UV}}\n", 9, "at999"),
    (CURVES + AXIS + "    curves:\n      - {tag: at301, axis: left, title: {fr: UV, en: UV}}\n", 9, "left"),
    (CURVES + AXIS + DRAWN + "    cycle: lod\n", 10, "lod"),
    (CURVES + AXIS + DRAWN + "    blocks:\n      load: {fr: C, en: L}\n      wsh: {fr: L, en: W}\n", 12, "wsh"),
    (CURVES + AXIS + DRAWN + ACROSS, 11, "critical"),
    (MAP + "      - {mark: A, kind: air, at: [1, 1], title: {fr: A, en: A}, analyte: plates.air}\n", 8, "plates.air"),
    (MAP + "      - {mark: G, kind: glove, at: [1, 1], title: {fr: G, en: G}, verb: column.hit}\n", 8, "column.hit"),
    (ROWS + "      - {tag: wt301, title: {fr: M, en: W}, action: action}\n", 10, "action"),
    (ROWS + "      - {tag: at301, title: {fr: M, en: W}, alarms: [pt301_hi]}\n", 10, "pt301_hi"),
])
def test_a_chart_names_what_the_plant_has(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(UnknownName) as caught:
        read(tmp_path, text)
    assert caught.value.where.endswith(f"charts.yaml:{line}")
    assert said in caught.value.what
    assert caught.value.next_step


@pytest.mark.parametrize(("text", "line"), [
    (CURVES + "    axes:\n      uv: {title: {fr: UV, en: UV}, unit: kg}\n" + DRAWN, 7),
    (CURVES + AXIS + DRAWN + "    volume: {flow: at301, column: 100 L}\n", 10),
    (CURVES + AXIS + DRAWN + "    volume: {flow: ft301, column: 100 kg}\n", 10),
    (CURVES + AXIS + "      ph: {title: {fr: pH, en: pH}, unit: ''}\n" + DRAWN, 8),
    (CURVES + AXIS + DRAWN + "    colour: red\n", 10),
    (CURVES.replace("curves", "pie") + AXIS + DRAWN, 4),
    (MAP + "      - {mark: A, kind: air, at: [1, 1], title: {fr: A, en: A}}\n", 8),
    (ROWS + "      - {tag: at301, title: {fr: M, en: W}, alarms: [pt301_high]}\n", 10),
    ("schema: 2\ncharts: {}\n", 1),
])
def test_a_chart_that_cannot_be_drawn_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(DescriptionError) as caught:
        read(tmp_path, text)
    assert caught.value.where.endswith(f"charts.yaml:{line}"), caught.value


def read(folder: Path, text: str) -> None:
    (folder / "charts.yaml").write_text(text, encoding="utf-8")
    charts(plant("mab-capture-100l"), folder, "en")
