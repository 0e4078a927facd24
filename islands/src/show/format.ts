/** Numbers, spans and clocks as the reader's language writes them. */
import type { Format } from "../protocol";

const THIN = "\u202f";
const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

export type Language = "fr" | "en";
export type Maybe = number | null | undefined;

const writers = new Map<string, Intl.NumberFormat>();

function writer(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language}${digits}`;
  let found = writers.get(key);
  if (!found) {
    const locale = language === "fr" ? "fr-FR" : "en-GB";
    found = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    writers.set(key, found);
  }
  return found;
}

/** `value` with a fixed number of decimals; what is not a number is a dash. */
export function decimal(value: Maybe, digits: number, language: Language): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "—";
  const rounded = Number(value.toFixed(digits)) === 0 ? 0 : value;
  return writer(language, digits).format(rounded).replace("-", "\u2212");
}

export const toShown = (si: number, format: Format): number => si * format.scale + format.offset;
export const toSi = (shown: number, format: Format): number => (shown - format.offset) / format.scale;

/** A SI value as shown, without its unit. */
export function shown(si: Maybe, format: Format, language: Language): string {
  return si === null || si === undefined ? "—" : decimal(toShown(si, format), format.digits, language);
}

/** A SI value as shown, with its unit. */
export function quantity(si: Maybe, format: Format, language: Language): string {
  return format.unit ? `${shown(si, format, language)}${THIN}${format.unit}` : shown(si, format, language);
}

/** A half width (a difference, so without the offset), with its sign. */
export function plusMinus(half: number, format: Format, language: Language): string {
  return `±${THIN}${decimal(half * format.scale, format.digits, language)}`;
}

export function percent(fraction: number, digits: number, language: Language): string {
  return `${decimal(fraction * 100, digits, language)}${language === "fr" ? THIN : ""}%`;
}

export function euros(amount: number, language: Language): string {
  return language === "fr" ? `${decimal(amount, 0, language)}${THIN}€` : `€${decimal(amount, 0, language)}`;
}

/** What someone typed, in either notation: `1 612,5`, `1612.5`, `−3`. Not a number: `undefined`. */
export function parsed(text: string): number | undefined {
  const plain = text.trim().replace(/[\s\u00a0\u202f]/g, "").replace("\u2212", "-").replace(",", ".");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain)) return undefined;
  return Number(plain);
}

const two = (n: number): string => String(n).padStart(2, "0");

/** Simulated milliseconds as days, hours, minutes, seconds. */
function parts(ms: number): { days: number; hours: number; minutes: number; seconds: number } {
  return {
    days: Math.floor(ms / DAY),
    hours: Math.floor((ms % DAY) / HOUR),
    minutes: Math.floor((ms % HOUR) / MINUTE),
    seconds: Math.floor((ms % MINUTE) / 1000),
  };
}

export const dayLetter = (language: Language): string => (language === "fr" ? "J" : "D");

/** `J 5 · 14:32:10` */
export function clock(ms: number, language: Language): string {
  const { days, hours, minutes, seconds } = parts(ms);
  return `${dayLetter(language)}\u00a0${days} · ${two(hours)}:${two(minutes)}:${two(seconds)}`;
}

/** `14:32:10` within the day of `now`, else `J4 14:32`; before the flight, a dash. */
export function moment(ms: number, now: number, language: Language): string {
  if (ms < 0) return "—";
  const { days, hours, minutes, seconds } = parts(ms);
  if (days === Math.floor(now / DAY)) return `${two(hours)}:${two(minutes)}:${two(seconds)}`;
  return `${dayLetter(language)}${days} ${two(hours)}:${two(minutes)}`;
}

/** `J4 14:32` */
export function dayMinute(ms: number, language: Language): string {
  const { days, hours, minutes } = parts(ms);
  return `${dayLetter(language)}${days} ${two(hours)}:${two(minutes)}`;
}

/** A span with its two largest parts: `6 min 20 s`, `2 h 05 min`, `1 j 4 h`. */
export function span(ms: number, language: Language): string {
  const { days, hours, minutes, seconds } = parts(Math.max(0, ms));
  const day = language === "fr" ? "j" : "d";
  if (days) return `${days}${THIN}${day}${hours ? ` ${hours}${THIN}h` : ""}`;
  if (hours) return `${hours}${THIN}h${minutes ? ` ${two(minutes)}${THIN}min` : ""}`;
  if (minutes) return `${minutes}${THIN}min${seconds ? ` ${two(seconds)}${THIN}s` : ""}`;
  return `${seconds}${THIN}s`;
}

/** `J 5 14:30`, `5 14:30` or `14:30` (today) as simulated milliseconds. */
export function parsedClock(text: string, now: number): number | undefined {
  const found = /^(?:[jd]?\s*(\d{1,3})\s*[·,]?\s+)?(\d{1,2})[:h](\d{2})(?::(\d{2}))?$/i.exec(text.trim().replace(/[\u00a0\u202f]/g, " "));
  if (!found) return undefined;
  const day = found[1] === undefined ? Math.floor(now / DAY) : Number(found[1]);
  const [hours, minutes, seconds] = [Number(found[2]), Number(found[3]), Number(found[4] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const ms = day * DAY + hours * HOUR + minutes * MINUTE + seconds * 1000;
  return found[1] === undefined && ms <= now ? ms + DAY : ms;
}
