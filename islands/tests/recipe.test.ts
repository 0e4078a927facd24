import { signal } from "@preact/signals-core";
import { expect, test, vi } from "vitest";
import { actionsOf } from "../src/islands/cockpit/actions";
import { frameAt } from "../src/islands/debrief/fixed-desk";
import type { Console, Fact, Frame, OperatorInput } from "../src/protocol";
import type { Desk } from "../src/state/desk";
import { Index } from "../src/state/index";
import { been, holdOrRestart, otherMode, recipeOf, refusedNow } from "../src/state/recipe";
import { recipeWord } from "../src/state/words";

vi.mock("virtual:icons", () => ({ default: {} }));

const phase = (slug: string, ...next: string[]) => ({ slug, title: slug, instruction: "", next, scan: 1000 });
const doc = { instruments: [], loops: [], alarms: [], interlocks: [], analysers: [], field: [], questions: [], charts: [], phases: [phase("load", "wash", "end"), phase("wash", "end", "load"), phase("elute"), phase("end")] } as unknown as Console;
const index = new Index(doc);
const seen = (more: Partial<Frame> = {}) => ({ phase: 0, recipe_mode: 0, recipe_held: false, ready: -1, ...more }) as Frame;
const slugs = (frame: Frame | null) => recipeOf(doc, frame).startable.map((one) => one.slug);
const fact = (time: number, kind: Fact["kind"], subject: string, value = 0, reason = ""): Fact => ({ time, kind, subject: `u/${subject}`, value, detail: reason ? { reason } : {} });
const at = (...facts: Fact[]) => {
  const { recipe_mode, recipe_held, ready } = frameAt(index, { time: new Float64Array(0), columns: new Map() }, facts, 1000);
  return [recipe_mode, recipe_held, ready];
};

test("the lot has been through what it began or had behind it, not through what was passed over", () => {
  expect([...been(doc, 3, [fact(1, "phase_ended", "wash"), fact(1, "phase_started", "end")])]).toEqual(["load", "wash"]);
  expect([...been(doc, 2, [])]).toEqual(["load", "wash"]);
  expect([...been(doc, 0, [])]).toEqual([]);
});

test("what may be started: what the recipe lists, before it what is ready, nothing while held", () => {
  expect(slugs(null)).toEqual(["wash", "end"]);
  expect(slugs(seen({ phase: 1 }))).toEqual(["end", "load"]);
  expect(slugs(seen({ ready: 2, recipe_mode: 1 }))).toEqual(["elute", "wash", "end"]);
  expect(slugs(seen({ ready: 1, recipe_mode: 1 }))).toEqual(["wash", "end"]);
  expect(slugs(seen({ ready: 2, recipe_held: true }))).toEqual([]);
  expect(recipeOf(doc, seen({ ready: 2, recipe_held: true })).ready?.slug).toBe("elute");
});

test("one control holds and restarts, one changes the mode", () => {
  expect([seen(), seen({ recipe_held: true })].map((one) => holdOrRestart(recipeOf(doc, one)).kind)).toEqual(["hold_recipe", "restart_recipe"]);
  expect([seen(), seen({ recipe_mode: 1 })].map((one) => otherMode(recipeOf(doc, one)))).toEqual([
    { kind: "set_recipe_mode", mode: "semi_automatic" }, { kind: "set_recipe_mode", mode: "automatic" }]);
  expect([seen(), seen({ recipe_mode: 1 }), seen({ recipe_mode: 1, recipe_held: true })].map((one) => recipeWord(recipeOf(doc, one)))).toEqual(["AUTO", "SEMI-AUTO", "HELD"]);
});

test("H and M ask the plant, by what stands now", () => {
  const asked: OperatorInput[] = [];
  const desk = { mode: "live", console: doc, frame: signal(seen()), screen: {}, command: (input: OperatorInput) => { asked.push(input); } } as unknown as Desk & { frame: { value: Frame } };
  const press = (key: string) => { actionsOf(desk).find((one) => one.keys === key)!.run(); };
  press("h");
  press("m");
  desk.frame.value = seen({ recipe_held: true, recipe_mode: 1 });
  press("h");
  press("m");
  expect(asked.map((one) => ("mode" in one ? one.mode : one.kind))).toEqual(["hold_recipe", "semi_automatic", "restart_recipe", "automatic"]);
  const keys = actionsOf(desk).map((one) => one.keys).filter(Boolean);
  expect(new Set(keys).size).toBe(keys.length);
});

test("a refusal stands until something of the recipe changes, and is about the recipe alone", () => {
  const refused = fact(5, "input_refused", "elute", 0, "recipe_held");
  expect(refusedNow([refused], doc)).toBe(refused);
  expect(refusedNow([refused, fact(6, "input_refused", "tic1", 0, "in_cascade")], doc)).toBe(refused);
  for (const kind of ["recipe_restarted", "phase_started", "recipe_mode_changed"] as const) expect(refusedNow([refused, fact(7, kind, "elute")], doc)).toBeUndefined();
});

test("a debrief tells mode, hold and readiness as they were", () => {
  const [semi, ready, held, restarted] = [fact(1, "recipe_mode_changed", "load", 1), fact(2, "phase_ready", "elute"), fact(3, "recipe_held", "load"), fact(4, "recipe_restarted", "load")];
  expect(at()).toEqual([0, false, -1]);
  expect(at(semi, ready)).toEqual([1, false, 2]);
  expect(at(semi, ready, held)).toEqual([1, true, 2]);
  expect(at(semi, ready, held, restarted, fact(5, "phase_started", "elute"))).toEqual([1, false, -1]);
  expect(at(held, fact(3.5, "phase_ready", "wash"), restarted)).toEqual([0, false, -1]);
});
