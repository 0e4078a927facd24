/** uPlot with our looks: pens by colour and dash, each quantity on its own scale, facts marked, one cursor for all charts. */
import type uPlot from "uplot";
import type { Limit } from "../protocol";
import { decimal, toShown, type Language } from "../show/format";
import { digitsFor, tickLabel, ticks } from "../show/ticks";
import { DASHES, type Pen, type Plot } from "../state/pens";
import type { History, Span } from "../wire/history";
import { css, drawBands } from "./bands";
import { clipped, Surface } from "./surface";

export interface Mark {
  readonly time: number;
  readonly kind: "alarm" | "action" | "sample" | "phase";
}

export interface ChartPicture {
  readonly pens: readonly Pen[];
  readonly plot: Plot;
  readonly span: Span;
  readonly active: number;
  /** Limits and healthy band of the pen in hand. */
  readonly limits: readonly Limit[];
  readonly golden: History | undefined;
  readonly marks: readonly Mark[];
  /** A time shown by a line: the scrubber's. */
  readonly at: number | null;
}

export interface ChartReports {
  cursor(time: number | null): void;
  pan(share: number): void;
  zoom(factor: number, around: number): void;
  seek?(time: number): void;
}

export const penColour = (i: number): string => css(`--pen-${(i % DASHES.length) + 1}`);

/** A limit within this share of what is in sight is worth some of the height. */
const NEAR = 0.35;

export class Chart {
  #picture: ChartPicture | undefined;
  readonly #surface: Surface;
  readonly #reports: ChartReports;
  readonly #language: Language;
  #drag: { readonly x: number } | undefined;

  constructor(host: HTMLElement, language: Language, reports: ChartReports) {
    this.#surface = new Surface(host);
    this.#language = language;
    this.#reports = reports;
  }

  destroy(): void {
    this.#surface.destroy();
  }

  /** Time under a pixel offset from the left of the plotting area. */
  timeAt(x: number): number {
    return this.#surface.plot?.posToVal(x, "x") ?? 0;
  }

