/** The views of the seat: a rail at the left, a bar at the bottom of a phone. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../show/icon";
import type { IconName } from "../show/icon-names";
import { t } from "../show/strings";
import { VIEWS, type View } from "../state/desk";
import { standing, UNACKNOWLEDGED } from "../state/reading";
import { Panel } from "./panel";

export const VIEW_WORDS: Readonly<Record<View, { readonly words: string; readonly icon: IconName }>> = {
  synoptic: { words: "Synoptic", icon: "waypoints" },
  trends: { words: "Trends", icon: "chart-line" },
  alarms: { words: "Alarms", icon: "bell" },
  sampling: { words: "Sampling", icon: "test-tube" },
  journal: { words: "Journal", icon: "notebook" },
  field: { words: "Field", icon: "hard-hat" },
  help: { words: "Help", icon: "circle-question-mark" },
};

export class Rail extends Panel {
  protected override render(): TemplateResult {
    const { view } = this.desk.screen;
    const fresh = standing(this.desk.index, this.desk.frame.value).filter((one) => one.state === UNACKNOWLEDGED).length;
    return html`<nav class="rail" aria-label=${t("Views")} data-tour="rail">
      ${VIEWS.map((one, i) => html`<button type="button" class="rail-${one}" aria-current=${view.value === one ? "page" : nothing} aria-keyshortcuts=${i + 1}
        @click=${() => { view.value = one; }}>
        ${icon(VIEW_WORDS[one].icon)}<span>${t(VIEW_WORDS[one].words)}</span>
        ${one === "alarms" && fresh ? html`<span class="count">${fresh}<span class="sr-only"> ${t("unacknowledged")}</span></span>` : nothing}
      </button>`)}
      ${this.desk.mode === "live" ? html`<a class="rail-foot" href="${this.desk.base}debrief/" data-palette>${icon("flag")}<span>${t("Debrief")}</span></a><a href="/" class="rail-home" data-palette>${icon("house")}<span>${t("Home")}</span></a>` : nothing}
    </nav>`;
  }
}

customElements.define("cbd-rail", Rail);
