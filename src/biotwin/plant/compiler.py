"""From ``plant.yaml`` to a frozen ``Plant``: names resolved, units converted, slots given, digest taken."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import numpy as np

from biotwin.errors import DescriptionError, UnknownName, known
from biotwin.plant.description import Equipment, PlantDescription, Quantity
from biotwin.plant.layout import ALARM_SLOTS, INTERLOCK_SLOTS, LIMIT_SLOTS, LOOP_SLOTS, MALFUNCTION_SLOTS, Layout
from biotwin.plant.library import LABORATORY, ORDER, Drawer, drawer
from biotwin.plant.malfunctions import worst_value
from biotwin.plant.plant import ClassGroup, Malfunction, Plant
from biotwin.plant.reading import Source, read_source
from biotwin.quantity import si, unit_of


def compile_plant(folder: Path, root: Path | None = None) -> Plant:
    """The plant described in ``folder/plant.yaml``; the same file gives the same object while it does not change."""
    return _compiled(_sources(folder / "plant.yaml", root))


@lru_cache(maxsize=32)
def _compiled(sources: tuple[Source, ...]) -> Plant:
    source = sources[0]
    for base in sources[1:]:
        source = source.standing_on(base)
    return Compiler(source, source.convert(PlantDescription)).plant()


def _sources(path: Path, root: Path | None) -> tuple[Source, ...]:
    """A plant's file and those it stands on, nearest first; raises ``DescriptionError`` where they form a circle."""
    found = [read_source(path, root)]
    while isinstance(found[-1].data, dict) and found[-1].data.get("based_on"):
        below = path.parents[1] / str(found[-1].data["based_on"]) / "plant.yaml"
        if any(below == s.path for s in found):
            raise DescriptionError("is based on itself.", where=found[-1].where("based_on"))
        if not below.exists():
            known_plants = known(p.parent.name for p in path.parents[1].glob("*/plant.yaml"))
            raise UnknownName(f"the plant {below.parent.name!r} is unknown.", where=found[-1].where("based_on"),
                              next_step=known_plants)
        found.append(read_source(below, root))
    return tuple(found)


