/** What the seat could not see: each malfunction, when it began, what could have been noticed, what was expected. */
import { html, nothing, type TemplateResult } from "lit";
import type { Told } from "../../debrief-document";
import { dayMinute, span } from "../../show/format";
import { icon } from "../../show/icon";
import { markdown } from "../../show/markdown";
import { t } from "../../show/strings";
import { Panel } from "../../panels/panel";
import type { FixedDesk } from "./fixed-desk";

export class Hidden extends Panel {
  protected override render(): TemplateResult {
    const { malfunctions } = (this.desk as FixedDesk).document;
    return html`<section class="panel hidden-things" aria-label=${t("What was hidden")}>
      <header class="panel-head"><h2 class="panel-title">${icon("eye-off")} ${t("What was hidden")}</h2></header>
      ${malfunctions.length ? malfunctions.map((one) => this.#told(one)) : html`<p class="empty">${t("Nothing was broken here: what you saw of this unit is all there was.")}</p>`}
    </section>`;
  }

  #told(one: Told): TemplateResult {
    const { glossary } = this.desk.console;
    return html`<article><h3>${one.title}</h3>${this.#began(one)}
      <dl><dt>${t("What could be noticed")}</dt><dd>${markdown(one.cues, glossary)}</dd><dt>${t("What was expected of you")}</dt><dd>${markdown(one.response, glossary)}</dd></dl></article>`;
  }

  /** When it began and ended, and after how long the first alarm told of something. */
  #began(one: Told): TemplateResult | typeof nothing {
    const fixed = this.desk as FixedDesk;
    const { language } = this.desk;
    const changes = fixed.mine.facts.filter((fact) => fact.kind === "malfunction_changed" && fact.subject === one.address);
    const from = changes.find((fact) => fact.value)?.time;
    if (from === undefined) return nothing;
    const over = changes.find((fact) => fact.time > from && !fact.value)?.time;
    const alarm = fixed.mine.facts.find((fact) => fact.kind === "alarm_raised" && !fact.hidden && fact.time >= from);
    const began = from <= fixed.document.start ? t("There from the beginning.") : t("Began {time}.", { time: dayMinute(from, language) });
    return html`<p class="began">${began}${over === undefined ? "" : ` ${t("Over {time}.", { time: dayMinute(over, language) })}`}
      ${alarm ? t("First alarm {span} later: {title}.", { span: span(alarm.time - from, language), title: this.desk.index.title(alarm.subject) }) : t("No alarm ever told of it.")}
      <button type="button" class="small" @click=${() => { fixed.time.value = Math.max(fixed.document.start, from); }}>${icon("skip-forward")}<span>${t("Go there")}</span></button></p>`;
  }
}

customElements.define("cbd-hidden", Hidden);
