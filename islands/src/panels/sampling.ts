/** The sampling desk: choose analysers, see cost and delay first; what is in progress; every result with time, age and error. */
import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Analyser } from "../protocol";
import { dayMinute, decimal, euros, plusMinus, quantity, span, type Language } from "../show/format";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { nowOf } from "../state/desk";
import { crossed, outside } from "../state/reading";
import { refusalReason } from "../state/words";
import { Panel } from "./panel";

const millilitres = (volume: number, language: Language): string => decimal(volume, volume < 10 && volume % 1 ? 1 : 0, language);

export class Sampling extends Panel {
  readonly #chosen = signal<ReadonlySet<string>>(new Set());

  protected override render(): TemplateResult {
    const live = this.desk.mode === "live";
    return html`<div class="sampling two-columns">
      ${live ? this.#desk() : nothing}
      <section class="panel" aria-label=${t("Results")}>${live ? this.#pending() : nothing}${this.#results()}</section>
    </div>`;
  }

  #desk(): TemplateResult {
    const { desk } = this;
    const chosen = desk.console.analysers.filter((one) => this.#chosen.value.has(one.address));
    const cost = chosen.reduce((sum, one) => sum + one.cost, 0);
    const volume = chosen.reduce((sum, one) => sum + one.volume, 0) * 1e6;
    const delay = Math.max(0, ...chosen.map((one) => one.delay));
    return html`<section class="panel" aria-label=${t("Take a sample")}>
      <header class="panel-head"><h2 class="panel-title">${t("Take a sample")}</h2></header>
      <p class="hint">${t("One sample serves all the analysers that you tick. Each costs money, time and, mostly, product.")}</p>
      <ul class="analysers">${desk.console.analysers.map((one) => this.#analyser(one))}</ul>
      ${this.#refused()}
      <footer class="sample-foot"><p>${chosen.length ? html`<b>${euros(cost, desk.language)}</b> · ${millilitres(volume, desk.language)} mL · ${t("all ready in {span}", { span: span(delay, desk.language) })}` : t("Tick at least one analyser.")}</p>
        <button type="button" class="primary" ?disabled=${!chosen.length || !desk.mayCommand.value} @click=${() => { this.#take(chosen); }}>${icon("test-tube")}<span>${t("Take the sample")}</span></button></footer>
    </section>`;
  }

  #analyser(one: Analyser): TemplateResult {
    const { desk } = this;
    const chosen = this.#chosen.value.has(one.address);
    return html`<li><label class=${chosen ? "chosen" : ""}><input type="checkbox" .checked=${chosen} @change=${() => { this.#toggle(one.address); }} />
      <span class="analyser-name"><strong>${one.title}</strong><small>${one.analytes.map((analyte) => analyte.title).join(", ")}</small></span>
      <span class="analyser-facts"><b>${euros(one.cost, desk.language)}</b><small>${span(one.delay, desk.language)} · ${millilitres(one.volume * 1e6, desk.language)} mL</small><small>${one.place}</small></span></label></li>`;
  }

  /** What could not be drawn when a sample was last asked for, and why. */
  #refused(): TemplateResult[] {
    const { index, language, story } = this.desk;
    if (this.#chosen.value.size) return [];
    return story.undrawn.map((fact) => html`<p class="problem" role="alert">${dayMinute(fact.time, language)} · ${index.title(fact.subject)} · ${t("Refused by the plant: {reason}", { reason: refusalReason(fact) })}</p>`);
  }

  #pending(): TemplateResult {
    const { desk } = this;
    const now = nowOf(desk);
    const { pending } = desk.story;
    return html`<header class="panel-head"><h2 class="panel-title">${t("In progress")}</h2></header>
      ${pending.length ? html`<ul class="pending">${pending.map((one) => html`<li><span>${desk.index.title(one.analyser)}</span><small>${t("sample of {time}", { time: dayMinute(one.taken, desk.language) })}</small>
        <b>${now >= one.due ? t("arriving") : t("in {span}", { span: span(one.due - now, desk.language) })}</b></li>`)}</ul>` : html`<p class="empty">${t("No analysis is running.")}</p>`}`;
  }

  #results(): TemplateResult {
    const { desk } = this;
    const results = [...desk.story.results].reverse().slice(0, 200);
    const now = nowOf(desk);
    return html`<header class="panel-head"><h2 class="panel-title">${t("Results")}</h2></header>
      ${results.length === 0 ? html`<p class="empty">${t("No result yet. Take a sample: the first comes back after the analyser's delay.")}</p>` : html`<div class="scroll" tabindex="0"><table class="rows">
      <thead><tr><th scope="col">${t("Measured")}</th><th scope="col" class="num">${t("Value")}</th><th scope="col" class="num">${t("Error (95 %)")}</th><th scope="col" class="num">${t("Sampled")}</th><th scope="col" class="num">${t("Age")}</th></tr></thead>
      <tbody>${results.map((one) => {
        const analyte = desk.index.analyte.get(one.analyte)?.analyte;
        if (!analyte) return nothing;
        const beyond = one.quality < 2 ? crossed(desk.index, desk.frame.value, analyte.limits, one.value) : undefined;
        const said = one.quality === 2 ? t("out of the analyser's range") : beyond ? outside(beyond) : "";
        return html`<tr class=${said ? "beyond" : ""}><th scope="row">${analyte.title}${said ? html`<small class="beyond-word">${said}</small>` : nothing}</th><td class="num">${said ? icon("triangle-alert") : nothing}<b>${one.sign}${quantity(one.value, analyte.format, desk.language)}</b></td><td class="dim num">${plusMinus(one.error * 2, analyte.format, desk.language)}</td>
          <td class="num">${dayMinute(one.sampled, desk.language)}</td><td class="dim num">${span(now - one.sampled, desk.language)}</td></tr>`;
      })}</tbody></table></div>`}`;
  }

  #toggle(address: string): void {
    const next = new Set(this.#chosen.value);
    if (!next.delete(address)) next.add(address);
    this.#chosen.value = next;
  }

  #take(chosen: readonly Analyser[]): void {
    void this.desk.command({ kind: "take_sample", analysers: chosen.map((one) => one.address) }).then((answer) => {
      if (answer.type === "ack") this.#chosen.value = new Set();
    });
  }
}

customElements.define("cbd-sampling", Sampling);
