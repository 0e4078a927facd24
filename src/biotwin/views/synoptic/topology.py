"""What is connected to what, read from the plant's wires alone: no position, no drawing.

A bottle hangs on the pump that feeds its ``draw``; a vessel's inputs say by their names where matter arrives:
``sparge_*`` below the liquid, ``overlay_*`` above it, ``vent_*`` and ``harvest_*`` where it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

from biotwin.plant.description import Equipment, LoopDescription, UnitDescription
from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant

BOTTLE = "feed_vessel"
TANK = {"vessel_volume", "headspace_ratio", "tare_mass", "impellers", "impeller_ratio"}
MOVERS = ("peristaltic_pump", "valve", "mass_flow_controller")
LIQUID, OVERLAY, SPARGE = "liquid", "overlay", "sparge"


@dataclass(frozen=True)
class Line:
    """One line that goes into the vessel: from ``bottle`` (empty: a gas main) by ``element`` to the input ``field``."""

    kind: str
    bottle: str
    element: str
    field: str

    @property
    def name(self) -> str:
        """What the line is called in an overlay."""
        return self.bottle or self.element


@dataclass(frozen=True)
class Box:
    """A value shown: of an instrument, or of a hand station (a loop that measures nothing), at its ``owner``."""

    name: str
    owner: str
    reading: str
    hand: bool = False


@dataclass(frozen=True)
class Topology:
    """A unit as a process engineer lists it; names of instances, empty where the plant has none.

    Where there is no vessel to lead to, ``links`` says who gives to whom among what is ``loose``, and ``feeds`` to whom
    a line leads. ``centre`` carries the product without being a vessel; ``roles``: what it is wired to, by its inputs.
    """

    vessel: str
    lines: tuple[Line, ...]
    drive: str
    vent: str
    harvest: str
    jacket: str
    loose: tuple[str, ...]
    boxes: tuple[Box, ...]
    loops_of: dict[str, tuple[str, ...]]
    follows: dict[str, str]
    links: tuple[tuple[str, str], ...]
    feeds: dict[str, str]
    classes: dict[str, str]
    centre: str
    roles: dict[str, str]
    plate: str
    """The class of the centre, where it brings a drawing of its own; ``class/pair`` where a neighbour stands on it."""
    neighbour: str
    neighbour_roles: dict[str, str]

    @property
    def alone(self) -> tuple[str, ...]:
        """What may stand by itself."""
        return (*self.loose, self.jacket) if self.jacket and not self.vessel else self.loose


def topology(plant: Plant) -> Topology:
    """Of the plant's one unit."""
    unit = plant.unit
    neighbour = _neighbour(plant)
    plate = f"{_plate(plant)}/pair" if neighbour else _plate(plant)
    vessel = plant.carrier if not plate and is_tank(plant, plant.carrier) else ""
    centre = "" if vessel else plant.carrier
    lines = _lines(unit, vessel)
    ends = {part: _end(unit, vessel, part) for part in ("stirrer", "vent", "harvest", "jacket")}
    ends["jacket"] = ends["jacket"] or next((n for n, e in unit.equipment.items() if e.class_ == "jacket_loop"), "")
    drawn = {vessel, *ends.values(), *(line.bottle for line in lines), *(line.element for line in lines)}
    loops = _loops_of(unit)
    loose = tuple(n for n in unit.equipment if n not in drawn)
    return Topology(
        vessel=vessel, lines=lines, drive=ends["stirrer"], vent=ends["vent"], harvest=ends["harvest"],
        jacket=ends["jacket"], loose=loose, boxes=_boxes(unit),
        loops_of=loops, follows=_follows(unit, lines, loops), links=() if vessel else _links(unit, loose),
        feeds={} if vessel else _feeds(unit, lines, loose), classes={n: e.class_ for n, e in unit.equipment.items()},
        centre=centre, roles=_roles(unit, centre), plate=plate, neighbour=neighbour,
        neighbour_roles=_roles(unit, neighbour),
    )


def _plate(plant: Plant) -> str:
    """The class of what carries the product, where its folder holds a ``plate.svg``."""
    slug = plant.unit.equipment[plant.carrier].class_ if plant.carrier else ""
    return slug if slug and (drawer(slug).folder / "plate.svg").is_file() else ""


def _neighbour(plant: Plant) -> str:
    """The instance of its own class that the carrier is wired to, where their class can draw both."""
    slug = _plate(plant)
    if not slug or not (drawer(slug).folder / "pair.svg").is_file():
        return ""
    others = _roles(plant.unit, plant.carrier).values()
    return next((name for name in others if plant.unit.equipment[name].class_ == slug), "")


def is_tank(plant: Plant, name: str) -> bool:
    """Whether an instance can be drawn as a stirred vessel: its class says how large it is and what stirs it."""
    return bool(name) and set(drawer(plant.unit.equipment[name].class_).parameters) >= TANK


