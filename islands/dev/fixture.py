"""A realistic console document for looking at the islands without the campus. A test tool: nothing here is shipped.

The numbers are invented for the screen (shapes and orders of magnitude of a CHO fed-batch), not a model.
"""

from __future__ import annotations

import math
from typing import Any

from biotwin.views import console as c

HOUR, DAY = 3_600_000, 86_400_000
CELSIUS = c.Format("°C", 1.0, -273.15, 2)
PERCENT = c.Format("%", 100.0, 0.0, 1)
SAT = {"fr": c.Format("% sat.", 100.0, 0.0, 1), "en": c.Format("% sat.", 100.0, 0.0, 1)}
PH = c.Format("", 1.0, 0.0, 2)
RPM = {"fr": c.Format("tr/min", 60.0, 0.0, 0), "en": c.Format("rpm", 60.0, 0.0, 0)}
BAR = c.Format("bar", 1e-5, 0.0, 2)
KG = c.Format("kg", 1.0, 0.0, 0)
VVM = c.Format("vvm", 60.0, 0.0, 3)
LPH = c.Format("L/h", 3.6e6, 0.0, 1)
MMHG = c.Format("mmHg", 1 / 133.322, 0.0, 0)
MM = c.Format("mM", 1.0, 0.0, 1)
CELLS = c.Format("10⁶/mL", 1e-12, 0.0, 1)
UNITS = {"": PH, "°C": CELSIUS, "%": PERCENT, "bar": BAR, "kg": KG, "vvm": VVM, "L/h": LPH, "mmHg": MMHG, "mM": MM}

