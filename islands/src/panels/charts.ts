/** One chart of the plant, of whatever kind; and the tabs that lead from the trends to it. */
import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { ConsoleChart } from "../protocol";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { nowOf, type Desk } from "../state/desk";
import { addresses } from "../state/charts";
import "./control-chart";
import "./curves-chart";
import { Panel } from "./panel";
import "./sampling-map";

/** The chart that the seat has chosen; none: the trends. */
export const chosenChart = (desk: Desk): ConsoleChart | undefined => desk.console.charts.find((one) => one.slug === desk.screen.chart.value);

export function chartBody(desk: Desk, chart: ConsoleChart, table: boolean): TemplateResult {
  switch (chart.kind) {
    case "curves": return html`<cbd-curves-chart .desk=${desk} .chart=${chart} ?table=${table}></cbd-curves-chart>`;
    case "control": return html`<cbd-control-chart .desk=${desk} .chart=${chart} ?table=${table}></cbd-control-chart>`;
    case "map": return html`<cbd-sampling-map .desk=${desk} .chart=${chart} ?table=${table}></cbd-sampling-map>`;
  }
}

/** Trends where they stand in the same place, then each chart of the plant: nothing where it has none. */
export function chartTabs(desk: Desk, shown = chosenChart(desk), trends = true): TemplateResult | typeof nothing {
  const { charts } = desk.console;
  const { chart } = desk.screen;
  if (!charts.length) return nothing;
  const tab = (slug: string, title: string): TemplateResult => html`<button type="button" aria-pressed=${(shown?.slug ?? "") === slug} @click=${() => { chart.value = slug; }}>${title}</button>`;
  return html`<span class="speeds chart-tabs" role="group" aria-label=${t("Which chart")}>${trends ? tab("", t("Trends")) : nothing}${charts.map((one) => tab(one.slug, one.title))}</span>`;
}

function drawn(desk: Desk, chart: ConsoleChart): readonly string[] {
  const address = (i: number): string => desk.console.instruments[i]!.address;
  if (chart.kind === "curves") return addresses(chart);
  if (chart.kind === "control") return [chart.count, ...chart.rows.map(({ instrument }) => address(instrument))];
  return chart.points.filter(({ instrument }) => instrument >= 0).map(({ instrument }) => address(instrument));
}

/** A chart with its own head: tabs or a choice, the table, the numbers as a file. */
export class ChartPanel extends Panel {
  readonly #table = signal(false);

  protected override render(): TemplateResult | typeof nothing {
    const { desk } = this;
    const chart = chosenChart(desk) ?? (desk.mode === "debrief" ? desk.console.charts[0] : undefined);
    if (!chart) return nothing;
    const tabs = desk.mode === "live" || desk.console.charts.length > 1;
    return html`<section class="panel charts chart-${chart.kind}" aria-label=${chart.title}>
      <header class="panel-head wrap">${tabs ? chartTabs(desk, chart, desk.mode === "live") : nothing}
        <span class="buttons"><button type="button" class="small" aria-pressed=${this.#table.value} @click=${() => { this.#table.value = !this.#table.value; }}>${icon("table")}<span>${t("Table")}</span></button>
        <a class="button small" download href=${desk.runs.get("mine")?.csv(drawn(desk, chart), { from: 0, to: nowOf(desk) }) ?? ""}>${icon("download")}<span>CSV</span></a></span>
      </header>${chartBody(desk, chart, this.#table.value)}</section>`;
  }
}

customElements.define("cbd-chart", ChartPanel);
