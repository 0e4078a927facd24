/** A chart of curves, or the table that says the same: chromatogram over volume, drying over hours. */
import { signal } from "@preact/signals-core";
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Curves } from "../protocol";
import { decimal, quantity, toShown, type Language } from "../show/format";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { addresses, between, blocks, cycles, kept, passed, phases, within, type Stretch } from "../state/charts";
import { nowOf } from "../state/desk";
import { DASHES, summary, type Cells, type Plot } from "../state/pens";
import { CurvesPlot, type CurvesPicture, type DrawnBlock } from "./curves-plot";
import { Panel } from "./panel";
import { Recording } from "./recording";

const HOUR = 3_600_000;
const LITRE = 1e-3;

/** One cycle on its abscissa (hours, or litres from its own beginning). */
interface Lap {
  readonly x: readonly number[];
  readonly columns: readonly Cells[];
  readonly blocks: readonly DrawnBlock[];
  readonly kept: readonly DrawnBlock[];
}

export class CurvesChart extends Panel {
  static override properties = { ...Panel.properties, chart: { attribute: false }, table: { type: Boolean }, compact: { type: Boolean } };
  declare chart: Curves;
  declare table: boolean;
  declare compact: boolean;
  readonly #recording = new Recording();
  /** The cycle in front; -1: the last. */
  readonly #front = signal(-1);
  readonly #view = signal<readonly [number, number] | null>(null);
  readonly #cursor = signal<number | null>(null);
  #plot: CurvesPlot | undefined;
  #resize: ResizeObserver | undefined;
  #made: { readonly record: Plot; readonly key: string; readonly laps: readonly Lap[] } | undefined;
  #picture: CurvesPicture | undefined;
  #pictured: readonly unknown[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drop();
    this.#recording.stop();
  }

  protected override render(): TemplateResult {
    const laps = this.#laps();
    const front = this.#at(laps);
    const lap = laps[front]!;
    void this.#view.value;
    return html`<figure class="trend curves-chart ${this.compact ? "compact" : ""}">
      <figcaption><h2>${this.chart.title}</h2><ul class="legend keys-of-curves">${this.chart.curves.map((_, i) => this.#key(i, lap))}</ul>
        ${this.compact ? nothing : this.#controls(laps.length, front)}</figcaption>
      ${this.#recording.failed.value ? html`<p class="problem">${this.#recording.failed.value}</p>` : nothing}
      ${this.table ? this.#table(lap) : html`<div class="plot" role="group" tabindex="0" data-keys="own" aria-label=${this.#spoken(lap)} @keydown=${(key: KeyboardEvent) => { this.#press(key, lap); }} @dblclick=${() => { this.#view.value = null; }}></div>`}
    </figure>`;
  }

  protected override updated(): void {
    const { desk } = this;
    this.#recording.ask(desk, addresses(this.chart), this.#span(), () => { this.requestUpdate(); });
    const host = this.querySelector<HTMLElement>(".plot");
    if (!host) {
      this.#drop();
      return;
    }
    if (!this.#plot) {
      this.#plot = new CurvesPlot(host, desk.language, { cursor: (x) => { this.#cursor.value = x; }, zoom: (view) => { this.#view.value = view; } });
      this.#resize = new ResizeObserver(() => { this.requestUpdate(); });
      this.#resize.observe(host);
    }
    this.#plot.show(this.#pictureOf(this.#laps()));
  }

  #drop(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#resize?.disconnect();
    this.#resize = undefined;
  }

  #span(): { readonly from: number; readonly to: number } {
    return { from: 0, to: nowOf(this.desk) };
  }

  #at(laps: readonly Lap[]): number {
    const { value } = this.#front;
    return value < 0 ? laps.length - 1 : Math.min(value, laps.length - 1);
  }

  /** The record by cycles; made again only when something came. */
  #laps(): readonly Lap[] {
    const { desk, chart } = this;
    const span = this.#span();
    const record = this.#recording.read(desk, addresses(chart), span);
    const facts = desk.story.facts;
    const key = `${chart.slug} ${facts.length} ${span.to}`;
    if (this.#made?.record === record && this.#made.key === key) return this.#made.laps;
    const spans = phases(facts, span.to, desk.console.phases[desk.frame.peek()?.phase ?? -1]?.slug);
    const column = columnOf(record, addresses(chart));
    const volume = chart.volume ? passed(record.time, column(chart.volume.flow)) : undefined;
    const named = blocks(spans, chart.blocks);
    const open = chart.fraction ? kept(record.time, column(chart.fraction.valve), chart.fraction.above) : [];
    const whole = { from: record.time[0] ?? 0, to: span.to };
    const laps = cycles(spans, chart.cycle, whole).map((cycle) => this.#lap(cycle, { record, volume, named, open }));
    this.#made = { record, key, laps };
    return laps;
  }

  #lap(cycle: Stretch, { record, volume, named, open }: { readonly record: Plot; readonly volume: readonly number[] | undefined; readonly named: readonly (Stretch & { readonly title: string })[]; readonly open: readonly Stretch[] }): Lap {
    const { chart } = this;
    const [first, last] = within(record.time, cycle);
    const origin = volume ? between(record.time, volume, cycle.from) : 0;
    const x = (at: number): number => (volume ? (between(record.time, volume, at) - origin) / LITRE : at / HOUR);
    const placed = (list: readonly (Stretch & { readonly title: string })[]): DrawnBlock[] => list
      .filter(({ from, to }) => to > cycle.from && from < cycle.to)
      .map(({ from, to, title }) => ({ title, from: x(Math.max(from, cycle.from)), to: x(Math.min(to, cycle.to)) }));
    const column = columnOf(record, addresses(chart));
    const pool = placed(open.map((one) => ({ ...one, title: chart.fraction?.title ?? "" })));
    return {
      x: record.time.slice(first, last).map((at, i) => (volume ? (volume[first + i]! - origin) / LITRE : at / HOUR)),
      columns: chart.curves.map((curve) => column(curve.address).slice(first, last).map((one) => (one === null ? null : toShown(one, chart.axes[curve.axis]!.format)))),
      blocks: placed(named), kept: pool.map((one) => ({ ...one, title: this.#pooled(one) })),
    };
  }

  /** `Pool · 2,9 VC` */
  #pooled({ from, to, title }: DrawnBlock): string {
    const { volume } = this.chart;
    return volume ? `${title} · ${decimal(((to - from) * LITRE) / volume.column, 1, this.desk.language)}\u202f${t("CV")}` : title;
  }

  #pictureOf(laps: readonly Lap[]): CurvesPicture {
    const { chart, compact } = this;
    const view = this.#view.value;
    const given = [laps, view, compact, this.#front.value, chart];
    if (this.#picture && given.every((one, i) => one === this.#pictured[i])) return this.#picture;
    this.#pictured = given;
    const lap = laps[this.#at(laps)]!;
    const farthest = Math.max(...laps.map((one) => one.x.at(-1) ?? 0));
    const begun = lap.x[0] ?? 0;
    const first = chart.volume || begun < 0.5 ? 0 : begun;
    return this.#picture = {
      x: lap.x, axes: chart.axes, blocks: lap.blocks, kept: lap.kept, compact: compact ?? false,
      curves: chart.curves.map(({ title, axis, pen }, i) => ({ title, axis, pen, y: lap.columns[i]! })),
      lines: chart.lines.map(({ title, axis, value }) => ({ title: `${title} ${quantity(value, chart.axes[axis]!.format, this.desk.language)}`, axis, at: toShown(value, chart.axes[axis]!.format) })),
      ghosts: laps.filter((one) => one !== lap).map(({ x, columns }) => ({ x, columns })),
      abscissae: this.#abscissae(), view: view ?? [first, Math.max(farthest, first + (chart.volume ? chart.volume.column / LITRE : 1))],
    };
  }

  #abscissae(): CurvesPicture["abscissae"] {
    const { volume } = this.chart;
    if (!volume) return [{ title: t("h"), each: 1 }];
    const columns = { title: t("CV"), each: volume.column / LITRE };
    return this.compact ? [columns] : [{ title: "L", each: 1 }, columns];
  }

  #key(i: number, lap: Lap): TemplateResult {
    const curve = this.chart.curves[i]!;
    const { format } = this.chart.axes[curve.axis]!;
    const cursor = this.#cursor.value;
    const cells = lap.columns[i]!;
    const value = cursor === null ? cells.findLast((one) => one !== null) : cells[nearest(lap.x, cursor)];
    const tag = this.desk.index.instrumentAt(curve.address)?.tag ?? "";
    return html`<li class="key pen-${curve.pen}" title=${tag}><svg viewBox="0 0 22 6" aria-hidden="true">${svg`<line x1="0" y1="3" x2="22" y2="3" stroke-dasharray=${(DASHES[i % DASHES.length] ?? []).join(" ") || nothing} />`}</svg>
      <span>${curve.title}</span><b>${decimal(value, format.digits, this.desk.language)}</b><small>${format.unit === curve.title ? "" : format.unit}</small></li>`;
  }

  #controls(count: number, front: number): TemplateResult {
    return html`<span class="chart-controls">${count > 1 ? html`<span class="speeds" role="group" aria-label=${t("Cycle in front")}>${Array.from({ length: count }, (_, i) => html`<button type="button" aria-pressed=${i === front} @click=${() => { this.#front.value = i === count - 1 ? -1 : i; }}>${t("Cycle {n}", { n: i + 1 })}</button>`)}</span>` : nothing}
      ${this.#view.value ? html`<button type="button" class="small" @click=${() => { this.#view.value = null; }}>${icon("zoom-out")}<span>${t("Whole")}</span></button>` : nothing}</span>`;
  }

  /** Each block: where it lies, and of each curve the greatest value and the last. */
  #table(lap: Lap): TemplateResult {
    const { chart } = this;
    const { language } = this.desk;
    const scales = this.#abscissae();
    const rows = [...lap.blocks, ...lap.kept.map((one) => ({ ...one, own: true }))];
    return html`<div class="scroll trend-table" tabindex="0"><table class="rows"><caption class="sr-only">${chart.title}</caption>
      <thead><tr><th scope="col">${t("Phase")}</th>${scales.map(({ title }) => html`<th scope="col" class="num">${t("from, {unit}", { unit: title })}</th><th scope="col" class="num">${t("to, {unit}", { unit: title })}</th>`)}
        ${chart.curves.map(({ title, axis }) => html`<th scope="col" class="num">${title}<small> ${chart.axes[axis]!.format.unit}</small><br /><small>${t("least, most, last")}</small></th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr class=${"own" in row ? "sum" : ""}><th scope="row">${row.title}</th>
        ${scales.map(({ each }) => html`<td class="num">${decimal(row.from / each, each > 1 ? 2 : 1, language)}</td><td class="num">${decimal(row.to / each, each > 1 ? 2 : 1, language)}</td>`)}
        ${chart.curves.map(({ axis }, i) => html`<td class="num">${said(lap, i, { row, digits: chart.axes[axis]!.format.digits, language })}</td>`)}</tr>`)}</tbody></table>
      ${rows.length ? nothing : html`<p class="empty">${t("Nothing is recorded yet.")}</p>`}</div>`;
  }

  #spoken(lap: Lap): string {
    const { language } = this.desk;
    const parts = this.chart.curves.map(({ title, axis }, i) => {
      const seen = summary(lap.columns[i]!);
      const { digits, unit } = this.chart.axes[axis]!.format;
      return seen ? t("{title} from {least} to {most} {unit}", { title, least: decimal(seen.least, digits, language), most: decimal(seen.most, digits, language), unit }) : `${title}: ${t("no data")}`;
    });
    const scale = this.#abscissae()[0]!;
    const reach = t("over {value} {unit}", { value: decimal((lap.x.at(-1) ?? 0) / scale.each, 0, language), unit: scale.title });
    return `${t("Chart {title}: arrows pan, plus and minus zoom, Home shows the whole", { title: this.chart.title })}. ${[reach, ...parts, ...lap.kept.map(({ title }) => title)].join("; ")}`;
  }

  #press(key: KeyboardEvent, lap: Lap): void {
    const [from, to] = this.#view.value ?? [0, Math.max(lap.x.at(-1) ?? 0, 1e-3)];
    const width = to - from;
    if (key.key === "ArrowLeft" || key.key === "ArrowRight") this.#view.value = shifted([from, to], (key.key === "ArrowLeft" ? -0.1 : 0.1) * width);
    else if (key.key === "+" || key.key === "=") this.#view.value = [from + width * 0.15, to - width * 0.15];
    else if (key.key === "-") this.#view.value = [Math.max(0, from - width * 0.2), to + width * 0.2];
    else if (key.key === "Home") this.#view.value = null;
    else return;
    key.preventDefault();
  }
}

const shifted = ([from, to]: readonly [number, number], by: number): readonly [number, number] => (from + by < 0 ? [0, to - from] : [from + by, to + by]);

/** Columns of a record by address. */
function columnOf(record: Plot, list: readonly string[]): (address: string) => Cells {
  return (address) => record.columns[list.indexOf(address)] ?? [];
}

function nearest(x: readonly number[], at: number): number {
  let [low, high] = [0, x.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Least, most and last of a curve inside a row of the table. */
function said({ x, columns }: Lap, i: number, { row, digits, language }: { readonly row: DrawnBlock; readonly digits: number; readonly language: Language }): string {
  const seen = summary(columns[i]!.filter((_, k) => x[k]! >= row.from && x[k]! <= row.to));
  return seen ? [seen.least, seen.most, seen.last].map((one) => decimal(one, digits, language)).join(" · ") : "—";
}

customElements.define("cbd-curves-chart", CurvesChart);
