/** What happened so far: a fold over the facts, the same for a live seat and for a debrief at any time. */
import type { Fact } from "../protocol";
import type { Index } from "./index";

export interface Result {
  readonly analyte: string;
  readonly sampled: number;
  readonly ready: number;
  /** SI. */
  readonly value: number;
  /** Standard deviation of the determination, SI. */
  readonly error: number;
  /** 0 good, 1 uncertain, 2 bad (out of the analyser's range). */
  readonly quality: number;
  /** Beside a value at an end of the analyser's range: all that is known is that it is less, or more. */
  readonly sign: string;
}

const SIGNS: Readonly<Record<string, string>> = { below: "<\u202f", above: ">\u202f" };

/** Of a result at an end of the analyser's range, as a laboratory writes it. */
export const signOf = (fact: Fact): string => SIGNS[String(fact.detail?.beyond)] ?? "";

export interface Pending {
  readonly analyser: string;
  readonly taken: number;
  readonly due: number;
}

export interface Report {
  readonly time: number;
  readonly station: string;
  readonly fact: Fact;
}

export interface Closed {
  readonly slug: string;
  readonly choice: string;
}

const FLOOD_WINDOW = 600_000;

const numeric = (value: unknown): number | undefined => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

export class Story {
  readonly facts: Fact[] = [];
  readonly results: Result[] = [];
  readonly reports: Report[] = [];
  readonly latest = new Map<string, Result>();
  readonly answered: Closed[] = [];
  pending: Pending[] = [];
  /** Analyses that were refused when a sample was last asked for. */
  undrawn: Fact[] = [];
  open: string | undefined;
  ended: Fact | undefined;
  #index: Index;
  #raised: number[] = [];

  constructor(index: Index, facts: Iterable<Fact> = []) {
    this.#index = index;
    for (const fact of facts) this.add(fact);
  }

  add(fact: Fact): void {
    this.facts.push(fact);
    switch (fact.kind) {
      case "sample_taken": this.#sampled(fact); break;
      case "input_refused": this.#refused(fact); break;
      case "result_ready": this.#resulted(fact); break;
      case "field_report": this.reports.push({ time: fact.time, station: fact.subject, fact }); break;
      case "decision_opened": this.open = fact.subject; break;
      case "decision_closed": this.#decided(fact); break;
      case "alarm_raised": this.#raised.push(fact.time); break;
      case "lot_ended": this.ended = fact; break;
    }
  }

  /** Alarms raised in the ten minutes before `now` (ISA-18.2 counts a flood from ten). */
  flood(now: number): number {
    let count = 0;
    for (let i = this.#raised.length - 1; i >= 0 && this.#raised[i]! > now - FLOOD_WINDOW; i -= 1) count += 1;
    return count;
  }

  /** Results of one analyte, oldest first. */
  series(analyte: string): readonly Result[] {
    return this.results.filter((one) => one.analyte === analyte);
  }

  #refused(fact: Fact): void {
    if (!this.#index.analyser.has(fact.subject)) return;
    this.undrawn = [...this.undrawn.filter((one) => one.time === fact.time && one.subject !== fact.subject), fact];
  }

  #sampled(fact: Fact): void {
    this.undrawn = this.undrawn.filter((one) => one.time === fact.time);
    const named = String(fact.detail?.analysers ?? fact.subject).split(",");
    for (const [address, analyser] of this.#index.analyser) {
      if (!named.includes(address) && !named.includes(address.split("/").at(-1)!)) continue;
      this.pending.push({ analyser: address, taken: fact.time, due: fact.time + analyser.delay });
    }
  }

  #resulted(fact: Fact): void {
    const measured = this.#index.analyte.get(fact.subject);
    if (!measured) return;
    const { analyser, analyte } = measured;
    const value = fact.value ?? 0;
    const result: Result = {
      analyte: analyte.address, value, ready: fact.time,
      sampled: numeric(fact.detail?.taken) ?? fact.time - analyser.delay,
      error: numeric(fact.detail?.error) ?? Math.abs(value) * analyte.error,
      quality: numeric(fact.detail?.quality) ?? 0, sign: signOf(fact),
    };
    this.results.push(result);
    this.latest.set(analyte.address, result);
    this.pending = this.pending.filter((one) => one.analyser !== analyser.address || one.taken > result.sampled);
  }

  #decided(fact: Fact): void {
    if (this.open === fact.subject) this.open = undefined;
    const choice = fact.detail?.choice;
    this.answered.push({ slug: fact.subject, choice: typeof choice === "string" ? choice : "" });
  }
}
