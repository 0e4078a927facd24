"""``build/qualification.html``: one self-contained page, no script, both languages side by side of a switch.

The switch is two radio buttons and a style sheet; a screen reader and a printer get the language that is chosen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from pathlib import Path

from biotwin.plant.description import Text
from biotwin.qualification.judging import FAILED, PASSED, SKIPPED, Verdict, bounds
from biotwin.qualification.plots import plot
from biotwin.qualification.record import Run

STYLE = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
WORDS = {
    "title": ("Guide de qualification", "Qualification test guide"),
    "what": (
        "Chaque essai compare le jumeau à une référence, avec une tolérance et sa raison. Une tolérance n’est jamais "
        "élargie pour faire passer un essai\u202f: ce qui échoue reste écrit ici.",
        "Each test compares the twin with a reference, within a tolerance that has a reason. A tolerance is never "
        "widened to make a test pass: what fails stays written here.",
    ),
    "date": ("Date (UTC)", "Date (UTC)"), "engine": ("Moteur", "Engine"), "platform": ("Plateforme", "Platform"),
    "oracle": ("Oracle", "Oracle"),
    "drawer": ("Tiroir", "Drawer"), "test": ("Essai", "Test"), "class": ("Classe", "Class"),
    "value": ("Jumeau", "Twin"), "reference": ("Référence", "Reference"), "passes": ("Admis", "Passes"),
    "outcome": ("Résultat", "Outcome"), PASSED: ("réussi", "passed"), FAILED: ("échoué", "failed"),
    SKIPPED: ("non exécuté", "skipped"), "miss": ("Écart", "Miss"), "reason": ("Raison de la tolérance",
    "Reason for the tolerance"), "source": ("Source", "Source"), "discrepancy": ("Note d’écart", "Discrepancy note"),
    "signal": ("Signal et instant", "Signal and time"),
    "classes": (
        "A\u202f: parité avec un simulateur de référence ou une solution exacte. B\u202f: mesure publiée. "
        "C\u202f: tendance ou ordre de grandeur.",
        "A: parity with a reference simulator or an exact solution. B: published measurement. C: trend or order of "
        "magnitude.",
    ),
    "band": ("Trait plein\u202f: jumeau. Tirets\u202f: référence. Bande\u202f: tolérance.",
             "Solid: twin. Dashed: reference. Band: tolerance."),
}


def said(name: str) -> str:
    """A word in both languages, marked so that the switch shows one."""
    return both(*WORDS[name])


def both(french: str, english: str) -> str:
    """Two texts, escaped, each under its language."""
    return f'<span lang="fr">{escape(french)}</span><span lang="en">{escape(english)}</span>'


def text(words: Text) -> str:
    return both(words.fr, words.en)


def report(run: Run, verdicts: Sequence[Verdict]) -> str:
    """The whole page."""
    counts = f"{run.passed} / {run.failed} / {run.skipped}"
    order = sorted(verdicts, key=lambda v: (v.outcome != FAILED, v.declared.drawer))
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Qualification {escape(run.date[:10])}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        '<input type="radio" name="language" id="show-fr" checked><label for="show-fr" lang="fr">Français</label>\n'
        '<input type="radio" name="language" id="show-en"><label for="show-en" lang="en">English</label>\n'
        f"<main>\n<h1>{said('title')}</h1>\n<p>{said('what')}</p>\n<p>{said('classes')} {said('band')}</p>\n"
        f'<p class="counts">{said(PASSED)} / {said(FAILED)} / {said(SKIPPED)}: <b>{counts}</b></p>\n'
        f"<dl><dt>{said('date')}</dt><dd>{escape(run.date)}</dd><dt>{said('engine')}</dt><dd><code>{run.engine}</code>"
        f"</dd><dt>{said('platform')}</dt><dd><code>{run.platform}</code></dd>{_oracles(run)}</dl>\n"
        f"{_table(order)}\n{''.join(_section(v) for v in order)}</main>\n</body>\n</html>\n"
    )


def _oracles(run: Run) -> str:
    """The reference simulators that took part, each with its version."""
    return "".join(f"<dt>{said('oracle')}</dt><dd><code>{escape(name)} {escape(version)}</code></dd>"
                   for name, version in run.oracles.items())


def _table(verdicts: Sequence[Verdict]) -> str:
    heads = "".join(f'<th scope="col">{said(n)}</th>' for n in
                    ("drawer", "test", "class", "value", "reference", "passes", "outcome"))
    rows = []
    for v in verdicts:
        test = v.declared.test
        rows.append(
            f'<tr class="{v.outcome}"><td>{escape(v.declared.drawer)}</td><td><a href="#{_anchor(v)}">'
            f"{text(test.title)}</a></td><td>{test.class_}</td><td>{_number(v.value)}</td>"
            f"<td>{_reference(v)}</td><td>{_passes(v)}</td><td>{said(v.outcome)}</td></tr>"
        )
    return f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _section(v: Verdict) -> str:
    test = v.declared.test
    facts = [("signal", escape(f"{test.signal}, {test.time}")), ("value", _number(v.value)),
             ("reference", _reference(v)), ("passes", _passes(v)), ("reason", text(test.reason)),
             ("source", escape(test.source))]
    if v.miss:
        facts.insert(0, ("miss", f'<span class="miss">{escape(v.miss)}</span>'))
    if test.discrepancy is not None:
        facts.append(("discrepancy", text(test.discrepancy)))
    rows = "".join(f"<dt>{said(name)}</dt><dd>{value}</dd>" for name, value in facts)
    return (
        f'<section id="{_anchor(v)}" class="{v.outcome}">\n<h2>{text(test.title)} '
        f"<small>{escape(v.declared.drawer)} · {test.class_} · {said(v.outcome)}</small></h2>\n"
        f'<div class="test"><div class="plot">{plot(v)}</div><dl>{rows}</dl></div>\n</section>\n'
    )


def _anchor(v: Verdict) -> str:
    return f"{v.declared.drawer}-{v.declared.test.id}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.6g}"


def _reference(v: Verdict) -> str:
    reference = v.declared.test.reference
    return " … ".join(_number(r) for r in reference) if isinstance(reference, list) else _number(reference)


def _passes(v: Verdict) -> str:
    low, high = bounds(v.declared.test)
    left = "" if math.isinf(low) else _number(low)
    right = "" if math.isinf(high) else _number(high)
    return f"{left} … {right}".strip()


def write_report(path: Path, run: Run, verdicts: Sequence[Verdict]) -> None:
    """Write the page; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report(run, verdicts), encoding="utf-8")
