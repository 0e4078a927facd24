/** A question asked during the flight: one prediction before acting. It waits for an open dialog, stays until it is answered, and says what the clock does. */
import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { explained } from "../show/explain";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { Panel } from "./panel";

export class Decision extends Panel {
  readonly #choice = signal("");
  readonly #sent = signal("");

  protected override render(): TemplateResult | typeof nothing {
    const { desk } = this;
    const slug = desk.story.open;
    const question = desk.console.questions.find((one) => one.slug === slug);
    if (!question || desk.mode !== "live" || this.#sent.value === question.slug) return nothing;
    // What is being read or filled in is finished first.
    if (desk.screen.dialog.value) return nothing;
    const { running, speed } = desk.clock.value;
    const pace = desk.pace.value;
    const slowed = running && pace > speed;
    const off = !this.#choice.value || !desk.mayCommand.value;
    return html`<dialog class="modal decision" aria-labelledby="decision-title" @cancel=${(cancel: Event) => { cancel.preventDefault(); }}>
      <form class="modal-inner" @submit=${(submit: Event) => { submit.preventDefault(); this.#answer(question.slug, slowed); }}>
        <header class="modal-head"><h2 id="decision-title">${t("Before you act: what do you expect?")}</h2></header>
        <p class="question">${explained(question.text, desk.console.glossary)}</p>
        <fieldset><legend class="sr-only">${t("Your answer")}</legend>
          ${question.choices.map((one) => html`<label class="choice"><input type="radio" name="choice" value=${one.slug} .checked=${this.#choice.value === one.slug} @change=${() => { this.#choice.value = one.slug; }} /><span>${one.title}</span></label>`)}
        </fieldset>
        <p class="decision-clock">${icon(running ? "clock" : "pause")}<span>${t(running ? "Time runs at ×{speed} while you think." : "Time is frozen while you think.", { speed })} ${t("Your answer is kept; the flight goes on with the consequence.")}</span></p>
        <footer class="modal-foot">
          <button type="submit" class="primary" ?disabled=${off}>${slowed ? t("Answer, then ×{pace} again", { pace }) : t("Answer")}</button>
          ${running ? nothing : html`<button type="button" ?disabled=${off} @click=${() => { this.#answer(question.slug, true); }}>${t("Answer and resume at ×{pace}", { pace })}</button>`}</footer>
      </form></dialog>`;
  }

  protected override updated(): void {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  /** `resume`: the clock then goes on as before the question. */
  #answer(question: string, resume: boolean): void {
    const choice = this.#choice.value;
    void this.desk.command({ kind: "answer", question, choice }).then((answer) => {
      if (answer.type !== "ack") return;
      this.#sent.value = question;
      this.#choice.value = "";
      if (resume) this.desk.resume();
    });
  }
}

customElements.define("cbd-decision", Decision);
