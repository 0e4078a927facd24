/** The desk in fixed-time mode: the same panels, fed by what was recorded, at any time of the flight. */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals-core";
import type { Debrief, Run } from "../../debrief-document";
import type { AlarmValue, Clock, Console, Fact, Frame, LoopValue } from "../../protocol";
import type { Language } from "../../show/format";
import { Screen, type Desk } from "../../state/desk";
import { Index } from "../../state/index";
import { recipeAt } from "../../state/recipe";
import { Story } from "../../state/story";
import { ACKNOWLEDGED, RETURNED, SHELVED, UNACKNOWLEDGED } from "../../state/reading";
import { Golden, httpHistory, indexAt, type History, type HistorySource } from "../../wire/history";

export interface FixedDesk extends Desk {
  readonly document: Debrief;
  readonly time: Signal<number>;
  readonly mine: Run;
}

const MODES = ["manual", "automatic", "cascade"];
const BUCKETS = 2000;
const TAGS = 40;
const RUNS = ["mine", "nothing", "reference", "truth"] as const;

/** Recorded columns of every instrument over the whole flight. */
export async function recorded(source: HistorySource, console: Console, { start, end }: Debrief): Promise<History> {
  const tags = console.instruments.map((one) => one.address);
  const parts: History[] = [];
  for (let at = 0; at < tags.length; at += TAGS) parts.push(await source.read(tags.slice(at, at + TAGS), { from: start, to: end }, BUCKETS));
  return { time: parts[0]?.time ?? new Float64Array(0), columns: new Map(parts.flatMap((one) => [...one.columns])) };
}

export interface Fixed {
  readonly session: string;
  readonly base: string;
  readonly console: Console;
  readonly document: Debrief;
  readonly history: History;
  readonly golden: string;
}

export function fixedDesk({ session, base, console, document, history, golden }: Fixed): FixedDesk {
  const index = new Index(console, new Map(document.malfunctions.map((one) => [one.address, one.title])));
  const mine = document.runs.find((one) => one.run === "mine") ?? document.runs[0]!;
  const time = signal(document.left);
  const seen = computed(() => mine.facts.filter((fact) => fact.time <= time.value && !fact.hidden));
  const story: ReadonlySignal<Story> = computed(() => new Story(index, seen.value));
  const frame = computed(() => frameAt(index, history, seen.value, time.value)) as unknown as Signal<Frame | null>;
  const clock = computed((): Clock => ({ type: "clock", seq: 0, time: time.value, running: false, speed: 1, reason: "" })) as unknown as Signal<Clock>;
  const lines = computed(() => document.journal.filter((one) => one.time <= time.value).reverse()
    .map(({ input, number, time: at }) => ({ input, answer: { type: "ack" as const, id: "", number, time: at } }))) as unknown as Desk["lines"];
  const screen = new Screen();
  const width = document.end - document.start;
  screen.window.value = { width: width * 1.02, end: document.end + width * 0.01 };
  return {
    console, index, document, time, mine, screen, session, base, frame, clock, lines,
    language: console.language as Language, mode: "debrief", seat: "",
    connection: signal("live" as const), pace: signal(1), paces: [], mayCommand: signal(false), recent: [],
    get story() { return story.value; },
    runs: new Map(RUNS.map((run) => [run, httpHistory(base, run)])),
    golden: golden ? new Golden(golden) : null,
    command: () => Promise.resolve({ type: "refused", id: "", code: "debrief", text: "" }),
    freeze: () => undefined,
    run: () => undefined, resume: () => undefined,
  };
}

/** What the seat saw at `time`, from the recorded columns and the facts so far. */
export function frameAt(index: Index, history: History, facts: readonly Fact[], time: number): Frame {
  const at = indexAt(history.time, time);
  const values = index.console.instruments.map((one) => {
    const column = history.columns.get(one.address);
    return column && at >= 0 ? (column.low[at]! + column.high[at]!) / 2 : NaN;
  });
  const phases = facts.filter((fact) => fact.kind === "phase_started");
  const phase = phases.at(-1);
  return {
    type: "frame", time, values, qualities: values.map((one) => (Number.isFinite(one) ? 0 : 2)),
    loops: loopsAt(index, facts), alarms: alarmsAt(index, facts), interlocks: [],
    phase: index.console.phases.findIndex((one) => one.slug === phase?.subject.split("/").at(-1)), phase_since: phase?.time ?? 0, ...recipeAt(index.console, facts), cost: 0,
  };
}

/** Modes, set-points and outputs as they were last said; what was never said is unknown. */
function loopsAt(index: Index, facts: readonly Fact[]): readonly LoopValue[] {
  const state = index.console.loops.map((loop) => ({ mode: Math.max(0, MODES.indexOf(loop.modes.includes("automatic") ? "automatic" : "manual")), setpoint: NaN, output: NaN }));
  for (const fact of facts) {
    const one = state[index.loop.get(fact.subject) ?? -1];
    if (!one) continue;
    if (fact.kind === "mode_changed") one.mode = fact.value ?? 0;
    if (fact.kind === "setpoint_changed") one.setpoint = fact.value ?? NaN;
    if (fact.kind === "output_changed") one.output = fact.value ?? NaN;
  }
  return state.map((one): LoopValue => [one.mode, one.setpoint, one.output, false]);
}

/** Alarms that stood, by their ISA-18.2 transitions. */
function alarmsAt(index: Index, facts: readonly Fact[]): readonly AlarmValue[] {
  const standing = new Map<number, { state: number; since: number; value: number }>();
  for (const fact of facts) {
    const at = index.alarm.get(fact.subject);
    if (at === undefined) continue;
    const one = standing.get(at);
    if (fact.kind === "alarm_raised") standing.set(at, { state: UNACKNOWLEDGED, since: fact.time, value: fact.value ?? NaN });
    else if (fact.kind === "alarm_acknowledged") acknowledge(standing, at);
    else if (fact.kind === "alarm_shelved") standing.set(at, { state: SHELVED, since: fact.time, value: one?.value ?? NaN });
    else if (fact.kind === "alarm_unshelved") standing.delete(at);
    else if (fact.kind === "alarm_returned" && one?.state === UNACKNOWLEDGED) standing.set(at, { ...one, state: RETURNED });
    else if (fact.kind === "alarm_returned" && one?.state === ACKNOWLEDGED) standing.delete(at);
  }
  return Array.from(standing, ([at, one]): AlarmValue => [at, one.state, one.since, one.value]);
}

function acknowledge(standing: Map<number, { state: number; since: number; value: number }>, at: number): void {
  const one = standing.get(at);
  if (one?.state === RETURNED) standing.delete(at);
  else if (one) standing.set(at, { ...one, state: ACKNOWLEDGED });
}
