/** One chart with its pens, or the table that says the same. It reads history as it needs and adds the live frames. */
import { signal } from "@preact/signals-core";
import { html, nothing, svg, type TemplateResult } from "lit";
import { dayMinute, decimal } from "../show/format";
import { t } from "../show/strings";
import { nowOf, type Window } from "../state/desk";
import { DASHES, plotted, summary, type Cells, type Pen, type Plot } from "../state/pens";
import { limitsNow } from "../state/reading";
import { EMPTY, type History, type Span } from "../wire/history";
import { Chart, type Mark } from "./chart";
import { Panel } from "./panel";

const SHORTEST = 60_000;
const LONGEST = 60 * 86_400_000;
const BUCKETS = 480;
const BUCKETS_COMPACT = 240;
const AGAIN = 5_000;

/** The stretch of time on show: never before the flight, and at first at least a fifth of the window. */
export function spanOf(window: Window, now: number): Span {
  const to = Math.max(window.end ?? now, window.width * 0.2);
  return { from: Math.max(0, to - window.width), to };
}

const MARKS: Readonly<Record<string, Mark["kind"]>> = {
  alarm_raised: "alarm", interlock_tripped: "alarm", mode_changed: "action", setpoint_changed: "action", output_changed: "action",
  field_report: "action", sample_taken: "sample", phase_started: "phase",
};

