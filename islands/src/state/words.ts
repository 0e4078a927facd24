/** Facts, inputs and choices as sentences. */
import type { Fact, FactKind, Input } from "../protocol";
import { decimal, percent, quantity, span, type Language } from "../show/format";
import { t } from "../show/strings";
import type { Index } from "./index";
import type { Recipe } from "./recipe";
import { signOf } from "./story";

const MODE_WORDS: Readonly<Record<string, string>> = { manual: "manual", automatic: "automatic", cascade: "cascade" };

/** The words for `mode` in running text. */
export const modeWord = (mode: string): string => t(MODE_WORDS[mode] ?? mode);

/** MAN, AUTO, CASC. */
export const modeShort = (mode: string): string => t({ manual: "MAN", automatic: "AUTO", cascade: "CASC" }[mode] ?? mode);

/** AUTO, SEMI-AUTO, HELD: what a panel shows of the recipe. */
export const recipeWord = ({ held, mode }: Pick<Recipe, "held" | "mode">): string => (held ? t("HELD") : mode === "automatic" ? t("AUTO") : t("SEMI-AUTO"));

const RECIPE_MODES: readonly string[] = ["Recipe in automatic: phases begin by themselves", "Recipe in semi-automatic: each phase waits for its start"];

/** The sentence for a mode of the recipe, by its number. */
const recipeMode = (mode: number): string => t(RECIPE_MODES[mode] ?? RECIPE_MODES[0]!);

function loopQuantity(index: Index, address: string, value: number, language: Language): string {
  const loop = index.loopAt(address);
  return loop ? quantity(value, loop.format, language) : decimal(value, 2, language);
}

/** The words for a verb of a station, with what it is done with. */
export function verbTitle(index: Index, station: string, verb: string, argument: string): string {
  const known = index.station.get(station)?.verbs.find((one) => one.verb === verb);
  const chosen = known?.arguments.find((one) => one.value === argument)?.title ?? argument;
  return [known?.title ?? verb, chosen].filter(Boolean).join(" · ");
}

/** What an input asks, in one line. */
export function inputSentence(index: Index, input: Input, language: Language): string {
  const title = (address: string): string => index.title(address);
  switch (input.kind) {
    case "set_mode": return t("{subject}: mode {mode}", { subject: title(input.loop), mode: modeWord(input.mode) });
    case "set_setpoint":
      return t("{subject}: set-point {value}", { subject: title(input.loop), value: loopQuantity(index, input.loop, input.value, language) });
    case "set_output":
      return t("{subject}: output {value}", { subject: title(input.loop), value: percent(input.value, 0, language) });
    case "acknowledge_alarm": return t("Acknowledged: {subject}", { subject: title(input.alarm) });
    case "shelve_alarm":
      return t("Shelved: {subject}, {span}", { subject: title(input.alarm), span: span(input.duration, language) });
    case "unshelve_alarm": return t("Taken off the shelf: {subject}", { subject: title(input.alarm) });
    case "take_sample": return t("Sample for {list}", { list: input.analysers.map(title).join(", ") });
    case "start_phase": return t("Phase started: {subject}", { subject: title(input.phase) });
    case "set_recipe_mode": return recipeMode(Number(input.mode === "semi_automatic"));
    case "hold_recipe": return t("Recipe held");
    case "restart_recipe": return t("Recipe restarted");
    case "field_action":
      return `${title(input.station)} · ${verbTitle(index, input.station, input.verb, input.argument ?? "")}`;
    case "answer": {
      const question = index.console.questions.find((one) => one.slug === input.question);
      return t("Answer: {choice}", { choice: question?.choices.find((one) => one.slug === input.choice)?.title ?? input.choice });
    }
    case "inject_malfunction": return title(input.malfunction);
  }
}

type Plain = Exclude<FactKind, "input_refused" | "sample_taken" | "limit_crossed" | "limit_restored" | "malfunction_changed" | "recipe_mode_changed">;

/** Every kind that has no sentence of its own. */
const FACT_WORDS: Readonly<Record<Plain, string>> = {
  phase_started: "Phase started: {subject}",
  phase_ended: "Phase ended: {subject}",
  phase_ready: "Ready to go to: {subject}",
  recipe_held: "Recipe held",
  recipe_restarted: "Recipe restarted",
  alarm_raised: "Alarm: {subject}",
  alarm_returned: "Back to normal: {subject}",
  alarm_acknowledged: "Acknowledged: {subject}",
  alarm_shelved: "Shelved: {subject}",
  alarm_unshelved: "Taken off the shelf: {subject}",
  interlock_tripped: "Interlock tripped: {subject}",
  interlock_cleared: "Interlock cleared: {subject}",
  mode_changed: "{subject}: mode {mode}",
  setpoint_changed: "{subject}: set-point {value}",
  output_changed: "{subject}: output {value}",
  result_ready: "Result: {subject}",
  field_report: "Field report: {subject}",
  decision_opened: "Decision asked: {subject}",
  decision_closed: "Decision taken: {subject}",
  overflowed: "Overflow: {subject}",
  lot_ended: "End of the lot",
};

