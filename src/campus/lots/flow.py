"""The lot as a river: how much product went on at each station, and where the rest stayed. SVG, from its genealogy.

Widths are to scale and add up at every station: what comes in is what goes on, what was put into store and what was
lost. Branches leave the lower bank. Where product is born (the culture) the river widens.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from biotwin.chain import RELEASE, Chain, Leg, Lot
from biotwin.chain.genealogy import Container, genealogy
from biotwin.materials.attributes import protein
from campus.lots.words import mass

WIDEST, TOP, BEND, LINE = 92.0, 58.0, 10.0, 13.0
COLUMN, BELOW, LETTERS = 122.0, 158.0, 19
JOINING = 92.0
LEAST = 1.0
"""Pixels: what is there is seen."""
UNNOTICED = 0.002
"""Share of the river's widest place below which a branch is not drawn: it would be thinner than a line."""


@dataclass(frozen=True)
class _Branch:
    """``kind``: lost or stored; ``names`` of the places, the largest first."""

    kind: str
    amount: float
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Scale:
    most: float

    def width(self, amount: float) -> float:
        return max(LEAST, WIDEST * amount / self.most) if amount > 0.0 else 0.0


def river(chain: Chain, lot: Lot, language: str) -> str:
    """The drawing, from the first station that delivers product on; empty where there is none yet."""
    legs = [leg for leg in lot.passages if protein(leg.delivered) > 0.0 or protein(leg.received) > 0.0]
    if not legs:
        return ""
    scale = _Scale(max(max(protein(leg.delivered), protein(leg.received) + protein(leg.stored)) for leg in legs))
    parts = genealogy(lot).containers
    ends = lot.release.ends if lot.release is not None else None
    behind = next((leg.name for leg in legs if ends is not None and leg.begins >= ends), "")
    drawn, x = [], 12.0
    for leg in legs:
        # What quality's second inspection took out leaves the bank before the station behind it.
        own = (leg.name, RELEASE) if leg.name == behind else (leg.name,)
        branches = _branches(chain, [part for part in parts if part.passage in own], scale, language)
        drawn.append(_joining(leg, x, scale))
        x += JOINING if leg.pooled.volume > 0.0 else 0.0
        wide = max(COLUMN, sum(scale.width(b.amount) for b in branches) + 2 * BEND * len(branches) + 34.0)
        title = chain.stations[leg.station].description.title.text(language)
        drawn.append(_station(leg, title, x, wide, scale) + _fallen(branches, leg, x, scale))
        x += wide
    drawn.append(_mouth(lot, x, scale.width(protein(legs[-1].delivered))))
    height = TOP + WIDEST + BELOW
    name = escape(_("Where the product of this lot went"))
    return mark_safe(f'<svg class="river" viewBox="0 0 {x + 76:.0f} {height:.0f}" role="img" aria-label="{name}">'
                     f'{"".join(drawn)}</svg>')


def _station(leg: Leg, title: str, x: float, wide: float, scale: _Scale) -> str:
    """What goes on, from bank to bank, with its name and its mass."""
    width = scale.width(protein(leg.delivered))
    lines = wrap(title, LETTERS)[:2]
    words = "".join(f'<text class="river-title" x="{x + 3:.1f}" y="{TOP - 22 - LINE * (len(lines) - n):.1f}">'
                    f"{escape(line)}</text>" for n, line in enumerate(lines))
    mark = "river-own" if leg.how == "by_hand" else "river-main"
    return (f'<path class="{mark}" d="M{x:.1f} {TOP:.1f}h{wide:.1f}v{width:.2f}h{-wide:.1f}z"><title>{escape(title)}, '
            f'{mass(protein(leg.delivered))}</title></path><path class="river-gate" d="M{x:.1f} {TOP - 6:.1f}v6"/>'
            f'{words}<text class="river-mass" x="{x + 3:.1f}" y="{TOP - 18:.1f}">'
            f"{mass(protein(leg.delivered))}</text>")


