/** Questions that panels ask of a frame: one tag's value and state, the alarms that stand, the words for them. */
import type { Alarm, AlarmValue, Frame, Instrument, Limit, Loop, LoopOutput, LoopValue } from "../protocol";
import { decimal, percent, quantity, shown, span, toShown } from "../show/format";
import { t } from "../show/strings";
import type { Desk } from "./desk";
import type { Index } from "./index";

export const UNACKNOWLEDGED = 1;
export const ACKNOWLEDGED = 2;
export const RETURNED = 3;
export const SHELVED = 4;
export const MODES = ["manual", "automatic", "cascade"] as const;
export type Mode = (typeof MODES)[number];

export interface Standing {
  readonly alarm: Alarm;
  readonly state: number;
  readonly since: number;
  readonly value: number;
}

export interface LoopState {
  readonly mode: Mode;
  readonly setpoint: number;
  readonly output: number;
  readonly limited: boolean;
}

export interface Reading {
  readonly instrument: Instrument;
  readonly value: number | null;
  readonly quality: number;
  readonly alarm: Standing | undefined;
  readonly loop: Loop | undefined;
  readonly loopState: LoopState | undefined;
}

/** What has no value travels as null. */
const known = (value: number | null): number => (typeof value === "number" ? value : NaN);

export const loopState = (value: LoopValue | undefined): LoopState | undefined =>
  value && { mode: MODES[value[0]] ?? "manual", setpoint: known(value[1]), output: known(value[2]), limited: value[3] };

function rank(one: Standing): number {
  const attention = one.state === UNACKNOWLEDGED ? 0 : one.state === ACKNOWLEDGED ? 10 : one.state === RETURNED ? 20 : 30;
  return attention + one.alarm.priority;
}

/** Alarms that are not normal, most urgent first. */
export function standing(index: Index, frame: Frame | null): readonly Standing[] {
  const found: Standing[] = [];
  for (const [at, state, since, value] of frame?.alarms ?? ([] as readonly AlarmValue[])) {
    const alarm = index.console.alarms[at];
    if (alarm) found.push({ alarm, state, since, value });
  }
  return found.sort((a, b) => rank(a) - rank(b) || a.since - b.since);
}

/** The value and state of the instrument at `i`. */
export function reading(index: Index, frame: Frame | null, i: number): Reading {
  const instrument = index.console.instruments[i]!;
  const loopAt = index.loopOf.get(i);
  const alarm = standing(index, frame).find((one) => one.alarm.instrument === i && one.state !== SHELVED && one.state !== RETURNED);
  const value = frame?.values[i];
  return {
    instrument,
    value: typeof value === "number" && Number.isFinite(value) ? value : null,
    quality: frame?.qualities[i] ?? 0,
    alarm,
    loop: loopAt === undefined ? undefined : index.console.loops[loopAt],
    loopState: loopAt === undefined ? undefined : loopState(frame?.loops[loopAt]),
  };
}

/** The limits of `instrument` that hold in the phase of `frame`. */
export function limitsNow(index: Index, frame: Frame | null, instrument: Instrument): readonly Limit[] {
  const phase = index.console.phases[frame?.phase ?? 0]?.slug ?? "";
  return instrument.limits.filter((one) => one.phases.length === 0 || one.phases.includes(phase));
}

/** The gravest of `limits` that `value` is outside of, in the phase of `frame`; none if it is inside. */
export function crossed(index: Index, frame: Frame | null, limits: readonly Limit[], value: number): Limit | undefined {
  const phase = index.console.phases[frame?.phase ?? 0]?.slug ?? "";
  const holds = limits.filter((one) => one.phases.length === 0 || one.phases.includes(phase));
  const outside = holds.filter(({ low, high }) => (low !== null && value < low) || (high !== null && value > high));
  return outside.sort((a, b) => GRAVITY.indexOf(a.level) - GRAVITY.indexOf(b.level))[0];
}

const GRAVITY = ["critical", "action", "proven_acceptable_range", "alert", "normal_operating_range", "golden"];

export const LEVEL_WORDS: Readonly<Record<string, string>> = {
  golden: "healthy lots",
  normal_operating_range: "normal operating range",
  proven_acceptable_range: "proven acceptable range",
  critical: "critical",
  alert: "alert",
  action: "action",
};

/** The words for a measured value that left `limit`; its golden band is no limit. */
export const outside = ({ level }: Limit): string => (level === "golden" ? "" : t("outside: {level}", { level: t(LEVEL_WORDS[level] ?? level) }));

/** The final element that an output moves now, and how far it is open. */
export function actuator(loop: Loop, output: number): { readonly element: LoopOutput; readonly share: number } | undefined {
  let found: LoopOutput | undefined;
  for (const element of loop.outputs) {
    const [least, most] = [Math.min(element.from_, element.to), Math.max(element.from_, element.to)];
    if (output > least || (output >= least && !found)) {
      if (output <= most || !found) found = element;
    }
  }
  if (!found || found.to === found.from_) return undefined;
  return { element: found, share: Math.min(1, Math.max(0, (output - found.from_) / (found.to - found.from_))) };
}

/** A flow has an end that no set-point moves; a jacket's set-point or a command has not. */
const FLOW = /^[kmµ]?[Lg]\/(s|min|h)$/;

/** `Oxygène à 31 L/min sur 60`, or that it is at its limit; nothing for what is not used up, such as a temperature. */
export function saturation(desk: Desk, loop: Loop, state: LoopState): string {
  const moved = actuator(loop, state.output);
  if (!moved) return t("output {share}", { share: percent(state.output, 0, desk.language) });
  const name = moved.element.title;
  if (state.limited) return t("{name} at its limit", { name });
  const { low, high, format } = moved.element;
  if (!FLOW.test(format.unit)) return "";
  return t("{name} at {value} of {most}", { name, value: quantity(low + moved.share * (high - low), format, desk.language), most: shown(high, format, desk.language) });
}

/** `24,6 %, limite 30 %`: the value against the limit it crossed; for a deviation, against the set-point it should keep. */
export function against(desk: Desk, one: Standing): string {
  const { alarm } = one;
  const instrument = desk.console.instruments[alarm.instrument];
  if (!instrument) return "";
  const seen = reading(desk.index, desk.frame.value, alarm.instrument);
  const value = quantity(seen.value ?? one.value, instrument.format, desk.language);
  if (alarm.condition === "bad_quality") return t("signal quality is bad");
  if (alarm.condition !== "deviation") return t("{value}, limit {limit}", { value, limit: quantity(alarm.threshold, instrument.format, desk.language) });
  if (seen.loopState && seen.loopState.mode !== "manual" && Number.isFinite(seen.loopState.setpoint)) {
    const wanted = decimal(toShown(seen.loopState.setpoint, instrument.format), instrument.format.digits, desk.language);
    return t("{value} for {wanted}", { value, wanted: instrument.format.unit ? `${wanted}\u202f${instrument.format.unit}` : wanted });
  }
  return value;
}

/** The alarm in words: against what, since how long, and what the controller still has in hand. */
export function sentence(desk: Desk, one: Standing, now: number): string {
  const parts = [against(desk, one), t("for {span}", { span: span(now - one.since, desk.language) })];
  const seen = one.alarm.instrument >= 0 ? reading(desk.index, desk.frame.value, one.alarm.instrument) : undefined;
  if (seen?.loop && seen.loopState) parts.push(saturation(desk, seen.loop, seen.loopState));
  return parts.filter(Boolean).join(" · ");
}
