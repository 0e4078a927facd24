/** uPlot as the trade draws curves: several axes, phases as blocks along the top, what was kept shaded, earlier cycles behind. */
import type uPlot from "uplot";
import type { Axis } from "../protocol";
import { decimal, type Language } from "../show/format";
import { digitsFor } from "../show/ticks";
import { DASHES, type Cells } from "../state/pens";
import { css } from "./bands";
import { clipped, Surface } from "./surface";

export interface DrawnCurve {
  readonly title: string;
  readonly axis: number;
  readonly pen: number;
  readonly y: Cells;
}

export interface DrawnBlock {
  readonly from: number;
  readonly to: number;
  readonly title: string;
}

export interface Ghost {
  readonly x: readonly number[];
  readonly columns: readonly Cells[];
}

export interface CurvesPicture {
  readonly x: readonly number[];
  readonly curves: readonly DrawnCurve[];
  readonly axes: readonly Axis[];
  /** Across, in shown units. */
  readonly lines: readonly { readonly title: string; readonly axis: number; readonly at: number }[];
  readonly blocks: readonly DrawnBlock[];
  readonly kept: readonly DrawnBlock[];
  readonly ghosts: readonly Ghost[];
  /** One or two scales of the abscissa: shown = x / each. */
  readonly abscissae: readonly { readonly title: string; readonly each: number }[];
  readonly view: readonly [number, number];
  readonly compact: boolean;
}

export interface CurvesReports {
  cursor(x: number | null): void;
  zoom(view: readonly [number, number] | null): void;
}

const BLOCK = 19;

const scaleOf = (axis: number): string => `axis${axis}`;
const colour = (pen: number): string => css(`--pen-${pen}`);
/** The colour of an axis is that of the curve on it, where there is one only. */
function axisColour(picture: CurvesPicture, axis: number): string {
  const on = picture.curves.filter((one) => one.axis === axis);
  return on.length === 1 ? colour(on[0]!.pen) : css("--soft-ink");
}

/** Round steps of about `room` pixels. */
export function steps(from: number, to: number, width: number, room: number): number[] {
  const least = ((to - from) / Math.max(1, width)) * room;
  const power = 10 ** Math.floor(Math.log10(Math.max(1e-9, least)));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= least) ?? least;
  const found: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k += 1) found.push(k * step);
  return found;
}

export class CurvesPlot {
  #picture: CurvesPicture | undefined;
  readonly #surface: Surface;
  readonly #host: HTMLElement;
  readonly #language: Language;
  readonly #reports: CurvesReports;

  constructor(host: HTMLElement, language: Language, reports: CurvesReports) {
    this.#surface = new Surface(host);
    this.#host = host;
    this.#language = language;
    this.#reports = reports;
  }

  destroy(): void {
    this.#surface.destroy();
  }