def _joining(leg: Leg, x: float, scale: _Scale) -> str:
    """What came in from another lot, from above, before the station's gate."""
    amount = protein(leg.pooled)
    if amount <= 0.0:
        return ""
    width = scale.width(amount)
    left = x + (JOINING - width) / 2.0
    bank = scale.width(protein(leg.received) + protein(leg.stored) - amount)
    whence = escape(_("of another lot"))
    return (f'<path class="river-main" d="M{x:.1f} {TOP:.1f}h{JOINING:.1f}v{bank:.2f}h{-JOINING:.1f}z"/>'
            f'<path class="river-pooled" d="M{left:.1f} {TOP - 20:.1f}h{width:.2f}V{TOP:.1f}h{-width:.2f}z">'
            f"<title>{whence}, {mass(amount)}</title></path>"
            f'<text class="river-mass" x="{x + 3:.1f}" y="{TOP - 38:.1f}">+ {mass(amount)}</text>'
            f'<text class="river-place" x="{x + 3:.1f}" y="{TOP - 25:.1f}">{whence}</text>')


def _branches(chain: Chain, parts: list[Container], scale: _Scale, language: str) -> list[_Branch]:
    """What was lost and what was stored at a station: one branch each, in the order in which they leave the bank."""
    found = []
    for kind in ("lost", "stored"):
        rows = sorted((p for p in parts if p.kind == kind and protein(p.material) > 0.0),
                      key=lambda p: -protein(p.material))
        whole = sum(protein(part.material) for part in rows)
        if whole > UNNOTICED * scale.most:
            told = [part for part in rows if protein(part.material) > 0.1 * whole]
            found.append(_Branch(kind, whole, tuple(_place(chain, p, language) for p in told[:2])))
    return found


def _place(chain: Chain, part: Container, language: str) -> str:
    if part.station == RELEASE and chain.book is not None:
        step = chain.book.specification.reprocessing[part.place]
        return _("Taken out: %(step)s") % {"step": step.title.text(language)}
    losses = chain.stations[part.station].handover.description.losses
    return losses[part.place].title.text(language) if part.place in losses else _("in store")


def _fallen(branches: list[_Branch], leg: Leg, x: float, scale: _Scale) -> str:
    """The branches: the lowest of the bank turns down first."""
    bank = TOP + scale.width(protein(leg.delivered)) + sum(scale.width(b.amount) for b in branches)
    foot, left, drawn = TOP + WIDEST + 30.0, x + 8.0, []
    for number, branch in enumerate(branches):
        width = scale.width(branch.amount)
        elbow = left + BEND
        drawn.append(_elbow(branch, (x, bank - width), (elbow, width), foot))
        drawn.append(_label(branch, x + 3.0, foot + 15.0 + number * 62.0))
        bank -= width
        left = elbow + width + BEND
    return "".join(drawn)


def _elbow(branch: _Branch, start: tuple[float, float], down: tuple[float, float], foot: float) -> str:
    """A ribbon of one width that leaves level and turns down."""
    (x, top), (left, width) = start, down
    outer, low = BEND + width, top + width
    shape = (f"M{x:.1f} {top:.2f}H{left - BEND:.1f}A{outer:.2f} {outer:.2f} 0 0 1 {left + width:.2f} {low + BEND:.2f}"
             f"V{foot:.1f}H{left:.2f}V{low + BEND:.2f}A{BEND} {BEND} 0 0 0 {left - BEND:.1f} {low:.2f}H{x:.1f}z")
    text = f"{', '.join(branch.names)}: {mass(branch.amount)}"
    return f'<path class="river-{branch.kind}" d="{shape}"><title>{escape(text)}</title></path>'


def _label(branch: _Branch, x: float, y: float) -> str:
    """Its mass, and its names in at most three short lines."""
    lines = wrap(", ".join(branch.names), LETTERS)
    lines = lines if len(lines) <= 3 else [*lines[:2], f"{lines[2][:LETTERS - 1]}…"]
    words = "".join(f'<text class="river-place" x="{x:.1f}" y="{y + LINE * (n + 1):.1f}">{escape(line)}</text>'
                    for n, line in enumerate(lines))
    return f'<text class="river-mass" x="{x:.1f}" y="{y:.1f}">{mass(branch.amount)}</text>{words}'


def _mouth(lot: Lot, x: float, width: float) -> str:
    """Where the river ends: at a patient, or at a closed gate."""
    y = TOP + max(width, 14.0)
    if lot.refused:
        return (f'<path class="river-end" d="M{x:.1f} {TOP - 8:.1f}V{y + 8:.1f}"/>'
                f'<text class="river-stop" x="{x + 8:.1f}" y="{TOP + 10:.1f}">{escape(_("Not certified"))}</text>')
    half = max(width, 2.0) / 2.0 + 4.0
    return f'<path class="river-arrow" d="M{x:.1f} {TOP - 4:.1f}l14 {half:.1f}-14 {half:.1f}z"/>'