export class Trend extends Panel {
  static override properties = { ...Panel.properties, pens: { attribute: false }, heading: {}, table: { type: Boolean }, active: { state: true }, compact: { type: Boolean } };
  declare pens: readonly Pen[];
  declare heading: string;
  declare table: boolean;
  declare active: number;
  declare compact: boolean;
  #chart: Chart | undefined;
  #plot: Plot = { time: [], columns: [], low: [], high: [] };
  #made = "";
  #drawn: ReadonlyMap<string, History> | undefined;
  #histories = signal<ReadonlyMap<string, History>>(new Map());
  #asked = { key: "", from: 0, to: 0, at: 0 };
  readonly #golden = signal<ReadonlyMap<string, History>>(new Map());
  #resize: ResizeObserver | undefined;
  #failed = signal("");

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#chart?.destroy();
    this.#chart = undefined;
    this.#resize?.disconnect();
    this.#resize = undefined;
  }

  protected override render(): TemplateResult {
    const { desk } = this;
    const now = nowOf(desk);
    const span = spanOf(desk.screen.window.value, now);
    const cursor = desk.screen.cursor.value;
    void this.#golden.value;
    this.#replot(span);
    return html`<figure class="trend ${this.compact ? "compact" : ""}">
      <figcaption><h2>${this.heading}</h2><ul class="legend">${this.pens.map((pen, i) => this.#pen(pen, i, cursor))}</ul></figcaption>
      ${this.#failed.value ? html`<p class="problem">${this.#failed.value}</p>` : nothing}
      ${this.table ? this.#table() : html`<div class="plot" role="group" tabindex="0" data-keys="own" aria-label=${this.#spoken()} @keydown=${(key: KeyboardEvent) => { this.#press(key); }} @dblclick=${() => { this.#follow(); }}></div>`}
    </figure>`;
  }

  protected override updated(): void {
    const { desk } = this;
    const host = this.querySelector<HTMLElement>(".plot");
    const now = nowOf(desk);
    const span = spanOf(desk.screen.window.value, now);
    this.#fetch(span);
    if (!host) {
      this.#chart?.destroy();
      this.#chart = undefined;
      return;
    }
    if (!this.#chart) {
      this.#chart = new Chart(host, desk.language, {
        cursor: (time) => { desk.screen.cursor.value = time; },
        pan: (share) => { this.#move((window) => ({ ...window, end: spanOf(window, nowOf(desk)).to + share * window.width })); },
        zoom: (factor, around) => { this.#zoom(factor, around); },
      });
      this.#resize = new ResizeObserver(() => { this.requestUpdate(); });
      this.#resize.observe(host);
    }
    const active = this.pens[Math.min(this.active ?? 0, Math.max(0, this.pens.length - 1))];
    this.#fetchGolden(active);
    const instrument = active && active.instrument >= 0 ? desk.console.instruments[active.instrument] : undefined;
    this.#chart.show({
      pens: this.pens, plot: this.#plot, span, active: Math.min(this.active ?? 0, Math.max(0, this.pens.length - 1)),
      limits: instrument ? limitsNow(desk.index, desk.frame.peek(), instrument) : [],
      golden: this.#golden.value.get(active?.address ?? ""),
      marks: this.#marks(span), at: desk.mode === "debrief" ? now : null,
    });
  }

  /** A pointer that moves redraws the legend only: the columns are made again when something they hold changed. */
  #replot(span: Span): void {
    const { desk } = this;
    const histories = this.#histories.value;
    const made = `${span.from} ${span.to} ${desk.recent.length} ${desk.recent.at(-1)?.time ?? 0} ${this.pens.map((pen) => pen.run + pen.address).join()}`;
    if (made === this.#made && histories === this.#drawn) return;
    this.#made = made;
    this.#drawn = histories;
    this.#plot = plotted(this.pens, histories, desk.recent, span);
  }

  #marks({ from, to }: Span): readonly Mark[] {
    const found: Mark[] = [];
    for (const { time, kind } of this.desk.story.facts) {
      const drawn = MARKS[kind];
      if (drawn && time >= from && time <= to) found.push({ time, kind: drawn });
    }
    return found.slice(-200);
  }

  #pen(pen: Pen, i: number, cursor: number | null): TemplateResult {
    const { desk } = this;
    const column = this.#plot.columns[i] ?? [];
    const value = cursor === null ? lastOf(column) : nearest(this.#plot.time, column, cursor);
    return html`<li><button type="button" class="pen pen-${(i % DASHES.length) + 1}" aria-pressed=${i === (this.active ?? 0)} title=${`${pen.tag} ${pen.title}\u2009: ${this.#scaleSaid(i)}`} @click=${() => { this.active = i; }}>
      <svg viewBox="0 0 22 6" aria-hidden="true">${svg`<line x1="0" y1="3" x2="22" y2="3" stroke-dasharray=${(DASHES[i % DASHES.length] ?? []).join(" ") || nothing} />`}</svg>
      <span class="pen-tag"><span class="mono">${pen.tag}</span>${this.compact ? nothing : html` ${pen.title}`}</span><b>${decimal(value, pen.format.digits, desk.language)}</b><small>${pen.format.unit}</small></button></li>`;
  }

  /** What the height of the chart means for a pen, since each has its own scale. */
  #scaleSaid(i: number): string {
    const { digits, unit } = this.pens[i]!.format;
    const seen = summary(this.#plot.columns[i] ?? []);
    if (!seen) return t("no data");
    return t("from {least} to {most} {unit} in sight; choose it for its axis and limits", { least: decimal(seen.least, digits, this.desk.language), most: decimal(seen.most, digits, this.desk.language), unit });
  }

  #spoken(): string {
    const { language } = this.desk;
    const parts = this.pens.map((pen, i) => {
      const seen = summary(this.#plot.columns[i] ?? []);
      if (!seen) return `${pen.title}: ${t("no data")}`;
      const digits = pen.format.digits;
      return t("{title} from {least} to {most} {unit}", { title: pen.title, least: decimal(seen.least, digits, language), most: decimal(seen.most, digits, language), unit: pen.format.unit });
    });
    return `${t("Trend {title}: arrows pan, plus and minus zoom, Home follows the clock", { title: this.heading })}. ${parts.join("; ")}`;
  }

  #table(): TemplateResult {
    const { language } = this.desk;
    const { time, columns } = this.#plot;
    const rows = 24;
    const picked = Array.from({ length: Math.min(rows, time.length) }, (_, k) => Math.round((k * (time.length - 1)) / Math.max(1, Math.min(rows, time.length) - 1)));
    const digits = (i: number): number => this.pens[i]!.format.digits;
    const line = (name: string, value: (i: number) => number | null | undefined): TemplateResult => html`<tr class="sum"><th scope="row">${t(name)}</th>${this.pens.map((_, i) => html`<td class="num">${decimal(value(i), digits(i), language)}</td>`)}</tr>`;
    const sums = columns.map((one) => summary(one));
    return html`<div class="scroll trend-table" tabindex="0"><table class="rows"><caption class="sr-only">${this.heading}</caption><thead><tr><th scope="col">${t("Time")}</th>${this.pens.map((pen) => html`<th scope="col" class="num">${pen.title}<small> ${pen.format.unit}</small></th>`)}</tr></thead>
      <tbody>${line("Least", (i) => sums[i]?.least)}${line("Most", (i) => sums[i]?.most)}${line("Last", (i) => sums[i]?.last)}
      ${picked.map((k) => html`<tr><th scope="row">${dayMinute(time[k]!, language)}</th>${this.pens.map((_, i) => html`<td class="num">${decimal(columns[i]?.[k], digits(i), language)}</td>`)}</tr>`)}</tbody></table></div>`;
  }

  #press(key: KeyboardEvent): void {
    const step = key.shiftKey ? 0.5 : 0.1;
    if (key.key === "ArrowLeft" || key.key === "ArrowRight") this.#move((window) => ({ ...window, end: spanOf(window, nowOf(this.desk)).to + (key.key === "ArrowLeft" ? -step : step) * window.width }));
    else if (key.key === "+" || key.key === "=") this.#zoom(0.7, 0.5);
    else if (key.key === "-") this.#zoom(1.4, 0.5);
    else if (key.key === "Home") this.#follow();
    else return;
    key.preventDefault();
  }

  #zoom(factor: number, around: number): void {
    this.#move((window) => {
      const width = Math.min(LONGEST, Math.max(SHORTEST, window.width * factor));
      const { to } = spanOf(window, nowOf(this.desk));
      const end = window.end === null ? null : to + (width - window.width) * (1 - around);
      return { width, end };
    });
  }

  #follow(): void {
    this.#move((window) => ({ ...window, end: null }));
  }

  #move(change: (window: Window) => Window): void {
    const { window } = this.desk.screen;
    const next = change(window.peek());
    window.value = next.end !== null && next.end >= nowOf(this.desk) && this.desk.mode === "live" ? { ...next, end: null } : next;
  }

  /** Asks again when the pens or the stretch changed, or when the live frames no longer join the stored ones. */
  #fetch({ from, to }: Span): void {
    const key = this.pens.map((pen) => pen.run + pen.address).join();
    if (!key) return;
    const asked = this.#asked;
    const width = to - from;
    const inside = from >= asked.from && to <= asked.to + width * 0.25 && width > (asked.to - asked.from) / 6;
    const stale = performance.now() - asked.at > AGAIN && this.desk.mode === "live";
    if (key === asked.key && inside && !stale) return;
    if (key === asked.key && performance.now() - asked.at < 250) {
      setTimeout(() => { this.requestUpdate(); }, 260);
      return;
    }
    const wider = { from: Math.max(0, from - width * 0.5), to: to + (this.desk.mode === "live" ? 0 : width * 0.5) };
    this.#asked = { key, ...wider, at: performance.now() };
    void this.#read(wider, key);
  }

  /** The band of healthy lots is for the pen in hand only. */
  #fetchGolden(pen: Pen | undefined): void {
    if (!pen || pen.instrument < 0 || !this.desk.golden || this.#golden.peek().has(pen.address)) return;
    void this.desk.golden.of(pen.address).then((found) => { if (!this.#golden.peek().has(pen.address)) this.#golden.value = new Map([...this.#golden.peek(), [pen.address, found]]); }, () => undefined);
  }

  async #read(span: Span, key: string): Promise<void> {
    const runs = new Map<string, string[]>();
    for (const pen of this.pens) if (pen.loop < 0) runs.set(pen.run, [...(runs.get(pen.run) ?? []), pen.address]);
    try {
      const found = new Map<string, History>();
      await Promise.all(Array.from(runs, async ([run, tags]) => { found.set(run, (await this.desk.runs.get(run)?.read(tags, span, this.compact ? BUCKETS_COMPACT : BUCKETS)) ?? EMPTY); }));
      if (key !== this.#asked.key) return;
      this.#histories.value = found;
      this.#failed.value = "";
    } catch {
      this.#failed.value = t("The history could not be read; the live values go on. It is tried again.");
    }
  }
}

const lastOf = (column: Cells): number | null => {
  for (let i = column.length - 1; i >= 0; i -= 1) if (column[i] !== null) return column[i] ?? null;
  return null;
};

function nearest(time: readonly number[], column: Cells, at: number): number | null {
  let [low, high] = [0, time.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (time[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return column[low] ?? null;
}

customElements.define("cbd-trend", Trend);

