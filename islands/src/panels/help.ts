/** Every key of the page, where to find what, and the switch for those whom single keys hinder. */
import { html, type TemplateResult } from "lit";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import type { Action } from "../state/actions";
import { Panel } from "./panel";

export class Help extends Panel {
  static override properties = { ...Panel.properties, actions: { attribute: false }, single: { attribute: false } };
  declare actions: readonly Action[];
  declare single: { readonly value: boolean; toggle(): void };

  protected override render(): TemplateResult {
    const { desk } = this;
    const terms = Object.entries(desk.console.glossary).sort(([a], [b]) => a.localeCompare(b, desk.language));
    return html`<div class="help two-columns">
      <section class="panel" aria-label=${t("Keys")}>
        <header class="panel-head"><h2 class="panel-title">${t("Keys")}</h2>
          <button type="button" class="small" @click=${() => { desk.screen.tour.value = 0; }}>${icon("footprints")}<span>${t("Guided tour")}</span></button></header>
        <dl class="keys">${this.actions.filter((one) => one.keys).map((one) => html`<div><dt><kbd>${one.shown ?? one.keys}</kbd></dt><dd>${one.title}</dd></div>`)}</dl>
        <label class="switch"><input type="checkbox" .checked=${this.single.value} @change=${() => { this.single.toggle(); this.requestUpdate(); }} /> ${t("Single-letter keys are on (Ctrl K always works)")}</label>
      </section>
      <section class="panel" aria-label=${t("Words")}>
        <header class="panel-head"><h2 class="panel-title">${t("Words of this plant")}</h2></header>
        ${terms.length ? html`<dl class="glossary scroll" tabindex="0">${terms.map(([term, meaning]) => html`<dt>${term}</dt><dd>${meaning}</dd>`)}</dl>` : html`<p class="empty">${t("This scenario explains no words.")}</p>`}
      </section>
    </div>`;
  }
}

customElements.define("cbd-help", Help);
