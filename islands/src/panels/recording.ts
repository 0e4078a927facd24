/** What a chart needs of the flight's record: read once, joined by the live frames, read again when these grow coarse. */
import { signal, type Signal } from "@preact/signals-core";
import { t } from "../show/strings";
import type { Desk } from "../state/desk";
import { instrumentPen, plotted, type Pen, type Plot } from "../state/pens";
import type { History, Span } from "../wire/history";

const BUCKETS = 2_000;
const SOONEST = 3_000;
/** At once, almost, where much is missing: a page that is opened hears the clock before it hears the time. */
const HURRY = 300;
const MUCH = 0.1;
/** Live frames may cover this share of the chart before the record is read again. */
const TAIL = 0.01;
/** What was asked for last; `failed`: it could not be read. */
const NOTHING = { key: "", from: 0, to: 0, at: -Infinity, failed: false };
const SI = { unit: "", scale: 1, offset: 0, digits: 0 };

export class Recording {
  readonly #histories: Signal<ReadonlyMap<string, History>> = signal(new Map());
  readonly failed: Signal<string> = signal("");
  #asked = NOTHING;
  #again: ReturnType<typeof setTimeout> | undefined;
  #made = "";
  #drawn: ReadonlyMap<string, History> | undefined;
  #plot: Plot = { time: [], columns: [], low: [], high: [] };
  #pens: readonly Pen[] = [];

  /** The record of these instruments up to `span.to`, SI, a column each; the same object as long as nothing came. */
  read(desk: Desk, addresses: readonly string[], span: Span): Plot {
    const histories = this.#histories.value;
    const made = `${addresses.join()} ${span.from} ${span.to} ${desk.recent.at(-1)?.time ?? 0}`;
    if (made === this.#made && histories === this.#drawn) return this.#plot;
    this.#made = made;
    this.#drawn = histories;
    this.#pens = addresses.map((one) => ({ ...instrumentPen(desk.index, desk.index.instrument.get(one) ?? 0, "mine"), address: one, format: SI }));
    return this.#plot = cut(plotted(this.#pens, histories, desk.recent, span), span);
  }

  /** Asks the host where what is known no longer covers the span; `then` is called when it might have to ask again. */
  ask(desk: Desk, addresses: readonly string[], span: Span, then: () => void): void {
    const key = addresses.join();
    if (!key || span.to <= span.from) return;
    const asked = this.#asked;
    const covered = !asked.failed && key === asked.key && span.from >= asked.from && span.to <= asked.to + TAIL * (span.to - span.from);
    if (covered) return;
    const waited = performance.now() - asked.at;
    const soonest = !asked.failed && span.to - asked.to > MUCH * (span.to - span.from) ? HURRY : SOONEST;
    if (key === asked.key && waited < soonest) {
      this.#later(soonest - waited, then);
      return;
    }
    const mine = this.#asked = { key, from: span.from, to: span.to, at: performance.now(), failed: false };
    desk.runs.get("mine")?.read(addresses, span, BUCKETS).then((found) => {
      if (key !== this.#asked.key) return;
      this.#histories.value = new Map([["mine", found]]);
      this.failed.value = "";
    }, () => {
      if (mine !== this.#asked) return;
      this.failed.value = t("The history could not be read; the live values go on. It is tried again.");
      this.#asked = { ...mine, at: performance.now(), failed: true };
      this.#later(SOONEST, then);
    });
  }

  #later(pause: number, then: () => void): void {
    this.#again ??= setTimeout(() => { this.#again = undefined; then(); }, pause);
  }

  stop(): void {
    clearTimeout(this.#again);
    this.#again = undefined;
    this.#asked = NOTHING;
  }
}

/** A record holds no more than the span: a debrief's scrubber goes back, its record does not. */
function cut(plot: Plot, { from, to }: Span): Plot {
  const rows = plot.time.map((_, i) => i).filter((i) => plot.time[i]! >= from && plot.time[i]! <= to);
  if (rows.length === plot.time.length) return plot;
  const pick = <T>(list: readonly T[]): T[] => rows.map((i) => list[i]!);
  return { time: pick(plot.time), columns: plot.columns.map(pick), low: plot.low.map(pick), high: plot.high.map(pick) };
}

