/** The last *measured* values, each with the time of its sample, its age and its error: never the model's state. */
import { html, nothing, type TemplateResult } from "lit";
import { euros, moment, plusMinus, shown, span } from "../show/format";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { nowOf } from "../state/desk";
import type { Measured } from "../state/index";
import { crossed, outside } from "../state/reading";
import { Panel } from "./panel";

const OLD = 24 * 3_600_000;

export class Kpis extends Panel {
  protected override render(): TemplateResult {
    const { desk } = this;
    const headline = [...desk.index.analyte.values()].filter(({ analyte }) => analyte.headline);
    const last = Math.max(-1, ...[...desk.story.latest.values()].map((one) => one.sampled));
    const title = last < 0 ? t("Last measurements") : t("Last measurements · sample of {time}", { time: moment(last, nowOf(desk), desk.language) });
    return html`<section class="panel kpis" aria-label=${t("Last measurements")} data-tour="kpis">
      <header class="panel-head"><h2 class="panel-title">${title}</h2></header>
      <table><thead class="sr-only"><tr><th scope="col">${t("Measured")}</th><th scope="col">${t("Value")}</th><th scope="col">${t("Error")}</th><th scope="col">${t("Age")}</th></tr></thead>
        <tbody>${headline.map((one) => this.#row(one))}</tbody></table>
      ${desk.mode === "live" ? html`<p class="cost"><span>${t("Cost so far")}</span><b>${euros(desk.frame.value?.cost ?? 0, desk.language)}</b></p>` : nothing}
    </section>`;
  }

  #row({ analyser, analyte }: Measured): TemplateResult {
    const { desk } = this;
    const { language } = desk;
    const now = nowOf(desk);
    const result = desk.story.latest.get(analyte.address);
    const pending = desk.story.pending.find((one) => one.analyser === analyser.address);
    if (!result) {
      return html`<tr class="none"><th scope="row">${analyte.title}</th><td class="num">${pending ? t("in progress") : "—"}</td>
        <td class="dim" colspan="2">${pending ? t("ready {time}", { time: moment(pending.due, now, language) }) : desk.frame.value ? t("not measured yet") : ""}</td></tr>`;
    }
    const age = now - result.sampled;
    const beyond = crossed(desk.index, desk.frame.value, analyte.limits, result.value);
    const grave = beyond ? outside(beyond) : "";
    return html`<tr class="${age > OLD ? "old" : ""} ${grave ? "beyond" : ""}"><th scope="row">${analyte.title}${grave ? html`<small class="beyond-word">${grave}</small>` : nothing}</th>
      <td class="num">${grave ? icon("triangle-alert") : nothing}<b>${result.sign}${shown(result.value, analyte.format, language)}</b> <small>${analyte.format.unit}</small></td>
      <td class="dim num">${plusMinus(result.error * 2, analyte.format, language)}</td>
      <td class="dim num" title=${t("sample of {time}", { time: moment(result.sampled, now, language) })}>${span(age, language)}${pending ? html`<span class="waiting" title=${t("ready {time}", { time: moment(pending.due, now, language) })}>…</span>` : nothing}</td></tr>`;
  }
}

customElements.define("cbd-kpis", Kpis);
