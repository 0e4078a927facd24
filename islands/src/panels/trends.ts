/** The trends view: any tags, how much time, table or picture, CSV; and the strip of two charts under the synoptic. */
import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { span as spanText } from "../show/format";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { nowOf, type Desk } from "../state/desk";
import { penOf, PEN_COUNT, type Pen } from "../state/pens";
import { drawnCharts } from "../state/charts";
import { chartTabs, chosenChart } from "./charts";
import { Panel } from "./panel";
import "./trend";
import { spanOf } from "./trend";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const WIDTHS: readonly number[] = [10 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 14 * DAY];

const words = (): { readonly setpoint: string; readonly output: string } => ({ setpoint: t("set-point"), output: t("output") });

/** Pens of the addresses that this plant knows, in order. */
export function pensOf(desk: Desk, addresses: readonly string[]): readonly Pen[] {
  return addresses.map((one) => penOf(desk.index, one, words())).filter((one) => one !== undefined);
}

function widths(desk: Desk): TemplateResult {
  const { window } = desk.screen;
  return html`<div class="speeds widths" role="group" aria-label=${t("How much time")}>${WIDTHS.map((one) => html`<button type="button" aria-pressed=${window.value.width === one} @click=${() => { window.value = { ...window.value, width: one }; }}>${spanText(one, desk.language)}</button>`)}</div>
    <button type="button" class="small follow" aria-pressed=${window.value.end === null} @click=${() => { window.value = { ...window.value, end: null }; }}>${icon("skip-forward")}<span>${t("Follow")}</span></button>`;
}

export class Trends extends Panel {
  readonly #table = signal(false);
  readonly #query = signal("");

