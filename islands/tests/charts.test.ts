import { expect, test } from "vitest";
import { steps } from "../src/panels/curves-plot";
import type { ControlRow, Fact, SamplingPoint } from "../src/protocol";
import { between, blocks, cycles, kept, passed, phases, runs, samples, verdict, within } from "../src/state/charts";
import type { Desk } from "../src/state/desk";
import { known } from "../src/state/points";
import type { Pending, Result } from "../src/state/story";

const fact = (time: number, kind: string, phase: string): Fact => ({ time, kind, subject: `dsp/pa301/${phase}`, value: 0 } as unknown as Fact);
const RECIPE = [fact(10, "phase_ended", "equilibrate"), fact(10, "phase_started", "load"), fact(30, "phase_ended", "load"), fact(30, "phase_started", "elute"),
  fact(40, "phase_started", "collect"), fact(50, "phase_started", "elute"), fact(60, "phase_started", "equilibrate"), fact(90, "phase_started", "end_of_lot")];

test("a constant flow passes its volume, a backward or unknown one nothing", () => {
  const time = [0, 1000, 2000, 4000];
  expect(passed(time, [0.5, 0.5, 0.5, 0.5])).toEqual([0, 0.5, 1, 2]);
  expect(passed(time, [-1, -1, null, null])).toEqual([0, 0, 0, 0]);
  expect(passed(time, [0, 1, 1, 1]).at(-1)).toBeCloseTo(3.5);
  expect(passed([], [])).toEqual([]);
});

test("volume at a time lies between those of its neighbours", () => {
  expect([-5, 0, 500, 1500, 9000].map((at) => between([0, 1000, 2000], [0, 10, 30], at))).toEqual([0, 0, 5, 20, 30]);
});

test("the phase that a flight began with is known by its end, or by what stands", () => {
  expect(phases(RECIPE, 100).map(({ phase, from, to }) => [phase, from, to])).toEqual([
    ["equilibrate", 0, 10], ["load", 10, 30], ["elute", 30, 40], ["collect", 40, 50], ["elute", 50, 60], ["equilibrate", 60, 90], ["end_of_lot", 90, 100]]);
  expect(phases([], 7, "load")).toEqual([{ phase: "load", title: "", from: 0, to: 7 }]);
  expect(phases(RECIPE, 35).map(({ phase }) => phase)).toEqual(["equilibrate", "load", "elute"]);
});

test("neighbours of one name are one block, a phase without a name is none", () => {
  const named = [{ address: "load", title: "Load" }, { address: "elute", title: "Elution" }, { address: "collect", title: "Elution" }];
  expect(blocks(phases(RECIPE, 100), named).map(({ title, from, to }) => [title, from, to])).toEqual([["Load", 10, 30], ["Elution", 30, 60]]);
});

test("a cycle begins with its phase and ends with the next, or with the lot", () => {
  const whole = { from: 0, to: 100 };
  expect(cycles(phases(RECIPE, 100), "equilibrate", whole)).toEqual([{ from: 0, to: 60 }, { from: 60, to: 90 }]);
  expect(cycles(phases(RECIPE, 100), "", whole)).toEqual([whole]);
  expect(cycles([], "equilibrate", whole)).toEqual([whole]);
});

test("what was kept is where the valve stood open", () => {
  expect(kept([0, 1, 2, 3, 4, 5, 6], [0, 0, 1, 1, 0, 1, 1], 0.5)).toEqual([{ from: 2, to: 4 }, { from: 5, to: 6 }]);
  expect(kept([0, 1], [null, 0], 0.5)).toEqual([]);
});

test("rows inside a stretch, its ends included", () => {
  expect(within([0, 10, 20, 30], { from: 10, to: 20 })).toEqual([1, 3]);
  expect(within([0, 10], { from: 11, to: 20 })).toEqual([0, 0]);
});

const ROW: ControlRow = { instrument: 0, title: "", centre: 5, warning_low: 4, warning_high: 6, action_low: 3, action_high: 7, reference: "", times: 1 };

test("a sample each time the count passes a multiple; a row that jumps several gives one", () => {
  const found = samples([1, 2, 3, 4, 5], [59, 60, 100, 300, 310], [1, 2, 3, 4, 5], 60);
  expect(found).toEqual([{ count: 60, time: 2, value: 2 }, { count: 300, time: 4, value: 4 }]);
  expect(samples([1, 2], [60, null], [null, 3], 60)).toEqual([]);
});

