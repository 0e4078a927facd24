import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Goal, Run } from "../src/debrief-document";
import { steps } from "../src/islands/debrief/waterfall";
import type { Console, Fact } from "../src/protocol";
import { useWords } from "../src/show/strings";
import type { Desk } from "../src/state/desk";
import { errands } from "../src/state/errands";
import { Index } from "../src/state/index";
import { penOf } from "../src/state/pens";
import { Story } from "../src/state/story";
import { against, saturation, sentence, type LoopState } from "../src/state/reading";
import { factSentence } from "../src/state/words";

const root = resolve(import.meta.dirname, "..");
const table = JSON.parse(readFileSync(resolve(root, "strings.json"), "utf8")) as Record<string, { fr: string; en: string }>;
const format = { unit: "°C", scale: 1, offset: -273.15, digits: 1 };
const instrument = (name: string) => ({ address: `u/${name}`, tag: name, title: name, kind: "sensor", group: "g", format, low: 273, high: 330, band: 0, limits: [] });
const loop = { address: "u/tic", tag: "TIC", title: "", instrument: 0, modes: [], format, setpoint_low: 273, setpoint_high: 330, output_low: 0, output_high: 1, outputs: [] };
const doc = {
  instruments: [instrument("tt"), instrument("at")], loops: [loop], alarms: [], interlocks: [], phases: [], questions: [], analysers: [],
  field: [{ address: "u/bag", title: "Bag", kind: "port", verbs: [{ verb: "read", title: "Read", duration: 120_000, cost: 0, arguments: [] }] }],
} as unknown as Console;
const index = new Index(doc, new Map([["u/tt.drift", "Drift of TT"]]));
const kinds = [.../export type FactKind = (.*);/.exec(readFileSync(resolve(root, "src/protocol.ts"), "utf8"))![1]!.matchAll(/"(\w+)"/g)].map((found) => found[1]!);

