import { expect, test } from "vitest";
import { frameAt } from "../src/islands/debrief/fixed-desk";
import type { Alarm, Console, Fact, Instrument } from "../src/protocol";
import { Index } from "../src/state/index";

const instrument = { address: "u/tt1", tag: "TT-1", title: "", kind: "sensor", group: "", format: { unit: "", scale: 1, offset: 0, digits: 1 }, low: 0, high: 1, band: 0, limits: [] } satisfies Instrument;
const alarm = { address: "u/tah1", tag: "TT-1", title: "", priority: 2, instrument: 0, condition: "high", threshold: 1, response: { cause: "", consequence: "", action: "", time: 0 } } satisfies Alarm;
const index = new Index({
  instruments: [instrument], alarms: [alarm], analysers: [], field: [], interlocks: [], questions: [],
  loops: [{ address: "u/tic1", tag: "TIC-1", title: "", instrument: 0, modes: ["manual", "automatic"], format: instrument.format, setpoint_low: 0, setpoint_high: 1, output_low: 0, output_high: 1, outputs: [] }],
  phases: [{ slug: "grow", title: "", instruction: "", next: [], scan: 10_000 }, { slug: "feed", title: "", instruction: "", next: [], scan: 10_000 }],
} as unknown as Console);
const history = { time: Float64Array.of(0, 1000, 2000), columns: new Map([["u/tt1", { low: Float32Array.of(1, 2, 3), high: Float32Array.of(1, 4, 5) }]]) };
const fact = (time: number, kind: string, subject: string, value = 0): Fact => ({ time, kind, subject, value });
const at = (time: number, ...facts: Fact[]) => frameAt(index, history, facts.filter((one) => one.time <= time), time);

test("values are those recorded last; before the first record there is none", () => {
  expect(at(1500).values).toEqual([3]);
  expect([at(-1).values[0], at(-1).qualities[0]]).toEqual([NaN, 2]);
});

test("an alarm goes through its ISA-18.2 states in both orders", () => {
  const [raised, acknowledged, returned] = [fact(100, "alarm_raised", "u/tah1", 7), fact(200, "alarm_acknowledged", "u/tah1"), fact(300, "alarm_returned", "u/tah1")];
  expect(at(150, raised).alarms).toEqual([[0, 1, 100, 7]]);
  expect(at(250, raised, acknowledged).alarms).toEqual([[0, 2, 100, 7]]);
  expect(at(350, raised, acknowledged, returned).alarms).toEqual([]);
  expect(at(350, raised, returned).alarms).toEqual([[0, 3, 100, 7]]);
  expect(at(450, raised, returned, fact(400, "alarm_acknowledged", "u/tah1")).alarms).toEqual([]);
});

test("modes, set-points and phases are as they were last said", () => {
  const facts = [fact(0, "phase_started", "grow"), fact(500, "setpoint_changed", "u/tic1", 0.4), fact(900, "mode_changed", "u/tic1", 0), fact(1000, "phase_started", "feed")];
  expect(at(600, ...facts).loops[0]).toEqual([1, 0.4, NaN, false]);
  expect([at(950, ...facts).loops[0]![0], at(950, ...facts).phase]).toEqual([0, 0]);
  expect([at(1000, ...facts).phase, at(1000, ...facts).phase_since]).toEqual([1, 1000]);
});
