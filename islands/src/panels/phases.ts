/** The recipe as a line with places: where the lot is, what this phase asks, what may begin next, who decides it. */
import { html, nothing, type TemplateResult } from "lit";
import { span } from "../show/format";
import { hyphenated } from "../show/hyphens";
import { icon } from "../show/icon";
import { markdown } from "../show/markdown";
import { explained } from "../show/explain";
import { t } from "../show/strings";
import { nowOf, type Desk, type DialogName } from "../state/desk";
import { been, holdOrRestart, otherMode, recipeOf, refusedNow, type Recipe } from "../state/recipe";
import { recipeWord, refusalReason } from "../state/words";
import { Modal } from "./modal";
import { Panel } from "./panel";

/** AUTO or SEMI-AUTO, each a button, and hold or restart; in a debrief only the word. */
function controls(desk: Desk, recipe: Recipe): TemplateResult {
  const state = html`<span class="recipe-state ${recipe.held ? "held" : ""}" role="img" aria-label=${t("Recipe: {state}", { state: recipeWord(recipe) })}>${recipeWord(recipe)}</span>`;
  if (desk.mode !== "live") return state;
  const off = !desk.mayCommand.value;
  const change = (mode: Recipe["mode"]): void => { if (mode !== recipe.mode) void desk.command(otherMode(recipe)); };
  return html`<div class="recipe-ways" role="group" aria-label=${t("Recipe: {state}", { state: recipeWord(recipe) })}>
    ${recipe.held ? state : nothing}
    <div class="speeds" role="group" aria-label=${t("Who starts the phases")}>
      <button type="button" aria-pressed=${recipe.mode === "automatic"} ?disabled=${off} aria-keyshortcuts="m" title=${t("A phase begins by itself when its condition is true.")} @click=${() => { change("automatic"); }}>${t("AUTO")}</button>
      <button type="button" aria-pressed=${recipe.mode === "semi_automatic"} ?disabled=${off} aria-keyshortcuts="m" title=${t("A phase that is ready waits until you start it.")} @click=${() => { change("semi_automatic"); }}>${t("SEMI-AUTO")}</button>
    </div>
    <button type="button" class=${recipe.held ? "primary" : ""} ?disabled=${off} aria-keyshortcuts="h" title=${t(recipe.held ? "Restart the recipe: it runs again, in the mode shown." : "Hold the recipe: no phase begins; the loops go on, and so does the time in the phase.")} @click=${() => { void desk.command(holdOrRestart(recipe)); }}>${icon(recipe.held ? "play" : "pause")}<span>${t(recipe.held ? "Restart" : "Hold")}</span></button>
  </div>`;
}

export class Phases extends Panel {
  protected override render(): TemplateResult {
    const { desk } = this;
    const { phases } = desk.console;
    const at = desk.frame.value?.phase ?? 0;
    const current = phases[at];
    if (!current) return html``;
    const recipe = recipeOf(desk.console, desk.frame.value);
    const past = been(desk.console, at, desk.story.facts);
    const since = span(nowOf(desk) - (desk.frame.value?.phase_since ?? 0), desk.language);
    return html`<section class="panel phases" aria-label=${t("Phase")} data-tour="phases">
      <ol class="places">${phases.map((one, i) => html`<li class="${i === at ? "here" : past.has(one.slug) ? "past" : "ahead"} ${one === recipe.ready ? "ready" : ""}" aria-current=${i === at ? "step" : nothing} title=${one.title}><span class="place"></span><span class="place-name">${hyphenated(one.title)}</span></li>`)}</ol>
      <p class="instruction" title=${current.instruction}><strong>${t("{title} ({n}/{of})", { title: current.title, n: at + 1, of: phases.length })}</strong> <span class="since">${t("for {span}", { span: since })}</span> ${this.#notes(recipe)} ${explained(current.instruction, desk.console.glossary)}</p>
      <div class="recipe">${controls(desk, recipe)}${this.#start(recipe)}</div>
    </section>`;
  }

  /** What would begin were the recipe not held, and what the plant has just refused. */
  #notes(recipe: Recipe): TemplateResult {
    const refused = refusedNow(this.desk.story.facts, this.desk.console);
    return html`${recipe.ready && recipe.held ? html`<b class="ready-note">${t("Ready to go to “{title}”.", { title: recipe.ready.title })}</b>` : nothing}
      ${refused ? html`<span class="problem">${t("Refused by the plant: {reason}", { reason: refusalReason(refused) })}</span>` : nothing}`;
  }

  #start({ ready, startable }: Recipe): TemplateResult | typeof nothing {
    const { desk } = this;
    if (desk.mode !== "live" || !startable.length) return nothing;
    return html`<button type="button" class="next ${ready ? "primary" : ""}" title=${ready ? t("Ready to go to “{title}”.", { title: ready.title }) : nothing} ?disabled=${!desk.mayCommand.value} aria-keyshortcuts="p" @click=${() => { desk.screen.dialog.value = { name: "phase" }; }}>${ready ? t("Ready: {title}…", { title: ready.title }) : t("Next phase…")}</button>`;
  }
}

export class PhaseDialog extends Modal {
  protected readonly dialogName: DialogName = "phase";

  protected heading(): string {
    return t("Start the next phase");
  }

  protected body(): TemplateResult {
    const { desk } = this;
    const recipe = recipeOf(desk.console, desk.frame.value);
    if (recipe.held) return html`<p>${t("The recipe is held: restart it, then start a phase.")}</p><footer class="modal-foot">
      <button type="button" class="primary" autofocus @click=${() => { void desk.command(holdOrRestart(recipe)); this.close(); }}>${icon("play")}<span>${t("Restart the recipe")}</span></button></footer>`;
    const current = desk.console.phases[desk.frame.value?.phase ?? 0];
    return html`<p>${t("You confirm that “{title}” is done. This is written in the journal.", { title: current?.title ?? "" })}</p>
      ${recipe.startable.map((one) => html`<section class="next-phase"><div><h3>${one.title}${one === recipe.ready ? html` <b class="ready-note">${t("ready")}</b>` : nothing}</h3>${markdown(one.instruction, desk.console.glossary)}</div>
        <button type="button" class=${one === recipe.startable[0] ? "primary" : ""} ?autofocus=${one === recipe.startable[0]} @click=${() => { void desk.command({ kind: "start_phase", phase: one.slug }); this.close(); }}>${icon("arrow-right")}<span>${t("Confirm and start")}</span></button></section>`)}`;
  }
}

customElements.define("cbd-phases", Phases);
customElements.define("cbd-phase-dialog", PhaseDialog);