def _links(unit: UnitDescription, loose: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(giver, receiver), each once; what draws on a tank, other than a pump on its line, is its receiver."""
    found: dict[tuple[str, str], None] = {}
    for name in loose:
        equipment = unit.equipment[name]
        given = [("", s) for s in equipment.sum_of] + [(f, s) for f in equipment.inputs for s in sources(equipment, f)]
        for field, other in given:
            if other in loose and other != name:
                drawing = field == "draw" and unit.equipment[other].class_ not in MOVERS
                found[(name, other) if drawing else (other, name)] = None
    return tuple(found)


def sources(equipment: Equipment, field: str) -> tuple[str, ...]:
    """The instances that an input is wired to."""
    wired = equipment.inputs.get(field, [])
    return tuple(short.partition(".")[0] for short in ([wired] if isinstance(wired, str) else wired))


def _feeds(unit: UnitDescription, lines: tuple[Line, ...], loose: tuple[str, ...]) -> dict[str, str]:
    """Line -> the first loose equipment that takes from its bottle."""
    found: dict[str, str] = {}
    for name in loose:
        for field in unit.equipment[name].inputs:
            for giver in sources(unit.equipment[name], field):
                if any(line.bottle == giver for line in lines):
                    found.setdefault(giver, name)
    return found


def _roles(unit: UnitDescription, centre: str) -> dict[str, str]:
    """Role -> the first instance in it, the nearest role first: an input of the centre or ``sum_of`` for what it is
    wired to, ``taker:<input>`` for what takes from the centre there, ``<role>:<input>`` for what feeds one in a role.
    """
    if not centre:
        return {}
    near = _wired(unit, centre)
    for name, equipment in unit.equipment.items():
        near |= {f"taker:{f}": name for f in equipment.inputs
                 if centre in sources(equipment, f) and f"taker:{f}" not in near and name not in near.values()}
    far = {f"{role}:{field}": giver for role, name in near.items() for field, giver in _wired(unit, name).items()}
    return near | {role: giver for role, giver in far.items() if giver not in {centre, *near.values()}}


def _wired(unit: UnitDescription, name: str) -> dict[str, str]:
    """Input of an instance, or ``sum_of`` -> the first other that it is wired to."""
    equipment = unit.equipment[name]
    found = {"sum_of": equipment.sum_of[:1]} | {f: sources(equipment, f)[:1] for f in equipment.inputs}
    return {field: givers[0] for field, givers in found.items() if givers and givers[0] != name}


def _end(unit: UnitDescription, vessel: str, prefix: str) -> str:
    if not vessel:
        return ""
    equipment = unit.equipment[vessel]
    found = (s for field in equipment.inputs if field.startswith(prefix) for s in sources(equipment, field))
    return next((s for s in found if s != vessel), "")


def _lines(unit: UnitDescription, vessel: str) -> tuple[Line, ...]:
    """Liquids first, then what goes over them, then what bubbles through them; bottles that go nowhere come last."""
    equipment = unit.equipment.get(vessel)
    found: dict[str, Line] = {}
    for bottle in equipment.sum_of if equipment else ():
        found[bottle] = Line(LIQUID, bottle, _element(unit, bottle), "liquid_flow")
    for field in equipment.inputs if equipment else ():
        for source in sources(unit.equipment[vessel], field):
            kind = next((k for k in (SPARGE, OVERLAY) if field.startswith(k)), "")
            if kind:
                found.setdefault(source, Line(kind, "", source, field))
            elif unit.equipment[source].class_ == BOTTLE:
                found.setdefault(source, Line(LIQUID, source, _element(unit, source), field))
    for name, other in unit.equipment.items():
        if other.class_ == BOTTLE:
            found.setdefault(name, Line(LIQUID, name, _element(unit, name), ""))
    order = (LIQUID, OVERLAY, SPARGE)
    return tuple(sorted(found.values(), key=lambda line: order.index(line.kind)))


def _element(unit: UnitDescription, bottle: str) -> str:
    return next(iter(sources(unit.equipment[bottle], "draw")), "")


def _boxes(unit: UnitDescription) -> tuple[Box, ...]:
    instruments = [
        Box(tag, *d.measures.partition(".")[::2]) for tag, d in unit.instruments.items()
    ]
    hands = [
        Box(tag, _driven(unit, tag)[0] if _driven(unit, tag) else "", _moved(d), hand=True)
        for tag, d in unit.loops.items() if not d.measures
    ]
    return (*instruments, *hands)


def _moved(loop: LoopDescription) -> str:
    """The first input that a loop moves."""
    return loop.outputs[0].drives.partition(".")[2] if loop.outputs else ""


def _driven(unit: UnitDescription, loop: str) -> tuple[str, ...]:
    """The equipment that a loop moves itself, other loops' set-points left out."""
    targets = (o.drives.partition(".")[0] for o in unit.loops[loop].outputs)
    return tuple(t for t in targets if t in unit.equipment)


def _loops_of(unit: UnitDescription) -> dict[str, tuple[str, ...]]:
    """Instrument or equipment -> the loops that measure or move it."""
    found: dict[str, list[str]] = {}
    for tag, d in unit.loops.items():
        for name in (*([d.measures] if d.measures else [tag]), *_driven(unit, tag)):
            found.setdefault(name, []).append(tag)
    return {name: tuple(tags) for name, tags in found.items()}


def _follows(unit: UnitDescription, lines: tuple[Line, ...], loops: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Equipment -> what shows it at work: its own instrument, its bottle's flow, else the loop that moves it."""
    flows = {d.measures: tag for tag, d in reversed(unit.instruments.items())}
    bottles = {line.element: line.bottle for line in lines if line.bottle}
    found = {}
    for name in unit.equipment:
        readings = ("flow", "indicated", "speed", "motor_speed", "position", "opening", "circulation")
        wanted = [f"{name}.{r}" for r in readings] + [f"{bottles.get(name, name)}.liquid_flow"]
        match = next((flows[w] for w in wanted if w in flows), "")
        if match or loops.get(name):
            found[name] = match or loops[name][0]
    return found