describe.each(["fr", "en"] as const)("in %s", (language) => {
  beforeAll(() => { useWords(Object.fromEntries(Object.entries(table).map(([key, both]) => [key, both[language]]))); });

  test("every kind of fact has a sentence", () => {
    expect(kinds.length).toBeGreaterThan(20);
    for (const kind of kinds) expect(factSentence(index, { time: 0, kind, subject: "u/tt" }, language)).not.toMatch(/\w_\w|undefined|\{/);
  });

  test("each level of a limit has words of its own, going out and coming back", () => {
    const levels = ["normal_operating_range", "proven_acceptable_range", "critical", "alert", "action", "golden"];
    const said = levels.flatMap((level) => ["limit_crossed", "limit_restored"].map((kind) => factSentence(index, { time: 0, kind, subject: "u/tt", value: 311.65, detail: { level } }, language)));
    expect(new Set(said).size).toBe(12);
    for (const one of said) expect(one).toContain(language === "fr" ? "38,5\u202f°C" : "38.5\u202f°C");
  });
});

test("a malfunction is named by its title, never by its address", () => {
  expect(factSentence(index, { time: 0, kind: "malfunction_changed", subject: "u/tt.drift", value: 0.5 }, "en")).toContain("Drift of TT");
});

test("a set-point shares the scale of what it measures; other pens have their own", () => {
  const scale = (address: string) => penOf(index, address, { setpoint: "SP", output: "OP" })?.scale;
  expect(scale("u/tic.setpoint")).toBe(scale("u/tt"));
  expect(new Set(["u/tt", "u/at", "u/tic.output"].map(scale)).size).toBe(3);
});

test("somebody who was sent is under way until the report of that errand comes", () => {
  const sent = (number: number, time: number) => ({ input: { kind: "field_action" as const, station: "u/bag", verb: "read", argument: "" }, answer: { type: "ack" as const, id: "", number, time } });
  const report = (time: number): Fact => ({ time, kind: "field_report", subject: "u/bag", detail: { verb: "read", argument: "" } });
  const at = (...facts: Fact[]) => errands({ index, lines: { value: [sent(2, 300_000), sent(1, 0)] }, story: new Story(index, facts) } as unknown as Desk).map((one) => one.due);
  expect(at()).toEqual([120_000, 420_000]);
  expect(at(report(120_000))).toEqual([420_000]);
  expect(at(report(120_000), report(420_500))).toEqual([]);
});

test("what could not be drawn is told until a sample is asked for again", () => {
  const analyser = (slug: string) => ({ address: `u/${slug}`, title: slug, delay: 1, analytes: [] });
  const sampled = new Index({ ...doc, analysers: [analyser("force"), analyser("water")] } as unknown as Console, new Map());
  const refused = (time: number, subject: string): Fact => ({ time, kind: "input_refused", subject, detail: { reason: "nothing_to_sample" } });
  const taken = (time: number, analysers: string): Fact => ({ time, kind: "sample_taken", subject: "u/port", detail: { analysers } });
  const left = (...facts: Fact[]) => new Story(sampled, facts).undrawn.map((one) => one.subject);
  expect(left(refused(5, "u/force"))).toEqual(["u/force"]);
  expect(left(refused(5, "u/force"), refused(5, "u/water"), refused(5, "u/force"))).toEqual(["u/water", "u/force"]);
  expect(left(refused(5, "u/force"), taken(5, "water"))).toEqual(["u/force"]);
  expect(left(refused(5, "u/force"), taken(9, "force"))).toEqual([]);
  expect(left(refused(5, "u/tic"))).toEqual([]);
});

test("the waterfall leads from doing nothing to my score, goal by goal", () => {
  const goal = (slug: string, weight: number) => ({ slug, title: slug, weight }) as Goal;
  const run = (score: number, ...marks: number[]) => ({ score, marks: marks.map((one, i) => ({ slug: "ab"[i]!, value: 0, score: one })) }) as unknown as Run;
  const found = steps([goal("a", 3), goal("b", 1)], run(0.5, 0.5, 0.5), run(0.6, 0.8, 0), { nothing: "n", mine: "m" });
  expect(found.map(({ from, to }) => [from, to].map((one) => Math.round(one * 10) / 10))).toEqual([[0, 50], [50, 72.5], [72.5, 60], [0, 60]]);
});

describe("an alarm in words", () => {
  beforeAll(() => { useWords(Object.fromEntries(Object.entries(table).map(([key, both]) => [key, both.fr]))); });
  const element = (title: string, unit: string, high: number, scale = 1) => ({ address: title, title, format: { unit, scale, offset: 0, digits: 0 }, from_: 0, to: 1, low: 0, high });
  const alarm = (condition: string) => ({ address: `u/${condition}`, tag: "TT", title: "", priority: 2, instrument: 0, condition, threshold: 309.15 });
  const deskWith = (outputs: unknown[], mode = 1) => {
    const document_ = { ...doc, loops: [{ ...loop, outputs }], alarms: ["low", "deviation", "bad_quality"].map(alarm) } as unknown as Console;
    const frame = { values: [307.75, 0], qualities: [0, 0], loops: [[mode, 310.15, 0.5, false]], alarms: [], phase: 0 };
    return { console: document_, index: new Index(document_), language: "fr", frame: { value: frame } } as unknown as Desk;
  };
  const stands = (desk: Desk, i: number) => ({ alarm: desk.console.alarms[i]!, state: 1, since: 0, value: 307.75 });
  const state = (limited: boolean): LoopState => ({ mode: "automatic", setpoint: 310.15, output: 0.5, limited });

  test("an absolute alarm tells its limit whatever the loop does, a deviation its set-point", () => {
    const desk = deskWith([]);
    expect(against(desk, stands(desk, 0))).toBe("34,6\u202f°C, limite 36,0\u202f°C");
    expect(against(desk, stands(desk, 1))).toBe("34,6\u202f°C pour 37,0\u202f°C");
    expect(against(deskWith([], 0), stands(desk, 1))).toBe("34,6\u202f°C");
    expect(against(desk, stands(desk, 2))).toBe("signal de mauvaise qualité");
  });

  test("a flow says how much of it is used; a set-point of another loop says only that it is at its limit", () => {
    const told = (outputs: unknown[], limited = false) => { const desk = deskWith(outputs); return saturation(desk, desk.console.loops[0]!, state(limited)); };
    expect(told([element("Oxygène", "L/min", 0.001, 60_000)])).toBe("Oxygène à 30\u202fL/min sur 60");
    expect(told([element("Double enveloppe", "°C", 328)])).toBe("");
    expect(told([element("Double enveloppe", "°C", 328)], true)).toBe("Double enveloppe à sa limite");
    const desk = deskWith([element("Double enveloppe", "°C", 328)]);
    expect(sentence(desk, stands(desk, 0), 60_000)).toBe("34,6\u202f°C, limite 36,0\u202f°C · depuis 1\u202fmin");
  });
});
