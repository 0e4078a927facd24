import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Recording } from "../src/panels/recording";
import type { Desk } from "../src/state/desk";
import type { History } from "../src/wire/history";

vi.mock("virtual:icons", () => ({ default: {} }));

const SPAN = { from: 0, to: 1000 };
const HISTORY = { time: new Float64Array(0), columns: new Map() } as unknown as History;

/** A desk whose reads are answered by hand, in any order. */
function slowly() {
  const reads: { readonly told: (history: History) => void; readonly failed: () => void }[] = [];
  const read = (): Promise<History> => new Promise((told, failed) => { reads.push({ told, failed: () => { failed(new Error("503")); } }); });
  return { reads, desk: { runs: new Map([["mine", { read }]]) } as unknown as Desk };
}

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test("a record that could not be read is read again after a pause, and not before", async () => {
  const { reads, desk } = slowly();
  const recording = new Recording();
  const ask = (): void => { recording.ask(desk, ["a"], SPAN, ask); };
  ask();
  reads[0]!.failed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(recording.failed.value).not.toBe("");
  ask();
  expect(reads.length).toBe(1);
  await vi.advanceTimersByTimeAsync(2500);
  expect(reads.length).toBe(2);
  reads[1]!.told(HISTORY);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(recording.failed.value).toBe("");
  expect(reads.length).toBe(2);
});

test("the failure of a chart that is shown no more is nobody's", async () => {
  const { reads, desk } = slowly();
  const recording = new Recording();
  recording.ask(desk, ["a"], SPAN, () => undefined);
  recording.ask(desk, ["b"], SPAN, () => undefined);
  reads[1]!.told(HISTORY);
  reads[0]!.failed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(recording.failed.value).toBe("");
  expect(reads.length).toBe(2);
});

test("who has left asks no more", async () => {
  const { reads, desk } = slowly();
  const recording = new Recording();
  const ask = (): void => { recording.ask(desk, ["a"], SPAN, ask); };
  ask();
  recording.stop();
  reads[0]!.failed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(recording.failed.value).toBe("");
  expect(reads.length).toBe(1);
});
