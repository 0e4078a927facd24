/** The recipe as ISA-88 has it: its mode, whether it is held, which phases may begin now. */
import type { Console, Fact, Frame, OperatorInput, Phase } from "../protocol";

export interface Recipe {
  readonly mode: "automatic" | "semi_automatic";
  readonly held: boolean;
  /** The phase whose condition is true, and which waits for the operator. */
  readonly ready: Phase | undefined;
  /** What the operator may start now: the ready one, then in the order in which the recipe names them; nothing while it is held. */
  readonly startable: readonly Phase[];
}

type Seen = Pick<Frame, "phase" | "recipe_mode" | "recipe_held" | "ready">;

export function recipeOf({ phases }: Pick<Console, "phases">, frame: Seen | null): Recipe {
  const ready = phases[frame?.ready ?? -1];
  const held = frame?.recipe_held ?? false;
  const current = phases[frame?.phase ?? 0];
  const permitted = (current?.next ?? []).map((slug) => phases.find((one) => one.slug === slug)).filter((one) => one !== undefined && one !== ready) as Phase[];
  return {
    mode: frame?.recipe_mode ? "semi_automatic" : "automatic", held, ready,
    startable: held ? [] : ready ? [ready, ...permitted] : permitted,
  };
}

/** Phases that the lot has been through, of those before where it is: what lies before the flight's first counts, what was
 * passed over does not. */
export function been({ phases }: Pick<Console, "phases">, at: number, facts: readonly Fact[]): ReadonlySet<string> {
  const told = new Set(facts.filter(({ kind }) => kind === "phase_started" || kind === "phase_ended").map(({ subject }) => subject.slice(subject.lastIndexOf("/") + 1)));
  const first = phases.findIndex(({ slug }, i) => i === at || told.has(slug));
  return new Set(phases.slice(0, at).filter(({ slug }, i) => i < first || told.has(slug)).map(({ slug }) => slug));
}

/** Holds a recipe that runs, restarts one that is held. */
export const holdOrRestart = ({ held }: Recipe): OperatorInput => ({ kind: held ? "restart_recipe" : "hold_recipe" });

/** Puts it in the mode in which it is not. */
export const otherMode = ({ mode }: Recipe): OperatorInput => ({ kind: "set_recipe_mode", mode: mode === "automatic" ? "semi_automatic" : "automatic" });

const slugOf = ({ subject }: Fact): string => subject.split("/").at(-1)!;

/** The plant's refusal of what was last asked of the recipe, until something of it changes. */
export function refusedNow(facts: readonly Fact[], { phases }: Pick<Console, "phases">): Fact | undefined {
  const slugs = new Set(phases.map((one) => one.slug));
  const last = facts.findLast((fact) => fact.kind === "phase_started" || fact.kind.startsWith("recipe_") || (fact.kind === "input_refused" && slugs.has(slugOf(fact))));
  return last?.kind === "input_refused" ? last : undefined;
}

/** Mode, hold and readiness as the facts so far tell them: for a flight that is over. */
export function recipeAt({ phases }: Pick<Console, "phases">, facts: readonly Fact[]): Pick<Frame, "recipe_mode" | "recipe_held" | "ready"> {
  let [mode, held, ready] = [0, false, -1];
  for (const fact of facts) {
    if (fact.kind === "recipe_mode_changed") mode = fact.value ?? 0;
    else if (fact.kind === "recipe_held") held = true;
    else if (fact.kind === "recipe_restarted") held = false;
    else if (fact.kind === "phase_ready") ready = phases.findIndex((one) => one.slug === slugOf(fact));
    else if (fact.kind === "phase_started") ready = -1;
    if (!mode && !held) ready = -1;
  }
  return { recipe_mode: mode, recipe_held: held, ready };
}