U = "usp/br101/"
# slug, tag, title fr, title en, group fr, group en, format, low, high, level, slope per day, noise, soft band
ROWS: list[tuple[Any, ...]] = [
    (
        "tt101",
        "TT-101",
        "Température cuve",
        "Vessel temperature",
        "Culture",
        "Culture",
        CELSIUS,
        303.15,
        313.15,
        310.15,
        0,
        0.03,
        0,
    ),
    ("at102", "AT-102", "pH", "pH", "Culture", "Culture", PH, 6.4, 7.6, 7.01, -0.004, 0.006, 0),
    ("at103", "AT-103", "pO₂", "Dissolved oxygen", "Gaz", "Gas", SAT, 0.0, 1.0, 0.40, 0, 0.006, 0),
    (
        "at104",
        "AT-104",
        "Capacitance",
        "Capacitance",
        "Culture",
        "Culture",
        c.Format("pF/cm", 1.0, 0.0, 1),
        0.0,
        60.0,
        24.0,
        3.2,
        0.2,
        0,
    ),
    ("at105", "AT-105", "CO₂ sortie", "Off-gas CO₂", "Gaz", "Gas", PERCENT, 0.0, 0.2, 0.062, 0.004, 0.0006, 0),
    ("at106", "AT-106", "O₂ sortie", "Off-gas O₂", "Gaz", "Gas", PERCENT, 0.1, 0.4, 0.236, 0.004, 0.0006, 0),
    ("st101", "ST-101", "Agitation", "Stirrer", "Gaz", "Gas", RPM, 0.0, 2.5, 1.233, 0.02, 0.002, 0),
    ("ft101", "FT-101", "Air", "Air", "Gaz", "Gas", VVM, 0.0, 0.0005, 0.00022, 0, 2e-6, 0),
    ("ft104", "FT-104", "O₂", "Oxygen", "Gaz", "Gas", VVM, 0.0, 1e-3, 0.00042, 0.00003, 4e-6, 0),
    ("ft105", "FT-105", "CO₂", "Carbon dioxide", "Gaz", "Gas", VVM, 0.0, 0.0003, 0.00003, 0, 1e-6, 0),
    ("pt101", "PT-101", "Pression tête", "Head pressure", "Gaz", "Gas", BAR, 0.0, 60000.0, 18000.0, 0, 150.0, 0),
    (
        "pt102",
        "PT-102",
        "Filtre d'évent Δp",
        "Vent filter Δp",
        "Gaz",
        "Gas",
        c.Format("mbar", 0.01, 0.0, 1),
        0.0,
        8000.0,
        900.0,
        120.0,
        20.0,
        0,
    ),
    ("wt101", "WT-101", "Masse cuve", "Vessel weight", "Alimentation", "Feed", KG, 0.0, 2400.0, 1420.0, 38.0, 0.4, 0),
    ("lt105", "LT-105", "Mousse", "Foam", "Alimentation", "Feed", PERCENT, 0.0, 1.0, 0.03, 0.002, 0.004, 0),
    ("ft103", "FT-103", "Nutritif F-03", "Feed F-03", "Alimentation", "Feed", LPH, 0.0, 6e-6, 1.4e-6, 1e-7, 1e-8, 0),
    ("wt103", "WT-103", "Masse nutritif", "Feed weight", "Alimentation", "Feed", KG, 0.0, 400.0, 310.0, -28.0, 0.1, 0),
    ("ft106", "FT-106", "Base Na₂CO₃", "Base Na₂CO₃", "Alimentation", "Feed", LPH, 0.0, 3e-6, 1.5e-7, 0, 4e-8, 0),
    ("wt106", "WT-106", "Masse base", "Base weight", "Alimentation", "Feed", KG, 0.0, 120.0, 82.0, -2.1, 0.03, 0),
    (
        "tt110",
        "TT-110",
        "Double enveloppe",
        "Jacket",
        "Utilités",
        "Utilities",
        CELSIUS,
        278.15,
        333.15,
        306.9,
        -0.2,
        0.05,
        0,
    ),
    (
        "tt111",
        "TT-111",
        "Eau glacée",
        "Chilled water",
        "Utilités",
        "Utilities",
        CELSIUS,
        273.15,
        293.15,
        279.4,
        0,
        0.06,
        0,
    ),
    (
        "ft111",
        "FT-111",
        "Débit eau glacée",
        "Chilled water flow",
        "Utilités",
        "Utilities",
        LPH,
        0.0,
        0.0006,
        0.00021,
        0,
        2e-6,
        0,
    ),
    ("pt111", "PT-111", "Air instrument", "Instrument air", "Utilités", "Utilities", BAR, 0.0, 1e6, 6.4e5, 0, 900.0, 0),
    (
        "jt101",
        "JT-101",
        "Puissance moteur",
        "Motor power",
        "Utilités",
        "Utilities",
        c.Format("W", 1.0, 0.0, 0),
        0.0,
        400.0,
        168.0,
        2.0,
        1.5,
        0,
    ),
    (
        "tt112",
        "TT-112",
        "Évent chauffé",
        "Heated vent",
        "Utilités",
        "Utilities",
        CELSIUS,
        293.15,
        353.15,
        323.15,
        0,
        0.2,
        0,
    ),
    (
        "vcd",
        "SS-101",
        "Cellules viables",
        "Viable cells",
        "Estimés",
        "Estimated",
        CELLS,
        0.0,
        3e13,
        1.42e13,
        6e11,
        8e10,
        1.1e12,
    ),
    (
        "our",
        "SS-102",
        "Consommation O₂",
        "Oxygen uptake",
        "Estimés",
        "Estimated",
        c.Format("mmol/L/h", 3600.0, 0.0, 2),
        0.0,
        0.002,
        0.00078,
        4e-5,
        6e-6,
        5e-5,
    ),
    (
        "pco2",
        "SS-103",
        "pCO₂ estimée",
        "Estimated pCO₂",
        "Estimés",
        "Estimated",
        MMHG,
        0.0,
        26664.0,
        11700.0,
        300.0,
        60.0,
        900.0,
    ),
    (
        "kla",
        "SS-104",
        "kLa",
        "kLa",
        "Estimés",
        "Estimated",
        c.Format("1/h", 3600.0, 0.0, 1),
        0.0,
        0.01,
        0.0031,
        5e-5,
        2e-5,
        0.0003,
    ),
]
# slug, tag, fr, en, instrument slug or "", modes, sp low, sp high, output low, outputs [(fr, en, slug, from, to, low, high, format)]
LOOPS: list[tuple[Any, ...]] = [
    (
        "tic101",
        "TIC-101",
        "Température",
        "Temperature",
        "tt101",
        "mac",
        303.15,
        311.15,
        -1,
        [
            ("Refroidissement", "Cooling", -1.0, 0.0, 1.0, 0.0, PERCENT),
            ("Chauffage", "Heating", 0.0, 1.0, 0.0, 1.0, PERCENT),
        ],
    ),
    (
        "aic102",
        "AIC-102",
        "pH",
        "pH",
        "at102",
        "ma",
        6.6,
        7.4,
        -1,
        [("CO₂", "CO₂", -1.0, 0.0, 0.0003, 0.0, VVM), ("Base", "Base", 0.0, 1.0, 0.0, 3e-6, LPH)],
    ),
    (
        "aic103",
        "AIC-103",
        "pO₂",
        "Dissolved oxygen",
        "at103",
        "ma",
        0.1,
        0.8,
        0,
        [
            ("Agitation", "Stirrer", 0.0, 0.4, 0.5, 1.6, RPM),
            ("Air", "Air", 0.4, 0.6, 0.0, 0.0005, VVM),
            ("O₂", "O₂", 0.6, 1.0, 0.0, 0.00083, VVM),
        ],
    ),
    ("sic101", "SIC-101", "Agitation", "Stirrer", "st101", "mac", 0.0, 2.5, 0, []),
    ("fic101", "FIC-101", "Air", "Air", "ft101", "mac", 0.0, 0.0005, 0, []),
    ("fic104", "FIC-104", "O₂", "Oxygen", "ft104", "mac", 0.0, 0.00083, 0, []),
    ("fic105", "FIC-105", "CO₂", "Carbon dioxide", "ft105", "mac", 0.0, 0.0003, 0, []),
    ("pic101", "PIC-101", "Pression tête", "Head pressure", "pt101", "ma", 5000.0, 40000.0, 0, []),
    ("fic103", "FIC-103", "Nutritif F-03", "Feed F-03", "ft103", "ma", 0.0, 6e-6, 0, []),
    ("fic106", "FIC-106", "Base", "Base", "ft106", "mac", 0.0, 3e-6, 0, []),
    ("tic110", "TIC-110", "Double enveloppe", "Jacket", "tt110", "mac", 278.15, 333.15, -1, []),
    ("tic112", "TIC-112", "Évent chauffé", "Heated vent", "tt112", "ma", 303.15, 343.15, 0, []),
]
ALARMS: list[tuple[Any, ...]] = [
    ("at103", "low", 2, "pO₂ basse", "Dissolved oxygen low", 0.30),
    ("at103", "low_low", 1, "pO₂ très basse", "Dissolved oxygen very low", 0.10),
    ("at103", "high", 3, "pO₂ haute", "Dissolved oxygen high", 0.8),
    ("ft104", "high", 3, "O₂ vers sa limite", "Oxygen near its limit", 0.0004),
    ("pt102", "high", 3, "Filtre d'évent colmaté", "Vent filter blocked", 1200.0),
    ("tt101", "low", 2, "Température basse", "Temperature low", 309.15),
    ("tt101", "high", 2, "Température haute", "Temperature high", 311.15),
    ("at102", "low", 2, "pH bas", "pH low", 6.9),
    ("at102", "high", 2, "pH haut", "pH high", 7.15),
    ("pco2", "high", 3, "pCO₂ au-dessus de 80 mmHg", "pCO₂ above 80 mmHg", 10666.0),
    ("lt105", "high", 2, "Mousse haute", "Foam high", 0.4),
    ("lt105", "high_high", 1, "Mousse au filtre", "Foam at the filter", 0.8),
    ("pt101", "high", 1, "Pression haute", "Pressure high", 35000.0),
    ("wt103", "low", 3, "Nutritif bientôt vide", "Feed nearly empty", 40.0),
    ("wt106", "low", 4, "Base bientôt vide", "Base nearly empty", 15.0),
    ("tt111", "high", 3, "Eau glacée chaude", "Chilled water warm", 285.15),
    ("pt111", "low", 2, "Air instrument bas", "Instrument air low", 4.5e5),
    ("jt101", "low", 3, "Puissance faible", "Power low", 60.0),
    ("st101", "deviation", 3, "Agitation écart", "Stirrer deviation", 0.2),
    ("at102", "bad_quality", 3, "Sonde pH en défaut", "pH probe fault", 0.0),
]
PHASES = [
    ("set_up", "Préparation", "Set-up"),
    ("inoculate", "Inoculation", "Inoculation"),
    ("grow", "Croissance", "Growth"),
    ("feed", "Alimentation", "Feed"),
    ("shift", "Descente en température", "Temperature shift"),
    ("harvest", "Récolte", "Harvest"),
    ("end", "Fin de lot", "End of lot"),
]


