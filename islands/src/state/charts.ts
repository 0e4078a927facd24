/** What the trade's charts are made of: volume that has passed, cycles, blocks, what was kept, samples of a control chart. */
import type { Console, ControlRow, Curves, Fact, Named } from "../protocol";
import type { Cells } from "./pens";

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Block extends Stretch {
  readonly phase: string;
  readonly title: string;
}

const slugOf = (subject: string): string => subject.split("/").at(-1) ?? subject;

/** Phases from the facts up to `now`. The one that a flight began with was never started: its end tells it, or `standing`. */
export function phases(facts: readonly Fact[], now: number, standing = ""): readonly Block[] {
  const found: { phase: string; title: string; from: number; to: number }[] = [];
  for (const { kind, time, subject } of facts) {
    if (time > now) break;
    const first = kind === "phase_ended" && !found.some(({ phase }) => phase === slugOf(subject));
    if (first) found.unshift({ phase: slugOf(subject), title: "", from: 0, to: time });
    if (kind !== "phase_started") continue;
    const last = found.at(-1);
    if (last) last.to = time;
    found.push({ phase: slugOf(subject), title: "", from: time, to: now });
  }
  return found.length || !standing ? found : [{ phase: standing, title: "", from: 0, to: now }];
}

/** Phases under their short names; neighbours of one name are one block, a phase without a name is left out. */
export function blocks(spans: readonly Block[], named: readonly Named[]): readonly Block[] {
  const words = new Map(named.map(({ address, title }) => [address, title]));
  const found: Block[] = [];
  for (const span of spans) {
    const title = words.get(span.phase);
    if (title === undefined) continue;
    const last = found.at(-1);
    if (last?.title === title && last.to === span.from) found[found.length - 1] = { ...last, to: span.to };
    else found.push({ ...span, title });
  }
  return found;
}

/** Cycles: each begins with the phase `slug`; without one, or before the first, all is one cycle. */
export function cycles(spans: readonly Block[], slug: string, whole: Stretch): readonly Stretch[] {
  const starts = spans.filter(({ phase }) => phase === slug).map(({ from }) => from);
  if (!starts.length) return [whole];
  const end = spans.findLast(({ phase }) => phase === "end_of_lot")?.from ?? whole.to;
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? Math.max(end, from) }));
}

/** What has passed by each time (m3), from a flow in m3/s: trapezia, nothing where the flow is unknown or backward. */
export function passed(time: readonly number[], flow: Cells): number[] {
  const found: number[] = [];
  let sum = 0;
  time.forEach((at, i) => {
    const before = Math.max(0, flow[i - 1] ?? flow[i] ?? 0);
    if (i > 0) sum += ((Math.max(0, flow[i] ?? 0) + before) / 2) * ((at - time[i - 1]!) / 1000);
    found.push(sum);
  });
  return found;
}

/** `values` at `at`, between its neighbours on a straight line; outside, the end. */
export function between(time: readonly number[], values: readonly number[], at: number): number {
  if (!time.length) return 0;
  let [low, high] = [0, time.length - 1];
  if (at <= time[0]!) return values[0]!;
  if (at >= time[high]!) return values[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (time[middle]! <= at) low = middle;
    else high = middle;
  }
  const share = (at - time[low]!) / (time[high]! - time[low]!);
  return values[low]! + share * (values[high]! - values[low]!);
}

/** Stretches of time in which a column stands above a bound. */
export function kept(time: readonly number[], valve: Cells, above: number): readonly Stretch[] {
  const found: { from: number; to: number }[] = [];
  let open = false;
  time.forEach((at, i) => {
    const stands = (valve[i] ?? 0) > above;
    if (stands && !open) found.push({ from: at, to: at });
    else if (open) found.at(-1)!.to = at;
    open = stands;
  });
  return found;
}

/** Rows of a record inside a stretch, its ends included. */
export function within(time: readonly number[], { from, to }: Stretch): readonly [number, number] {
  const first = time.findIndex((at) => at >= from);
  if (first < 0) return [0, 0];
  let last = time.length;
  while (last > first && time[last - 1]! > to) last -= 1;
  return [first, last];
}

export interface Sample {
  /** What had been counted. */
  readonly count: number;
  readonly time: number;
  readonly value: number;
}

/** One sample each time that the count passes a multiple of `every`; a row that jumps several gives one. */
export function samples(time: readonly number[], count: Cells, values: Cells, every: number): readonly Sample[] {
  const found: Sample[] = [];
  let reached = 0;
  time.forEach((at, i) => {
    const [counted, value] = [count[i] ?? null, values[i] ?? null];
    if (counted === null || value === null || Math.floor(counted / every) <= reached) return;
    reached = Math.floor(counted / every);
    found.push({ count: reached * every, time: at, value });
  });
  return found;
}

export type Verdict = "in" | "warning" | "action";

const outside = (value: number, low: number | null, high: number | null): boolean => (low !== null && value < low) || (high !== null && value > high);

/** Where a sample stands against its lines (SI). */
export function verdict(row: ControlRow, value: number): Verdict {
  if (outside(value, row.action_low, row.action_high)) return "action";
  return outside(value, row.warning_low, row.warning_high) ? "warning" : "in";
}

/** Samples with which a run on one side of the centre comes to `run`: a drift that no single point shows. */
export function runs(found: readonly Sample[], centre: number | null, run = 8): ReadonlySet<number> {
  const ends = new Set<number>();
  if (centre === null) return ends;
  let [side, length] = [0, 0];
  found.forEach(({ value }, i) => {
    const now = Math.sign(value - centre);
    length = now !== 0 && now === side ? length + 1 : 1;
    side = now;
    if (now !== 0 && length === run) ends.add(i);
  });
  return ends;
}

/** Every instrument that a chart of curves reads, each once. */
export function addresses(chart: Curves): readonly string[] {
  const more = [chart.volume?.flow, chart.fraction?.valve].filter((one) => one !== undefined);
  return [...new Set([...chart.curves.map(({ address }) => address), ...more])];
}

/** Charts that are drawn over time or volume: those that fit under the synoptic. */
export const drawnCharts = (console: Console): readonly Curves[] => console.charts.filter((one): one is Curves => one.kind === "curves");
