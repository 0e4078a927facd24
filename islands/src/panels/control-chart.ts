/** A control chart: each sample a point, centre line, warning and action limits, what is outside marked by shape, colour and word. */
import { signal } from "@preact/signals-core";
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { ControlChart, ControlRow, Format } from "../protocol";
import { dayMinute, decimal, quantity, shown } from "../show/format";
import { t } from "../show/strings";
import { between, runs, samples, verdict, type Sample, type Verdict } from "../state/charts";
import { nowOf } from "../state/desk";
import type { Plot } from "../state/pens";
import { steps } from "./curves-plot";
import { Panel } from "./panel";
import { Recording } from "./recording";

const RIGHT = 92;
const LEFT = 54;
const FOOT = 34;
const GAP = 30;
const RUN = 8;

const VERDICTS: Readonly<Record<Verdict, string>> = { in: "in control", warning: "outside warning", action: "outside action" };

interface Row {
  readonly row: ControlRow;
  readonly format: Format;
  readonly points: readonly Sample[];
  readonly checks: readonly Sample[];
  readonly runs: ReadonlySet<number>;
}

interface Frame {
  readonly top: number;
  readonly height: number;
  readonly low: number;
  readonly high: number;
}

export class ControlChartPanel extends Panel {
  static override properties = { ...Panel.properties, chart: { attribute: false }, table: { type: Boolean } };
  declare chart: ControlChart;
  declare table: boolean;
  readonly #recording = new Recording();
  readonly #size = signal<readonly [number, number]>([0, 0]);
  readonly #picked = signal<readonly [number, number] | null>(null);
  #resize: ResizeObserver | undefined;
  #made: { readonly record: Plot; readonly results: number; readonly rows: readonly Row[] } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#recording.stop();
    this.#resize?.disconnect();
    this.#resize = undefined;
  }

  protected override render(): TemplateResult {
    const rows = this.#rows();
    return html`<figure class="trend control-chart"><figcaption><h2>${this.chart.title}</h2>${this.#counts(rows)}</figcaption>
      ${this.#recording.failed.value ? html`<p class="problem">${this.#recording.failed.value}</p>` : nothing}
      ${this.table ? this.#table(rows) : html`<div class="plot control-plot">${this.#drawing(rows)}</div>`}</figure>`;
  }

  protected override updated(): void {
    this.#recording.ask(this.desk, this.#addresses(), this.#span(), () => { this.requestUpdate(); });
    const host = this.querySelector<HTMLElement>(".plot");
    if (!host || this.#resize) return;
    this.#resize = new ResizeObserver(() => { this.#size.value = [host.clientWidth, host.clientHeight]; });
    this.#resize.observe(host);
  }

  #addresses(): readonly string[] {
    const { instruments } = this.desk.console;
    return [this.chart.count, ...this.chart.rows.map(({ instrument }) => instruments[instrument]!.address)];
  }

  /** From the first phase in which anything is weighed: the record is then fine enough to hold each sample. */
  #span(): { readonly from: number; readonly to: number } {
    const { desk } = this;
    const phases = new Set(this.chart.rows.flatMap(({ instrument }) => desk.console.instruments[instrument]!.limits.flatMap((one) => one.phases)));
    const begun = desk.story.facts.find((fact) => fact.kind === "phase_started" && phases.has(fact.subject.split("/").at(-1)!));
    return { from: begun?.time ?? 0, to: nowOf(desk) };
  }

  #rows(): readonly Row[] {
    const { desk, chart } = this;
    const record = this.#recording.read(desk, this.#addresses(), this.#span());
    const { results } = desk.story;
    if (this.#made?.record === record && this.#made.results === results.length) return this.#made.rows;
    const count = record.columns[0] ?? [];
    const known = count.map((one) => one ?? 0);
    const rows = chart.rows.map((row, k): Row => {
      const points = samples(record.time, count, record.columns[k + 1] ?? [], chart.every);
      const checks = row.reference ? desk.story.series(row.reference).map((one) => ({ time: one.sampled, value: one.value * row.times, count: between(record.time, known, one.sampled) })).filter((one) => one.count >= 1) : [];
      return { row, points, checks, format: desk.console.instruments[row.instrument]!.format, runs: runs(points, row.centre, RUN) };
    });
    this.#made = { record, results: results.length, rows };
    return rows;
  }

  #counts(rows: readonly Row[]): TemplateResult {
    const all = rows.flatMap(({ row, points }) => points.map(({ value }) => verdict(row, value)));
    const of = (kind: Verdict): number => all.filter((one) => one === kind).length;
    return html`<ul class="legend control-key"><li>${t("{n} samples of {every}", { n: rows[0]?.points.length ?? 0, every: this.chart.every })}</li>
      <li class="mark-warning"><svg viewBox="-6 -6 12 12" aria-hidden="true"><path d="M0 -5L5 4H-5Z" /></svg>${t("outside warning")} <b>${of("warning")}</b></li>
      <li class="mark-action"><svg viewBox="-6 -6 12 12" aria-hidden="true"><path d="M-4 -4L4 4M-4 4L4 -4" /></svg>${t("outside action")} <b>${of("action")}</b></li>
      <li class="mark-run"><svg viewBox="-6 -6 12 12" aria-hidden="true"><circle r="4" /></svg>${t("run of {n} on one side", { n: RUN })} <b>${rows.reduce((sum, one) => sum + one.runs.size, 0)}</b></li>
      ${rows.some(({ row }) => row.reference) ? html`<li class="mark-check"><svg viewBox="-6 -6 12 12" aria-hidden="true"><path d="M0 -5L5 0L0 5L-5 0Z" /></svg>${rows.map(({ row }) => this.desk.index.analyte.get(row.reference)?.analyser.title ?? "").join("")}</li>` : nothing}</ul>`;
  }

  #drawing(rows: readonly Row[]): TemplateResult | typeof nothing {
    const [width, height] = this.#size.value;
    if (width < 80 || height < 80) return nothing;
    const room = width < 520 ? 62 : RIGHT;
    const most = Math.max(this.chart.every * 10, ...rows.map(({ points }) => points.at(-1)?.count ?? 0));
    const x = (count: number): number => LEFT + (count / most) * (width - LEFT - room);
    const free = height - FOOT - 18 - GAP * (rows.length - 1);
    let top = 18;
    return html`<svg class="control" width=${width} height=${height} role="img" aria-label=${this.#spoken(rows)} @pointerleave=${() => { this.#picked.value = null; }}>
      ${rows.map((one, k) => {
        const share = rows.length === 1 ? 1 : k === 0 ? 0.64 : 0.36 / (rows.length - 1);
        const frame = { top, height: free * share, ...ends(one) };
        top += free * share + GAP;
        return this.#row(one, k, { frame, x, width: width - room });
      })}
      ${steps(0, most, width - LEFT - room, 70).map((at) => svg`<text class="tick-name" x=${x(at)} y=${height - FOOT + 16} text-anchor="middle">${decimal(at, 0, this.desk.language)}</text>`)}
      <text class="axis-name" x=${LEFT + (width - LEFT - room) / 2} y=${height - 4} text-anchor="middle">${this.chart.counted}</text>
    </svg>`;
  }

  #row({ row, format, points, checks, runs: ended }: Row, k: number, { frame, x, width }: { readonly frame: Frame; readonly x: (count: number) => number; readonly width: number }): SVGTemplateResult {
    const { language } = this.desk;
    const y = (value: number): number => frame.top + ((frame.high - Math.min(frame.high, Math.max(frame.low, value))) / (frame.high - frame.low)) * frame.height;
    const lines = ([["centre", row.centre], ["warning", row.warning_low], ["warning", row.warning_high], ["action", row.action_low], ["action", row.action_high]] as const).filter((one): one is readonly ["centre" | "warning" | "action", number] => one[1] !== null);
    const path = points.map(({ count, value }, i) => `${i ? "L" : "M"}${x(count).toFixed(1)} ${y(value).toFixed(1)}`).join("");
    const picked = this.#picked.value?.[0] === k ? points[this.#picked.value[1]] : undefined;
    return svg`<g class="control-row"><rect class="area" x=${LEFT} y=${frame.top} width=${width - LEFT} height=${frame.height} />
      <text class="axis-name" x="2" y=${frame.top - 6}>${row.title}${format.unit ? `, ${format.unit}` : ""}</text>
      ${steps(frame.low * format.scale, frame.high * format.scale, frame.height, 26).map((at) => svg`<text class="tick-name" x=${LEFT - 6} y=${y(at / format.scale) + 4} text-anchor="end">${decimal(at, format.digits > 2 ? 2 : format.digits, language)}</text>`)}
      ${lines.map(([kind, at]) => svg`<line class=${`line-${kind}`} x1=${LEFT} x2=${width} y1=${y(at)} y2=${y(at)} /><text class=${`line-name line-${kind}`} x=${width + 5} y=${y(at) + 4}>${kind === "centre" ? t("CL") : kind === "warning" ? t("WL") : t("AL")} ${shown(at, format, language)}</text>`)}
      <path class="run" d=${path} />
      ${points.map((one, i) => this.#point({ one, verdict: verdict(row, one.value), ran: ended.has(i), pick: () => { this.#picked.value = [k, i]; } }, x(one.count), y(one.value)))}
      ${checks.map(({ count, value }) => svg`<path class="point-check" d=${`M${x(count)} ${y(value) - 6}l6 6l-6 6l-6 -6Z`}><title>${quantity(value, format, language)}</title></path>`)}
      ${picked ? svg`<text class="picked" x=${Math.min(width - 4, x(picked.count) + 8)} y=${frame.top + 14} text-anchor=${x(picked.count) > width - 220 ? "end" : "start"}>${decimal(picked.count, 0, language)} · ${dayMinute(picked.time, language)} · ${quantity(picked.value, format, language)} · ${t(VERDICTS[verdict(row, picked.value)])}</text>` : nothing}</g>`;
  }

  /** Inside a dot; outside warning a triangle, outside action a cross in a ring; the end of a run is circled. */
  #point({ verdict: kind, ran, pick }: { readonly one: Sample; readonly verdict: Verdict; readonly ran: boolean; readonly pick: () => void }, x: number, y: number): SVGTemplateResult {
    const at = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
    const mark = kind === "in" ? svg`<circle r="2.4" />` : kind === "warning" ? svg`<path d="M0 -5.5L5 4H-5Z" />` : svg`<path d="M-4.5 -4.5L4.5 4.5M-4.5 4.5L4.5 -4.5" />`;
    return svg`<g class=${`point-${kind}`} transform=${at} @pointerenter=${pick}><circle class="catch" r="7" />${ran ? svg`<circle class="ring" r="5.5" />` : nothing}${mark}</g>`;
  }

  #spoken(rows: readonly Row[]): string {
    const { language } = this.desk;
    return `${this.chart.title}. ${rows.map(({ row, points, format }) => {
      const last = points.at(-1);
      const out = points.filter(({ value }) => verdict(row, value) !== "in").length;
      return last ? t("{title}: last {value}, {out} of {n} outside a limit", { title: row.title, value: quantity(last.value, format, language), out, n: points.length }) : `${row.title}: ${t("no data")}`;
    }).join(". ")}`;
  }

  /** The last samples, newest first, after those outside a limit. */
  #table(rows: readonly Row[]): TemplateResult {
    const { language } = this.desk;
    const counts = [...new Set(rows.flatMap(({ points }) => points.map(({ count }) => count)))].sort((a, b) => b - a);
    const cell = ({ row, points, format }: Row, count: number): TemplateResult => {
      const found = points.find((one) => one.count === count);
      const kind = found ? verdict(row, found.value) : "in";
      return html`<td class="num">${found ? shown(found.value, format, language) : "—"}${kind === "in" ? nothing : html`<small class="beyond-word">${t(VERDICTS[kind])}</small>`}</td>`;
    };
    const time = (count: number): number => rows[0]?.points.find((one) => one.count === count)?.time ?? 0;
    return html`<div class="scroll trend-table" tabindex="0"><table class="rows"><caption class="sr-only">${this.chart.title}</caption>
      <thead><tr><th scope="col">${this.chart.counted}</th><th scope="col">${t("Time")}</th>${rows.map(({ row, format }) => html`<th scope="col" class="num">${row.title}<small> ${format.unit}</small></th>`)}</tr></thead>
      <tbody>${counts.slice(0, 250).map((count) => html`<tr><th scope="row" class="num">${decimal(count, 0, language)}</th><td>${dayMinute(time(count), language)}</td>${rows.map((one) => cell(one, count))}</tr>`)}</tbody></table>
      ${counts.length ? nothing : html`<p class="empty">${t("Nothing is weighed yet: the first point comes after {every}.", { every: this.chart.every })}</p>`}</div>`;
  }
}

/** All lines and all points, with some air. */
function ends({ row, points, checks }: Row): { readonly low: number; readonly high: number } {
  const lines = [row.centre, row.warning_low, row.warning_high, row.action_low, row.action_high].filter((one) => one !== null);
  const values = [...lines, ...points.map(({ value }) => value), ...checks.map(({ value }) => value)];
  if (!values.length) return { low: 0, high: 1 };
  const [least, most] = [row.centre === null ? 0 : Math.min(...values), Math.max(...values)];
  const span = lines.length > 1 ? Math.max(...lines) - Math.min(...lines) : most;
  const [low, high] = [Math.max(least, Math.min(...lines) - span), Math.min(most, Math.max(...lines) + span)];
  const air = (high - low) * 0.12 || 1;
  return { low: row.centre === null ? 0 : low - air, high: high + air };
}

customElements.define("cbd-control-chart", ControlChartPanel);