def pick(language: str, fr: str, en: str) -> str:
    return fr if language == "fr" else en


def fmt(language: str, one: Any) -> c.Format:
    return one[language] if isinstance(one, dict) else one


def limits(slug: str, language: str) -> tuple[c.Limit, ...]:
    table = {
        "tt101": ((309.65, 310.65), (309.15, 311.15)),
        "at102": ((6.95, 7.08), (6.9, 7.15)),
        "at103": ((0.35, 0.6), (0.3, 0.8)),
        "pco2": ((None, 9333.0), (None, 10666.0)),
        "pt101": ((12000.0, 25000.0), (None, 35000.0)),
    }
    if slug not in table:
        return ()
    why = pick(language, "Plage tenue pendant les lots de référence.", "Range held in the reference lots.")
    names = ("normal_operating_range", "alert")
    return tuple(
        c.Limit(n, low, high, (), ("CPP",) if n == names[0] else (), why)
        for n, (low, high) in zip(names, table[slug], strict=True)
    )


def document(language: str) -> c.Console:
    slugs = [row[0] for row in ROWS]
    modes = {"m": "manual", "a": "automatic", "c": "cascade"}
    soft = [
        c.Instrument(
            U + s,
            tag,
            pick(language, fr, en),
            "soft" if band else "sensor",
            pick(language, gf, ge),
            fmt(language, f),
            lo,
            hi,
            band,
            limits(s, language),
        )
        for s, tag, fr, en, gf, ge, f, lo, hi, _level, _slope, _noise, band in ROWS
    ]
    loops = [
        c.Loop(
            U + s,
            tag,
            pick(language, fr, en),
            slugs.index(i),
            tuple(modes[m] for m in ms),
            soft[slugs.index(i)].format,
            lo,
            hi,
            float(out),
            1.0,
            tuple(
                c.LoopOutput(f"{U}{s}.{n}", pick(language, a, b), fmt(language, f), x, y, l, h)
                for n, (a, b, x, y, l, h, f) in enumerate(outs)
            ),
        )
        for s, tag, fr, en, i, ms, lo, hi, out, outs in LOOPS
    ]
    sheet = c.Response(
        pick(
            language,
            "Le débit d'O₂ a atteint sa limite, ou la demande des cellules a augmenté.\n\n- diffuseur encrassé\n- mousse dans l'évent\n- sonde qui dérive",
            "Oxygen flow reached its limit, or the cells ask for more.\n\n- fouled sparger\n- foam in the vent\n- drifting probe",
        ),
        pick(
            language,
            "Sous 10 % pendant plus de **15 minutes**, la viabilité baisse et le lactate monte.",
            "Below 10 % for more than **15 minutes**, viability falls and lactate rises.",
        ),
        pick(
            language,
            "1. Vérifiez la sonde par un échantillon.\n2. Relevez la limite d'O₂ ou l'agitation d'un cran.\n3. Regardez la mousse sur place.",
            "1. Check the probe against a sample.\n2. Raise the oxygen limit or the stirrer by one step.\n3. Look at the foam in the field.",
        ),
        900.0,
    )
    alarms = [
        c.Alarm(
            f"{U}{s}/{cond}", soft[slugs.index(s)].tag, pick(language, fr, en), p, slugs.index(s), cond, limit, sheet
        )
        for s, cond, p, fr, en, limit in ALARMS
    ]
    phases = [
        c.Phase(
            slug,
            pick(language, fr, en),
            pick(
                language,
                "Alimentez selon la recette, tenez pO₂ à 40 % et pH entre 6,95 et 7,08 ; prélevez chaque jour.",
                "Feed by the recipe, keep dissolved oxygen at 40 % and pH within 6.95 and 7.08; sample every day.",
            ),
            (PHASES[n + 1][0],) if n + 1 < len(PHASES) else (),
        )
        for n, (slug, fr, en) in enumerate(PHASES)
    ]
    return c.Console(
        language,
        "second_breath",
        pick(language, "Le second souffle", "Second breath"),
        "mab-usp-2000l",
        "Fed-batch CHO 2 000 L" if language == "fr" else "CHO fed-batch 2,000 L",
        "dev",
        14 * DAY,
        "first",
        _brief(language),
        tuple(soft),
        tuple(loops),
        tuple(alarms),
        (c.Named(U + "i01", pick(language, "Arrêt O₂ sur pression", "Oxygen stopped by pressure")),),
        tuple(phases),
        _analysers(language),
        _field(language),
        _questions(language),
        _glossary(language),
    )