class Compiler:
    """One compilation; every complaint names the line."""

    def __init__(self, source: Source, description: PlantDescription) -> None:
        self.source, self.description = source, description
        self.unit_slug, self.unit = next(iter(description.units.items()))
        self.layout = Layout(prefix=f"{description.area}/{self.unit_slug}/")
        self.equipment = self._equipment()
        self.drawers = {name: self._drawer(name, e) for name, e in self.equipment.items()}
        self.groups: list[ClassGroup] = []
        self.parameters: list[float] = []
        self.blocks: list[tuple[int, int]] = []
        self.measured: dict[str, str] = {}
        self.laboratory: dict[str, int] = {}
        self.starts: dict[str, dict[str, float]] = {}

    # --- names ---------------------------------------------------------------------------------------------------

    def where(self, *path: str | int) -> str:
        return self.source.where("units", self.unit_slug, *path)

    def _equipment(self) -> dict[str, Equipment]:
        """The unit's equipment; every instrument is an instance of the class ``sensor`` besides."""
        both = dict(self.unit.equipment)
        for tag, instrument in self.unit.instruments.items():
            if tag in both:
                raise DescriptionError(f"{tag!r} names two things.", where=self.where("instruments", tag))
            both[tag] = Equipment(
                class_="sensor", parameters=dict(instrument.parameters), inputs={"measured": instrument.measures}
            )
        for slug, analyser in self.unit.analysers.items():
            both |= {f"{slug}.{analyte}": Equipment(class_="analyser") for analyte in analyser.analytes}
        if self.unit.analysers:
            both["sample_port"] = Equipment(class_="sampler", parameters=dict(self.unit.sample_port))
        return both

    def _drawer(self, name: str, equipment: Equipment) -> Drawer:
        try:
            return drawer(equipment.class_)
        except UnknownName as error:
            raise UnknownName(
                error.what, where=self.where("equipment", name, "class"), next_step=error.next_step
            ) from None

    def _place(self, name: str) -> tuple[str, ...]:
        return ("instruments", name) if name in self.unit.instruments else ("equipment", name)

    def resolve(self, short: str, *path: str | int) -> str:
        """The address of a signal named in short; raises ``UnknownName`` with the line."""
        address = f"{self.layout.prefix}{short}"
        if address in self.layout.signals:
            return address
        instance = short.partition(".")[0]
        mine = [a.removeprefix(self.layout.prefix) for a in self.layout.signals]
        near = [m for m in mine if m.startswith(f"{instance}.")] or sorted(self.equipment)
        raise UnknownName(f"{short!r} names no signal.", where=self.where(*path), next_step=known(near))

    def quantity(self, value: Quantity, unit: str, *path: str | int) -> float:
        return si(value, unit, where=self.where(*path))

    # --- building ------------------------------------------------------------------------------------------------

    def plant(self) -> Plant:
        for slug in ORDER:
            self._allocate(slug)
        moving = self.layout.reals
        for name, d in self.drawers.items():
            if d.slug in LABORATORY:
                self.laboratory[name] = self.layout.block("input", (name,), d.fields("Inputs"))
        self._allocate_control()
        sources, sums = self._wire()
        self._fill_parameters()
        malfunctions = self._malfunctions()
        settings = self._settings()
        wiring = {
            "par": np.array(self.parameters or [0.0]),
            "source": np.array(sources or [0], dtype=np.uint64),
            "layout": np.array(
                [[len(g.instances), g.states, g.sources, g.parameters, g.readings, g.law_parameters, g.inputs, g.blocks]
                 for g in self.groups], dtype=np.int64),
            "sums": np.array(sums["rows"] or [[0, 0, 0]], dtype=np.int64).reshape(-1, 3),
            "terms": np.array(sums["terms"] or [0], dtype=np.uint64),
            "ranges": np.array(sums["ranges"], dtype=np.int64),
            "blocks": np.array(self.blocks or [(0, 0)], dtype=np.int64),
        }
        for array in wiring.values():
            array.setflags(write=False)
        return Plant(
            slug=self.description.slug, digest=self._digest(), description=self.description,
            prefix=self.layout.prefix, groups=tuple(self.groups), signals=self.layout.signals,
            whole_slots=self.layout.whole, malfunctions=malfunctions, real_size=self.layout.reals, moving=moving,
            whole_size=self.layout.wholes, wiring=wiring, starts=self.starts, settings=settings,
            measured=self.measured, laboratory=self.laboratory,
        )

    def _digest(self) -> str:
        return hashlib.blake2b(msgspec.json.encode(self.description, order="sorted"), digest_size=16).hexdigest()

    def _allocate(self, slug: str) -> None:
        """Blocks for each group of instances of this class that share the same laws."""
        by_law: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for name, equipment in self.equipment.items():
            if equipment.class_ == slug:
                by_law.setdefault(self._law(name, equipment), []).append(name)
        for law, names in by_law.items():
            d = drawer(slug)
            instances = tuple(names)
            states = self.layout.block("local", instances, d.fields("State"))
            inputs = self.layout.block("input", instances, d.fields("Inputs"))
            readings = self.layout.block("output", instances, d.fields("Readings"))
            blocks = self._rooms(instances, d) if d.distributed else -1
            self.groups.append(ClassGroup(slug, law, instances, states, inputs, readings, 0, 0, 0, blocks))

    def _rooms(self, instances: tuple[str, ...], d: Drawer) -> int:
        """Room for the block of each distributed instance; its parameters say how much. Returns the first row."""
        first = len(self.blocks)
        for name in instances:
            size = int(d.module.blocks(d.module.Parameters(*self._own_parameters(name, d))))
            self.blocks.append((self.layout.room(size), size))
        return first

    def _law(self, name: str, equipment: Equipment) -> tuple[tuple[str, str], ...]:
        laws = self.drawers[name].laws
        chosen = []
        for option, choices in laws.items():
            choice = equipment.options.get(option, next(iter(choices)))
            if choice not in choices:
                where = self.where("equipment", name, "options", option)
                raise UnknownName(f"{option} {choice!r} is unknown.", where=where, next_step=known(choices))
            chosen.append((option, choice))
        return tuple(chosen)

    def _allocate_control(self) -> None:
        for tag in self.unit.loops:
            unit = self._loop_unit(tag)
            for name in LOOP_SLOTS:
                self.layout.real(
                    f"{tag}.{name}", unit if name in ("setpoint", "previous") else "1", "local",
                    observed=name in ("setpoint", "output"),
                )
            self.layout.integer(f"{tag}.mode")
        for tag in self.unit.alarms:
            for name in ALARM_SLOTS:
                self.layout.integer(f"{tag}.{name}")
        for tag in self.unit.interlocks:
            for name in INTERLOCK_SLOTS:
                self.layout.integer(f"{tag}.{name}")
        for tag, instrument in self.unit.instruments.items():
            for i in range(len(instrument.limits)):
                for name in LIMIT_SLOTS:
                    self.layout.integer(f"{tag}.limit{i}.{name}")
            for name in ("value", "quality"):
                self._observe(f"{tag}.{name}")

    def _observe(self, short: str) -> None:
        address = f"{self.layout.prefix}{short}"
        signal = self.layout.signals[address]
        unit = self._measured_unit(short.partition(".")[0]) if short.endswith(".value") else signal.unit
        self.layout.signals[address] = type(signal)(address, signal.slot, unit, "output", True)

    def _measured_unit(self, tag: str) -> str:
        """The SI unit of what an instrument measures (also recorded in ``measured``)."""
        if tag not in self.measured:
            source = self.unit.instruments[tag].measures
            address = self.resolve(source, "instruments", tag, "measures")
            self.measured[tag] = self.layout.signals[address].unit
        return self.measured[tag]

    def _loop_unit(self, tag: str) -> str:
        loop = self.unit.loops[tag]
        if not loop.measures:
            return "1"
        if loop.measures not in self.unit.instruments:
            where = self.where("loops", tag, "measures")
            raise UnknownName(f"{loop.measures!r} is no instrument.", where=where,
                              next_step=known(self.unit.instruments))
        return self._measured_unit(loop.measures)

    # --- wires ---------------------------------------------------------------------------------------------------

    def _wire(self) -> tuple[list[int], dict[str, list[Any]]]:
        sources: list[int] = []
        rows: list[list[int]] = []
        terms: list[int] = []
        ranges: list[list[int]] = []
        for g, group in enumerate(self.groups):
            d = drawer(group.slug)
            self.groups[g] = replace(group, sources=len(sources))
            first = len(rows)
            for i, name in enumerate(group.instances):
                wires = self._wires_of(name, d)
                for j, field_name in enumerate(d.inputs):
                    own = group.inputs + i * len(d.inputs) + j
                    wired = wires.get(field_name, [])
                    sources.append(wired[0] if len(wired) == 1 else own)
                    if len(wired) > 1:
                        rows.append([own, len(terms), len(terms) + len(wired)])
                        terms.extend(wired)
            ranges.append([first, len(rows)])
        return sources, {"rows": rows, "terms": terms, "ranges": ranges}

    def _wires_of(self, name: str, d: Drawer) -> dict[str, list[int]]:
        equipment = self.equipment[name]
        wires: dict[str, list[int]] = {}
        for summed in equipment.sum_of:
            if summed not in self.equipment:
                raise UnknownName(f"{summed!r} is no equipment.", where=self.where(*self._place(name), "sum_of"),
                                  next_step=known(self.equipment))
            for field_name in set(d.inputs) & set(self.drawers[summed].readings):
                wires.setdefault(field_name, []).append(
                    self.layout.signals[f"{self.layout.prefix}{summed}.{field_name}"].slot)
        for field_name, wanted in equipment.inputs.items():
            place = (*self._place(name), "inputs" if name in self.unit.equipment else "measures", field_name)
            if field_name not in d.inputs:
                raise UnknownName(f"{d.slug} has no input {field_name!r}.", where=self.where(*place),
                                  next_step=known(d.inputs))
            shorts = [wanted] if isinstance(wanted, str) else wanted
            self._check_units(d, field_name, shorts, place)
            wires[field_name] = [self.layout.signals[self.resolve(s, *place)].slot for s in shorts]
        return wires

    def _check_units(self, d: Drawer, field_name: str, shorts: list[str], place: tuple[str, ...]) -> None:
        wanted = d.units[f"Inputs.{field_name}"]
        for short in shorts:
            unit = self.layout.signals[self.resolve(short, *place)].unit
            if d.slug != "sensor" and si(f"1 {unit}" if unit != "1" else "1", wanted, where=self.where(*place)) != 1.0:
                raise DescriptionError(f"{short!r} is in {unit}, {field_name} needs {wanted}.",
                                       where=self.where(*place))

    # --- numbers -------------------------------------------------------------------------------------------------

    def _fill_parameters(self) -> None:
        for g, group in enumerate(self.groups):
            d = drawer(group.slug)
            own = len(self.parameters)
            for name in group.instances:
                self.parameters.extend(self._own_parameters(name, d))
                self.starts[name] = self._start(name, d)
            law = len(self.parameters)
            for name in group.instances:
                for option, choice in group.law:
                    self.parameters.extend(self._law_parameters(name, d.laws[option][choice][1]))
            self.groups[g] = replace(group, parameters=own, law_parameters=law)

    def _own_parameters(self, name: str, d: Drawer) -> list[float]:
        given: dict[str, Quantity] = dict(self.equipment[name].parameters)
        place = (*self._place(name), "parameters")
        units = {n: d.units[f"Parameters.{n}"] for n in d.parameters}
        if name in self.unit.instruments:
            low, high = self.unit.instruments[name].range
            given |= {"low": low, "high": high}
            measured = self._measured_unit(name)
            own = getattr(d.module, "MEASURED_UNITS", {})
            units |= {n: form.format(unit=measured) for n, form in own.items() if n in units}
        return self._numbers(given, units, d.parameter_defaults, place)

    def _law_parameters(self, name: str, kind: type) -> list[float]:
        equipment = self.equipment[name]
        sets = getattr(kind, "SETS", None) or getattr(__import__(kind.__module__, fromlist=["SETS"]), "SETS", {})
        place = ("equipment", name, "law_set")
        if equipment.law_set and equipment.law_set not in sets:
            raise UnknownName(f"the set {equipment.law_set!r} is unknown.", where=self.where(*place),
                              next_step=known(sets))
        hints = get_type_hints(kind, include_extras=True)
        fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
        defaults: dict[str, float] = dict(kind._field_defaults)  # type: ignore[attr-defined]
        if equipment.law_set:
            chosen = sets[equipment.law_set]
            defaults |= chosen._asdict() if hasattr(chosen, "_asdict") else dict(chosen)
        units = {n: unit_of(hints[n]) for n in fields}
        return self._numbers(dict(equipment.law_parameters), units, defaults, ("equipment", name, "law_parameters"))

    def _numbers(
        self, given: dict[str, Quantity], units: dict[str, str], defaults: dict[str, float], place: tuple[str, ...]
    ) -> list[float]:
        """The numbers of a NamedTuple in order: given ones converted, others by default; complains otherwise."""
        for name in given:
            if name not in units:
                raise UnknownName(f"there is no parameter {name!r}.", where=self.where(*place, name),
                                  next_step=known(units))
        missing = [n for n in units if n not in given and n not in defaults]
        if missing:
            raise DescriptionError(f"needs {', '.join(missing)}.", where=self.where(*place))
        return [
            self.quantity(given[n], units[n], *place, n) if n in given else float(defaults[n]) for n in units
        ]

    def _start(self, name: str, d: Drawer) -> dict[str, float]:
        given = self.equipment[name].start
        place = (*self._place(name), "start")
        for key in given:
            if key not in d.start_units:
                raise UnknownName(f"there is no start condition {key!r}.", where=self.where(*place, key),
                                  next_step=known(d.start_units))
        return {k: self.quantity(v, d.start_units[k], *place, k) for k, v in given.items()}

    def _settings(self) -> dict[int, float]:
        """Inputs at rest, by slot: the class's defaults, then the instance's ``settings``."""
        settings: dict[int, float] = {}
        for name, d in self.drawers.items():
            for field_name, value in d.input_defaults.items():
                settings[self._input_slot(name, field_name)] = float(value)
            for field_name, wanted in self.equipment[name].settings.items():
                place = (*self._place(name), "settings", field_name)
                if field_name not in d.inputs:
                    raise UnknownName(f"{d.slug} has no input {field_name!r}.", where=self.where(*place),
                                      next_step=known(d.inputs))
                unit = d.units[f"Inputs.{field_name}"]
                settings[self._input_slot(name, field_name)] = self.quantity(wanted, unit, *place)
        return settings

    def _malfunctions(self) -> dict[str, Malfunction]:
        found: dict[str, Malfunction] = {}
        settings = self._settings()
        for name, d in self.drawers.items():
            for slug, m in d.malfunctions.items():
                address = f"{self.layout.prefix}{name}.{slug}"
                slots = [self.layout.real(f"{name}.{slug}:{part}", "1", "local") for part in MALFUNCTION_SLOTS]
                unit, span = self._fault_unit(name, d, m.input), self._span(name)
                found[address] = Malfunction(
                    address=address, index=len(found), instance=name, drawer=d.slug, name=slug,
                    slot=self._input_slot(name, m.input), severity_slot=slots[0],
                    healthy=settings[self._input_slot(name, m.input)], worst=worst_value(m, unit, span),
                    onset=round(si(m.onset, "s") * 1000),
                )
        return found

    def _input_slot(self, name: str, field_name: str) -> int:
        for group in self.groups:
            if name in group.instances:
                d = drawer(group.slug)
                return group.inputs + group.instances.index(name) * len(d.inputs) + d.inputs.index(field_name)
        if name in self.laboratory:
            return self.laboratory[name] + self.drawers[name].inputs.index(field_name)
        raise UnknownName(f"{name!r} is no equipment.")

    def _fault_unit(self, name: str, d: Drawer, field_name: str) -> str:
        if name in self.unit.instruments:
            form = getattr(d.module, "MEASURED_UNITS", {}).get(field_name)
            if form:
                return str(form.format(unit=self._measured_unit(name)))
        return d.units[f"Inputs.{field_name}"]

    def _span(self, name: str) -> float:
        if name not in self.unit.instruments:
            return 1.0
        unit = self._measured_unit(name)
        low, high = (self.quantity(v, unit, "instruments", name, "range") for v in self.unit.instruments[name].range)
        return high - low
