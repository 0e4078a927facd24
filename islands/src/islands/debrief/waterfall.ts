/** From doing nothing to my flight: the points that each goal won or lost, with the reference beside. */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Debrief, Goal, Run } from "../../debrief-document";
import { decimal, type Language } from "../../show/format";
import { t } from "../../show/strings";

interface Step {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly total: boolean;
}

const scored = (run: Run, goal: Goal): number => run.marks.find((one) => one.slug === goal.slug)?.score ?? 0;

/** Points (of 100) from one total to the other, goal by goal. */
export function steps(goals: readonly Goal[], nothing: Run, mine: Run, titles: { readonly nothing: string; readonly mine: string }): readonly Step[] {
  const weight = goals.reduce((sum, goal) => sum + goal.weight, 0) || 1;
  let at = nothing.score * 100;
  const found: Step[] = [{ title: titles.nothing, from: 0, to: at, total: true }];
  for (const goal of goals) {
    const to = at + ((scored(mine, goal) - scored(nothing, goal)) * goal.weight * 100) / weight;
    found.push({ title: goal.title, from: at, to, total: false });
    at = to;
  }
  return [...found, { title: titles.mine, from: 0, to: mine.score * 100, total: true }];
}

export function waterfall({ goals, runs }: Debrief, language: Language): TemplateResult | typeof nothing {
  const of = (name: string): Run | undefined => runs.find((one) => one.run === name);
  const [mine, idle, reference] = [of("mine"), of("nothing"), of("reference")];
  if (!mine || !idle) return nothing;
  const all = steps(goals, idle, mine, { nothing: t("Doing nothing"), mine: t("My flight") });
  return html`<ol class="waterfall" aria-label=${t("Points won and lost against doing nothing")}>${all.map((one) => row(one, language, reference))}</ol>
    ${reference ? html`<p class="waterfall-key"><span class="reference-mark"></span>${t("Reference")} ${decimal(reference.score * 100, 0, language)}</p>` : nothing}`;
}

function row(step: Step, language: Language, reference: Run | undefined): TemplateResult {
  const { from, to, total, title } = step;
  const change = to - from;
  const kind = total ? "total" : change > 0.5 ? "won" : change < -0.5 ? "lost" : "same";
  const value = total ? decimal(to, 0, language) : kind === "same" ? "=" : `${change > 0 ? "+" : "\u2212"}${decimal(Math.abs(change), 0, language)}`;
  return html`<li class=${kind}><span>${title}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="bar-track" width="100" height="10" /><rect class="step" x=${Math.min(from, to)} width=${Math.max(0.6, Math.abs(change))} height="10" />
    ${reference ? svg`<line class="step-reference" x1=${reference.score * 100} x2=${reference.score * 100} y1="0" y2="10" />` : nothing}</svg><b>${value}</b></li>`;
}