def _brief(language: str) -> c.Brief:
    if language == "en":
        return c.Brief(
            "You are the **upstream operator** of the afternoon shift. The lot is on its sixth day.",
            "Bring the culture to day 7 with viability above 95 % and dissolved oxygen back at its set-point.",
            "Dissolved oxygen, pH and temperature; you sign what you change.",
            "- feed F-03 at 5 L/h\n- one sample a day, two in doubt\n- temperature shift on day 7",
            "DO 35 to 60 %, pH 6.95 to 7.08, pCO₂ below 80 mmHg.",
            "You may not open the vessel nor change the recipe without a call.",
        )
    return c.Brief(
        "Vous êtes **opérateur USP** de l'équipe d'après-midi. Le lot est à son sixième jour.",
        "Amenez la culture au jour 7 avec une viabilité de plus de 95 % et la pO₂ revenue à sa consigne.",
        "La pO₂, le pH et la température\u202f; vous signez ce que vous changez.",
        "- nutritif F-03 à 5 L/h\n- un échantillon par jour, deux en cas de doute\n- descente en température au jour 7",
        "pO₂ de 35 à 60 %, pH de 6,95 à 7,08, pCO₂ sous 80 mmHg.",
        "Vous ne pouvez ni ouvrir la cuve ni changer la recette sans appel.",
    )


