/** What one reads before the flight, one key away afterwards; it offers the guided tour. */
import { html, type TemplateResult } from "lit";
import { icon } from "../show/icon";
import { markdown } from "../show/markdown";
import { t } from "../show/strings";
import type { DialogName } from "../state/desk";
import { Modal } from "./modal";

export class BriefDialog extends Modal {
  protected readonly dialogName: DialogName = "brief";
  protected override readonly dialogClass = "wide";

  protected heading(): string {
    return this.desk.console.title;
  }

  protected body(): TemplateResult {
    const { brief, glossary } = this.desk.console;
    const block = (title: string, text: string, name: string): TemplateResult | string => (text ? html`<section class="brief-${name}"><h3>${t(title)}</h3>${markdown(text, glossary)}</section>` : "");
    return html`<div class="brief-grid">
        ${block("Your role", brief.role, "role")}${block("Your goal", brief.goal, "goal")}${block("You answer for", brief.responsibility, "responsibility")}
        ${block("Recipe of the day", brief.recipe, "recipe")}${block("Limits", brief.limits, "limits")}${block("What you may not do", brief.forbidden, "forbidden")}
      </div>
      <footer class="modal-foot">
        <button type="button" @click=${() => { this.close(); this.desk.screen.tour.value = 0; }}>${icon("footprints")}<span>${t("Show me the controls")}</span></button>
        <button type="button" class="primary" autofocus @click=${() => { this.close(); }}>${icon("play")}<span>${t("To the console")}</span></button>
      </footer>`;
  }
}

customElements.define("cbd-brief", BriefDialog);
