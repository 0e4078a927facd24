/**
 * The one store: what the host said, in order, once.
 *
 * 1. A reliable message is taken if its `seq` is the next one; a known one is dropped; a hole asks for a resumption.
 * 2. A frame replaces the last one, unless it is older.
 * 3. After a crash the host tells its last second again, under other numbers and from an earlier time: all that came
 *    over the wire is forgotten and asked for again from the beginning.
 */
import { signal, type Signal } from "@preact/signals-core";
import type { Ack, Clock, Console, Frame, HostMessage, Input, Refused, Welcome } from "../protocol";
import type { Connection } from "../wire/client";
import { Index } from "./index";
import { Story } from "./story";

/** One of my own actions: what I asked and what the journal answered. */
export interface Line {
  readonly input: Input;
  readonly answer: Ack | Refused;
}

/** A refusal has no number in the journal. */
const numberOf = ({ answer }: Line): number => (answer.type === "ack" ? answer.number : NaN);

const KEPT = 4096;
const ASKED = new Set(["decision", "ready"]);
const STOPPED: Clock = { type: "clock", seq: 0, time: 0, running: false, speed: 1, reason: "" };

export class Store {
  readonly console: Console;
  readonly index: Index;
  readonly frame: Signal<Frame | null> = signal(null);
  readonly clock: Signal<Clock> = signal(STOPPED);
  readonly welcome: Signal<Welcome | null> = signal(null);
  readonly connection: Signal<Connection> = signal("connecting");
  readonly trouble: Signal<string> = signal("");
  readonly lines: Signal<readonly Line[]> = signal([]);
  /** The speed that resuming gives back: at first the scenario's own, then the last that was asked for. */
  readonly pace: Signal<number>;
  readonly recent: Frame[] = [];
  lastSeq = 0;
  #story: Story;
  readonly #grown = signal(0);
  readonly #resume: () => void;
  /** No frame came yet since the last welcome: an older one is then no straggler, the host went back in time. */
  #greeted = false;

  constructor(console: Console, resume: () => void, pace = 1) {
    this.console = console;
    this.pace = signal(pace);
    this.index = new Index(console);
    this.#resume = resume;
    this.#story = new Story(this.index);
  }

  /** The fold over the facts; reading it inside an effect subscribes to its growth. */
  get story(): Story {
    void this.#grown.value;
    return this.#story;
  }

  receive(message: HostMessage): void {
    switch (message.type) {
      case "welcome": this.#greet(message); break;
      case "frame": this.#show(message); break;
      case "clock": if (this.#next(message.seq)) this.#set(message); break;
      case "fact":
        if (this.#next(message.seq)) {
          this.#story.add(message.fact);
          this.#grown.value += 1;
        }
        break;
      case "error": this.trouble.value = message.text; break;
    }
  }

  /** Remembers my own action, newest first. */
  note(input: Input, answer: Ack | Refused): void {
    this.lines.value = [{ input, answer }, ...this.lines.value];
  }

  /** What the journal already held of my actions, newest first: they stand below those of this page. */
  journaled(kept: readonly Line[]): void {
    const numbers = new Set(kept.map(numberOf));
    this.lines.value = [...this.lines.peek().filter((one) => !numbers.has(numberOf(one))), ...kept];
  }

  /** What asks something of the seat slows the clock down by itself: that is nobody's choice of a pace. */
  #set(clock: Clock): void {
    this.clock.value = clock;
    if (clock.running && !ASKED.has(clock.reason)) this.pace.value = clock.speed;
  }

  #greet(welcome: Welcome): void {
    const known = this.lastSeq;
    this.welcome.value = welcome;
    this.#greeted = true;
    if (known === 0 || (!welcome.recovered && welcome.seq >= known)) return;
    this.#forget();
    this.#resume();
  }

  #forget(): void {
    this.lastSeq = 0;
    this.recent.length = 0;
    this.#story = new Story(this.index);
    this.frame.value = null;
    this.clock.value = STOPPED;
    this.#grown.value += 1;
  }

  #next(seq: number): boolean {
    if (seq <= this.lastSeq) return false;
    if (seq > this.lastSeq + 1) {
      this.#resume();
      return false;
    }
    this.lastSeq = seq;
    return true;
  }

  #show(frame: Frame): void {
    const last = this.frame.peek();
    const first = this.#greeted;
    this.#greeted = false;
    if (last && frame.time < last.time) {
      if (!first) return;
      this.#forget();
      this.#resume();
      return;
    }
    this.frame.value = frame;
    if (last && frame.time === last.time) return;
    this.recent.push(frame);
    if (this.recent.length > KEPT) this.recent.splice(0, KEPT / 4);
  }
}
