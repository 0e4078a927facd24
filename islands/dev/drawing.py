"""A synoptic for the dev server, in the shape that the plant's own view gives: `data-tag` groups with `.value`."""

from __future__ import annotations

from biotwin.views.console import Console

CARDS = ["tt101", "at102", "at103", "wt101", "st101", "ft104", "pt101", "lt105"]
PIPE = 'class="pipe" fill="none" stroke="var(--pipe)" stroke-width="3.5"'


def valve(x: float, y: float) -> str:
    return f'<path d="M{x - 9} {y - 9}L{x + 9} {y + 9}V{y - 9}L{x - 9} {y + 9}Z" fill="var(--panel)" stroke="var(--vessel)" stroke-width="1.6"/>'


def pump(x: float, y: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="14" fill="var(--panel)" stroke="var(--vessel)" stroke-width="2"/><path d="M{x - 7} {y - 7}L{x + 9} {y}L{x - 7} {y + 7}Z" fill="var(--vessel)"/>'


def card(x: float, y: float, one: object) -> str:
    unit = one.format.unit  # type: ignore[attr-defined]
    return (
        f'<g data-tag="{one.address}" role="button" tabindex="0" transform="translate({x} {y})"><rect class="frame" width="172" height="50" rx="5"/>'  # type: ignore[attr-defined]
        f'<text class="tag" x="11" y="17" font-size="11.5">{one.tag}</text><text x="60" y="17" font-size="12" fill="var(--muted)">{one.title}</text>'  # type: ignore[attr-defined]
        f'<text x="11" y="41"><tspan class="value" font-size="19">—</tspan><tspan class="unit" font-size="12" dx="5">{unit}</tspan></text><text class="setpoint" x="161" y="40" font-size="12" text-anchor="end"></text></g>'
    )


def drawing(console: Console) -> str:
    found = {one.address.rpartition("/")[2]: one for one in console.instruments}
    fr = console.language == "fr"
    rows = [
        (110, "Air", valve, 1),
        (155, "O₂", valve, 1),
        (200, "Nutritif F-03" if fr else "Feed F-03", pump, 0),
        (370, "Base Na₂CO₃", pump, 0),
        (425, "CO₂", valve, 1),
    ]
    parts = [
        f'<svg id="synoptic" viewBox="0 0 980 500" xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{console.plant_title}">'
    ]
    for y, name, symbol, _ in rows:
        parts.append(f'<text x="70" y="{y - 13}" font-size="13.5" fill="var(--muted)">{name}</text>')
        end = "V80" if False else ""
        target = {
            110: "M70 110H262V150",
            155: "M70 155H244V165",
            200: "M70 200H175V228H226",
            370: "M70 370H155V312H226",
            425: "M70 425H175V402H226",
        }[y]
        parts.append(f'<path d="{target}{end}" {PIPE}/>{symbol(130 if symbol is valve else 128, y)}')
    parts.append(
        f'<path d="M318 150V80H470" {PIPE}/>{valve(390, 80)}<text x="408" y="68" font-size="13.5" fill="var(--muted)">{"Évent, filtre FV-102" if fr else "Vent, filter FV-102"}</text>'
    )
    parts.append(
        f'<path d="M280 452V480H470" {PIPE}/>{valve(390, 480)}<text x="408" y="469" font-size="13.5" fill="var(--muted)">{"Récolte" if fr else "Harvest"}</text>'
    )
    parts.append(
        '<path d="M226 188Q280 138 334 188V412Q280 462 226 412Z" fill="var(--steel)" stroke="var(--vessel)" stroke-width="2.5"/>'
        '<path d="M228 238q14-7 27 0t27 0 27 0 23 0V411Q280 460 228 411Z" fill="var(--broth)"/><path d="M228 238q14-7 27 0t27 0 27 0 23 0v9H228Z" fill="var(--broth-light)"/>'
        '<rect x="208" y="248" width="13" height="150" rx="6" fill="var(--steel)" stroke="var(--pipe)"/><rect x="339" y="248" width="13" height="150" rx="6" fill="var(--steel)" stroke="var(--pipe)"/>'
        '<path d="M280 140V372" stroke="var(--vessel)" stroke-width="3.5"/><rect x="252" y="310" width="56" height="6" rx="3" fill="var(--vessel)"/><rect x="252" y="368" width="56" height="6" rx="3" fill="var(--vessel)"/>'
        '<rect x="263" y="112" width="34" height="30" rx="4" fill="var(--panel)" stroke="var(--vessel)" stroke-width="1.8"/><text x="280" y="132" font-size="14" text-anchor="middle" fill="var(--ink)">M</text>'
    )
    for n, slug in enumerate(CARDS):
        parts.append(card(510 + (n // 4) * 190, 150 + (n % 4) * 62, found[slug]))
    return "".join(parts) + "</svg>"
