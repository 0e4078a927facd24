/** Every value as a list: the phone's synoptic, and the drawing's text for those who do not see it. */
import { html, nothing, type TemplateResult } from "lit";
import { plusMinus, shown } from "../show/format";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { reading } from "../state/reading";
import { Panel } from "./panel";

export class Values extends Panel {
  protected override render(): TemplateResult {
    return html`<section class="panel values" data-tour="synoptic" aria-label=${t("Values")}>
      ${Array.from(this.desk.index.groups(), ([group, list]) => html`<h2 class="panel-title">${t(group)}</h2>
        <ul>${list.map((i) => this.#row(i))}</ul>`)}
    </section>`;
  }

  #row(i: number): TemplateResult {
    const { desk } = this;
    const seen = reading(desk.index, desk.frame.value, i);
    const { instrument, loopState: state, alarm } = seen;
    const soft = instrument.kind === "soft";
    return html`<li><button type="button" class="value-row ${alarm ? `alarm-${alarm.alarm.priority}` : ""} ${seen.quality === 2 ? "bad" : ""} ${state?.limited ? "limited" : ""}"
      aria-pressed=${desk.screen.selected.value === instrument.address} @click=${() => { desk.screen.select(instrument.address); }}>
      <span class="value-name"><span class="mono">${instrument.tag}</span> ${instrument.title}${soft ? html` <em>${t("estimated")}</em>` : nothing}</span>
      <span class="value-number">${alarm ? icon("triangle-alert") : nothing}<b>${shown(seen.value, instrument.format, desk.language)}</b> <small>${instrument.format.unit}</small></span>
      <span class="value-aim">${soft && instrument.band > 0 ? plusMinus(instrument.band, instrument.format, desk.language)
        : state && state.mode !== "manual" ? t("SP {value}", { value: shown(state.setpoint, instrument.format, desk.language) }) : nothing}</span>
    </button></li>`;
  }
}

customElements.define("cbd-values", Values);