  show(picture: ChartPicture): void {
    const same = this.#picture?.plot === picture.plot && this.#picture.active === picture.active && this.#picture.at === picture.at && this.#picture.golden === picture.golden && this.#picture.limits.length === picture.limits.length && this.#picture.marks.length === picture.marks.length;
    this.#picture = picture;
    const anew = this.#surface.show({
      shape: `${picture.pens.map((pen) => pen.run + pen.address).join()}|${picture.active}`,
      data: [picture.plot.time, ...picture.plot.columns] as uPlot.AlignedData, view: [picture.span.from, picture.span.to], same,
      options: (width, height) => this.#options(picture, width, height),
    });
    if (anew) this.#gestures(this.#surface.plot!.over);
  }

  #options(picture: ChartPicture, width: number, height: number): uPlot.Options {
    const font = `12px ${css("--font-text")}`;
    const [ink, line] = [css("--muted"), css("--line")];
    const active = picture.pens[picture.active];
    const scales: uPlot.Scales = { x: { time: false, range: () => [this.#picture!.span.from, this.#picture!.span.to] } };
    for (const pen of picture.pens) scales[pen.scale] ??= { range: () => this.#range(pen) };
    return {
      width, height, scales, legend: { show: false }, padding: [16, 26, 0, 0],
      cursor: { sync: { key: "console" }, drag: { x: false, y: false, setScale: false }, points: { size: 6 }, y: false },
      axes: [
        { stroke: ink, font, size: 26, gap: 4, grid: { show: false }, ticks: { stroke: line, width: 1, size: 4 },
          splits: (u, _a, from, to) => ticks(from, to, u.bbox.width / devicePixelRatio),
          values: (_u, times) => times.map((one) => tickLabel(one, this.#picture!.span.to - this.#picture!.span.from, this.#language)) },
        { scale: active?.scale ?? "y", stroke: active ? penColour(picture.active) : ink, font, size: 48, gap: 4, grid: { stroke: line, width: 1 }, ticks: { show: false }, space: 34,
          values: (_u, values) => values.map((one) => decimal(one, digitsFor(values), this.#language)) },
      ],
      series: [{}, ...picture.pens.map((pen, i) => ({
        scale: pen.scale, stroke: penColour(i), width: i === picture.active ? 2 : 1.5, dash: [...(DASHES[i % DASHES.length] ?? [])], points: { show: false }, spanGaps: false,
      }))],
      hooks: {
        drawClear: [(u) => { this.#bands(u); this.#envelopes(u); }],
        draw: [(u) => { this.#unit(u); this.#marks(u); }],
        setCursor: [(u) => { this.#reports.cursor(u.cursor.left !== undefined && u.cursor.left >= 0 ? u.posToVal(u.cursor.left, "x") : null); }],
      },
    };
  }

  /** What is in sight with some air, never narrower than is worth showing. */
  #range(pen: Pen): [number, number] {
    const { plot, pens, span } = this.#picture!;
    let [low, high] = [Infinity, -Infinity];
    pens.forEach((other, k) => {
      if (other.scale !== pen.scale) return;
      plot.time.forEach((at, i) => {
        if (at < span.from || at > span.to) return;
        low = Math.min(low, plot.low[k]![i] ?? Infinity);
        high = Math.max(high, plot.high[k]![i] ?? -Infinity);
      });
    });
    if (low > high) return [0, 1];
    const [least, most, near] = [low, high, Math.max(high - low, pen.narrowest) * NEAR];
    for (const edge of this.#edges(pen)) {
      if (edge < most + near) high = Math.max(high, edge);
      if (edge > least - near) low = Math.min(low, edge);
    }
    const width = Math.max(high - low, pen.narrowest);
    const middle = (high + low) / 2;
    const bottom = middle - width * 0.58;
    return [low >= 0 && bottom < 0 ? 0 : bottom, middle + width * 0.58];
  }

  /** The limits of the pen in hand, as shown: one that is near comes into sight. */
  #edges(pen: Pen): readonly number[] {
    const { pens, active, limits } = this.#picture!;
    if (pens[active]?.scale !== pen.scale) return [];
    return limits.flatMap(({ low, high }) => [low, high]).filter((one) => one !== null).map((one) => toShown(one, pen.format));
  }

  /** Between the least and the greatest value of each bucket, faintly: noise stays visible and the line stays legible. */
  #envelopes(u: uPlot): void {
    const { plot, pens, active } = this.#picture!;
    const { ctx } = u;
    clipped(u, () => {
      pens.forEach((pen, k) => {
        ctx.globalAlpha = k === active ? 0.2 : 0.09;
        const [low, high] = [plot.low[k]!, plot.high[k]!];
        const known = plot.time.map((_, i) => i).filter((i) => low[i] !== null && high[i] !== null);
        const at = (i: number, y: number): [number, number] => [u.valToPos(plot.time[i]!, "x", true), u.valToPos(y, pen.scale, true)];
        ctx.fillStyle = penColour(k);
        ctx.beginPath();
        for (const i of known) ctx.lineTo(...at(i, high[i]!));
        for (const i of known.reverse()) ctx.lineTo(...at(i, low[i]!));
        ctx.fill();
      });
    });
  }

  #bands(u: uPlot): void {
    const { pens, active, limits, golden } = this.#picture!;
    const pen = pens[active];
    if (pen) drawBands(u, { pen, limits, golden });
  }

  /** The axis is that of the pen in hand: its colour and its unit say so. */
  #unit(u: uPlot): void {
    const { pens, active } = this.#picture!;
    const pen = pens[active];
    if (!pen) return;
    u.ctx.save();
    u.ctx.font = `${11 * devicePixelRatio}px ${css("--font-text")}`;
    u.ctx.fillStyle = penColour(active);
    u.ctx.textAlign = "right";
    u.ctx.textBaseline = "alphabetic";
    u.ctx.fillText(pen.format.unit || pen.tag, u.bbox.left - 4 * devicePixelRatio, u.bbox.top - 7 * devicePixelRatio);
    u.ctx.restore();
  }

  #marks(u: uPlot): void {
    const picture = this.#picture;
    if (!picture) return;
    const { left, top, width, height } = u.bbox;
    const { ctx } = u;
    const unit = devicePixelRatio;
    ctx.save();
    for (const mark of picture.marks) {
      const x = u.valToPos(mark.time, "x", true);
      if (x < left || x > left + width) continue;
      drawMark(ctx, mark.kind, x, top, unit);
    }
    if (picture.at !== null) {
      const x = u.valToPos(picture.at, "x", true);
      ctx.strokeStyle = css("--ink");
      ctx.lineWidth = unit;
      ctx.setLineDash([2 * unit, 2 * unit]);
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
    }
    ctx.restore();
  }

  #gestures(over: HTMLElement): void {
    over.addEventListener("wheel", (wheel) => {
      wheel.preventDefault();
      const x = wheel.clientX - over.getBoundingClientRect().left;
      if (Math.abs(wheel.deltaX) > Math.abs(wheel.deltaY)) this.#reports.pan(wheel.deltaX / over.clientWidth);
      else this.#reports.zoom(wheel.deltaY > 0 ? 1.25 : 0.8, x / over.clientWidth);
    }, { passive: false });
    over.addEventListener("pointerdown", (press) => {
      if (press.button !== 0) return;
      if (this.#reports.seek) this.#reports.seek(this.timeAt(press.clientX - over.getBoundingClientRect().left));
      this.#drag = { x: press.clientX };
      over.setPointerCapture(press.pointerId);
    });
    over.addEventListener("pointermove", (move) => {
      if (!this.#drag) return;
      const moved = (this.#drag.x - move.clientX) / over.clientWidth;
      if (Math.abs(moved) < 0.002) return;
      this.#drag = { x: move.clientX };
      if (this.#reports.seek) this.#reports.seek(this.timeAt(move.clientX - over.getBoundingClientRect().left));
      else this.#reports.pan(moved);
    });
    for (const kind of ["pointerup", "pointercancel"] as const) over.addEventListener(kind, () => { this.#drag = undefined; });
  }
}

/** Alarms a triangle, actions a disc, samples a square, phases a flag: at the top edge, told apart without colour. */
function drawMark(ctx: CanvasRenderingContext2D, kind: Mark["kind"], x: number, top: number, unit: number): void {
  const r = 3.5 * unit;
  ctx.setLineDash([]);
  ctx.fillStyle = css(kind === "alarm" ? "--amber" : kind === "action" ? "--accent" : "--muted");
  ctx.beginPath();
  if (kind === "alarm") {
    ctx.moveTo(x, top - r * 2);
    ctx.lineTo(x + r * 1.15, top);
    ctx.lineTo(x - r * 1.15, top);
  } else if (kind === "action") {
    ctx.arc(x, top - r, r, 0, Math.PI * 2);
  } else if (kind === "sample") {
    ctx.rect(x - r * 0.8, top - r * 1.8, r * 1.6, r * 1.6);
  } else {
    ctx.rect(x, top - r * 2, r * 1.8, r * 1.1);
    ctx.rect(x - unit / 2, top - r * 2, unit, r * 3.2);
  }
  ctx.fill();
}
