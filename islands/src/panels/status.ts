/** One status line that says alarms, results and questions once; values never. */
import { effect } from "@preact/signals-core";
import { html, type TemplateResult } from "lit";
import { t } from "../show/strings";
import { factSentence } from "../state/words";
import { Panel } from "./panel";

const SPOKEN = new Set(["alarm_raised", "alarm_returned", "interlock_tripped", "result_ready", "field_report", "decision_opened", "phase_started", "phase_ready", "recipe_mode_changed", "recipe_held", "recipe_restarted", "lot_ended"]);

export class Status extends Panel {
  #heard = -1;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    queueMicrotask(() => { this.#stop ??= effect(() => { this.#listen(); }); });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = undefined;
  }

  protected override render(): TemplateResult {
    return html`<p class="sr-only" role="status">${this.desk.screen.said.value}</p>`;
  }

  /** Facts that were there at the first look are history (as all are again after a crash): only those after it are news. */
  #listen(): void {
    const { facts } = this.desk.story;
    const arrived = this.desk.connection.value === "live" || this.desk.connection.value === "polling";
    if (facts.length < this.#heard) this.#heard = -1;
    if (this.#heard < 0) {
      if (arrived && this.desk.frame.value) this.#heard = facts.length;
      return;
    }
    const news = facts.slice(this.#heard).filter((fact) => SPOKEN.has(fact.kind));
    this.#heard = facts.length;
    if (!news.length) return;
    const said = news.slice(-3).map((fact) => factSentence(this.desk.index, fact, this.desk.language));
    this.desk.screen.said.value = news.length > 3 ? t("{n} alarms and notices, among them: {list}", { n: news.length, list: said.join(". ") }) : said.join(". ");
  }
}

customElements.define("cbd-status", Status);
