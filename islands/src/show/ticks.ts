/** Round simulated times for an axis, and how each is written. */
import { dayLetter, type Language } from "./format";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const STEPS = [MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY];

/** Times between `from` and `to`, about one each `room` of `width`; none before the lot began. */
export function ticks(from: number, to: number, width: number, room = 90): number[] {
  const wanted = ((to - from) / Math.max(1, width)) * room;
  const step = STEPS.find((one) => one >= wanted) ?? 14 * DAY;
  const found: number[] = [];
  for (let at = Math.max(0, Math.ceil(from / step) * step); at <= to; at += step) found.push(at);
  return found;
}

/** `J5`, `14:30`, or both where the axis spans days. */
export function tickLabel(at: number, span: number, language: Language): string {
  const day = Math.floor(at / DAY);
  if (at % DAY === 0) return `${dayLetter(language)}${day}`;
  const minutes = `${String(Math.floor((at % DAY) / HOUR)).padStart(2, "0")}:${String(Math.floor((at % HOUR) / MINUTE)).padStart(2, "0")}`;
  return span > 3 * DAY ? `${dayLetter(language)}${day} ${minutes}` : minutes;
}

const MOST = 4;

/** Decimals with which neighbours on an axis are written as they are: 2.5 and 5.0, 0.025 and 0.050. */
export function digitsFor(values: readonly (number | null)[]): number {
  const known = values.filter((one): one is number => one !== null);
  const step = known.length > 1 ? Math.abs(known[1]! - known[0]!) : 1;
  let digits = 0;
  while (digits < MOST && Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) > 1e-6) digits += 1;
  return digits;
}