  protected override render(): TemplateResult {
    const { desk } = this;
    const { screen } = desk;
    if (chosenChart(desk)) return html`<cbd-chart .desk=${desk}></cbd-chart>`;
    const pens = pensOf(desk, screen.pens.value);
    const span = spanOf(screen.window.value, nowOf(desk));
    const zoom = (factor: number): void => { screen.window.value = { ...screen.window.value, width: Math.min(60 * DAY, Math.max(MINUTE, screen.window.value.width * factor)) }; };
    const pan = (share: number): void => { screen.window.value = { ...screen.window.value, end: span.to + share * (span.to - span.from) }; };
    return html`<div class="trends-view">
      <section class="panel trends" aria-label=${t("Trends")}>
        <header class="panel-head wrap">${chartTabs(desk)}${widths(desk)}
          <span class="buttons"><button type="button" class="square" aria-label=${t("Earlier")} @click=${() => { pan(-0.5); }}>${icon("chevron-left")}</button>
          <button type="button" class="square" aria-label=${t("Later")} @click=${() => { pan(0.5); }}>${icon("chevron-right")}</button>
          <button type="button" class="square" aria-label=${t("Zoom in")} @click=${() => { zoom(0.5); }}>${icon("zoom-in")}</button>
          <button type="button" class="square" aria-label=${t("Zoom out")} @click=${() => { zoom(2); }}>${icon("zoom-out")}</button></span>
          <button type="button" class="small" aria-pressed=${this.#table.value} @click=${() => { this.#table.value = !this.#table.value; }}>${icon("table")}<span>${t("Table")}</span></button>
          <a class="button small" download href=${desk.runs.get("mine")?.csv(pens.map((pen) => pen.address), span) ?? ""}>${icon("download")}<span>CSV</span></a>
        </header>
        ${pens.length ? html`<cbd-trend .desk=${desk} .pens=${pens} heading=${t("Trends")} ?table=${this.#table.value}></cbd-trend>` : html`<p class="empty">${t("Tick a tag on the right: its curve appears here.")}</p>`}
      </section>
      ${this.#chooser()}
    </div>`;
  }

  #chooser(): TemplateResult {
    const { desk } = this;
    const query = this.#query.value.toLowerCase();
    const fits = (text: string): boolean => text.toLowerCase().includes(query);
    return html`<section class="panel chooser" aria-label=${t("Tags")}>
      <input type="search" aria-label=${t("Find a tag")} placeholder=${t("Find a tag")} .value=${this.#query.value} @input=${(input: InputEvent) => { this.#query.value = (input.target as HTMLInputElement).value; }} />
      <div class="scroll">${stories(desk).map(([group, list]) => {
        const own = group === STORY ? list : list.filter((i) => !desk.console.focus.includes(i));
        const shown = own.map((i) => desk.console.instruments[i]!).filter((one) => fits(`${one.tag} ${one.title}`));
        return shown.length ? html`<h3 class="panel-title">${t(group)}</h3>${shown.map((one) => this.#choice(one.address, one.tag, one.title))}` : nothing;
      })}
      <h3 class="panel-title">${t("Loops")}</h3>${desk.console.loops.filter((one) => fits(`${one.tag} ${one.title}`)).flatMap((one) => [
        this.#choice(`${one.address}.setpoint`, one.tag, `${one.title} · ${t("set-point")}`), this.#choice(`${one.address}.output`, one.tag, `${one.title} · ${t("output")}`)])}</div>
    </section>`;
  }

  #choice(address: string, tag: string, title: string): TemplateResult {
    const { pens } = this.desk.screen;
    const chosen = pens.value.includes(address);
    const full = pens.value.length >= PEN_COUNT && !chosen;
    return html`<label class="tick"><input type="checkbox" .checked=${chosen} ?disabled=${full} @change=${() => { pens.value = chosen ? pens.value.filter((one) => one !== address) : [...pens.value, address]; }} /><span class="mono">${tag}</span> ${title}</label>`;
  }
}

const STORY = "this flight";
/** Pens of a chart of the strip. */
const PENS = 3;

/** What a chart of the strip may show: the scenario's own story first, then each group of the plant's tags. */
function stories(desk: Desk): readonly (readonly [string, readonly number[]])[] {
  const groups = [...desk.index.groups()];
  return desk.console.focus.length ? [[STORY, desk.console.focus], ...groups] : groups;
}

/** Two charts under the synoptic: each shows one story. */
export class TrendStrip extends Panel {
  /** What each side shows: a story by its place, a chart by its place from behind. */
  readonly #groups = signal<readonly [number, number] | null>(null);

  protected override render(): TemplateResult {
    const { desk } = this;
    const [groups, charts] = [stories(desk), drawnCharts(desk.console)];
    return html`<section class="panel strip" aria-label=${t("Trends")} data-tour="strip">
      <div class="strip-charts">${this.#shown().map((at, side) => {
        const chart = at < 0 ? charts[-1 - at] : undefined;
        const [name, list] = groups[at] ?? groups[0] ?? ["", []];
        const pens = pensOf(desk, list.slice(0, PENS).map((i) => desk.console.instruments[i]!.address));
        return html`<div class="strip-chart">${groups.length + charts.length > 2 ? html`<select aria-label=${t("Group of tags")} @change=${(change: Event) => { this.#choose(side, Number((change.target as HTMLSelectElement).value)); }}>${groups.map(([one], i) => html`<option value=${i} ?selected=${i === at}>${t(one)}</option>`)}${charts.map(({ title }, i) => html`<option value=${-1 - i} ?selected=${-1 - i === at}>${title}</option>`)}</select>` : nothing}
          ${chart ? html`<cbd-curves-chart .desk=${desk} .chart=${chart} compact></cbd-curves-chart>` : html`<cbd-trend .desk=${desk} .pens=${pens} heading=${t(name)} compact></cbd-trend>`}</div>`;
      })}${this.#controls()}</div></section>`;
  }

  #controls(): TemplateResult {
    const { window } = this.desk.screen;
    const widthNow = window.value.width;
    const offered = WIDTHS.includes(widthNow) ? WIDTHS : [...WIDTHS, widthNow].sort((a, b) => a - b);
    return html`<div class="strip-controls"><select aria-label=${t("How much time")} @change=${(change: Event) => { window.value = { ...window.value, width: Number((change.target as HTMLSelectElement).value) }; }}>
        ${offered.map((one) => html`<option value=${one} ?selected=${one === widthNow}>${spanText(one, this.desk.language)}</option>`)}</select>
      <button type="button" aria-pressed=${window.value.end === null} @click=${() => { window.value = { ...window.value, end: null }; }}>${icon("skip-forward")}<span>${t("Follow")}</span></button></div>`;
  }

  /** At first: what tells this flight's story (else the plant's first group), and beside it the trade's own chart, else the group with most other tags. */
  #shown(): readonly [number, number] {
    if (this.#groups.value) return this.#groups.value;
    if (drawnCharts(this.desk.console).length) return [0, -1];
    const groups = stories(this.desk);
    const told = new Set(groups[0]?.[1].slice(0, PENS));
    const fresh = groups.map(([, list], i) => (i === 0 ? -1 : list.slice(0, PENS).filter((one) => !told.has(one)).length));
    return [0, Math.max(0, fresh.indexOf(Math.max(...fresh)))];
  }

  #choose(side: number, group: number): void {
    const [left, right] = this.#shown();
    this.#groups.value = side === 0 ? [group, right] : [left, group];
  }
}

customElements.define("cbd-trends", Trends);
customElements.define("cbd-trend-strip", TrendStrip);
