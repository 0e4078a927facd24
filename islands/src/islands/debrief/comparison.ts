/** What counted: mine beside doing nothing and beside the reference flight of the same seed. */
import { html, nothing, type TemplateResult } from "lit";
import type { Goal, Run } from "../../debrief-document";
import { dayMinute, euros, percent, quantity } from "../../show/format";
import { icon } from "../../show/icon";
import { t } from "../../show/strings";
import { Panel } from "../../panels/panel";
import type { FixedDesk } from "./fixed-desk";
import { waterfall } from "./waterfall";

export const RUN_WORDS: Readonly<Record<string, string>> = { mine: "My flight", nothing: "Doing nothing", reference: "Reference", truth: "What it truly was" };

export class Comparison extends Panel {
  protected override render(): TemplateResult {
    const { document: doc } = this.desk as FixedDesk;
    const { language } = this.desk;
    return html`<section class="panel comparison" aria-label=${t("What counted")}>
      <header class="panel-head"><h2 class="panel-title">${t("What your decisions changed")}</h2></header>${doc.left < doc.end ? html`<p class="note">${t("You left at {left}. Each flight is counted to {end}, yours as you left it.", { left: dayMinute(doc.left, language), end: dayMinute(doc.end, language) })}</p>` : nothing}
      ${waterfall(doc, language)}<div class="scroll" tabindex="0"><table class="rows">
      <thead><tr><th scope="col">${t("What counted")}</th>${doc.runs.map((run) => html`<th scope="col" class="num run-${run.run}">${t(RUN_WORDS[run.run] ?? run.run)}</th>`)}</tr></thead>
      <tbody>
        <tr class="total"><th scope="row">${t("Score")}</th>${doc.runs.map((run) => html`<td class="num"><b>${percent(run.score, 0, language)}</b></td>`)}</tr>
        ${doc.goals.map((goal) => html`<tr><th scope="row">${goal.title}<small>${t(goal.good > goal.bad ? "full marks from {good}" : "full marks up to {good}", { good: quantity(goal.good, goal.format, language) })}</small></th>${doc.runs.map((run) => this.#mark(goal, run))}</tr>`)}
        <tr><th scope="row">${t("Cost")}</th>${doc.runs.map((run) => html`<td class="num">${euros(run.cost, language)}</td>`)}</tr>
      </tbody></table></div></section>`;
  }

  #mark(goal: Goal, run: Run): TemplateResult {
    const mark = run.marks.find((one) => one.slug === goal.slug);
    if (!mark) return html`<td class="num">—</td>`;
    return html`<td class="num"><span>${quantity(mark.value, goal.format, this.desk.language)}</span>
      <svg class="score" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=${percent(mark.score, 0, this.desk.language)}><rect width="100" height="6" class="bar-track" /><rect width=${mark.score * 100} height="6" class="score-fill" /></svg></td>`;
  }
}

/** The questions asked in flight and after the replay, with what comes of each answer. */
export class Quiz extends Panel {
  readonly #picked = new Map<string, string>();

  protected override render(): TemplateResult | typeof nothing {
    const fixed = this.desk as FixedDesk;
    const { questions, quiz } = fixed.document;
    const mine = new Map(fixed.mine.facts.filter((fact) => fact.kind === "decision_closed").map((fact) => [fact.subject, String(fact.detail?.choice ?? "")]));
    if (!questions.length && !quiz.length) return nothing;
    return html`<section class="panel quiz" aria-label=${t("Questions")}>
      ${questions.filter((one) => mine.has(one.slug)).map((one) => html`<article><h3>${one.text}</h3><ul>${one.choices.map((choice) => html`<li class=${choice.right ? "right" : ""}>${icon(choice.right ? "check" : "minus")}
        <div><p><strong>${choice.title}</strong>${choice.slug === mine.get(one.slug) ? html` <em>${t("your answer")}</em>` : nothing}</p><p>${choice.then}</p></div></li>`)}</ul></article>`)}
      ${quiz.map((one) => {
        const picked = one.choices.find((choice) => choice.slug === this.#picked.get(one.slug));
        return html`<article><h3>${one.text}</h3><div class="choices" role="group" aria-label=${one.text}>${one.choices.map((choice) => html`<button type="button" aria-pressed=${picked === choice} @click=${() => { this.#picked.set(one.slug, choice.slug); this.requestUpdate(); }}>${choice.title}</button>`)}</div>
          <p role="status" class=${picked?.right ? "right" : ""}>${picked ? html`<strong>${t(picked.right ? "Yes." : "Not quite.")}</strong> ${picked.then}` : nothing}</p></article>`;
      })}</section>`;
  }
}

customElements.define("cbd-comparison", Comparison);
customElements.define("cbd-quiz", Quiz);
