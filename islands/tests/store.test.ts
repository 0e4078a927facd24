import { effect } from "@preact/signals-core";
import { expect, test, vi } from "vitest";
import type { Console, Fact, Frame } from "../src/protocol";
import { sinceScan } from "../src/state/desk";
import { Store } from "../src/state/store";

const analyte = (address: string) => ({ address, title: address, format: { unit: "", scale: 1, offset: 0, digits: 1 }, error: 0.02, headline: true, limits: [] });
const CONSOLE: Console = {
  language: "fr", scenario: "s", title: "", plant: "p", plant_title: "", digest: "", duration: 0, level: "", focus: [],
  brief: { role: "", goal: "", responsibility: "", recipe: "", limits: "", forbidden: "" },
  instruments: [], loops: [], alarms: [], interlocks: [], phases: [], field: [], charts: [], questions: [], glossary: {},
  analysers: [{ address: "u/cells", title: "", place: "", delay: 600_000, cost: 1, volume: 0, analytes: [analyte("u/cells.viable"), analyte("u/cells.viability")] }],
};
const frame = (time: number): Frame => ({ type: "frame", time, values: [], qualities: [], loops: [], alarms: [], interlocks: [], phase: 0, phase_since: 0, recipe_mode: 0, recipe_held: false, ready: -1, cost: 0 });
const fact = (seq: number, one: Partial<Fact> & Pick<Fact, "kind" | "subject">) => ({ type: "fact" as const, seq, fact: { time: seq * 1000, ...one } });
const made = () => {
  const resume = vi.fn();
  return { store: new Store(CONSOLE, resume), resume };
};

test("reliable messages are taken once, in order", () => {
  const { store, resume } = made();
  for (const seq of [1, 2, 2, 1, 3]) store.receive(fact(seq, { kind: "alarm_raised", subject: "a" }));
  expect(store.lastSeq).toBe(3);
  expect(store.story.facts.map((one) => one.time)).toEqual([1000, 2000, 3000]);
  expect(resume).not.toHaveBeenCalled();
});

test("a hole asks for a resumption and takes nothing until it is filled", () => {
  const { store, resume } = made();
  store.receive(fact(1, { kind: "alarm_raised", subject: "a" }));
  store.receive({ type: "clock", seq: 3, time: 0, running: true, speed: 60, reason: "asked" });
  expect(resume).toHaveBeenCalledOnce();
  expect([store.lastSeq, store.clock.value.speed]).toEqual([1, 1]);
  store.receive(fact(2, { kind: "alarm_raised", subject: "a" }));
  store.receive({ type: "clock", seq: 3, time: 0, running: true, speed: 60, reason: "asked" });
  expect([store.lastSeq, store.clock.value.speed]).toEqual([3, 60]);
});

test("an older frame never replaces a newer one", () => {
  const { store } = made();
  for (const time of [1000, 3000, 2000]) store.receive(frame(time));
  expect(store.frame.value?.time).toBe(3000);
  expect(store.recent.map((one) => one.time)).toEqual([1000, 3000]);
});

test("what is kept of live frames is bounded", () => {
  const { store } = made();
  for (let time = 0; time < 6000; time += 1) store.receive(frame(time));
  expect(store.recent.length).toBeLessThanOrEqual(4096);
  expect(store.recent.at(-1)?.time).toBe(5999);
});

test("between two scans the clock goes on, at its pace, at most to the next scan", () => {
  const phases = [{ slug: "grow", title: "", instruction: "", next: [], scan: 10_000 }];
  const at = (speed: number, waited: number, running = true): number =>
    sinceScan(phases, frame(60_000), { type: "clock", seq: 1, time: 0, running, speed, reason: "asked" }, waited);
  expect([at(1, 4000), at(10, 500), at(1, 60_000), at(1, 4000, false)]).toEqual([4000, 5000, 10_000, 0]);
});

test("readers of the story hear of each new fact", () => {
  const { store } = made();
  const seen: number[] = [];
  const stop = effect(() => { seen.push(store.story.facts.length); });
  store.receive(fact(1, { kind: "alarm_raised", subject: "a" }));
  store.receive(fact(1, { kind: "alarm_raised", subject: "a" }));
  stop();
  expect(seen).toEqual([0, 1]);
});