test.each([[5, "in"], [4, "in"], [3.9, "warning"], [6.1, "warning"], [2.9, "action"], [7.1, "action"]])("%d is %s", (value, says) => {
  expect(verdict(ROW, value)).toBe(says);
  expect(verdict({ ...ROW, warning_low: null, warning_high: null, action_low: null, action_high: null }, value)).toBe("in");
});

test("a run is told once, when it comes to its length, and a change of side begins another", () => {
  const at = (values: readonly number[]): number[] => [...runs(values.map((value, i) => ({ count: i, time: i, value })), 5, 3)];
  expect(at([4, 4, 4, 4])).toEqual([2]);
  expect(at([4, 4, 6, 6, 6, 5, 6, 6])).toEqual([4]);
  expect([...runs([], null)]).toEqual([]);
});

test.each([[0, 2600, 600], [0, 1, 100], [-60, 40, 500], [1.2, 1.9, 300], [2, 14, 200]])("steps from %d to %d are round and lie apart", (from, to, width) => {
  const found = steps(from, to, width, 40);
  expect(found.length).toBeGreaterThan(1);
  expect(found.every((one) => one >= from - 1e-9 && one <= to + 1e-9)).toBe(true);
  const step = found[1]! - found[0]!;
  expect((step / (to - from)) * width).toBeGreaterThanOrEqual(39.99);
  expect([1, 2, 5]).toContain(Math.round(step / 10 ** Math.floor(Math.log10(step) + 1e-9)));
});

// --- what a sampling point may say ---------------------------------------------------------------------------------------

const PLATE: SamplingPoint = { mark: "S1", kind: "settle", title: "", x: 0, y: 0, instrument: -1, analyte: "a.plates.settle", station: "a/isolator", verb: "", laid: "lay_plates", alert: null, action: 0.9, note: "" };

function desk(told: { facts?: readonly Fact[]; pending?: readonly Pending[]; results?: readonly Result[] }): Desk {
  const results = told.results ?? [];
  return {
    language: "fr", index: { analyte: new Map([["a.plates.settle", { analyser: { address: "a.plates" } }]]) },
    story: { facts: told.facts ?? [], pending: told.pending ?? [], latest: new Map(results.map((one) => [one.analyte, one])) },
  } as unknown as Desk;
}

const result = (value: number, sampled: number): Result => ({ analyte: "a.plates.settle", value, sampled, ready: sampled + 1, error: 0, quality: 0, sign: "" });
const report = (time: number, verb: string): Fact => ({ time, kind: "field_report", subject: "a/isolator", value: 0, detail: { verb, fr: "Tous les gants tiennent.", en: "" } } as unknown as Fact);

test("a plate lies open, incubates without a count, and is read against its limit", () => {
  expect(known(desk({}), PLATE)).toMatchObject({ state: "laid", value: null, time: 0 });
  expect(known(desk({ facts: [report(5, "lay_plates")] }), PLATE)).toMatchObject({ state: "laid", time: 5 });
  expect(known(desk({ pending: [{ analyser: "a.plates", taken: 7, due: 99 }] }), PLATE)).toMatchObject({ state: "incubating", value: null, time: 99 });
  expect(known(desk({ results: [result(3, 7)] }), PLATE)).toMatchObject({ state: "read", value: 3, grade: "action" });
});

test("half a colony is none, and a plate that was laid after the count hides it", () => {
  expect(known(desk({ results: [result(0.5, 7)] }), PLATE)).toMatchObject({ state: "read", value: 0, grade: "plain" });
  expect(known(desk({ results: [result(3, 7)], facts: [report(8, "lay_plates")] }), PLATE)).toMatchObject({ state: "laid", value: null });
});

test("a check says its last report, what is not simulated says so", () => {
  const glove = { ...PLATE, kind: "glove", analyte: "", verb: "test_gloves", laid: "" };
  expect(known(desk({}), glove)).toMatchObject({ state: "due" });
  expect(known(desk({ facts: [report(5, "test_gloves")] }), glove)).toMatchObject({ state: "told", time: 5, words: "Tous les gants tiennent." });
  expect(known(desk({}), { ...PLATE, analyte: "", laid: "", note: "not computed" })).toMatchObject({ state: "unknown", value: null, words: "not computed" });
});
