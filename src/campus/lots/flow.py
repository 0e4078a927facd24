"""The lot as a river: how much product went on at each station, and where the rest stayed. SVG, from its genealogy."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from biotwin.chain import Chain, Lot
from biotwin.chain.genealogy import Container, genealogy
from biotwin.materials.attributes import protein
from campus.lots.words import mass

STEP, HEIGHT, WIDEST, TOP = 112.0, 300.0, 96.0, 56.0
LEAST = 1.5
"""Pixels: what is there is seen."""


@dataclass(frozen=True)
class _Scale:
    most: float

    def width(self, amount: float) -> float:
        return max(LEAST, WIDEST * amount / self.most) if amount > 0.0 else 0.0


def river(chain: Chain, lot: Lot, language: str) -> str:
    """The drawing, from the first station that delivers product on; empty where there is none yet."""
    legs = [leg for leg in lot.legs if protein(leg.delivered) > 0.0]
    if not legs:
        return ""
    shown = {leg.station: number for number, leg in enumerate(legs)}
    parts = genealogy(lot).containers
    scale = _Scale(max(protein(leg.delivered) for leg in legs))
    drawn = []
    for part in parts:
        if part.station in shown and protein(part.material) > 0.0:
            x = 24.0 + STEP * shown[part.station]
            title = chain.stations[part.station].description.title.text(language)
            drawn.append(_main(part, x, scale, title) if part.kind == "product" else "")
    drawn += _branches(chain, parts, shown, scale, language)
    width = 48.0 + STEP * len(legs)
    name = escape(_("Where the product of this lot went"))
    return mark_safe(f'<svg class="river" viewBox="0 0 {width:.0f} {HEIGHT:.0f}" role="img" aria-label="{name}">'
                     f'{"".join(drawn)}</svg>')


def _main(part: Container, x: float, scale: _Scale, title: str) -> str:
    width = scale.width(protein(part.material))
    label = f"{title}, {mass(protein(part.material))}"
    return (f'<rect class="river-main" x="{x:.1f}" y="{TOP:.1f}" width="{STEP:.1f}" height="{width:.1f}">'
            f"<title>{escape(label)}</title></rect>"
            f'<text class="river-title" x="{x + 6:.1f}" y="{TOP - 26:.1f}">{escape(_short(title))}</text>'
            f'<text class="river-mass" x="{x + 6:.1f}" y="{TOP - 10:.1f}">{mass(protein(part.material))}</text>')


def _branches(chain: Chain, parts: tuple[Container, ...], shown: dict[str, int], scale: _Scale,
              language: str) -> list[str]:
    """What was lost or stored at a station falls from the river's lower bank, place by place."""
    fallen: dict[str, float] = {}
    drawn = []
    for part in parts:
        if part.kind not in ("lost", "stored") or part.station not in shown or protein(part.material) <= 0.0:
            continue
        width = scale.width(protein(part.material))
        if width <= LEAST:
            continue
        x = 24.0 + STEP * shown[part.station] + fallen.get(part.station, 0.0)
        fallen[part.station] = fallen.get(part.station, 0.0) + width + 6.0
        name = _place(chain, part, language)
        label = f"{name}, {mass(protein(part.material))}"
        shape = f"M{x:.1f} {TOP:.1f}v{HEIGHT - TOP - 64:.1f}h{width:.1f}V{TOP:.1f}z"
        place = f'x="{x:.1f}" y="{HEIGHT - 46:.1f}"'
        drawn.append(f'<path class="river-{part.kind}" d="{shape}"><title>{escape(label)}</title></path>'
                     f'<text class="river-place" {place}>{escape(_short(name))}</text>'
                     f'<text class="river-mass" {place} dy="16">{mass(protein(part.material))}</text>')
    return drawn


def _place(chain: Chain, part: Container, language: str) -> str:
    if part.kind == "stored":
        return _("In store")
    losses = chain.stations[part.station].handover.description.losses
    return losses[part.place].title.text(language) if part.place in losses else part.place


def _short(text: str) -> str:
    return text if len(text) <= 17 else f"{text[:16]}…"
