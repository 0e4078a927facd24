"""The genealogy of a lot, drawn: containers on a line, what made one from the other, what was put aside or lost.

Above the line stands what was put into store, below it what stayed behind; a table says the same with the digest that
names each flight to the bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from biotwin.chain import RELEASE, Chain, Lot
from biotwin.chain.genealogy import Container, Genealogy, genealogy
from biotwin.materials.attributes import protein
from campus.lots.drawing import contents, title_of
from campus.lots.words import mass

STEP, MIDDLE, HEIGHT, LETTERS = 108.0, 112.0, 236.0, 16
ABOVE = 14.0
VIAL = "M-7 -16h14v5l4 6v21h-22v-21l4 -6z"
TANK = "M-14 -10q0 -6 6 -6h16q6 0 6 6v20q0 6 -6 6h-16q-6 0 -6 -6z"


@dataclass(frozen=True)
class Row:
    """A line of the table: a container, what it holds, and the flight that it came from."""

    name: str
    holds: str
    made_at: str
    flight: str
    kind: str


@dataclass(frozen=True)
class Lineage:
    picture: str
    rows: tuple[Row, ...]


def lineage(chain: Chain, lot: Lot, language: str) -> Lineage:
    found = genealogy(lot)
    return Lineage(_picture(chain, found, language), _rows(chain, found, language))


def _title(chain: Chain, station: str, language: str) -> str:
    return title_of(chain, station, language) if station else _("Cell bank")


def _holds(container: Container) -> str:
    return " · ".join(figure.value for figure in contents(container.material))


def _rows(chain: Chain, found: Genealogy, language: str) -> tuple[Row, ...]:
    digests = {passage.target: passage.digest for passage in found.passages}
    rows = []
    for one in found.containers:
        if one.kind == "lost" and not any(one.material):
            continue
        rows.append(Row(_name(chain, one, language), _holds(one) or "–", _title(chain, one.station, language),
                        digests.get(one.name, "")[:12], one.kind))
    return tuple(rows)


def _name(chain: Chain, one: Container, language: str) -> str:
    if one.station == RELEASE and one.kind == "lost" and chain.book is not None:
        step = chain.book.specification.reprocessing[one.place]
        return _("Taken out: %(step)s") % {"step": step.title.text(language)}
    if one.kind == "pooled":
        return _("Pooled in, of lot %(lot)s") % {"lot": one.place}
    if one.kind == "lost":
        described = chain.stations[one.station].handover.description.losses
        return described[one.place].title.text(language) if one.place in described else one.place
    return {"bank": _("Vial of the bank"), "product": _("Goes on"), "stored": _("In store")}[one.kind]


def _picture(chain: Chain, found: Genealogy, language: str) -> str:
    """The line of containers with their branches."""
    line = [one for one in found.containers if one.kind in ("bank", "product")]
    drawn = []
    for number, one in enumerate(line):
        x = 54.0 + STEP * number
        drawn.append(_node(one, x, MIDDLE, _title(chain, one.station, language)))
        if number > 0:
            drawn.append(f'<path class="line-edge" d="M{x - STEP + 20:.0f} {MIDDLE:.0f}h{STEP - 40:.0f}"/>')
            aside = [other for other in found.containers if other.passage == one.passage]
            drawn.append(_aside(x - STEP / 2, aside))
    name = escape(_("Genealogy of this lot, from vial to vial"))
    box = f"0 {-ABOVE:.0f} {108.0 + STEP * (len(line) - 1):.0f} {HEIGHT + ABOVE:.0f}"
    return mark_safe(f'<svg class="lineage" viewBox="{box}" role="img" aria-label="{name}">{"".join(drawn)}</svg>')


def _node(one: Container, x: float, y: float, title: str) -> str:
    shape = VIAL if one.material.containers >= 0.5 else TANK
    words = [f'<text class="line-title" x="{x:.0f}" y="{y + 32 + 12 * n:.0f}">{escape(line)}</text>'
             for n, line in enumerate(wrap(title, LETTERS)[:3])]
    label = contents(one.material)
    words += [f'<text class="line-holds" x="{x:.0f}" y="{y - 24:.0f}">{escape(label[0].value)}</text>'] if label else []
    return f'<path class="line-node" transform="translate({x:.0f} {y:.0f})" d="{shape}"/>{"".join(words)}'


def _aside(x: float, containers: list[Container]) -> str:
    """What left the line between two containers, up into store and down to where it stayed, and what came in."""
    drawn = []
    above = [one for one in containers if one.kind in ("stored", "pooled")]
    for number, one in enumerate(above):
        at = x + 40.0 * (number - 0.9 * (len(above) - 1))
        label = contents(one.material)
        arrow = "m-4 -6l4 6l4 -6" if one.kind == "pooled" else ""
        drawn.append(f'<path class="line-edge" d="M{at:.0f} 56V{MIDDLE:.0f}{arrow}"/>'
                     f'<path class="line-store" transform="translate({at:.0f} 40)" d="{TANK}"/>'
                     f'<text class="line-holds" x="{at:.0f}" y="16">{escape(label[0].value if label else "")}</text>'
                     f'<text class="line-title" x="{at:.0f}" y="2">{escape(one.place)}</text>')
    lost = sum(protein(one.material) for one in containers if one.kind == "lost")
    if lost > 0.0:
        drawn.append(f'<path class="line-lost" d="M{x:.0f} {MIDDLE:.0f}v68m-4 -6l4 6l4 -6"/>'
                     f'<text class="line-holds" x="{x:.0f}" y="{MIDDLE + 84:.0f}">−{mass(lost)}</text>')
    return "".join(drawn)
