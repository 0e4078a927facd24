/** Environmental monitoring on a plan: where each point lies, what it says now, against its limits; the list says the same. */
import { signal } from "@preact/signals-core";
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { SamplingMap, SamplingPoint } from "../protocol";
import { dayMinute, decimal, quantity, shown } from "../show/format";
import { t } from "../show/strings";
import { known, type Known } from "../state/points";
import { Panel } from "./panel";

/** Shape by kind: a plate round, an air sampler square, a counter a triangle, a glove a diamond, a contact plate a hexagon. */
const SYMBOLS: Readonly<Record<string, string>> = {
  settle: "M-9 0A9 9 0 1 0 9 0A9 9 0 1 0 -9 0Z", air: "M-8 -8H8V8H-8Z", particles: "M0 -10L9.5 7H-9.5Z", glove: "M0 -10L10 0L0 10L-10 0Z",
  contact: "M-5 -8.7H5L10 0L5 8.7H-5L-10 0Z",
};
const KINDS: Readonly<Record<string, string>> = { settle: "settle plate", air: "active air", particles: "particle counter", glove: "glove", contact: "contact plate" };
const GRADES: Readonly<Record<Known["grade"], string>> = { plain: "", alert: "above alert", action: "above action" };

export class SamplingMapPanel extends Panel {
  static override properties = { ...Panel.properties, chart: { attribute: false }, table: { type: Boolean } };
  declare chart: SamplingMap;
  declare table: boolean;
  readonly #width = signal(0);
  readonly #chosen = signal(-1);
  #resize: ResizeObserver | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
    this.#resize = undefined;
  }

  protected override render(): TemplateResult {
    const points = this.chart.points.map((point) => [point, known(this.desk, point)] as const);
    return html`<figure class="trend sampling-map"><figcaption><h2>${this.chart.title}</h2>
        <ul class="legend map-key">${[...new Set(this.chart.points.map(({ kind }) => kind))].map((kind) => html`<li><svg viewBox="-11 -11 22 22" aria-hidden="true"><path class="symbol" d=${SYMBOLS[kind]!} /></svg>${t(KINDS[kind]!)}</li>`)}</ul></figcaption>
      <div class="map-split">${this.table ? nothing : html`<div class="plan">${this.#plan(points)}</div>`}${this.#list(points)}</div>
      <p class="hint">${t("Plates are read after incubation, long after the vials are filled: in a chain of units, quality reads the counts before release.")}</p></figure>`;
  }

  protected override updated(): void {
    const host = this.querySelector<HTMLElement>(".plan");
    if (!host) {
      this.#resize?.disconnect();
      this.#resize = undefined;
      return;
    }
    if (this.#resize) return;
    this.#resize = new ResizeObserver(() => { this.#width.value = host.clientWidth; });
    this.#resize.observe(host);
  }

  /** Lengths of the plan in its own units; `unit`: one pixel of the screen in them, so that words keep their size. */
  #plan(points: readonly (readonly [SamplingPoint, Known])[]): TemplateResult {
    const { size, shapes, path } = this.chart;
    const unit = size[0] / Math.max(260, this.#width.value || 800);
    const wide = this.#width.value > 620;
    return html`<svg class="map" viewBox="0 0 ${size[0]} ${size[1]}" role="group" aria-label=${this.chart.title}>
      ${shapes.map(({ kind, at: [x, y, width, height], title }) => svg`<rect class=${`shape shape-${kind}`} x=${x} y=${y} width=${width} height=${height} rx=${kind === "glove" ? height / 2 : kind === "room" ? 0 : 1} stroke-width=${(kind === "zone" ? 2.5 : 1.2) * unit} />
        ${title && (wide || kind === "room" || kind === "zone") ? svg`<text class=${`shape-name name-${kind}`} x=${kind === "machine" || kind === "table" ? x + width / 2 : x + 5 * unit} y=${kind === "room" ? y + 16 * unit : y + height - 6 * unit} text-anchor=${kind === "machine" || kind === "table" ? "middle" : "start"} font-size=${(wide ? 11.5 : 9.5) * unit}>${title}</text>` : nothing}`)}
      ${path.length ? svg`<polyline class="vials" points=${path.map((one) => one.join(",")).join(" ")} stroke-width=${5 * unit} /><polyline class="vials-dots" points=${path.map((one) => one.join(",")).join(" ")} stroke-width=${2.5 * unit} stroke-dasharray="0 ${7 * unit}" />` : nothing}
      ${points.map(([point, now], i) => this.#point(point, now, { i, unit }))}</svg>`;
  }

  #point(point: SamplingPoint, now: Known, { i, unit }: { readonly i: number; readonly unit: number }): SVGTemplateResult {
    const wide = this.#width.value > 620;
    const scale = unit * (wide ? 1.5 : 0.95);
    const chosen = this.#chosen.value === i;
    return svg`<g class=${`spot is-${now.state} grade-${now.grade} ${chosen ? "chosen" : ""}`} transform=${`translate(${point.x} ${point.y})`} @click=${() => { this.#chosen.value = chosen ? -1 : i; }}>
      <title>${point.mark} ${point.title}</title><path class="symbol" d=${SYMBOLS[point.kind] ?? SYMBOLS.settle!} transform=${`scale(${scale})`} />
      <text class="mark" y=${(point.kind === "particles" ? 5 : 3.4) * scale} text-anchor="middle" font-size=${(point.kind === "particles" ? 8 : 9.5) * scale}>${point.mark}</text>
      ${wide ? svg`<text class="count" y=${-13.5 * scale} text-anchor="middle" font-size=${(wide ? 14 : 11) * unit}>${this.#short(point, now)}</text>` : nothing}</g>`;
  }

  /** Beside the symbol: the count, or in a word why there is none. */
  #short(point: SamplingPoint, now: Known): string {
    const { language } = this.desk;
    if (now.state === "reading") return quantity(now.value, this.desk.console.instruments[point.instrument]!.format, language);
    if (now.state === "read") return `${decimal(now.value, 0, language)}\u202f${t("CFU")}`;
    const words: Readonly<Record<string, string>> = { laid: t("laid"), incubating: t("incubating"), told: t("tested"), due: t("not tested"), unknown: "—" };
    return words[now.state] ?? "";
  }

  #said(point: SamplingPoint, now: Known): string {
    const { language } = this.desk;
    const time = dayMinute(now.time, language);
    switch (now.state) {
      case "reading": return t("counted now");
      case "laid": return t("lies open since {time}", { time });
      case "incubating": return t("incubating, to be read on {time}", { time });
      case "read": return t("plate of {time}", { time });
      case "told": return `${time} · ${now.words}`;
      case "due": return t("not tested in this flight");
      case "unknown": return point.note;
    }
  }

  #limit(point: SamplingPoint, value: number | null): string {
    if (value === null) return "—";
    const { language } = this.desk;
    if (point.instrument >= 0) return shown(value, this.desk.console.instruments[point.instrument]!.format, language);
    return value < 1 ? t("no growth") : decimal(value, 0, language);
  }

  #list(points: readonly (readonly [SamplingPoint, Known])[]): TemplateResult {
    return html`<div class="scroll map-list" tabindex="0"><table class="rows"><caption class="sr-only">${this.chart.title}</caption>
      <thead><tr><th scope="col">${t("Point")}</th><th scope="col">${t("State")}</th><th scope="col" class="num">${t("Count")}</th><th scope="col" class="num">${t("Alert")}</th><th scope="col" class="num">${t("Action")}</th></tr></thead>
      <tbody>${points.map(([point, now], i) => html`<tr class=${`grade-${now.grade} ${this.#chosen.value === i ? "chosen" : ""}`} @pointerenter=${() => { this.#chosen.value = i; }}>
        <th scope="row"><b class="mono">${point.mark}</b> ${point.title}</th><td class="dim">${this.#said(point, now)}${GRADES[now.grade] ? html`<small class="beyond-word">${t(GRADES[now.grade])}</small>` : nothing}</td>
        <td class="num"><b>${now.value === null ? "—" : this.#short(point, now)}</b></td><td class="num dim">${this.#limit(point, point.alert)}</td><td class="num dim">${this.#limit(point, point.action)}</td></tr>`)}</tbody></table></div>`;
  }
}

customElements.define("cbd-sampling-map", SamplingMapPanel);