  show(picture: CurvesPicture): void {
    const same = this.#picture === picture;
    this.#picture = picture;
    this.#surface.show({
      shape: `${picture.curves.length} ${picture.compact} ${this.#host.clientWidth < 500}`,
      data: [picture.x, ...picture.curves.map(({ y }) => y)] as uPlot.AlignedData, view: picture.view, same,
      options: (width, height) => this.#options(picture, width, height),
    });
  }

  #options(picture: CurvesPicture, width: number, height: number): uPlot.Options {
    const scales: uPlot.Scales = { x: { time: false, range: () => [...this.#picture!.view] } };
    picture.axes.forEach((axis, k) => { scales[scaleOf(k)] = { range: () => this.#range(axis, k) }; });
    return {
      width, height, scales, legend: { show: false }, padding: [BLOCK + 3, picture.axes.some(({ side }) => side === "right") ? 0 : 16, 0, 0],
      cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 6 }, y: false },
      axes: [...this.#across(picture), ...this.#aside(picture, width < 500)],
      series: [{}, ...picture.curves.map((one, i) => ({
        scale: scaleOf(one.axis), stroke: colour(one.pen), width: 1.75, dash: [...(DASHES[i % DASHES.length] ?? [])], points: { show: false }, spanGaps: false,
      }))],
      hooks: {
        drawClear: [(u) => { this.#kept(u); this.#ghosts(u); }],
        draw: [(u) => { this.#lines(u); this.#blocks(u); }],
        setCursor: [(u) => { this.#reports.cursor(u.cursor.left !== undefined && u.cursor.left >= 0 ? u.posToVal(u.cursor.left, "x") : null); }],
        setSelect: [(u) => { this.#selected(u); }],
      },
    };
  }

  #across(picture: CurvesPicture): uPlot.Axis[] {
    const font = `12px ${css("--font-text")}`;
    return picture.abscissae.map(({ title, each }, k): uPlot.Axis => ({
      scale: "x", side: 2, stroke: css("--muted"), font, size: k === 0 ? 24 : 20, gap: k === 0 ? 4 : 0, grid: { show: k === 0, stroke: css("--line"), width: 1 }, ticks: { show: k === 0, stroke: css("--line"), width: 1, size: 4 },
      splits: (u, _a, from, to) => steps(from / each, to / each, u.bbox.width / devicePixelRatio, 64).map((one) => one * each),
      values: (_u, values) => {
        const shown = values.map((one) => one / each);
        return shown.map((one, i) => `${decimal(one, digitsFor(shown), this.#language)}${i === shown.length - 1 ? `\u202f${title}` : ""}`);
      },
    }));
  }

  #aside(picture: CurvesPicture, narrow: boolean): uPlot.Axis[] {
    const font = `${narrow ? 11 : 12}px ${css("--font-text")}`;
    return picture.axes.map((axis, k): uPlot.Axis => {
      const ink = axisColour(picture, k);
      const label = [axis.title, axis.format.unit].filter((one, i, all) => one && all.indexOf(one) === i).join(", ");
      return {
        scale: scaleOf(k), side: axis.side === "right" ? 1 : 3, stroke: ink, font, size: narrow ? 36 : picture.compact && axis.side === "right" ? 36 : 48, gap: 4, space: 30,
        grid: { show: k === 0, stroke: css("--line"), width: 1 }, ticks: { show: true, stroke: ink, width: 1, size: 3 }, border: { show: true, stroke: ink, width: 1 },
        ...(picture.compact ? {} : { label, labelFont: font, labelSize: narrow ? 14 : 17, labelGap: 0 }),
        splits: (u, _a, from, to) => steps(from, to, u.bbox.height / devicePixelRatio, 34),
        values: (_u, values) => values.map((one) => decimal(one, digitsFor(values), this.#language)),
      };
    });
  }

  /** The axis' own ends where it has them; else what is on it, with air above. */
  #range({ low, high }: Axis, k: number): [number, number] {
    const picture = this.#picture!;
    let [least, most] = [Infinity, -Infinity];
    const take = (cells: Cells): void => { for (const one of cells) if (one !== null) [least, most] = [Math.min(least, one), Math.max(most, one)]; };
    picture.curves.forEach((one, i) => {
      if (one.axis !== k) return;
      take(one.y);
      for (const ghost of picture.ghosts) take(ghost.columns[i] ?? []);
    });
    if (least > most) [least, most] = [0, 1];
    const air = Math.max((most - least) * 0.06, 1e-6);
    const bottom = low ?? least - air;
    return [bottom, Math.max(high ?? most + air, bottom + 1e-6)];
  }

  #selected(u: uPlot): void {
    const { left, width } = u.select;
    if (width < 8) return;
    this.#reports.zoom([u.posToVal(left, "x"), u.posToVal(left + width, "x")]);
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  }

  /** Beneath the first curve, where the valve was open: what went to the pool. */
  #kept(u: uPlot): void {
    const { kept, x, curves } = this.#picture!;
    const first = curves[0];
    if (!first) return;
    const { ctx } = u;
    const { top, height } = u.bbox;
    clipped(u, () => {
      ctx.fillStyle = css("--accent");
      for (const { from, to } of kept) {
        const [a, b] = [u.valToPos(from, "x", true), u.valToPos(to, "x", true)];
        ctx.globalAlpha = 0.1;
        ctx.fillRect(a, top, b - a, height);
        ctx.globalAlpha = 0.28;
        ctx.beginPath();
        ctx.moveTo(a, top + height);
        x.forEach((at, i) => { if (at >= from && at <= to && first.y[i] !== null) ctx.lineTo(u.valToPos(at, "x", true), u.valToPos(first.y[i]!, scaleOf(first.axis), true)); });
        ctx.lineTo(b, top + height);
        ctx.fill();
      }
    });
  }

  /** Earlier cycles, thin and pale, by the same pens. */
  #ghosts(u: uPlot): void {
    const { ghosts, curves } = this.#picture!;
    const { ctx } = u;
    clipped(u, () => {
      ctx.globalAlpha = 0.38;
      ctx.lineWidth = devicePixelRatio;
      for (const { x, columns } of ghosts) curves.forEach((curve, k) => {
        ctx.strokeStyle = colour(curve.pen);
        ctx.setLineDash((DASHES[k % DASHES.length] ?? []).map((one) => one * devicePixelRatio));
        ctx.beginPath();
        x.forEach((at, i) => { const y = columns[k]?.[i] ?? null; if (y !== null) ctx.lineTo(u.valToPos(at, "x", true), u.valToPos(y, scaleOf(curve.axis), true)); });
        ctx.stroke();
      });
    });
  }

  #lines(u: uPlot): void {
    const { lines } = this.#picture!;
    const { ctx } = u;
    const { left, width } = u.bbox;
    clipped(u, () => {
      for (const { title, axis, at: value } of lines) {
        const y = u.valToPos(value, scaleOf(axis), true);
        ctx.strokeStyle = css("--red");
        ctx.lineWidth = 1.5 * devicePixelRatio;
        ctx.setLineDash([8 * devicePixelRatio, 4 * devicePixelRatio]);
        ctx.beginPath();
        ctx.moveTo(left, y);
        ctx.lineTo(left + width, y);
        ctx.stroke();
        ctx.font = `600 ${11 * devicePixelRatio}px ${css("--font-text")}`;
        ctx.fillStyle = css("--red-ink");
        ctx.textAlign = "right";
        ctx.setLineDash([]);
        ctx.lineWidth = 4 * devicePixelRatio;
        ctx.strokeStyle = css("--panel");
        const at: [number, number] = [left + width - 6 * devicePixelRatio, y - 5 * devicePixelRatio];
        ctx.strokeText(title, ...at);
        ctx.fillText(title, ...at);
      }
    });
  }

  /** Phases along the top with their names, a line down at each change; the pool's name under them. */
  #blocks(u: uPlot): void {
    const { blocks, kept } = this.#picture!;
    const { ctx } = u;
    const unit = devicePixelRatio;
    const { left, top, width, height } = u.bbox;
    ctx.save();
    ctx.font = `${11 * unit}px ${css("--font-text")}`;
    ctx.textBaseline = "middle";
    ctx.textAlign = "center";
    ctx.beginPath();
    ctx.rect(left, 0, width, top + height);
    ctx.clip();
    const edge = (at: number): number => Math.min(left + width, Math.max(left, u.valToPos(at, "x", true)));
    blocks.forEach(({ from, to, title }, i) => {
      const [a, b] = [edge(from), edge(to)];
      if (b - a < 0.5) return;
      ctx.fillStyle = css(i % 2 ? "--track" : "--line");
      ctx.fillRect(a, top - BLOCK * unit, b - a, (BLOCK - 3) * unit);
      ctx.fillStyle = css("--strong-line");
      if (a > left + unit) ctx.fillRect(a - unit / 2, top - BLOCK * unit, unit, height + BLOCK * unit);
      ctx.fillStyle = css("--ink");
      const words = fitted(ctx, title, b - a - 6 * unit);
      if (words) ctx.fillText(words, (a + b) / 2, top - (BLOCK - 3) * unit / 2 - 2.5 * unit);
    });
    ctx.font = `600 ${11 * unit}px ${css("--font-text")}`;
    ctx.fillStyle = css("--accent-strong");
    ctx.strokeStyle = css("--panel");
    ctx.lineWidth = 3 * unit;
    for (const { from, to, title } of kept) {
      const [a, b] = [edge(from), edge(to)];
      const half = ctx.measureText(title).width / 2;
      if (b <= a) continue;
      const middle = Math.min(left + width - half - 4 * unit, Math.max(left + half + 4 * unit, (a + b) / 2));
      ctx.strokeText(title, middle, top + 10 * unit);
      ctx.fillText(title, middle, top + 10 * unit);
    }
    ctx.restore();
  }
}

/** The words, or their beginning, or nothing, in so much room. */
function fitted(ctx: CanvasRenderingContext2D, words: string, room: number): string {
  if (ctx.measureText(words).width <= room) return words;
  for (let end = words.length - 1; end >= 2; end -= 1) {
    const short = `${words.slice(0, end)}.`;
    if (ctx.measureText(short).width <= room) return short;
  }
  return "";
}
