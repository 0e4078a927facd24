"""The data sheet of a plant: what an engineer prints before touching it, in French or English, as Markdown or HTML.

Numbers stand as the plant's author wrote them; what the author left out is the class's default, with the note that the
drawer gives. The notes are the drawers' own and in English. The last table tells what can go wrong: it is for
instructors and engineers, not for a learner in flight.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape

import msgspec

from biotwin.naming import printed_tag, printed_unit
from biotwin.plant.description import LoopAction, Quantity, Text, Transition
from biotwin.plant.library import Drawer, drawer
from biotwin.plant.malfunctions import Span
from biotwin.plant.plant import Plant

Row = tuple[str, ...]
_NUMBER = re.compile(r"^\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*(.*?)\s*$")
_POWERS = (("**2", "²"), ("**3", "³"), ("^2", "²"), ("^3", "³"), ("*", "·"))
_TITLES = {
    "equipment": ("Équipements", "Equipment"), "parameters": ("Paramètres de l’installation", "Plant's parameters"),
    "defaults": ("Valeurs par défaut des classes", "Class defaults"), "instruments": ("Instruments", "Instruments"),
    "limits": ("Limites", "Limits"), "loops": ("Boucles", "Loops"), "alarms": ("Alarmes", "Alarms"),
    "causes": ("Verrouillages : causes et effets", "Interlocks: cause and effect"), "phases": ("Phases", "Phases"),
    "analysers": ("Analyseurs", "Analysers"), "malfunctions": ("Défaillances possibles", "Possible malfunctions"),
}
_HEADS = {
    "equipment": ("Repère|Désignation|Classe|Raccordements", "Tag|Title|Class|Connections"),
    "parameters": ("Repère|Paramètre|Valeur|Note", "Tag|Parameter|Value|Note"),
    "defaults": ("Classe|Paramètre|Valeur|Unité|Note", "Class|Parameter|Value|Unit|Note"),
    "instruments": ("Repère|Désignation|Mesure|Étendue|Bruit (1 σ)|Retard|Résolution|Dérive|Bande à 95 %",
                    "Tag|Title|Measures|Range|Noise (1 σ)|Lag|Resolution|Drift|Band at 95 %"),
    "limits": ("Repère|Niveau|Bas|Haut|Phases|Classes|Justification",
               "Tag|Level|Low|High|Phases|Classes|Justification"),
    "loops": ("Repère|Désignation|Mesure|Agit sur|Modes|Consigne|Plage de consigne|Gain|Ti|Td|Bande morte|Sens",
              "Tag|Title|Measures|Drives|Modes|Set-point|Set-point range|Gain|Ti|Td|Dead band|Action"),
    "alarms": ("Repère|Désignation|Condition|Seuil|Hystérésis|Retard|Priorité|Phases|Délai de réaction",
               "Tag|Title|Condition|Threshold|Dead band|Delay|Priority|Phases|Time to respond"),
    "phases": ("Phase|Désignation|Cycle|Boucles|Réglages|Suite", "Phase|Title|Scan|Loops|Settings|Leads to"),
    "analysers": ("Analyseur|Lieu|Délai|Coût (€)|Volume|Grandeur|Unité|Erreurs|Prélèvement",
                  "Analyser|Place|Delay|Cost (€)|Volume|Analyte|Unit|Errors|Sampled from"),
    "malfunctions": ("Défaillance|Désignation|Pire valeur|Installation|Indices|Réponse attendue|Source|Peut frapper",
                     "Malfunction|Title|Worst value|Onset|Cues|Expected response|Source|May strike"),
}
_WORDS = {
    "cause": ("Cause", "Cause"), "delay": ("Retard", "Delay"), "direct": ("directe", "direct"),
    "reverse": ("inverse", "reverse"), "given": ("Donnée par l’installation", "Given by the plant"),
    "all": ("toutes", "all"), "end": ("fin de lot", "end of lot"), "after": ("après", "after"),
    "digest": ("Empreinte", "Digest"), "automatic": ("auto", "auto"), "manual": ("manuel", "manual"),
    "cascade": ("cascade", "cascade"), "high": ("haut", "high"), "low": ("bas", "low"),
    "high_high": ("très haut", "high high"), "low_low": ("très bas", "low low"), "deviation": ("écart", "deviation"),
    "bad_quality": ("mesure invalide", "bad quality"), "golden": ("bande d’or", "golden band"),
    "normal_operating_range": ("plage normale (NOR)", "normal operating range"),
    "proven_acceptable_range": ("plage acceptable prouvée (PAR)", "proven acceptable range"),
    "critical": ("critique", "critical"), "alert": ("alerte", "alert"), "action": ("action", "action"),
    "of_range": ("de l’étendue", "of range"),
}


class Table(msgspec.Struct, frozen=True):
    """``rows`` are as long as ``heads``; the first cell names the row."""

    slug: str
    title: str
    heads: Row
    rows: tuple[Row, ...]


class Datasheet(msgspec.Struct, frozen=True):
    """The whole sheet; ``lead`` is its first lines."""

    language: str
    title: str
    lead: tuple[str, ...]
    tables: tuple[Table, ...]

    def table(self, slug: str) -> Table:
        return next(t for t in self.tables if t.slug == slug)

    def markdown(self) -> str:
        parts = [f"# {_flat(self.title)}", *map(_flat, self.lead)]
        for table in self.tables:
            lines = [_line(table.heads), _line("---" for _ in table.heads), *map(_line, table.rows)]
            parts += [f"## {table.title}", "\n".join(lines)]
        return "\n\n".join(parts) + "\n"

    def html(self) -> str:
        """An ``<article>`` without styles, to be put into a page."""
        parts = [f"<h1>{escape(self.title)}</h1>", *(f"<p>{escape(line)}</p>" for line in self.lead)]
        for table in self.tables:
            heads = "".join(f'<th scope="col">{escape(h)}</th>' for h in table.heads)
            rows = "".join(f"<tr>{_cells(row)}</tr>" for row in table.rows)
            parts.append(f'<section id="{table.slug}"><h2>{escape(table.title)}</h2><table><thead><tr>{heads}</tr>'
                         f"</thead><tbody>{rows}</tbody></table></section>")
        return f'<article class="datasheet" lang="{self.language}">{"".join(parts)}</article>'


def datasheet(plant: Plant, language: str) -> Datasheet:
    """The sheet of a plant in ``fr`` or ``en``."""
    maker = _Maker(plant, language)
    unit = plant.unit.title.text(language)
    lead = (f"{plant.prefix.rstrip('/')} · {unit}", plant.description.origin,
            f"{maker.word('digest')} {plant.digest}")
    tables = [
        Table(slug, maker.pick(_TITLES[slug]), tuple(maker.pick(_HEADS[slug]).split("|")), tuple(make()))
        if slug in _HEADS else maker.cause_and_effect()
        for slug, make in maker.makers().items()
    ]
    return Datasheet(language, plant.description.title.text(language), tuple(filter(None, lead)), tuple(tables))


def cause_and_effect(plant: Plant, language: str) -> Table:
    """One row per interlock, one column per input that any of them forces."""
    return _Maker(plant, language).cause_and_effect()


class _Maker:
    """One sheet in the making."""

    def __init__(self, plant: Plant, language: str) -> None:
        self.plant, self.unit, self.language = plant, plant.unit, language
        self.also = "\u202f; " if language == "fr" else "; "

    def makers(self) -> dict[str, Callable[[], Iterable[Row]]]:
        names = ("equipment", "instruments", "loops", "alarms", "causes", "limits", "phases", "analysers", "parameters",
                 "defaults", "malfunctions")
        return {name: getattr(self, name, tuple) for name in names}

    def pick(self, pair: tuple[str, str]) -> str:
        return pair[0 if self.language == "fr" else 1]

    def word(self, key: str) -> str:
        return self.pick(_WORDS[key]) if key in _WORDS else key

    def text(self, own: Text | None) -> str:
        return own.text(self.language) if own else ""

    def shown(self, value: Quantity | None) -> str:
        return "" if value is None else quantity_text(value, self.language)

    def span(self, low: Quantity, high: Quantity) -> str:
        return f"{self.shown(low)} … {self.shown(high)}"

    def phrases(self, slugs: Iterable[str]) -> str:
        found = [self.text(self.unit.phases[s].title) for s in slugs if s in self.unit.phases]
        return ", ".join(found) or self.word("all")

    def equipment(self) -> Iterable[Row]:
        for name, e in self.unit.equipment.items():
            wires = [f"{field} ← {source if isinstance(source, str) else ' + '.join(source)}"
                     for field, source in e.inputs.items()]
            if e.sum_of:
                wires.append(f"Σ ← {', '.join(map(printed_tag, e.sum_of))}")
            yield printed_tag(name), self.text(e.title), e.class_, self.also.join(wires)

    def parameters(self) -> Iterable[Row]:
        for name, e in self.unit.equipment.items():
            notes = parameter_notes(e.class_)
            for given in (e.parameters, e.law_parameters, e.start):
                for key, value in given.items():
                    yield printed_tag(name), key, self.shown(value), notes.get(key) or self.word("given")

    def defaults(self) -> Iterable[Row]:
        for slug in sorted({e.class_ for e in self.unit.equipment.values()} | {"sensor"}):
            d, notes = drawer(slug), parameter_notes(slug)
            for name, value in d.parameter_defaults.items():
                unit = d.units[f"Parameters.{name}"]
                yield slug, name, self.shown(f"{value:.6g}"), "" if unit == "1" else unit, notes.get(name, "")

    def instruments(self) -> Iterable[Row]:
        for tag, d in self.unit.instruments.items():
            parts = (self.shown(d.parameters.get(n)) for n in ("noise", "lag", "resolution", "natural_drift"))
            band = f"± {self.shown(d.band)}" if d.soft else ""
            yield printed_tag(tag), self.text(d.title), d.measures, self.span(*d.range), *parts, band

    def limits(self) -> Iterable[Row]:
        for tag, d in self.unit.instruments.items():
            for b in d.limits:
                yield (printed_tag(tag), self.word(b.level), self.shown(b.low), self.shown(b.high),
                       self.phrases(b.phases), ", ".join(b.classes), self.text(b.justification))

    def loops(self) -> Iterable[Row]:
        for tag, d in self.unit.loops.items():
            drives = self.also.join(
                f"{o.drives} {self.span(o.low, o.high)} ({self.span(o.from_, o.to)})" for o in d.outputs)
            modes = ", ".join(map(self.word, d.modes))
            head = (printed_tag(tag), self.text(d.title), printed_tag(d.measures) if d.measures else "—", drives, modes)
            if not d.measures:
                yield (*head, *("—",) * 7)
                continue
            yield (*head, self.shown(d.setpoint), self.span(*d.setpoint_range), self.shown(d.gain),
                   self.shown(d.integral_time), self.shown(d.derivative_time), self.shown(d.dead_band),
                   self.word("direct" if d.direct else "reverse"))

    def alarms(self) -> Iterable[Row]:
        for tag, d in sorted(self.unit.alarms.items(), key=lambda item: item[1].priority):
            where = f"{printed_tag(d.on)} {self.word(d.condition)}" + (f" ({printed_tag(d.loop)})" if d.loop else "")
            threshold = "" if d.condition == "bad_quality" else self.shown(d.threshold)
            yield (tag, self.text(d.title), where, threshold, self.shown(d.dead_band), self.shown(d.on_delay),
                   f"P{d.priority}", self.phrases(d.phases), self.shown(d.response.time))

    def cause_and_effect(self) -> Table:
        forced = list(dict.fromkeys(name for d in self.unit.interlocks.values() for name in d.forces))
        rows = []
        for d in self.unit.interlocks.values():
            cause = f"{self.text(d.title)} ({printed_tag(d.on)} {self.word(d.condition)} {self.shown(d.threshold)})"
            effects = (f"→ {self.shown(d.forces[name])}" if name in d.forces else "" for name in forced)
            rows.append((cause, self.shown(d.on_delay), *effects))
        heads = (self.word("cause"), self.word("delay"), *forced)
        return Table("causes", self.pick(_TITLES["causes"]), heads, tuple(rows))

    def phases(self) -> Iterable[Row]:
        for slug, d in self.unit.phases.items():
            loops = self.also.join(f"{printed_tag(tag)} {self._action(a)}" for tag, a in d.loops.items())
            sets = self.also.join(f"{name} = {self.shown(value)}" for name, value in d.sets.items())
            leads = [*map(self._transition, d.transitions),
                     *(self.text(self.unit.phases[n].title) for n in d.next if n in self.unit.phases)]
            yield (slug, self.text(d.title), self.shown(d.scan), loops, sets,
                   self.also.join(leads) or (self.word("end") if d.ends_lot else ""))

    def _action(self, a: LoopAction) -> str:
        mode = [self.word(a.mode)] if a.mode else []
        return " ".join([*mode, *(self.shown(v) for v in (a.setpoint, a.output) if v is not None)])

    def _transition(self, t: Transition) -> str:
        to = self.text(self.unit.phases[t.to].title) if t.to in self.unit.phases else t.to
        after = f" {self.word('after')} {self.shown(t.after)}" if t.after is not None else ""
        when = f" ({printed_tag(t.on)} {self.word(t.condition)} {self.shown(t.threshold)})" if t.on else ""
        return f"→ {to}{after}{when}"

    def analysers(self) -> Iterable[Row]:
        for slug, d in self.unit.analysers.items():
            for a in d.analytes.values():
                errors = self.also.join(f"{name} {self.shown(value)}" for name, value in a.parameters.items())
                yield (self.text(d.title) or slug, self.text(d.place), self.shown(d.delay), f"{d.cost:g}",
                       self.shown(d.volume), self.text(a.title), a.label or printed_unit(a.unit, self.language),
                       errors, d.source)

    def malfunctions(self) -> Iterable[Row]:
        struck: dict[tuple[str, str], list[str]] = {}
        for m in self.plant.malfunctions.values():
            struck.setdefault((m.drawer, m.name), []).append(printed_tag(m.instance))
        for (slug, name), tags in struck.items():
            d = drawer(slug).malfunctions[name]
            if isinstance(d.worst, Span):
                worst = f"{self.shown(f'{d.worst.span * 100:g} %')} {self.word('of_range')}"
            else:
                worst = self.shown(d.worst)
            yield (f"{slug}.{name}", self.text(d.title), f"{d.input} = {worst}", self.shown(d.onset), self.text(d.cues),
                   self.text(d.response), d.source, ", ".join(tags))


def quantity_text(value: Quantity, language: str) -> str:
    """``37 degC`` as ``37 °C``, with the language's decimal mark and a space that does not break."""
    if not isinstance(value, str):
        value = f"{value:g}"
    found = _NUMBER.match(value)
    if found is None:
        return value
    number, unit = found[1], printed_unit(found[2], language) if found[2] else ""
    for plain, raised in _POWERS:
        unit = unit.replace(plain, raised)
    number = number.replace(".", ",") if language == "fr" else number
    space = "" if not unit or unit.startswith("/") else "\u202f"
    return f"{number}{space}{unit}"


@lru_cache(maxsize=64)
def parameter_notes(slug: str) -> dict[str, str]:
    """What the drawer says of each of its parameters: the string under the field."""
    d: Drawer = drawer(slug)
    (kind,) = ast.parse(textwrap.dedent(inspect.getsource(d.module.Parameters))).body
    assert isinstance(kind, ast.ClassDef)
    notes: dict[str, str] = {}
    for field, after in zip(kind.body, kind.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
            text = ast.literal_eval(after.value)
            notes[field.target.id] = " ".join(str(text).split())
    return notes


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_flat, cells))} |"


def _cells(row: Row) -> str:
    first, *rest = (escape(cell) for cell in row)
    return f'<th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest)