def _analysers(language: str) -> tuple[c.Analyser, ...]:
    def an(
        slug: str, fr: str, en: str, place: tuple[str, str], delay: int, cost: float, rows: list[tuple[Any, ...]]
    ) -> c.Analyser:
        analytes = tuple(c.Analyte(f"lab/{slug}/{s}", pick(language, a, b), f, e, h, ()) for s, a, b, f, e, h in rows)
        return c.Analyser(f"lab/{slug}", pick(language, fr, en), pick(language, *place), delay, cost, 5e-6, analytes)

    line, lab = ("au pied de la cuve", "beside the vessel"), ("laboratoire", "laboratory")
    return (
        an(
            "cells",
            "Compteur de cellules",
            "Cell counter",
            line,
            10 * 60_000,
            18.0,
            [
                ("viable", "Cellules viables", "Viable cells", CELLS, 0.03, True),
                ("viability", "Viabilité", "Viability", PERCENT, 0.008, True),
            ],
        ),
        an(
            "metabolites",
            "Analyseur de métabolites",
            "Metabolite analyser",
            line,
            8 * 60_000,
            22.0,
            [
                ("glucose", "Glucose", "Glucose", MM, 0.02, True),
                ("lactate", "Lactate", "Lactate", MM, 0.02, True),
                ("ammonia", "Ammonium", "Ammonia", MM, 0.04, False),
            ],
        ),
        an(
            "blood_gas",
            "Gaz du sang",
            "Blood gas",
            line,
            5 * 60_000,
            15.0,
            [("pco2", "pCO₂", "pCO₂", MMHG, 0.02, True), ("ph", "pH (labo)", "pH (off-line)", PH, 0.001, False)],
        ),
        an(
            "osmometer",
            "Osmomètre",
            "Osmometer",
            line,
            6 * 60_000,
            8.0,
            [("osmolality", "Osmolalité", "Osmolality", c.Format("mOsm/kg", 1000.0, 0.0, 0), 0.01, True)],
        ),
        an(
            "titre",
            "Titre par HPLC",
            "Titre by HPLC",
            lab,
            4 * HOUR,
            85.0,
            [("titre", "Titre", "Titre", c.Format("g/L", 1.0, 0.0, 2), 0.03, True)],
        ),
        an(
            "pcr",
            "PCR mycoplasmes",
            "Mycoplasma PCR",
            lab,
            26 * HOUR,
            240.0,
            [("mycoplasma", "Mycoplasmes", "Mycoplasma", c.Format("", 1.0, 0.0, 0), 0.0, False)],
        ),
    )


