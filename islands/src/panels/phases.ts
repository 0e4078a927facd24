/** The recipe as a line with places: where the lot is, what this phase asks, what may begin next. */
import { html, nothing, type TemplateResult } from "lit";
import { span } from "../show/format";
import { icon } from "../show/icon";
import { markdown } from "../show/markdown";
import { explained } from "../show/explain";
import { t } from "../show/strings";
import { nowOf, type DialogName } from "../state/desk";
import { Modal } from "./modal";
import { Panel } from "./panel";

export class Phases extends Panel {
  protected override render(): TemplateResult {
    const { desk } = this;
    const { phases } = desk.console;
    const at = desk.frame.value?.phase ?? 0;
    const current = phases[at];
    if (!current) return html``;
    const since = span(nowOf(desk) - (desk.frame.value?.phase_since ?? 0), desk.language);
    return html`<section class="panel phases" aria-label=${t("Phase")} data-tour="phases">
      <ol class="places">${phases.map((one, i) => html`<li class=${i < at ? "past" : i === at ? "here" : "ahead"} aria-current=${i === at ? "step" : nothing} title=${one.title}><span class="place"></span><span class="place-name">${one.title}</span></li>`)}</ol>
      <p class="instruction"><strong>${t("{title} ({n}/{of})", { title: current.title, n: at + 1, of: phases.length })}</strong> <span class="since">${t("for {span}", { span: since })}</span> ${explained(current.instruction, desk.console.glossary)}</p>
      ${desk.mode === "live" && current.next.length ? html`<button type="button" ?disabled=${!desk.mayCommand.value} @click=${() => { desk.screen.dialog.value = { name: "phase" }; }}>${t("Next phase…")}</button>` : nothing}
    </section>`;
  }
}

export class PhaseDialog extends Modal {
  protected readonly dialogName: DialogName = "phase";

  protected heading(): string {
    return t("Start the next phase");
  }

  protected body(): TemplateResult {
    const { desk } = this;
    const current = desk.console.phases[desk.frame.value?.phase ?? 0];
    const next = desk.console.phases.filter((one) => current?.next.includes(one.slug));
    return html`<p>${t("You confirm that “{title}” is done. This is written in the journal.", { title: current?.title ?? "" })}</p>
      ${next.map((one) => html`<section class="next-phase"><div><h3>${one.title}</h3>${markdown(one.instruction, desk.console.glossary)}</div>
        <button type="button" class="primary" @click=${() => { void desk.command({ kind: "start_phase", phase: one.slug }); this.close(); }}>${icon("arrow-right")}<span>${t("Confirm and start")}</span></button></section>`)}`;
  }
}

customElements.define("cbd-phases", Phases);
customElements.define("cbd-phase-dialog", PhaseDialog);
