/** One's own actions: what was asked, its number in the journal, the simulated time at which it applied. */
import { html, nothing, type TemplateResult } from "lit";
import { dayMinute } from "../show/format";
import { t } from "../show/strings";
import type { Line } from "../state/store";
import { factSentence, inputSentence } from "../state/words";
import { Panel } from "./panel";

export class Journal extends Panel {
  protected override render(): TemplateResult {
    const { desk } = this;
    const lines = desk.lines.value;
    const facts = desk.story.facts.filter((fact) => !fact.kind.startsWith("alarm_")).slice(-200).reverse();
    return html`<div class="journal two-columns">
      <section class="panel" aria-label=${t("My actions")}>
        <header class="panel-head"><h2 class="panel-title">${t("My actions")}</h2></header>
        ${lines.length ? html`<div class="scroll" tabindex="0"><table class="rows"><thead><tr><th scope="col" class="num">${t("No.")}</th><th scope="col">${t("Action")}</th><th scope="col" class="num">${t("Applied")}</th></tr></thead>
          <tbody>${lines.map((line) => this.#line(line))}</tbody></table></div>` : html`<p class="empty">${t("You have not acted yet. Each action gets a number here, and can be re-flown from the debrief.")}</p>`}
      </section>
      <section class="panel" aria-label=${t("What happened")}>
        <header class="panel-head"><h2 class="panel-title">${t("What happened")}</h2></header>
        ${facts.length ? html`<ol class="log scroll" tabindex="0">${facts.map((fact) => html`<li><time>${dayMinute(fact.time, desk.language)}</time><span>${factSentence(desk.index, fact, desk.language)}</span></li>`)}</ol>` : html`<p class="empty">${t("Nothing happened yet.")}</p>`}
      </section>
    </div>`;
  }

  #line({ input, answer }: Line): TemplateResult {
    const { desk } = this;
    const text = inputSentence(desk.index, input, desk.language);
    if (answer.type === "refused") return html`<tr class="refused"><td class="num">—</td><td>${text}<p class="problem">${answer.text}</p></td><td class="num">${t("refused")}</td></tr>`;
    return html`<tr><td class="num">${answer.number || nothing}</td><td>${text}</td><td class="num">${dayMinute(answer.time, desk.language)}</td></tr>`;
  }
}

customElements.define("cbd-journal", Journal);