test("a sample is pending until its analyser answers; the result keeps its sample's time and stated error", () => {
  const { store } = made();
  store.receive(fact(1, { kind: "sample_taken", subject: "u/sample", detail: { analysers: "cells" } }));
  expect(store.story.pending).toEqual([{ analyser: "u/cells", taken: 1000, due: 601_000 }]);
  store.receive(fact(2, { kind: "result_ready", subject: "u/cells.viable", value: 14, time: 601_000, detail: { taken: 1000, error: 0.5, quality: 0 } }));
  expect(store.story.pending).toEqual([]);
  expect(store.story.latest.get("u/cells.viable")).toMatchObject({ value: 14, sampled: 1000, ready: 601_000, error: 0.5 });
});

test("what an analyser cannot read is less, or more, than its end", () => {
  const { store } = made();
  for (const [seq, beyond, said] of [[1, "below", "<\u202f"], [2, "above", ">\u202f"], [3, undefined, ""]] as const) {
    store.receive(fact(seq, { kind: "result_ready", subject: "u/cells.viable", value: 1, time: 601_000, detail: { taken: 1000, quality: 1, ...(beyond && { beyond }) } }));
    expect(store.story.latest.get("u/cells.viable")?.sign).toBe(said);
  }
});

test("a second sample stays pending when the first one's result arrives", () => {
  const { store } = made();
  for (const seq of [1, 2]) store.receive(fact(seq, { kind: "sample_taken", subject: "u/sample", detail: { analysers: "cells" } }));
  store.receive(fact(3, { kind: "result_ready", subject: "u/cells.viable", value: 1, time: 601_000, detail: { taken: 1000 } }));
  expect(store.story.pending.map((one) => one.taken)).toEqual([2000]);
});

test("alarms of the last ten minutes are counted", () => {
  const { store } = made();
  for (let seq = 1; seq <= 12; seq += 1) store.receive(fact(seq, { kind: "alarm_raised", subject: "a", time: seq * 60_000 }));
  expect(store.story.flood(12 * 60_000)).toBe(10);
});

const welcome = (seq: number, recovered: boolean) => ({ type: "welcome" as const, version: 1, session: "s", seat: "x", may_command: true, may_instruct: false, seq, recovered });

test("after a crash everything is told again: numbers that return and frames from earlier are taken", () => {
  const { store, resume } = made();
  for (const seq of [1, 2, 3]) store.receive(fact(seq, { kind: "alarm_raised", subject: "a" }));
  store.receive(frame(9000));
  store.receive(welcome(2, true));
  expect(resume).toHaveBeenCalledOnce();
  expect([store.lastSeq, store.frame.value, store.recent.length, store.story.facts.length]).toEqual([0, null, 0, 0]);
  store.receive(welcome(2, true));
  for (const seq of [1, 2, 3]) store.receive(fact(seq, { kind: "sample_taken", subject: "b" }));
  store.receive(frame(8000));
  expect(resume).toHaveBeenCalledOnce();
  expect(store.story.facts.map((one) => one.kind)).toEqual(["sample_taken", "sample_taken", "sample_taken"]);
  expect(store.frame.value?.time).toBe(8000);
});

test("a host that knows less than was told has lost its last second, even if the clock runs again", () => {
  const { store, resume } = made();
  for (const seq of [1, 2, 3]) store.receive(fact(seq, { kind: "alarm_raised", subject: "a" }));
  store.receive(welcome(3, false));
  expect([store.lastSeq, resume.mock.calls.length]).toEqual([3, 0]);
  store.receive(welcome(2, false));
  expect([store.lastSeq, resume.mock.calls.length]).toEqual([0, 1]);
});

test("my actions of before come from the journal, each once, below those of this page", () => {
  const { store } = made();
  const input = { kind: "acknowledge_alarm" as const, alarm: "a" };
  const kept = (number: number) => ({ input, answer: { type: "ack" as const, id: "", number, time: number } });
  store.note(input, kept(7).answer);
  store.note(input, { type: "refused", id: "", code: "c", text: "no" });
  store.journaled([kept(7), kept(4)]);
  expect(store.lines.value.map(({ answer }) => (answer.type === "ack" ? answer.number : answer.text))).toEqual(["no", 7, 4]);
});

test("a first frame from earlier than what is shown says that the host went back in time", () => {
  const { store, resume } = made();
  store.receive(welcome(0, false));
  for (const time of [1000, 9000]) store.receive(frame(time));
  store.receive(welcome(0, false));
  store.receive(frame(9000));
  store.receive(frame(8000));
  expect([store.frame.value?.time, resume.mock.calls.length]).toEqual([9000, 0]);
  store.receive(welcome(0, false));
  store.receive(frame(8000));
  expect([store.frame.value, resume.mock.calls.length]).toEqual([null, 1]);
  store.receive(welcome(0, false));
  store.receive(frame(8000));
  expect(store.frame.value?.time).toBe(8000);
});
