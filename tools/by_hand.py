"""Write the pilot ``by_hand`` of scenarios: a hand at every loop that the recipe would let regulate by itself; where
the recipe is in the hand, too, it is in semi-automatic, and the operator starts every phase once it is ready.

The hand knows about what the pilot ``wins`` needed in the same phase, as an operator knows the plant from lots before.
It looks each so often, corrects by what the instrument reads now, and moves what has to be moved. What it did goes into
``scenario.yaml`` as any pilot does; ``tests/content/test_acceptance.py`` flies it. After a plant has changed:

    python tools/by_hand.py lyo-first-cycle      # or all of them, without a name; then make scores
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from biotwin.plant.plant import Plant
from biotwin.quantity import si
from biotwin.session.facts import Fact
from biotwin.session.flight import Flight
from biotwin.session.inputs import Entry, SetMode, SetOutput, SetRecipeMode, StartPhase
from biotwin.session.scenario import Scenario, compile_scenario
from biotwin.session.script import pilot_entries

CONTENT = Path(__file__).resolve().parent.parent / "content"
SEED = 7
NEVER = 2**62
BEGINNING = 90_000
"""ms after a phase began in which a hand looks more often, where ``first`` says so."""


@dataclass(frozen=True)
class Round:
    """How often a hand looks at a loop (s), how much it corrects (output for the whole range), what it leaves alone."""

    every: float
    gain: float
    least: float


@dataclass(frozen=True)
class Hand:
    """``words``: the comment over the pilot. ``rounds`` by loop, ``*`` for the others. ``after``: s from a phase's
    start to the hand; ``first``: s between looks as a phase begins. ``starts``: s from a phase that is ready to its
    start by the operator; 0: the recipe stays in automatic.
    """

    words: str
    rounds: dict[str, Round]
    after: float = 4.0
    first: float = 0.0
    starts: float = 0.0

    def round(self, loop: str) -> Round:
        return self.rounds.get(loop, self.rounds["*"])


HOURS = {"*": Round(172_800, 0, 0.02), "aic103": Round(14_400, 0.06, 0.003), "aic102": Round(21_600, 0.2, 0.012),
         "tic101": Round(43_200, 0.3, 0.02)}
HANDS = {
    "seed-first-expansion": Hand(
        "Warmth, carbon dioxide and movement in the hand, each looked at twice a day; the passages as in wins.",
        {"*": Round(86_400, 0, 0.02), "tic301": Round(43_200, 0.5, 0.01), "aic302": Round(43_200, 0.3, 0.01)},
        starts=600),
    "first-batch": Hand(
        "Temperature, pH, oxygen and feed in the hand for fourteen days: a step where the instruments ask for one.",
        HOURS, after=60),
    "usp-set-up": Hand(
        "Every master in the hand from the leak test to the harvest: warmth, pH, oxygen, feed, a round each few hours.",
        {**HOURS, "sic101": Round(14_400, 0, 0.05), "fic110": Round(14_400, 0, 0.05)}, after=60, starts=600),
    "harvest-first-clarification": Hand(
        "Feed, bowl speed, the level of V-302 and the jacket in the hand, from the cooling to the isolation.",
        {"*": Round(1800, 0, 0.05), "lic302": Round(300, 1.0, 0.03), "sic301": Round(900, 0.3, 0.02),
         "fic301": Round(900, 0.3, 0.03), "tic301": Round(1200, 1, 0.1)}, starts=10),
    "capture-tired-resin": Hand(
        "The same, the pump set by hand on what FT-301 reads; in semi-automatic, each step started once it is ready.",
        {"*": Round(900, 0.5, 0.02)}, starts=10),
    "vi-line-hold": Hand(
        "Every loop and phase in the hand, from the fill to the end: pumps, stirrer, jacket, by AT-201 and the scales.",
        {"*": Round(1200, 0, 0.05), "aic201": Round(60, 1.5, 0.02), "aic202": Round(60, 1.5, 0.02)}, starts=10),
    "cex-wrong-buffer": Hand(
        "The same, the pump set by hand on what FT-401 reads, step after step.", {"*": Round(900, 0.5, 0.02)},
        starts=10),
    "vf-silent-fibre": Hand(
        "The same, with the tank's pressure held by hand on FV-401: a full stroke, then what the filtrate takes.",
        {"*": Round(300, 0.5, 0.004)}, after=2, first=10, starts=4),
    "ufdf-leaking-cassette": Hand(
        "The same hunt with crossflow, transmembrane pressure and tank weight in the hand throughout.",
        {"*": Round(1800, 0, 0.05), "fic301": Round(900, 0.5, 0.02), "pic301": Round(300, 0.5, 0.02),
         "wic301": Round(180, 2, 0.02), "wic302": Round(180, 2, 0.02)}, starts=10),
    "ds-first-freeze": Hand(
        "Stirrer and plates in the hand, from the dilution to the transfer: cold by the hour, warmth by the hour.",
        {"*": Round(3600, 0.3, 0.03)}, starts=60),
    "fill-first-lot": Hand(
        "Washer, tunnel, peroxide and dose in the hand: by AT-503, by the temperatures, by what the balance says.",
        {"*": Round(300, 0.3, 0.01), "wic505": Round(1200, 0, 0.02)}, starts=10),
    "lyo-first-cycle": Hand(
        "Shelf and chamber pressure in the hand for two days, by the probes and the two gauges.",
        {"*": Round(3600, 0.3, 0.02), "tic301": Round(1800, 0.5, 0.02), "pic301": Round(1800, 0.3, 0.01)},
        after=30, starts=60),
}
"""Two are written by hand: the infusion, whose doses are counted, and the first virus filtration, whose gas keeps its
pressure by itself."""


def regulating(plant: Plant, phase: str) -> set[str]:
    """The loops that a phase puts in automatic."""
    return {tag for tag, wanted in plant.unit.phases[phase].loops.items() if wanted.mode == "automatic"}


class Usual:
    """What the pilot ``wins`` needed of each loop, by phase and by the time since it began."""

    def __init__(self, scenario: Scenario, loops: list[str]) -> None:
        plant = scenario.plant
        flight = Flight.begin(scenario, SEED, also=tuple(f"{loop}.output" for loop in loops))
        facts = flight.run(None, pilot_entries(scenario, "wins"))
        self.time, outputs = flight.recorder.columns_of([plant.address(f"{loop}.output") for loop in loops])
        self.outputs = {loop: outputs[:, i].astype(float) for i, loop in enumerate(loops)}
        started = [(f.time, plant.short(f.subject)) for f in facts if f.kind == "phase_started"]
        self.phases = [(scenario.start_time, scenario.start_phase), *started]
        self.end = scenario.duration

    def output(self, loop: str, phase: str, nth: int, window: tuple[float, float]) -> float:
        """The mean output in a window (ms) of the nth phase of that name; where there was none, of the last."""
        places = [i for i, (_, name) in enumerate(self.phases) if name == phase]
        if not places:
            return float(self.outputs[loop][-1])
        i = places[min(nth, len(places) - 1)]
        begin = self.phases[i][0]
        end = self.phases[i + 1][0] if i + 1 < len(self.phases) else self.end
        low, high = min(begin + window[0], end - 1), min(begin + window[1], end)
        rows = (self.time > low) & (self.time <= max(high, low + 1))
        near = min(int(np.searchsorted(self.time, low)), self.time.size - 1)
        return float(self.outputs[loop][rows].mean() if rows.any() else self.outputs[loop][near])


@dataclass
class Seat:
    """A flight by hand as it goes: which loops are in the hand, when each is looked at next, what was done."""

    scenario: Scenario
    hand: Hand
    usual: Usual
    flight: Flight
    loops: list[str]
    phase: str = ""
    since: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    """Loop in the hand -> when it is looked at next, ms."""
    coming: dict[str, int] = field(default_factory=dict)
    """Loop that regulates by itself -> when the hand takes it, ms."""
    last: dict[str, float] = field(default_factory=dict)
    rows: list[tuple[int, str]] = field(default_factory=list)
    start: int = NEVER
    """When the phase that is ready is started, ms."""

    def entered(self, phase: str, time: int) -> None:
        """What a phase changes: loops go to automatic, or stand in manual as the recipe wants them."""
        self.phase, self.since, self.start = phase, time, NEVER
        self.seen[phase] = self.seen.get(phase, -1) + 1
        due, plant = time + int(self.hand.after * 1000), self.scenario.plant
        for loop in self.loops:
            wanted = plant.unit.phases[phase].loops.get(loop)
            if wanted is not None and wanted.mode:
                self.held.pop(loop, None)
                self.coming.pop(loop, None)
            elif loop in self.held:
                self.held[loop] = due
        self.coming |= dict.fromkeys(sorted(regulating(plant, phase) & set(self.loops)), due)

    def heard(self, facts: list[Fact]) -> None:
        for fact in facts:
            if fact.kind == "phase_started":
                self.entered(self.scenario.plant.short(fact.subject), fact.time)
            elif fact.kind == "phase_ready":
                self.start = fact.time + int(self.hand.starts * 1000)

    def begin(self) -> None:
        """Take over the recipe, too, where the hand does."""
        if self.hand.starts:
            self.flight.do(SetRecipeMode("semi_automatic"))
            self.rows.append((self.flight.time, "kind: set_recipe_mode, mode: semi_automatic"))

    def started(self) -> None:
        """Start the phase that is ready; where its condition has gone again, look a little later."""
        if self.start > self.flight.time:
            return
        ready = self.flight.observe().ready
        if ready < 0:
            self.start = self.flight.time + int(self.hand.starts * 1000)
            return
        phase = self.scenario.plant.phases[ready]
        self.rows.append((self.flight.time, f"kind: start_phase, phase: {phase}"))
        self.heard(self.flight.do(StartPhase(phase)))

    def act(self, entry: Entry) -> None:
        """An input of ``wins``, but for what it does to a loop that is in the hand."""
        item = entry.input
        if isinstance(item, (SetMode, SetOutput)) and (loop := self.scenario.plant.short(item.loop)) in self.loops:
            if loop not in self.coming:
                self.held.setdefault(loop, self.flight.time)
            return
        if isinstance(item, StartPhase) and not self.may_start(item.phase):
            return
        self.heard(self.flight.do(item))
        words = self.scenario.description.pilots["wins"][entry.number - 1].input
        self.rows.append((self.flight.time, ", ".join(f"{name}: {_plain(value)}" for name, value in words.items())))

    def may_start(self, phase: str) -> bool:
        """Whether the recipe lists it as next of the phase in which the seat now is, which may be another than then."""
        return phase in self.scenario.plant.unit.phases[self.phase].next

    def look(self) -> None:
        """Take what has to be taken, move what has to be moved."""
        now, fresh = self.flight.time, set()
        for loop in [name for name, due in self.coming.items() if due <= now]:
            del self.coming[loop]
            address = self.scenario.plant.address(loop)
            self.flight.do(SetMode(address, "manual"))
            self.rows.append((now, f"kind: set_mode, loop: {address}, mode: manual"))
            self.held[loop] = now
            fresh.add(loop)
        for loop in [name for name, due in self.held.items() if due <= now]:
            self._move(loop, loop in fresh)

    def _move(self, loop: str, fresh: bool) -> None:
        now, turn = self.flight.time, self.hand.round(loop)
        after = now - self.since
        every = 1000 * (self.hand.first if self.hand.first and after < BEGINNING else turn.every)
        output = self.usual.output(loop, self.phase, self.seen[self.phase], (after, after + every))
        output += turn.gain * self._error(loop) if turn.gain else 0.0
        ends = [v for o in self.scenario.plant.unit.loops[loop].outputs for v in (o.from_, o.to)]
        output = round(min(max(output, min(ends)), max(ends)), 4 if abs(output) < 0.1 else 3)
        self.held[loop] = now + int(every)
        if fresh or abs(output - self.last.get(loop, np.inf)) > turn.least:
            address = self.scenario.plant.address(loop)
            self.flight.do(SetOutput(address, output))
            self.rows.append((now, f"kind: set_output, loop: {address}, value: {output:g}"))
            self.last[loop] = output

    def _error(self, loop: str) -> float:
        """How far the instrument reads from the set-point, as a share of its range, signed as the output goes."""
        plant, seen = self.scenario.plant, self.flight.observe()
        described = plant.unit.loops[loop]
        if not described.measures:
            return 0.0
        low, high = (si(end, plant.measured[described.measures])
                     for end in plant.unit.instruments[described.measures].range)
        read = seen.values[list(plant.unit.instruments).index(described.measures)]
        wanted = seen.loops[list(plant.unit.loops).index(loop)].setpoint
        return (read - wanted if described.direct else wanted - read) / (high - low)


def _plain(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def flown(scenario: Scenario, hand: Hand) -> list[tuple[int, str]]:
    """Fly it by hand: when (ms), and each input in the words of ``scenario.yaml``."""
    plant = scenario.plant
    standing = {tag for tag, loop in plant.unit.loops.items() if loop.mode == "automatic"}
    waiting = pilot_entries(scenario, "wins")
    given = {plant.short(e.input.loop) for e in waiting if isinstance(e.input, SetMode) and e.input.mode == "automatic"}
    loops = sorted(standing.union(given, *(regulating(plant, phase) for phase in plant.phases)))
    seat = Seat(scenario, hand, Usual(scenario, loops), Flight.begin(scenario, SEED), loops)
    seat.entered(scenario.start_phase, scenario.start_time)
    seat.begin()
    seat.coming |= dict.fromkeys(sorted(standing), scenario.start_time + int(hand.after * 1000))
    while True:
        times = [*seat.coming.values(), *seat.held.values(), *(e.time for e in waiting[:1]), seat.start,
                 scenario.duration]
        until = min(time for time in times if time > seat.flight.time)
        seat.heard(seat.flight.advance(until, stop_on=frozenset({"phase_started", "phase_ready", "lot_ended"})))
        if seat.flight.ended:
            break
        while waiting and waiting[0].time <= seat.flight.time:
            seat.act(waiting.pop(0))
        seat.started()
        if not seat.flight.ended:
            seat.look()
    return seat.rows


def written(rows: list[tuple[int, str]], hand: Hand, *, hours: bool) -> list[str]:
    """The pilot's lines; times are cut, not rounded, so that they fall on the same tick."""
    unit, length = ("h", 3.6e6) if hours else ("min", 6e4)
    lines = [f"  # {hand.words}", "  by_hand:"]
    return lines + [f"    - {{at: {int(time / length * 1e4) / 1e4:.10g} {unit}, input: {{{words}}}}}"
                    for time, words in rows]


def put(path: Path, pilot: list[str]) -> None:
    """Replace the pilot of that name in a scenario's file, or add it as the last one."""
    lines = path.read_text(encoding="utf-8").split("\n")
    begin = lines.index("pilots:")
    end = next(i for i in range(begin + 1, len(lines)) if lines[i] and not lines[i].startswith(" "))
    block = lines[begin:end]
    if "  by_hand:" in block:
        at = block.index("  by_hand:")
        after = next((i for i in range(at + 1, len(block)) if not block[i].startswith("    ")), len(block))
        while block[at - 1].startswith("  #"):
            at -= 1
        block = block[:at] + block[after:]
    path.write_text("\n".join(lines[:begin] + block + pilot + lines[end:]), encoding="utf-8")


def main(names: list[str]) -> int:
    """Fly each scenario named (or all) by hand and write it down."""
    for name in names or HANDS:
        scenario = compile_scenario(CONTENT / "scenarios" / name, CONTENT / "plants")
        rows = flown(scenario, HANDS[name])
        put(scenario.folder / "scenario.yaml", written(rows, HANDS[name], hours=scenario.duration > 2 * 86_400_000))
        print(f"{name}: {len(rows)} inputs")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