def _field(language: str) -> tuple[c.Station, ...]:
    def st(slug: str, fr: str, en: str, kind: str, verbs: list[tuple[Any, ...]]) -> c.Station:
        return c.Station(
            f"field/{slug}",
            pick(language, fr, en),
            kind,
            tuple(
                c.Verb(v, pick(language, a, b), d, cost, tuple(c.Argument(x, pick(language, y, z)) for x, y, z in args))
                for v, a, b, d, cost, args in verbs
            ),
        )

    return (
        st(
            "window",
            "Hublot de la cuve",
            "Vessel window",
            "vessel",
            [("look", "Regarder la mousse et la couleur", "Look at foam and colour", 60_000, 0.0, [])],
        ),
        st(
            "feed_port",
            "Piquage nutritif",
            "Feed port",
            "port",
            [
                ("read_label", "Lire l'étiquette de la poche", "Read the bag's label", 30_000, 0.0, []),
                (
                    "connect",
                    "Connecter une poche",
                    "Connect a bag",
                    300_000,
                    120.0,
                    [
                        ("f03", "Nutritif F-03, lot 118", "Feed F-03, lot 118"),
                        ("f04", "Nutritif F-04, lot 120", "Feed F-04, lot 120"),
                    ],
                ),
                ("clamp", "Clamper", "Clamp", 10_000, 0.0, []),
            ],
        ),
        st(
            "vent",
            "Filtre d'évent",
            "Vent filter",
            "filter",
            [
                ("look", "Regarder s'il est mouillé", "Look whether it is wet", 60_000, 0.0, []),
                ("change", "Changer le filtre", "Change the filter", 1_200_000, 90.0, []),
            ],
        ),
        st("gauge", "Manomètre", "Pressure gauge", "gauge", [("read", "Lire", "Read", 20_000, 0.0, [])]),
        st(
            "ph_probe",
            "Sonde pH",
            "pH probe",
            "probe",
            [("correct", "Corriger sur un échantillon", "Correct to a sample", 180_000, 0.0, [])],
        ),
        st(
            "technician",
            "Technicien",
            "Technician",
            "person",
            [("send", "Envoyer vérifier l'eau glacée", "Send to check chilled water", 900_000, 40.0, [])],
        ),
    )


def _questions(language: str) -> tuple[c.Question, ...]:
    return (
        c.Question(
            "why_low",
            pick(
                language,
                "La pO₂ baisse alors que l'O₂ monte. Que se passe-t-il si vous ne faites rien pendant 20 minutes\u202f?",
                "Dissolved oxygen falls while oxygen rises. What happens if you do nothing for 20 minutes?",
            ),
            (
                c.Choice(
                    "recovers",
                    pick(language, "Elle revient seule à sa consigne.", "It comes back to its set-point by itself."),
                ),
                c.Choice(
                    "falls",
                    pick(
                        language,
                        "Elle tombe sous 10 % et les cellules souffrent.",
                        "It falls below 10 % and the cells suffer.",
                    ),
                ),
                c.Choice(
                    "overshoots",
                    pick(language, "L'O₂ finit par la faire dépasser 80 %.", "Oxygen ends by pushing it above 80 %."),
                ),
            ),
        ),
    )


def _glossary(language: str) -> dict[str, str]:
    if language == "fr":
        return {
            "pO₂": "L'oxygène dissous, en pourcentage de la saturation par l'air.",
            "pCO₂": "Le gaz carbonique dissous\u202f; trop haut, il freine les cellules.",
            "viabilité": "La part des cellules vivantes.",
            "recette": "La suite des phases d'un lot, telle qu'elle est validée.",
        }
    return {
        "dissolved oxygen": "Oxygen in the broth, as a percentage of air saturation.",
        "pCO₂": "Dissolved carbon dioxide; too much slows the cells.",
        "viability": "The share of living cells.",
        "recipe": "The phases of a lot, as approved.",
    }


def truth(slug: str, time: int) -> float:
    """A made-up curve per tag."""
    row = next(one for one in ROWS if one[0] == slug)
    level, slope, noise = row[9], row[10], row[11]
    day = time / DAY
    hashed = math.sin(time / 1000 * 12.9898 + len(slug) * 78.233 + ord(slug[-1])) * 43758.5453
    wave = math.sin(time / HOUR * 1.7 + ord(slug[0])) * noise * 0.8
    value = level + slope * (day - 5.6) + wave + (hashed - math.floor(hashed) - 0.5) * 2.2 * noise
    if slug == "vcd" or slug == "at104":
        value = level * 1.08 / (1 + math.exp(-(day - 2.8) * 1.35)) * (1 - max(0, day - 5.8) * 0.03) + wave * 2
    if slug == "at103":
        onset = 5 * DAY + 14.32 * HOUR
        value -= 0.158 * max(0.0, 1 - math.exp(-(time - onset) / 400_000)) if time > onset else 0
    return value