/** Where a value went that left a limit, and where it is again: a sentence each, since languages decline. */
const CROSSED: Readonly<Record<string, string>> = {
  golden: "{subject} {value}: outside the band of healthy lots",
  normal_operating_range: "{subject} {value}: outside the normal operating range",
  proven_acceptable_range: "{subject} {value}: outside the proven acceptable range",
  critical: "{subject} {value}: beyond the critical limit",
  alert: "{subject} {value}: beyond the alert limit",
  action: "{subject} {value}: beyond the action limit",
};
const RESTORED: Readonly<Record<string, string>> = {
  golden: "{subject} {value}: back in the band of healthy lots",
  normal_operating_range: "{subject} {value}: back in the normal operating range",
  proven_acceptable_range: "{subject} {value}: back in the proven acceptable range",
  critical: "{subject} {value}: back from the critical limit",
  alert: "{subject} {value}: back from the alert limit",
  action: "{subject} {value}: back from the action limit",
};

const REASONS: Readonly<Record<string, string>> = {
  ended: "the flight has ended",
  in_cascade: "the loop is in cascade, its master gives the set-point; put it in automatic first",
  not_in_manual: "the loop is not in manual; put it in manual first",
  nothing_to_acknowledge: "this alarm does not stand any more",
  nothing_to_sample: "there is not enough to draw",
  not_shelved: "this alarm is not on the shelf",
  not_from_here: "this phase cannot begin from the present one",
  not_ready: "its condition is not true yet; wait until it is ready",
  recipe_held: "the recipe is held; restart it first",
  held_already: "the recipe is held already",
  not_held: "the recipe is not held",
  not_open: "this question is not open",
};

/** Why the plant refused an input that it understood. */
export function refusalReason(fact: Fact): string {
  const reason = String(fact.detail?.reason ?? "");
  return t(REASONS[reason] ?? reason.replaceAll("_", " "));
}

function sampledFor(index: Index, fact: Fact): string {
  const named = String(fact.detail?.analysers ?? fact.subject).split(",");
  return named.map((one) => [...index.analyser.values()].find(({ address }) => address === one || address.endsWith(`/${one}`))?.title ?? one).join(", ");
}

function limitSentence(index: Index, fact: Fact, language: Language): string {
  const format = index.instrumentAt(fact.subject)?.format ?? index.analyte.get(fact.subject)?.analyte.format;
  const value = format ? quantity(fact.value ?? null, format, language) : decimal(fact.value, 2, language);
  const words = fact.kind === "limit_crossed" ? CROSSED : RESTORED;
  return t(words[String(fact.detail?.level ?? "")] ?? words.normal_operating_range!, { subject: index.title(fact.subject), value });
}

/** `0,94`: how far a malfunction has come; that it is gone, at zero. */
function severity(index: Index, fact: Fact, language: Language): string {
  const subject = index.title(fact.subject);
  return fact.value ? t("Malfunction: {subject}, severity {share}", { subject, share: percent(fact.value, 0, language) }) : t("Malfunction over: {subject}", { subject });
}

/** What a fact says, in one line. */
export function factSentence(index: Index, fact: Fact, language: Language): string {
  if (fact.kind === "limit_crossed" || fact.kind === "limit_restored") return limitSentence(index, fact, language);
  if (fact.kind === "malfunction_changed") return severity(index, fact, language);
  if (fact.kind === "recipe_mode_changed") return recipeMode(fact.value ?? 0);
  const question = index.console.questions.find((one) => one.slug === fact.subject);
  const subject = question?.text ?? index.title(fact.subject);
  const measured = index.analyte.get(fact.subject);
  if (measured && fact.kind === "result_ready") return `${subject} ${signOf(fact)}${quantity(fact.value ?? null, measured.analyte.format, language)}`;
  if (fact.kind === "input_refused") return t("Refused by the plant: {reason}", { reason: refusalReason(fact) });
  if (fact.kind === "sample_taken") return t("Sample for {list}", { list: sampledFor(index, fact) });
  const mode = modeWord(["manual", "automatic", "cascade"][fact.value ?? 0] ?? "");
  const value = fact.kind === "output_changed" ? percent(fact.value ?? 0, 0, language) : loopQuantity(index, fact.subject, fact.value ?? 0, language);
  return t(FACT_WORDS[fact.kind as Plain], { subject, mode, value });
}

/** What a report from the field says: the fact carries it in both languages. */
export function reportText(index: Index, fact: Fact, language: Language): string {
  const { verb, argument } = fact.detail ?? {};
  const done = verbTitle(index, fact.subject, String(verb ?? ""), String(argument ?? ""));
  const said = fact.detail?.[language];
  return [done, typeof said === "string" && said ? said : t("Done, nothing to report.")].filter(Boolean).join("\u202f: ");
}
