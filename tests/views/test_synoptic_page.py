"""The picture in a browser: no text runs out of its box or over another, also on a narrow screen."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from biotwin.views.synoptic import synoptic

ROOT = Path(__file__).parents[2]
SHEETS = ("src/campus/foundation/static/foundation/tokens.css", "src/biotwin/views/synoptic/drawing.css",
          "islands/src/styles/synoptic.css")
FONTS = (
    ("Plex Sans", "@ibm/plex-sans-variable/fonts/complete/woff2/IBM Plex Sans Var-Roman.woff2", "100 700"),
    ("Plex Mono", "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2", "400"),
    ("Plex Mono", "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal.woff2", "500"),
)
# Values as wide as the shipped plants show; what the front end writes beside them.
OVERLAPS = """() => {
  const svg = document.getElementById("synoptic");
  for (const box of svg.querySelectorAll("[data-tag]")) {
    box.querySelector(".value").textContent = box.classList.contains("full") ? "1 612" : "99,99";
    const measured = box.dataset.loop && !box.classList.contains("hand");
    if (measured) box.querySelector(".setpoint").textContent = "C 40,0";
  }
  const inside = (a, b) =>
    a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom && b.top < a.bottom;
  // A font's box is taller than its figures and capitals: a fifth of it above and below is air.
  const ink = (node) => {
    const r = node.getBoundingClientRect(), air = 0.2 * r.height;
    return { left: r.left, right: r.right, top: r.top + air, bottom: r.bottom - air };
  };
  const texts = [...svg.querySelectorAll("text")].filter((t) => t.textContent.trim() && t.getBBox().width > 1);
  const bad = [];
  for (const text of texts) {
    const box = text.closest("[data-tag]"), own = ink(text);
    const room = (box ? box.querySelector(".frame") : svg).getBoundingClientRect();
    if (!inside(own, room)) bad.push(`outside: ${text.textContent}`);
    for (const other of texts) {
      const covered = text !== other && meet(own, ink(other));
      if (covered) bad.push(`${text.textContent} / ${other.textContent}`);
    }
  }
  return bad;
}"""


def face(family: str, file: str, weight: str) -> str:
    """The product's own fonts, which are what text is measured with."""
    data = base64.b64encode((ROOT / "islands/node_modules" / file).read_bytes()).decode()
    source = f'src: url("data:font/woff2;base64,{data}")'
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; {source} }} '


@pytest.mark.browser
@pytest.mark.parametrize("width", [640, 980])
def test_no_text_covers_another(page, plant, language, width):
    fonts = "".join(face(*font) for font in FONTS)
    sheets = fonts + "".join((ROOT / sheet).read_text(encoding="utf-8") for sheet in SHEETS)
    page.set_viewport_size({"width": width, "height": 700})
    page.set_content(f"<style>body {{ margin: 0 }} {sheets} #synoptic {{ block-size: auto }}</style>"
                     f"{synoptic(plant, language)}")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').length") >= 2
    assert page.evaluate(OVERLAPS) == []
