/** Run until something happens: the next alarm, result, decision or phase, or a time. */
import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { clock, parsedClock } from "../show/format";
import { t } from "../show/strings";
import { nowOf, type DialogName, type Until } from "../state/desk";
import { Modal } from "./modal";

export class UntilDialog extends Modal {
  protected readonly dialogName: DialogName = "until";
  readonly #speed = signal(600);
  readonly #wrong = signal("");

  protected heading(): string {
    return t("Run until…");
  }

  protected body(): TemplateResult {
    const { desk } = this;
    const waiting = desk.story.pending.length;
    const choice = (until: Until["until"], words: string, off = false): TemplateResult => html`<button type="button" ?autofocus=${until === "alarm"} ?disabled=${off} @click=${() => { this.#go({ until }); }}>${t(words)}</button>`;
    return html`<div class="until-body">
      <fieldset class="speeds"><legend>${t("Speed of time")}</legend>${desk.paces.map((one) => html`<button type="button" aria-pressed=${this.#speed.value === one} @click=${() => { this.#speed.value = one; }}>×${one}</button>`)}</fieldset>
      <div class="choices">${choice("alarm", "The next alarm")}${choice("result", "The next result", waiting === 0)}${choice("decision", "The next decision")}${choice("phase", "The next phase")}</div>
      ${waiting === 0 ? html`<p class="hint">${t("No analysis is running, so no result will come.")}</p>` : nothing}
      <form @submit=${(submit: SubmitEvent) => { this.#time(submit); }}><label for="until-time">${t("A time")}</label>
        <input id="until-time" name="time" autocomplete="off" placeholder=${clock(nowOf(desk) + 3_600_000, desk.language).slice(0, -3)} aria-describedby="until-problem" />
        <button type="submit">${t("Go")}</button></form>
      <p class="problem" id="until-problem" role="alert">${this.#wrong.value}</p></div>`;
  }

  #time(submit: SubmitEvent): void {
    submit.preventDefault();
    const text = new FormData(submit.target as HTMLFormElement).get("time");
    const time = parsedClock(typeof text === "string" ? text : "", nowOf(this.desk));
    if (time === undefined || time <= nowOf(this.desk)) this.#wrong.value = t("Write a time to come, for example {example}.", { example: clock(nowOf(this.desk) + 3_600_000, this.desk.language).slice(0, -3) });
    else this.#go({ until: "time", time });
  }

  #go(until: Until): void {
    this.#wrong.value = "";
    this.desk.run(this.#speed.value, until);
    this.close();
  }
}

customElements.define("cbd-until", UntilDialog);
