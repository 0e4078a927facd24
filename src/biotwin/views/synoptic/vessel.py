"""The vessel and the liquids: outline, jacket, stirrer, level and foam, drawn from the instance's own parameters."""

from __future__ import annotations

from biotwin.naming import printed_tag
from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant
from biotwin.properties.liquids import BROTH_LIQUID
from biotwin.quantity import si
from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.marks import element, number, path, title
from biotwin.views.synoptic.places import VesselPlace
from biotwin.views.synoptic.stations import GAUGE, SIGHT_GLASS
from biotwin.views.synoptic.subject import Subject
from biotwin.views.synoptic.words import word

CLIP = "synoptic-inside"


def parameter(plant: Plant, instance: str, name: str) -> float:
    """A parameter of an instance, SI."""
    group = next(g for g in plant.groups if instance in g.instances)
    names = drawer(group.slug).parameters
    at = group.parameters + group.instances.index(instance) * len(names) + names.index(name)
    return float(plant.wiring["par"][at])


def start_volume(plant: Plant, instance: str) -> float:
    """Liquid at the start, m3."""
    own = drawer(plant.unit.equipment[instance].class_)
    return plant.starts[instance].get("volume", own.start_defaults.get("volume", 0.0))


def draw_vessel(d: Subject, motor: str) -> str:
    """From the outside in: jacket, wall, broth and foam, sparger and bubbles, stirrer, motor, things on the head."""
    v, name = d.place.vessel, d.drawn.vessel
    return element(
        "g", title(f"{printed_tag(d.plant.prefix.split('/')[1])} · {d.equipment_title(name)}"),
        element("clipPath", path(_outline(v)), id=CLIP),
        *([_jacket(v)] if d.drawn.jacket else []),
        path(_outline(v), class_="vessel inside", fill="Canvas", stroke="none"), _content(d, v), _sparger(d, v),
        _stirrer(d, v), path(_outline(v), class_="vessel", stroke_width=2.4), motor, *_fittings(d, v),
        class_="vessel-group", data_equipment=d.address(name),
        data_station=d.addresses(d.stations.get(name, ())),
    )


def _outline(v: VesselPlace) -> str:
    left, right, r, n = v.x - v.radius, v.x + v.radius, number(v.radius), number
    return (f"M{n(left)} {n(v.shoulder)}A{r} {n(v.shoulder - v.top)} 0 0 1 {n(right)} {n(v.shoulder)}V{n(v.foot)}"
            f"A{r} {n(v.bottom - v.foot)} 0 0 1 {n(left)} {n(v.foot)}z")


def _jacket(v: VesselPlace) -> str:
    top, height = v.shoulder + 48, v.foot - v.shoulder - 66
    sides = (v.x - v.radius - 19, v.x + v.radius + 5)
    return element("g", *(element("rect", x=x, y=top, width=14.0, height=height, rx=6.0) for x in sides),
                   class_="heat jacket")


def _level(d: Subject) -> tuple[str, float, float, float]:
    """The instrument that shows the vessel's content, what it shows empty and brimful, and the start's share."""
    plant, name = d.plant, d.drawn.vessel
    brim = parameter(plant, name, "vessel_volume") * (1 + parameter(plant, name, "headspace_ratio"))
    tare = parameter(plant, name, "tare_mass")
    shown = {"weight": (tare, tare + BROTH_LIQUID.density * brim), "liquid_volume": (0.0, brim)}
    box = next((b for b in d.drawn.boxes if b.owner == name and b.reading in shown), None)
    empty, full = shown[box.reading] if box else (0.0, brim)
    return d.address(box.name) if box else "", empty, full, min(1.0, start_volume(plant, name) / brim)


def _content(d: Subject, v: VesselPlace) -> str:
    """Broth and foam; the front end moves their upper edges between ``data-top`` and ``data-bottom``."""
    level, empty, full, share = _level(d)
    surface = v.bottom - share * (v.bottom - v.top)
    foam = next((b.name for b in d.drawn.boxes if b.owner == d.drawn.vessel and b.reading == "foam_height"), "")
    size: dict[str, float] = {"x": v.x - v.radius, "width": 2 * v.radius}
    liquid = _fluid("liquid", level, (empty, full), (v.top, v.bottom), y=surface, height=v.bottom - surface, **size)
    froth = _fluid("foam", d.address(foam), (0.0, 1.0), (v.top, surface), y=surface, height=0.0, **size)
    return element("g", liquid, froth, clip_path=f"url(#{CLIP})")


