/** Pens of a trend, and their columns on one time axis: stored history, then the frames that came since. */
import type { Format, Frame } from "../protocol";
import { toShown } from "../show/format";
import { indexAt, type Column, type History, type Span } from "../wire/history";
import type { Index } from "./index";

/** Dashes in CSS pixels: pens differ by dash as well as by colour. */
export const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [10, 3, 2, 3], [5, 2], [12, 5], [2, 6], [8, 2, 2, 2, 2, 2]];
export const PEN_COUNT = DASHES.length;

export interface Pen {
  /** What history is asked for. */
  readonly address: string;
  /** Which run of a debrief: `mine`, `nothing`, `reference`, `truth`. */
  readonly run: string;
  readonly tag: string;
  readonly title: string;
  readonly format: Format;
  /** Index of the instrument, -1 for a loop's signal or a true curve. */
  readonly instrument: number;
  readonly loop: number;
  readonly part: "value" | "setpoint" | "output";
  /** Pens of one quantity share a scale (one tag in several runs, a loop's set-point and what it measures); others do not. */
  readonly scale: string;
  /** The narrowest stretch of values worth showing (shown units), so that noise does not fill a chart. */
  readonly narrowest: number;
}

const NARROWEST = 0.05;
const narrowest = (low: number, high: number, format: Format): number => Math.max(Math.abs((high - low) * format.scale) * NARROWEST, 8 * 10 ** -format.digits);


const FRACTION: Format = { unit: "%", scale: 100, offset: 0, digits: 0 };

/** The pen of an address: an instrument, or `…setpoint` and `…output` of a loop. */
export function penOf(index: Index, address: string, words: { readonly setpoint: string; readonly output: string }): Pen | undefined {
  const at = index.instrument.get(address);
  if (at !== undefined) {
    return { ...instrumentPen(index, at, "mine"), address };
  }
  const found = /^(.*)\.(setpoint|output)$/.exec(address);
  const loop = index.loop.get(found?.[1] ?? "");
  if (!found || loop === undefined) return undefined;
  const { tag, title, format, instrument, setpoint_low: low, setpoint_high: high } = index.console.loops[loop]!;
  const part = found[2] as "setpoint" | "output";
  const scale = part === "output" ? address : (index.console.instruments[instrument]?.address ?? address);
  return { address, scale, run: "mine", tag, title: `${title} · ${words[part]}`, format: part === "output" ? FRACTION : format, instrument: -1, loop, part, narrowest: part === "output" ? 5 : narrowest(low, high, format) };
}

/** The pen of one instrument in one run. */
export function instrumentPen(index: Index, at: number, run: string): Pen {
  const { address, tag, title, format, low, high } = index.console.instruments[at]!;
  return { address, scale: address, run, tag, title, format, instrument: at, loop: -1, part: "value", narrowest: narrowest(low, high, format) };
}

/** What a frame says of a pen, SI. */
export function live(pen: Pen, frame: Frame): number | null {
  const value = pen.part === "value" ? frame.values[pen.instrument] : frame.loops[pen.loop]?.[pen.part === "setpoint" ? 1 : 2];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export type Cells = (number | null)[];

/** Time and one column per pen, as a chart takes them (shown units); `low` and `high` bound what moved inside a bucket. */
export interface Plot {
  readonly time: number[];
  readonly columns: Cells[];
  readonly low: Cells[];
  readonly high: Cells[];
}

export type Histories = ReadonlyMap<string, History>;

const cell = (value: number | undefined, format: Format): number | null => (value === undefined || !Number.isFinite(value) ? null : toShown(value, format));

/** The middle of each stored bucket with its bounds, then the live frames after the last bucket. */
export function plotted(pens: readonly Pen[], histories: Histories, frames: readonly Frame[], span: Span): Plot {
  const grid = longest(histories);
  const plot: Plot = { time: Array.from(grid), columns: [], low: [], high: [] };
  for (const pen of pens) {
    const [low, high] = [stored(pen, histories, grid, "low"), stored(pen, histories, grid, "high")];
    plot.low.push(low);
    plot.high.push(high);
    plot.columns.push(low.map((one, i) => (one === null ? null : (one + (high[i] ?? one)) / 2)));
  }
  append(pens, frames, span, plot);
  return plot;
}

/** One side of a pen's buckets on `grid`: its own, or, for a run on another grid, the last one before each time. */
function stored(pen: Pen, histories: Histories, grid: Float64Array, side: keyof Column): Cells {
  const history = histories.get(pen.run);
  const column = history?.columns.get(pen.address)?.[side];
  if (!history || !column) return new Array<null>(grid.length).fill(null);
  if (history.time === grid) return Array.from(column, (one) => cell(one, pen.format));
  const end = history.time.at(-1) ?? -Infinity;
  return Array.from(grid, (at) => (at > end ? null : cell(column[indexAt(history.time, at)], pen.format)));
}

function longest(histories: Histories): Float64Array {
  let best: Float64Array = new Float64Array(0);
  for (const { time } of histories.values()) if (time.length > best.length) best = time;
  return best;
}

function append(pens: readonly Pen[], frames: readonly Frame[], { from, to }: Span, plot: Plot): void {
  let last = plot.time.at(-1) ?? -Infinity;
  for (const frame of frames) {
    if (frame.time <= last || frame.time < from || frame.time > to) continue;
    last = frame.time;
    plot.time.push(frame.time);
    pens.forEach((pen, k) => {
      const value = pen.run === "mine" ? live(pen, frame) : null;
      const shown = value === null ? null : toShown(value, pen.format);
      for (const cells of [plot.columns, plot.low, plot.high]) cells[k]!.push(shown);
    });
  }
}

export interface Summary {
  readonly least: number;
  readonly most: number;
  readonly first: number;
  readonly last: number;
}

/** Least, most, first and last of a column, for the table that stands for a chart. */
export function summary(column: readonly (number | null)[]): Summary | undefined {
  const known = column.filter((one): one is number => one !== null);
  if (!known.length) return undefined;
  return { least: Math.min(...known), most: Math.max(...known), first: known[0]!, last: known.at(-1)! };
}
