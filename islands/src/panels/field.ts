/** Beside the vessel: places, what can be done there, and what came back from it. */
import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Station, Verb } from "../protocol";
import { dayMinute, euros, span } from "../show/format";
import { icon } from "../show/icon";
import type { IconName } from "../show/icon-names";
import { t } from "../show/strings";
import { nowOf } from "../state/desk";
import { errands } from "../state/errands";
import { reportText, verbTitle } from "../state/words";
import { Panel } from "./panel";

/** Kinds of places in the order in which one walks, each with its pictogram. */
const KINDS: Readonly<Record<string, { readonly words: string; readonly icon: IconName }>> = {
  vessel: { words: "The equipment", icon: "eye" },
  port: { words: "Bottles and bags", icon: "milk" },
  line: { words: "Lines and pumps", icon: "spline" },
  valve: { words: "Valves", icon: "wrench" },
  filter: { words: "Filters", icon: "funnel" },
  gauge: { words: "Gauges", icon: "gauge" },
  probe: { words: "Probes", icon: "thermometer" },
  person: { words: "People", icon: "user" },
};
const OTHER = { words: "Other places", icon: "wrench" } as const;

export class Field extends Panel {
  readonly #arguments = signal<Readonly<Record<string, string>>>({});

  protected override render(): TemplateResult {
    const { desk } = this;
    const stations = desk.console.field;
    const here = stations.find((one) => one.address === desk.screen.station.value) ?? stations[0];
    if (!here) return html`<section class="panel"><p class="empty">${t("There is nothing to do by hand on this plant.")}</p></section>`;
    return html`<div class="field two-columns">
      <section class="panel" aria-label=${t("Field")}>
        <header class="panel-head"><h2 class="panel-title">${t("Beside the equipment")}</h2></header>
        <div class="field-split">
          <div class="stations">${this.#kinds().map(([kind, list]) => html`<h3 class="panel-title">${t((KINDS[kind] ?? OTHER).words)}</h3>
            <ul>${list.map((one) => html`<li><button type="button" aria-pressed=${one === here} @click=${() => { desk.screen.station.value = one.address; }}>${icon((KINDS[kind] ?? OTHER).icon)}<span>${one.title}</span></button></li>`)}</ul>`)}</div>
          <div class="verbs"><h3>${icon((KINDS[here.kind] ?? OTHER).icon)}${here.title}</h3>${here.verbs.map((verb) => this.#verb(here, verb))}</div>
        </div>
      </section>
      <section class="panel" aria-label=${t("Reports")}>${this.#reports()}</section>
    </div>`;
  }

  #kinds(): readonly (readonly [string, readonly Station[]])[] {
    const order = Object.keys(KINDS);
    const found = new Map<string, Station[]>();
    for (const one of this.desk.console.field) {
      const kind = one.kind in KINDS ? one.kind : "";
      found.set(kind, [...(found.get(kind) ?? []), one]);
    }
    return [...found].sort(([a], [b]) => (a ? order.indexOf(a) : order.length) - (b ? order.indexOf(b) : order.length));
  }

  #verb(station: Station, verb: Verb): TemplateResult {
    const { desk } = this;
    const key = `${station.address} ${verb.verb}`;
    const argument = this.#arguments.value[key] ?? verb.arguments[0]?.value ?? "";
    return html`<div class="verb">
      <div><strong>${verb.title}</strong><small>${verb.duration > 0 ? t("report in {span}", { span: span(verb.duration, desk.language) }) : t("at once")}${verb.cost > 0 ? ` · ${euros(verb.cost, desk.language)}` : ""}</small></div>
      ${verb.arguments.length ? html`<select aria-label=${t("{verb}: which", { verb: verb.title })} .value=${argument} @change=${(change: Event) => { this.#arguments.value = { ...this.#arguments.value, [key]: (change.target as HTMLSelectElement).value }; }}>
        ${verb.arguments.map((one) => html`<option value=${one.value} ?selected=${one.value === argument}>${one.title}</option>`)}</select>` : nothing}
      <button type="button" ?disabled=${!desk.mayCommand.value || desk.mode !== "live"} aria-label=${t("{verb}: do it", { verb: verb.title })} @click=${() => { void desk.command({ kind: "field_action", station: station.address, verb: verb.verb, argument }); }}>${t("Do it")}</button>
    </div>`;
  }

  #underWay(): TemplateResult | typeof nothing {
    const { desk } = this;
    const now = nowOf(desk);
    const sent = errands(desk);
    if (!sent.length) return nothing;
    return html`<header class="panel-head"><h2 class="panel-title">${t("Under way")}</h2></header>
      <ul class="pending">${sent.map((one) => html`<li><span>${desk.index.title(one.station)}<small> ${verbTitle(desk.index, one.station, one.verb, one.argument)}</small></span><small>${t("since {time}", { time: dayMinute(one.sent, desk.language) })}</small>
        <b>${now >= one.due ? t("arriving") : t("in {span}", { span: span(one.due - now, desk.language) })}</b>
        <svg class="bar errand" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-track" width="100" height="4" /><rect class="score-fill" width=${Math.min(100, Math.max(0, ((now - one.sent) / Math.max(1, one.due - one.sent)) * 100))} height="4" /></svg></li>`)}</ul>`;
  }

  #reports(): TemplateResult {
    const { desk } = this;
    const reports = [...desk.story.reports].reverse();
    return html`${this.#underWay()}<header class="panel-head"><h2 class="panel-title">${t("Reports")}</h2></header>
      ${reports.length ? html`<ol class="reports scroll" tabindex="0">${reports.map((one) => html`<li><header><time>${dayMinute(one.time, desk.language)}</time><strong>${desk.index.title(one.station)}</strong></header><p>${reportText(desk.index, one.fact, desk.language)}</p></li>`)}</ol>`
        : html`<p class="empty">${t("No report yet. Go and look, read a label: what you find is written here.")}</p>`}`;
  }
}

customElements.define("cbd-field", Field);
