/** What every panel is given: the constant document, what changes, what the person chose, and the ways to act. */
import { signal, type Signal } from "@preact/signals-core";
import type { Clock, Console, Frame, OperatorInput } from "../protocol";
import type { Answered, Connection } from "../wire/client";
import type { Golden, HistorySource } from "../wire/history";
import type { Language } from "../show/format";
import type { Index } from "./index";
import type { Line } from "./store";
import type { Story } from "./story";

export type View = "synoptic" | "trends" | "alarms" | "sampling" | "journal" | "field" | "help";
export const VIEWS: readonly View[] = ["synoptic", "trends", "alarms", "sampling", "journal", "field", "help"];

export type DialogName = "brief" | "keys" | "palette" | "sheet" | "phase" | "until" | "shelve" | "share";

export interface Dialog {
  readonly name: DialogName;
  readonly subject?: string;
}

/** Which stretch of time the trends show; `end` null follows the clock. */
export interface Window {
  readonly width: number;
  readonly end: number | null;
}

/** What the banner says until it is understood; `label` and `address` lead to where it goes on. */
export interface Notice {
  readonly text: string;
  readonly bad: boolean;
  readonly label?: string;
  readonly address?: string;
}

/** What the person chose to look at; nothing here changes the plant. */
export class Screen {
  readonly view: Signal<View> = signal("synoptic");
  /** The address on the faceplate. */
  readonly selected: Signal<string> = signal("");
  /** On a phone the faceplate is a sheet that opens on demand. */
  readonly sheet: Signal<boolean> = signal(false);
  readonly dialog: Signal<Dialog | null> = signal(null);
  readonly window: Signal<Window> = signal({ width: 24 * 3_600_000, end: null });
  /** Simulated time under the pointer in any chart, null outside. */
  readonly cursor: Signal<number | null> = signal(null);
  /** The place of the field panel. */
  readonly station: Signal<string> = signal("");
  /** Addresses on the trends view. */
  readonly pens: Signal<readonly string[]> = signal([]);
  /** The chart of the plant on the trends view, by its slug; empty: the trends themselves. */
  readonly chart: Signal<string> = signal("");
  readonly tour: Signal<number> = signal(-1);
  /** Last words for the status line. */
  readonly said: Signal<string> = signal("");
  readonly notice: Signal<Notice | null> = signal(null);

  /** Puts an address on the faceplate. */
  select(address: string): void {
    this.selected.value = address;
    this.sheet.value = true;
  }
}

export interface Desk {
  readonly console: Console;
  readonly index: Index;
  readonly language: Language;
  readonly mode: "live" | "debrief";
  readonly seat: string;
  readonly session: string;
  readonly base: string;
  readonly screen: Screen;
  readonly frame: Signal<Frame | null>;
  readonly clock: Signal<Clock>;
  /** The speed that resuming gives back, and those on offer: the scenario's own among them. */
  readonly pace: Signal<number>;
  readonly paces: readonly number[];
  readonly connection: Signal<Connection>;
  readonly mayCommand: Signal<boolean>;
  readonly lines: Signal<readonly Line[]>;
  readonly story: Story;
  readonly recent: readonly Frame[];
  readonly runs: ReadonlyMap<string, HistorySource>;
  readonly golden: Golden | null;
  /** Gives an input; resolves with the one answer. Always says a refusal to the person. */
  command(input: OperatorInput): Promise<Answered>;
  freeze(): void;
  run(speed: number, until?: Until): void;
  /** Goes on at the pace of before, and waits for what was waited for, unless that has come. */
  resume(): void;
}

export interface Until {
  readonly until: "alarm" | "result" | "decision" | "phase" | "time";
  readonly time?: number;
}

const PACES: readonly number[] = [1, 10, 60, 600, 3600];

/** The speeds on offer in a flight whose own is `pace`. */
export const pacesWith = (pace: number): readonly number[] => [...new Set([...PACES, pace])].sort((a, b) => a - b);

/**
 * What has gone by since the last frame came `waited` ms ago, at most one scan of its phase: between two scans the clock
 * goes on, and the values stand, as they do on a plant.
 */
export const sinceScan = (phases: Console["phases"], frame: Frame | null, clock: Clock, waited: number): number =>
  clock.running && frame ? Math.min(waited * clock.speed, phases[frame.phase]?.scan ?? 0) : 0;

/** The simulated time on show: the last frame's. */
export const nowOf = (desk: Desk): number => Math.max(desk.frame.value?.time ?? 0, desk.mode === "live" ? desk.clock.value.time : 0);