def _fluid(kind: str, tag: str, shown: tuple[float, float], edges: tuple[float, float], **size: float) -> str:
    """A rectangle whose upper edge goes from ``edges[1]`` to ``edges[0]`` as ``tag`` goes through ``shown`` (SI)."""
    return element("rect", class_=kind, data_level=tag, data_empty=f"{shown[0]:.6g}", data_full=f"{shown[1]:.6g}",
                   data_top=edges[0], data_bottom=edges[1], fill="currentColor", stroke="none",
                   fill_opacity=0.12 if kind == "liquid" else 0.06, **size)


def _sparger(d: Subject, v: VesselPlace) -> str:
    if d.place.manifold is None:
        return ""
    y = v.foot + 12
    pipe = path(f"M{number(v.x - v.radius + 2)} {number(y)}H{number(v.x + 36)}", stroke_width=2.5)
    spots = ((-30, 14, 2.2), (-16, 22, 2.8), (0, 12, 2.0), (14, 20, 2.6), (30, 13, 2.0))
    bubbles = "".join(element("circle", cx=v.x + dx, cy=y - dy, r=r) for dx, dy, r in spots)
    return element("g", pipe, element("g", bubbles, class_="bubbles", stroke_width=1.2), class_="sparger")


def _stirrer(d: Subject, v: VesselPlace) -> str:
    """Shaft and impellers, the motor on top."""
    count = max(1, min(4, round(parameter(d.plant, d.drawn.vessel, "impellers"))))
    half = v.radius * max(0.3, min(0.7, parameter(d.plant, d.drawn.vessel, "impeller_ratio")))
    lowest, apart = v.foot - 26, min(70.0, (v.foot - v.shoulder - 90) / count)
    wheels = "".join(symbols.impeller(v.x, lowest - i * apart, half) for i in range(count))
    shaft = path(f"M{number(v.x)} {number(v.top - 26)}V{number(lowest)}", stroke_width=3.2)
    parts = [shaft, element("g", wheels, class_="impeller")]
    return element("g", *parts, class_="stirrer", data_follows=d.follows(d.drawn.drive))


def _fittings(d: Subject, v: VesselPlace) -> list[str]:
    """Sight glass, gauge, probes."""
    glass = (v.x + v.radius - 24, v.shoulder + 22)
    found = [_mark(d, SIGHT_GLASS, "sight_glass", symbols.sight_glass(*glass))]
    if GAUGE in d.stations:
        nozzle, y = v.x + 46, v.top - 44
        stub = path(f"M{number(nozzle)} {number(y)}h9")
        found.append(_mark(d, GAUGE, "gauge", stub + symbols.gauge(nozzle + 18, y)))
    probes = [n for n in d.plant.unit.instruments if n in d.stations]
    for i, name in enumerate(probes):
        y = v.foot - 8 - i * 12
        stick = path(f"M{number(v.x + v.radius + 4)} {number(y)}l-26 5", stroke_width=3.2)
        found.append(element("g", title(printed_tag(name)), stick, class_="symbol symbol-probe",
                             data_station=d.addresses(d.stations[name])))
    return found


def _mark(d: Subject, spot: str, key: str, shape: str) -> str:
    return element("g", title(word(key, d.language)), shape, class_=f"symbol symbol-{key.replace('_', '-')}",
                   data_station=d.addresses(d.stations.get(spot, ())))


def draw_liquid(d: Subject, bottle: str, at: tuple[float, float]) -> str:
    """What a bottle holds: full at nine tenths of its height at the start."""
    weight = next((b.name for b in d.drawn.boxes if b.owner == bottle and b.reading == "weight"), "")
    density, tare = (parameter(d.plant, bottle, n) for n in ("density", "tare"))
    volume = start_volume(d.plant, bottle)
    high = si(d.plant.unit.instruments[weight].range[1], "kg") if weight else tare + density
    full = tare + density * volume if volume else high
    top, bottom = at[1] - 9, at[1] + 18
    height = bottom - top if volume else 0.0
    return _fluid("liquid", d.address(weight), (tare, full), (top, bottom), x=at[0] - 12, y=bottom - height,
                  width=24.0, height=height, rx=4.0)
