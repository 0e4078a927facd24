import { expect, test } from "vitest";
import { plotted, type Pen } from "../src/state/pens";
import { decoded, indexAt, type History } from "../src/wire/history";

/** The layout that the campus writes. */
function encoded(tags: readonly string[], time: readonly number[], sides: readonly (readonly number[])[]): ArrayBuffer {
  const header = new TextEncoder().encode(JSON.stringify({ tags, count: time.length }));
  const start = Math.ceil((4 + header.length) / 8) * 8;
  const buffer = new ArrayBuffer(start + time.length * 8 * (1 + tags.length));
  new DataView(buffer).setUint32(0, header.length, true);
  new Uint8Array(buffer, 4).set(header);
  new Float64Array(buffer, start, time.length).set(time);
  sides.forEach((side, i) => { new Float32Array(buffer, start + time.length * 8 + i * time.length * 4, time.length).set(side); });
  return buffer;
}

test.each([["a"], ["ab"], ["abc"], ["usp/br101/tt101"]])("columns are found after a header of any length (%s)", (tag) => {
  const history = decoded(encoded([tag], [0, 1000, 2000], [[1, 2, 3], [4, 5, 6]]));
  expect([...history.time]).toEqual([0, 1000, 2000]);
  expect([...history.columns.get(tag)!.low]).toEqual([1, 2, 3]);
  expect([...history.columns.get(tag)!.high]).toEqual([4, 5, 6]);
});

test("an odd number of buckets keeps several tags apart", () => {
  const history = decoded(encoded(["a", "b"], [0, 1, 2], [[1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]]));
  expect([...history.columns.get("b")!.high]).toEqual([4, 4, 4]);
});

test("an empty history has no time", () => {
  expect(decoded(encoded(["a"], [], [[], []])).time.length).toBe(0);
});

test("a truncated answer is an error, not a picture", () => {
  const whole = encoded(["a"], [0, 1, 2], [[1, 1, 1], [2, 2, 2]]);
  expect(() => decoded(whole.slice(0, whole.byteLength - 8))).toThrow(/needs/);
});

test("the bucket of a time is the last one at or before it", () => {
  const time = Float64Array.of(10, 20, 30);
  expect([5, 10, 19, 30, 99].map((at) => indexAt(time, at))).toEqual([-1, 0, 0, 2, 2]);
});

const pen = (run: string): Pen => ({ address: "a", run, tag: "", title: "", format: { unit: "%", scale: 100, offset: 0, digits: 0 }, instrument: 0, loop: -1, part: "value", scale: "s", narrowest: 1 });
const history = (time: number[], low: number[], high = low): History => ({ time: Float64Array.from(time), columns: new Map([["a", { low: Float32Array.from(low), high: Float32Array.from(high) }]]) });
const frame = (time: number, value: number) => ({ type: "frame" as const, time, values: [value], qualities: [0], loops: [], alarms: [], interlocks: [], phase: 0, phase_since: 0, recipe_mode: 0, recipe_held: false, ready: -1, cost: 0 });

test("live frames continue the stored history and never repeat it", () => {
  const stored = new Map([["mine", history([0, 1000], [0, 0.5], [0.5, 1])]]);
  const plot = plotted([pen("mine")], stored, [frame(500, 9), frame(1000, 9), frame(1500, 0.25)], { from: 0, to: 5000 });
  expect(plot.time).toEqual([0, 1000, 1500]);
  expect(plot.columns[0]).toEqual([25, 75, 25]);
  expect(plot.high[0]).toEqual([50, 100, 25]);
});

test("runs on different grids share the longest, and a run that ended says nothing after its end", () => {
  const runs = new Map([["mine", history([0, 1000, 2000], [1, 1, 1])], ["nothing", history([0, 900], [0.5, 0.25])]]);
  const plot = plotted([pen("mine"), pen("nothing")], runs, [], { from: 0, to: 3000 });
  expect(plot.columns[1]).toEqual([50, null, null]);
});
